"""Maps with dots for places, fitted to them: land, borders, and labels that don't overlap.

The outlines are Natural Earth's, in the public domain; ``coastline.json`` says more. The picture
has room for text of 16 to 24 units, as bar charts have.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from math import cos, pi, sin, sqrt
from pathlib import Path

from guildhall.sphinx_ext.charts.projection import (
    Extent,
    Point,
    Position,
    clip_line,
    clip_ring,
    extent_of,
    holds,
    projection_of,
)
from guildhall.sphinx_ext.charts.svg import chart_template

OUTLINES = Path(__file__).with_name("coastline.json")
WIDTH = 640
PARTS = 2
"""How many steps of outlines make a unit of the picture."""
_LETTER, _LINE, _GAP = 13, 27, 3
"""The width of a letter and the height of a line at the largest text, and what is free beside."""
_BASELINE = 20
_AWAY, _DIRECTIONS, _STEP, _THICK = range(24, 150, 12), 36, 3, 2
"""How far labels stand from dots without room beside them; pieces of lines to them overlap."""
_TRIES, _FEW = 4, 10
"""How often labels are laid out anew, and for how many that found no room; a full map has none."""
_SMALLEST, _LARGEST = 5.0, 14.0
_MARGIN, _LEAST, _RATIOS = 0.12, 1500.0, (0.6, 1.25)


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on a map.

    Args:
        label: its name.
        position: degrees north and east.
        count: how much there is at the place; the dot's area stands for it.
        target: the id of what the page says of it, which the dot leads to.
    """

    label: str
    position: Position
    count: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether two rectangles have more in common than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Where the label of a dot is.

    Args:
        box: what it takes up at the largest text.
        x: where it starts, ends or has its middle, as ``anchor`` says.
        anchor: ``start``, ``end`` or ``middle``.
        line: where the line to a label ends that isn't beside its dot.
    """

    box: Box
    x: float
    anchor: str
    line: Point | None = None

    @property
    def y(self) -> float:
        """Its baseline."""
        return round(self.box.top + _BASELINE, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A dot where it is drawn.

    Args:
        dot: the dot.
        x: units from the left.
        y: units from the top.
        radius: its radius.
        label: where its label is, if there is room for one.
    """

    dot: Dot
    x: float
    y: float
    radius: float
    label: Label | None = None

    @property
    def box(self) -> Box:
        """The square around the dot."""
        return Box(
            self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map, laid out.

    Args:
        dots: the dots, the largest first, so that no dot hides a smaller one.
        land: the path of all land, in SVG's terms; what rings hold an odd number of times.
        borders: the path of all borders.
        height: how high the picture is.
    """

    dots: tuple[Drawn, ...]
    land: str
    borders: str
    height: int


@cache
def _outlines() -> tuple[tuple[tuple[Position, ...], ...], tuple[tuple[Position, ...], ...]]:
    """Rings of land, and borders, in degrees."""
    data = json.loads(OUTLINES.read_text(encoding="utf-8"))
    size = data["per_degree"]
    land, borders = (
        tuple(_line(steps, size) for steps in data[part]) for part in ("land", "borders")
    )
    return land, borders


def _line(steps: Sequence[int], size: int) -> tuple[Position, ...]:
    east, north = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((y / size, x / size) for x, y in zip(east, north, strict=True))


def draw(dots: Sequence[Dot]) -> Drawing:
    """Lay a map out that shows all dots.

    Args:
        dots: the places; at least one.
    """
    projection = projection_of([dot.position for dot in dots])
    points = [projection.project(dot.position) for dot in dots]
    extent = extent_of(points, margin=_MARGIN, least=_LEAST, ratios=_RATIOS)
    frame = _Frame(extent)
    land, borders = _outlines()
    rings = []
    for ring in land:
        rings.append([projection.project(each) for each in ring])
        if holds(ring, projection.far_side):
            # Seen from here, such land is all that lies outside its own ring.
            rings.append(projection.edge)
    lines = [[projection.project(each) for each in border] for border in borders]
    most = max(dot.count for dot in dots)
    drawn = sorted(
        (
            Drawn(dot, *frame.place(point), radius=_radius(dot.count, most))
            for dot, point in zip(dots, points, strict=True)
        ),
        key=lambda each: (-each.dot.count, each.dot.label, each.x, each.y),
    )
    return Drawing(
        dots=tuple(_labelled(drawn, frame.height)),
        land="".join(f"{frame.path(clip_ring(ring, extent))}z" for ring in _inside(rings, extent)),
        borders="".join(
            frame.path(part) for line in _inside(lines, extent) for part in clip_line(line, extent)
        ),
        height=frame.height,
    )


def _inside(lines: Iterable[list[Point]], extent: Extent) -> Iterator[list[Point]]:
    """The lines that may have a part inside the extent."""
    for line in lines:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        if (
            min(xs) < extent.right
            and max(xs) > extent.left
            and min(ys) < extent.top
            and max(ys) > extent.bottom
        ):
            yield line


def _radius(count: int, most: int) -> float:
    """The area of a dot stands for its count; none is too small to be seen."""
    return round(max(_LARGEST * sqrt(count / most), _SMALLEST), 1)


class _Frame:
    """Turns km into units of the picture, from its upper left corner."""

    def __init__(self, extent: Extent) -> None:
        self._extent = extent
        self._scale = WIDTH / extent.width
        self.height = round(extent.height * self._scale)

    def place(self, point: Point) -> Point:
        return (
            round((point[0] - self._extent.left) * self._scale, 1),
            round((self._extent.top - point[1]) * self._scale, 1),
        )

    def path(self, points: Iterable[Point]) -> str:
        """A line in whole parts of a unit, which the eye can't tell from the exact one."""
        found: list[tuple[int, int]] = []
        for x, y in map(self.place, points):
            point = (round(x * PARTS), round(y * PARTS))
            if not found or found[-1] != point:
                found.append(point)
        if len(found) < 2:
            return ""
        steps = (f"{x - before[0]} {y - before[1]}" for before, (x, y) in pairwise(found))
        return f"M{found[0][0]} {found[0][1]}l{' '.join(steps)}"


def _labelled(drawn: Sequence[Drawn], height: int) -> Iterator[Drawn]:
    """Dots with labels, each beside its dot where nothing is yet; those of large dots first.

    What then has none gets one further away, with a line to it. Where one finds no room, it goes
    first in a further try.
    """
    picture = Box(0, 0, WIDTH, height)
    beside = _placed(range(len(drawn)), drawn, picture, {}, _sides)
    order = [number for number in range(len(drawn)) if number not in beside]
    best = beside
    for _ in range(_TRIES):
        found = _placed(order, drawn, picture, beside, _away)
        best = max(best, found, key=len)
        missing = [number for number in order if number not in found]
        if not 0 < len(missing) <= _FEW:
            break
        order = [*missing, *(number for number in order if number in found)]
    for number, each in enumerate(drawn):
        yield Drawn(each.dot, each.x, each.y, each.radius, best.get(number))


def _placed(
    order: Iterable[int],
    drawn: Sequence[Drawn],
    picture: Box,
    labels: Mapping[int, Label],
    places: Callable[[Drawn], Iterator[Label]],
) -> dict[int, Label]:
    """Labels, those of the dots in ``order`` added in the first of their places that is free."""
    found = dict(labels)
    taken = [each.box for each in drawn]
    taken += [label.box for label in labels.values()]
    for number in order:
        each = drawn[number]
        # A line begins at its own dot, and at those that lie over it.
        crossed = [box for box in taken if not box.overlaps(each.box)]
        for label in places(each):
            if not _holds(picture, label.box) or any(map(label.box.overlaps, taken)):
                continue
            line = list(_pieces(each, label))
            if not any(piece.overlaps(box) for piece in line for box in crossed):
                found[number] = label
                taken += [label.box, *line]
                break
    return found


def _sides(drawn: Drawn) -> Iterator[Label]:
    """Where a label may stand: right, left, above, below, then at the corners of the dot."""
    width, x, y = len(drawn.dot.label) * _LETTER, drawn.x, drawn.y
    far, near, half = drawn.radius + _GAP, drawn.radius * 0.7, _LINE / 2
    for right, anchor, top in (
        (far, "start", -half),
        (-far, "end", -half),
        (0, "middle", -far - _LINE),
        (0, "middle", far),
        (near, "start", -near - _LINE),
        (near, "start", near),
        (-near, "end", -near - _LINE),
        (-near, "end", near),
    ):
        before = {"start": 0.0, "end": width, "middle": width / 2}[anchor]
        left = x + right - before
        box = Box(left, y + top, left + width, y + top + _LINE)
        yield Label(box, round(x + right, 1), anchor)


def _away(drawn: Drawn) -> Iterator[Label]:
    """Where a label may stand at the end of a line, the shortest lines first."""
    width = len(drawn.dot.label) * _LETTER
    for distance in _AWAY:
        for direction in range(_DIRECTIONS):
            right, down = (part(2 * pi * direction / _DIRECTIONS) for part in (cos, sin))
            x, y = drawn.x + distance * right, drawn.y + distance * down
            anchor = "middle" if abs(right) < 0.5 else "start" if right > 0 else "end"
            left = x - {"start": -_GAP, "end": width + _GAP, "middle": width / 2}[anchor]
            top = y - (_LINE / 2 if anchor != "middle" else _LINE if down < 0 else 0)
            box = Box(left, top, left + width, top + _LINE)
            start = {"start": box.left, "end": box.right, "middle": x}[anchor]
            yield Label(box, round(start, 1), anchor, (round(x, 1), round(y, 1)))


def _pieces(drawn: Drawn, label: Label) -> Iterator[Box]:
    """What the line to a label takes up, outside of the dot."""
    if label.line is None:
        return
    right, down = label.line[0] - drawn.x, label.line[1] - drawn.y
    length = sqrt(right * right + down * down)
    for at in range(round(drawn.radius) + _STEP, round(length), _STEP):
        x, y = drawn.x + right * at / length, drawn.y + down * at / length
        yield Box(x - _THICK, y - _THICK, x + _THICK, y + _THICK)


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def render_map(drawing: Drawing, *, title: str, description: str, prefix: str) -> str:
    """Draw a map.

    Args:
        drawing: the map, laid out.
        title: what it shows.
        description: the same in words.
        prefix: begins the picture's ids; unique on its page.

    Returns:
        an ``svg`` element; the same map gives the same text.
    """
    return chart_template("map.svg.j2").render(
        drawing=drawing,
        title=title,
        description=description,
        prefix=prefix,
        width=WIDTH,
        parts=PARTS,
    )
