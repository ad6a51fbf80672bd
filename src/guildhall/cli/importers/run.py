"""The two importers, from a file to what is to be written in a portal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from guildhall.cli.importers.events import DEFAULT_ZONE, Event, Options, read_events
from guildhall.cli.importers.lessons import Lessons
from guildhall.cli.importers.names import People
from guildhall.cli.importers.records import Ask, BrokenRecordError, Writing
from guildhall.cli.importers.schedule import Reader, read_schedule
from guildhall.cli.importers.source import OPEN, Finding, Sort, Source, list_under, open_source
from guildhall.cli.importers.state import FOLDER, Imported, State, read_state, state_text
from guildhall.core.yaml_source import UnreadableError
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.people import plain_name
from guildhall.model.records.registry import load_registry
from guildhall.model.records.vocabularies import ROLE, words_of
from guildhall.model.settings import Settings, load_settings

WORKSHOPS = "coderefinery-workshops"
SCHEDULE = "coderefinery-schedule"

_WORKSHOPS_FOLDER = "workshops"
_PEOPLE_FOLDERS = ("partners/people", "people")


class NotReadyError(Exception):
    """The portal can't take the import; the message says why.

    Args:
        message: why.
        findings: faults that have to be mended first.
    """

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        self.findings = findings
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do, or has done.

    Args:
        writing: the files.
        findings: all there is to tell.
        counts: numbers to tell, by what they count.
    """

    writing: Writing
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that somebody has to mend, decide or finish."""
        return not any(each.sort in OPEN for each in self.findings)


def import_workshops(
    root: Path,
    file: Path,
    ask: Ask,
    *,
    timezone: str = DEFAULT_ZONE,
    kind: str | None = None,
    again: bool = False,
) -> Outcome:
    """Bring events of CodeRefinery's site into a portal; nothing is written yet.

    Args:
        root: the portal's folder.
        file: the events.
        ask: asked about values that were changed by hand and in the source.
        timezone: the zone of workshops whose place doesn't give it.
        kind: the type of all workshops; by default from the names of the file and the event.
        again: whether records that were removed by hand are made again.

    Raises:
        UnreadableError: where the file, or what was imported last, can't be read.
        NotReadyError: where the portal can't take it.
    """
    portal = _Portal(root, WORKSHOPS)
    source, top = open_source(file)
    parts = list_under(top, "events")
    people = portal.people("named on coderefinery.org")
    roles = words_of(portal.settings, ROLE)
    options = Options(timezone, kind, roles)
    events, left_out = read_events(source, parts, people, options, portal.last)
    writing = Writing(root, ask)
    imported = dict(portal.state.events)
    counts: Counter[str] = Counter(left_out=left_out)
    for event, key in _paired(events, imported, file.name):
        last = imported.pop(key, None)
        try:
            path, values = portal.write(writing, event, last, counts, again=again)
        except (UnreadableError, BrokenRecordError) as error:
            faults = error.faults if isinstance(error, BrokenRecordError) else [error.fault]
            writing.findings += map(Finding.of_fault, faults)
            counts["left_out"] += 1
            if last is not None:
                imported[key] = last
            continue
        imported[event.key] = Imported(file.name, path.relative_to(root).as_posix(), values)
    matched = {event.key for event in events}
    # An event with faults is not gone.
    if not left_out:
        for key, each in imported.items():
            if each.source == file.name and key not in matched:
                message = f"`{key}` is no longer in {file.name}; the record stays as it is"
                writing.findings.append(Finding(root / each.path, 1, 1, Sort.KEPT, message))
    return portal.outcome(writing, source, people, imported, counts)


def import_schedule(
    root: Path, file: Path, key: str, ask: Ask, *, timezone: str | None = None
) -> Outcome:
    """Bring the schedule of a workshop's own site into its record; nothing is written yet.

    Args:
        root: the portal's folder.
        file: the schedule.
        key: the id of the workshop; without a record, one is made.
        ask: asked about values that were changed by hand and in the source.
        timezone: the workshop's time zone; by default that of its record.

    Raises:
        UnreadableError: where the file, or what was imported last, can't be read.
        NotReadyError: where the portal can't take it.
    """
    portal = _Portal(root, SCHEDULE)
    workshop = portal.registry.get(Workshop, key)
    if workshop is None and key in portal.registry.keys(Workshop.KIND):
        faults = [
            x
            for x in portal.registry.faults
            if key in (Path(x.path).stem, Path(x.path).parent.name)
        ]
        raise NotReadyError(
            f"The record of the workshop `{key}` has faults.",
            tuple(map(Finding.of_fault, faults)),
        )
    if workshop and timezone and timezone != workshop.timezone:
        raise NotReadyError(
            f"The record of `{key}` says {workshop.timezone}, not {timezone}; change it first."
        )
    zone = timezone or (workshop.timezone if workshop else DEFAULT_ZONE)
    source, top = open_source(file)
    parts = list_under(top, "schedule")
    people = portal.people(f"named in the schedule of {key}")
    taking_part = _people_of(workshop) if workshop else ()
    lessons = Lessons(portal.registry, root)
    reader = Reader(ZoneInfo(zone), lessons, people, taking_part)
    schedule = read_schedule(source, parts, reader)
    writing = Writing(root, ask)
    imported = dict(portal.state.events)
    counts: Counter[str] = Counter()
    if schedule is None or not schedule["days"]:
        counts["left_out"] += schedule is None
        people.go_back(0)
        return portal.outcome(writing, source, people, imported, counts)
    values = {"schedule": schedule}
    path = workshop.origin.path if workshop else root / _WORKSHOPS_FOLDER / f"{key}.yml"
    try:
        if workshop is None:
            _make(writing, path, source, zone, schedule)
            counts["new"] += 1
            base = values
        else:
            last = imported[key].values if key in imported else {}
            dates = _dates(source, workshop, schedule)
            stated = {name: getattr(workshop, name).isoformat() for name in dates}
            base = writing.update(path, {**last, **stated}, {**values, **dates})
            base = {name: each for name, each in base.items() if name not in dates}
            counts["changed" if path in writing.texts else "unchanged"] += 1
    except BrokenRecordError as error:
        writing.findings += map(Finding.of_fault, error.faults)
        counts["left_out"] += 1
        people.go_back(0)
        return portal.outcome(writing, source, people, imported, counts)
    imported[key] = Imported(file.name, path.relative_to(root).as_posix(), base)
    left = _instructors(writing.data_of(path))
    for part, name, message in reader.unmatched:
        # Who wrote the right name into the record has answered.
        if name in left:
            part.tell(Sort.UNMATCHED, message)
    return portal.outcome(writing, source, people, imported, counts)


def _instructors(data: object) -> set[str]:
    """All names under `instructors` in a record."""
    found: set[str] = set()
    if isinstance(data, dict):
        named = data.get("instructors")
        found |= {each for each in named if isinstance(each, str)} if named else set()
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        found |= _instructors(each)
    return found


def _make(
    writing: Writing, path: Path, source: Source, zone: str, schedule: dict[str, Any]
) -> None:
    """Make the record of a workshop of which only the schedule is known."""
    if path.exists():
        raise NotReadyError(f"{path.name} is no record of a workshop.")
    days = _days_that_count(schedule)
    title = "CodeRefinery workshop"
    message = f"there is no record yet; one is made, with the title `{title}` and `{zone}`"
    source.tell((), Sort.ASSUMED, message)
    values = {"kind": "workshop", "title": title, "timezone": zone}
    writing.add(path, {**values, "start": days[0], "end": days[-1], "schedule": schedule})


def _dates(source: Source, workshop: Workshop, schedule: dict[str, Any]) -> dict[str, str]:
    """The dates of a workshop that its schedule goes beyond, as they have to be."""
    days = _days_that_count(schedule)
    found = {}
    if days[0] < workshop.start.isoformat():
        found["start"] = days[0]
    if days[-1] > workshop.end.isoformat():
        found["end"] = days[-1]
    for name, day in found.items():
        was = getattr(workshop, name).isoformat()
        source.tell((), Sort.ASSUMED, f"`{name}` moves from {was} to {day}, a day of the schedule")
    return found


def _days_that_count(schedule: dict[str, Any]) -> list[str]:
    """The dates of the days that can't be left out; of all days, where all of them can."""
    days, templates = schedule["days"], schedule.get("templates", {})
    needed = [day["date"] for day in days if not _is_optional(day, templates)]
    return needed or [day["date"] for day in days]


