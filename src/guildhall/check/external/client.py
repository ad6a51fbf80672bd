"""Asking an address until it is clear what has become of it: HEAD, then GET, and again."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode

from guildhall.check.external.addresses import url_of
from guildhall.check.external.anchors import find_anchors, is_html, wanted
from guildhall.check.external.exchange import Budget, Exchanges, Reply
from guildhall.check.external.following import Followed, follow
from guildhall.check.external.judging import judge, may_pass
from guildhall.check.external.outcomes import Anchor, Grade, Kind, Outcome
from guildhall.check.external.rate_limit import GivenUp, RateLimiter
from guildhall.check.external.runtime import Limits, Runtime
from guildhall.check.external.source_lines import (
    count_lines,
    is_forge,
    lines_of,
    made_by_forge,
    raw_address,
)
from guildhall.check.external.waiting import backoff, retry_after

_SMALL = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page, as far as it was asked.

    Args:
        outcome: what became of it.
        anchors: what became of its anchors.
        etag: the value of ``ETag``, where the page itself gave it.
        modified: the value of ``Last-Modified``, likewise.
        unchanged: whether the page has not changed since it was asked last.
    """

    outcome: Outcome
    anchors: dict[str, Anchor] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Args:
        page: the address, without what follows ``#``.
        fragments: what follows it, of all links to the page.
        private: whether this machine and private networks may be asked.
        etag: the ``ETag`` that the page had.
        modified: the ``Last-Modified`` that it had.
    """

    page: str
    fragments: frozenset[str] = frozenset()
    private: bool = False
    etag: str = ""
    modified: str = ""


class LinkClient:
    """Asks addresses.

    Args:
        exchanges: sends requests.
        rate_limiter: spaces requests to a host.
        limits: the bounds.
        runtime: what the run works with.
        retries: how often an address is asked again.
        redirects: how many redirects are followed.
    """

    def __init__(
        self,
        exchanges: Exchanges,
        rate_limiter: RateLimiter,
        limits: Limits,
        runtime: Runtime,
        *,
        retries: int,
        redirects: int,
    ) -> None:
        self._exchanges = exchanges
        self._rate_limiter = rate_limiter
        self._limits = limits
        self._runtime = runtime
        self._retries = retries
        self._redirects = redirects
        self._without_head: set[str] = set()

    async def page(self, question: Question) -> Answer:
        """Ask for a page, and look for the anchors in it."""
        lines, others = _sorted_out(question)
        budget = Budget(self._limits.total)
        # Only who is there already may be led there: no public page leads into a private network.
        private = question.private and await self._exchanges.is_private(url_of(question.page))
        question = replace(question, private=private)
        try:
            answer = await self._again_and_again(question, others, budget)
            raw = raw_address(question.page, self._runtime.services.github_raw)
            if raw and answer.outcome.kind in {Kind.BUSY, Kind.FORBIDDEN, Kind.BOT_WALL}:
                answer = await self._file_instead(raw, answer, budget)
            if lines and answer.outcome.grade in {Grade.OK, Grade.REDIRECTED}:
                answer.anchors.update(await self._lines(raw, lines, budget))
        except GivenUp as given_up:
            detail = f"its host asks to wait {given_up.seconds:.0f} seconds"
            return Answer(Outcome(Kind.NOT_NOW, 429, detail))
        if not answer.unchanged:
            for fragment in question.fragments - set(answer.anchors):
                looked_for = fragment in lines or fragment in others
                answer.anchors[fragment] = Anchor.UNSEEN if looked_for else Anchor.IGNORED
        return answer

    async def doi(self, doi: str) -> Answer:
        """Ask the Handle System whether a DOI is known; its publisher isn't asked.

        After the proxy's REST API (Handle.net, RFC 3650): code 1 and 200 is known, 100 unknown.
        """
        url = f"{self._runtime.services.handles}/{percent_encode(doi, safe='/')}?type=URL"
        budget = Budget(self._limits.total)
        try:
            followed = await self._patiently(Question(url), "GET", budget, _SMALL)
        except GivenUp as given_up:
            detail = f"its host asks to wait {given_up.seconds:.0f} seconds"
            return Answer(Outcome(Kind.NOT_NOW, 429, detail))
        code = _json(followed.reply).get("responseCode")
        if code in {1, 200}:
            return Answer(Outcome(Kind.OK, 200))
        if code == 100:
            return Answer(Outcome(Kind.NOT_FOUND, 404, "no such DOI is registered"))
        outcome = judge(followed.happening)
        if outcome.kind is Kind.NO_HOST:
            return Answer(Outcome(Kind.DNS_FAILED))
        if outcome.grade is Grade.SOFT:
            return Answer(outcome)
        return Answer(Outcome(Kind.ODD, outcome.status, "doi.org doesn't say whether it is known"))

    async def secure(self, page: str, *, private: bool) -> bool:
        """Whether an ``http`` address answers to ``https`` as well, without leading elsewhere."""
        url = url_of(page)
        if url.scheme != "http" or url.port not in {None, 80}:
            return False
        private = private and await self._exchanges.is_private(url)
        question = Question(str(url.copy_with(scheme="https", port=None)), private=private)
        try:
            followed = await self._once(question, "HEAD", Budget(self._limits.total), 0)
        except GivenUp:
            return False
        final = url_of(followed.happening.final)
        alive = judge(followed.happening).kind in {Kind.OK, Kind.TEMPORARY}
        return alive and final.scheme == "https"

    async def archived(self, page: str) -> str:
        """The newest copy of a page that the Wayback Machine has; empty where it has none."""
        url = f"{self._runtime.services.wayback}?{urlencode({'url': page})}"
        try:
            followed = await self._once(Question(url), "GET", Budget(self._limits.total), _SMALL)
        except GivenUp:
            return ""
        snapshots = _json(followed.reply).get("archived_snapshots")
        closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
        if not isinstance(closest, dict) or not closest.get("available"):
            return ""
        copy = str(closest.get("url", "")).replace("http://", "https://", 1)
        sound = copy.startswith("https://web.archive.org/web/") and copy.isprintable()
        return copy if sound and not set(copy) & set(' <>"`') else ""

    async def _again_and_again(
        self, question: Question, fragments: frozenset[str], budget: Budget
    ) -> Answer:
        host = url_of(question.page).host
        size = self._limits.page if fragments else 0
        if not size and host not in self._without_head:
            followed = await self._patiently(question, "HEAD", budget, 0)
            outcome = judge(followed.happening)
            if not _is_doubtful(outcome):
                return _answer(followed, outcome)
        followed = await self._patiently(question, "GET", budget, size)
        outcome = judge(followed.happening)
        if not size and outcome.grade is Grade.OK and not followed.happening.hops:
            # Here HEAD says what isn't so; the host's other addresses are spared it.
            self._without_head.add(host)
        answer = _answer(followed, outcome)
        if size and not answer.unchanged and outcome.grade in {Grade.OK, Grade.REDIRECTED}:
            answer.anchors.update(_anchors(followed, fragments))
        return answer

    async def _patiently(
        self, question: Question, method: str, budget: Budget, size: int
    ) -> Followed:
        """Ask, and ask again after failures that may pass.

        Raises:
            GivenUp: where a host asked for a wait that is too long.
        """
        attempt = 0
        while True:
            followed = await self._once(question, method, budget, size)
            outcome = judge(followed.happening)
            wait = _asked_for(followed.reply)
            last = attempt >= self._retries or budget.left <= 0
            asks_to_wait = outcome.status in {429, 503} and wait is not None
            if asks_to_wait:
                self._heed(followed, wait or 0.0)
            if last or not (may_pass(outcome) or asks_to_wait):
                return followed
            if method == "HEAD" and not _waits(outcome):
                return followed
            pause = backoff(
                attempt,
                self._runtime.chance,
                first=self._limits.first_backoff,
                longest=self._limits.wait,
            )
            if outcome.status == 429:
                # It is too much for the host, whichever address it was.
                self._heed(followed, pause)
            await self._runtime.sleep(pause)
            attempt += 1

    def _heed(self, followed: Followed, seconds: float) -> None:
        host = url_of(followed.happening.final).raw_host.decode("ascii")
        if not self._rate_limiter.wait(host, seconds):
            raise GivenUp(seconds)

    async def _once(self, question: Question, method: str, budget: Budget, size: int) -> Followed:
        headers = [("If-None-Match", question.etag)] if question.etag else []
        if question.modified and not question.etag:
            headers = [("If-Modified-Since", question.modified)]
        return await follow(
            self._exchanges,
            method,
            question.page,
            budget,
            most=self._redirects,
            headers=headers,
            wanted=size,
            private=question.private,
        )

    async def _file_instead(self, raw: str, answer: Answer, budget: Budget) -> Answer:
        """What became of a file whose page nobody but browsers is shown."""
        followed = await self._patiently(Question(raw), "HEAD", budget, 0)
        if judge(followed.happening).grade is Grade.OK:
            return Answer(Outcome(Kind.OK, followed.reply.status))
        return answer

    async def _lines(
        self, raw: str, fragments: Collection[str], budget: Budget
    ) -> dict[str, Anchor]:
        followed = await self._patiently(Question(raw), "GET", budget, self._limits.page)
        body = followed.reply.body
        if judge(followed.happening).grade is not Grade.OK or not body.readable:
            return dict.fromkeys(fragments, Anchor.UNSEEN)
        lines, found = count_lines(body.content), {}
        for fragment in fragments:
            named = lines_of(fragment)
            if named is not None and named.last <= lines:
                found[fragment] = Anchor.PRESENT
            else:
                found[fragment] = Anchor.MISSING if body.complete else Anchor.UNSEEN
        return found


def _sorted_out(question: Question) -> tuple[frozenset[str], frozenset[str]]:
    """Fragments that name lines of a file, and those that name places in the page itself."""
    looked_for = {each for each in question.fragments if wanted(each)}
    looked_for = {each for each in looked_for if not made_by_forge(question.page, each)}
    lines = {each for each in looked_for if lines_of(each)}
    if not raw_address(question.page, ""):
        lines = set()
    return frozenset(lines), frozenset(looked_for - lines)


def _is_doubtful(outcome: Outcome) -> bool:
    """Whether GET may say other than HEAD did; of what is alive HEAD doesn't lie."""
    if outcome.grade is Grade.OK or outcome.kind in {Kind.NOT_NOW, Kind.BUSY}:
        return False
    return bool(outcome.status) or outcome.kind in {
        Kind.TIMEOUT,
        Kind.CONNECTION,
        Kind.PROTOCOL,
        Kind.LOOP,
        Kind.BAD_REDIRECT,
    }


