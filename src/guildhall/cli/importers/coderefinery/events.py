"""``coderefinery-workshops``: the events of CodeRefinery's site as records of workshops.

The site holds them in ``content/workshops/*.yml`` of github.com/coderefinery/coderefinery.org, as a
list under the key ``events``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from guildhall.cli.importers.coderefinery import DEFAULT_ZONE
from guildhall.cli.importers.coderefinery.participants import read_participants, read_viewers
from guildhall.cli.importers.coderefinery.places import zone_of
from guildhall.cli.importers.coderefinery.roles import role_of
from guildhall.cli.importers.findings import Sort
from guildhall.cli.importers.importer import Proposal, Proposed
from guildhall.cli.importers.names import People
from guildhall.cli.importers.portal import Portal
from guildhall.cli.importers.source import Part, RefusedError, Source
from guildhall.core.values.dates import parse_date
from guildhall.core.values.faults import describe
from guildhall.core.values.identifiers import parse_url, slug_of
from guildhall.core.values.numbers import parse_degrees
from guildhall.model.base.fields import read_line
from guildhall.model.records.vocabularies import ROLE, words_of

T = TypeVar("T")

_TYPES_OF_FILES = {"full-workshops": "full-workshop", "instructor-training": "train-the-trainer"}
_TYPES_OF_NAMES = (
    ("mini-workshop", r"mini[ -]workshop"),
    ("train-the-trainer", r"train[ -]the[ -]trainer|(instructor|teaching) training"),
    ("bring-your-own-code", r"bring your own code"),
    ("open-house", r"open house"),
    ("writing-retreat", r"writing retreat"),
    ("mooc", r"\bmooc\b"),
    ("meeting", r"get-together|meeting|seminar|hackathon"),
)
_ONLINE = re.compile(r"\bonline\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?P<full>full )?online(?P<what> workshop)?(?P<rest>(?: \(.*\))?)", re.IGNORECASE
)
_NOTE = re.compile(r"\((?P<note>[^()]*)\)")
_COORDINATES = re.compile(r"(-?\d{1,3}\.\d+)\s*[,;]\s*(-?\d{1,3}\.\d+)")
_CITY = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}")
_WORKSHOPS = {"train-the-trainer": "CodeRefinery instructor training"}


def read_events(source: Source, portal: Portal, *, timezone: str, kind: str | None) -> Proposal:
    """Read all events that can be read.

    What was assumed of an event when it was imported last is not assumed anew, whatever the file is
    called by now.

    Args:
        source: the file.
        portal: the portal.
        timezone: the zone of events whose place doesn't give it.
        kind: the type of all events; None to take it from the names of the file and the event.

    Raises:
        UnreadableError: where the file holds something else.
        NotReadyError: where the portal can't take people.
    """
    people = portal.people("named on coderefinery.org")
    reader = _Reader(portal, people, timezone, kind, words_of(portal.settings, ROLE))
    keys: Counter[str] = Counter()
    placeless = 0

    def read(part: Part) -> Proposed:
        nonlocal placeless
        reading = _Reading(part, reader)
        key, values = reading.event()
        keys[key] += 1
        if keys[key] > 1:
            key = f"{key}-{keys[key]}"
            message = f"another event has the same name and start; this one becomes `{key}`"
            part.tell(Sort.DOUBT, message)
        placeless += reading.lacks_place
        return Proposed(key, part, values)

    proposal = portal.read_each(source.list_under("events"), read, is_whole=True)
    if placeless:
        message = f"`timezone` is taken to be `{timezone}` for {placeless} without a place"
        source.tell((), Sort.ASSUMED, message)
    return proposal


@dataclass(frozen=True, slots=True)
class _Reader:
    """What events are read with.

    Args:
        portal: the portal.
        people: everybody who is known.
        timezone: the time zone, where the place doesn't give it.
        type: the type of all events, where it is given.
        roles: the roles of the portal.
    """

    portal: Portal
    people: People
    timezone: str
    type: str | None
    roles: Collection[str]


class _Reading:
    """Reads one event."""

    def __init__(self, part: Part, reader: _Reader) -> None:
        self._part = part
        self._reader = reader
        self._last: Mapping[str, Any] = {}
        self._refused: RefusedError | None = None
        self.lacks_place = False

    def event(self) -> tuple[str, dict[str, Any]]:
        """The name and the values of the event.

        Raises:
            RefusedError: where a value can't be read; all faults are noted.
        """
        name = self._part.need("name").read(read_line)
        start, end = self._dates()
        key = f"{start.isoformat()}-{slug_of(_NOTE.sub('', name)) or 'workshop'}"
        site = self._try(self._website)
        self._last = self._reader.portal.last(key, site)
        values: dict[str, Any] = {"kind": "workshop", "title": name}
        values["type"] = self._type(name)
        location = self._try(self._location)
        named = location.pop("name", None) if location else None
        city = named or self._city(name, has_place=location is not None)
        values["title"] = _title(name, city, values["type"])
        online = bool(_ONLINE.search(name))
        placed = location is not None or bool(city)
        if form := self._format(online=online, placed=placed, name=name):
            values["format"] = form
        zone, country = self._zone(city)
        values |= {"timezone": zone, "start": start.isoformat(), "end": end.isoformat()}
        if location is not None or (city and not online):
            place: dict[str, Any] = {"name": city or name}
            if country:
                place["country"] = country
            values["places"] = [place | (location or {})]
        if site:
            values["website"] = site
        if people := self._try(self._roles):
            values["people"] = people
        if counted := self._part.given("num_participants"):
            last = self._last.get("participants") or {}
            asked = last.get("countries") or {}
            values["participants"] = self._try(lambda: read_participants(counted, asked))
        viewers = [
            self._try(partial(read_viewers, part))
            for key, part in self._part.mapping().items()
            if key != "num_participants"
        ]
        if any(viewers):
            values["viewers"] = [each for each in viewers if each]
        if self._refused is not None:
            raise self._refused
        return key, values

    def _try(self, read: Callable[[], T]) -> T | None:
        """What can be read; a fault is noted, and raised when all else is read."""
        try:
            return read()
        except RefusedError as error:
            self._refused = self._refused or error
            return None

    def _website(self) -> str | None:
        part = self._part.given("website")
        return part.read(parse_url) if part else None

    def _dates(self) -> tuple[date, date]:
        start = self._part.need("start_date").read(parse_date)
        last = self._part.given("end_date")
        if last is None:
            self._part.tell(Sort.ASSUMED, f"no `end_date`; taken as one day, {start.isoformat()}")
            return start, start
        end = last.read(parse_date)
        if end < start:
            expected = f"a day on or after the start, {start.isoformat()}"
            raise last.refuse(f"`end_date`: {describe(end.isoformat(), expected)}")
        return start, end

    def _type(self, name: str) -> str:
        if self._reader.type:
            return self._reader.type
        file = self._part.source.path.stem
        if file in _TYPES_OF_FILES:
            return _TYPES_OF_FILES[file]
        for word, pattern in _TYPES_OF_NAMES:
            if re.search(pattern, name, re.IGNORECASE):
                return self._assumed_type(word)
        return self._assumed_type("course")

    def _assumed_type(self, word: str) -> str:
        if "type" in self._last:
            return str(self._last["type"])
        self._part.tell(Sort.ASSUMED, f"`type` is taken to be `{word}`")
        return word

    def _location(self) -> dict[str, Any] | None:
        part = self._part.given("location")
        if part is None:
            return None
        if isinstance(part.data, str):
            degrees = _COORDINATES.fullmatch(part.data.strip())
            if degrees is None:
                return {"name": part.read(read_line)}
            north, east = degrees.groups()
            part.read(lambda _: (parse_degrees(north, 90), parse_degrees(east, 180)))
            return {"latitude": north, "longitude": east}
        values = part.mapping()
        found: dict[str, Any] = {}
        if "name" in values:
            found["name"] = values["name"].read(read_line)
        for field, names, limit in (
            ("latitude", ("lat", "latitude"), 90),
            ("longitude", ("lon", "lng", "long", "longitude"), 180),
        ):
            given = next((values[name] for name in names if name in values), None)
            if given is None:
                raise part.refuse(f"`location`: the {field} is missing")
            found[field] = self._degrees(given, limit)
        return found

    def _degrees(self, part: Part, limit: int) -> str:
        text = str(part.data).strip()
        part.read(lambda _: parse_degrees(text, limit))
        return text

    def _city(self, name: str, *, has_place: bool) -> str | None:
        """The city that a name gives: the whole name, or what stands in brackets at its end."""
        notes = _NOTE.findall(name)
        cities = [x.strip() for x in re.split(r"[/,]", notes[-1])] if notes else []
        cities = [each for each in cities if not _ONLINE.fullmatch(each)]
        plain = _NOTE.sub("", name).strip()
        for city in (cities[0] if len(cities) == 1 else "", plain):
            is_city = _CITY.fullmatch(city) and not _ONLINE.search(city)
            if is_city and (has_place or zone_of(city)):
                return city
        return None

    def _format(self, *, online: bool, placed: bool, name: str) -> str | None:
        if online and (placed or "/online" in name.casefold()):
            message = "`format` is left out: the name says online, and there is a place too"
            self._part.tell(Sort.DOUBT, message)
            return None
        if not online and not placed:
            self._part.tell(Sort.DOUBT, "`format` is left out: neither a place nor `online`")
            return None
        return "online" if online else "in-person"

    def _zone(self, city: str | None) -> tuple[str, str | None]:
        found = zone_of(city) if city else None
        if found:
            return found
        zone = self._reader.timezone
        if zone == DEFAULT_ZONE and self._last.get("timezone", zone) != zone:
            return str(self._last["timezone"]), None
        if city:
            where = f"since no time zone is named after {city}"
            self._part.tell(Sort.ASSUMED, f"`timezone` is taken to be `{zone}`, {where}")
        else:
            self.lacks_place = True
        return zone, None

    def _roles(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, part in self._part.mapping().items():
            role = role_of(key, self._reader.roles)
            if role is None or part.data is None:
                continue
            names = self._reader.people.listed(part)
            given = found.setdefault(role, [])
            given += [name for name in names if name not in given]
        return {role: names for role, names in found.items() if names}


def _title(name: str, city: str | None, kind: str) -> str:
    """A title that says what the event is, from a name that may be only a city."""
    what = _WORKSHOPS.get(kind, "CodeRefinery workshop")
    plain = _NOTE.sub("", name).strip()
    if match := _GENERIC.fullmatch(name):
        full = "Full online" if match["full"] else "Online"
        return f"{full} {what}{match['rest']}"
    if city and plain == city:
        rest = name[len(plain) :]
        return f"{what} in {city}{rest}"
    return name
