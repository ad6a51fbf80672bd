"""``coderefinery-schedule``: the schedule of a workshop's own site as a schedule in local time.

CodeRefinery's workshop sites hold it in ``content/schedule.yaml``, with all times in UTC, as a list
of days under the key ``schedule``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from guildhall.cli.importers.coderefinery.lessons import Lessons, Target
from guildhall.cli.importers.findings import Sort
from guildhall.cli.importers.importer import Unfinished
from guildhall.cli.importers.names import People, is_placeholder, split_names
from guildhall.cli.importers.source import Part, RefusedError, Source
from guildhall.core.values.dates import parse_date
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.identifiers import parse_url, slug_of
from guildhall.model.base.fields import read_line
from guildhall.model.records.people import plain_name

_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::00)?(?: ?(?:UTC|Z))?")
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_OPTIONAL = re.compile(r"\boptional\b|\bmeet the\b", re.IGNORECASE)
_PREPARATION = re.compile(
    r"\bon-?boarding\b|\binstall(ation|ing)?\b|\bset-?up\b|\bpreparations?\b|\bpre-?workshop\b"
    r"|\bcrash course\b",
    re.IGNORECASE,
)
_TYPES = (
    ("break", r"^(coffee |lunch |tea )?break\b|^lunch\b"),
    (
        "social",
        r"ice-?breaker|connecting time|^social (event|hour|time)|meet the instructors|get to know",
    ),
    ("help", r"installation help|on-?boarding|bring your own code|\bhelp\b|office hours?"),
    ("questions", r"^(q&a|questions)"),
    ("exercises", r"^exercises?\b"),
    ("other", r"^(welcome|concluding|wrap[ -]?up|closing|outro|mini-intro|intro to the day)"),
)
_PRESENTERS = ("presenters", "presenter", "instructors", "instructor", "speakers", "speaker")


@dataclass(frozen=True, slots=True)
class Held:
    """A session at its local times.

    Args:
        start: its first moment.
        end: its last moment.
        values: the session's values in a record, without times.
    """

    start: datetime
    end: datetime
    values: dict[str, Any]

    def in_record(self) -> dict[str, Any]:
        """The session as a record has it."""
        times = {"start": f"{self.start:%H:%M}", "end": f"{self.end:%H:%M}"}
        # Of two equal times on the night when clocks go back, the later has to be named.
        if self.start.fold:
            times["later"] = "true"
        return {**times, **self.values}


@dataclass
class _LocalDay:
    date: date
    titles: list[str] = field(default_factory=list)
    sessions: list[Held] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """What a schedule is read with.

    Args:
        zone: the workshop's time zone.
        lessons: the lessons of the portal.
        people: everybody whom the portal names.
        taking_part: the ids of the people of the workshop, whom first names may mean.
        unmatched: names that are taken over as they stand.
    """

    zone: ZoneInfo
    lessons: Lessons
    people: People
    taking_part: tuple[str, ...]
    unmatched: list[Unfinished] = field(default_factory=list)


def read_schedule(source: Source, parts: list[Part], reader: Reader) -> dict[str, Any] | None:
    """Read a schedule into the values of a record's ``schedule``.

    Returns:
        the values; None where something of it can't be read, which is noted.
    """
    days: dict[date, _LocalDay] = {}
    sound = True
    for part in parts:
        try:
            _read_day(part, reader, days)
        except RefusedError:
            sound = False
        else:
            source.tell_left(part)
    if not sound:
        return None
    ordered = [days[each] for each in sorted(days)]
    for day in takewhile(_prepares, ordered[:-1]):
        needed = [each for each in day.sessions if "optional" not in each.values]
        if needed:
            message = f"{day.date.isoformat()} prepares for the workshop; it is taken for optional"
            source.tell((), Sort.ASSUMED, message)
        for each in needed:
            each.values["optional"] = "true"
    breaks = sum(_add_breaks(day) for day in ordered)
    if breaks:
        what = "1 gap" if breaks == 1 else f"{breaks} gaps"
        message = f"{what} between sessions, now of the type `break`"
        source.tell((), Sort.ASSUMED, message)
    return _with_templates(ordered)


def _read_day(part: Part, reader: Reader, days: dict[date, _LocalDay]) -> None:
    on = part.need("date").read(parse_date)
    titled = part.given("title")
    title = titled.read(read_line) if titled else None
    is_optional = bool(title and re.search(r"\boptional\b", title, re.IGNORECASE))
    refused: RefusedError | None = None
    sessions: list[Held] = []
    for each in part.need("sessions").items():
        try:
            sessions += _Session(each, on, reader, is_optional=is_optional).held()
        except RefusedError as error:
            refused = error
    if refused:
        raise refused
    for session in sessions or []:
        day = days.setdefault(session.start.date(), _LocalDay(session.start.date()))
        if title and title not in day.titles:
            if day.titles:
                part.tell(Sort.DOUBT, f"two days are {day.date.isoformat()}; they become one")
            day.titles.append(title)
        day.sessions.append(session)
    if not sessions:
        day = days.setdefault(on, _LocalDay(on))
        day.titles += [title] if title else []


class _Session:
    """Reads one session."""

    def __init__(self, part: Part, on: date, reader: Reader, *, is_optional: bool) -> None:
        self._part = part
        self._on = on
        self._reader = reader
        self._is_optional = is_optional

    def held(self) -> list[Held]:
        """The session, in two parts where it goes on after a local midnight."""
        start, end = self._times()
        values = self._values()
        found = []
        while end.date() > start.date() and (end.hour, end.minute) != (0, 0):
            midnight = datetime.combine(start.date() + timedelta(days=1), time(), start.tzinfo)
            self._part.tell(Sort.ASSUMED, f"it goes on after midnight in {start.tzinfo}; it is cut")
            found.append(Held(start, midnight, values))
            start = midnight
        if start != end:
            found.append(Held(start, end, values))
        return found

    def _times(self) -> tuple[datetime, datetime]:
        starts, ends = self._part.need("starts"), self._part.need("ends")
        start, end = self._moment(starts), self._moment(ends)
        if end == start:
            raise ends.refuse(f"the session ends when it starts, at {ends.data}")
        if end < start:
            raise ends.refuse(f"the session ends at {ends.data}, but starts at {starts.data}")
        return start.astimezone(self._reader.zone), end.astimezone(self._reader.zone)

    def _moment(self, part: Part) -> datetime:
        clock = part.read(_clock)
        return datetime.combine(self._on, time(), UTC) + timedelta(minutes=clock)

    def _values(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        title = self._part.need("title").read(read_line)
        kind = next((kind for kind, p in _TYPES if re.search(p, title, re.IGNORECASE)), "teaching")
        if kind != "teaching":
            values["type"] = kind
        values["title"] = title
        if subtitle := self._part.given("subtitle"):
            values["summary"] = subtitle.read(_prose)
        episodes = self._part.given("episodes")
        self._lead(values, self._episodes(episodes) if episodes else [])
        for name in _PRESENTERS:
            listed = self._part.given(name)
            if listed and (names := self._names(listed)):
                values["instructors"] = [*values.get("instructors", []), *names]
        if self._is_optional or _OPTIONAL.search(f"{title} {values.get('summary', '')}"):
            values["optional"] = "true"
        return values

    def _lead(self, values: dict[str, Any], links: list[Any]) -> None:
        """Where the session's addresses lead: to lessons and episodes, and elsewhere."""
        taught: dict[str, list[str]] = {}
        address = self._part.given("url")
        main = address.read(parse_url) if address else None
        target = self._reader.lessons.find(main) if main else None
        if target:
            _add(taught, target)
        for found in _LINK.finditer(values.get("summary", "")):
            if each := self._reader.lessons.find(found["url"]):
                _add(taught, each)
        left = []
        for link in links:
            each = self._reader.lessons.find(link["url"])
            if each:
                _add(taught, each)
            # The page's own title stands for the link's words, and its anchor isn't lost.
            if not each or not each.says_all or each.page is None:
                left.append(link)
            elif link.get("text"):
                message = f"not imported: {link['text']!r}; the lesson's page has a title"
                self._part.tell(Sort.UNMAPPED, message)
        if taught:
            values["lessons"] = [
                {"lesson": lesson, "episodes": pages} if pages else lesson
                for lesson, pages in taught.items()
            ]
        if main and not (target and target.says_all):
            values["url"] = main
        if left:
            values["links"] = left

    def _episodes(self, part: Part) -> list[dict[str, str]]:
        """Links, each as ``[words, address]``, as Markdown, or as a bare address."""
        found = []
        for each in part.items():
            if isinstance(each.data, list):
                words = each.items()
                if len(words) != 2:
                    raise each.refuse("expected the words of a link and its address")
                text, url = words[0].read(read_line), words[1].read(parse_url)
                found.append({"text": text, "url": url})
                continue
            line = each.read(read_line)
            links = list(_LINK.finditer(line))
            if links:
                found += [{"text": link["text"], "url": link["url"]} for link in links]
            else:
                found.append({"url": each.read(parse_url)})
        return found

    def _names(self, part: Part) -> list[str]:
        """The names of those who teach; first names are those of people of the workshop."""
        texts = (
            split_names(part.read(read_line))
            if isinstance(part.data, str)
            else [each.read(read_line) for each in part.items()]
        )
        found: list[str] = []
        for text in texts:
            name = self._name(part, " ".join(text.split()))
            if name and name not in found:
                found.append(name)
        return found

    def _name(self, part: Part, text: str) -> str | None:
        people = self._reader.people
        if not is_placeholder(text) and (people.find(text) or " " in text):
            names = people.listed(Part(part.source, part.place, [text]))
            return names[0] if names else None
        if is_placeholder(text):
            message = f"not imported: `{text}` stands for someone who isn't named"
            part.tell(Sort.UNMAPPED, message)
            return None
        # Of a name in the record that nobody has, the check tells.
        known = [people.label(key) for key in self._reader.taking_part if people.find(key)]
        plain = plain_name(text)
        meant = [name for name in known if plain_name(name).split()[0] == plain]
        if len(meant) == 1:
            part.tell(Sort.DOUBT, f"`{text}` is taken for `{meant[0]}`, of the workshop's people")
            return meant[0]
        near = meant or [name for name in known if plain_name(name).startswith(plain)]
        hint = f"; is it {' or '.join(f'`{name}`' for name in near)}?" if near else ""
        found = "names several people" if meant else "names nobody"
        message = (
            f"`{text}` {found} of the workshop; write the person's id or whole name in the record, "
            f"where it now says `{text}`{hint}"
        )
        self._reader.unmatched.append(Unfinished(part, "instructors", text, message))
        return text


