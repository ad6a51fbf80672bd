"""Columns side by side, such as one a year, each stacked of a few parts.

Each part has a fill of its own besides its colour: plain, stripes, dots or a grid. Where the sum is
only known to lie between two amounts, a dashed box reaches on to the larger one, and to the top
where nothing larger is known. As for bars, the picture has room for text of 16 to 24 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from guildhall.core.values.format import format_number, format_range
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.sphinx_ext.charts.bars import SERIES, WIDTH, place, reach, round_ticks
from guildhall.sphinx_ext.charts.svg import chart_template

_DIGIT, _LETTERS, _LINE = 14, 40, 28  # At the largest text.
_PLOT, _TOP, _AXIS = 240, 34, 40
_SHARE = Decimal("0.68")
"""How much of its room a column fills."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        label: what it stands for, such as a year.
        parts: the amounts of its parts, in the order of the chart's series; None where nothing is
            known.
    """

    label: str
    parts: tuple[Range, ...] | None

    @property
    def total(self) -> Range:
        """The sum of the parts."""
        return Range.total(self.parts or ())


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """A chart of columns.

    Args:
        title: what it shows.
        unit: the unit of all columns, in words.
        series: what the parts of each column are, at most four.
        columns: the columns, from left to right.

    Raises:
        ValueError: for parts that no series names, or that are below 0.
    """

    title: str
    unit: str
    series: Sequence[str]
    columns: Sequence[Column]

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= SERIES:
            raise ValueError(f"expected 1 to {SERIES} series, found {len(self.series)}")
        for column in self.columns:
            if column.parts is None:
                continue
            if len(column.parts) != len(self.series):
                raise ValueError(f"the column {column.label!r} has not a part for each series")
            if any(part.low < 0 for part in column.parts):
                raise ValueError(f"the column {column.label!r} has a part below 0")

    def description(self, locale: str) -> str:
        """The chart in words: every column with its amounts."""
        columns = "; ".join(self._in_words(column, locale) for column in self.columns)
        text = word(locale, "Column chart in {unit}. {columns}.")
        return text.format(unit=self.unit, columns=columns or word(locale, "No columns"))

    def _in_words(self, column: Column, locale: str) -> str:
        if column.parts is None:
            amounts = word(locale, "unknown")
        elif len(self.series) == 1:
            amounts = format_range(column.parts[0], locale)
        else:
            amounts = ", ".join(
                f"{name} {format_range(part, locale)}"
                for name, part in zip(self.series, column.parts, strict=True)
                if not part.is_zero
            )
        return f"{column.label}: {amounts or format_number(0, locale)}"


@dataclass(frozen=True, slots=True)
class _Box:
    series: int
    y: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True)
class _Drawn:
    x: Decimal
    middle: Decimal
    top: Decimal
    boxes: tuple[_Box, ...]
    open_box: _Box | None
    label: str
    value: str


def render_columns(chart: ColumnChart, *, prefix: str, locale: str) -> str:
    """Draw a chart.

    Args:
        chart: the chart.
        prefix: begins the chart's ids; unique on its page.
        locale: the language of its numbers and words.

    Returns:
        an ``svg`` element; the same chart gives the same text.
    """
    ticks = round_ticks(max((reach(each.total) for each in chart.columns), default=Decimal(0)))
    names = [format_number(tick, locale) for tick in ticks]
    left = _DIGIT * max(map(len, names)) + _DIGIT
    longest = max((len(column.label) for column in chart.columns), default=0)
    # The last label may be wider than its column.
    right = max(2 * _DIGIT, longest * _DIGIT // 2)
    step = Decimal(WIDTH - left - right) / max(len(chart.columns), 1)
    scale = Decimal(_PLOT) / ticks[-1]
    values = [_value(column, locale) for column in chart.columns]
    # Values that would touch each other are left to the table.
    has_values = all(len(value) * _DIGIT <= step for value in values)
    widest = longest * _DIGIT + _DIGIT
    every = -(-widest // int(step)) if step >= 1 else len(chart.columns)
    last = len(chart.columns) - 1
    drawn = [
        _drawn(
            column,
            left + index * step,
            step,
            scale,
            # Counted from the last, since the newest is looked for first.
            column.label if (last - index) % every == 0 else "",
            value if has_values or column.parts is None else "",
        )
        for index, (column, value) in enumerate(zip(chart.columns, values, strict=True))
    ]
    legend = _legend(chart, locale)
    return chart_template("columns.svg.j2").render(
        title=chart.title,
        description=chart.description(locale),
        prefix=prefix,
        columns=drawn,
        column_width=place(step * _SHARE),
        patterns=range(2, len(chart.series) + 1),
        ticks=[
            (place(_TOP + _PLOT - tick * scale), name)
            for tick, name in zip(ticks, names, strict=True)
        ],
        left=left,
        width=WIDTH,
        bottom=_TOP + _PLOT,
        legend=legend,
        height=_TOP + _PLOT + _AXIS + sum(len(entry[1]) for entry in legend) * _LINE,
    )


def _value(column: Column, locale: str) -> str:
    return "?" if column.parts is None else format_range(column.total, locale)


def _drawn(
    column: Column, x: Decimal, step: Decimal, scale: Decimal, label: str, value: str
) -> _Drawn:
    bottom = Decimal(_TOP + _PLOT)
    boxes = []
    for number, part in enumerate(column.parts or (), start=1):
        height = part.low * scale
        bottom -= height
        if height:
            boxes.append(_Box(number, place(bottom), place(height)))
    total = column.total
    rest = bottom - _TOP if total.is_open else (total.high - total.low) * scale
    open_box = _Box(1, place(bottom - rest), place(rest)) if rest else None
    return _Drawn(
        x=place(x + step * (1 - _SHARE) / 2),
        middle=place(x + step / 2),
        top=place(bottom - rest - 8),
        boxes=tuple(boxes),
        open_box=open_box,
        label=label,
        value=value,
    )


def _legend(chart: ColumnChart, locale: str) -> list[tuple[str, list[tuple[int, str]], int]]:
    """What the fills mean: kind of swatch, lines of text with their places, place of the swatch."""
    entries = [(str(number), name) for number, name in enumerate(chart.series, start=1)]
    if len(chart.series) == 1:
        entries = []
    totals = [each.total for each in chart.columns]
    if any(not total.is_open and total.low != total.high for total in totals):
        entries.append(("open", word(locale, "at most")))
    if any(total.is_open for total in totals):
        entries.append(("open", word(locale, "no upper limit is known")))
    if any(each.parts is None for each in chart.columns):
        entries.append(("unknown", word(locale, "unknown")))
    y = _TOP + _PLOT + _AXIS
    built = []
    for kind, name in entries:
        lines = wrap(name, _LETTERS) or [""]
        built.append((kind, [(y + _LINE * (i + 1) - 8, line) for i, line in enumerate(lines)], y))
        y += _LINE * len(lines)
    return built
