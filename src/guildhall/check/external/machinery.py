"""What asks, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from guildhall.check.external.client import LinkClient
from guildhall.check.external.exchange import Exchanges
from guildhall.check.external.rate_limit import RateLimiter
from guildhall.check.external.resolving import Hosts, SystemResolver
from guildhall.check.external.runtime import Limits, Runtime, user_agent
from guildhall.check.external.transport import Transport, environment_proxies
from guildhall.model.settings.external import ExternalLinks


@asynccontextmanager
async def machinery(
    settings: ExternalLinks, runtime: Runtime, limits: Limits
) -> AsyncIterator[tuple[LinkClient, Hosts]]:
    """All that asks, from connections to retries; closed at the end."""
    system = SystemResolver()
    hosts = Hosts(runtime.resolve or system, limits.connect, runtime.is_public)
    proxies = runtime.proxies
    if proxies is None:
        proxies = environment_proxies() if settings.proxies else {}
    transport = Transport(hosts, settings.connections, runtime.tls, proxies)
    rate_limiter = RateLimiter(
        settings.concurrency,
        settings.connections,
        limits.spacing,
        limits.wait,
        clock=runtime.clock,
        sleep=runtime.sleep,
    )
    exchanges = Exchanges(
        transport, hosts, rate_limiter, limits, runtime.clock, user_agent(settings)
    )
    client = LinkClient(
        exchanges,
        rate_limiter,
        limits,
        runtime,
        retries=settings.retries,
        redirects=settings.redirects,
    )
    try:
        yield client, hosts
    finally:
        await transport.close()
        await hosts.close()
        system.close()
