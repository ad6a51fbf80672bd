"""Findings of what the check returns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from guildhall.check.external.addresses import read_address, url_of
from guildhall.check.external.entries import Exemption
from guildhall.check.external.judging import status_words
from guildhall.check.external.outcomes import Anchor, Grade, Kind, Outcome
from guildhall.check.external.result import Checked, Result
from guildhall.check.external.rules import RULES
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Edit, Finding
from guildhall.core.values.legible import legible, without_passwords

_LONGEST = 200
# Neither Markdown nor YAML reads more into these than an address.
_PLAIN = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&+,;=%-]+")
_SESSION = re.compile(r"[?;&](?:jsessionid|phpsessid|sid|session|token|ticket|state)=", re.I)

_RULE_OF = {
    Kind.NOT_FOUND: "external.dead",
    Kind.GONE: "external.dead",
    Kind.NO_HOST: "external.dns",
    Kind.REFUSED: "external.refused",
    Kind.LOOP: "external.loop",
    Kind.TLS_EXPIRED: "external.tls",
    Kind.TLS_HOST: "external.tls",
    Kind.TLS_SELF_SIGNED: "external.tls",
    Kind.TLS_BROKEN: "external.tls",
    Kind.MALFORMED: "external.malformed",
    Kind.LOCAL: "external.local",
    Kind.PERMANENT: "external.redirected",
    Kind.FRONT_PAGE: "external.front-page",
    Kind.DOWNGRADED: "external.downgraded",
    Kind.SERVER_ERROR: "external.failing",
    Kind.TIMEOUT: "external.failing",
    Kind.CONNECTION: "external.failing",
    Kind.PROTOCOL: "external.failing",
    Kind.DNS_FAILED: "external.failing",
    Kind.BAD_REDIRECT: "external.failing",
    Kind.PROXY: "external.unsure",
    Kind.TLS_UNKNOWN: "external.unsure",
    Kind.FORBIDDEN: "external.unsure",
    Kind.BUSY: "external.unsure",
    Kind.BOT_WALL: "external.unsure",
    Kind.ODD: "external.unsure",
    Kind.PRIVATE_NAME: "external.unsure",
}
_WORDS = {
    Kind.NOT_FOUND: "the page was not found",
    Kind.GONE: "the page has been permanently removed",
    Kind.NO_HOST: "the host does not exist",
    Kind.REFUSED: "connection refused",
    Kind.LOOP: "too many redirects",
    Kind.TLS_EXPIRED: "invalid certificate",
    Kind.TLS_HOST: "invalid certificate",
    Kind.TLS_SELF_SIGNED: "invalid certificate",
    Kind.TLS_BROKEN: "no secure connection could be made",
    Kind.TLS_UNKNOWN: "the issuer of its certificate is unknown here",
    Kind.LOCAL: "it leads to the reader's own machine or network",
    Kind.SERVER_ERROR: "server error",
    Kind.TIMEOUT: "the host did not respond in time",
    Kind.CONNECTION: "the host closed the connection",
    Kind.PROTOCOL: "the response is not HTTP",
    Kind.DNS_FAILED: "DNS lookup failed",
    Kind.BAD_REDIRECT: "invalid redirect",
    Kind.PROXY: "the proxy did not forward the request",
    Kind.FORBIDDEN: "automated requests are refused",
    Kind.BUSY: "rate limit reached",
    Kind.BOT_WALL: "blocked by bot protection",
    Kind.ODD: "the response says nothing about the page",
    Kind.PRIVATE_NAME: "not checked",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an address is written.

    Args:
        path: the source file, relative to the portal's folder, with slashes.
        line: the line from 1, or 0.
        column: the column from 1, or 0.
        pages: the files of the site that show it.
        exact: whether the address itself, as it was checked, begins at the line and column, so that
            another can be written in its place.
    """

    path: str
    line: int = 0
    column: int = 0
    pages: tuple[str, ...] = ()
    exact: bool = False


Places = Callable[[str], Sequence[Mention]]
"""Gives the places at which an address, as written, stands."""
EntryPlace = Callable[[str, int], Mention]
"""Gives where an entry of the settings stands: its list, ``ignore`` or ``allow``, and its place in
it from 0."""


def settings_file(section: str, index: int) -> Mention:
    """The settings, where nothing closer is known of an entry's place."""
    return Mention("conf/portal.yml")


def findings_of(
    checked: Checked, places: Places, entry_place: EntryPlace = settings_file
) -> list[Finding]:
    """Findings of what the check returned, in order.

    Args:
        checked: what it returned.
        places: where addresses are written; an address without places has one finding without.
        entry_place: where entries of the settings stand.
    """
    found = list(_of_run(checked))
    for entry in checked.ended:
        until = entry.until.isoformat() if entry.until else ""
        found.append(_of_entry("external.entry-ended", entry, f"ended on {until}", entry_place))
    for entry in checked.unused:
        found.append(_of_entry("external.entry-unused", entry, "matches no address", entry_place))
    for result in checked.results:
        for rule, message, mend, new in _of_result(result, away=checked.away):
            for place in places(result.address) or (Mention(""),):
                edit = None
                if new and place.exact:
                    edit = Edit(place.path, place.line, place.column, result.address, new)
                found.append(
                    Finding(
                        place.path,
                        place.line,
                        place.column,
                        rule,
                        message,
                        RULES[rule].severity,
                        mend,
                        result.address,
                        place.pages,
                        edit,
                    )
                )
    return sorted(found)


