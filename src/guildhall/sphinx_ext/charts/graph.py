"""Graphs of what comes before what, drawn from top to bottom in layers.

Every arrow leads to a lower row, so the order can be read by itself. An arrow that passes further
rows has a lane of its own between their boxes (as in Sugiyama, Tagawa and Toda, 1981), so none is
hidden behind a box. Boxes are as wide as a phone can show, at most three beside each other; a word
that is too long for that has more room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from guildhall.sphinx_ext.charts.svg import chart_template

WIDTH = 640
_BESIDE = 3
_EDGE, _GAP, _LANE, _DOWN, _PADDING, _LINE = 2, 20, 4, 48, 12, 27
_LETTER, _BASELINE = 13, 21
"""The width of a letter, and the height of a line above its baseline, at the largest text."""

_Slot = tuple[str, bool]
"""A place in a row: a node, and whether only the lane of its arrows."""


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
        top = self.y + (self.height - len(self.lines) * _LINE) // 2 + _BASELINE
        return tuple((top + index * _LINE, line) for index, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from one box down to another.

    Args:
        first: the node that comes before.
        then: the node that it leads to.
        points: where the arrow leaves a row and comes to the next one, in turn.
    """

    first: str
    then: str
    points: tuple[tuple[int, int], ...]

    @property
    def path(self) -> str:
        """The line as SVG draws it: curved between rows, straight in lanes."""
        start, *rest = self.points
        parts = [f"M{start[0]} {start[1]}"]
        before = start
        for index, (x, y) in enumerate(rest):
            middle = (before[1] + y) // 2
            curve = f"C{before[0]} {middle} {x} {middle} {x} {y}"
            parts.append(f"V{y}" if index % 2 else curve)
            before = (x, y)
        return " ".join(parts)


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
            path = (*above, key)
            known = [each for each in before[key] if each in before and each not in path]
            found = max((measure(each, path) + 1 for each in known), default=0)
            depth[key] = found
        return depth[key]

    for key in before:
        measure(key, ())
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
    return _Layout(before, labels, frozenset(marked)).drawing()


class _Layout:
    """Fills rows from top to bottom, then draws the arrows between neighbouring rows."""

    def __init__(
        self,
        before: Mapping[str, Sequence[str]],
        labels: Mapping[str, str],
        marked: frozenset[str],
    ) -> None:
        self._labels = labels
        self._marked = marked
        self._row_of: dict[str, int] = {}
        self._slots: list[dict[_Slot, int]] = []
        self._edges: list[tuple[int, int]] = []
        self._boxes: dict[str, Box] = {}
        self._before = _without_circles(before)
        self._y = _EDGE

    def drawing(self) -> Drawing:
        for layer in layers(self._before):
            rest = layer
            while rest:
                row = self._longest_row(rest)
                self._place(row)
                rest = rest[len(row) :]
        arrows = tuple(
            Arrow(first, key, tuple(self._points(first, key)))
            for key, firsts in self._before.items()
            for first in firsts
        )
        height = self._edges[-1][1] + _EDGE if self._edges else 2 * _EDGE
        return Drawing(tuple(self._boxes.values()), arrows, height)

    def _longest_row(self, keys: Sequence[str]) -> Sequence[str]:
        """As many of the first nodes as fit beside each other without a word being cut."""
        for count in range(min(_BESIDE, len(keys)), 1, -1):
            row = keys[:count]
            letters = _letters(_width(count, len(self._lanes(row))))
            words = (word for key in row for word in self._labels[key].split())
            if max(map(len, words), default=0) <= letters:
                return row
        return keys[:1]

    def _lanes(self, row: Sequence[str]) -> list[str]:
        """The nodes above that have arrows to lower rows than this one."""
        waiting = [key for key in self._before if key not in self._row_of and key not in row]
        wanted = {first for key in waiting for first in self._before[key]}
        return [key for key in self._row_of if key in wanted]

    def _place(self, row: Sequence[str]) -> None:
        lanes = self._lanes(row)
        slots: list[_Slot] = [*((key, True) for key in lanes), *((key, False) for key in row)]
        above = self._slots[-1] if self._slots else {}
        # Each slot goes below the middle of what leads to it, so fewer arrows cross.
        ordered = sorted(slots, key=lambda slot: self._middle(slot, row, above))
        width = _width(len(row), len(lanes))
        texts = {key: tuple(wrap(self._labels[key], _letters(width))) or ("",) for key in row}
        height = max(len(lines) for lines in texts.values()) * _LINE + 2 * _PADDING
        x, centres = _EDGE, {}
        for slot in ordered:
            key, is_lane = slot
            wide = _LANE if is_lane else width
            centres[slot] = x + wide // 2
            if not is_lane:
                marked = key in self._marked
                self._boxes[key] = Box(key, texts[key], x, self._y, width, height, marked)
                self._row_of[key] = len(self._slots)
            x += wide + _GAP
        self._slots.append(centres)
        self._edges.append((self._y, self._y + height))
        self._y += height + _DOWN

    def _middle(
        self, slot: _Slot, row: Sequence[str], above: Mapping[_Slot, int]
    ) -> tuple[float, int]:
        key, is_lane = slot
        firsts = [key] if is_lane else self._before[key]
        found = [above[self._slot_of(first, len(self._slots) - 1)] for first in firsts]
        place = 0 if is_lane else row.index(key)
        if not found:
            return WIDTH * (place + 0.5) / len(row), place
        return sum(found) / len(found), place

    def _slot_of(self, key: str, row: int) -> _Slot:
        return key, self._row_of[key] != row

    def _points(self, first: str, key: str) -> Iterator[tuple[int, int]]:
        """The arrow row by row; it comes to its box in its place among all that do."""
        start, end = self._row_of[first], self._row_of[key]
        for row in range(start, end):
            x = self._slots[row][self._slot_of(first, row)]
            if row > start:
                yield x, self._edges[row][0]
            yield x, self._edges[row][1]
        coming = sorted(
            self._before[key], key=lambda each: self._slots[end - 1][self._slot_of(each, end - 1)]
        )
        box = self._boxes[key]
        yield box.x + box.width * (coming.index(first) + 1) // (len(coming) + 1), box.y


def _without_circles(before: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The same graph with only those of its arrows that lead to a lower layer, each once."""
    depth = {key: index for index, layer in enumerate(layers(before)) for key in layer}
    return {
        key: tuple(
            dict.fromkeys(each for each in found if each in depth and depth[each] < depth[key])
        )
        for key, found in before.items()
    }


def _width(boxes: int, lanes: int) -> int:
    """The width of each box in a row."""
    return (WIDTH - 2 * _EDGE - _GAP * (boxes + lanes - 1) - _LANE * lanes) // boxes


def _letters(width: int) -> int:
    """How many letters fit in a line of a box."""
    return max((width - _PADDING) // _LETTER, 1)


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
    return chart_template("graph.svg.j2").render(
        drawing=drawing, title=title, description=description, prefix=prefix, width=WIDTH
    )
