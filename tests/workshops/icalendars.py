"""Reading calendars as strictly as RFC 5545 is written, beside icalendar's own lenient reading."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

LINE = re.compile(rb"[A-Z-]+(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]*)(,(\"[^\"]*\"|[^\";:,]*))*)*:.*")
REQUIRED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"}


def read(written: bytes) -> Calendar:
    """Parse a calendar, after checking all that RFC 5545 and 7986 ask of its text and parts."""
    check_lines(written)
    calendar = Calendar.from_ical(written)
    assert isinstance(calendar, Calendar)
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")
    assert calendar["PRODID"]
    assert calendar.errors == []
    events = events_of(calendar)
    assert events
    names = [str(event["UID"]) for event in events]
    assert len(set(names)) == len(names)
    zones = {str(zone["TZID"]): zone for zone in calendar.walk("VTIMEZONE")}
    used = set()
    for event in events:
        assert event.errors == []
        assert set(event) >= REQUIRED
        assert event["SEQUENCE"] >= 0
        assert event["DTSTAMP"].to_ical().endswith(b"Z")
        assert event.subcomponents == []
        for name in ("DTSTART", "DTEND"):
            if tzid := event[name].params.get("TZID"):
                used.add(tzid)
                check_offset(zones[tzid], event.decoded(name))
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert isinstance(start, datetime) == isinstance(end, datetime)
        if isinstance(start, datetime):
            assert (end - start.astimezone(end.tzinfo)) > timedelta()
        else:
            assert start < end
    assert used == set(zones)
    return calendar


def check_lines(written: bytes) -> None:
    """Lines end with CRLF, are of 75 octets at most, and cut no character (RFC 5545, 3.1)."""
    assert written.endswith(b"\r\n")
    lines = written.removesuffix(b"\r\n").split(b"\r\n")
    for line in lines:
        assert len(line) <= 75
        assert not set(line) & {*range(9), *range(10, 32), 127}
        line.decode("utf-8")
    for whole in written.replace(b"\r\n ", b"").removesuffix(b"\r\n").split(b"\r\n"):
        assert LINE.fullmatch(whole), whole


def check_offset(zone: Timezone, moment: datetime) -> None:
    """The offset by a VTIMEZONE, read as RFC 5545, 3.6.5 says, is that of the IANA database."""
    onsets: list[tuple[datetime, timedelta]] = []
    for part in zone.subcomponents:
        before, to = part.decoded("TZOFFSETFROM"), part.decoded("TZOFFSETTO")
        dates = part.get("RDATE", [])
        dates = dates if isinstance(dates, list) else [dates]
        starts = [part.decoded("DTSTART"), *(each.dt for group in dates for each in group.dts)]
        onsets += [(start - before, to) for start in starts]
    local = moment.replace(tzinfo=None)
    held = [
        offset
        for (start, offset), following in zip(
            sorted(onsets), [*sorted(onsets)[1:], None], strict=True
        )
        # Of two equal local times the first is meant, so the first observance that has it.
        if start + offset <= local and (following is None or local < following[0] + offset)
    ]
    assert held
    assert held[0] == moment.replace(tzinfo=ZoneInfo(str(zone["TZID"]))).utcoffset()


def events_of(calendar: Calendar) -> list[Event]:
    """The events of a calendar, in their order."""
    return [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
