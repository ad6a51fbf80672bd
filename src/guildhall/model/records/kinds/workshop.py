"""Workshops: when and where people meet, what is taught, by whom, and who took part.

Terms follow schema.org's Event and the Bioschemas profile CourseInstance where these have one;
:mod:`guildhall.network.workshops.jsonld` holds the mapping.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from guildhall.core.values.dates import Period
from guildhall.core.values.faults import describe
from guildhall.core.values.numbers import Range
from guildhall.model.base.fields import (
    Amount,
    Clock,
    Count,
    Country,
    Currency,
    Date,
    DateOrTime,
    DateTime,
    Doi,
    Flag,
    Language,
    Latitude,
    Line,
    Longitude,
    PagePath,
    Prose,
    Slug,
    TimeZone,
    Url,
    Vocabulary,
    Whole,
    one_of,
    refusal,
)
from guildhall.model.base.model import Model, Record
from guildhall.model.records.kinds.activity import Format
from guildhall.model.records.kinds.lesson import LessonRef
from guildhall.model.records.kinds.path import ActivityRef
from guildhall.model.records.shared import Address, AlsoText, PartnerRef, PersonName

WORKSHOP_FILE = "workshop.yml"
"""The name of a workshop's record where the workshop has a folder of its own."""

WorkshopType = Annotated[Slug, Vocabulary("workshop-type")]
"""What sort of workshop it is, such as `full-workshop`."""
Role = Annotated[Slug, Vocabulary("role")]
"""What somebody did at a workshop, such as `instructor`."""
CareerStage = Annotated[Slug, Vocabulary("career-stage")]
"""Where in a career somebody is, such as `phd-student`."""
STATUSES = ("planned", "announced", "open", "full", "running", "past", "cancelled", "postponed")
WorkshopStatus = Annotated[
    Literal["planned", "announced", "open", "full", "running", "past", "cancelled", "postponed"],
    one_of(*STATUSES),
    WithJsonSchema({"enum": list(STATUSES)}),
]
SESSION_TYPES = ("teaching", "exercises", "break", "social", "questions", "help", "other")
SessionType = Annotated[
    Literal["teaching", "exercises", "break", "social", "questions", "help", "other"],
    one_of(*SESSION_TYPES),
    WithJsonSchema({"enum": list(SESSION_TYPES)}),
]
COUNTED = ("registered", "attended", "completed")
Counted = Annotated[
    Literal["registered", "attended", "completed"],
    one_of(*COUNTED),
    WithJsonSchema({"enum": list(COUNTED)}),
]

People = dict[Role, tuple[PersonName, ...]]
"""People by what they do, each as the id or the name of a person's record."""


def _from_zero(amount: Range) -> Range:
    if amount.low < 0:
        raise refusal(describe(str(amount), "an amount from 0"))
    return amount


FromZero = Annotated[Amount, AfterValidator(_from_zero)]
"""A number or a range, not below 0."""


class Place(Model):
    """A place where people meet."""

    name: Line
    """The name, such as a room or a city."""
    address: Line | None = None
    """Street and number."""
    city: Line | None = None
    """The city."""
    country: Country | None = None
    """The country."""
    latitude: Latitude | None = None
    """Degrees north, WGS 84."""
    longitude: Longitude | None = None
    """Degrees east, WGS 84."""
    url: Url | None = None
    """How to get there."""

    @model_validator(mode="after")
    def _lies_somewhere(self) -> Place:
        if (self.latitude is None) != (self.longitude is None):
            raise refusal("expected both `latitude` and `longitude`, or neither")
        return self


