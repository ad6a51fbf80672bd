"""Workshops as iCalendar: events, their times and zones, and what programs see when one changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Component, Event

from guildhall.core.history import Change
from guildhall.model.portal import Portal
from guildhall.model.records.kinds import Workshop
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings
from guildhall.model.shown import Shown
from guildhall.network.workshops.calendars import Calendars
from guildhall.network.workshops.publishing import Published, calendar_files, countries_of
from guildhall.network.workshops.texts import Records
from guildhall.network.workshops.time_zones import time_zone

from ..portals import person
from .icalendars import check_offset, events_of, read

SPRING = """kind: workshop
title: Spring
summary: |
  How to use {lesson}`git`, *well*; with, much \\ more.

  - first
  - second
type: full-workshop
timezone: Europe/Stockholm
start: 2026-03-27
end: 2026-03-30
stream: {url: https://stream.example/live, text: "Main; stream, \\"live\\""}
partners: [one]
registration: {url: https://sign.example/, closes: 2026-03-20}
schedule:
  tracks: {r: {title: R}}
  days:
    - date: 2026-03-27
      sessions:
        - {start: 09:00, end: 10:00, title: Welcome, room: Aula}
        - {minutes: 30, type: break}
        - {minutes: 60, lessons: [git], track: r}
    - date: 2026-03-30
      id: last
      title: The end
      sessions:
        - {start: 09:00, end: 12:00, lessons: [git]}
"""
RICH = """kind: workshop
title: Rich
type: full-workshop
timezone: Europe/Oslo
start: 2026-03-27
end: 2026-03-28
status: postponed
places:
  - {name: Aula, address: Street 1, city: Oslo, country: NO, latitude: 59.9, longitude: 10.7}
  - {name: Lund, city: Lund}
stream: {url: https://old.example/, historic: true}
registration: {closes: 2026-03-20T12:00}
schedule:
  tracks:
    r: {title: R, stream: {url: https://r.example/, text: Room R}}
    p: {title: Python}
  days:
    - date: 2026-03-27
      sessions:
        - start: 09:00
          end: 10:00
          url: https://talk.example/
          stream: https://talk.example/live
        - {minutes: 30, lessons: [git, shell, git], track: r}
        - {minutes: 30, title: Python, track: p, room: Hall}
        - {minutes: 15, type: break, cancelled: true}
    - date: 2026-03-28
      title: Office hours
"""
PARTNER = """kind: partner
name: One
short_name: One
country: NO
contact: ada
description: One.
participation: []
"""
FILES = {
    "people/ada.yml": person("Ada", "Ada"),
    "partners/one.yml": PARTNER,
    "partners/two.yml": PARTNER.replace("NO", "FI"),
    "lessons/git/lesson.yml": "kind: lesson\ntitle: Git, gently\nsummary: Git.\n",
    "workshops/spring.yml": SPRING,
}
SETTINGS = Settings(title="Net", base_url="https://example.org/net")
Load = Callable[..., Registry]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads the portal above, its workshop being another where one is given."""

    def loaded(spring: str = SPRING, **more: str) -> Registry:
        others = {f"workshops/{name}.yml": text for name, text in more.items()}
        for name, text in {**FILES, "workshops/spring.yml": spring, **others}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        sources = ("people", "workshops", "lessons", "partners")
        registry = load_registry(tmp_path, SETTINGS.model_copy(update={"sources": sources}))
        assert registry.faults == ()
        return registry

    return loaded


def published(
    registry: Registry, change: Change | None = None, settings: Settings = SETTINGS
) -> Published:
    base = settings.base_url

    def page(docname: str) -> str | None:
        return f"{base}/{docname}.html" if base else None

    shown = Shown(Portal(settings, registry))
    # `full-workshop` is called Full.
    return Published(
        settings,
        shown,
        page,
        lambda workshop: change if workshop.key in {"spring", "autumn"} else None,
        lambda workshop: workshop.type.partition("-")[0].title(),
        lambda roles: " and ".join(roles),
    )


def write(registry: Registry, path: str = "workshops/spring.ics", **about: object) -> bytes:
    portal = published(registry, **about)  # type: ignore[arg-type]
    files = {file.path: file for file in calendar_files(registry.of(Workshop), portal)}
    return Calendars(portal).write(files[path])


def events(registry: Registry, path: str = "workshops/spring.ics", **about: object) -> list[Event]:
    return events_of(read(write(registry, path, **about)))


def whole(**more: str) -> str:
    """A workshop without a schedule."""
    lines = "".join(f"{name}: {value}\n" for name, value in more.items())
    stated = "kind: workshop\ntitle: T\ntimezone: Europe/Oslo\nstart: 2026-03-01\nend: 2026-03-02\n"
    return stated + lines


def test_each_day_of_a_schedule_is_an_event_from_its_first_session_to_its_last(load: Load):
    first, last = events(load())
    stockholm = ZoneInfo("Europe/Stockholm")
    assert first.decoded("DTSTART") == datetime(2026, 3, 27, 9, tzinfo=stockholm)
    assert first.decoded("DTEND") == datetime(2026, 3, 27, 11, 30, tzinfo=stockholm)
    assert first["DTSTART"].to_ical() == b"20260327T090000"
    assert (str(first["UID"]), str(last["UID"])) == (
        "spring.day-1@example.org",
        "spring.last@example.org",
    )
    assert str(first["SUMMARY"]) == "Spring, day 1 of 2"
    assert str(last["SUMMARY"]) == "Spring: The end"


def test_times_are_right_on_both_sides_of_a_change_to_summer_time(load: Load):
    first, last = events(load())
    assert first.decoded("DTSTART").astimezone(UTC).hour == 8
    assert last.decoded("DTSTART").astimezone(UTC).hour == 7
    (zone,) = read(write(load())).walk("VTIMEZONE")
    winter, summer = zone.subcomponents
    assert (winter.name, str(winter["TZNAME"]), str(summer["TZNAME"])) == (
        "STANDARD",
        "CET",
        "CEST",
    )
    # Clocks went forward on 29 March, at 02:00 by the time that held until then.
    assert summer.name == "DAYLIGHT"
    assert summer["DTSTART"].to_ical() == b"20260329T020000"
    assert (summer["TZOFFSETFROM"].to_ical(), summer["TZOFFSETTO"].to_ical()) == ("+0100", "+0200")
    assert winter["DTSTART"].to_ical() == b"20251026T030000"


def test_an_event_says_what_there_is_to_know(load: Load):
    event, _ = events(load())
    assert str(event["DESCRIPTION"]) == (
        "How to use Git, gently, well; with, much \\ more.\n\n- first\n- second\n\n"
        "Times are in Europe/Stockholm.\n"
        "09:00–10:00 Welcome (Aula)\n10:00–10:30 Break\n10:30–11:30 Git, gently (R)\n\n"
        "Registration: https://sign.example/\nRegistration closes: 20 March 2026\n\n"
        "https://example.org/net/workshops/spring.html"
    )
    assert event["URL"] == "https://example.org/net/workshops/spring.html"
    assert str(event["LOCATION"]) == "https://stream.example/live"
    assert event["CONFERENCE"] == "https://stream.example/live"
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    assert event["CATEGORIES"].to_ical() == b"Full"
    assert event["TRANSP"] == "TRANSPARENT"


def test_all_that_a_record_can_say_is_in_its_events(load: Load):
    shell = "kind: lesson\ntitle: Shell\nsummary: S.\n"
    git, first = load(RICH, **{"../lessons/shell/lesson": shell}), (2026, 1, 1, 12)
    change = Change(3, datetime(*first, tzinfo=UTC), datetime(*first, 30, tzinfo=UTC))
    one, other = events(git, change=change)
    common = """
        BEGIN:VEVENT
        CATEGORIES:Full
        DTSTAMP:20260101T123000Z
        END:VEVENT
        LAST-MODIFIED:20260101T123000Z
        LOCATION:Aula\\, Street 1\\, Oslo\\, Norway\\; Lund
        SEQUENCE:3
        STATUS:TENTATIVE
        TRANSP:TRANSPARENT
        URL:https://example.org/net/workshops/spring.html
    """
    assert lines(one) == stated(
        common
        + """
        CONFERENCE;FEATURE=VIDEO;LABEL=Room R;VALUE=URI:https://r.example/
        CONFERENCE;FEATURE=VIDEO;LABEL=Stream;VALUE=URI:https://talk.example/live
        DESCRIPTION:Times are in Europe/Oslo.\\n09:00–10:00 https://talk.example/\\n10:00–10:30 \
Git\\, gently\\, Shell (R)\\n10:00–10:30 Python (Python\\, Hall)\\n10:30–10:45 Cancelled: Break\
\\n\\nRegistration closes: 20 March 2026\\n\\nhttps://example.org/net/workshops/spring.html
        DTEND;TZID=Europe/Oslo:20260327T103000
        DTSTART;TZID=Europe/Oslo:20260327T090000
        SUMMARY:Postponed: Rich\\, day 1 of 2
        UID:spring.day-1@example.org
        """
    )
    assert lines(other) == stated(
        common
        + """
        DESCRIPTION:Registration closes: 20 March 2026\\n\\nhttps://example.org/net/workshops/spring.html
        DTEND;VALUE=DATE:20260329
        DTSTART;VALUE=DATE:20260328
        SUMMARY:Postponed: Rich: Office hours
        UID:spring.day-2@example.org
        """
    )


def lines(component: Component) -> list[str]:
    """The lines of an event or a calendar, unfolded; their order says nothing."""
    return sorted(component.to_ical().decode().replace("\r\n ", "").strip().split("\r\n"))


def stated(text: str) -> list[str]:
    return sorted(each.strip() for each in text.strip().splitlines() if each.strip())


def test_a_workshop_without_a_schedule_is_one_event_over_whole_days(load: Load):
    places = "[{name: Aula, city: Oslo, country: NO, latitude: 59.9, longitude: 10.7}]"
    (event,) = events(load(whole(places=places)))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        date(2026, 3, 1),
        # The day after the last (RFC 5545, 3.6.1).
        date(2026, 3, 3),
    )
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["UID"]) == "spring@example.org"
    assert str(event["LOCATION"]) == "Aula, Oslo, Norway"
    assert event["GEO"].to_ical() == "59.9;10.7"


@pytest.mark.parametrize(
    ("stated", "status", "summary"),
    [
        ({}, "CONFIRMED", "T"),
        ({"status": "full"}, "CONFIRMED", "T"),
        ({"status": "planned"}, "TENTATIVE", "T"),
        ({"dates_are_open": "true"}, "TENTATIVE", "T"),
        ({"status": "postponed"}, "TENTATIVE", "Postponed: T"),
        ({"status": "cancelled"}, "CANCELLED", "Cancelled: T"),
        ({"status": "cancelled", "dates_are_open": "true"}, "CANCELLED", "Cancelled: T"),
    ],
)
def test_the_status_is_what_the_record_states(
    load: Load, stated: dict[str, str], status: str, summary: str
):
    (event,) = events(load(whole(**stated)))
    assert (str(event["STATUS"]), str(event["SUMMARY"])) == (status, summary)


def test_a_cancelled_day_stays_and_says_so(load: Load):
    first, last = events(load(SPRING.replace("id: last\n", "id: last\n      cancelled: true\n")))
    assert (str(first["STATUS"]), str(last["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert str(last["SUMMARY"]) == "Cancelled: Spring: The end"
    assert last["DTSTART"].to_ical() == b"20260330T090000"


def test_a_cancelled_session_is_told_and_is_none_of_the_event(load: Load):
    text = SPRING.replace("title: Welcome", "title: Welcome, cancelled: true")
    first, _ = events(load(text))
    assert first["DTSTART"].to_ical() == b"20260327T100000"
    assert "09:00–10:00 Cancelled: Welcome (Aula)\n" in str(first["DESCRIPTION"])


def test_a_moved_day_keeps_its_id_and_is_a_later_revision(load: Load):
    first = datetime(2026, 1, 1, 12, tzinfo=UTC)
    before = events(load(), change=Change(3, first, first))
    moved = SPRING.replace("date: 2026-03-30", "date: 2026-03-29")
    after = events(load(moved), change=Change(4, first, first + timedelta(days=1)))
    assert [each["UID"] for each in before] == [each["UID"] for each in after]
    assert before[1].decoded("DTSTART").day != after[1].decoded("DTSTART").day
    assert ({each["SEQUENCE"] for each in before}, {each["SEQUENCE"] for each in after}) == (
        {3},
        {4},
    )
    assert before[1]["LAST-MODIFIED"].to_ical() == b"20260101T120000Z"
    assert after[1]["LAST-MODIFIED"].to_ical() == b"20260102T120000Z"
    assert after[1]["DTSTAMP"].to_ical() == b"20260102T120000Z"


def test_a_record_can_state_its_revision_and_when_it_changed(load: Load):
    git = Change(3, datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
    # A time without an offset is one of the workshop's zone.
    (event,) = events(load(whole(revision="7", changed="2026-01-24T10:00")), change=git)
    assert event["SEQUENCE"] == 7
    assert event["LAST-MODIFIED"].to_ical() == b"20260124T090000Z"


def test_without_either_nothing_is_made_up(load: Load):
    (event,) = events(load(whole()))
    assert event["SEQUENCE"] == 0
    assert "LAST-MODIFIED" not in event
    assert event["DTSTAMP"].to_ical() == b"20260301T000000Z"


def test_the_same_records_give_the_same_bytes_on_any_day(load: Load):
    registry = load()
    files = ("workshops/spring.ics", "calendars/all.ics", "calendars/country/no.ics")
    for file in files:
        earlier = SETTINGS.on(date(2020, 1, 1))
        later = SETTINGS.on(date(2030, 1, 1))
        assert write(registry, file, settings=earlier) == write(registry, file, settings=later)


def test_the_same_records_give_the_same_bytes_in_any_zone_of_the_machine(
    load: Load, monkeypatch: pytest.MonkeyPatch
):
    text = SPRING.replace("2026-03-27", "2026-10-25").replace("2026-03-30", "2026-10-26")
    night = text.replace("{start: 09:00, end: 10:00,", "{start: 02:30, later: true, end: 05:00,")
    registry = load(night)
    noon = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
    written = set()
    try:
        for zone in ("UTC", "America/New_York"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            written.add(write(registry, change=Change(3, noon, noon)))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert len(written) == 1


def test_a_lesson_that_readers_may_not_see_is_named_by_its_id(load: Load):
    registry = load()
    records = {key: each for key, each in registry.records.items() if key != ("lesson", "git")}
    event, _ = events(replace(registry, records=records))
    assert "10:30–11:30 git (R)" in str(event["DESCRIPTION"])


def test_a_calendar_says_what_it_is_and_where_to_ask_again(load: Load):
    calendar = read(write(load(), "calendars/all.ics"))
    calendar.subcomponents.clear()
    assert lines(calendar) == stated(
        """
        BEGIN:VCALENDAR
        END:VCALENDAR
        METHOD:PUBLISH
        NAME:Net: all workshops
        PRODID:-//Guildhall//Workshops//EN
        REFRESH-INTERVAL;VALUE=DURATION:P1D
        SOURCE;VALUE=URI:https://example.org/net/calendars/all.ics
        URL:https://example.org/net/index.html
        VERSION:2.0
        X-PUBLISHED-TTL:P1D
        X-WR-CALNAME:Net: all workshops
        """
    )


def test_the_name_of_a_calendar_is_text_with_its_signs_escaped(load: Load):
    settings = Settings(title="Git, tests; \\n", base_url=SETTINGS.base_url)
    written = write(load(), "calendars/all.ics", settings=settings).replace(b"\r\n ", b"")
    for name in (b"NAME", b"X-WR-CALNAME"):
        assert name + rb":Git\, tests\; \\n: all workshops" + b"\r\n" in written


def test_without_an_address_of_the_portal_nothing_points_to_one(load: Load):
    bare = Settings(title="Net")
    written = write(load(), settings=bare)
    assert b"example.org" not in written
    event, _ = events_of(read(written))
    assert str(event["UID"]) == "spring.day-1@guildhall.invalid"
    assert not {"URL"} & set(event)


@pytest.mark.parametrize(
    ("more", "paths"),
    [
        ({}, ["workshops/some-day.ics"]),
        ({"status": "planned"}, ["workshops/some-day.ics"]),
        # People may have the event in their calendars from when it had dates.
        *(
            (
                {"status": status},
                ["workshops/some-day.ics", "calendars/all.ics", "calendars/type/mooc.ics"],
            )
            for status in ("cancelled", "postponed")
        ),
    ],
)
def test_a_workshop_of_open_dates_fills_no_calendar_of_others(
    load: Load, more: dict[str, str], paths: list[str]
):
    registry = load(**{"some-day": whole(dates_are_open="true", type="mooc", **more)})
    files = calendar_files(registry.of(Workshop), published(registry))
    assert [
        each.path for each in files if "some-day" in {found.key for found in each.workshops}
    ] == paths
    portal = published(registry)
    others = {each.path for each in calendar_files(registry.of(Workshop), portal)} - set(paths)
    assert {"workshops/spring.ics", "calendars/type/full-workshop.ics"} <= others


def test_there_is_a_calendar_for_each_workshop_type_and_country(load: Load):
    registry = load(
        autumn=whole(
            type="meeting",
            partners="[two]",
            classrooms="[{name: A, place: {name: B, country: SE}, partner: one}]",
        )
    )
    portal = published(registry)
    found = {
        file.path: (file.name, file.page, " ".join(each.key for each in file.workshops))
        for file in calendar_files(registry.of(Workshop), portal)
    }
    assert found == {
        "workshops/autumn.ics": ("T", "workshops/autumn", "autumn"),
        "workshops/spring.ics": ("Spring", "workshops/spring", "spring"),
        "calendars/all.ics": ("Net: all workshops", None, "autumn spring"),
        "calendars/type/full-workshop.ics": ("Net: Full", None, "spring"),
        "calendars/type/meeting.ics": ("Net: Meeting", None, "autumn"),
        "calendars/country/fi.ics": ("Net: Finland", None, "autumn"),
        "calendars/country/no.ics": ("Net: Norway", None, "autumn spring"),
        "calendars/country/se.ics": ("Net: Sweden", None, "autumn"),
    }
    autumn = registry.get(Workshop, "autumn")
    assert autumn is not None
    assert countries_of(autumn, portal.records) == ("FI", "NO", "SE")
    bodies = SimpleNamespace(get=lambda *_: SimpleNamespace(country="EU"))
    assert countries_of(autumn, cast("Records", bodies)) == ("SE",), "the EU is no country"
    assert len(events(registry, "calendars/all.ics")) == 3


def test_a_workshop_is_in_the_calendars_of_the_partners_of_its_people(load: Load):
    eva = person("Eva", "Eva", "affiliations: [two]")
    registry = load(whole(people="{instructor: [eva]}"), **{"../people/eva": eva})
    spring = registry.get(Workshop, "spring")
    assert spring is not None
    assert countries_of(spring, published(registry).records) == ("FI",)


def test_files_lie_below_the_address_whether_or_not_it_ends_in_a_slash(load: Load):
    for address in ("https://example.org/net", "https://example.org/net/"):
        portal = published(load(), settings=Settings(title="Net", base_url=address))
        assert portal.file("a.ics") == "https://example.org/net/a.ics"


def test_ids_of_days_are_never_those_of_another_workshop(load: Load):
    other = whole(id="spring-last")
    read(write(load(other=other), "calendars/all.ics"))


def test_long_lines_are_folded_between_characters(load: Load):
    title = "Ås og Þing \N{SNOWMAN}\N{GRINNING FACE} " * 12
    (event,) = events(load(whole(summary=f"'{title.strip()}'")))
    assert str(event["DESCRIPTION"]).startswith(title.strip())


def test_of_two_equal_local_times_the_later_is_stated_in_utc(load: Load):
    text = SPRING.replace("2026-03-27", "2026-10-25").replace("2026-03-30", "2026-10-26")
    text = text.replace(
        "{start: 09:00, end: 10:00, title: Welcome, room: Aula}",
        "{start: 02:30, later: true, end: 05:00, title: Night}",
    )
    event, _ = events(load(text))
    assert event["DTSTART"].to_ical() == b"20261025T013000Z"
    assert event["DTEND"].to_ical() == b"20261025T063000"


ZONES = st.sampled_from(
    [
        "Africa/Casablanca",  # An hour less in Ramadan, for a month.
        "America/New_York",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",  # Half an hour of summer time.
        "Europe/Dublin",  # Winter time is the exception.
        "Europe/Istanbul",
        "Europe/Stockholm",
        "Pacific/Apia",
        "UTC",
    ]
)


@settings(deadline=None, max_examples=60)
@given(
    ZONES,
    st.lists(
        st.datetimes(datetime(2010, 1, 1), datetime(2036, 12, 31)),
        min_size=1,
        max_size=6,
    ),
)
def test_a_time_zone_holds_for_every_moment_that_it_was_made_for(name: str, naive: list[datetime]):
    zone = ZoneInfo(name)
    moments = [each.replace(tzinfo=UTC).astimezone(zone) for each in naive]
    first = min(moments, key=lambda each: each.astimezone(UTC))
    last = max(moments, key=lambda each: each.astimezone(UTC))
    built = time_zone(zone, first, last)
    for moment in moments:
        # Calendars state the later of two equal times in UTC.
        check_offset(built, moment.replace(fold=0))


def test_a_zone_that_never_changes_begins_before_it_is_needed():
    moment = datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Asia/Kathmandu"))
    assert lines(time_zone(ZoneInfo("Asia/Kathmandu"), moment, moment)) == stated(
        """
        BEGIN:STANDARD
        BEGIN:VTIMEZONE
        DTSTART:20251201T000000
        END:STANDARD
        END:VTIMEZONE
        TZID:Asia/Kathmandu
        TZNAME:+0545
        TZOFFSETFROM:+0545
        TZOFFSETTO:+0545
        """
    )


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        # Clocks go forward at 01:00 UTC.
        ("2026-03-28T12:00", "2026-03-29T00:59", ["CET"]),
        ("2026-03-28T12:00", "2026-03-29T01:00", ["CET", "CEST"]),
        ("2026-03-29T00:59", "2026-03-29T12:00", ["CET", "CEST"]),
        ("2026-03-29T01:00", "2026-03-29T12:00", ["CEST"]),
    ],
)
def test_a_time_zone_holds_the_changes_of_its_span_and_no_others(
    first: str, last: str, names: list[str]
):
    moments = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (first, last))
    built = time_zone(ZoneInfo("Europe/Stockholm"), *moments)
    assert [str(each["TZNAME"]) for each in built.subcomponents] == names


@pytest.mark.parametrize("skipped", range(0, 70, 10))
def test_an_observance_of_one_month_is_not_missed(skipped: int):
    # Clocks of Morocco go back for Ramadan, from 15 February to 22 March in 2026.
    zone = ZoneInfo("Africa/Casablanca")
    first = datetime(2025, 12, 1, 12, tzinfo=zone) + timedelta(days=skipped)
    days = [first + timedelta(days=day) for day in range(300)]
    built = time_zone(zone, days[0], days[-1])
    assert len({day.utcoffset() for day in days}) == 2
    for day in days:
        check_offset(built, day)
