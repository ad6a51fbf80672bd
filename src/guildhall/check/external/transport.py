"""Connections: HTTP/1.1 and HTTP/2 over addresses that were looked up before, or over a proxy."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from guildhall.check.external.resolving import Hosts

_NEXT_ADDRESS_AFTER = 0.25
"""Seconds after which the next address of a host is tried beside the first (RFC 8305)."""

_MOST_IDLE = 256
"""Connections that are kept open for later requests, or to a proxy at all."""

Connect = Callable[[str], Awaitable[httpcore.AsyncNetworkStream]]


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that knows its socket, which httpcore looks at before each request."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._socket = inner.get_extra_info("socket")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        if info != "is_readable":
            return self._inner.get_extra_info(info)
        number = self._socket.fileno()
        if number < 0:
            return True
        if not hasattr(select, "poll"):
            return bool(select.select([number], [], [], 0)[0])
        poll = select.poll()
        poll.register(number, select.POLLIN)
        return bool(poll.poll(0))


class ResolvedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that ``hosts`` knows, and to no others."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of a host that answers."""

        async def connect(address: str) -> httpcore.AsyncNetworkStream:
            return await self._network.connect_tcp(
                address, port, timeout, local_address, socket_options
            )

        return _Stream(await first_connected(connect, await self._hosts.addresses(host)))

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


async def first_connected(
    connect: Connect, addresses: Sequence[str], after: float = _NEXT_ADDRESS_AFTER
) -> httpcore.AsyncNetworkStream:
    """The first connection that comes about, of some tried one after the other and side by side.

    Args:
        connect: connects to an address.
        addresses: the addresses, at least one, the best first.
        after: seconds after which the next one is tried.

    Raises:
        Exception: the first error, where none comes about.
    """
    left = list(addresses)
    tries: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
    errors: list[BaseException] = []
    try:
        while left or tries:
            if left:
                tries.add(asyncio.ensure_future(connect(left.pop(0))))
            done, tries = await asyncio.wait(
                tries, timeout=after if left else None, return_when=asyncio.FIRST_COMPLETED
            )
            made = [task for task in done if task.exception() is None]
            errors += filter(None, (task.exception() for task in done))
            for extra in made[1:]:
                await extra.result().aclose()
            if made:
                return made[0].result()
        raise errors[0]
    finally:
        for task in tries:
            task.cancel()
        for late in await asyncio.gather(*tries, return_exceptions=True):
            if isinstance(late, httpcore.AsyncNetworkStream):
                await late.aclose()


@dataclass(slots=True)
class _Pool:
    connections: httpcore.AsyncConnectionPool
    in_use: int = 0


class Transport:
    """All connections of a run.

    Each host has a pool of its own: a pool looks at all of its connections for each request.

    Args:
        hosts: the addresses of hosts.
        connections: how many connections are open to one host.
        tls: what certificates are trusted; by default those of certifi, or of ``SSL_CERT_FILE``.
        proxies: the proxies by scheme, as :func:`urllib.request.getproxies` gives them.
    """

    def __init__(
        self,
        hosts: Hosts,
        connections: int,
        tls: ssl.SSLContext | None,
        proxies: Mapping[str, str],
    ) -> None:
        self._backend = ResolvedBackend(hosts)
        self._connections = connections
        self._most_pools = max(8, _MOST_IDLE // connections)
        self._tls = tls or httpx.create_ssl_context()
        self._proxies = {scheme: each for scheme, each in proxies.items() if each}
        self._pools: dict[tuple[str, str, bool], _Pool] = {}

    def proxy_for(self, url: httpx.URL) -> str:
        """The proxy that is asked for an address; empty where none is."""
        if not self._proxies:
            return ""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all", "")
        host = f"{url.host}:{url.port}" if url.port else url.host
        return "" if not proxy or proxy_bypass(host) else proxy

    @asynccontextmanager
    async def send(
        self,
        method: str,
        url: httpx.URL,
        headers: Sequence[tuple[str, str]],
        timeouts: Mapping[str, float],
        *,
        http2: bool,
    ) -> AsyncIterator[httpcore.Response]:
        """Send a request; the answer's body is still to be read.

        Args:
            method: ``GET`` or ``HEAD``.
            url: the address.
            headers: the headers besides ``Host``.
            timeouts: seconds by ``connect``, ``read``, ``write``.
            http2: whether HTTP/2 is offered.

        Raises:
            Exception: those that :func:`guildhall.check.external.failures.failure_of` reads.
        """
        request = httpcore.Request(
            method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=[("Host", url.netloc.decode("ascii")), *headers],
            extensions={"timeout": dict(timeouts)},
        )
        pool = await self._pool(url, http2=http2)
        pool.in_use += 1
        try:
            response = await pool.connections.handle_async_request(request)
            try:
                yield response
            finally:
                await response.aclose()
        finally:
            pool.in_use -= 1

    async def close(self) -> None:
        """Close all connections."""
        while self._pools:
            await self._pools.popitem()[1].connections.aclose()

    async def _pool(self, url: httpx.URL, *, http2: bool) -> _Pool:
        proxy = self.proxy_for(url)
        key = (proxy, "" if proxy else url.netloc.decode("ascii"), http2)
        pool = self._pools.pop(key, None) or _Pool(self._make(proxy, http2=http2))
        # The last one is the one that was used last.
        self._pools[key] = pool
        idle = [each for each, known in self._pools.items() if not known.in_use and each != key]
        for each in idle[: max(0, len(self._pools) - self._most_pools)]:
            await self._pools.pop(each).connections.aclose()
        return pool

    def _make(self, proxy: str, *, http2: bool) -> httpcore.AsyncConnectionPool:
        if proxy:
            asked = httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")
            return httpcore.AsyncConnectionPool(
                ssl_context=self._tls,
                proxy=httpcore.Proxy(str(asked.url), auth=asked.raw_auth),
                max_connections=_MOST_IDLE,
                http2=http2,
            )
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            max_connections=self._connections,
            keepalive_expiry=5.0,
            http2=http2,
            network_backend=self._backend,
        )


def environment_proxies() -> Mapping[str, str]:
    """The proxies that the environment names."""
    return getproxies()
