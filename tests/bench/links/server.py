"""A server on this machine with thousands of addresses of all sorts, which counts what it is asked.

Its hosts are addresses of the loopback network, each with a port of its own, so that checkers that
are polite to each host have many of them. What an address answers follows from its path alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

HOSTS = 20
_SLOW = 0.05
_LONGEST_HEAD = 64 * 1024


class Expected(StrEnum):
    """What a checker should make of an address."""

    ALIVE = "alive"
    DEAD = "dead"
    UNSURE = "unsure"
    """Neither: readers may well see it."""


@dataclass(frozen=True)
class Sort:
    """A sort of addresses.

    Args:
        name: the first part of their paths.
        share: how many of 2,000 addresses are of this sort.
        what: what they answer.
        expected: what a checker should make of them.
        fragment: what their links have after ``#``.
    """

    name: str
    share: int
    what: str
    expected: Expected = Expected.ALIVE
    fragment: str = ""


SORTS = (
    Sort("page", 900, "200"),
    Sort("slow", 200, "200 after 50 ms"),
    Sort("moved", 100, "301 to a page"),
    Sort("found", 60, "302 to a page"),
    Sort("permanent", 20, "308 to a page"),
    Sort("no-head", 100, "405 to HEAD, 200 to GET"),
    Sort("head-lies", 40, "404 to HEAD, 200 to GET"),
    Sort("flaky", 60, "500 once, then 200"),
    Sort("busy", 10, "429 with Retry-After: 1 once, then 200"),
    Sort("empty", 20, "204"),
    Sort("anchor", 120, "an anchor that is there", fragment="here"),
    Sort("anchor-encoded", 40, "a percent-encoded anchor that is there", fragment="caf%C3%A9"),
    Sort("missing", 120, "404", Expected.DEAD),
    Sort("gone", 40, "410", Expected.DEAD),
    Sort("loop", 20, "302 to itself", Expected.DEAD),
    Sort("broken", 20, "500", Expected.DEAD),
    Sort("moved-gone", 30, "301 to a page that isn't there", Expected.DEAD),
    Sort("no-anchor", 60, "an anchor that isn't there", Expected.DEAD, fragment="gone"),
    Sort("forbidden", 40, "403", Expected.UNSURE),
)
"""All sorts of addresses."""

_PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'
    '<body><h1 id="here">A page</h1><p id="café">Words</p></body></html>\n'
).encode()
_REASONS = {
    200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found",
    308: "Permanent Redirect", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    410: "Gone", 429: "Too Many Requests", 500: "Internal Server Error",
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What the server was asked.

    Args:
        requests: how many requests.
        by_method: how many by method.
        at_once: the greatest number that it was answering at one time.
        by_host: the greatest number of one host.
    """

    requests: int
    by_method: dict[str, int]
    at_once: int
    by_host: int


class LinkServer:
    """The server; :func:`link_server` starts and ends it."""

    def __init__(self, origins: list[str] | None = None) -> None:
        self.origins = origins or []
        self.reset()

    def reset(self) -> None:
        """Forget what was asked, so that each checker finds the same."""
        self._methods: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._open: Counter[int] = Counter()
        self._at_once = self._by_host = 0

    def counted(self) -> Counted:
        """What was asked since the last reset."""
        by_method = dict(sorted(self._methods.items()))
        return Counted(sum(by_method.values()), by_method, self._at_once, self._by_host)

    def addresses(self, number: int) -> dict[str, Sort]:
        """So many addresses, the sorts in their shares and mixed, each with its sort."""
        total = sum(sort.share for sort in SORTS)
        found: dict[str, Sort] = {}
        for sort in SORTS:
            for n in range(max(1, round(sort.share * number / total))):
                origin = self.origins[n % len(self.origins)]
                fragment = f"#{sort.fragment}" if sort.fragment else ""
                found[f"{origin}/{sort.name}/{n}{fragment}"] = sort
        return dict(sorted(found.items(), key=lambda each: each[0][::-1]))

    async def answer(
        self, host: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer the requests of one connection."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
                self._open[host] += 1
                self._at_once = max(self._at_once, self._open.total())
                self._by_host = max(self._by_host, self._open[host])
                try:
                    self._methods[method] += 1
                    name = path.split("/")[1]
                    if name == "slow":
                        await asyncio.sleep(_SLOW)
                    writer.write(self._response(method, path, name))
                    await writer.drain()
                finally:
                    self._open[host] -= 1
                if b"\r\nconnection: close" in head.lower():
                    break
        writer.close()

    def _response(self, method: str, path: str, name: str) -> bytes:
        self._asked[path] += 1
        status, more = self._status(method, path, name)
        body = _PAGE if status == 200 else b""
        # LinkChecker asks ten times a second at most, unless a server says that it knows it.
        lines = [f"HTTP/1.1 {status} {_REASONS[status]}", *more, "LinkChecker: yes"]
        if status != 204:
            lines += ["Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}"]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        return head if method == "HEAD" else head + body

    def _status(self, method: str, path: str, name: str) -> tuple[int, tuple[str, ...]]:
        number = path.split("/")[2] if path.count("/") > 1 else ""
        is_head, is_first = method == "HEAD", self._asked[path] == 1
        if name == "moved":
            return 301, (f"Location: /page/{number}",)
        if name == "found":
            return 302, (f"Location: /page/{number}",)
        if name == "permanent":
            return 308, (f"Location: /page/{number}",)
        if name == "loop":
            return 302, (f"Location: {path}",)
        if name == "moved-gone":
            return 301, (f"Location: /gone/{number}",)
        if name == "busy":
            return (429, ("Retry-After: 1",)) if is_first else (200, ())
        if name == "flaky":
            return (500 if is_first else 200), ()
        if name == "no-head":
            return (405, ("Allow: GET",)) if is_head else (200, ())
        if name == "head-lies":
            return (404 if is_head else 200), ()
        fixed = {"gone": 410, "broken": 500, "forbidden": 403, "empty": 204}
        known = {"page", "slow", "anchor", "anchor-encoded", "no-anchor"}
        return fixed.get(name, 200 if name in known else 404), ()


@contextlib.contextmanager
def link_server(hosts: int = HOSTS, seconds: float = 3600) -> Iterator[LinkServer]:
    """Run the server on this machine meanwhile; after so many seconds it ends by itself."""
    server = LinkServer()
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()

    async def serve() -> None:
        listening = []
        for host in range(hosts):

            def answer(
                reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: int = host
            ) -> asyncio.Future[None]:
                return asyncio.ensure_future(server.answer(host, reader, writer))

            # Only Linux has all of the loopback network without being told.
            name = f"127.0.0.{host + 1}" if sys.platform == "linux" else "127.0.0.1"
            one = await asyncio.start_server(answer, name, 0, limit=_LONGEST_HEAD)
            listening.append(one)
            server.origins.append(f"http://{name}:{one.sockets[0].getsockname()[1]}")
        ready.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), seconds)
        for one in listening:
            one.close()

    def run() -> None:
        loop.run_until_complete(serve())
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(timeout=10)
    try:
        yield server
    finally:
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(ended.set)
        thread.join(timeout=10)
