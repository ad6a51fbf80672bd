"""Lambert's azimuthal equal-area projection, rectangles around places, and lines cut to them.

The projection is that of J. P. Snyder, *Map Projections: A Working Manual* (USGS Professional Paper
1395, 1987), chapter 24, on a sphere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

EARTH = 6371.0
"""The radius of a sphere as large as the Earth, in km."""
FARTHEST = 160.0
"""How far from its centre the map is drawn, in degrees: near the far side, lines go all over it."""

Point = tuple[float, float]
"""A point of the plane, in km to the east and to the north of the centre, or in units of a map."""
Position = tuple[float, float]
"""Degrees north and east."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Lambert's azimuthal equal-area projection around a centre.

    Args:
        latitude: degrees north of the centre.
        longitude: degrees east of the centre.
    """

    latitude: float
    longitude: float

    def project(self, position: Position) -> Point:
        """Where a position lies: km to the east and to the north of the centre.

        What lies beyond :data:`FARTHEST` is moved to that distance, in the same direction.
        """
        x, y = self._exactly(position)
        most = 2 * EARTH * sin(radians(FARTHEST) / 2)
        distance = hypot(x, y)
        return (x, y) if distance <= most else (x * most / distance, y * most / distance)

    def _exactly(self, position: Position) -> Point:
        centre, north = radians(self.latitude), radians(position[0])
        east = radians(position[1] - self.longitude)
        cosine = sin(centre) * sin(north) + cos(centre) * cos(north) * cos(east)
        # The position right behind the centre lies on a circle; any of its points will do.
        scale = EARTH * sqrt(2 / max(1 + cosine, 1e-12))
        return (
            scale * cos(north) * sin(east),
            scale * (cos(centre) * sin(north) - sin(centre) * cos(north) * cos(east)),
        )

    @property
    def far_side(self) -> Position:
        """The position right behind the centre."""
        return -self.latitude, (self.longitude + 360) % 360 - 180

    @property
    def edge(self) -> list[Point]:
        """The circle of all that is drawn, as a ring."""
        most = 2 * EARTH * sin(radians(FARTHEST) / 2)
        return [(most * cos(radians(a)), most * sin(radians(a))) for a in range(0, 360, 5)]


def projection_of(positions: Sequence[Position]) -> Projection:
    """A projection around the middle of positions, or around 0, 0 where they have none."""
    vectors = [
        (
            cos(radians(north)) * cos(radians(east)),
            cos(radians(north)) * sin(radians(east)),
            sin(radians(north)),
        )
        for north, east in positions
    ]
    x, y, z = (sum(each) for each in zip(*vectors, strict=True)) if vectors else (1.0, 0.0, 0.0)
    if hypot(x, y, z) < 1e-9:
        return Projection(0, 0)
    return Projection(degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x)))


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle of the plane, in km from the centre of the projection.

    Args:
        left: its western edge.
        bottom: its southern edge.
        right: its eastern edge.
        top: its northern edge.
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom


def extent_of(
    points: Sequence[Point], *, margin: float, least: float, ratios: tuple[float, float]
) -> Extent:
    """A rectangle that holds points.

    Args:
        points: the points; at least one.
        margin: what is left free on each side, as a part of the longer side.
        least: how wide and high the rectangle is at least, in km.
        ratios: the least and the most height for each width.
    """
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    free = 2 * margin * max(right - left, top - bottom)
    width, height = max(right - left + free, least), max(top - bottom + free, least)
    lowest, highest = ratios
    height = max(height, width * lowest)
    width = max(width, height / highest)
    x, y = (left + right) / 2, (bottom + top) / 2
    return Extent(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def clip_ring(ring: Sequence[Point], extent: Extent) -> list[Point]:
    """The part of a closed ring inside a rectangle, after Sutherland and Hodgman (1974)."""
    found = list(ring)
    for axis, limit, sign in _sides(extent):
        found = list(_clipped(found, axis, limit, sign))
    return found


def _sides(extent: Extent) -> tuple[tuple[int, float, int], ...]:
    """Each side's axis and place, and 1 where the inside has higher numbers, else -1."""
    return (0, extent.left, 1), (0, extent.right, -1), (1, extent.bottom, 1), (1, extent.top, -1)


def _clipped(ring: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for index, point in enumerate(ring):
        before = ring[index - 1]
        is_inside = (point[axis] - limit) * sign >= 0
        if is_inside != ((before[axis] - limit) * sign >= 0):
            yield _crossing(before, point, axis, limit)
        if is_inside:
            yield point


def _crossing(one: Point, other: Point, axis: int, limit: float) -> Point:
    part = (limit - one[axis]) / (other[axis] - one[axis])
    along = one[1 - axis] + part * (other[1 - axis] - one[1 - axis])
    return (limit, along) if axis == 0 else (along, limit)


def clip_line(line: Sequence[Point], extent: Extent) -> list[list[Point]]:
    """The parts of a line inside a rectangle, after Liang and Barsky (1984)."""
    parts: list[list[Point]] = []
    for one, other in pairwise(line):
        inside = _inside(one, other, extent)
        if inside is None:
            continue
        start, end = inside
        if parts and parts[-1][-1] == start:
            parts[-1].append(end)
        else:
            parts.append([start, end])
    return parts


def _inside(one: Point, other: Point, extent: Extent) -> tuple[Point, Point] | None:
    first, last = 0.0, 1.0
    for axis, limit, sign in _sides(extent):
        step, room = (other[axis] - one[axis]) * sign, (limit - one[axis]) * sign
        if step == 0:
            if room > 0:
                return None
        elif step > 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first >= last:
        return None
    x, y = other[0] - one[0], other[1] - one[1]
    start = one if first == 0 else (one[0] + first * x, one[1] + first * y)
    end = other if last == 1 else (one[0] + last * x, one[1] + last * y)
    return start, end


def holds(ring: Iterable[Position], position: Position) -> bool:
    """Whether a ring in degrees holds a position, by counting the crossings of its meridian.

    The ring doesn't cross the meridian of 180 degrees, but may run along it.
    """
    points = list(ring)
    north, east = position
    crossed = False
    for index, (latitude, longitude) in enumerate(points):
        before = points[index - 1]
        if (longitude > east) != (before[1] > east):
            part = (east - before[1]) / (longitude - before[1])
            crossed ^= north < before[0] + part * (latitude - before[0])
    return crossed
