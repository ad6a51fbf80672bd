"""What is remembered of addresses: for how long, and what a daily run then asks."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.external.cache import Cache, CacheEntry, is_due
from guildhall.check.external.outcomes import Anchor, Kind, Outcome
from guildhall.model.settings.external import CacheAges, ExternalLinks

from .checking import QUIET, TODAY, Waits, check
from .server import Server, answer, by_method, page, redirect

DAY = timedelta(days=1)
URL = "http://one.example/"


def entry(kind: Kind = Kind.OK, checked: date = TODAY, **more: object) -> CacheEntry:
    return CacheEntry(Outcome(kind), checked, checked, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        (Kind.OK, 7),
        (Kind.TEMPORARY, 7),
        (Kind.PERMANENT, 5),
        (Kind.FRONT_PAGE, 5),
        (Kind.NOT_FOUND, 2),
        (Kind.NO_HOST, 2),
        (Kind.TLS_EXPIRED, 2),
        (Kind.FORBIDDEN, 1),
        (Kind.TIMEOUT, 1),
        (Kind.BOT_WALL, 1),
    ],
)
def test_each_outcome_is_believed_for_its_own_time(kind: Kind, days: int):
    ages = CacheAges.model_validate({"ok": "7", "redirected": "5", "dead": "2", "soft": "1"})
    due = [is_due(entry(kind), (), ages, TODAY + DAY * n) for n in range(days + 2)]
    assert due == [False] * days + [True, True]


def test_an_age_of_none_is_never_believed():
    ages = CacheAges.model_validate({"ok": "0"})
    assert is_due(entry(), (), ages, TODAY)


def test_what_is_not_known_is_due():
    assert is_due(None, (), CacheAges(), TODAY)
    assert is_due(entry(checked=TODAY + DAY), (), CacheAges(), TODAY)


def test_a_new_anchor_of_a_known_page_is_due():
    known = entry(anchors={"a": Anchor.PRESENT})
    assert not is_due(known, {"a"}, CacheAges(), TODAY)
    assert is_due(known, {"a", "b"}, CacheAges(), TODAY)
    assert not is_due(entry(Kind.NOT_FOUND), {"a"}, CacheAges(), TODAY)


def test_a_daily_run_asks_only_what_is_due(tmp_path: Path):
    file = tmp_path / ".guildhall/external.json"
    routes = {"/ok": page("<p id=a>"), "/dead": answer(404), "/soft": answer(403),
              "/moved": redirect(301, "/ok")}  # fmt: skip
    asked = []
    with Server(routes) as server:
        addresses = [server.url(path) for path in ("/ok", "/ok#a", "/dead", "/soft", "/moved")]
        for day in range(9):
            server.seen.requests.clear()
            found = check(addresses, cache=Cache.load(file), today=TODAY + DAY * day)
            assert [each.outcome.kind for each in found.results] == [
                "not-found", "redirected", "ok", "ok", "forbidden",
            ]  # fmt: skip
            asked.append(found.asked)
    assert asked == [4, 2, 2, 2, 2, 2, 2, 4, 2]


def test_a_second_run_on_the_same_day_asks_nothing(tmp_path: Path):
    file = tmp_path / "external.json"
    with Server({"/ok": page("")}) as server:
        check([server.url("/ok"), server.url("/none")], cache=Cache.load(file))
        server.seen.requests.clear()
        again = check([server.url("/ok"), server.url("/none")], cache=Cache.load(file))
        assert server.seen.requests == []
        assert (again.asked, again.remembered) == (0, 2)
        check([server.url("/none")], cache=Cache.load(file), fresh=True)
        assert len(server.seen.requests) == 2


def test_an_unchanged_page_is_not_sent_again(tmp_path: Path):
    file = tmp_path / "external.json"
    with Server({"/": page("<p id=a>", 'ETag: "v1"')}) as server:
        check([server.url("/#a"), server.url("/#b")], cache=Cache.load(file))
        server.routes["/"] = answer(304)
        later = TODAY + DAY * 8
        found = check([server.url("/#a"), server.url("/#b")], cache=Cache.load(file), today=later)
        assert server.seen.requests[-1].headers["if-none-match"] == '"v1"'
        assert [each.anchor for each in found.results] == [Anchor.PRESENT, Anchor.MISSING]
        assert [each.checked for each in found.results] == [later, later]
        # A new anchor needs the page itself.
        server.routes["/"] = page("<p id=c>")
        check([server.url("/#c")], cache=Cache.load(file), today=later)
        assert "if-none-match" not in server.seen.requests[-1].headers


def test_since_when_it_is_so_is_remembered(tmp_path: Path):
    file = tmp_path / "external.json"
    states = [404, 410, 200, 404, 404]
    since = []
    with Server({}) as server:
        for day, status in enumerate(states):
            server.routes["/"] = answer(status)
            settings = QUIET.model_copy(update={"cache": CacheAges.model_validate({"ok": "1"})})
            found = check(
                [server.url("/")], settings, cache=Cache.load(file), today=TODAY + day * DAY
            )
            since.append((found.results[0].since or TODAY) - TODAY)
    assert since == [0 * DAY, 0 * DAY, 2 * DAY, 3 * DAY, 3 * DAY]


@pytest.fixture(scope="module")
def tmp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


class TestFile:
    def saved(self, file: Path, **entries: CacheEntry) -> str:
        cache = Cache(file)
        for name, each in entries.items():
            cache.put(f"http://{name}.example/", each)
        cache.save(TODAY)
        return file.read_text(encoding="utf-8")

    def test_it_is_the_same_whatever_the_order(self, tmp_path: Path):
        a, b = entry(), entry(Kind.GONE)
        one = self.saved(tmp_path / "1.json", a=a, b=b)
        other = self.saved(tmp_path / "2.json", b=b, a=a)
        assert one == other
        assert [each.name for each in sorted(tmp_path.iterdir())] == ["1.json", "2.json"]

    def test_what_nobody_asks_for_is_forgotten(self, tmp_path: Path):
        text = self.saved(
            tmp_path / "1.json",
            old=entry(checked=TODAY - 181 * DAY),
            young=entry(checked=TODAY - 180 * DAY),
        )
        assert list(json.loads(text)["addresses"]) == ["http://young.example/"]

    def test_what_was_left_out_is_not_kept(self, tmp_path: Path):
        text = self.saved(tmp_path / "1.json", later=entry(Kind.NOT_NOW))
        assert json.loads(text) == {"version": 1, "addresses": {}}

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", "null", '{"version": 2, "addresses": {}}', '{"version": 1}',
         '{"version": 1, "addresses": []}', "[" * 100_000, "\x00"],
    )  # fmt: skip
    def test_a_broken_one_is_as_good_as_none(self, tmp_path: Path, text: str):
        file = tmp_path / "external.json"
        file.write_text(text, encoding="utf-8")
        assert Cache.load(file).get(URL) is None

    def test_bytes_that_are_no_text_are_as_good_as_none(self, tmp_path: Path):
        file = tmp_path / "external.json"
        file.write_bytes(b"\xff\xfe\xfa")
        assert Cache.load(file).get(URL) is None

    @pytest.mark.parametrize(
        "broken",
        [None, [], "x", {}, {"kind": "nonsense", "checked": "2026-01-01", "since": "2026-01-01"},
         {"kind": "ok", "checked": "yesterday", "since": "2026-01-01"},
         {"kind": "ok", "checked": "2026-01-01", "since": "2026-01-01", "anchors": []},
         {"kind": "ok", "checked": "2026-01-01", "since": "2026-01-01", "status": "many"}],
    )  # fmt: skip
    def test_a_broken_entry_spares_the_others(self, tmp_path: Path, broken: object):
        file = tmp_path / "external.json"
        read = json.loads(self.saved(file, good=entry()))
        read["addresses"][URL] = broken
        file.write_text(json.dumps(read), encoding="utf-8")
        cache = Cache.load(file)
        assert cache.get(URL) is None
        assert cache.get("http://good.example/") == entry()

    def test_a_missing_one_is_begun(self, tmp_path: Path):
        cache = Cache.load(tmp_path / "deep/down/external.json")
        cache.save(TODAY)
        assert (tmp_path / "deep/down/external.json").exists()

    days = st.dates(date(2020, 1, 1), TODAY)

    @given(
        st.builds(
            CacheEntry,
            st.builds(
                Outcome,
                st.sampled_from([Kind.OK, Kind.PERMANENT, Kind.GONE, Kind.TIMEOUT]),
                st.integers(0, 999),
                st.text(),
                st.text(),
            ),
            st.just(TODAY),
            days,
            st.dictionaries(st.text(), st.sampled_from(Anchor)),
            st.text(),
            st.text(),
            st.none() | st.booleans(),
            st.text(),
        )
    )
    def test_what_is_read_is_what_was_written(self, tmp: Path, known: CacheEntry):
        file = tmp / "external.json"
        cache = Cache(file)
        cache.put(URL, known)
        cache.save(TODAY)
        assert Cache.load(file).get(URL) == known


def test_a_run_that_is_broken_off_keeps_what_it_has(tmp_path: Path):
    file = tmp_path / "external.json"

    def stop(done: int, total: int, page: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with Server({f"/{n}": page("") for n in range(20)}) as server:
        with pytest.raises(KeyboardInterrupt):
            check([server.url(f"/{n}") for n in range(20)], cache=Cache.load(file), progress=stop)
        kept = json.loads(file.read_text(encoding="utf-8"))["addresses"]
        assert 2 <= len(kept) < 20


def test_whether_https_is_offered_is_remembered_too(tmp_path: Path):
    file = tmp_path / "external.json"
    cache = Cache(file)
    cache.put("http://one.example/", entry(secure=True))
    settings = ExternalLinks()
    found = check(["http://one.example/"], settings, cache=cache)
    assert (found.asked, found.results[0].secure) == (0, True)


def test_waits_are_not_needed_for_what_is_known():
    waits, cache = Waits(), Cache()
    cache.put(URL, entry())
    check([URL], cache=cache, sleep=waits.sleep)
    assert waits.waited == []


def test_head_is_asked_with_what_is_known(tmp_path: Path):
    file = tmp_path / "external.json"
    stamp = "Last-Modified: Tue, 01 Jul 2025 00:00:00 GMT"
    with Server({"/": by_method(head=page("", stamp), get=page(""))}) as server:
        check([server.url("/")], cache=Cache.load(file))
        server.routes["/"] = answer(304)
        found = check([server.url("/")], cache=Cache.load(file), today=TODAY + 7 * DAY)
        assert server.seen.requests[-1].headers["if-modified-since"] == stamp.partition(": ")[2]
        assert found.results[0].outcome.kind == "ok"
