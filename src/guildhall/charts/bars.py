"""Horizontal bar charts of ranges.

A range is drawn as a solid bar to its low end and a hatched one on to its high end, so it can be
read without colour. Bars of one category stack where it has several parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from guildhall.values.format import format_number, format_range
from guildhall.values.numbers import Range

WIDTH = 640
SERIES = 4
_LEFT, _RIGHT = 0, 76
_ROW, _BAR, _TOP, _BOTTOM = 42, 16, 8, 26
_HUNDREDTH = Decimal("0.01")
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Args:
        label: what it stands for.
        value: its length, in the chart's unit.
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
    """

    title: str
    unit: str
    bars: Sequence[Bar]

    def description(self, locale: str) -> str:
        """The chart in words: every bar with its value."""
        values = "; ".join(f"{bar.label}: {format_range(bar.value, locale)}" for bar in self.bars)
        return f"Bar chart in {self.unit}. {values}."


@dataclass(frozen=True, slots=True)
class _Drawn:
    label: str
    value: str
    series: int
    y: int
    solid: Decimal
    hatched: Decimal


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("guildhall.charts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("bars.svg.j2")


def render_bars(chart: BarChart, *, prefix: str, locale: str) -> str:
    """Draw a chart.

    Args:
        chart: the chart.
        prefix: begins the chart's ids; unique on its page.
        locale: the language of its numbers.

    Returns:
        an ``svg`` element; the same chart gives the same text.
    """
    ticks = _round_ticks(max((bar.value.high for bar in chart.bars), default=Decimal(0)))
    span = Decimal(WIDTH - _LEFT - _RIGHT)
    scale = span / ticks[-1]
    drawn = [
        _Drawn(
            label=bar.label,
            value=format_range(bar.value, locale),
            series=(bar.series - 1) % SERIES + 1,
            y=_TOP + index * _ROW,
            solid=_place(bar.value.low * scale),
            hatched=_place((bar.value.high - bar.value.low) * scale),
        )
        for index, bar in enumerate(chart.bars)
    ]
    return _template().render(
        title=chart.title,
        description=chart.description(locale),
        unit=chart.unit,
        prefix=prefix,
        bars=drawn,
        ticks=[(_place(tick * scale), format_number(tick, locale)) for tick in ticks],
        width=WIDTH,
        left=_LEFT,
        bar_height=_BAR,
        bottom=_TOP + len(drawn) * _ROW,
        height=_TOP + len(drawn) * _ROW + _BOTTOM,
    )


def _place(coordinate: Decimal) -> Decimal:
    return coordinate.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP).normalize() + 0


def _round_ticks(highest: Decimal) -> list[Decimal]:
    """From 0 in steps of 1, 2 or 5 times a power of ten, up to ``highest`` or a little more."""
    if highest <= 0:
        return [Decimal(0), Decimal(1)]
    rough = highest / _TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    ticks = [Decimal(0)]
    while ticks[-1] < highest:
        ticks.append(ticks[-1] + step)
    return ticks
