"""Drawings of prerequisites: no box on another, no arrow behind a box, every arrow downwards."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from guildhall.sphinx_ext.charts.graph import WIDTH, Arrow, Box, draw, render_graph

names = st.sampled_from("abcdefghij")
graphs = st.dictionaries(names, st.lists(names, max_size=4, unique=True), min_size=1)
titles = st.dictionaries(names, st.text("ab -cdefgh", max_size=60))


def acyclic(graph: dict[str, list[str]]) -> dict[str, list[str]]:
    """Only what comes earlier in the alphabet, so that there are no circles."""
    return {
        key: [each for each in graph[key] if each < key and each in graph] for key in sorted(graph)
    }


def labels(graph: dict[str, list[str]], given_titles: dict[str, str]) -> dict[str, str]:
    return {key: given_titles.get(key, f"Lesson {key}") for key in graph}


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    below = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or below)


def touches(arrow: Arrow, box: Box) -> bool:
    """Whether the inside of a box is where a part of the arrow may be."""
    for (x1, y1), (x2, y2) in pairwise(arrow.points):
        left, right = sorted((x1, x2))
        if left < box.x + box.width and right > box.x and y1 < box.y + box.height and y2 > box.y:
            return True
    return False


@given(graphs, titles)
def test_boxes_neither_overlap_nor_stick_out(
    graph: dict[str, list[str]], given_titles: dict[str, str]
):
    drawing = draw(graph, labels(graph, given_titles))
    assert sorted(box.key for box in drawing.boxes) == sorted(graph)
    assert not any(overlap(one, other) for one, other in combinations(drawing.boxes, 2))
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.width > 0
        assert box.x + box.width <= WIDTH
        assert box.y + box.height <= drawing.height
        assert all(box.y < baseline < box.y + box.height for baseline, _ in box.baselines)


@given(graphs)
def test_every_prerequisite_is_one_arrow_from_its_box_down_to_the_other(
    graph: dict[str, list[str]],
):
    before = acyclic(graph)
    drawing = draw(before, labels(before, {}))
    boxes = {box.key: box for box in drawing.boxes}
    wanted = sorted((first, key) for key, firsts in before.items() for first in firsts)
    assert sorted((arrow.first, arrow.then) for arrow in drawing.arrows) == wanted
    for arrow in drawing.arrows:
        upper, lower = boxes[arrow.first], boxes[arrow.then]
        assert arrow.points[0] == (upper.x + upper.width // 2, upper.y + upper.height)
        assert arrow.points[-1][1] == lower.y
        assert lower.x < arrow.points[-1][0] < lower.x + lower.width
        assert all(y1 < y2 for (_, y1), (_, y2) in pairwise(arrow.points))


@given(graphs, titles)
def test_no_arrow_is_hidden_behind_a_box(graph: dict[str, list[str]], given_titles: dict[str, str]):
    drawing = draw(graph, labels(graph, given_titles))
    hidden = [(arrow, box) for arrow in drawing.arrows for box in drawing.boxes]
    assert not [each for each in hidden if touches(*each)]


@given(graphs)
def test_a_circle_is_drawn_without_what_closes_it(graph: dict[str, list[str]]):
    drawing = draw(graph, labels(graph, {}))
    boxes = {box.key: box for box in drawing.boxes}
    assert all(boxes[each.first].y < boxes[each.then].y for each in drawing.arrows)


def test_three_short_titles_are_beside_each_other():
    drawing = draw({"a": [], "b": [], "c": []}, {"a": "Git", "b": "Python", "c": "Testing"})
    assert len({box.y for box in drawing.boxes}) == 1


def test_a_long_word_has_more_room_rather_than_being_cut():
    texts = {"a": "Git", "b": "Internationalisation of texts", "c": "Testing"}
    drawing = draw({"a": [], "b": [], "c": []}, texts)
    lines = {box.key: box.lines for box in drawing.boxes}
    assert lines["b"] == ("Internationalisation", "of texts")
    rows = [[box.key for box in drawing.boxes if box.y == y] for y in (2, drawing.boxes[-1].y)]
    assert rows == [["a", "b"], ["c"]]


def test_arrows_into_one_box_end_beside_each_other():
    drawing = draw({"a": [], "b": [], "c": ["b", "a"]}, {"a": "A", "b": "B", "c": "C"})
    ends = {arrow.first: arrow.points[-1][0] for arrow in drawing.arrows}
    assert ends["a"] < ends["b"]


def test_an_empty_graph_is_an_empty_picture():
    assert draw({}, {}).boxes == ()


def test_a_picture_is_named_and_described_and_its_texts_are_escaped():
    drawing = draw({"a": [], "b": ["a"]}, {"a": "<script>&", "b": "B"}, ["b"])
    svg = render_graph(drawing, title="<T>", description="B requires A.", prefix="p")
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp;" in svg
    assert 'aria-labelledby="p-title p-desc"' in svg
    assert '<title id="p-title">&lt;T&gt;</title>' in svg
    assert '<desc id="p-desc">B requires A.</desc>' in svg
    assert svg.count("marker-end") == 1
    assert svg.count('class="gh-graph-step"') == 1