class Registration(Model):
    """How to register."""

    url: Url | None = None
    """Where."""
    opens: DateOrTime | None = None
    """From when, in the workshop's time zone."""
    closes: DateOrTime | None = None
    """Until when, in the workshop's time zone; a date includes the entire day."""
    price: FromZero | None = None
    """The price; 0 if free of charge."""
    currency: Currency | None = None
    """The currency of the price."""
    seats: Whole | None = None
    """How many can take part."""
    waiting_list: Flag = False
    """Whether there is a waiting list once all seats are taken."""
    text: Prose | None = None
    """Further information."""

    @model_validator(mode="after")
    def _price_has_a_currency(self) -> Registration:
        if self.price is not None and self.price.high > 0 and self.currency is None:
            raise refusal("a price needs a `currency`", "price")
        return self


def _taught(raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    lesson, slash, episode = raw.partition("/")
    return {"lesson": lesson, "episodes": [episode]} if slash else {"lesson": lesson}


class Taught(Model):
    """A lesson, or episodes of it, as a workshop teaches them."""

    lesson: LessonRef
    """The lesson."""
    episodes: tuple[PagePath, ...] = ()
    """The pages that are taught; by default the entire lesson."""


TaughtEntry = Annotated[Taught, BeforeValidator(_taught), AlsoText()]
"""What is taught, written as `lesson`, as `lesson/episode`, or as a mapping."""


class PinnedLesson(Model):
    """A lesson of the workshop, and which version of it was taught."""

    lesson: LessonRef
    """The lesson."""
    version: Line | None = None
    """The version, tag or commit that was taught."""
    url: Url | None = None
    """Where that version can be read."""


def _pinned(raw: Any) -> Any:
    return {"lesson": raw} if isinstance(raw, str) else raw


PinnedEntry = Annotated[PinnedLesson, BeforeValidator(_pinned), AlsoText()]
"""A lesson of the workshop, written as a bare id or as a mapping."""


class Session(Model):
    """A session or a break, in local time.

    What isn't given follows: the start from the end of what comes before on the same day and
    track, the end from the minutes, the title from the lessons.
    """

    start: Clock | None = None
    """When it starts."""
    end: Clock | None = None
    """When it ends; use either this or `minutes`."""
    minutes: Whole | None = None
    """Its length."""
    later: Flag = False
    """Whether, on the night when clocks go back, the later of two equal times is meant."""
    type: SessionType = "teaching"
    """`teaching`, `exercises`, `break`, `social`, `questions`, `help` or `other`."""
    title: Line | None = None
    """The title."""
    summary: Prose | None = None
    """What it is about."""
    lessons: tuple[TaughtEntry, ...] = ()
    """What is taught."""
    url: Url | None = None
    """A page about the session, or about what is taught if not a lesson of the portal."""
    links: tuple[Address, ...] = ()
    """Further pages about the session."""
    instructors: tuple[PersonName, ...] = ()
    """Who teaches."""
    people: People = {}
    """Who else takes part, by role."""
    room: Line | None = None
    """The room."""
    stream: Address | None = None
    """Where the session can be watched."""
    track: Slug | None = None
    """The track; by default the session is for all of them."""
    slot: Slug | None = None
    """In a template: the name that days use to fill the session."""
    recordings: tuple[Address, ...] = ()
    """Recordings."""
    notes: Address | None = None
    """The collaborative notes of the session."""
    optional: Flag = False
    """Whether it can be skipped."""
    cancelled: Flag = False
    """Whether it is cancelled."""

    @model_validator(mode="after")
    def _says_its_length_once(self) -> Session:
        if self.end is not None and self.minutes is not None:
            raise refusal("expected one of `end` and `minutes`, since each follows from the other")
        return self


class Filling(Model):
    """The content of a slot in a day's template."""

    title: Line | None = None
    """The title."""
    summary: Prose | None = None
    """What it is about."""
    type: SessionType | None = None
    """By default the slot's."""
    lessons: tuple[TaughtEntry, ...] = ()
    """What is taught."""
    url: Url | None = None
    """A page about the session."""
    links: tuple[Address, ...] = ()
    """Further pages about the session."""
    instructors: tuple[PersonName, ...] = ()
    """Who teaches."""
    people: People = {}
    """Who else takes part, by role."""
    room: Line | None = None
    """The room."""
    stream: Address | None = None
    """Where the session can be watched."""
    recordings: tuple[Address, ...] = ()
    """Recordings."""
    notes: Address | None = None
    """The collaborative notes of the session."""
    optional: Flag | None = None
    """Whether it can be skipped."""
    cancelled: Flag = False
    """Whether it is cancelled."""


class DayTemplate(Model):
    """Sessions and breaks shared by several days."""

    sessions: tuple[Session, ...]
    """The sessions; those with a `slot` are filled by each day."""


class Day(Model):
    """A day of a workshop."""

    date: Date
    """The date, in the workshop's time zone."""
    id: Slug | None = None
    """An id that stays the same when the day is moved; by default `day-1`, `day-2`, in order."""
    title: Line | None = None
    """The title of the day."""
    template: Slug | None = None
    """The template of its sessions."""
    fill: dict[Slug, Filling] = {}
    """The contents of the template's slots."""
    sessions: tuple[Session, ...] = ()
    """Sessions of this day, in addition to those of the template."""
    text: Prose | None = None
    """Further information about the day."""
    cancelled: Flag = False
    """Whether it is cancelled."""


class Track(Model):
    """Sessions that run in parallel to other tracks."""

    title: Line
    """The heading of the track."""
    language: Language | None = None
    """Its language, if different from the workshop's."""
    room: Line | None = None
    """The room of all its sessions."""
    stream: Address | None = None
    """Where the track can be watched."""


class Schedule(Model):
    """Days, sessions and breaks, in the time zone of the workshop."""

    tracks: dict[Slug, Track] = {}
    """Parallel tracks."""
    templates: dict[Slug, DayTemplate] = {}
    """Sessions shared by several days."""
    days: tuple[Day, ...]
    """The days, in order."""

    @model_validator(mode="after")
    def _has_days(self) -> Schedule:
        if not self.days:
            raise refusal(
                "expected at least one day; leave `schedule` out until there is one", "days"
            )
        return self


class Classroom(Model):
    """A local classroom where people follow the workshop together."""

    name: Line
    """The name."""
    place: Place
    """Where it is."""
    partner: PartnerRef | None = None
    """The partner that hosts it."""
    host: Line | None = None
    """Who hosts it, if not a partner of the portal."""
    people: People = {}
    """Who is there, by role."""
    language: Language | None = None
    """Its language, if different from the workshop's."""
    registration: Registration | None = None
    """How to register, and the number of seats."""
    text: Prose | None = None
    """Further information."""


class Participants(Model):
    """Who took part; the parts and the unknown rest must add up to the total."""

    total: Count
    """How many took part, as far as known: `40`, `ca. 40`, `30-40` or `at least 25`."""
    counted: Counted | None = None
    """Whether the number is that of people `registered`, `attended` or `completed`, if known."""
    countries: dict[Country, Whole] = {}
    """How many came from each country."""
    other_countries: Whole = 0
    """How many came from countries not listed in the source."""
    unknown_country: Whole = 0
    """How many came from an unknown country."""
    career_stages: dict[CareerStage, Whole] = {}
    """How many were at each career stage."""
    unknown_stage: Whole = 0
    """How many were at an unknown stage."""
    text: Prose | None = None
    """How they were counted."""


def _counted(raw: Any) -> Any:
    return {"total": raw} if isinstance(raw, str) else raw


ParticipantsEntry = Annotated[Participants, BeforeValidator(_counted), AlsoText()]
"""Who took part, written as the bare total or as a mapping."""


class Viewers(Model):
    """Peak numbers of viewers on one service."""

    service: Line
    """The service, such as Twitch."""
    least: Whole | None = None
    """The peak number of viewers on the day with the lowest peak."""
    most: Whole | None = None
    """The peak number of viewers on the day with the highest peak."""

    @model_validator(mode="after")
    def _says_a_number(self) -> Viewers:
        if self.least is None and self.most is None:
            raise refusal("expected `most`, `least` or both")
        return self


class Workshop(Record):
    """A workshop, or another event where people learn together."""

    KIND: ClassVar[str] = "workshop"

    title: Line
    """The title, without the dates."""
    summary: Prose | None = None
    """What it is about."""
    type: WorkshopType = "full-workshop"
    """The type of workshop."""
    format: Format | None = None
    """`online`, `in-person`, `hybrid` or `asynchronous`."""
    languages: tuple[Language, ...] = ("en",)
    """The languages of the workshop."""
    timezone: TimeZone
    """The time zone of all its times, such as `Europe/Stockholm`."""
    start: Date
    """The first day."""
    end: Date
    """The last day."""
    dates_are_open: Flag = False
    """Whether the dates are approximate; the page then shows months."""
    status: WorkshopStatus | None = None
    """The status, if it does not follow from the dates, such as `full` or `cancelled`."""
    places: tuple[Place, ...] = ()
    """Where it is held."""
    stream: Address | None = None
    """Where it can be watched or joined."""
    website: Url | None = None
    """The workshop's own website, if it has one."""
    registration: Registration | None = None
    """How to register."""
    audience: tuple[Line, ...] = ()
    """The audience."""
    notes: tuple[Address, ...] = ()
    """Collaborative notes."""
    chat: Address | None = None
    """The chat."""
    materials: tuple[Address, ...] = ()
    """Material in addition to the lessons."""
    recordings: tuple[Address, ...] = ()
    """Recordings of the entire workshop."""
    lessons: tuple[PinnedEntry, ...] = ()
    """What is taught, with the versions; sessions may name more."""
    schedule: Schedule | None = None
    """Days and sessions."""
    hours: FromZero | None = None
    """Hours of teaching, if there is no schedule."""
    people: People = {}
    """Who makes it, by role."""
    partners: tuple[PartnerRef, ...] = ()
    """The partners that support it as organisations. Those that host a classroom, or that people of
    the workshop belong to on the day, are named without it."""
    supporters: tuple[Address, ...] = ()
    """Others that support it."""
    fulfils: tuple[ActivityRef, ...] = ()
    """The planned activities that it fulfils."""
    classrooms: tuple[Classroom, ...] = ()
    """Local classrooms."""
    participants: ParticipantsEntry | None = None
    """Who took part."""
    viewers: tuple[Viewers, ...] = ()
    """How many watched."""
    feedback: tuple[Address, ...] = ()
    """Feedback and surveys, and their results."""
    doi: Doi | None = None
    """The DOI."""
    links: tuple[Address, ...] = ()
    """Other pages about it."""
    sources: tuple[Address, ...] = ()
    """Sources of the information in the record."""
    revision: Whole | None = None
    """The revision number, for calendars; by default the number of its commits."""
    changed: DateTime | None = None
    """When it last changed; by default the time of its last commit."""
    text: Prose | None = None
    """Further information."""

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Workshop:
        if self.end < self.start:
            expected = f"a day on or after the start, {self.start}"
            raise refusal(f"`end`: {describe(self.end, expected)}", "end")
        return self

    @property
    def label(self) -> str:
        """The title, with what tells the workshop apart from another one of that title."""
        return f"{self.title}, {self._detail}" if self._detail else self.title

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Newest first."""
        return (-self.start.toordinal(), self.title.casefold(), self.key)

    @property
    def period(self) -> Period:
        """From the first to the last day."""
        return Period(self.start, self.end)

    def track(self, key: str | None) -> Track | None:
        """The parallel track of an id; None without one."""
        return self.schedule.tracks.get(key or "") if self.schedule else None

    @property
    def root(self) -> str:
        """What the names of all pages in the workshop's folder begin with; empty without one."""
        return self.docname.removesuffix("index") if self.docname.endswith("/index") else ""
