"""What asks, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from guildhall.check.external.asking import Asker
from guildhall.check.external.exchange import Exchanges
from guildhall.check.external.means import Limits, Means, user_agent
from guildhall.check.external.politeness import Turns
from guildhall.check.external.resolving import Hosts, SystemResolver
from guildhall.check.external.transport import Transport, environment_proxies
from guildhall.model.settings.external import ExternalLinks


@asynccontextmanager
async def machinery(
    settings: ExternalLinks, means: Means, limits: Limits
) -> AsyncIterator[tuple[Asker, Hosts]]:
    """All that asks, from connections to retries; closed at the end."""
    system = SystemResolver()
    hosts = Hosts(means.resolve or system, limits.connect, means.is_public)
    proxies = means.proxies
    if proxies is None:
        proxies = environment_proxies() if settings.proxies else {}
    transport = Transport(hosts, settings.connections, means.tls, proxies)
    turns = Turns(
        settings.concurrency,
        settings.connections,
        limits.spacing,
        limits.wait,
        clock=means.clock,
        sleep=means.sleep,
    )
    exchanges = Exchanges(transport, hosts, turns, limits, means.clock, user_agent(settings))
    asker = Asker(
        exchanges,
        turns,
        limits,
        means,
        retries=settings.retries,
        redirects=settings.redirects,
    )
    try:
        yield asker, hosts
    finally:
        await transport.close()
        await hosts.close()
        system.close()
