"""A timeline: a project's period, what is planned for which year, and what has dates.

Each row has its words above its bars, so that they fit on narrow screens too. Bars are told apart
by their fills: solid, striped or empty; a dashed box is the year that something is planned for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import Literal

from guildhall.core.values.dates import Period
from guildhall.core.values.format import capital
from guildhall.sphinx_ext.charts.bars import WIDTH, place
from guildhall.sphinx_ext.charts.svg import chart_template

Fill = Literal["held", "to-come", "unrecorded"]
"""What is known of something with dates: it took place, it goes on or is to come, or no record says
whether it took place."""

_LETTERS, _DIGIT, _LINE, _BASELINE = 44, 14, 25, 19  # At the largest text.
_AXIS, _BAR, _GAP = 36, 12, 8
_NARROWEST = Decimal(6)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something with dates.

    Args:
        start: its first day.
        end: its last day.
        fill: what is known of it.
    """

    start: date
    end: date
    fill: Fill


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Args:
        label: what it is about, and how far that has come.
        target: the id on the page that it leads to.
        year: the year that it is planned for; None where nobody planned it.
        marks: what has dates.
    """

    label: str
    target: str
    year: int | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A timeline.

    Args:
        title: what it shows.
        period: the first and last day of the whole.
        period_label: what the period is, in words.
        rows: the rows, from top to bottom; at least one.
        legend: what the fills mean, and under ``planned`` the dashed box; those in use are listed.
    """

    title: str
    period: Period
    period_label: str
    rows: Sequence[Row]
    legend: dict[Fill | Literal["planned"], str]

    @property
    def description(self) -> str:
        """The timeline in words."""
        return "; ".join((self.period_label, *(row.label for row in self.rows)))

    @property
    def years(self) -> range:
        """All years that it reaches over."""
        marks = [mark for row in self.rows for mark in row.marks]
        planned = [row.year for row in self.rows if row.year is not None]
        first = min(self.period.start.year, *planned, *(each.start.year for each in marks))
        last = max(self.period.end.year, *planned, *(each.end.year for each in marks))
        return range(first, last + 1)


@dataclass(frozen=True, slots=True)
class _Box:
    kind: str
    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True)
class _Drawn:
    target: str
    lines: tuple[tuple[int, str], ...]
    y: int


def render_timeline(timeline: Timeline, *, prefix: str) -> str:
    """Draw a timeline.

    Args:
        timeline: the timeline.
        prefix: begins the picture's ids; unique on its page.

    Returns:
        an ``svg`` element; the same timeline gives the same text.
    """
    years = timeline.years
    first = date(years[0], 1, 1).toordinal()
    scale = Decimal(WIDTH) / (date(years[-1], 12, 31).toordinal() + 1 - first)

    def box(kind: str, start: date, end: date) -> _Box:
        width = max((end.toordinal() + 1 - start.toordinal()) * scale, _NARROWEST)
        x = min((start.toordinal() - first) * scale, WIDTH - width)
        return _Box(kind, place(x), place(width))

    def boxes(row: Row) -> tuple[_Box, ...]:
        planned: tuple[_Box, ...] = ()
        if row.year is not None:
            planned = (box("planned", date(row.year, 1, 1), date(row.year, 12, 31)),)
        return (*planned, *(box(each.fill, each.start, each.end) for each in row.marks))

    drawn = [_drawn("", timeline.period_label, _AXIS)]
    bars: list[tuple[_Box, ...]] = [(box("period", timeline.period.start, timeline.period.end),)]
    bars += [boxes(row) for row in timeline.rows]
    for row in timeline.rows:
        drawn.append(_drawn(row.target, row.label, drawn[-1].y + _BAR + _GAP))
    y = drawn[-1].y + _BAR + _GAP
    used = {each.kind for found in bars for each in found}
    legend = [(kind, name) for kind, name in timeline.legend.items() if kind in used]
    every = -(-(5 * _DIGIT) // max(WIDTH // len(years), 1))
    return chart_template("timeline.svg.j2").render(
        title=timeline.title,
        description=timeline.description,
        prefix=prefix,
        rows=list(zip(drawn, bars, strict=True)),
        ticks=[(place((date(year, 1, 1).toordinal() - first) * scale), year) for year in years],
        every=every,
        first=years[0],
        legend=[(kind, capital(name), y + i * _LINE) for i, (kind, name) in enumerate(legend)],
        bar=_BAR,
        bottom=y - _GAP // 2,
        width=WIDTH,
        height=y + len(legend) * _LINE,
    )


def _drawn(target: str, label: str, y: int) -> _Drawn:
    lines = wrap(label, _LETTERS) or [""]
    baselines = tuple((y + _BASELINE + index * _LINE, line) for index, line in enumerate(lines))
    return _Drawn(target, baselines, y + len(lines) * _LINE)
