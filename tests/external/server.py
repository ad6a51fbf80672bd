"""A server on the loopback that misbehaves on purpose, and remembers what it was asked.

It speaks HTTP by hand, as no server library would send what this one does. All of its hosts are
names that resolve to it: ``one.example``, ``two.example`` and so on.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

CERTIFICATES = Path(__file__).with_name("certificates")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    host: str
    headers: dict[str, str]


@dataclass
class Seen:
    """What the server was asked, in order, and what it measured meanwhile."""

    requests: list[Request] = field(default_factory=list)
    starts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    open_now: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_open: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_open_at_all: int = 0
    connections: int = 0
    most_connections: int = 0
    sent: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def methods(self, path: str) -> list[str]:
        return [each.method for each in self.requests if each.path == path]


Writer = asyncio.StreamWriter
Route = Callable[[Request, Writer, Seen], Awaitable[None]]


def answer(
    status: int, *headers: str, body: bytes = b"", version: str = "1.1", length: int | None = None
) -> Route:
    async def route(request: Request, writer: Writer, seen: Seen) -> None:
        size = len(body) if length is None else length
        head = [f"HTTP/{version} {status} Whatever", *headers, f"Content-Length: {size}"]
        writer.write("\r\n".join([*head, "", ""]).encode("latin-1"))
        if request.method != "HEAD":
            writer.write(body)

    return route


def page(body: str, *headers: str, encoding: str = "utf-8", kind: str = "text/html") -> Route:
    return answer(200, f"Content-Type: {kind}", *headers, body=body.encode(encoding))


def redirect(status: int, to: str, *headers: str) -> Route:
    return answer(status, f"Location: {to}", *headers)


def in_turn(*routes: Route) -> Route:
    """The first route for the first request, and so on; the last one for all that follow."""
    left = list(routes)

    async def route(request: Request, writer: Writer, seen: Seen) -> None:
        chosen = left.pop(0) if len(left) > 1 else left[0]
        await chosen(request, writer, seen)

    return route


def by_method(*, head: Route, get: Route) -> Route:
    async def route(request: Request, writer: Writer, seen: Seen) -> None:
        await (head if request.method == "HEAD" else get)(request, writer, seen)

    return route


def with_cookie(cookie: str, *, without: Route, with_it: Route) -> Route:
    async def route(request: Request, writer: Writer, seen: Seen) -> None:
        has = cookie in request.headers.get("cookie", "")
        await (with_it if has else without)(request, writer, seen)

    return route


async def silent(request: Request, writer: Writer, seen: Seen) -> None:
    """Never answers."""
    await asyncio.sleep(3600)


async def reset(request: Request, writer: Writer, seen: Seen) -> None:
    """Breaks the connection off."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def garbage(request: Request, writer: Writer, seen: Seen) -> None:
    writer.write(b"\x00\xff\xfe no HTTP at all\r\n\r\n")
    writer.close()


def endless(part: bytes, pause: float, *headers: str) -> Route:
    """Sends the same part again and again, and never ends."""

    async def route(request: Request, writer: Writer, seen: Seen) -> None:
        head = ["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]
        writer.write("\r\n".join(head).encode("ascii"))
        if request.method == "HEAD":
            writer.close()
            return
        while not writer.transport.is_closing():
            writer.write(part)
            seen.sent[request.path] += len(part)
            await writer.drain()
            await asyncio.sleep(pause)

    return route


def bomb(size: int) -> Route:
    """A page of ``size`` zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    step = b"\0" * 1_000_000
    packed = b"".join(packer.compress(step) for _ in range(size // len(step))) + packer.flush()
    headers = ("Content-Type: text/html", "Content-Encoding: gzip")
    return answer(200, *headers, body=packed)


class Server:
    """A server in a thread of its own.

    Args:
        routes: what is answered, by path; what has no route is answered with 404.
        tls: the certificate's name in ``certificates/``, for https.
        address: where it listens.
        clock: what it measures by when requests come.
    """

    def __init__(
        self,
        routes: dict[str, Route],
        *,
        tls: str = "",
        address: str = "127.0.0.1",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.routes = routes
        self.seen = Seen()
        self.port = 0
        self._tls = tls
        self._address = address
        self._clock = clock
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def url(self, path: str, host: str = "one.example") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def __enter__(self) -> Server:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(
            self._connected, self._address, 0, ssl=server_tls(self._tls) if self._tls else None
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        self.seen.connections += 1
        self.seen.most_connections = max(self.seen.most_connections, self.seen.connections)
        try:
            while not writer.transport.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                await self._answer(_read(head), writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            self.seen.connections -= 1
            writer.close()

    async def _answer(self, request: Request, writer: Writer) -> None:
        seen, host = self.seen, request.host
        seen.requests.append(request)
        seen.starts[host].append(self._clock())
        seen.open_now[host] += 1
        seen.most_open[host] = max(seen.most_open[host], seen.open_now[host])
        seen.most_open_at_all = max(seen.most_open_at_all, sum(seen.open_now.values()))
        try:
            path = request.path
            route = self.routes.get(path) or self.routes.get(path.partition("?")[0])
            await (route or answer(404))(request, writer, seen)
        finally:
            seen.open_now[host] -= 1


def _read(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    return Request(method, path, headers["host"].partition(":")[0], headers)


def server_tls(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


def client_tls() -> ssl.SSLContext:
    """Trusts the authority of the tests, and nobody else."""
    return ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
