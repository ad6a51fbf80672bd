"""Following redirects: with cookies, within bounds, and never to where none may lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from guildhall.check.external.addresses import parse_web, url_of
from guildhall.check.external.exchange import Budget, Exchanges, Reply
from guildhall.check.external.failures import Failure
from guildhall.check.external.judging import REDIRECTS, Happening, Hop
from guildhall.check.external.outcomes import Kind

_HTTP = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Followed:
    """What happened, and the last answer."""

    happening: Happening
    reply: Reply


async def follow(
    exchanges: Exchanges,
    method: str,
    address: str,
    budget: Budget,
    *,
    most: int,
    headers: Sequence[tuple[str, str]] = (),
    wanted: int = 0,
    private: bool = False,
) -> Followed:
    """Ask an address and follow where it leads (RFC 9110, 15.4).

    Cookies are kept from one redirect to the next, as some hosts redirect until they get theirs
    back; the same address with the same cookies again is a loop.

    Args:
        exchanges: sends requests.
        method: ``GET`` or ``HEAD``.
        address: the address.
        budget: the time that is left.
        most: how many redirects are followed.
        headers: headers of the first request.
        wanted: bytes of the last body that are wanted.
        private: whether this machine and private networks may be asked.

    Raises:
        GivenUp: where a host asked for a wait that is too long.
    """
    url, jar, hops = url_of(address), httpx.Cookies(), list[Hop]()
    seen: set[tuple[str, str]] = set()
    sent = list(headers)
    while True:
        cookie = _cookie_header(jar, url)
        key = (str(url.copy_with(fragment=None)), cookie)
        if key in seen:
            return _failed(address, hops, Failure(Kind.LOOP, "its redirects form a loop"))
        seen.add(key)
        more = [("Cookie", cookie)] if cookie else []
        reply = await exchanges.ask(
            method, url, budget, headers=[*sent, *more], wanted=wanted, private=private
        )
        _keep_cookies(jar, url, reply)
        location = reply.headers.get("location", "")
        if reply.failure or reply.status not in REDIRECTS or not location:
            return Followed(_happening(address, hops, reply), reply)
        if len(hops) >= most:
            return _failed(address, hops, Failure(Kind.LOOP, f"it has over {most} redirects"))
        target = _target(url, location)
        if isinstance(target, Failure):
            return _failed(address, hops, target, reply.status)
        hops.append(Hop(reply.status, str(target)))
        url, sent = target, []


def _happening(address: str, hops: list[Hop], reply: Reply) -> Happening:
    return Happening(
        address, tuple(hops), reply.status, reply.headers, reply.body.content, reply.failure
    )


def _failed(address: str, hops: list[Hop], failure: Failure, status: int = 0) -> Followed:
    happening = Happening(address, tuple(hops), status, failure=failure)
    return Followed(happening, Reply(status, failure=failure))


def _target(url: httpx.URL, location: str) -> httpx.URL | Failure:
    try:
        target = url.join(location.strip())
        if target.scheme not in _HTTP:
            return Failure(Kind.BAD_REDIRECT, f"it redirects to an address with `{target.scheme}:`")
        target = parse_web(str(target))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return Failure(Kind.BAD_REDIRECT, "it redirects to a malformed address")
    return target.copy_with(userinfo=b"")


def _keep_cookies(jar: httpx.Cookies, url: httpx.URL, reply: Reply) -> None:
    if reply.cookies:
        headers = [("set-cookie", each) for each in reply.cookies[:50]]
        response = httpx.Response(200, headers=headers, request=httpx.Request("GET", url))
        jar.extract_cookies(response)


def _cookie_header(jar: httpx.Cookies, url: httpx.URL) -> str:
    if not len(jar):
        return ""
    request = httpx.Request("GET", url)
    jar.set_cookie_header(request)
    return str(request.headers.get("cookie", ""))
