"""Runs of the check against servers of the tests: no name is looked up, nobody waits in earnest."""

from __future__ import annotations

import random
import socket
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from guildhall.check.external.cache import Cache
from guildhall.check.external.check import Progress, check_external
from guildhall.check.external.result import Checked, Result
from guildhall.check.external.runtime import Limits, Runtime, Services
from guildhall.model.settings.external import ExternalLinks

from .server import client_tls

TODAY = date(2026, 3, 10)
PUBLIC = "127.0.0.1"
"""The address of all names of the tests, taken for one of the public internet."""
PRIVATE = "127.0.0.2"
NOWHERE = Services(
    handles="http://handles.nowhere",
    github_raw="http://raw.nowhere",
    wayback="http://wayback.nowhere",
    probes=("probe.example",),
)
FAST = Limits(
    connect=1.0, read=0.4, total=1.2, spacing=0.0, wait=5.0, run=60.0, page=256 * 1024,
    first_backoff=0.01,
)  # fmt: skip
QUIET = ExternalLinks().model_copy(update={"archive": False, "secure": False})


class Waits:
    """Remembers how long was waited, and doesn't wait."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


class Names:
    """Finds all names of ``.example`` at the server of the tests, and remembers what was asked."""

    def __init__(self, **others: str | OSError) -> None:
        self.others = {name.replace("_", "."): found for name, found in others.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        found = self.others.get(host)
        if isinstance(found, OSError):
            raise found
        if found:
            return (found,)
        if host.endswith(".example"):
            return (PUBLIC,)
        if host[0].isdigit():
            return (host,)
        raise socket.gaierror(socket.EAI_NONAME, "no such host")


def runtime_with(**changed: Any) -> Runtime:
    plain = Runtime(
        resolve=Names(),
        is_public=lambda address: address == PUBLIC,
        tls=client_tls(),
        proxies={},
        services=NOWHERE,
        chance=random.Random(1).uniform,
    )
    return replace(plain, **changed)


def check(
    addresses: Iterable[str],
    settings: ExternalLinks = QUIET,
    *,
    cache: Cache | None = None,
    today: date = TODAY,
    historic: Collection[str] = (),
    offline: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
    limits: Limits = FAST,
    **changed: Any,
) -> Checked:
    return check_external(
        addresses,
        settings,
        cache or Cache(),
        today,
        historic=historic,
        offline=offline,
        fresh=fresh,
        progress=progress,
        runtime=runtime_with(**changed),
        limits=limits,
    )


def result(address: str, settings: ExternalLinks = QUIET, **more: Any) -> Result:
    (found,) = check([address], settings, **more).results
    return found


def kind(address: str, settings: ExternalLinks = QUIET, **more: Any) -> str:
    return str(result(address, settings, **more).outcome.kind)
