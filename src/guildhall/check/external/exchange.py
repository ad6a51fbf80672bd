"""One request and its answer, within bounds of time and size, in the turn of its host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

import httpcore
import httpx

from guildhall.check.external.bodies import Body, read_body
from guildhall.check.external.failures import Failure, Refusal, failure_of
from guildhall.check.external.outcomes import Kind
from guildhall.check.external.rate_limit import Clock, RateLimiter
from guildhall.check.external.resolving import Hosts
from guildhall.check.external.runtime import Limits
from guildhall.check.external.transport import Transport

_REST = 16 * 1024
"""Bytes of an unwanted body that are read, so that the connection can be used again."""


@dataclass(slots=True)
class Budget:
    """The time that all requests for one address may take together.

    Args:
        left: seconds that are left.
    """

    left: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, or why there was none.

    Args:
        status: the status code, 0 where there was no answer.
        headers: the headers, with names in small letters; those that come twice joined by commas.
        cookies: the values of ``Set-Cookie``.
        body: the body, as far as it was wanted.
        failure: why there was no answer.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    body: Body = field(default_factory=Body)
    failure: Failure | None = None


class Exchanges:
    """Sends requests.

    Args:
        transport: the connections.
        hosts: the addresses of hosts.
        rate_limiter: spaces requests to a host.
        limits: the bounds.
        clock: a monotonic clock, in seconds.
        agent: the value of ``User-Agent``.
    """

    def __init__(
        self,
        transport: Transport,
        hosts: Hosts,
        rate_limiter: RateLimiter,
        limits: Limits,
        clock: Clock,
        agent: str,
    ) -> None:
        self._transport = transport
        self._hosts = hosts
        self._rate_limiter = rate_limiter
        self._limits = limits
        self._clock = clock
        self._agent = agent
        self._pages = asyncio.Semaphore(16)
        self._only_http1: set[str] = set()

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
        """Send a request and read its answer.

        Args:
            method: ``GET`` or ``HEAD``.
            url: the address.
            budget: the time that is left; what is used is taken from it.
            headers: headers besides those that all requests have.
            wanted: bytes of the body that are wanted.
            private: whether this machine and private networks may be asked.

        Raises:
            GivenUp: where the host asked for a wait that is too long.
        """
        if budget.left <= 0:
            return Reply(failure=Failure(Kind.TIMEOUT))
        if not private and (failure := await self._refused(url)):
            return Reply(failure=failure)
        if wanted <= _REST:
            return await self._in_turn(method, url, budget, headers, wanted)
        # However many requests are open, only some hold a page.
        async with self._pages:
            return await self._in_turn(method, url, budget, headers, wanted)

    async def is_private(self, url: httpx.URL) -> bool:
        """Whether a host is this machine or one of a private network."""
        failure = await self._refused(url)
        return failure is not None and failure.kind is Kind.PRIVATE_NAME

    async def _refused(self, url: httpx.URL) -> Failure | None:
        host = url.raw_host.decode("ascii")
        try:
            if self._transport.proxy_for(url):
                self._hosts.permit_by_proxy(host)
            else:
                await self._hosts.permit(host)
        except Refusal as refusal:
            return refusal.failure
        return None

    async def _in_turn(
        self,
        method: str,
        url: httpx.URL,
        budget: Budget,
        headers: Sequence[tuple[str, str]],
        wanted: int,
    ) -> Reply:
        host = url.raw_host.decode("ascii")
        async with self._rate_limiter.turn(host):
            start = self._clock()
            reply = _Unfinished()
            http2 = url.netloc.decode("ascii") not in self._only_http1
            try:
                async with asyncio.timeout(budget.left):
                    await self._send(reply, method, url, headers, wanted, http2=http2)
            except Exception as error:
                # A server can break a connection in any way, and must not end the run by it; what
                # breaks while a page is read comes from a page that is there.
                if not reply.status:
                    reply.failure = failure_of(error)
                    if reply.failure.kind in {Kind.PROTOCOL, Kind.CONNECTION}:
                        self._only_http1.add(url.netloc.decode("ascii"))
            finally:
                budget.left -= self._clock() - start
        return reply.finished()

    async def _send(
        self,
        reply: _Unfinished,
        method: str,
        url: httpx.URL,
        headers: Sequence[tuple[str, str]],
        wanted: int,
        *,
        http2: bool,
    ) -> None:
        limits = self._limits
        sent = self._transport.send(
            method,
            url,
            [
                ("User-Agent", self._agent),
                ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
                ("Accept-Encoding", "gzip, deflate"),
                *headers,
            ],
            {"connect": limits.connect, "read": limits.read, "write": limits.read},
            http2=http2,
        )
        async with sent as response:
            reply.take(response)
            encoding = reply.headers.get("content-encoding", "")
            # httpcore types its generator as a mere iterator.
            parts = cast("AsyncGenerator[bytes, None]", response.aiter_stream())
            async with asyncio.timeout(None if wanted else 1.0), aclosing(parts) as stream:
                await read_body(stream, encoding, max(wanted, _REST), reply.body)


class _Unfinished:
    """A reply that is still coming in, so that what came before an error is kept."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.cookies: list[str] = []
        self.body = Body()
        self.failure: Failure | None = None

    def take(self, response: httpcore.Response) -> None:
        self.status = response.status
        for raw_name, raw_value in response.headers:
            name, value = raw_name.decode("latin-1").lower(), _text(raw_value)
            if name == "set-cookie":
                self.cookies.append(value)
            elif name in self.headers and name != "location":
                self.headers[name] += f", {value}"
            else:
                self.headers.setdefault(name, value)

    def finished(self) -> Reply:
        return Reply(self.status, self.headers, tuple(self.cookies), self.body, self.failure)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