def shown(address: str) -> str:
    """An address as messages show it: on one line, and not too long."""
    text = legible(without_passwords(address))
    return f"`{text[:_LONGEST]}…`" if len(text) > _LONGEST else f"`{text}`"


def _of_result(result: Result, *, away: bool) -> Iterator[tuple[str, str, str, str]]:
    """Rule, message, mend and new address of each thing that is wrong with an address."""
    outcome, name = result.outcome, shown(result.address)
    if result.allowed:
        return
    if result.historic:
        if outcome.grade in {Grade.OK, Grade.REDIRECTED}:
            yield "external.historic", f"{name} is marked as historic, but still works", "", ""
        return
    if outcome.kind is Kind.MALFORMED:
        yield "external.malformed", f"{name} is malformed: {outcome.detail}", "", ""
    elif outcome.grade is Grade.REDIRECTED:
        yield _redirected(result)
    elif outcome.kind in _RULE_OF:
        yield _RULE_OF[outcome.kind], f"{name}: {_told(result)}", _archive(result), ""
    if result.anchor in {Anchor.MISSING, Anchor.UNSEEN}:
        yield _anchor(result)
    if result.secure:
        new = f"https{result.address.strip()[4:]}"
        yield "external.insecure", f"{name} also works with `https`", f"Write {shown(new)}.", ""


def _told(result: Result) -> str:
    outcome = result.outcome
    parts = [_WORDS[outcome.kind]]
    told = [status_words(outcome.status)] if outcome.status >= 400 else []
    if outcome.kind is Kind.BOT_WALL or outcome.detail:
        told.append(outcome.detail)
    if told:
        parts.append(f"({'; '.join(told)})")
    if result.since and result.checked and result.since < result.checked:
        parts.append(f"since {result.since.isoformat()}")
    return " ".join(parts)


def _archive(result: Result) -> str:
    if not result.archived or result.outcome.grade is not Grade.DEAD:
        return ""
    return (
        f"Update the address or remove the link; the Wayback Machine has a copy: {result.archived}"
    )


def _redirected(result: Result) -> tuple[str, str, str, str]:
    outcome, name = result.outcome, shown(result.address)
    rule = _RULE_OF[outcome.kind]
    if outcome.kind is Kind.DOWNGRADED:
        return rule, f"{name}: {outcome.detail}, unencrypted", "", ""
    new = new_address(result.address, outcome)
    if outcome.kind is Kind.FRONT_PAGE:
        return rule, f"{name} has been redirected to the front page {shown(new)}", "", ""
    edit = new if _PLAIN.fullmatch(new) and not _SESSION.search(new) else ""
    return rule, f"{name} has moved permanently to {shown(new)}", f"Write {shown(new)}.", edit


def new_address(written: str, outcome: Outcome) -> str:
    """The new address of a page with the fragment of the old one, where it has none itself.

    After RFC 9110, 10.2.2.
    """
    fragment = written.strip().partition("#")[2]
    if not fragment or url_of(outcome.new_address).fragment:
        return outcome.new_address
    return f"{outcome.new_address}#{fragment}"


def _anchor(result: Result) -> tuple[str, str, str, str]:
    fragment = shown(f"#{read_address(result.address).fragment}")
    name = shown(result.address)
    if result.anchor is Anchor.MISSING:
        return "external.anchor", f"{name}: the page has no {fragment}", "", ""
    return "external.anchor-unseen", f"{name}: {fragment} could not be checked", "", ""


def _of_entry(rule: str, entry: Exemption, what: str, entry_place: EntryPlace) -> Finding:
    place = entry_place(entry.section, entry.index)
    message = f"the entry {shown(entry.address)} of `{entry.section}` {what}"
    if rule == "external.entry-ended":
        message += f"; its reason was {shown(entry.reason)}"
    return Finding(
        place.path,
        place.line,
        place.column,
        rule,
        message,
        RULES[rule].severity,
        target=entry.address,
        pages=place.pages,
    )


def _of_run(checked: Checked) -> Iterator[Finding]:
    left = [each for each in checked.results if each.outcome.kind is Kind.OFFLINE]
    if checked.offline:
        message = f"no external links were checked: {_many(left)} left out"
        yield _without_place("external.offline", message)
    not_now = [each for each in checked.results if each.outcome.kind is Kind.NOT_NOW]
    if checked.away:
        message = f"no host could be reached, so nothing is known of {_many(not_now, were=False)}"
        yield _without_place("external.network", message)
        return
    # Without `//` they name no place on the net: telephones, numbers of books, data.
    other = [
        each
        for each in checked.results
        if each.outcome.kind is Kind.OTHER_SCHEME and "://" in each.address
    ]
    for group in (not_now, other):
        by_reason: dict[str, list[Result]] = defaultdict(list)
        for each in group:
            by_reason[each.outcome.detail].append(each)
        for reason, listed in sorted(by_reason.items()):
            names = _few(shown(each.address) for each in listed)
            message = f"{_many(listed)} not checked: {reason}: {names}"
            yield _without_place("external.not-asked", message)


def _without_place(rule: str, message: str) -> Finding:
    return Finding("", 0, 0, rule, message, RULES[rule].severity)


def _many(listed: Sequence[object], *, were: bool = True) -> str:
    count = counted(len(listed), "address")
    return f"{count} {'was' if len(listed) == 1 else 'were'}" if were else count


def _few(names: Iterable[str], most: int = 3) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return f"{', '.join(listed[:most])}{more}"
