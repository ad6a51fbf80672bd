"""A server that answers in every way that servers do, and what each answer is judged to be."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from guildhall.check.external.outcomes import Anchor

from .checking import FAST, QUIET, check, kind, result
from .server import (
    Route,
    Server,
    answer,
    bomb,
    by_method,
    endless,
    garbage,
    in_turn,
    page,
    redirect,
    reset,
    silent,
    with_cookie,
)

INSTALL = "<h2 id='install'>Install</h2>"

ROUTES = {
    "/200": page("fine"),
    "/204": answer(204),
    "/404": answer(404),
    "/410": answer(410),
    "/401": answer(401),
    "/403": answer(403),
    "/418": answer(418),
    "/429": answer(429),
    "/451": answer(451),
    "/999": answer(999),
    "/500": answer(500),
    "/503": answer(503),
    "/301": redirect(301, "/moved"),
    "/302": redirect(302, "/200"),
    "/303": redirect(303, "/200"),
    "/307": redirect(307, "/200"),
    "/308": redirect(308, "/moved"),
    "/moved": page("moved"),
    "/301-302": redirect(301, "/302"),
    "/302-301": redirect(302, "/301"),
    "/301-404": redirect(301, "/404"),
    "/301-itself": redirect(301, "/301-itself"),
    "/loop": redirect(302, "/loop-2"),
    "/loop-2": redirect(302, "/loop"),
    "/spiral": redirect(302, "/200/spiral"),
    "/no-location": answer(302),
    "/bad-location": redirect(302, "http://[::bad"),
    "/store": redirect(302, "itms-apps://store/1"),
    "/front": redirect(301, "/"),
    "/": page("front"),
    "/members": redirect(301, "/user/login?next=/members"),
    "/user/login?next=/members": page("who are you?"),
    "/umlaut": redirect(301, "/grün"),
    "/gr%C3%BCn": page("green"),
    "/raw-bytes": redirect(302, "/gr\xc3\xbcn"),
    "/cookie": with_cookie(
        "seen=1",
        without=redirect(302, "/cookie", "Set-Cookie: seen=1; Path=/"),
        with_it=page("welcome back"),
    ),
    "/429-long": answer(429, "Retry-After: 86400"),
    "/head-405": by_method(head=answer(405), get=page("fine")),
    "/head-404": by_method(head=answer(404), get=page("fine")),
    "/head-501": by_method(head=answer(501), get=page("fine")),
    "/head-500": by_method(head=answer(500), get=page("fine")),
    "/head-silent": by_method(head=silent, get=page("fine")),
    "/head-reset": by_method(head=reset, get=page("fine")),
    "/head-moved": by_method(head=redirect(301, "/elsewhere"), get=page("fine")),
    "/get-404": by_method(head=answer(404), get=answer(404)),
    "/silent": silent,
    "/reset": reset,
    "/garbage": garbage,
    "/drip": endless(b"x", 0.02),
    "/short": answer(200, "Content-Type: text/html", body=b"<p>short", length=5000),
    "/1.0": page("old", "Connection: close"),
    "/http-1.0": answer(200, "Connection: close", body=b"old", version="1.0"),
    "/cloudflare": answer(403, "Server: cloudflare", "cf-mitigated: challenge"),
    "/plain-403": answer(403, "Server: nginx"),
    "/aws": answer(202, "x-amzn-waf-action: challenge"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(dict(ROUTES)) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/200", "ok"),
        ("/204", "ok"),
        ("/302", "redirected-for-now"),
        ("/303", "redirected-for-now"),
        ("/307", "redirected-for-now"),
        ("/302-301", "redirected-for-now"),
        ("/301", "redirected"),
        ("/308", "redirected"),
        ("/301-302", "redirected"),
        ("/umlaut", "redirected"),
        ("/raw-bytes", "redirected-for-now"),
        ("/front", "redirected-to-front-page"),
        ("/members", "redirected-for-now"),
        ("/cookie", "redirected-for-now"),
        ("/404", "not-found"),
        ("/410", "gone"),
        ("/301-404", "not-found"),
        ("/301-itself", "redirect-loop"),
        ("/loop", "redirect-loop"),
        ("/401", "forbidden"),
        ("/403", "forbidden"),
        ("/451", "forbidden"),
        ("/999", "forbidden"),
        ("/429", "busy"),
        ("/418", "odd-answer"),
        ("/no-location", "odd-answer"),
        ("/bad-location", "bad-redirect"),
        ("/store", "bad-redirect"),
        ("/cloudflare", "bot-wall"),
        ("/plain-403", "forbidden"),
        ("/aws", "bot-wall"),
        ("/500", "server-error"),
        ("/503", "server-error"),
        ("/silent", "timeout"),
        ("/reset", "connection-lost"),
        ("/garbage", "protocol-error"),
        ("/drip", "ok"),
        ("/short", "ok"),
        ("/1.0", "ok"),
        ("/http-1.0", "ok"),
        ("/head-405", "ok"),
        ("/head-404", "ok"),
        ("/head-501", "ok"),
        ("/head-500", "ok"),
        ("/head-silent", "ok"),
        ("/head-reset", "ok"),
        ("/head-moved", "ok"),
        ("/get-404", "not-found"),
    ],
)
def test_each_answer_is_judged_right(server: Server, path: str, expected: str):
    assert kind(server.url(path)) == expected


@pytest.mark.parametrize(
    "failures",
    [
        (answer(500), answer(500)),
        (reset, reset),
        (answer(429),),
        (answer(429, "Retry-After: 1"), answer(429, "Retry-After: 2")),
        (answer(503, "Retry-After: 0"),),
        (silent,),
        (garbage,),
    ],
    ids=["500", "reset", "429", "429-wait", "503", "silent", "garbage"],
)
def test_what_fails_for_a_moment_is_asked_again(failures: tuple[Route, ...]):
    with Server({"/": in_turn(*failures, page("up again"))}) as server:
        assert kind(server.url("/")) == "ok"


def test_a_chain_that_is_too_long_is_a_loop():
    routes = {f"/{number}": redirect(302, f"/{number + 1}") for number in range(30)}
    with Server(routes) as long:
        found = result(long.url("/0")).outcome
        assert (found.kind, found.detail) == ("redirect-loop", "it has over 10 redirects")
        assert len(long.seen.methods("/10")) == 2
        assert long.seen.methods("/11") == []


def test_the_new_address_is_the_last_of_those_for_good(server: Server):
    assert result(server.url("/301-302")).outcome.new_address == server.url("/302")
    assert result(server.url("/umlaut")).outcome.new_address == server.url("/gr%C3%BCn")


def test_a_host_that_asks_for_too_long_a_wait_is_left_alone(server: Server):
    found = check([server.url(path, "far.example") for path in ("/429-long", "/200", "/204")])
    kinds = {each.address.rpartition("/")[2]: each.outcome.kind for each in found.results}
    assert kinds["429-long"] == "not-now"
    asked = [each.path for each in server.seen.requests if each.host == "far.example"]
    assert asked.count("/429-long") == 1


def test_head_is_enough_where_it_brings_good_news():
    with Server({"/a": page("fine"), "/b": answer(404)}) as server:
        check([server.url("/a"), server.url("/b")])
        assert server.seen.methods("/a") == ["HEAD"]
        assert server.seen.methods("/b") == ["HEAD", "GET"]


def test_a_host_whose_head_is_wrong_is_spared_it_from_then_on():
    wrong = by_method(head=answer(405), get=page("fine"))
    with Server({f"/{number}": wrong for number in range(8)}) as server:
        settings = QUIET.model_copy(update={"connections": 1})
        check([server.url(f"/{number}") for number in range(8)], settings)
        methods = [each.method for each in server.seen.requests]
        assert methods.count("GET") == 8
        assert methods.count("HEAD") < 8


class TestBodies:
    """Bodies are read no further than needed, whatever they are."""

    def test_a_page_is_not_read_for_its_own_sake(self):
        with Server({"/big": by_method(head=answer(405), get=endless(b"x" * 65536, 0))}) as server:
            assert kind(server.url("/big")) == "ok"
            # What the kernel takes before it is told to stop comes on top of 16 KiB.
            assert server.seen.sent["/big"] < 16_000_000

    def test_an_oversized_page_is_read_up_to_the_bound(self):
        body = "<p>x</p>" * 100_000 + "<p id=end>"
        with Server({"/big": page(body), "/begin": page("<p id=begin>" + body)}) as server:
            assert result(server.url("/big#end")).anchor is Anchor.UNSEEN
            assert result(server.url("/begin#begin")).anchor is Anchor.PRESENT

    def test_a_page_that_never_ends_is_read_for_a_while(self):
        slow = endless(b"<p id=here>", 0.02)
        with Server({"/drip": slow}) as server:
            limits = replace(FAST, total=0.3)
            found = check([server.url("/drip#here"), server.url("/drip#there")], limits=limits)
            assert [each.outcome.kind for each in found.results] == ["ok", "ok"]
            assert [each.anchor for each in found.results] == [Anchor.PRESENT, Anchor.UNSEEN]

    def test_a_bomb_is_unpacked_up_to_the_bound(self):
        with Server({"/bomb": bomb(200_000_000)}) as server:
            tracemalloc.start()
            try:
                found = result(server.url("/bomb#x"))
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
        assert (found.outcome.kind, found.anchor) == ("ok", Anchor.UNSEEN)
        assert peak < 20_000_000

    @pytest.mark.parametrize(
        ("headers", "body"),
        [
            (["Content-Encoding: gzip"], gzip.compress(INSTALL.encode())),
            (["Content-Encoding: deflate"], zlib.compress(INSTALL.encode())),
            (["Content-Encoding: deflate"], zlib.compress(INSTALL.encode())[2:-4]),
            (["Content-Encoding: identity"], INSTALL.encode()),
        ],
        ids=["gzip", "zlib", "raw-deflate", "identity"],
    )
    def test_packed_pages_are_unpacked(self, headers: list[str], body: bytes):
        with Server({"/": answer(200, "Content-Type: text/html", *headers, body=body)}) as server:
            found = check([server.url("/#install"), server.url("/#instal")])
            anchors = {each.address.rpartition("#")[2]: each.anchor for each in found.results}
            assert anchors == {"install": Anchor.PRESENT, "instal": Anchor.MISSING}

    @pytest.mark.parametrize(
        ("encoding", "body"),
        [("gzip", b"no gzip at all"), ("br", b"\x0b\x02\x80"), ("gzip, gzip", b"")],
    )
    def test_what_cannot_be_unpacked_is_there_all_the_same(self, encoding: str, body: bytes):
        headers = ("Content-Type: text/html", f"Content-Encoding: {encoding}")
        with Server({"/": answer(200, *headers, body=body)}) as server:
            found = result(server.url("/#install"))
            assert (found.outcome.kind, found.anchor) == ("ok", Anchor.UNSEEN)

    @pytest.mark.parametrize(
        ("kind_", "encoding"),
        [
            ("text/html", "utf-8"),
            ("text/html; charset=utf-16", "utf-8"),
            ("text/html; charset=nonsense", "utf-8"),
            ("text/html; charset=rot13", "utf-8"),
            ("text/html; charset=hex", "utf-8"),
            ("text/html; charset=utf-8", "latin-1"),
            ("text/html; charset=utf-16", "utf-16"),
            ('text/html; charset="latin1"', "latin-1"),
        ],
    )
    def test_a_charset_that_lies_hides_no_anchor(self, kind_: str, encoding: str):
        body = "<meta charset='nonsense'><p id='größe'>"
        with Server({"/": page(body, encoding=encoding, kind=kind_)}) as server:
            found = check([server.url("/#gr%C3%B6%C3%9Fe"), server.url("/#grosse")])
            assert {each.anchor for each in found.results} == {Anchor.PRESENT, Anchor.MISSING}


class TestRedirectsToOtherHosts:
    def test_they_are_followed(self):
        with Server({"/there": page("there")}) as server:
            server.routes["/here"] = redirect(302, server.url("/there", "two.example"))
            assert kind(server.url("/here")) == "redirected-for-now"
            assert [each.host for each in server.seen.requests] == ["one.example", "two.example"]

    def test_cookies_stay_at_home(self):
        with Server({"/there": page("there")}) as server:
            there = server.url("/there", "two.test.example")
            server.routes["/here"] = redirect(302, there, "Set-Cookie: secret=1")
            kind(server.url("/here"))
            assert ["cookie" in each.headers for each in server.seen.requests] == [False, False]

    def test_a_password_is_not_sent(self):
        with Server({"/here": page("here")}) as server:
            address = server.url("/here").replace("//", "//user:secret@")
            assert kind(address) == "ok"
            assert "authorization" not in server.seen.requests[0].headers