def _add(taught: dict[str, list[str]], target: Target) -> None:
    pages = taught.setdefault(target.lesson, [])
    if target.page is not None and target.page not in pages:
        pages.append(target.page)


def _clock(text: str) -> int:
    match = _CLOCK.fullmatch(text)
    if match and int(match["hour"]) < 24 and int(match["minute"]) < 60:
        return int(match["hour"]) * 60 + int(match["minute"])
    if text in {"24:00"}:
        return 24 * 60
    hint = None
    if re.fullmatch(r"[0-9]{3,4}", text) and int(text) < 24 * 60:
        # Readers of YAML 1.1 take 8:20 for a number to base 60, and may have written it back.
        hint = f"{int(text) // 60}:{int(text) % 60:02d}"
    raise ValueFault(text, "a time of day in UTC such as `8:20`", hint)


def _prose(text: str) -> str:
    if not text:
        raise ValueFault(text, "a text that is not empty")
    return text


def _prepares(day: _LocalDay) -> bool:
    """Whether a day is for help with the installation and the like, and nothing is taught."""
    called = any(_PREPARATION.search(title) for title in day.titles)
    kinds = {each.values.get("type", "teaching") for each in day.sessions if not _helps(each)}
    is_help = called or any(map(_helps, day.sessions))
    return is_help and kinds <= {"break", "social", "questions", *(["other"] if called else [])}


