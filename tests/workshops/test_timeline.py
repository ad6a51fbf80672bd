"""What a workshop is from when until when, as browsers are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.programme.state import can_register, state_of
from guildhall.network.workshops.timeline import registration_span, standing_of, states_of


def workshop(**more: Any) -> Workshop:
    return Workshop.model_validate(
        {
            "kind": "workshop",
            "title": "Autumn",
            "timezone": "Europe/Stockholm",
            "start": "2026-10-24",
            "end": "2026-10-26",
            **more,
        }
    )


def spans(each: Workshop) -> list[tuple[str | None, str]]:
    return [
        (span.start.isoformat(timespec="minutes") if span.start else None, state)
        for span, state in states_of(each)
    ]


def test_states_follow_one_another_at_midnights_of_the_zone():
    registration = {"url": "https://a.example/", "opens": "2026-08-01", "closes": "2026-10-20"}
    assert spans(workshop(registration=registration)) == [
        (None, "announced"),
        ("2026-08-01T00:00+02:00", "open"),
        ("2026-10-21T00:00+02:00", "announced"),
        ("2026-10-24T00:00+02:00", "running"),
        # Clocks went back on the 25th.
        ("2026-10-27T00:00+01:00", "past"),
    ]


def test_a_cancelled_workshop_stays_cancelled():
    assert spans(workshop(status="cancelled")) == [(None, "cancelled")]


OPEN_DATES = {"dates_are_open": "true"}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, "past"),
        ({"status": "past"}, "past"),
        ({"status": "full"}, "past"),
        ({"status": "running"}, "past"),
        # What only says that it was to come doesn't say that it took place.
        ({"status": "planned"}, "unrecorded"),
        ({"status": "announced"}, "unrecorded"),
        ({"status": "open"}, "unrecorded"),
        (OPEN_DATES, "unrecorded"),
        ({**OPEN_DATES, "status": "planned"}, "unrecorded"),
        ({**OPEN_DATES, "status": "past"}, "past"),
        ({**OPEN_DATES, "status": "cancelled"}, "cancelled"),
        ({"status": "postponed"}, "postponed"),
        # Who took part, watched, or can watch it now, knows better than a status that was left.
        ({"status": "announced", "participants": {"total": "20"}}, "past"),
        ({"status": "open", "viewers": [{"service": "Twitch", "most": "90"}]}, "past"),
        ({**OPEN_DATES, "recordings": ["https://video.example/"]}, "past"),
        (
            {"status": "open", "participants": {"total": "20", "counted": "registered"}},
            "unrecorded",
        ),
    ],
)
def test_what_is_told_of_a_workshop_whose_dates_are_over(stated: dict[str, Any], expected: str):
    each = workshop(**stated)
    assert state_of(each, date(2026, 10, 26)) not in {"past", "unrecorded"}
    assert state_of(each, date(2026, 10, 27)) == expected
    assert spans(each)[-1][1] == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, "announced"),
        ({"registration": {"url": "https://a.example/"}}, "open"),
        ({"registration": {"url": "https://a.example/"}, "status": "planned"}, "planned"),
        ({"registration": {"url": "https://a.example/"}, "status": "full"}, "full"),
        ({**OPEN_DATES, "registration": {"url": "https://a.example/"}}, "planned"),
        ({"status": "cancelled"}, "cancelled"),
    ],
)
def test_what_is_told_of_a_workshop_to_come(stated: dict[str, Any], expected: str):
    assert state_of(workshop(**stated), date(2026, 10, 23)) == expected


@pytest.mark.parametrize(
    ("registration", "day", "can"),
    [
        (None, "2026-10-01", False),
        ({"closes": "2026-10-20"}, "2026-10-01", False),
        ({"url": "https://a.example/"}, "2026-10-26", True),
        ({"url": "https://a.example/"}, "2026-10-27", False),
        ({"closes": "2026-10-20"}, "2026-10-27", False),
    ],
)
def test_people_can_register_where_there_is_an_address_until_it_is_over(
    registration: dict[str, str] | None, day: str, can: bool
):
    each = workshop(registration=registration)
    assert can_register(each, date.fromisoformat(day)) is can


def test_each_span_ends_where_the_next_begins():
    found = states_of(workshop())
    assert [span.end for span, _ in found[:-1]] == [span.start for span, _ in found[1:]]
    assert found[0][0].start is None
    assert found[-1][0].end is None


@pytest.mark.parametrize("status", [None, "planned", "announced", "full", "postponed"])
@pytest.mark.parametrize(
    "registration",
    [
        None,
        {"url": "https://a.example/"},
        {"url": "https://a.example/", "opens": "2026-10-01"},
        {"url": "https://a.example/", "opens": "2026-10-01T09:00", "closes": "2026-10-25"},
    ],
)
def test_browser_and_build_agree_on_every_day(
    status: str | None, registration: dict[str, str] | None
):
    each = workshop(status=status, registration=registration)
    for days in range(-40, 10):
        day = each.start + timedelta(days=days)
        [state] = [
            state
            for span, state in states_of(each)
            if (span.start is None or span.start.date() <= day)
            and (span.end is None or day < span.end.date())
        ]
        assert state == state_of(each, day)


def test_registration_is_exact_to_the_minute_where_the_record_is():
    each = workshop(
        registration={
            "url": "https://a.example/",
            "opens": "2026-10-01T09:00",
            "closes": "2026-10-20T12:30",
        }
    )
    assert each.registration
    span = registration_span(each, each.registration)
    assert span.start
    assert span.end
    assert span.start.isoformat() == "2026-10-01T09:00:00+02:00"
    assert span.end.isoformat() == "2026-10-20T12:30:00+02:00"


def test_without_a_last_day_registration_lasts_until_the_workshop_is_over():
    each = workshop(registration={"url": "https://a.example/"})
    assert each.registration
    span = registration_span(each, each.registration)
    assert span.start is None
    assert span.end
    assert span.end.isoformat() == "2026-10-27T00:00:00+01:00"


@pytest.mark.parametrize(
    ("day", "opening"),
    [
        ("2026-09-30", "early"),
        ("2026-10-01", "open"),
        ("2026-10-20", "open"),
        ("2026-10-21", "closed"),
    ],
)
def test_registration_opens_and_closes_with_its_days(day: str, opening: str):
    each = workshop(
        registration={"url": "https://a.example/", "opens": "2026-10-01", "closes": "2026-10-20"}
    )
    found = standing_of(each, date.fromisoformat(day))
    assert found.registration == opening
    assert found.can_register == can_register(each, date.fromisoformat(day)) == (opening == "open")


def test_each_classroom_has_its_own_registration():
    room = {"name": "A", "place": {"name": "B"}}
    rooms = [room, {**room, "registration": {"closes": "2026-10-01"}}]
    assert standing_of(workshop(classrooms=rooms), date(2026, 10, 2)).classrooms == (None, "closed")
