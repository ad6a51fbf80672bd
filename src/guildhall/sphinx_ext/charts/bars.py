"""Horizontal bar charts of ranges.

A range is drawn as a solid bar to the end next to 0 and a hatched one on to the other end, so it
can be read without colour. Where nothing is known of the high end, the hatched bar goes on to the
end of the axis. The picture has room for text of 16 to 24 units: a theme may enlarge it to 24 on
narrow screens, where a unit is about half a pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from textwrap import wrap

from guildhall.core.values.format import format_number, format_range
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.sphinx_ext.charts.svg import chart_template

WIDTH = 640
SERIES = 4
_LARGEST_TEXT = 24
_DIGIT, _LETTERS = 14, 44  # The width of a digit, and letters in a line, at the largest text.
_LABEL_LINE, _BAR, _ROW_GAP, _AXIS, _LEGEND = 26, 18, 16, 34, 34
_HUNDREDTH = Decimal("0.01")
_TICKS = 5
_BEYOND = Decimal("1.1")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Args:
        label: what it stands for.
        value: its length, in the chart's unit; below 0 it lies left of the axis.
        series: which of the fills it has, from 1 to 4.
    """

    label: str
    value: Range
    series: int = 1


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar chart.

    Args:
        title: what it shows.
        unit: the unit of all bars, in words.
        bars: the bars, from top to bottom.
        decimals: how many decimals the numbers have; by default as many as each needs.
    """

    title: str
    unit: str
    bars: Sequence[Bar]
    decimals: int | None = None

    def description(self, locale: str) -> str:
        """The chart in words: every bar with its value."""
        values = "; ".join(
            f"{bar.label}: {format_range(bar.value, locale, self.decimals)}" for bar in self.bars
        )
        text = word(locale, "Bar chart in {unit}. {bars}.")
        return text.format(unit=self.unit, bars=values or word(locale, "No bars"))


@dataclass(frozen=True, slots=True)
class _Drawn:
    lines: tuple[tuple[int, str], ...]
    value: str
    series: int
    y: int
    solid: _Span
    hatched: _Span
    value_at: Decimal


@dataclass(frozen=True, slots=True)
class _Span:
    x: Decimal
    width: Decimal


def render_bars(chart: BarChart, *, prefix: str, locale: str) -> str:
    """Draw a chart.

    Args:
        chart: the chart.
        prefix: begins the chart's ids; unique on its page.
        locale: the language of its numbers and words.

    Returns:
        an ``svg`` element; the same chart gives the same text.
    """
    lowest = min((bar.value.low for bar in chart.bars), default=Decimal(0))
    ticks = round_ticks(max((reach(bar.value) for bar in chart.bars), default=Decimal(0)), lowest)
    values = [format_range(bar.value, locale, chart.decimals) for bar in chart.bars]
    margin = _DIGIT * max((len(value) for value in values), default=0) + _DIGIT
    scale = Decimal(WIDTH - margin) / (ticks[-1] - ticks[0])

    def at(amount: Decimal) -> Decimal:
        return place((min(amount, ticks[-1]) - ticks[0]) * scale)

    def span(low: Decimal, high: Decimal) -> _Span:
        return _Span(at(low), at(high) - at(low))

    drawn = []
    y = 0
    for bar, value in zip(chart.bars, values, strict=True):
        lines = wrap(bar.label, _LETTERS) or [""]
        baselines = tuple(
            (y + index * _LABEL_LINE + _LARGEST_TEXT, line) for index, line in enumerate(lines)
        )
        y += len(lines) * _LABEL_LINE + _BAR // 2
        low, high = bar.value.low, bar.value.high
        # The end next to 0 is certain.
        sure = min(max(low, Decimal(0)), high)
        solid = span(min(sure, Decimal(0)), max(sure, Decimal(0)))
        hatched = span(low, high)
        series = (bar.series - 1) % SERIES + 1
        value_at = at(max(high, Decimal(0))) + 8
        drawn.append(_Drawn(baselines, value, series, y, solid, hatched, value_at))
        y += _BAR + _ROW_GAP
    hatches = sorted({bar.series for bar in drawn if bar.hatched.width})
    return chart_template("bars.svg.j2").render(
        word=partial(word, locale),
        title=chart.title,
        description=chart.description(locale),
        prefix=prefix,
        bars=drawn,
        hatches=hatches,
        ticks=[(at(tick), format_number(tick, locale)) for tick in ticks],
        zero=at(Decimal(0)) if ticks[0] < 0 else None,
        width=WIDTH,
        bar_height=_BAR,
        bottom=y,
        height=y + _AXIS + (_LEGEND if hatches else 0),
    )


def reach(amount: Range) -> Decimal:
    """How far the axis has to go; beyond the low end of an amount without a high one."""
    return amount.low * _BEYOND if amount.is_open else amount.high


def place(coordinate: Decimal) -> Decimal:
    """A coordinate as SVG prints it, to a hundredth."""
    return coordinate.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP).normalize() + 0


def round_ticks(highest: Decimal, lowest: Decimal = Decimal(0)) -> list[Decimal]:
    """From 0 in steps of 1, 2 or 5 times a power of ten, up to ``highest`` or a little more.

    Where ``lowest`` is below 0, they reach down to it likewise.
    """
    highest, lowest = max(highest, Decimal(0)), min(lowest, Decimal(0))
    if highest == lowest:
        return [Decimal(0), Decimal(1)]
    rough = (highest - lowest) / _TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    ticks = [Decimal(0)]
    while ticks[-1] < highest:
        ticks.append(ticks[-1] + step)
    while ticks[0] > lowest:
        ticks.insert(0, ticks[0] - step)
    return ticks
