"""The portal as a page sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from guildhall.model.base.model import Record
from guildhall.model.lookup import Answer, Lookup
from guildhall.model.portal import Portal
from guildhall.model.record_lookups import RecordOf, RecordsOf, ReferringTo, Where, fields_of
from guildhall.model.settings.portal import Settings

R = TypeVar("R", bound=Record)
T = TypeVar("T")

Note = Callable[[Answer[Any]], None]


@dataclass(frozen=True)
class BuildDay(Lookup[date]):
    """The day that the portal is built for."""

    def result(self, portal: Portal) -> date:
        """The day."""
        return portal.settings.today


@dataclass(frozen=True)
class BuildMonth(Lookup[date]):
    """The month that the portal is built in."""

    def result(self, portal: Portal) -> date:
        """Its first day."""
        return portal.settings.today.replace(day=1)


class Shown:
    """The portal as one page sees it: whatever is asked here is noted for that page.

    Args:
        portal: the portal.
        note: called with each answer; by default nothing is noted.
    """

    def __init__(self, portal: Portal, note: Note = lambda answer: None) -> None:
        self._portal = portal
        self._note = note

    @property
    def settings(self) -> Settings:
        """The portal's settings; a change of them makes Sphinx read every page."""
        return self._portal.settings

    def ask(self, lookup: Lookup[T]) -> T:
        """Ask the portal."""
        answer = lookup.answer(self._portal)
        self._note(answer)
        return answer.result

    def select(
        self, kind: str, where: Where = (), fields: Iterable[str] | None = None
    ) -> tuple[Record, ...]:
        """All records of a kind with these values; ``fields`` are those that the page shows."""
        return self.ask(RecordsOf(kind, where, fields_of(fields)))

    def find(self, kind: str, key: str, fields: Iterable[str] | None = None) -> Record | None:
        """One record; ``fields`` are those that the page shows."""
        return self.ask(RecordOf(kind, key, fields_of(fields)))

    def get(self, kind: type[R], key: str, fields: Iterable[str] | None = None) -> R | None:
        """Like :meth:`find`, typed."""
        record = self.find(kind.KIND, key, fields)
        return record if isinstance(record, kind) else None

    def referring_to(self, record: Record) -> tuple[Record, ...]:
        """The records that refer to ``record``; the page shows their labels."""
        return self.ask(ReferringTo(record.KIND, record.key))

    def knows(self, kind: str, key: str) -> bool:
        """Whether there is such a record, sound or broken; not noted."""
        return key in self._portal.registry.keys(kind)

    def keys(self, kind: str) -> tuple[str, ...]:
        """The ids of a kind, for suggestions; not noted."""
        return self._portal.registry.keys(kind)