def _helps(session: Held) -> bool:
    values = session.values
    is_help = values.get("type") == "help" or _PREPARATION.search(values.get("title", ""))
    return bool(is_help or "optional" in values)


def _add_breaks(day: _LocalDay) -> int:
    """Put breaks where nothing takes place between two sessions of which none is optional."""
    day.sessions.sort(key=lambda each: (each.start.astimezone(UTC), each.end.astimezone(UTC)))
    breaks = []
    until: Held | None = None
    for session in day.sessions:
        if until is not None and _follows(session, until):
            breaks.append(Held(until.end, session.start, {"type": "break"}))
        if until is None or session.end.astimezone(UTC) > until.end.astimezone(UTC):
            until = session
    day.sessions = sorted([*day.sessions, *breaks], key=lambda each: each.start.astimezone(UTC))
    return len(breaks)


def _follows(session: Held, before: Held) -> bool:
    """Whether a session comes after another with a break between them."""
    is_later = session.start.astimezone(UTC) > before.end.astimezone(UTC)
    return is_later and not ("optional" in session.values or "optional" in before.values)


def _with_templates(days: list[_LocalDay]) -> dict[str, Any]:
    """The schedule, in which sessions that several days have in common stand once."""
    made = [[session.in_record() for session in day.sessions] for day in days]
    often = Counter(repr(sessions) for sessions in made if sessions)
    templates: dict[str, Any] = {}
    names: dict[str, str] = {}
    found = []
    for day, sessions in zip(days, made, strict=True):
        values: dict[str, Any] = {"date": day.date.isoformat()}
        if day.titles:
            values["title"] = " / ".join(day.titles)
        if often[repr(sessions)] > 1:
            name = names.get(repr(sessions))
            if name is None:
                slug = slug_of(day.titles[0] if day.titles else "day", 40) or "day"
                name = slug if slug not in templates else f"{slug}-{len(templates) + 1}"
                names[repr(sessions)] = name
                templates[name] = {"sessions": sessions}
            values["template"] = name
        elif sessions:
            values["sessions"] = sessions
        found.append(values)
    return {**({"templates": templates} if templates else {}), "days": found}
