"""How many requests go to one host, how far apart, and who asked us to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class GivenUp(Exception):
    """A host asked us to wait for longer than this run can.

    Args:
        seconds: how long it asked for.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f}")
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    given_up: float | None = None


class RateLimiter:
    """Gives out turns to send a request.

    Args:
        concurrency: how many requests are open at a time.
        connections: how many of them to one host.
        spacing: seconds between the starts of two requests to one host.
        longest_wait: seconds that a host may ask us to wait.
        clock: a monotonic clock, in seconds.
        sleep: waits for seconds of that clock.
    """

    def __init__(
        self,
        concurrency: int,
        connections: int,
        spacing: float,
        longest_wait: float,
        *,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._open = asyncio.Semaphore(concurrency)
        self._connections = connections
        self._spacing = spacing
        self._longest_wait = longest_wait
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn to ask a host, and hold it.

        Raises:
            GivenUp: where the host asked for a wait that is too long.
        """
        state = self._host(host)
        async with state.slots:
            async with state.turn:
                await self._until_free(state)
                await self._open.acquire()
                state.free_at = max(state.free_at, self._clock() + self._spacing)
            try:
                yield
            finally:
                self._open.release()

    def wait(self, host: str, seconds: float) -> bool:
        """Let nobody ask a host for a while, as it asked for.

        Returns:
            whether it can be waited for; else the host is given up.
        """
        state = self._host(host)
        if seconds > self._longest_wait:
            state.given_up = seconds
            return False
        state.free_at = max(state.free_at, self._clock() + seconds)
        return True

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            self._hosts[host] = _Host(asyncio.Semaphore(self._connections))
        return self._hosts[host]

    async def _until_free(self, state: _Host) -> None:
        while True:
            if state.given_up is not None:
                raise GivenUp(state.given_up)
            left = state.free_at - self._clock()
            if left <= 0:
                return
            await self._sleep(left)
