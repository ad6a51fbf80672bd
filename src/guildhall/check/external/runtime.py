"""What a run works with besides its settings: clock, chance, names, other services."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from guildhall.check.external.addresses import is_public_ip
from guildhall.check.external.rate_limit import Clock, Sleep
from guildhall.check.external.resolving import Resolve
from guildhall.check.external.waiting import RandomSource
from guildhall.core.version import __version__
from guildhall.model.settings.external import ExternalLinks


@dataclass(frozen=True, slots=True)
class Services:
    """Services of others that are asked besides the addresses themselves.

    Args:
        handles: the API of the Handle System, as doi.org offers it.
        github_raw: where GitHub's files are.
        wayback: the availability API of the Wayback Machine.
        probes: names that are known wherever names are known.
    """

    handles: str = "https://doi.org/api/handles"
    github_raw: str = "https://raw.githubusercontent.com"
    wayback: str = "https://archive.org/wayback/available"
    probes: tuple[str, ...] = ("www.iana.org", "www.wikipedia.org", "github.com")


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a run works with; all can be replaced.

    Args:
        clock: a monotonic clock, in seconds.
        sleep: waits for seconds of that clock.
        chance: the source of chance of waits.
        resolve: looks names up; None for the system's way.
        is_public: whether an IP address is one of the public internet.
        tls: what certificates are trusted; None for those of certifi, or of ``SSL_CERT_FILE``.
        proxies: the proxies by scheme; None for those of the environment.
        services: services of others.
    """

    clock: Clock = time.monotonic
    sleep: Sleep = asyncio.sleep
    chance: RandomSource = random.uniform
    resolve: Resolve | None = None
    is_public: Callable[[str], bool] = is_public_ip
    tls: ssl.SSLContext | None = None
    proxies: Mapping[str, str] | None = None
    services: Services = field(default_factory=Services)


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings' bounds, as seconds and bytes.

    Args:
        connect: seconds to wait for a connection.
        read: seconds to wait for the next part of an answer.
        total: seconds that all requests for one address take together.
        spacing: seconds between two requests to one host.
        wait: seconds that a host may ask us to wait.
        run: seconds that a run takes.
        page: bytes of a page that are read.
        first_backoff: seconds of the longest wait after the first failure.
    """

    connect: float
    read: float
    total: float
    spacing: float
    wait: float
    run: float
    page: int
    first_backoff: float = 1.0

    @classmethod
    def of(cls, settings: ExternalLinks) -> Limits:
        """The bounds that settings state."""
        return cls(
            connect=float(settings.connect_timeout),
            read=float(settings.read_timeout),
            total=float(settings.total_timeout),
            spacing=settings.spacing / 1000,
            wait=float(settings.longest_wait),
            run=settings.longest_run * 60.0,
            page=settings.page_size * 1024 * 1024,
        )


def user_agent(settings: ExternalLinks) -> str:
    """How the check names itself (RFC 9110, 10.1.5)."""
    return settings.user_agent or f"Guildhall/{__version__} (link check)"
