"""The figures of workshops and lessons: what records state, and the statistics by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from guildhall.check.differences.held import Held, KeyedFigure
from guildhall.check.differences.pairs import Pairs
from guildhall.check.differences.place import place_of
from guildhall.core.values.names import country_name
from guildhall.core.values.numbers import Range
from guildhall.core.yaml_source import Place as Keys
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.workshop import Registration, Workshop
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.outline import Outline
from guildhall.network.statistics.by_year import (
    GROUPED,
    GROUPS,
    TOPICS,
    By,
    Statistics,
    Tally,
    Topic,
)
from guildhall.network.statistics.counting import OTHER, UNKNOWN

NUMBERS, STATISTICS, LENGTHS = "numbers", "statistics", "lengths"
_UNITS: Mapping[Topic, str] = {
    "workshops": "workshops",
    "learners": "learners",
    "countries": "learners",
    "career-stages": "learners",
    "instructors": "instructors",
    "hours": "hours",
    "lessons": "workshops",
}
_TITLES: Mapping[tuple[Topic, By | None], str] = {
    ("workshops", "type"): "Workshops by type",
    ("workshops", "format"): "Workshops by format",
    ("learners", "type"): "Learners by type of workshop",
    ("learners", "format"): "Learners by format of workshop",
    ("hours", "type"): "Hours taught by type of workshop",
    ("hours", "format"): "Hours taught by format of workshop",
    ("countries", None): "Learners by country",
    ("career-stages", None): "Learners by career stage",
    ("instructors", None): "Instructors",
    ("lessons", None): "Workshops that taught a lesson",
}
_EVERYWHERE = {OTHER: "others", UNKNOWN: "not known"}


def workshop_numbers(registry: Registry, root: Path, pairs: Pairs) -> Iterator[KeyedFigure]:
    """What records of workshops state in numbers: who took part, hours, prices, seats.

    Args:
        registry: the records of one state of the portal.
        root: the portal's folder in that state.
        pairs: the ids that records have now.
    """
    for workshop in registry.of(Workshop):
        at = (NUMBERS, pairs.present(Workshop.KIND, workshop.key))
        for keys, label, value, unit in _stated(workshop):
            place = place_of(workshop, keys, root)
            yield (
                (*at, *map(str, keys)),
                Held(
                    "Numbers of workshops",
                    f"{workshop.title} ({workshop.start.isoformat()}), {label}",
                    value,
                    unit,
                    place,
                    is_cause=True,
                ),
            )


def _stated(workshop: Workshop) -> Iterator[tuple[Keys, str, Range, str]]:
    def people(label: str, number: int | Range, *keys: str) -> tuple[Keys, str, Range, str]:
        amount = number if isinstance(number, Range) else Range.exactly(number)
        return ("participants", *keys), label, amount, "learners"

    counted = workshop.participants

    def unsaid(label: str, name: str) -> Iterator[tuple[Keys, str, Range, str]]:
        # Records that leave it out hold 0, which says nothing.
        if number := getattr(counted, name):
            yield people(label, number, name)

    if counted is not None:
        yield people("learners", counted.total, "total")
        for code, number in counted.countries.items():
            yield people(f"from {country_name(code, 'en')}", number, "countries", code)
        yield from unsaid("from countries that aren't named", "other_countries")
        yield from unsaid("from unknown countries", "unknown_country")
        for stage, number in counted.career_stages.items():
            yield people(f"at the stage {stage}", number, "career_stages", stage)
        yield from unsaid("at an unknown stage", "unknown_stage")
    if workshop.hours is not None:
        yield ("hours",), "hours as stated", workshop.hours, "hours"
    for index, viewers in enumerate(workshop.viewers):
        for name in ("least", "most"):
            number = getattr(viewers, name)
            if number is not None:
                label = f"viewers on {viewers.service} ({name})"
                yield ("viewers", index, name), label, Range.exactly(number), "viewers"
    yield from _offered(workshop.registration, (), "")
    for index, room in enumerate(workshop.classrooms):
        yield from _offered(room.registration, ("classrooms", index), f" in {room.name}")


def _offered(
    registration: Registration | None, at: Keys, where: str
) -> Iterator[tuple[Keys, str, Range, str]]:
    if registration is None:
        return
    if registration.price is not None:
        keys = (*at, "registration", "price")
        yield keys, f"price{where}", registration.price, registration.currency or ""
    if registration.seats is not None:
        keys = (*at, "registration", "seats")
        yield keys, f"seats{where}", Range.exactly(registration.seats), "seats"


def statistics(registry: Registry, settings: Settings) -> Iterator[KeyedFigure]:
    """The tables by year as pages show them; sums over their rows are named figures.

    Args:
        registry: the records of one state of the portal.
        settings: its settings.
    """
    tables = Statistics(registry, settings.today, settings.suppress_below)
    for topic in TOPICS:
        for by in (*GROUPS,) if topic in GROUPED else (None,):
            section = _TITLES[topic, by]
            for row in tables.of(topic, by).rows:
                label = _label(registry, topic, row.key)
                at = (STATISTICS, topic, by or "", row.key)
                for year, tally in row.years.items():
                    if _says(tally):
                        yield (
                            (*at, str(year)),
                            Held(section, f"{label}, {year}", tally.value, _UNITS[topic]),
                        )
                if _says(row.total):
                    yield (
                        (*at, "all"),
                        Held(section, f"{label}, all years", row.total.value, _UNITS[topic]),
                    )


def _says(tally: Tally) -> bool:
    return tally.is_known and not tally.value.is_zero


def _label(registry: Registry, topic: Topic, key: str) -> str:
    if key in _EVERYWHERE:
        return _EVERYWHERE[key]
    if topic == "countries":
        return country_name(key, "en")
    lesson = registry.get(Lesson, key) if topic == "lessons" else None
    return lesson.title if lesson else key


def lesson_lengths(
    outlines: Mapping[str, Outline], root: Path, pairs: Pairs
) -> Iterator[KeyedFigure]:
    """How long lessons are, as far as that is known.

    Args:
        outlines: the outlines of all lessons.
        root: the portal's folder.
        pairs: the ids that records have now.
    """
    for key, outline in outlines.items():
        lesson = outline.lesson
        for name in ("teaching", "exercises"):
            minutes = getattr(outline, name)
            if minutes is not None:
                place = place_of(lesson, (name,), root)
                yield (
                    (LENGTHS, pairs.present(Lesson.KIND, key), name),
                    Held(
                        "Length of lessons",
                        f"{lesson.title}, {name}",
                        Range.exactly(minutes),
                        "minutes",
                        place,
                    ),
                )
