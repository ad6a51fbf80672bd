"""Findings: one for each place, with what was found and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from guildhall.check.external.entries import Exemption
from guildhall.check.external.findings import Mention, findings_of, shown
from guildhall.check.external.outcomes import Anchor, Grade, Kind, Outcome
from guildhall.check.external.result import Checked, Result
from guildhall.check.external.rules import DEAD_RULES, RULES
from guildhall.core.findings.finding import Edit, Finding

from .checking import TODAY

URL = "https://one.example/page"
HERE = Mention("lessons/a.md", 3, 7, ("a.html",), exact=True)


def found(result: Result, *places: Mention) -> list[Finding]:
    return findings_of(Checked((result,)), lambda address: places or (HERE,))


def told(kind: Kind, address: str = URL, **more: Any) -> tuple[str, str]:
    fields = {name: more.pop(name) for name in ("status", "detail", "new_address") if name in more}
    (finding,) = found(Result(address, Outcome(kind, **fields), **more))
    assert finding.severity is RULES[finding.rule].severity
    assert (finding.path, finding.line, finding.column, finding.pages) == (
        "lessons/a.md", 3, 7, ("a.html",),
    )  # fmt: skip
    assert finding.target == address
    return finding.rule, finding.message


@pytest.mark.parametrize(
    ("kind", "more", "rule", "message"),
    [
        (Kind.NOT_FOUND, {"status": 404}, "dead", "the page was not found (404 Not Found)"),
        (Kind.GONE, {"status": 410}, "dead", "the page has been permanently removed (410 Gone)"),
        (Kind.NO_HOST, {}, "dns", "the host does not exist"),
        (Kind.REFUSED, {}, "refused", "connection refused"),
        (Kind.TLS_EXPIRED, {"detail": "its certificate has expired"}, "tls",
         "invalid certificate (its certificate has expired)"),
        (Kind.LOOP, {"detail": "its redirects form a loop"}, "loop",
         "too many redirects (its redirects form a loop)"),
        (Kind.FORBIDDEN, {"status": 403}, "unsure",
         "automated requests are refused (403 Forbidden)"),
        (Kind.FORBIDDEN, {"status": 999}, "unsure", "automated requests are refused (999)"),
        (Kind.BOT_WALL, {"status": 403, "detail": "Cloudflare"}, "unsure",
         "blocked by bot protection (403 Forbidden; Cloudflare)"),
        (Kind.BUSY, {"status": 429}, "unsure",
         "rate limit reached (429 Too Many Requests)"),
        (Kind.SERVER_ERROR, {"status": 500}, "failing",
         "server error (500 Internal Server Error)"),
        (Kind.TIMEOUT, {}, "failing", "the host did not respond in time"),
        (Kind.LOCAL, {}, "local", "it leads to the reader's own machine or network"),
    ],
)  # fmt: skip
def test_each_outcome_is_told_in_words(kind: Kind, more: dict[str, Any], rule: str, message: str):
    assert told(kind, **more) == (f"external.{rule}", f"`{URL}`: {message}")


def test_what_is_malformed_is_told():
    assert told(Kind.MALFORMED, "https:/x", detail="it has no host") == (
        "external.malformed",
        "`https:/x` is malformed: it has no host",
    )


def test_since_when_is_told_where_it_is_not_since_today():
    known = {"status": 404, "checked": TODAY}
    assert told(Kind.NOT_FOUND, since=TODAY, **known)[1].endswith("(404 Not Found)")
    _, message = told(Kind.NOT_FOUND, since=date(2026, 3, 1), **known)
    assert message.endswith("(404 Not Found) since 2026-03-01")


@pytest.mark.parametrize(
    "kind",
    [Kind.OK, Kind.TEMPORARY, Kind.IGNORED, Kind.HISTORIC, Kind.OFFLINE, Kind.NOT_NOW,
     Kind.OTHER_SCHEME],
)  # fmt: skip
def test_what_is_fine_or_left_out_is_nothing_at_its_places(kind: Kind):
    assert [each for each in found(Result(URL, Outcome(kind))) if each.path] == []


def test_every_kind_of_outcome_has_its_words():
    for kind in Kind:
        found(Result(URL, Outcome(kind, 500, "detail", "https://two.example/")))


def test_what_is_allowed_is_fine():
    assert found(Result(URL, Outcome(Kind.NOT_FOUND, 404), allowed="Known")) == []


class TestRedirects:
    def moved(self, written: str, new: str, *places: Mention) -> Finding:
        outcome = Outcome(Kind.PERMANENT, 200, "", new)
        (finding,) = found(Result(written, outcome), *places)
        assert finding.rule == "external.redirected"
        return finding

    def test_the_new_address_takes_the_place_of_the_old_one(self):
        finding = self.moved(URL, "https://two.example/new")
        assert finding.message == f"`{URL}` has moved permanently to `https://two.example/new`"
        assert finding.mend == "Write `https://two.example/new`."
        assert finding.edit == Edit("lessons/a.md", 3, 7, URL, "https://two.example/new")

    def test_the_anchor_goes_along(self):
        new = "https://two.example/new"
        for written, moved in [(f"{URL}#a", f"{new}#a"), (f"{URL}#%C3%A4", f"{new}#%C3%A4")]:
            edit = self.moved(written, new).edit
            assert edit is not None
            assert (edit.old, edit.new) == (written, moved)
        own = self.moved(f"{URL}#a", f"{new}#b").edit
        assert own is not None
        assert own.new == f"{new}#b"

    @pytest.mark.parametrize(
        "new",
        [
            "https://two.example/a(b)", "https://two.example/a'b", "https://two.example/[x]",
            "https://two.example/a*b*", "https://two.example/a|b", "https://two.example/x?sid=1",
            "https://two.example/x;jsessionid=1",
        ],
    )  # fmt: skip
    def test_an_address_that_is_not_safe_to_write_is_only_told(self, new: str):
        assert self.moved(URL, new).edit is None

    def test_a_place_that_is_not_the_addresss_own_is_left_alone(self):
        assert self.moved(URL, "https://two.example/", Mention("a.md", 3)).edit is None

    def test_a_front_page_is_no_new_address(self):
        outcome = Outcome(Kind.FRONT_PAGE, 200, "", "https://one.example/")
        (finding,) = found(Result(URL, outcome))
        assert (finding.rule, finding.edit) == ("external.front-page", None)


class TestAnchors:
    def test_a_missing_one_is_told_with_the_page(self):
        (finding,) = found(Result(f"{URL}#a", Outcome(Kind.OK, 200), Anchor.MISSING))
        assert finding.rule == "external.anchor"
        assert finding.message == f"`{URL}#a`: the page has no `#a`"

    def test_one_that_nobody_could_look_for_is_kept_apart(self):
        (finding,) = found(Result(f"{URL}#a", Outcome(Kind.OK, 200), Anchor.UNSEEN))
        assert finding.rule == "external.anchor-unseen"

    def test_a_page_that_has_moved_may_miss_it_too(self):
        outcome = Outcome(Kind.PERMANENT, 200, "", "https://two.example/")
        rules = [each.rule for each in found(Result(f"{URL}#a", outcome, Anchor.MISSING))]
        assert rules == ["external.anchor", "external.redirected"]


def test_an_archived_copy_is_named_in_the_mend():
    copy = "https://web.archive.org/web/2020/https://one.example/page"
    (finding,) = found(Result(URL, Outcome(Kind.NOT_FOUND, 404), archived=copy))
    assert copy in finding.mend


def test_https_is_recommended_where_it_is_offered():
    address = "http://one.example/page"
    (finding,) = found(Result(address, Outcome(Kind.OK, 200), secure=True))
    assert finding.rule == "external.insecure"
    assert finding.mend == "Write `https://one.example/page`."


@pytest.mark.parametrize(
    ("kind", "rules"),
    [(Kind.NOT_FOUND, []), (Kind.TIMEOUT, []), (Kind.OK, ["external.historic"]),
     (Kind.PERMANENT, ["external.historic"])],
)  # fmt: skip
def test_history_may_be_dead(kind: Kind, rules: list[str]):
    outcome = Outcome(kind, 200, "", "https://two.example/")
    assert [each.rule for each in found(Result(URL, outcome, historic=True))] == rules


def test_each_place_is_told():
    places = [Mention("b.md", 1, 1), Mention("a.md", 9, 2), Mention("a.md", 2, 5)]
    listed = found(Result(URL, Outcome(Kind.GONE, 410)), *places)
    assert [each.location for each in listed] == ["a.md:2:5", "a.md:9:2", "b.md:1:1"]


class TestRun:
    nowhere: Callable[[str], tuple[Mention, ...]] = staticmethod(lambda address: ())

    def lines(self, checked: Checked) -> list[str]:
        listed = findings_of(checked, self.nowhere)
        return [f"{each.location} {each.rule} {each.message}".strip() for each in listed]

    def results(self, kind: Kind, *addresses: str, detail: str = "") -> tuple[Result, ...]:
        return tuple(Result(each, Outcome(kind, 0, detail)) for each in addresses)

    def test_offline_says_how_many_were_left_out(self):
        checked = Checked(self.results(Kind.OFFLINE, "http://a", "http://b"), offline=True)
        message = "external.offline no external links were checked: 2 addresses were left out"
        assert self.lines(checked) == [message]

    def test_a_missing_network_is_told_once(self):
        many = self.results(Kind.NOT_NOW, *(f"http://{n}" for n in range(300)), detail="no network")
        message = "external.network no host could be reached, so nothing is known of 300 addresses"
        assert self.lines(Checked(many, away=True)) == [message]

    def test_what_was_not_asked_is_told_by_its_reason(self):
        other = self.results(
            Kind.OTHER_SCHEME, "ftp://a", "tel:+47123", detail="`ftp:` isn't checked"
        )
        later = self.results(Kind.NOT_NOW, *(f"http://{n}" for n in "edcba"), detail="too busy")
        first, second = self.lines(Checked((*other, *later)))
        assert first == (
            "external.not-asked 1 address was not checked: `ftp:` isn't checked: `ftp://a`"
        )
        assert second == (
            "external.not-asked 5 addresses were not checked: too busy: `http://a`, `http://b`, "
            "`http://c` and 2 more"
        )

    def test_entries_are_told_where_they_stand(self):
        unused = Exemption("ignore", 1, "a.example", "Old", None)
        ended = Exemption("allow", 0, "b.example", "Moving", date(2026, 3, 9))
        places = {("ignore", 1): Mention("conf/portal.yml", 8, 5)}
        checked = Checked((), unused=(unused,), ended=(ended,))
        listed = findings_of(
            checked, self.nowhere, lambda *key: places.get(key, Mention("conf/portal.yml"))
        )
        first, second = (f"{each.location} {each.rule} {each.message}" for each in listed)
        assert first == (
            "conf/portal.yml external.entry-ended the entry `b.example` of `allow` ended on "
            "2026-03-09; its reason was `Moving`"
        )
        assert second == (
            "conf/portal.yml:8:5 external.entry-unused the entry `a.example` of `ignore` matches "
            "no address"
        )


def test_addresses_are_shown_on_one_line_and_not_too_long():
    assert shown("http://a\nb") == "`http://a�b`"
    assert len(shown("x" * 9999)) == 203


def test_rules_of_dead_links_are_those_of_dead_outcomes():
    dead = [kind for kind in Kind if kind.grade is Grade.DEAD]
    rules = {each.rule for kind in dead for each in found(Result(URL, Outcome(kind)))}
    assert rules == set(DEAD_RULES) <= set(RULES)


def test_rules_are_of_this_area():
    assert all(rule.startswith("external.") for rule in RULES)