def _waits(outcome: Outcome) -> bool:
    """Whether an outcome is about the host and moment rather than about the method."""
    return outcome.kind in {Kind.BUSY, Kind.REFUSED, Kind.DNS_FAILED, Kind.PROXY}


def _asked_for(reply: Reply) -> float | None:
    value = reply.headers.get("retry-after", "")
    return retry_after(value, reply.headers.get("date", "")) if value else None


def _answer(followed: Followed, outcome: Outcome) -> Answer:
    headers, direct = followed.reply.headers, not followed.happening.hops
    return Answer(
        outcome,
        {},
        _token(headers.get("etag", "")) if direct else "",
        _token(headers.get("last-modified", "")) if direct else "",
        unchanged=direct and followed.reply.status == 304,
    )


def _token(value: str) -> str:
    return value if len(value) <= 200 and value.isascii() and value.isprintable() else ""


def _anchors(followed: Followed, fragments: frozenset[str]) -> dict[str, Anchor]:
    reply, final = followed.reply, url_of(followed.happening.final)
    content_type = reply.headers.get("content-type", "")
    if is_html(content_type) and not reply.body.readable:
        return dict.fromkeys(fragments, Anchor.UNSEEN)
    return find_anchors(
        reply.body.content,
        content_type,
        fragments,
        complete=reply.body.complete,
        forge=is_forge(final.host),
    )


def _json(reply: Reply) -> dict[str, object]:
    try:
        read = json.loads(reply.body.content)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
