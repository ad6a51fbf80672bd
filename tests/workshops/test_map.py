"""The map of places: an equal-area projection, lines cut to it, and labels that can be read."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import asin, atan2, cos, degrees, hypot, isclose, radians, sin, sqrt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from bs4 import Tag
from hypothesis import assume, given
from hypothesis import strategies as st

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.workshops.geography import venues_of
from guildhall.sphinx_ext.charts.map import OUTLINES, WIDTH, Box, Dot, draw, render_map
from guildhall.sphinx_ext.charts.projection import (
    EARTH,
    Extent,
    Point,
    Position,
    Projection,
    clip_line,
    clip_ring,
    extent_of,
    holds,
    projection_of,
)

from ..portals import Build, Portal
from .portals import load, workshop

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
positions = st.tuples(latitudes, longitudes)
projections = st.builds(Projection, latitudes, longitudes)
lengths = st.floats(-9000, 9000)
points = st.tuples(lengths, lengths)
EXTENT = Extent(-1000, -500, 1000, 500)


def angle(one: Position, other: Position) -> float:
    """The cosine of the angle between two positions."""
    (north, east), (up, right) = (tuple(map(radians, each)) for each in (one, other))
    return sin(north) * sin(up) + cos(north) * cos(up) * cos(east - right)


def inverse(projection: Projection, point: Point) -> Position:
    """The position that lies at a point, after Snyder, 20-14, 20-15 and 24-16."""
    x, y = point
    distance = hypot(x, y)
    if distance == 0:
        return projection.latitude, projection.longitude
    away, centre = 2 * asin(min(distance / (2 * EARTH), 1.0)), radians(projection.latitude)
    sine = cos(away) * sin(centre) + y * sin(away) * cos(centre) / distance
    east = atan2(x * sin(away), distance * cos(centre) * cos(away) - y * sin(centre) * sin(away))
    return degrees(asin(max(-1.0, min(sine, 1.0)))), projection.longitude + degrees(east)


# --- The projection ---


def test_the_worked_example_of_snyder():
    # Page 332: a globe of radius 3, around 40° N 100° W, the point 20° S 100° E.
    x, y = Projection(40, -100).project((-20, 100))
    assert (round(x / EARTH * 3, 4), round(y / EARTH * 3, 4)) == (-4.2339, 4.0258)


@given(projections)
def test_the_centre_lies_in_the_middle(projection: Projection):
    x, y = projection.project((projection.latitude, projection.longitude))
    assert hypot(x, y) < 1


@given(projections, positions)
def test_a_point_leads_back_to_its_position(projection: Projection, position: Position):
    assume(angle((projection.latitude, projection.longitude), position) > -0.8)
    back = inverse(projection, projection.project(position))
    assert angle(back, position) > 1 - 1e-9


@given(projections, positions)
def test_what_is_as_far_away_lies_as_far_from_the_middle(
    projection: Projection, position: Position
):
    cosine = angle((projection.latitude, projection.longitude), position)
    assume(cosine > -0.8)
    # Rounding can take the cosine of the centre itself above 1.
    expected = EARTH * sqrt(max(0.0, 2 - 2 * cosine))
    assert isclose(hypot(*projection.project(position)), expected, rel_tol=1e-6, abs_tol=1)


@given(projections, st.floats(-89, 89), longitudes)
def test_areas_are_true(projection: Projection, north: float, east: float):
    assume(angle((projection.latitude, projection.longitude), (north, east)) > -0.7)
    step = 1e-3
    x, y = projection.project((north, east))
    up, right = projection.project((north + step, east)), projection.project((north, east + step))
    drawn = (right[0] - x) * (up[1] - y) - (right[1] - y) * (up[0] - x)
    real = (EARTH * radians(step)) ** 2 * cos(radians(north))
    assert isclose(drawn, real, rel_tol=1e-2)


def test_north_is_up_and_east_is_right():
    projection = Projection(60, 20)
    assert projection.project((61, 20))[1] > 0
    assert projection.project((60, 21))[0] > 0


def test_the_far_side_stays_in_the_picture():
    projection = Projection(60, 20)
    assert projection.far_side == (-60, -160)
    assert hypot(*projection.project((-60, -160))) < 2 * EARTH


@given(st.lists(positions, min_size=1, max_size=6))
def test_no_position_of_a_region_is_far_from_its_centre(found: list[Position]):
    north, east = found[0]
    region = [(max(min(north + a / 20, 89.0), -89.0), east + b / 20) for a, b in found]
    projection = projection_of(region)
    assert all(angle((projection.latitude, projection.longitude), each) > 0.5 for each in region)


# --- Extents, and what is cut to them ---


@given(st.lists(points, min_size=1), st.floats(0, 0.5))
def test_an_extent_holds_all_its_points(found: list[Point], margin: float):
    extent = extent_of(found, margin=margin, least=600, ratios=(0.6, 1.25))
    for x, y in found:
        assert extent.left - 1e-6 <= x <= extent.right + 1e-6
        assert extent.bottom - 1e-6 <= y <= extent.top + 1e-6
    assert extent.width >= 600 - 1e-6
    assert 0.6 - 1e-9 <= extent.height / extent.width <= 1.25 + 1e-9


def is_inside(point: Point) -> bool:
    x, y = point
    return abs(x) <= 1000 + 1e-6 and abs(y) <= 500 + 1e-6


def area(ring: list[Point]) -> float:
    return sum(
        before[0] * after[1] - after[0] * before[1]
        for before, after in pairwise([*ring, *ring[:1]])
    )


@given(st.lists(points, min_size=3, max_size=8))
def test_a_ring_is_cut_to_the_extent_once(ring: list[Point]):
    cut = clip_ring(ring, EXTENT)
    assert all(map(is_inside, cut))
    assert isclose(area(clip_ring(cut, EXTENT)), area(cut), rel_tol=1e-6, abs_tol=1e-3)


def test_rings_inside_around_and_outside():
    inside: list[Point] = [(0, 0), (10, 0), (10, 10)]
    assert clip_ring(inside, EXTENT) == inside
    around: list[Point] = [(-5000, -5000), (5000, -5000), (5000, 5000), (-5000, 5000)]
    assert isclose(area(clip_ring(around, EXTENT)), 2 * 2000 * 1000)
    assert clip_ring([(2000, 0), (3000, 0), (3000, 10)], EXTENT) == []


@given(st.lists(points, min_size=2, max_size=8))
def test_the_parts_of_a_line_lie_inside_and_in_its_order(line: list[Point]):
    for part in clip_line(line, EXTENT):
        assert len(part) > 1
        assert all(map(is_inside, part))


def test_a_line_that_leaves_and_comes_back_has_two_parts():
    line: list[Point] = [(0, 0), (2000, 0), (2000, 100), (0, 100), (-10, 100)]
    assert clip_line(line, EXTENT) == [
        [(0, 0), (1000, 0)],
        [(1000, 100), (0, 100), (-10, 100)],
    ]
    assert clip_line([(-2000, 600), (2000, 600)], EXTENT) == []


def test_a_ring_holds_what_lies_within():
    ring: list[Position] = [(0, 0), (0, 10), (10, 10), (10, 0)]
    assert holds(ring, (5, 5))
    assert not holds(ring, (5, 15))
    assert not holds(ring, (15, 5))


# --- The picture ---

CAPITALS = {
    "Oslo": (59.91, 10.75),
    "Stockholm": (59.33, 18.07),
    "Helsinki": (60.17, 24.94),
    "Copenhagen": (55.68, 12.57),
}
dots = st.builds(
    Dot,
    st.text("abcdefghij ", min_size=1, max_size=18),
    st.tuples(st.floats(50, 71), st.floats(-10, 40)),
    st.integers(1, 40),
)


def capitals(**counts: int) -> list[Dot]:
    return [Dot(name, position, counts.get(name, 1)) for name, position in CAPITALS.items()]


@given(st.lists(dots, min_size=1, max_size=25))
def test_labels_are_in_the_picture_and_overlap_nothing(found: list[Dot]):
    drawing = draw(found)
    picture = Box(0, 0, WIDTH, drawing.height)
    labels = [each.label.box for each in drawing.dots if each.label]
    for label in labels:
        assert picture.left <= label.left < label.right <= picture.right
        assert picture.top <= label.top < label.bottom <= picture.bottom
        assert not any(label.overlaps(each.box) for each in drawing.dots)
    assert not any(one.overlaps(other) for one, other in combinations(labels, 2))


CROWDED = {
    "Stockholm": (59.35, 18.07),
    "Uppsala": (59.86, 17.64),
    "Linköping": (58.41, 15.62),
    "Espoo": (60.19, 24.83),
    "Helsinki": (60.17, 24.94),
    "Turku": (60.45, 22.27),
    "Tartu": (58.38, 26.72),
    "Reykjavik": (64.15, -21.94),
}


def test_places_that_lie_close_are_named_all_with_lines_to_names_further_away():
    drawing = draw([Dot(name, position, 3) for name, position in CROWDED.items()])
    assert all(each.label for each in drawing.dots)
    lines = {each.dot.label: each.label.line for each in drawing.dots if each.label}
    assert lines["Reykjavik"] is None
    assert any(lines.values())
    svg = render_map(drawing, title="Where", description="There", prefix="p")
    assert svg.count("<line ") == sum(map(bool, lines.values()))


@given(st.lists(dots, min_size=1, max_size=25))
def test_every_dot_is_in_the_picture_and_none_hides_a_smaller_one(found: list[Dot]):
    drawing = draw(found)
    assert sorted(each.dot.label for each in drawing.dots) == sorted(each.label for each in found)
    for each in drawing.dots:
        assert 0 <= each.x <= WIDTH
        assert 0 <= each.y <= drawing.height
    sizes = [each.radius for each in drawing.dots]
    assert sizes == sorted(sizes, reverse=True)


def test_the_area_of_a_dot_stands_for_its_number():
    sizes = {each.dot.label: each.radius for each in draw(capitals(Oslo=8, Helsinki=2)).dots}
    assert isclose(sizes["Oslo"], 2 * sizes["Helsinki"])


def test_capitals_of_the_north_are_all_named_and_lie_as_on_a_map():
    drawn = {each.dot.label: each for each in draw(capitals()).dots}
    assert all(each.label for each in drawn.values())
    assert drawn["Oslo"].x < drawn["Stockholm"].x < drawn["Helsinki"].x
    assert drawn["Copenhagen"].y > drawn["Stockholm"].y


def crossings(path: str, x: float, y: float) -> int:
    """How many times the rings of a path hold a point, from their relative lines."""
    count = 0
    for ring in path.replace("z", "").split("M")[1:]:
        first, _, steps = ring.partition("l")
        at = tuple(map(int, first.split()))
        numbers = list(map(int, steps.split()))
        corners = [at]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + right, corners[-1][1] + down))
        count += holds([(-down, right) for right, down in corners], (-y, x))
    return count


@pytest.mark.parametrize(
    ("here", "there"),
    [
        # On land; and in the sea, as far as the picture goes.
        ((62.0, 15.0), (57.5, 19.8)),
        ((-23.7, 133.9), (-28.0, 155.0)),
        # China lies behind the first of these, and Spain behind the second.
        ((-33.4, -70.0), (-33.4, -76.0)),
        ((-39.0, 175.8), (-39.0, 171.0)),
    ],
)
def test_land_is_where_land_is(here: Position, there: Position):
    drawing = draw([Dot("land", here, 1), Dot("sea", there, 1)])
    found = {
        each.dot.label: crossings(drawing.land, 2 * each.x, 2 * each.y) % 2 for each in drawing.dots
    }
    assert found == {"land": 1, "sea": 0}


def test_the_picture_is_one_accessible_element_and_always_the_same():
    drawing = draw([Dot("A < B", (60, 10), 1)])
    svg = render_map(drawing, title="Where", description="A & B", prefix="p")
    assert svg == render_map(drawing, title="Where", description="A & B", prefix="p")
    root = ET.fromstring(svg)
    # Not an image: the links within are the reader's as well.
    assert root.get("role") == "group"
    assert root.get("aria-labelledby") == "p-title p-desc"
    named = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert named == {"p-title": "Where", "p-desc": "A & B"}
    assert [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")] == ["A < B"]


def test_outlines_are_small_and_say_where_they_come_from():
    text = OUTLINES.read_text(encoding="utf-8")
    assert len(text) < 60_000
    assert "Natural Earth" in text
    assert "public domain" in text


# --- Places ---


def place(city: str, country: str, *more: str) -> str:
    parts = ", ".join((f"name: Room, city: {city}, country: '{country}'", *more))
    return f"places: [{{{parts}}}]"


OSLO = ("latitude: 59.91", "longitude: 10.75")


def test_rooms_of_a_city_are_one_place_and_a_workshop_counts_once_there(tmp_path: Path):
    found = load(
        tmp_path,
        {
            "workshops/a.yml": workshop(place("Oslo", "NO"), start="2024-03-01", end="2024-03-02"),
            "workshops/b.yml": workshop(
                place("Oslo", "NO", *OSLO),
                "classrooms: [{name: R, place: {name: X, city: oslo, country: 'NO'}}]",
                start="2025-03-01",
                end="2025-03-02",
            ),
            "workshops/c.yml": workshop(place("Oslo", "US")),
            "workshops/d.yml": workshop(place("Oslo", "NO"), "status: cancelled"),
        },
    )
    venues = venues_of(found.of(Workshop))
    assert [(each.name, each.country, sorted(each.workshops)) for each in venues] == [
        ("Oslo", "NO", ["a", "b"]),
        ("Oslo", "US", ["c"]),
    ]
    assert [each.position for each in venues] == [(59.91, 10.75), None]


# --- The page ---

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nsources: [workshops]\n",
    "index.md": "# Home\n\n```{toctree}\nworkshops/index\nworkshops/few\n```\n",
    "workshops/index.md": (
        "# Workshops\n\n:::{workshop-map}\n:::\n\n```{toctree}\n:hidden:\n:glob:\n\nw-*\n```\n"
    ),
    "workshops/few.md": (
        "# Few\n\n:::{workshop-map}\n:type: mini-workshop\n:::\n\n"
        ":::{workshop-map}\n:type: meeting\n:::\n"
    ),
    "workshops/w-a.yml": workshop(place("Oslo", "NO", *OSLO), title="A"),
    "workshops/w-b.yml": workshop(place("Bergen <b>", "NO"), "type: mini-workshop", title="B"),
    "workshops/w-c.yml": workshop(title="C"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("map") / "portal")
    made.write(FILES)
    build = made.build()
    assert (build.code, build.warnings) == (0, "")
    return build


DATES = "17\N{EN DASH}19 March 2026"


def rows(table: Tag) -> list[list[str]]:
    return [[cell.get_text(strip=True) for cell in row(["th", "td"])] for row in table("tr")]


def test_the_map_stands_above_the_same_as_a_table(built: Build):
    (figure,) = built.page("workshops/index.html").select("figure")
    assert figure.svg.desc.get_text() == "Map with the number of workshops at each place. Oslo: 1."
    assert len(figure("circle")) == 1
    assert rows(figure.table) == [
        ["Place", "Country", "Workshops", "Title"],
        ["Bergen <b>", "Norway", "1", f"B, {DATES}"],
        ["Oslo", "Norway", "1", f"A, {DATES}"],
    ]


def test_a_dot_is_a_link_to_its_place_in_the_table_which_has_its_workshops(built: Build):
    (figure,) = built.page("workshops/index.html").select("figure")
    (dot,) = figure.svg("a")
    assert dot["aria-label"] == "Oslo: 1"
    (row,) = (each for each in figure.table("tr") if each.select(dot["href"]))
    assert [each["href"] for each in row("a")] == ["w-a.html"]


def test_without_coordinates_there_is_a_table_only_and_without_places_words(built: Build):
    page = built.page("workshops/few.html")
    assert page("svg") == []
    assert [rows(table)[1] for table in page("table")] == [
        ["Bergen <b>", "Norway", "1", f"B, {DATES}"]
    ]
    assert "No workshop venues are recorded yet." in page.get_text()


def test_a_map_asks_nobody_for_anything(built: Build):
    (figure,) = built.page("workshops/index.html").select("figure")
    assert "http" not in str(figure).replace("http://www.w3.org/2000/svg", "")