def _is_optional(day: dict[str, Any], templates: dict[str, Any]) -> bool:
    """Whether all that a day holds is optional, as in ``workshops.programme``."""
    again = templates[day["template"]].get("sessions", []) if "template" in day else []
    held = [*again, *day.get("sessions", [])]
    return all("optional" in each or each.get("type") == "break" for each in held)


def _people_of(workshop: Workshop) -> tuple[str, ...]:
    listed = [name for names in workshop.people.values() for name in names]
    return tuple(dict.fromkeys(listed))


def _paired(
    events: list[Event], imported: Mapping[str, Imported], file: str
) -> Iterator[tuple[Event, str]]:
    """Each event with the name under which it was imported last, or would be.

    An event with a new name or new dates is found by its site, where that is one event's only.
    """
    keys = {event.key for event in events}
    sites = Counter(event.values.get("website") for event in events)
    left: dict[str, list[str]] = {}
    for key, each in imported.items():
        site = each.values.get("website")
        if key not in keys and each.source == file and site:
            left.setdefault(site, []).append(key)
    for event in events:
        site = event.values.get("website")
        before = left.get(site or "", [])
        if event.key not in imported and len(before) == 1 and sites[site] == 1:
            yield event, before[0]
        else:
            yield event, event.key


class _Portal:
    """A portal that something is brought into."""

    def __init__(self, root: Path, importer: str) -> None:
        self.root = root
        self.importer = importer
        self.settings, faults = load_settings(root)
        if faults:
            raise NotReadyError(
                "The portal's settings have faults.", tuple(map(Finding.of_fault, faults))
            )
        if _WORKSHOPS_FOLDER not in self.settings.sources:
            message = f"The portal has no folder `{_WORKSHOPS_FOLDER}` among its `sources`."
            raise NotReadyError(message)
        self.registry = load_registry(root, self.settings)
        self.state = read_state(root, importer)
        self.folder = self._people_folder(self.settings)
        broken = [each for each in self.registry.faults if self._is_about_people(Path(each.path))]
        if broken:
            raise NotReadyError(
                "Records of people have faults, so that people may be taken for new.",
                tuple(map(Finding.of_fault, broken)),
            )

    def _people_folder(self, settings: Settings) -> Path:
        folders = Counter(each.origin.path.parent for each in self.registry.of(Person))
        if folders:
            return folders.most_common(1)[0][0]
        for name in _PEOPLE_FOLDERS:
            if name.split("/")[0] in settings.sources:
                return self.root / name
        raise NotReadyError("The portal has no folder `partners` or `people` among its `sources`.")

    def _is_about_people(self, path: Path) -> bool:
        keys = {key for kind, key in self.registry.broken if kind == Person.KIND}
        return path.parent == self.folder or path.stem in keys

    def last(self, key: str, site: str | None) -> Mapping[str, Any]:
        """The values that were imported last of an event: by its name, or else by its site."""
        events = self.state.events
        if key in events:
            return events[key].values
        found = [each for each in events.values() if site and each.values.get("website") == site]
        return found[0].values if len(found) == 1 else {}

    def people(self, basis: str) -> People:
        """Everybody whom the portal names."""
        known = self.registry.of(Person)
        here = {person.key for person in known}
        gone = {plain_name(name) for key, name in self.state.people.items() if key not in here}
        return People(known, frozenset(gone), basis)

    def write(
        self,
        writing: Writing,
        event: Event,
        last: Imported | None,
        counts: Counter[str],
        *,
        again: bool,
    ) -> tuple[Path, dict[str, Any]]:
        """Make or change the record of an event.

        Returns:
            the record's path, and the values that count as imported from now on.
        """
        path = self._path(event, last)
        if path.is_file():
            values = writing.update(path, last.values if last else {}, event.values)
            counts["changed" if path in writing.texts else "unchanged"] += 1
            return path, values
        if last is not None and not again:
            message = f"`{event.key}`: its record was removed by hand, and is not made again"
            event.part.tell(Sort.KEPT, message)
            counts["removed"] += 1
            return path, last.values
        writing.add(path, event.values)
        counts["new"] += 1
        return path, event.values

    def _path(self, event: Event, last: Imported | None) -> Path:
        """The record of an event: where it was, where it is now, or where it will be."""
        if last is not None and (self.root / last.path).is_file():
            return self.root / last.path
        moved = Path(last.path) if last else Path(event.key)
        key = moved.parent.name if moved.name == "workshop.yml" else moved.stem
        found = self.registry.get(Workshop, key if last else event.key)
        if found is not None:
            return found.origin.path
        for name in (f"{event.key}.yml", f"{event.key}/workshop.yml"):
            path = self.root / _WORKSHOPS_FOLDER / name
            if path.is_file():
                return path
        return self.root / (last.path if last else f"{_WORKSHOPS_FOLDER}/{event.key}.yml")

    def outcome(
        self,
        writing: Writing,
        source: Source,
        people: People,
        imported: Mapping[str, Imported],
        counts: Counter[str],
    ) -> Outcome:
        """Add the new people and the state to what is written, and gather all there is to tell."""
        people.tell_near()
        for key, values in people.new.items():
            writing.add(self.folder / f"{key}.yml", values)
        named = {key: str(values["name"]) for key, values in people.new.items()}
        state = State(imported, {**self.state.people, **named})
        path = self.root / FOLDER / f"{self.importer}.json"
        if state != self.state:
            writing.texts[path] = state_text(state)
        # People come first, so that no record names anybody who isn't there yet; the state last.
        order = sorted(writing.texts, key=lambda each: (each == path, each.parent != self.folder))
        writing.texts = {each: writing.texts[each] for each in order}
        counts["people"] = len(people.new)
        counts["placeholders"] = people.placeholders
        return Outcome(writing, tuple(sorted({*source.findings, *writing.findings})), counts)
