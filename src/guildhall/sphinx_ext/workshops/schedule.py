"""A workshop's schedule as tables: one a day, with a column for the time and one for each track.

What is for all tracks spans their columns; what lasts while another track moves on spans rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from guildhall.core.values.format import format_date
from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.workshop import Session, Track
from guildhall.network.programme.programme import TimedDay, TimedSession
from guildhall.network.programme.times import instant
from guildhall.sphinx_ext.pages.templated import (
    ToHtml,
    add_templated,
    block_part,
    inline_part,
    inline_parts,
    templated,
)
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import full_date, offset
from guildhall.sphinx_ext.rendering.labels import session_type
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.workshops.marks import (
    session_box,
    time_node,
    times_node,
    zone_words,
)
from guildhall.sphinx_ext.workshops.view import WorkshopView, aside
from guildhall.sphinx_ext.workshops.zones import zone_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx


DAY, SESSION = "guildhall/schedule-day.html.j2", "guildhall/session.html.j2"
DOT = " \N{MIDDLE DOT} "


class day_table(templated):  # noqa: N801
    """The table of one day, which its template has cell by cell."""

    def given(self, html: ToHtml) -> dict[str, object]:
        """The table's caption, columns and rows."""
        [table], [caption] = self.findall(nodes.table), self.findall(nodes.title)
        [head], [body] = self.findall(nodes.thead), self.findall(nodes.tbody)
        return {
            "id": next(iter(table["ids"]), ""),
            "label": caption.astext(),
            "title": html(caption.children),
            "caption": html([caption]),
            "columns": [html(cell.children) for cell in _cells(head[0])],
            "rows": [_given_row(_cells(row), html) for row in body],
        }


def _cells(row: nodes.Node) -> list[nodes.Element]:
    return [cell for cell in row.children if isinstance(cell, nodes.Element)]


def _given_row(row: Sequence[nodes.Element], html: ToHtml) -> dict[str, object]:
    time, *cells = row
    return {
        "time": html(time[0].children),
        "cells": [
            {
                "html": html(cell.children),
                "colspan": 1 + cell.get("morecols", 0),
                "rowspan": 1 + cell.get("morerows", 0),
            }
            for cell in cells
        ],
    }


class _Row(NamedTuple):
    """A row of a day's table: what starts at one moment, for all tracks or in some of them."""

    start: datetime
    for_all: bool
    sessions: tuple[TimedSession, ...]


def schedule_nodes(view: WorkshopView) -> list[nodes.Node]:
    """A section for each day, with its table, below the zone of all of them."""
    days = [_day(view, day) for day in view.programme.days]
    return [zone_line(view), *days] if days else []


def _day(view: WorkshopView, day: TimedDay) -> nodes.section:
    language = view.language
    section = nodes.section(ids=[f"schedule-{day.key}"], classes=["gh-day"])
    name = full_date(day.date, language)
    title = f"{name}: {day.day.title}" if day.day.title else name
    section += nodes.title("", title, translatable=False)
    view.document.note_explicit_target(section)
    if day.is_cancelled:
        text = word(language, "This day is cancelled.")
        section += display.paragraph(display.badge(text, "gh-badge-cancelled"))
    section += view.prose("schedule", "days", day.index, "text")
    if day.sessions:
        section += day_table("", _Table(view, day).build(), template=DAY)
    return section


def session_name(view: WorkshopView, timed: TimedSession) -> list[nodes.Node]:
    """What a session is called, linked to what is taught or else to its page."""
    return _Parts(view, timed, is_cancelled=False, own_times=False).named()


