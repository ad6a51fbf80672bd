"""How hard hosts are asked, as the hosts themselves measure it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.external.rate_limit import GivenUp, RateLimiter
from guildhall.check.external.runtime import user_agent
from guildhall.check.external.waiting import backoff, retry_after
from guildhall.model.settings.external import ExternalLinks

from .checking import FAST, QUIET, Waits, check, result
from .server import Request, Route, Seen, Server, Writer, answer, in_turn, page, redirect


def busy(seconds: float = 0.02) -> Route:
    """A page that takes a while, so that requests meet."""

    async def route(request: Request, writer: Writer, seen: Seen) -> None:
        await asyncio.sleep(seconds)
        await page("fine")(request, writer, seen)

    return route


ROUTES = {f"/{number}": busy() for number in range(40)}


@pytest.mark.parametrize("connections", [1, 3])
def test_no_more_requests_are_open_to_a_host_than_the_settings_say(connections: int):
    settings = QUIET.model_copy(update={"connections": connections})
    with Server(ROUTES) as server:
        check([server.url(path, host) for path in ROUTES for host in ("one.example", "b.example")],
              settings)  # fmt: skip
        assert server.seen.most_open == {"one.example": connections, "b.example": connections}


def test_no_more_requests_are_open_at_all_than_the_settings_say():
    settings = QUIET.model_copy(update={"connections": 2, "concurrency": 5})
    with Server(ROUTES) as server:
        check([server.url(path, f"h{path[1:]}.example") for path in ROUTES], settings)
        assert server.seen.most_open_at_all == 5


def test_requests_to_a_host_keep_their_distance():
    waits = Waits()
    settings = QUIET.model_copy(update={"connections": 1})
    with Server(ROUTES, clock=waits.clock) as server:
        check(
            [server.url(f"/{number}") for number in range(6)],
            settings,
            limits=replace(FAST, spacing=0.5),
            clock=waits.clock,
            sleep=waits.sleep,
        )
        assert server.seen.starts["one.example"] == pytest.approx([0, 0.5, 1, 1.5, 2, 2.5])


def test_distances_hold_over_several_connections_too():
    waits = Waits()
    with Server(ROUTES) as server:
        addresses = [server.url(f"/{number}") for number in range(10)]
        limits = replace(FAST, spacing=0.5)
        check(addresses, limits=limits, clock=waits.clock, sleep=waits.sleep)
    assert waits.now == pytest.approx(0.5 * 9)


def test_redirects_to_a_host_wait_for_its_turn_too():
    settings = QUIET.model_copy(update={"connections": 1})
    with Server({"/there": busy()}) as server:
        there = server.url("/there", "two.example")
        for number in range(8):
            server.routes[f"/{number}"] = redirect(302, there)
        check([server.url(f"/{n}", f"h{n}.example") for n in range(8)], settings)
        assert server.seen.most_open["two.example"] == 1
        assert len(server.seen.starts["two.example"]) == 8


def test_all_requests_to_a_host_wait_when_it_says_so():
    waits = Waits()
    told = in_turn(answer(429, "Retry-After: 4"), page("fine"))
    with Server({"/0": told, "/1": page(""), "/2": page("")}) as server:
        settings = QUIET.model_copy(update={"connections": 1})
        addresses = [server.url(f"/{number}") for number in range(3)]
        found = check(addresses, settings, clock=waits.clock, sleep=waits.sleep)
        assert {each.outcome.kind for each in found.results} == {"ok"}
    assert waits.now == pytest.approx(4, abs=0.01)


def test_a_wait_may_be_a_date_by_the_hosts_own_clock():
    waits = Waits()
    told = answer(
        503, "Retry-After: Fri, 01 Jan 1999 00:00:03 GMT", "Date: Fri, 01 Jan 1999 00:00:00 GMT"
    )
    with Server({"/": in_turn(told, page("fine"))}) as server:
        found = result(server.url("/"), clock=waits.clock, sleep=waits.sleep)
        assert found.outcome.kind == "ok"
    assert waits.now == pytest.approx(3, abs=0.01)


def test_a_host_that_never_answers_is_not_asked_for_all_its_pages():
    async def silent(request: Request, writer: Writer, seen: Seen) -> None:
        await asyncio.sleep(60)

    with Server({f"/{number}": silent for number in range(40)}) as server:
        settings = QUIET.model_copy(update={"retries": 0})
        limits = replace(FAST, total=0.1)
        found = check([server.url(f"/{number}") for number in range(40)], settings, limits=limits)
        kinds = [each.outcome.kind for each in found.results]
        # Four are asked at a time.
        assert 6 <= kinds.count("timeout") <= 9
        assert found.asked == kinds.count("timeout")
        assert kinds.count("timeout") + kinds.count("not-now") == 40


def test_a_run_ends_in_time_and_says_what_is_left():
    limits = replace(FAST, run=0.3)
    with Server({f"/{number}": busy(0.05) for number in range(200)}) as server:
        settings = QUIET.model_copy(update={"connections": 1})
        found = check([server.url(f"/{number}") for number in range(200)], settings, limits=limits)
    kinds = [each.outcome.kind for each in found.results]
    assert kinds.count("ok") == found.asked > 0
    assert kinds.count("not-now") == 200 - found.asked > 0


def test_we_say_who_we_are():
    with Server({"/": page("")}) as server:
        check([server.url("/")])
        named = QUIET.model_copy(update={"user_agent": "Links of Example"})
        check([server.url("/")], named)
        agents = [each.headers["user-agent"] for each in server.seen.requests]
    assert agents == [user_agent(ExternalLinks()), "Links of Example"]
    assert agents[0].startswith("Guildhall/")


class TestTurns:
    def test_a_host_that_asks_for_too_much_is_given_up(self):
        async def run() -> None:
            rate_limiter = RateLimiter(4, 4, 0.0, longest_wait=10.0)
            assert not rate_limiter.wait("one.example", 11.0)
            async with rate_limiter.turn("two.example"):
                pass
            with pytest.raises(GivenUp) as caught:
                async with rate_limiter.turn("one.example"):
                    pass
            assert caught.value.seconds == 11.0

        asyncio.run(run())

    def test_a_turn_comes_back_whatever_happens(self):
        async def run() -> None:
            rate_limiter = RateLimiter(1, 1, 0.0, longest_wait=10.0)
            for _ in range(3):
                with pytest.raises(ZeroDivisionError):
                    async with asyncio.timeout(5), rate_limiter.turn("one.example"):
                        raise ZeroDivisionError

        asyncio.run(run())


class TestRetryAfter:
    """RFC 9110, 10.2.3."""

    NOW = "Wed, 21 Oct 2015 07:28:00 GMT"

    @pytest.mark.parametrize(
        ("value", "seconds"),
        [
            ("120", 120.0),
            (" 0 ", 0.0),
            ("Wed, 21 Oct 2015 07:29:30 GMT", 90.0),
            ("Wednesday, 21-Oct-15 07:29:30 GMT", 90.0),
            ("Wed Oct 21 07:29:30 2015", 90.0),
            ("Wed, 21 Oct 2015 07:00:00 GMT", 0.0),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
            ("Wed, 99 Oct 2015 07:29:30 GMT", None),
        ],
    )
    def test_it_is_seconds_or_a_date(self, value: str, seconds: float | None):
        assert retry_after(value, self.NOW) == seconds

    def test_a_date_without_the_hosts_clock_says_nothing(self):
        assert retry_after(self.NOW, "") is None

    @given(st.text(), st.text())
    def test_whatever_a_host_sends_is_read_or_not(self, value: str, now: str):
        seconds = retry_after(value, now)
        assert seconds is None or 0 <= seconds <= 10**9

    @given(st.integers(0, 10**30))
    def test_seconds_are_what_they_say(self, seconds: int):
        assert retry_after(str(seconds)) == min(int(str(seconds)[:12]), 10**9)


class TestBackoff:
    @given(st.integers(0, 1000), st.floats(0, 1))
    def test_it_is_between_nothing_and_the_exponential_wait(self, attempt: int, chance: float):
        wait = backoff(attempt, lambda low, high: low + chance * (high - low), first=1, longest=60)
        assert 0 <= wait <= min(60, 2.0 ** min(attempt, 30))

    def test_it_doubles_up_to_the_longest(self):
        waits = [backoff(n, lambda low, high: high, first=1, longest=10) for n in range(6)]
        assert waits == [1, 2, 4, 8, 10, 10]

    def test_retries_wait_so(self):
        waits = Waits()
        with Server({"/": answer(500)}) as server:
            settings = QUIET.model_copy(update={"retries": 3})
            result(server.url("/"), settings, sleep=waits.sleep, chance=lambda low, high: high)
            # HEAD can't tell, so only GET is asked again.
            assert server.seen.methods("/") == ["HEAD", "GET", "GET", "GET", "GET"]
        assert waits.waited == pytest.approx([0.01, 0.02, 0.04])
