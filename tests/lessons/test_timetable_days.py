"""Timetables over days, on pages, and stated lengths that differ from the sum."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.outline import Page, outline_of
from guildhall.network.lessons.timetable import (
    Break,
    TimetableError,
    clock,
    length_faults,
    over_days,
    parse_breaks,
    parse_minute,
    timetable,
)

from ..portals import Portal


def page(name: str, teaching: int | None, exercises: int | None = None) -> Page:
    return Page(name, Path(f"{name}.md"), name.upper(), teaching, exercises)


def days(
    *episodes: Page,
    start: str = "09:00",
    breaks: str = "",
    end: str | None = None,
    most: int | None = None,
) -> list[str]:
    found = over_days(
        episodes,
        parse_minute(start),
        parse_breaks(breaks),
        end=None if end is None else parse_minute(end),
        days=most,
    )
    return [
        ", ".join(
            f"{clock(slot.start)} {slot.page.title if slot.page else slot.kind}" for slot in day
        )
        for day in found
    ]


def test_without_an_end_there_is_one_day():
    assert days(page("a", 60), page("b", None, 30)) == ["09:00 A, 10:00 B"]


def test_an_episode_that_would_end_too_late_begins_the_next_day():
    assert days(page("a", 60), page("b", 90), page("c", 30), end="10:45") == [
        "09:00 A",
        "09:00 B",
        "09:00 C",
    ]


def test_each_day_has_the_same_breaks():
    found = days(
        page("a", 60), page("b", 60), page("c", 60), page("d", 60), end="11:15", breaks="10:00/15"
    )
    assert found == ["09:00 A, 10:00 break, 10:15 B", "09:00 C, 10:00 break, 10:15 D"]


def test_a_break_after_the_end_of_the_day_is_none():
    assert days(page("a", 60), page("b", 60), end="10:00", breaks="10:00/15") == [
        "09:00 A",
        "09:00 B",
    ]


def test_so_many_days_are_as_short_as_they_can_be():
    assert days(page("a", 60), page("b", 60), page("c", 30), page("d", 30), most=2) == [
        "09:00 A, 10:00 B",
        "09:00 C, 09:30 D",
    ]


def test_more_days_than_episodes_are_not_needed():
    assert days(page("a", 60), most=3) == ["09:00 A"]


@pytest.mark.parametrize(
    ("end", "most", "message"),
    [
        ("10:00", None, "B, 90 min, does not fit into a day from 09:00 to 10:00"),
        ("11:00", 1, "the lesson takes 2 days from 09:00 to 11:00, not 1"),
        ("08:00", None, "A, 60 min, does not fit into a day from 09:00 to 08:00"),
    ],
)
def test_days_that_are_too_short_or_too_few(end: str, most: int | None, message: str):
    with pytest.raises(TimetableError) as error:
        days(page("a", 60), page("b", 90), end=end, most=most)
    assert str(error.value) == message


@pytest.mark.parametrize("options", [{}, {"end": "12:00"}, {"most": 2}])
def test_a_break_before_the_start_is_refused(options: dict[str, str | int]):
    with pytest.raises(TimetableError, match=r"^the break at 08:00 is before the start, 09:00$"):
        days(page("a", 60), breaks="08:00/15", **options)  # type: ignore[arg-type]


def test_nothing_with_minutes_is_no_day():
    assert days(page("a", None), end="10:00") == []
    assert days(page("a", 0, 0), most=2) == []


lengths = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


@given(lengths, st.integers(180, 400), st.none() | st.integers(1, 3))
def test_no_minute_is_lost_and_no_day_is_too_long(
    found: list[tuple[int, int]], longest: int, most: int | None
):
    start = 9 * 60
    pages = [page(f"p{index}", *each) for index, each in enumerate(found)]
    rest = [Break(10 * 60, 15), Break(12 * 60, 30)]
    end = start + longest if most is None else None
    laid_out = over_days(pages, start, rest, end=end, days=most)
    slots = [slot for day in laid_out for slot in day]
    assert all(day[0].start == start for day in laid_out)
    assert most is None or len(laid_out) <= most
    assert end is None or all(day[-1].end <= end for day in laid_out)
    for each in pages:
        assert sum(slot.minutes for slot in slots if slot.page == each) == sum(
            filter(None, (each.teaching, each.exercises))
        )
    order = [pages.index(slot.page) for slot in slots if slot.page]
    assert order == sorted(order)
    for day in laid_out:
        taught = list(dict.fromkeys(slot.page for slot in day if slot.page))
        ends_before = [each for each in rest if end is None or each.at < end]
        assert day == timetable(taught, start, ends_before)


def lesson_faults(root: Path, record: str, *heads: str) -> list[str]:
    home = root / "lessons" / "a"
    home.mkdir(parents=True)
    text = f"kind: lesson\ntitle: A\nsummary: S.\n{record}"
    (home / "lesson.yml").write_text(text, encoding="utf-8")
    for index, head in enumerate(heads):
        (home / f"{index}.md").write_text(f"---\n{head}\n---\n# T\n", encoding="utf-8")
    registry = load_registry(root, Settings(sources=("lessons",)))
    assert registry.faults == ()
    (lesson,) = registry.of(Lesson)
    return [
        f"{fault.line}:{fault.column}: {fault.message}"
        for fault in length_faults(outline_of(lesson, root))
    ]


def test_stated_minutes_that_are_not_the_sum_are_told_at_their_key(tmp_path: Path):
    record = "teaching: 60\nexercises: 20\nepisodes: ['0', '1']\n"
    found = lesson_faults(tmp_path, record, "teaching: 30\nexercises: 20", "teaching: 40")
    assert found == ["4:11: `teaching`: stated 60 min, the episodes' sum is 70 min, difference +10"]


def test_optional_episodes_are_not_in_the_sum(tmp_path: Path):
    record = "teaching: 30\nepisodes: ['0', {page: '1', optional: true}]\n"
    assert lesson_faults(tmp_path, record, "teaching: 30", "teaching: 40") == []


def test_nothing_is_compared_where_no_episode_has_minutes(tmp_path: Path):
    assert lesson_faults(tmp_path, "teaching: 30\n", "exercises: 5") == []


def schedule(root: Path, *options: str, page_text: str = "") -> Portal:
    lines = "\n".join(options)
    made = Portal(root / "portal")
    made.write(
        {
            "conf/conf.py": 'extensions = ["guildhall"]\n',
            "conf/portal.yml": "title: Small\nsources: [lessons]\n",
            "index.md": "# Home\n\n```{toctree}\nlessons/index\n```\n",
            "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
            "lessons/a/lesson.yml": (
                "kind: lesson\ntitle: A\nsummary: S.\nepisodes: [one, two]\nreference: [guide]\n"
            ),
            "lessons/a/one.md": "---\nteaching: 60\nexercises: 30\n---\n# First\n",
            "lessons/a/two.md": "---\nteaching: 30\n---\n# Second\n",
            "lessons/a/guide.md": f"# Guide\n\n:::{{lesson-schedule}} {lines}\n:::\n",
        }
    )
    return made


def tables(portal: Portal) -> list[list[str]]:
    build = portal.build()
    assert build.warnings == ""
    return [
        [
            table.caption.get_text(strip=True).rstrip("#¶"),
            *(
                " | ".join(" ".join(cell.get_text().split()) for cell in row(["th", "td"]))
                for row in table.select("tbody tr")
            ),
        ]
        for table in build.page("lessons/a/guide.html").select("main table")
    ]


def test_a_schedule_is_a_table_with_links_to_the_episodes(tmp_path: Path):
    portal = schedule(tmp_path, "09:00", ":breaks: 10:00/15", ":caption: Morning")
    assert tables(portal) == [
        [
            "Morning",
            "09:00–10:00 | First | Teaching | 1 h",
            "10:00–10:15 |  | Break | 15 min",
            "10:15–10:45 | First | Exercises | 30 min",
            "10:45–11:15 | Second | Teaching | 30 min",
        ]
    ]
    page = portal.build().page("lessons/a/guide.html")
    assert [each["href"] for each in page.select("main tbody a")] == [
        "one.html",
        "one.html",
        "two.html",
    ]
    assert [each["scope"] for each in page.select("main tbody th")] == ["row"] * 4


def test_a_schedule_over_days_is_a_table_for_each(tmp_path: Path):
    portal = schedule(tmp_path, "09:00", ":end: 10:30")
    assert [[table[0], len(table) - 1] for table in tables(portal)] == [
        ["Schedule, day 1", 2],
        ["Schedule, day 2", 1],
    ]


def test_a_schedule_follows_the_minutes_of_episodes(tmp_path: Path):
    portal = schedule(tmp_path, "09:00")
    portal.build()
    portal.change("lessons/a/one.md", "60", "45")
    assert tables(portal)[0][1] == "09:00–09:45 | First | Teaching | 45 min"


def test_an_episode_that_becomes_reference_leaves_the_schedule(tmp_path: Path):
    portal = schedule(tmp_path, "09:00")
    portal.build()
    portal.change("lessons/a/lesson.yml", "[one, two]", "[one]")
    portal.change("lessons/a/lesson.yml", "[guide]", "[two, guide]")
    assert [row.split(" | ")[1] for row in tables(portal)[0][1:]] == ["First", "First"]


def test_a_lesson_without_minutes_says_so(tmp_path: Path):
    portal = schedule(tmp_path, "09:00")
    portal.write({"lessons/a/one.md": "# First\n", "lessons/a/two.md": "# Second\n"})
    text = portal.build().page("lessons/a/guide.html").main.get_text()
    assert "The durations of the episodes are not known." in text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["9:00"], "found `9:00`, expected a time of day such as `09:30`; did you mean `09:00`?"),
        (["23:00"], "the lesson would end after midnight, at 01:00"),
        (["09:00", ":breaks: soon"], "found `soon`, expected breaks such as `10:00/15, 12:00/60`"),
        (["09:00", ":end: 10:00"], "First, 90 min, does not fit into a day from 09:00 to 10:00"),
    ],
)
def test_what_a_schedule_refuses_is_said_at_its_line(
    tmp_path: Path, options: list[str], message: str
):
    warnings = schedule(tmp_path, *options).build().warnings
    assert "lessons/a/guide.md:3: WARNING: `lesson-schedule`: " in warnings
    assert message in warnings
