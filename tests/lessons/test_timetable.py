"""Timetables: episodes in order, breaks when they are due, every minute kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.values.faults import ValueFault
from guildhall.network.lessons.outline import Page
from guildhall.network.lessons.timetable import (
    WAIT,
    Break,
    TimetableError,
    clock,
    parse_breaks,
    parse_minute,
    timetable,
)


def page(name: str, teaching: int | None, exercises: int | None = None) -> Page:
    return Page(name, Path(f"{name}.md"), name.upper(), teaching, exercises)


def lines(*episodes: Page, start: str = "09:00", breaks: str = "") -> list[str]:
    slots = timetable(episodes, parse_minute(start), parse_breaks(breaks))
    return [
        f"{clock(slot.start)}-{clock(slot.end)} {slot.page.title if slot.page else ''}"
        f" {slot.kind}{' continued' if slot.continued else ''}"
        for slot in slots
    ]


def test_teaching_then_exercises_of_each_episode():
    assert lines(page("a", 20, 10), page("b", None, 15), page("c", None)) == [
        "09:00-09:20 A teaching",
        "09:20-09:30 A exercises",
        "09:30-09:45 B exercises",
    ]


def test_a_break_waits_for_the_end_of_what_is_being_done():
    assert lines(page("a", 60, 10), page("b", 30), breaks="10:00/15") == [
        "09:00-10:00 A teaching",
        "10:00-10:15  break",
        "10:15-10:25 A exercises",
        "10:25-10:55 B teaching",
    ]


def test_a_break_that_would_be_late_cuts_an_episode_in_two():
    assert lines(page("a", 90), breaks="10:00/15") == [
        "09:00-10:00 A teaching",
        "10:00-10:15  break",
        "10:15-10:45 A teaching continued",
    ]


def test_a_break_that_is_a_little_late_does_not():
    assert lines(page("a", 60 + WAIT), breaks="10:00/15") == ["09:00-10:20 A teaching"]


def test_the_day_must_be_long_enough():
    with pytest.raises(TimetableError, match="after midnight, at 00:30"):
        lines(page("a", 90), start="23:00")


@pytest.mark.parametrize("text", ["10", "10:00", "10:00/0", "25:00/5", "11:00/10, 10:00/10", "x"])
def test_breaks_that_are_none(text: str):
    with pytest.raises(ValueFault, match=r"breaks such as|a time of day"):
        parse_breaks(text)


minutes = st.integers(1, 90) | st.none()
episodes = st.lists(st.tuples(minutes, minutes), max_size=6)
breaks = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 60)), max_size=4)


@given(episodes, st.integers(6 * 60, 10 * 60), breaks)
def test_nothing_overlaps_and_no_minute_is_lost(
    lengths: list[tuple[int | None, int | None]], start: int, gaps: list[tuple[int, int]]
):
    due, at = [], start
    for gap, length in gaps:
        at += gap
        due.append(Break(at, length))
        at += length
    pages = [page(f"p{index}", *length) for index, length in enumerate(lengths)]
    slots = timetable(pages, start, due)
    ends = [start, *(slot.end for slot in slots)]
    assert [slot.start for slot in slots] == ends[:-1]
    assert all(slot.minutes > 0 for slot in slots)
    for each in pages:
        for kind in ("teaching", "exercises"):
            spent = sum(s.minutes for s in slots if s.page == each and s.kind == kind)
            assert spent == (getattr(each, kind) or 0)
    taught = [slot.page for slot in slots if slot.page]
    order = [pages.index(each) for each in taught]
    assert order == sorted(order)
    for slot, rest in zip((s for s in slots if s.kind == "break"), due, strict=False):
        assert slot.start >= rest.at
        assert slot.minutes == rest.minutes
