"""Lessons in the sessions of a workshop: do their episodes exist, do they fit, in which order?"""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import nearest, quote
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.workshop import Taught, Workshop
from guildhall.network.lessons.outline import Outline
from guildhall.network.lessons.prerequisites import alternatives_to, required_by
from guildhall.network.programme.programme import TAUGHT, TimedSession
from guildhall.network.programme.state import phase_of
from guildhall.network.programme.times import instant
from guildhall.network.workshops.context import Context, finding, held_sessions, on_track, tracks_of

Unit = tuple[str, str | None]
"""What is taught at a time: an episode of a lesson, or with None all of the lesson."""
Named = tuple[TimedSession, int]
"""A session that names a lesson, and where in its list."""


def episode_findings(context: Context) -> Iterator[Finding]:
    """Find episodes that their lessons don't have.

    Nothing is said of lessons whose pages are not here. A workshop that states which version of a
    lesson it taught may name pages that the lesson no longer has.
    """
    for workshop in context.workshops:
        pinned = {each.lesson for each in workshop.lessons if each.version}
        for place, taught in _taught(workshop):
            lesson = context.lesson(taught.lesson) if taught.episodes else None
            outline = context.outline(lesson) if lesson else None
            if outline is None or not outline.pages:
                continue
            names = _names(outline)
            for index, episode in enumerate(taught.episodes):
                if episode not in names:
                    near = nearest(episode, names)
                    hint = f"; did you mean `{near}`?" if near else ""
                    message = (
                        f"the lesson {quote(taught.lesson)} has no page {quote(episode)}{hint}"
                    )
                    level: Severity = Severity.INFO if taught.lesson in pinned else Severity.ERROR
                    at = (*place, "episodes", index)
                    yield finding("workshop.episodes", workshop, at, message, level)


def _taught(workshop: Workshop) -> Iterator[tuple[Place, Taught]]:
    """All that a schedule names as taught, also in templates, once where it stands."""
    if workshop.schedule is None:
        return
    sessions: list[tuple[Place, tuple[Taught, ...]]] = []
    for name, template in workshop.schedule.templates.items():
        at: Place = ("schedule", "templates", name, "sessions")
        sessions += [((*at, i), each.lessons) for i, each in enumerate(template.sessions)]
    for index, day in enumerate(workshop.schedule.days):
        at = ("schedule", "days", index)
        sessions += [((*at, "fill", slot), each.lessons) for slot, each in day.fill.items()]
        sessions += [((*at, "sessions", i), each.lessons) for i, each in enumerate(day.sessions)]
    for place, lessons in sessions:
        for index, taught in enumerate(lessons):
            yield (*place, "lessons", index), taught


def _names(outline: Outline) -> dict[str, int | None]:
    """Minutes of a lesson's pages by their names below the lesson."""
    pages = (*outline.pages, *outline.unlisted)
    return {page.docname.removeprefix(outline.lesson.root): page.minutes for page in pages}


def length_findings(context: Context) -> Iterator[Finding]:
    """Find lessons and episodes that are longer than the sessions that teach them, added up."""
    for programme in context.held:
        sessions = [each for each in held_sessions(programme) if each.session.type in TAUGHT]
        told: set[Place] = set()
        for track in tracks_of(sessions):
            for units, group in _groups(on_track(sessions, track)):
                needed = sum(_minutes(context, unit) for unit in units)
                planned = sum(each.minutes for each in group)
                place = (*group[0].place, "lessons", 0)
                if needed <= planned or place in told:
                    continue
                told.add(place)
                names = ", ".join(f"`{_named(unit)}`" for unit in units)
                takes = "takes" if len(units) == 1 else "take"
                has = "its" if len(units) == 1 else "their"
                length = "session has" if len(group) == 1 else "sessions have"
                message = f"{names} {takes} {needed} min, but {has} {length} {planned} min"
                figures = (planned, needed)
                yield finding(
                    "workshop.lengths",
                    programme.workshop,
                    place,
                    message,
                    Severity.WARNING,
                    figures,
                )


def _groups(
    sessions: tuple[TimedSession, ...],
) -> list[tuple[tuple[Unit, ...], list[TimedSession]]]:
    """Sessions that teach the same, together with all that they teach."""
    whole = {
        taught.lesson for each in sessions for taught in each.session.lessons if not taught.episodes
    }
    groups: list[tuple[dict[Unit, None], list[TimedSession]]] = []
    for session in sessions:
        units: dict[Unit, None] = {}
        for taught in session.session.lessons:
            episodes = (None,) if taught.lesson in whole else taught.episodes
            units.update(dict.fromkeys((taught.lesson, each) for each in episodes))
        if not units:
            continue
        joined = [group for group in groups if group[0].keys() & units.keys()]
        groups = [group for group in groups if group not in joined]
        together: dict[Unit, None] = {}
        for group in (*joined, (units, [session])):
            together.update(group[0])
        groups.append((together, [*(s for group in joined for s in group[1]), session]))
    return [(tuple(units), group) for units, group in groups]


def _minutes(context: Context, unit: Unit) -> int:
    """How long something takes, 0 where that isn't known."""
    lesson = context.lesson(unit[0])
    if lesson is None:
        return 0
    outline = context.outline(lesson)
    minutes = outline.minutes if unit[1] is None else _names(outline).get(unit[1])
    return minutes or 0


def _named(unit: Unit) -> str:
    return unit[0] if unit[1] is None else f"{unit[0]}/{unit[1]}"


def prerequisite_findings(context: Context) -> Iterator[Finding]:
    """Find lessons that a workshop teaches before what they require, on the same track.

    Once the workshop is over, nothing can be mended any more, so that it is a warning only.
    """
    for programme in context.held:
        workshop = programme.workshop
        is_over = phase_of(workshop, context.today) == "past"
        level: Severity = Severity.WARNING if is_over else Severity.ERROR
        sessions = tuple(held_sessions(programme))
        told: set[tuple[str, str]] = set()
        for track in tracks_of(sessions):
            first = _first_taught(on_track(sessions, track))
            for key, (session, index) in first.items():
                lesson = context.lesson(key)
                for required in required_by(lesson) if lesson else ():
                    if required not in first or (key, required) in told:
                        continue
                    when = _later(first[required], (session, index))
                    instead = (first.get(each) for each in alternatives_to(lesson, required))
                    if when is None or any(
                        each and _later(each, (session, index)) is None for each in instead
                    ):
                        continue
                    told.add((key, required))
                    message = f"{quote(key)} requires {quote(required)}, which {when}"
                    place = (*session.place, "lessons", index)
                    yield finding("workshop.prerequisites", workshop, place, message, level)


def _later(required: Named, by: Named) -> str | None:
    """How what is required comes after what requires it; None where it doesn't."""
    (session, index), (own, own_index) = required, by
    if session is own:
        return "the same session teaches later" if index > own_index else None
    if instant(session.start) <= instant(own.start):
        return None
    return f"comes later, on {session.start:%Y-%m-%d} at {session.start:%H:%M}"


def _first_taught(sessions: tuple[TimedSession, ...]) -> dict[str, Named]:
    """Where each lesson is named first, in the order of teaching."""
    first: dict[str, Named] = {}
    for session in sessions:
        for index, taught in enumerate(session.session.lessons):
            first.setdefault(taught.lesson, (session, index))
    return first