class _Table:
    """The table of one day."""

    def __init__(self, view: WorkshopView, day: TimedDay) -> None:
        self._view = view
        self._language = view.language
        self._day = day
        tracks = view.workshop.schedule.tracks if view.workshop.schedule else {}
        used = {each.track for each in day.sessions}
        self._tracks: dict[str | None, Track] = {
            key: track for key, track in tracks.items() if key in used
        }
        self._offsets = dict.fromkeys(offset(each.start) for each in day.sessions)

    def build(self) -> nodes.table:
        """The table."""
        columns = list(self._tracks) or [None]
        table = nodes.table(classes=["gh-table", "gh-schedule"], align="default")
        table += self._caption()
        group = nodes.tgroup(cols=1 + len(columns))
        for index in range(1 + len(columns)):
            group += nodes.colspec(colwidth=20 if index == 0 else 80 // len(columns))
        group.children[0]["stub"] = 1  # type: ignore[index]
        head, body = nodes.thead(), nodes.tbody()
        head += self._header()
        body += self._rows(columns)
        group += [head, body]
        table += group
        return table

    def _caption(self) -> nodes.title:
        # Titles such as "Day 1" count as the record likes; the date is always right.
        name = format_date(self._day.date, self._language)
        title = nodes.title("", f"{name}, ", translatable=False)
        start, end = self._day.start, self._day.end
        if start and end:
            title += [times_node(start, end), nodes.Text(" ")]
        title += zone_words("", f"({', '.join(self._offsets)})")
        return title

    def _header(self) -> nodes.row:
        row = nodes.row()
        row += _entry(display.paragraph(nodes.Text(word(self._language, "Time"))))
        if not self._tracks:
            row += _entry(display.paragraph(nodes.Text(word(self._language, "Session"))))
        for key, track in self._tracks.items():
            row += _entry(*self._track(str(key), track))
        return row

    def _track(self, key: str, track: Track) -> list[nodes.Node]:
        built: list[nodes.Node] = [display.paragraph(nodes.Text(track.title))]
        more: list[list[nodes.Node]] = []
        if track.language:
            more.append([nodes.Text(language_name(track.language, self._language))])
        if track.room:
            more.append([nodes.Text(track.room)])
        if track.stream:
            at = ("schedule", "tracks", key, "stream")
            more.append(self._view.link(track.stream, word(self._language, "Stream"), *at))
        if more:
            built.append(display.paragraph(*separated(more), classes=["gh-session-meta"]))
        return built

    def _rows(self, columns: Sequence[str | None]) -> list[nodes.row]:
        rows = self._starts()
        free_from = dict.fromkeys(columns, 0)
        built = []
        for index, found in enumerate(rows):
            row = nodes.row()
            row += _entry(display.paragraph(self._time(found)), classes=("gh-time",))
            if found.for_all:
                cell = _entry(*(self._session(each, found) for each in found.sessions))
                if len(columns) > 1:
                    cell["morecols"] = len(columns) - 1
                row += cell
            else:
                row += self._beside(rows, index, free_from)
            built.append(row)
        return built

    def _starts(self) -> list[_Row]:
        """The rows: sessions by their starts, those for all tracks apart from the others."""
        found: dict[tuple[datetime, bool], list[TimedSession]] = {}
        for each in self._day.sessions:
            for_all = each.track not in self._tracks
            # Ahead of what starts beside it.
            found.setdefault((instant(each.start), not for_all), []).append(each)
        return [
            _Row(sessions[0].start, not in_track, tuple(sessions))
            for (_, in_track), sessions in sorted(found.items(), key=lambda each: each[0])
        ]

    def _beside(
        self, rows: Sequence[_Row], index: int, free_from: dict[str | None, int]
    ) -> list[nodes.entry]:
        """The cells of tracks in one row, but for those that a longer session above fills."""
        built = []
        for track in free_from:
            if free_from[track] > index:
                continue
            held = [each for each in rows[index].sessions if each.track == track]
            cell = _entry(*(self._session(each, rows[index]) for each in held))
            last = self._last_row(rows, index, track, held)
            if last > index:
                cell["morerows"] = last - index
            free_from[track] = last + 1
            built.append(cell)
        return built

    def _last_row(
        self,
        rows: Sequence[_Row],
        index: int,
        track: str | None,
        held: Sequence[TimedSession],
    ) -> int:
        """The last row that sessions fill: until they end, or something else begins there."""
        if not held:
            return index
        end = max(instant(each.end) for each in held)
        last = index
        for row in rows[index + 1 :]:
            if row.for_all or instant(row.start) >= end:
                break
            if any(each.track == track for each in row.sessions):
                break
            last += 1
        return last

    def _time(self, row: _Row) -> nodes.Node:
        ends = {instant(each.end): each.end for each in row.sessions}
        if len(ends) > 1:
            shown: nodes.Node = time_node(row.start)
        else:
            shown = times_node(row.start, *ends.values())
        if len(self._offsets) == 1:
            return shown
        both = nodes.inline()
        both += [shown, nodes.Text(" "), zone_words("", f"({offset(row.start)})")]
        return both

    def _session(self, timed: TimedSession, row: _Row) -> session_box:
        session = timed.session
        is_cancelled = session.cancelled or self._day.day.cancelled
        box = session_box(
            start=timed.start.isoformat(timespec="minutes"),
            end=timed.end.isoformat(timespec="minutes"),
            classes=[f"gh-session-{session.type}", *(["gh-session-off"] if is_cancelled else [])],
        )
        if is_cancelled:
            box["cancelled"] = True
        if timed.track in self._tracks:
            box["track"] = self._tracks[timed.track].title
        own_times = len({instant(each.end) for each in row.sessions}) > 1
        parts = _Parts(self._view, timed, is_cancelled=is_cancelled, own_times=own_times)
        box += parts.build()
        return box


class _Parts:
    """What a session's cell says of it."""

    def __init__(
        self, view: WorkshopView, timed: TimedSession, *, is_cancelled: bool, own_times: bool
    ) -> None:
        self._view = view
        self._language = view.language
        self._timed = timed
        self._session = timed.session
        self._is_cancelled = is_cancelled
        self._own_times = own_times

    def build(self) -> templated:
        """Title, facts, text, and links."""
        values = {"type": self._session.type, "cancelled": self._is_cancelled}
        built = templated("", self._title(), template=SESSION, values=values)
        place = self._place("summary")
        text = render_prose(self._view.workshop, (*place, "summary"), self._view.document)
        for name, contents, between in (
            ("facts", self._facts(), DOT),
            ("lessons", self._lessons(), ", "),
        ):
            if contents:
                built += display.paragraph(*inline_parts(name, contents, between))
        built += block_part("", *text, part="text")
        links = self._links()
        if links:
            built += display.paragraph(*inline_parts("links", links, DOT))
        return built

    def _place(self, name: str) -> Place:
        """Where a field stands: in the day's filling, or else in the template that it fills."""
        place = self._timed.place
        value: object = self._view.workshop
        for part in place:
            value = value[part] if isinstance(value, dict | tuple) else getattr(value, str(part))  # type: ignore[index]
        schedule = self._view.workshop.schedule
        if getattr(value, name, None) or "fill" not in place or schedule is None:
            return place
        day = schedule.days[int(place[2])]
        template = schedule.templates[str(day.template)]
        for index, each in enumerate(template.sessions):
            if each.slot == self._session.slot:
                return ("schedule", "templates", str(day.template), "sessions", index)
        return place

    def _title(self) -> nodes.paragraph:
        session, language = self._session, self._language
        name = inline_part("name", *self.named())
        line: list[nodes.Node] = [nodes.inline("", "", name, classes=["gh-session-name"])]
        labels: dict[str, str] = {}
        what = session_type(language, session.type)
        # What the title says already need not be said again.
        says_it = not session.title or session.title.casefold() == what.casefold()
        if session.type not in {"teaching", "other"} and not says_it:
            labels["type"] = what
        if session.optional:
            labels["optional"] = word(language, "optional")
        if self._is_cancelled:
            labels["cancelled"] = word(language, "cancelled")
        badges = [
            [display.badge(inline_part("labels", nodes.Text(label), key=key), f"gh-badge-{key}")]
            for key, label in labels.items()
        ]
        line += aside(separated(badges, by=" "))
        return display.paragraph(*line)

    def named(self) -> list[nodes.Node]:
        """The title, linked to what is taught or else to the session's page."""
        session, view = self._session, self._view
        workshop = view.workshop
        place = self._place("lessons")
        if not session.title and session.lessons:
            return separated(
                view.taught(each, *place, "lessons", index)
                for index, each in enumerate(session.lessons)
            )
        if session.title and self._has_one_target(session):
            return self._retitled(
                view.taught(session.lessons[0], *place, "lessons", 0), session.title
            )
        title = session.title or (session.url or session_type(self._language, session.type))
        if not session.title and not session.url:
            title = f"{title[:1].upper()}{title[1:]}"
        if session.url:
            link = nodes.reference("", title, refuri=session.url, internal=False)
            return [display.located(link, workshop, (*self._place("url"), "url"))]
        return [nodes.Text(title)]

    def _has_one_target(self, session: Session) -> bool:
        return len(session.lessons) == 1 and len(session.lessons[0].episodes) <= 1

    def _retitled(self, links: list[nodes.Node], title: str) -> list[nodes.Node]:
        """A link under other words."""
        link = links[0]
        assert isinstance(link, nodes.Element)  # noqa: S101
        link["refexplicit"] = True
        link.children = []
        link += nodes.inline("", title)
        return [link]

    def _facts(self) -> list[list[nodes.Node]]:
        session, view, language = self._session, self._view, self._language
        facts: list[list[nodes.Node]] = []
        if self._own_times:
            facts.append([times_node(self._timed.start, self._timed.end)])
        if session.instructors:
            place = self._place("instructors")
            people = separated(
                [view.person(key, *place, "instructors", index)]
                for index, key in enumerate(session.instructors)
            )
            facts.append([nodes.Text(f"{word(language, 'With')} "), *people])
        for label, others in view.people(session.people, *self._place("people"), "people"):
            facts.append([nodes.Text(f"{label}: "), *others])
        if session.room:
            facts.append([nodes.Text(f"{word(language, 'Room:')} {session.room}")])
        return facts

    def _lessons(self) -> list[list[nodes.Node]]:
        """What is taught, where the title leads elsewhere or to more than one place."""
        session, view = self._session, self._view
        if not session.title or not session.lessons or self._has_one_target(session):
            return []
        place = self._place("lessons")
        return [
            view.taught(each, *place, "lessons", index)
            for index, each in enumerate(session.lessons)
        ]

    def _links(self) -> list[list[nodes.Node]]:
        session, view, language = self._session, self._view, self._language
        built: list[list[nodes.Node]] = []
        if session.url and session.lessons:
            link = nodes.reference("", word(language, "More"), refuri=session.url, internal=False)
            at = (*self._place("url"), "url")
            built.append([display.located(link, view.workshop, at)])
        if session.stream:
            at = (*self._place("stream"), "stream")
            built.append(view.link(session.stream, word(language, "Stream"), *at))
        for index, each in enumerate(session.recordings):
            words = word(language, "Recording")
            if len(session.recordings) > 1:
                words = f"{words} {index + 1}"
            built.append(view.link(each, words, *self._place("recordings"), "recordings", index))
        if session.notes:
            at = (*self._place("notes"), "notes")
            built.append(view.link(session.notes, word(language, "Notes"), *at))
        for index, each in enumerate(session.links):
            words = each.url or ""
            built.append(view.link(each, words, *self._place("links"), "links", index))
        return built


def _entry(*content: nodes.Node, classes: Sequence[str] = ()) -> nodes.entry:
    entry = nodes.entry(classes=list(classes))
    entry += list(content)
    return entry


def setup_schedule(app: Sphinx) -> None:
    """Register the node of a day's table."""
    add_templated(app, day_table)
