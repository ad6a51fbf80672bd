"""A whole run: what is left out and why, what is allowed, and what it says without a network."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from guildhall.check.external.cache import Cache
from guildhall.check.external.client import LinkClient
from guildhall.check.external.entries import matches
from guildhall.check.external.exchange import Budget, Reply
from guildhall.check.external.failures import Failure
from guildhall.check.external.outcomes import Kind, Outcome
from guildhall.check.external.rate_limit import RateLimiter
from guildhall.check.external.reach import Reach
from guildhall.check.external.resolving import Hosts
from guildhall.core.yaml_source import read_yaml
from guildhall.model.base.validate import validate
from guildhall.model.settings.external import ExternalLinks

from .checking import FAST, NOWHERE, QUIET, TODAY, Names, check, result, runtime_with
from .server import Server, answer, page, redirect


def settings(tmp_path: Path, text: str) -> ExternalLinks:
    """Settings as they are read from YAML."""
    file = tmp_path / "settings.yml"
    file.write_text(text, encoding="utf-8")
    data, source, _ = read_yaml(file)
    read, faults = validate(ExternalLinks, data, source)
    assert faults == []
    assert read is not None
    return read.model_copy(update={"archive": False, "secure": False})


ANSWERS = (
    "a status code or one of `anchor`, `dns`, `insecure`, `loop`, `redirect`, `refused`, "
    "`timeout`, `tls`, `unsure`"
)


class TestSettings:
    def test_they_are_read_like_records(self, tmp_path: Path):
        read = settings(
            tmp_path,
            "timeout: 5\n".replace("timeout", "read_timeout") + "spacing: 0\ncache: {ok: 30}\n"
            "ignore:\n  - {address: 'https://example.org/*', reason: Old, until: 2026-12-31}\n"
            "allow:\n  - {address: example.org, answers: [403, tls], reason: Known}\n",
        )
        assert (read.read_timeout, read.spacing, read.cache.ok, read.cache.dead) == (5, 0, 30, 1)
        assert read.ignore[0].until == date(2026, 12, 31)
        assert read.allow[0].answers == ("403", "tls")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("concurrency: 0", "`concurrency`: found `0`, expected a whole number from 1"),
            ("retry: 3", "unknown key `retry`; did you mean `retries`?"),
            ("ignore:\n  - {address: x}", "the key `reason` is missing in `ignore`"),
            ("allow:\n  - {address: x, answers: [tsl], reason: y}",
             f"`allow.answers`: found `tsl`, expected {ANSWERS}; did you mean `tls`?"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told(self, tmp_path: Path, text: str, message: str):
        file = tmp_path / "settings.yml"
        file.write_text(text, encoding="utf-8")
        data, source, _ = read_yaml(file)
        _, faults = validate(ExternalLinks, data, source)
        assert [fault.message for fault in faults] == [message]


@pytest.mark.parametrize(
    ("pattern", "address", "expected"),
    [
        ("https://example.org/*", "https://example.org/a/b?c=d", True),
        ("https://example.org/*", "http://example.org/a", False),
        ("example.org/*", "http://example.org/a", True),
        ("example.org/*", "https://example.org/a", True),
        ("example.org/*", "https://www.example.org/a", False),
        ("*.example.org/*", "https://www.example.org/a", True),
        ("https://example.org/a?b=[c]", "https://example.org/a?b=[c]", True),
        ("https://example.org/a", "https://example.org/a/b", False),
        ("https://example.org/a", "https://example.org/a#b", True),
        ("https://example.org/a#b", "https://example.org/a", False),
        ("mailto:*@example.org", "mailto:a@example.org", True),
    ],
)
def test_a_pattern_stands_for_the_whole_address(pattern: str, address: str, expected: bool):
    assert matches(pattern, address) is expected


class TestIgnored:
    def test_such_addresses_are_not_asked(self, tmp_path: Path):
        read = settings(tmp_path, "ignore: [{address: '*.example:*/a*', reason: Too slow}]")
        with Server({"/b": page("")}) as server:
            found = check([server.url("/a"), server.url("/b")], read)
            assert [each.outcome.kind for each in found.results] == ["ignored", "ok"]
            assert found.results[0].outcome.detail == "Too slow"
            assert server.seen.methods("/a") == []
        assert (found.unused, found.ended) == ((), ())

    @pytest.mark.parametrize(("until", "kind"), [("2026-03-10", "ignored"), ("2026-03-09", "ok")])
    def test_an_entry_holds_up_to_its_last_day(self, tmp_path: Path, until: str, kind: str):
        read = settings(tmp_path, f"ignore: [{{address: '*/a', reason: Old, until: {until}}}]")
        with Server({"/a": page("")}) as server:
            found = check([server.url("/a")], read)
        assert found.results[0].outcome.kind == kind
        assert [each.address for each in found.ended] == ([] if kind == "ignored" else ["*/a"])

    def test_an_entry_that_matches_nothing_is_told(self, tmp_path: Path):
        read = settings(tmp_path, "ignore: [{address: a.example, reason: Old}]")
        with Server({"/a": page("")}) as server:
            found = check([server.url("/a")], read)
        assert [(each.section, each.index) for each in found.unused] == [("ignore", 0)]


class TestAllowed:
    @pytest.mark.parametrize(
        ("answers", "path", "allowed"),
        [
            ("403", "/403", True), ("[403, 404]", "/404", True), ("404", "/403", False),
            ("redirect", "/301", True), ("loop", "/loop", True), ("anchor", "/page#x", True),
            ("unsure", "/403", True), ("unsure", "/404", False), ("tls", "/404", False),
        ],
    )  # fmt: skip
    def test_an_answer_that_is_known_is_fine(
        self, tmp_path: Path, answers: str, path: str, allowed: bool
    ):
        listed = answers if answers.startswith("[") else f"[{answers}]"
        read = settings(
            tmp_path, f"allow: [{{address: '*', answers: {listed}, reason: It is known}}]"
        )
        routes = {"/403": answer(403), "/301": redirect(301, "/page"),
                  "/page": page("x" * 500), "/loop": redirect(302, "/loop")}  # fmt: skip
        with Server(routes) as server:
            found = check([server.url(path)], read)
        assert found.results[0].allowed == ("It is known" if allowed else "")
        # That it is fine today doesn't make an entry useless.
        assert found.unused == ()

    def test_an_entry_that_has_ended_allows_nothing(self, tmp_path: Path):
        read = settings(
            tmp_path,
            "allow: [{address: '*', answers: [404], reason: Moving, until: 2026-03-09}]",
        )
        with Server({}) as server:
            found = check([server.url("/")], read)
        assert found.results[0].allowed == ""
        assert [each.section for each in found.ended] == ["allow"]

    def test_changed_settings_hold_at_once(self, tmp_path: Path):
        cache = Cache()
        with Server({}) as server:
            check([server.url("/")], cache=cache)
            read = settings(tmp_path, "allow: [{address: '*', answers: [404], reason: Known}]")
            found = check([server.url("/")], read, cache=cache)
        assert (found.asked, found.results[0].allowed) == (0, "Known")


class TestHistoric:
    def test_such_addresses_are_not_asked(self):
        with Server({"/old": page("")}) as server:
            found = result(server.url("/old"), historic=[server.url("/old")])
            assert (found.outcome.kind, found.historic) == ("historic", True)
            assert server.seen.requests == []

    @pytest.mark.parametrize(
        "spelt", ["http://ONE.example/gr%C3%BCn", "http://one.example:80/grün"]
    )
    def test_spelling_makes_no_difference(self, spelt: str):
        found = result("http://one.example/grün", historic=[spelt])
        assert found.outcome.kind == "historic"

    def test_they_are_where_the_settings_say_so(self):
        asked_too = QUIET.model_copy(update={"historic": True})
        with Server({"/old": page("")}) as server:
            addresses = [server.url("/old"), server.url("/gone")]
            found = check(addresses, asked_too, historic=addresses)
            assert [each.outcome.kind for each in found.results] == ["not-found", "ok"]
            assert [each.historic for each in found.results] == [True, True]


class TestOffline:
    def test_nothing_is_asked_and_what_can_be_read_is_read(self):
        cache = Cache()
        with Server({"/": page("")}) as server:
            check([server.url("/")], cache=cache)
            server.seen.requests.clear()
            addresses = [server.url("/"), "mailto:nobody", "doi:10.1234/x", "https:/slip.example"]
            found = check(addresses, cache=cache, offline=True)
            assert server.seen.requests == []
        assert found.offline
        assert {each.address: str(each.outcome.kind) for each in found.results} == {
            server.url("/"): "offline",
            "mailto:nobody": "malformed",
            "doi:10.1234/x": "offline",
            "https:/slip.example": "malformed",
        }


class TestWithoutNetwork:
    HOSTS = [f"http://h{number}.test/" for number in range(50)]

    def names(self, code: int, *known: str) -> Names:
        found = dict.fromkeys(known, "127.0.0.1")
        missing = socket.gaierror(code, "no")
        names = Names()
        names.others = {f"h{n}.test": missing for n in range(50)} | {"probe.example": missing}
        names.others |= found
        return names

    @pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN])
    def test_hundreds_of_hosts_without_a_name_are_one_missing_network(self, code: int):
        found = check(self.HOSTS, resolve=self.names(code))
        assert (found.away, found.asked) == (True, 0)
        assert {each.outcome.kind for each in found.results} == {"not-now"}

    def test_it_is_known_before_all_have_been_tried(self):
        names = self.names(socket.EAI_NONAME)
        settings = QUIET.model_copy(update={"concurrency": 1})
        check([f"http://h{n % 50}.test/{n}" for n in range(500)], settings, resolve=names)
        assert names.asked.count("probe.example") == 1

    def test_dois_are_no_sign_of_a_network(self):
        names = self.names(socket.EAI_NONAME)
        found = check([*self.HOSTS, "doi:10.1234/a"], resolve=names)
        assert found.away

    def test_names_that_are_not_found_in_time_are_no_network(self):
        class Slow(Names):
            async def __call__(self, host: str) -> Sequence[str]:
                await asyncio.sleep(60)
                return ()

        found = check(self.HOSTS, resolve=Slow(), limits=replace(FAST, connect=0.05))
        assert found.away

    def test_hosts_that_do_not_exist_are_dead_where_other_names_are_known(self):
        names = self.names(socket.EAI_NONAME, "probe.example")
        found = check(self.HOSTS, resolve=names)
        assert not found.away
        assert {each.outcome.kind for each in found.results} == {"no-such-host"}

    def test_one_host_that_answers_is_a_network(self):
        with Server({"/": page("")}) as server:
            names = self.names(socket.EAI_NONAME)
            names.others["one.example"] = "127.0.0.1"
            found = check([*self.HOSTS[:2], server.url("/")], resolve=names)
        kinds = [str(each.outcome.kind) for each in found.results]
        assert (found.away, sorted(kinds)) == (False, ["no-such-host", "no-such-host", "ok"])

    @pytest.mark.parametrize(("hosts", "away"), [(1, False), (2, False), (3, True), (9, True)])
    def test_several_hosts_that_take_no_connection_are_no_network(self, hosts: int, away: bool):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
            found = check([f"http://h{n}.example:{port}/" for n in range(hosts)])
        assert found.away is away
        kinds = {str(each.outcome.kind) for each in found.results}
        assert kinds == ({"not-now"} if away else {"refused"})

    def test_nothing_of_it_is_remembered(self, tmp_path: Path):
        file = tmp_path / "external.json"
        check(self.HOSTS, cache=Cache.load(file), resolve=self.names(socket.EAI_NONAME))
        assert json.loads(file.read_text(encoding="utf-8"))["addresses"] == {}

    def test_what_was_known_before_is_still_told(self):
        cache = Cache()
        with Server({}) as server:
            check([server.url("/dead")], cache=cache)
            names = self.names(socket.EAI_NONAME)
            found = check([server.url("/dead"), *self.HOSTS], cache=cache, resolve=names)
        kinds = {each.address: str(each.outcome.kind) for each in found.results}
        assert found.away
        assert kinds[server.url("/dead")] == "not-found"


class TestArchive:
    COPY = "http://web.archive.org/web/20200101000000/http://one.example/"

    def body(self, **closest: object) -> bytes:
        return json.dumps({"archived_snapshots": {"closest": closest} if closest else {}}).encode()

    @pytest.mark.parametrize(
        ("body", "copy"),
        [
            ({"available": True, "url": COPY}, COPY.replace("http:", "https:", 1)),
            ({"available": False, "url": COPY}, ""),
            ({}, ""),
            ({"available": True, "url": "https://evil.example/web/"}, ""),
            ({"available": True, "url": f"{COPY} <script>"}, ""),
            ({"available": True, "url": ["x"]}, ""),
        ],
    )
    def test_a_copy_of_a_dead_page_is_looked_for(self, body: dict[str, object], copy: str):
        with Server({"/wayback": answer(200, body=self.body(**body)), "/ok": page("")}) as server:
            services = replace(NOWHERE, wayback=server.url("/wayback", "archive.example"))
            looked_for = QUIET.model_copy(update={"archive": True})
            addresses = [server.url("/dead"), server.url("/ok")]
            found = check(addresses, looked_for, services=services)
            assert [each.archived for each in found.results] == [copy, ""]
            asked = [each.path for each in server.seen.requests if each.host == "archive.example"]
            assert asked == [f"/wayback?{urlencode({'url': addresses[0]})}"]

    def test_none_is_looked_for_where_the_settings_say_so(self):
        with Server({"/wayback": answer(200, body=self.body())}) as server:
            services = replace(NOWHERE, wayback=server.url("/wayback", "archive.example"))
            result(server.url("/dead"), services=services)
            assert {each.host for each in server.seen.requests} == {"one.example"}

    def test_the_archive_may_fail_without_harm(self):
        looked_for = QUIET.model_copy(update={"archive": True})
        with Server({"/wayback": answer(429, "Retry-After: 9999")}) as server:
            services = replace(NOWHERE, wayback=server.url("/wayback", "archive.example"))
            found = result(server.url("/dead"), looked_for, services=services)
            assert (found.outcome.kind, found.archived) == ("not-found", "")


class Replies:
    """Stands in for the network: gives replies by address."""

    def __init__(self, **replies: Reply) -> None:
        self.replies = replies
        self.asked: list[str] = []

    async def ask(
        self,
        method: str,
        url: httpx.URL,
        budget: Budget,
        *,
        headers: Sequence[tuple[str, str]] = (),
        wanted: int = 0,
        private: bool = False,
    ) -> Reply:
        self.asked.append(f"{method} {url}")
        return self.replies.get(url.scheme, Reply(404))

    async def is_private(self, url: httpx.URL) -> bool:
        return False


def test_a_host_that_was_not_asked_in_full_is_no_sign_of_a_network():
    hosts = Hosts(Names(), 1.0)
    for kind, reached in [
        (Kind.NOT_NOW, False), (Kind.ODD, False), (Kind.TIMEOUT, False), (Kind.PROXY, False),
        (Kind.TLS_EXPIRED, True), (Kind.LOOP, True),
    ]:  # fmt: skip
        reach = Reach(hosts, ())
        reach.note("one.example", Outcome(kind))
        assert reach.reached is reached


@pytest.mark.parametrize(
    ("address", "reply", "expected"),
    [
        ("http://one.example/a", Reply(200), True),
        ("http://one.example:80/a", Reply(200), True),
        ("http://one.example:8080/a", Reply(200), False),
        ("https://one.example/a", Reply(200), False),
        ("http://one.example/a", Reply(404), False),
        ("http://one.example/a", Reply(301, {"location": "http://one.example/a"}), False),
        ("http://one.example/a", Reply(failure=Failure(Kind.TLS_EXPIRED)), False),
    ],
)
def test_https_is_offered_where_it_answers(address: str, reply: Reply, expected: bool):
    replies = Replies(https=reply, http=Reply(200))
    rate_limiter = RateLimiter(1, 1, 0.0, 1.0)
    client = LinkClient(replies, rate_limiter, FAST, runtime_with(), retries=0, redirects=5)  # type: ignore[arg-type]
    assert asyncio.run(client.secure(address, private=False)) is expected


def test_progress_is_told_page_by_page():
    told: list[tuple[int, int]] = []
    with Server({"/a": page(""), "/b": page("")}) as server:
        addresses = [server.url(path) for path in ("/a", "/a#x", "/b", "/c")]
        check(addresses, progress=lambda done, total, page: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_results_are_in_order_whatever_order_they_came_in():
    with Server({}) as server:
        addresses = [server.url(f"/{number:02}") for number in range(30)]
        found = check(reversed(addresses), today=TODAY)
    assert [each.address for each in found.results] == addresses
