"""One thing that is due: where it stands, and since when it doesn't hold any more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that has lapsed, or will.

    Args:
        path: the source file, relative to the portal's folder, with slashes; empty where no file
            is to blame.
        line: the line from 1, or 0 where none is known.
        column: the column from 1, or 0 where none is known.
        rule: the id of the rule that it falls under, see :data:`guildhall.check.due.rules.RULES`.
        what: what has lapsed, on one line, without the place.
        since: the first day on which it doesn't hold any more; None where nobody knows.
        severity: how much it matters.
        mend: what to do about this one; empty where the rule's own mend says it.
    """

    path: str
    line: int
    column: int
    rule: str
    what: str
    since: date | None
    severity: Severity = Severity.WARNING
    mend: str = ""

    @property
    def location(self) -> str:
        """``path:line:column`` as far as they are known, as editors understand it."""
        numbers = (str(number) for number in (self.line, self.column) if number)
        return ":".join([self.path, *numbers]) if self.path else ""

    @property
    def finding(self) -> Finding:
        """The item as a finding, as levels and silences take it."""
        return Finding(
            self.path, self.line, self.column, self.rule, self.what, self.severity, self.mend
        )

    @property
    def sort_key(self) -> tuple[object, ...]:
        """The oldest first, then what has no day; in the order of files and lines."""
        since = self.since or date.max
        return (since, self.path, self.line, self.column, self.rule, self.what)


@dataclass(frozen=True, slots=True)
class DueReport:
    """All that is due on a day.

    Args:
        today: the day.
        within: of how many days after it the report speaks too.
        lapsed: what doesn't hold any more, the oldest first.
        coming: what won't hold any more within those days, the next first.
        unread: places of records and settings with faults; what is due of them nobody knows.
    """

    today: date
    within: int
    lapsed: tuple[DueItem, ...]
    coming: tuple[DueItem, ...]
    unread: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing has lapsed, as far as all records could be read."""
        return not self.lapsed and not self.unread


def report_of(
    items: Iterable[DueItem], today: date, within: int, unread: Iterable[str] = ()
) -> DueReport:
    """Sort items into what has lapsed and what is to come; each is told once.

    Args:
        items: the items, in any order; those of later days are left out.
        today: the day.
        within: of how many days after it the report speaks too.
        unread: places of records and settings that have faults.
    """
    known = sorted({*items}, key=lambda item: item.sort_key)
    until = last_day(today, within)
    lapsed = tuple(item for item in known if item.since is None or item.since <= today)
    coming = tuple(item for item in known if item.since is not None and today < item.since <= until)
    return DueReport(today, within, lapsed, coming, tuple(sorted({*unread})))


def last_day(today: date, within: int) -> date:
    """The day some days after another, or the last one that there is."""
    return today + timedelta(days=min(max(within, 0), (date.max - today).days - 1))


def day_after(day: date) -> date:
    """The next day; the last one that there is has none, and is given itself."""
    return day + ONE_DAY if day < date.max else day
