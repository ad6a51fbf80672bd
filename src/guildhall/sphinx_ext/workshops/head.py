"""The top of a workshop's page: its state, what to do next, and when and where it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from babel.lists import format_list
from docutils import nodes

from guildhall.core.values.format import format_minutes, format_range, locale_of
from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.model.records.vocabularies import WORKSHOP_TYPE
from guildhall.network.workshops.timeline import running_span
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dated import dated_part
from guildhall.sphinx_ext.rendering.dates import dates_of, full_date
from guildhall.sphinx_ext.rendering.labels import activity_format, term
from guildhall.sphinx_ext.rendering.states import state_nodes
from guildhall.sphinx_ext.workshops.calendars import calendar_nodes
from guildhall.sphinx_ext.workshops.joining import sign_up_nodes
from guildhall.sphinx_ext.workshops.marks import times_node
from guildhall.sphinx_ext.workshops.places import place_nodes
from guildhall.sphinx_ext.workshops.view import Pairs, WorkshopView, aside
from guildhall.sphinx_ext.workshops.zones import time_scope_of, zone_line

if TYPE_CHECKING:
    from guildhall.network.programme.programme import TimedDay


def state_line_nodes(view: WorkshopView) -> list[nodes.Node]:
    """What sort of workshop it is and its state, what to do next, and what not to miss."""
    kind = term(view.language, WORKSHOP_TYPE, view.workshop.type, view.shown.settings)
    states = state_nodes(view.shown, view.workshop, view.language)
    line = display.paragraph(nodes.Text(kind), *aside(states), classes=["gh-workshop-kind"])
    actions = [*sign_up_nodes(view), *_now_nodes(view), *calendar_nodes(view.shown, view.workshop)]
    doing = [display.paragraph(*actions, classes=["gh-workshop-actions"])] if actions else []
    return [line, *doing, *_notice(view)]


def glance_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The box with when and where."""
    box = time_scope_of(view)
    box += display.facts(_facts(view))
    return [box]


def _now_nodes(view: WorkshopView) -> list[nodes.Node]:
    """Where it goes on, on the days when it does."""
    workshop, language = view.workshop, view.language
    if not view.standing.is_held:
        return []
    span = running_span(workshop)
    links: list[list[nodes.Node]] = []
    if workshop.stream:
        words = word(language, "Watch the stream")
        links.append(view.link(workshop.stream, words, "stream"))
    if workshop.chat:
        links.append(view.link(workshop.chat, word(language, "Join the chat"), "chat"))
    if workshop.notes:
        words = word(language, "Collaborative notes")
        links.append(view.link(workshop.notes[0], words, "notes", 0))
    is_on = view.standing.phase == "running"
    return [dated_part(span, *each, nodes.Text(" "), holds=is_on) for each in links]


def _notice(view: WorkshopView) -> list[nodes.Node]:
    """What the dates alone would hide: that it is called off, or isn't known to have been held."""
    language = view.language
    kind = "danger"
    if view.standing.state == "cancelled":
        title = word(language, "This workshop is cancelled")
        text = word(language, "It will not take place. The details below are as planned.")
    elif view.standing.state == "postponed":
        title = word(language, "This workshop is postponed")
        text = word(language, "It will not take place on these dates. New dates will be announced.")
    elif view.standing.state == "unrecorded":
        kind = "note"
        title = word(language, "No record that it took place")
        text = word(
            language,
            "Its dates have passed, but its record still lists it as upcoming, so it is not known "
            "whether it took place.",
        )
    else:
        return []
    built = nodes.admonition(classes=[kind, "gh-workshop-notice"])
    built += nodes.title("", title, translatable=False)
    built += display.paragraph(nodes.Text(text))
    return [built]


def _facts(view: WorkshopView) -> Pairs:
    workshop, language = view.workshop, view.language
    pairs: Pairs = [(word(language, "When"), _when(view))]
    hours = _hours(view)
    if hours:
        pairs.append((word(language, "Length"), [nodes.Text(hours)]))
    where = [display.paragraph(*line) for line in _where(view)]
    if where:
        pairs.append((word(language, "Where"), where))
    languages = [language_name(each, language) for each in workshop.languages]
    pairs.append((word(language, "Language"), [nodes.Text(_list(languages, language))]))
    if workshop.audience:
        text = _list(workshop.audience, language)
        pairs.append((word(language, "For"), [nodes.Text(text)]))
    return pairs


def _when(view: WorkshopView) -> list[nodes.Node]:
    workshop, language = view.workshop, view.language
    lines = [display.paragraph(nodes.strong("", dates_of(workshop, language)))]
    if workshop.dates_are_open:
        lines.append(display.paragraph(nodes.Text(word(language, "Dates to be announced."))))
    days = [day for day in view.programme.days if not day.is_cancelled]
    needed = [day for day in days if not day.is_optional] or days
    if needed:
        lines.append(display.paragraph(*_hours_of_day(view, needed)))
    more = len(days) - len(needed)
    if more:
        text = (
            word(language, "plus 1 optional day")
            if more == 1
            else word(language, "plus {number} optional days").format(number=more)
        )
        lines.append(display.paragraph(nodes.Text(text)))
    if not workshop.dates_are_open:
        lines.append(zone_line(view))
    return list(lines)


def _hours_of_day(view: WorkshopView, days: list[TimedDay]) -> list[nodes.Node]:
    """From when until when each day, where days are alike, or else that they differ."""
    language = view.language
    spans = [(day.start, day.end) for day in days if day.start and day.end]
    count = (
        word(language, "1 day")
        if len(days) == 1
        else word(language, "{number} days").format(number=len(days))
    )
    built: list[nodes.Node] = [nodes.Text(count)]
    if not spans:
        return built
    clocks = {(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in spans}
    built.append(nodes.Text(", "))
    if len(clocks) > 1:
        built.append(nodes.Text(f"{word(language, 'the first on')} "))
        built.append(nodes.Text(f"{full_date(days[0].date, language)}, "))
    built.append(times_node(*spans[0]))
    return built


def _hours(view: WorkshopView) -> str:
    language, minutes = view.language, view.programme.teaching_minutes
    if minutes:
        text = format_minutes(minutes)
    elif view.workshop.hours is not None:
        text = f"{format_range(view.workshop.hours, language)}\N{NO-BREAK SPACE}h"
    else:
        return ""
    return word(language, "{time} of teaching and exercises").format(time=text)


def _where(view: WorkshopView) -> Iterator[list[nodes.Node]]:
    workshop, language = view.workshop, view.language
    if workshop.format:
        name = activity_format(language, workshop.format)
        yield [nodes.Text(f"{name[:1].upper()}{name[1:]}")]
    for index, place in enumerate(workshop.places):
        yield place_nodes(view, place, "places", index)
    count = len(workshop.classrooms)
    if count:
        text = (
            word(language, "1 local classroom")
            if count == 1
            else word(language, "{number} local classrooms").format(number=count)
        )
        yield [nodes.reference("", text, internal=True, refid="workshop-classrooms")]


def _list(values: tuple[str, ...] | list[str], language: str) -> str:
    return format_list(list(values), locale=locale_of(language))
