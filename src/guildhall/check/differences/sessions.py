"""Which session of a workshop as it was is which session of it as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import Registry
from guildhall.network.programme.programme import Programme, TimedDay, TimedSession
from guildhall.network.programme.times import instant


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session on its day.

    Args:
        timed: the session with its times.
        day: the day.
        label: what it is called.
    """

    timed: TimedSession
    day: TimedDay
    label: str

    @property
    def start(self) -> datetime:
        """Its first moment, in the workshop's zone."""
        return self.timed.start

    @property
    def end(self) -> datetime:
        """Its last moment, in the workshop's zone."""
        return self.timed.end

    @property
    def is_cancelled(self) -> bool:
        """Whether it doesn't take place, or nothing of its day does."""
        return self.timed.session.cancelled or self.day.day.cancelled

    @property
    def identity(self) -> Hashable:
        """What stays when it is moved: what it is called and teaches, its track and type."""
        return self.timed.session.type, self.timed.track, self.name

    @property
    def name(self) -> Hashable:
        """What it is called, or what it teaches."""
        session = self.timed.session
        taught = tuple((each.lesson, each.episodes) for each in session.lessons)
        return session.title or taught or session.url


def sittings_of(programme: Programme, registry: Registry) -> tuple[Sitting, ...]:
    """All sessions of a programme, day by day."""
    return tuple(
        Sitting(timed, day, _label(timed, registry))
        for day in programme.days
        for timed in day.sessions
    )


def _label(timed: TimedSession, registry: Registry) -> str:
    session = timed.session
    lessons = ((each.lesson, registry.get(Lesson, each.lesson)) for each in session.lessons)
    titles = [lesson.title if lesson else key for key, lesson in lessons]
    return session.title or ", ".join(titles) or session.url or session.type


Pair = tuple[Sitting | None, Sitting | None]


def pair_sittings(before: Sequence[Sitting], after: Sequence[Sitting]) -> list[Pair]:
    """Each session as it was and as it is; None where there is none.

    Sessions are the same that say the same and start at the same moment; else those that say the
    same on the same day, then on any; else those that fill the same time of the same day under
    another title.

    Args:
        before: the sessions as they were, in order.
        after: the sessions as they are, in order.
    """
    likenesses: tuple[Callable[[Sitting], Hashable], ...] = (
        lambda each: (each.identity, instant(each.start)),
        lambda each: (each.identity, each.start.replace(tzinfo=None)),
        lambda each: (each.identity, each.day.key),
        lambda each: each.identity,
        lambda each: (each.name, instant(each.start)),
        lambda each: (each.timed.session.slot or id(each), each.day.key),
        lambda each: (each.timed.track, instant(each.start), instant(each.end)),
    )
    old, new = list(before), list(after)
    found: list[tuple[Sitting, Sitting]] = []
    for likeness in likenesses:
        for first, second in list(_alike(old, new, likeness)):
            found.append((first, second))
            old = [each for each in old if each is not first]
            new = [each for each in new if each is not second]
    pairs: list[Pair] = [*found, *((each, None) for each in old), *((None, each) for each in new)]
    return sorted(pairs, key=_order)


def _alike(
    old: Sequence[Sitting], new: Sequence[Sitting], likeness: Callable[[Sitting], Hashable]
) -> Iterator[tuple[Sitting, Sitting]]:
    waiting: dict[Hashable, list[Sitting]] = {}
    for each in old:
        waiting.setdefault(likeness(each), []).append(each)
    for each in new:
        if found := waiting.get(likeness(each)):
            yield found.pop(0), each


def _order(pair: Pair) -> tuple[datetime, datetime]:
    held = [each for each in (pair[1], pair[0]) if each]
    return instant(held[0].start), instant(held[0].end)
