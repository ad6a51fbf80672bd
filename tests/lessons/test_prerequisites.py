"""What comes before what: circles and late steps are told once, at their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.path import Path as LearningPath
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.outline import outline_of
from guildhall.network.lessons.paths import length_of, places_in_paths, requirements
from guildhall.network.lessons.prerequisites import prerequisite_faults, prerequisite_notes
from guildhall.sphinx_ext.charts.graph import WIDTH, draw, layers, render_graph


def registry(root: Path, lessons: dict[str, str], **paths: str) -> Registry:
    for key, more in lessons.items():
        home = root / "lessons" / key
        home.mkdir(parents=True)
        text = f"kind: lesson\ntitle: {key.title()}\nsummary: S.\n{more}"
        (home / "lesson.yml").write_text(text, encoding="utf-8")
    for key, more in paths.items():
        text = f"kind: path\ntitle: {key.title()}\nsummary: S.\naudience: learner\n{more}"
        (root / "lessons" / f"{key}.yml").write_text(text, encoding="utf-8")
    found = load_registry(root, Settings(sources=("lessons",)))
    assert found.faults == ()
    return found


def faults(found: Registry, root: Path) -> list[str]:
    return [
        f"{fault.relative_to(root / 'lessons').location}: {fault.message}"
        for fault in prerequisite_faults(found)
    ]


def requires(*keys: str) -> str:
    return "prerequisites:\n" + "".join(f"  - lesson: {key}\n" for key in keys)


def test_a_circle_is_told_once_and_spelled_out(tmp_path: Path):
    found = registry(tmp_path, {"a": requires("b"), "b": requires("c"), "c": requires("a")})
    (told,) = faults(found, tmp_path)
    assert told.startswith("a/lesson.yml:5:13: circular prerequisites: ")
    assert told.endswith("`a` requires `b` requires `c` requires `a`")


def test_two_circles_are_two_faults(tmp_path: Path):
    lessons = {"a": requires("b"), "b": requires("a"), "c": requires("d"), "d": requires("c")}
    assert len(faults(registry(tmp_path, lessons), tmp_path)) == 2


def test_successors_that_go_round_are_told(tmp_path: Path):
    found = registry(tmp_path, {"a": "successor: b\n", "b": "successor: a\n"})
    (told,) = faults(found, tmp_path)
    assert told.startswith("a/lesson.yml:4:12: circular successors: ")
    assert told.endswith("`a` is followed by `b` is followed by `a`")


def test_a_step_that_requires_a_later_one_is_told(tmp_path: Path):
    found = registry(tmp_path, {"a": "", "b": requires("a")}, way="steps: [b, a]\n")
    assert faults(found, tmp_path) == [
        "way.yml:5:9: `b` requires `a`, which comes later on this path, as step 2"
    ]


def test_the_right_order_is_no_fault(tmp_path: Path):
    found = registry(tmp_path, {"a": "", "b": requires("a")}, way="steps: [a, b]\n")
    assert faults(found, tmp_path) == []


def test_a_lesson_that_requires_itself_is_a_circle(tmp_path: Path):
    found = registry(tmp_path, {"a": requires("a")})
    assert faults(found, tmp_path) == [
        "a/lesson.yml:5:13: circular prerequisites: `a` requires `a`"
    ]


def notes(found: Registry) -> list[str]:
    return [f"{fault.line}:{fault.column}: {fault.message}" for fault in prerequisite_notes(found)]


def test_what_may_be_meant_is_noted_and_is_no_fault(tmp_path: Path):
    lessons = {
        "a": "",
        "b": requires("a"),
        "c": "status: archived\nsuccessor: a\n",
        "d": "status: archived\n",
    }
    found = registry(tmp_path, lessons, way="steps: [b, c, d]\n")
    assert faults(found, tmp_path) == []
    assert notes(found) == [
        "5:9: `b` requires `a`, which is not on this path",
        "5:12: `c` is archived; its successor is `a`",
        "5:15: `d` is archived; it names no successor",
    ]


def test_a_required_lesson_anywhere_on_the_path_is_not_noted(tmp_path: Path):
    found = registry(tmp_path, {"a": "", "b": requires("a")}, way="steps: [a, b]\n")
    assert notes(found) == []


ANY = "prerequisites: [{lesson: a, alternatives: [c]}]\n"


@pytest.mark.parametrize(
    ("steps", "told", "noted"),
    [
        ("[c, b]", [], []),
        ("[a, b]", [], []),
        ("[c, b, a]", [], []),
        ("[b, a]", ["5:9: `b` requires `a`, which comes later on this path, as step 2"], []),
        ("[b]", [], ["5:9: `b` requires `a`, which is not on this path"]),
    ],
)
def test_one_of_the_alternatives_will_do(
    tmp_path: Path, steps: str, told: list[str], noted: list[str]
):
    found = registry(tmp_path, {"a": "", "b": ANY, "c": ""}, way=f"steps: {steps}\n")
    assert faults(found, tmp_path) == [f"way.yml:{each}" for each in told]
    assert notes(found) == noted


def test_place_and_length_of_a_path(tmp_path: Path):
    times = "teaching: 30\nexercises: 15\n"
    steps = (
        "steps:\n  - a\n  - {lesson: b, optional: true, minutes: 20}\n"
        "  - {url: https://example.org/, title: T}\n"
    )
    found = registry(tmp_path, {"a": times, "b": requires("a")}, way=steps)
    (path,) = found.of(LearningPath)
    length = length_of(path, found, lambda lesson: outline_of(lesson, tmp_path))
    assert (length.minutes, length.optional, length.unknown) == (45, 20, 1)
    second = found.get(Lesson, "b")
    assert second is not None
    (place,) = places_in_paths(second, [path])
    assert (place.number, place.of) == (2, 3)
    assert place.previous is not None
    assert place.previous.lesson == "a"
    assert place.following is not None
    assert place.following.title == "T"
    assert requirements(path, found) == {"a": (), "b": ("a",)}


names = st.sampled_from("abcdefgh")
graphs = st.dictionaries(names, st.lists(names, max_size=3, unique=True), min_size=1)


@given(graphs)
def test_every_layer_lies_below_what_comes_before(graph: dict[str, list[str]]):
    order = sorted(graph)
    # Only what comes earlier in the alphabet, so that there are no circles.
    before = {key: [each for each in graph[key] if each < key] for key in order}
    found = layers(before)
    depth = {key: index for index, layer in enumerate(found) for key in layer}
    assert sorted(depth) == order
    assert all(depth[each] < depth[key] for key in order for each in before[key] if each in before)


@given(graphs)
def test_boxes_neither_overlap_nor_stick_out_and_arrows_lead_down(graph: dict[str, list[str]]):
    before = {key: [each for each in graph[key] if each < key] for key in sorted(graph)}
    labels = {key: f"The lesson {key} with a title that needs more than one line" for key in before}
    drawing = draw(before, labels)
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.x + box.width <= WIDTH
        assert box.y + box.height <= drawing.height
    for one in drawing.boxes:
        for other in drawing.boxes:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            below = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert one is other or beside or below
    assert all(arrow.points[0][1] < arrow.points[-1][1] for arrow in drawing.arrows)


def test_labels_of_a_picture_are_escaped():
    drawing = draw({"a": []}, {"a": "<script>&"})
    svg = render_graph(drawing, title="<T>", description="D", prefix="p")
    assert "<script>" not in svg
    assert "&lt;script&gt;&amp;" in svg
