"""Graphs of what comes before what, drawn from top to bottom in layers.

Every arrow leads to a lower layer, so the order can be read by itself. Boxes are as wide as a phone
can show, at most three beside each other, and grow with their text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

WIDTH = 640
_BESIDE = 3
_GAP, _DOWN, _PADDING, _LINE = 24, 44, 14, 27
_LETTERS = {1: 44, 2: 21, 3: 13}
"""Letters in a line of a box, by how many boxes are beside each other, at the largest text."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the graph.

    Args:
        key: the node.
        lines: its text.
        x: left edge.
        y: upper edge.
        width: its width.
        height: its height.
        marked: whether it is set apart, as a step of the path itself.
    """

    key: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    marked: bool

    @property
    def baselines(self) -> tuple[tuple[int, str], ...]:
        """Each line of text with its baseline."""
        top = self.y + _PADDING + 17
        return tuple((top + index * _LINE, line) for index, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from one box down to another."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and arrows, and how high the picture is."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    height: int


def layers(before: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Nodes in layers, each below all that come before it.

    Args:
        before: for each node, those that come before it; names of no node are left out, and so is
            what closes a circle.
    """
    depth: dict[str, int] = {}

    def measure(key: str, above: tuple[str, ...]) -> int:
        if key not in depth:
            known = [each for each in before[key] if each in before and each not in above]
            found = max((measure(each, (*above, key)) + 1 for each in known), default=0)
            depth[key] = found
        return depth[key]

    for key in before:
        measure(key, (key,))
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for key in before:
        found[depth[key]].append(key)
    return found


def draw(
    before: Mapping[str, Sequence[str]], labels: Mapping[str, str], marked: Sequence[str] = ()
) -> Drawing:
    """Lay a graph out.

    Args:
        before: see :func:`layers`.
        labels: the text of each node.
        marked: the nodes that are set apart.
    """
    boxes: dict[str, Box] = {}
    y = 2
    for layer in layers(before):
        for start in range(0, len(layer), _BESIDE):
            row = layer[start : start + _BESIDE]
            width = (WIDTH - 4 - _GAP * (len(row) - 1)) // len(row)
            texts = [tuple(wrap(labels[key], _LETTERS[len(row)])) or ("",) for key in row]
            height = max(len(lines) for lines in texts) * _LINE + 2 * _PADDING - 6
            for index, (key, lines) in enumerate(zip(row, texts, strict=True)):
                x = 2 + index * (width + _GAP)
                boxes[key] = Box(key, lines, x, y, width, height, key in marked)
            y += height + _DOWN
    arrows = tuple(
        _arrow(boxes[first], boxes[key])
        for key, found in before.items()
        for first in found
        if first in boxes and boxes[first].y < boxes[key].y
    )
    return Drawing(tuple(boxes.values()), arrows, max(y - _DOWN, 0) + 2)


def _arrow(upper: Box, lower: Box) -> Arrow:
    return Arrow(
        upper.x + upper.width // 2,
        upper.y + upper.height,
        lower.x + lower.width // 2,
        lower.y,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("guildhall.charts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("graph.svg.j2")


def render_graph(drawing: Drawing, *, title: str, description: str, prefix: str) -> str:
    """Draw a graph.

    Args:
        drawing: the graph, laid out.
        title: what it shows.
        description: the same in words.
        prefix: begins the picture's ids; unique on its page.

    Returns:
        an ``svg`` element; the same graph gives the same text.
    """
    return _template().render(
        drawing=drawing, title=title, description=description, prefix=prefix, width=WIDTH
    )
