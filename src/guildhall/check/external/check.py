"""The check of external links: what to ask, what is known, and what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from guildhall.check.external.addresses import Form
from guildhall.check.external.cache import Cache, CacheEntry, is_due
from guildhall.check.external.client import Answer, LinkClient, Question
from guildhall.check.external.machinery import machinery
from guildhall.check.external.outcomes import Grade, Kind, Outcome
from guildhall.check.external.plan import Plan
from guildhall.check.external.reach import Reach
from guildhall.check.external.result import Checked
from guildhall.check.external.runtime import Limits, Runtime
from guildhall.model.settings.external import ExternalLinks

Progress = Callable[[int, int, str], None]
"""Told how many pages are done, how many there are, and which one was done last."""


def check_external(
    addresses: Iterable[str],
    settings: ExternalLinks,
    cache: Cache,
    today: date,
    *,
    historic: Collection[str] = (),
    offline: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
    runtime: Runtime | None = None,
    limits: Limits | None = None,
) -> Checked:
    """Check addresses of other sites.

    The cache is filled, and saved even where the run is broken off.

    Args:
        addresses: the addresses as they are written.
        settings: the settings.
        cache: what is known from before.
        today: the day.
        historic: addresses that are kept as history, as they are written.
        offline: whether nothing is to be asked.
        fresh: whether all is to be asked, whatever is known.
        progress: told of each page that is done.
        runtime: what the run works with, such as clock and proxies.
        limits: the bounds; by default those of the settings.

    Raises:
        OSError: where the cache can't be written.
    """
    plan = Plan(sorted(set(addresses)), settings, today, frozenset(historic))
    if offline:
        plan.leave_out(Kind.OFFLINE)
        return plan.checked(offline=True)
    run = _Run(plan, cache, fresh=fresh, progress=progress)
    try:
        asyncio.run(run.go(runtime or Runtime(), limits or Limits.of(settings)))
    finally:
        cache.save(today)
    return run.checked()


_HOPELESS_AFTER = 6
"""Time-outs after which a host that never answered isn't asked for its other pages."""


class _Queue:
    """The pages of a host."""

    def __init__(self, connections: int) -> None:
        self.slots = asyncio.Semaphore(connections)
        self._missed = 0
        self._answered = False

    @property
    def is_hopeless(self) -> bool:
        return not self._answered and self._missed >= _HOPELESS_AFTER

    def note(self, outcome: Outcome) -> None:
        if outcome.kind is Kind.TIMEOUT and not outcome.status:
            self._missed += 1
        else:
            self._answered = True


class _Run:
    def __init__(self, plan: Plan, cache: Cache, *, fresh: bool, progress: Progress | None) -> None:
        self._plan = plan
        self._cache = cache
        self._progress = progress
        self._away = False
        self._queues: dict[str, _Queue] = {}
        self._done = 0
        self._asked = 0
        settings, today = plan.settings, plan.today
        self._due: list[str] = []
        for page in plan.pages:
            entry = cache.get(page)
            if fresh or entry is None or is_due(entry, plan.fragments(page), settings.cache, today):
                self._due.append(page)
            else:
                plan.known[page] = entry

    def checked(self) -> Checked:
        remembered = len(self._plan.pages) - len(self._due)
        return self._plan.checked(asked=self._asked, remembered=remembered, away=self._away)

    async def go(self, runtime: Runtime, limits: Limits) -> None:
        if not self._due:
            return
        async with machinery(self._plan.settings, runtime, limits) as (client, hosts):
            self._reach = Reach(hosts, runtime.services.probes)
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(limits.run):
                        await self._ask_all(client)
            except BaseException:
                # A run that is broken off is a shorter run: what was asked until then counts.
                if self._reach.reached:
                    self._keep()
                raise
            self._away = self._away or await self._reach.was_away()
        if self._away:
            for page in self._due:
                self._plan.known.pop(page, None)
            self._plan.leave_out(Kind.NOT_NOW, "there is no network")
            self._asked = 0
            return
        self._keep()
        self._plan.leave_out(Kind.NOT_NOW, "the check ran out of time")

    async def _ask_all(self, client: LinkClient) -> None:
        tasks = [asyncio.ensure_future(self._ask(client, page)) for page in self._due]
        try:
            for task in asyncio.as_completed(tasks):
                await task
                if await self._reach.is_gone():
                    self._away = True
                    return
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, client: LinkClient, page: str) -> None:
        plan, settings = self._plan, self._plan.settings
        first = plan.pages[page][0]
        before = self._cache.get(page)
        queue = self._queues.setdefault(first.host, _Queue(settings.connections))
        # A page at a time for each connection, so that what one teaches holds for the next.
        async with queue.slots:
            if queue.is_hopeless:
                answer = Answer(Outcome(Kind.NOT_NOW, 0, f"`{first.host}` doesn't answer"))
            else:
                answer = await self._answer(client, page, before)
                queue.note(answer.outcome)
        self._reach.note(first.host, answer.outcome)
        entry = _entry_of(answer, before, plan.today)
        if entry.outcome.kind is Kind.OK and settings.secure and first.form is Form.WEB:
            secure = before.secure if answer.unchanged and before else None
            if secure is None and page.startswith("http:"):
                secure = await client.secure(page, private=settings.private)
            entry = replace(entry, secure=secure)
        if entry.outcome.grade is Grade.DEAD and settings.archive and first.form is Form.WEB:
            archived = before.archived if before else ""
            if not archived and not await self._reach.is_gone():
                archived = await client.archived(page)
            entry = replace(entry, archived=archived)
        self._asked += entry.outcome.grade is not Grade.LEFT_OUT
        if entry.outcome.grade is Grade.LEFT_OUT:
            for read in plan.pages[page]:
                plan.outcomes[read.written] = entry.outcome
        plan.known[page] = entry
        self._done += 1
        if self._progress:
            self._progress(self._done, len(self._due), page)

    async def _answer(self, client: LinkClient, page: str, before: CacheEntry | None) -> Answer:
        plan, first = self._plan, self._plan.pages[page][0]
        if first.form is Form.DOI:
            return await client.doi(first.doi)
        fragments = plan.fragments(page)
        question = Question(page, fragments, plan.settings.private)
        if before and before.outcome.kind is Kind.OK and fragments <= set(before.anchors):
            # With all anchors known, a page that is unchanged need not be read again.
            question = replace(question, etag=before.etag, modified=before.modified)
        return await client.page(question)

    def _keep(self) -> None:
        for page in self._due:
            if page in self._plan.known:
                self._plan.known[page] = self._cache.put(page, self._plan.known[page])


def _entry_of(answer: Answer, before: CacheEntry | None, today: date) -> CacheEntry:
    if answer.unchanged and before:
        return replace(before, checked=today)
    return CacheEntry(
        answer.outcome, today, today, dict(answer.anchors), answer.etag, answer.modified
    )
