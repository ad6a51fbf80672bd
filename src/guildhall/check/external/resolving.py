"""Names to addresses, once a run for each; and who may be asked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, zip_longest

from guildhall.check.external.addresses import is_public_ip, names_local_host
from guildhall.check.external.failures import Failure, Refusal, resolving_failure
from guildhall.check.external.outcomes import Kind

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Gives the IP addresses of a name.

Raises:
    OSError: where it has none.
"""

_MOST = 6
_AT_A_TIME = 32


class SystemResolver:
    """Asks the system for the addresses of names; to be closed after use."""

    def __init__(self) -> None:
        # The loop's own executor has too few threads for many names that don't answer.
        self._threads = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="guildhall-dns")

    async def __call__(self, host: str) -> Sequence[str]:
        """The IP addresses of a name, in the system's order (RFC 6724)."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host)
        return tuple(dict.fromkeys(found))

    def close(self) -> None:
        """Stop without waiting for names that still don't answer."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise socket.gaierror(socket.EAI_NONAME, "no valid name") from None
    return [str(sockaddr[0]) for _, _, _, _, sockaddr in found]


class Hosts:
    """The addresses of hosts, each looked up once, so that a check holds for the connection.

    Args:
        resolve: looks a name up.
        is_public: whether an IP address is one of the public internet.
        timeout: seconds that a name may take.
    """

    def __init__(
        self, resolve: Resolve, timeout: float, is_public: Callable[[str], bool] = is_public_ip
    ) -> None:
        self._resolve = resolve
        self._is_public = is_public
        self._timeout = timeout
        self._slots = asyncio.Semaphore(_AT_A_TIME)
        self._known: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    async def addresses(self, host: str) -> tuple[str, ...]:
        """The IP addresses of a host, those of the two families in turn.

        Raises:
            Refusal: where it has none.
        """
        if host not in self._known:
            self._known[host] = asyncio.create_task(self._look_up(host))
        try:
            # One who gives up must not take the answer from the others who wait for it.
            return await asyncio.shield(self._known[host])
        except TimeoutError:
            raise Refusal(Failure(Kind.DNS_FAILED, "resolving its name timed out")) from None
        except OSError as error:
            raise Refusal(resolving_failure(error)) from None

    async def permit(self, host: str) -> None:
        """See whether a host is one of the public internet.

        Raises:
            Refusal: where it isn't, or has no address.
        """
        addresses = await self.addresses(host)
        if not all(map(self._is_public, addresses)):
            detail = f"`{host}` is an address of a private network"
            raise Refusal(Failure(Kind.PRIVATE_NAME, detail))

    def permit_by_proxy(self, host: str) -> None:
        """See whether a host, whose addresses only a proxy knows, is one of the public internet.

        Raises:
            Refusal: where it is written as one of a private network.
        """
        if names_local_host(host):
            detail = f"`{host}` is an address of a private network"
            raise Refusal(Failure(Kind.PRIVATE_NAME, detail))

    async def close(self) -> None:
        """Let go of names that still don't answer."""
        for task in self._known.values():
            task.cancel()
        await asyncio.gather(*self._known.values(), return_exceptions=True)

    async def _look_up(self, host: str) -> tuple[str, ...]:
        # Those who wait for a thread have not begun to wait for an answer.
        async with self._slots, asyncio.timeout(self._timeout):
            found = await self._resolve(host.strip("[]"))
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        six = [address for address in found if ":" in address]
        four = [address for address in found if ":" not in address]
        families = (six, four) if ":" in found[0] else (four, six)
        turns = chain.from_iterable(zip_longest(*families))
        return tuple(address for address in turns if address)[:_MOST]
