"""Whether there is a network at all: hundreds of dead links at once are one missing network."""

from __future__ import annotations

from guildhall.check.external.failures import Refusal
from guildhall.check.external.outcomes import Kind, Outcome
from guildhall.check.external.resolving import Hosts

_UNREACHED = frozenset(
    {
        Kind.NO_HOST,
        Kind.DNS_FAILED,
        Kind.REFUSED,
        Kind.TIMEOUT,
        Kind.CONNECTION,
        Kind.PROXY,
        Kind.TLS_UNKNOWN,
        Kind.TLS_BROKEN,
        Kind.PRIVATE_NAME,
    }
)
_REACHED = frozenset(
    {
        Kind.LOOP,
        Kind.BAD_REDIRECT,
        Kind.PROTOCOL,
        Kind.TLS_EXPIRED,
        Kind.TLS_HOST,
        Kind.TLS_SELF_SIGNED,
    }
)
_SEVERAL = 3


class Reach:
    """Remembers which hosts could be reached.

    Args:
        hosts: looks names up.
        probes: names that are known wherever names are known.
    """

    def __init__(self, hosts: Hosts, probes: tuple[str, ...]) -> None:
        self._hosts = hosts
        self._probes = probes
        self.reached = False
        self._missed: set[str] = set()
        self._nameless = True
        self._probed: bool | None = None

    def note(self, host: str, outcome: Outcome) -> None:
        """Remember what became of an address.

        Args:
            host: its host.
            outcome: what became of it; one without a status was not answered.
        """
        if outcome.status or outcome.kind in _REACHED:
            self.reached = True
        elif outcome.kind in _UNREACHED:
            self._missed.add(host)
            if outcome.kind not in {Kind.NO_HOST, Kind.DNS_FAILED, Kind.PROXY}:
                self._nameless = False

    async def is_gone(self) -> bool:
        """Whether it is certain before the end that there is no network: not even names are."""
        if self.reached or not self._nameless or len(self._missed) < _SEVERAL:
            return False
        return not await self._names_are_known()

    async def was_away(self) -> bool:
        """Whether nothing could be reached though there was enough to be reached."""
        if self.reached or not self._missed:
            return False
        if not self._nameless:
            return len(self._missed) >= _SEVERAL
        return not await self._names_are_known()

    async def _names_are_known(self) -> bool:
        if self._probed is None:
            self._probed = False
            for probe in self._probes:
                try:
                    await self._hosts.addresses(probe)
                except Refusal:
                    continue
                self._probed = True
                break
        return self._probed
