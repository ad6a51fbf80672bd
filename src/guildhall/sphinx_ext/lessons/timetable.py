"""``lesson-schedule``: a lesson's timetable on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.faults import ValueFault
from guildhall.core.values.format import format_minutes
from guildhall.core.words import word
from guildhall.network.lessons.lookups import OutlineOf
from guildhall.network.lessons.timetable import (
    Slot,
    TimetableError,
    clock,
    over_days,
    parse_breaks,
    parse_minute,
)
from guildhall.sphinx_ext.lessons.links import page_link
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LessonSchedule(PortalDirective):
    """The timetable of a lesson, computed from the minutes of its episodes.

    The argument is the time at which it starts, such as ``09:00``.

    Options:
        breaks: when breaks are due and how long they are, such as ``10:00/15, 12:00/60``.
        end: the latest end of each day; the rest is taught on further days.
        days: the maximum number of days; without ``end``, days are as short as possible.
        caption: the table's caption.
        optional: whether optional episodes are taught too.
        lesson: another lesson's id; by default the page's own.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "breaks": directives.unchanged_required,
        "end": directives.unchanged_required,
        "days": directives.positive_int,
        "caption": directives.unchanged_required,
        "optional": directives.flag,
        "lesson": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        lesson = self.lesson()
        self._language = lesson.language
        wanted = "optional" in self.options
        episodes = [
            page
            for page in self.shown.ask(OutlineOf(lesson.key)).episodes
            if wanted or not page.optional
        ]
        try:
            days = over_days(
                episodes,
                parse_minute(self.arguments[0]),
                parse_breaks(self.options.get("breaks", "")),
                end=parse_minute(self.options["end"]) if "end" in self.options else None,
                days=self.options.get("days"),
            )
        except (ValueFault, TimetableError) as error:
            raise UnusableError(str(error)) from None
        if not days:
            words = word(self._language, "The durations of the episodes are not known.")
            return [display.paragraph(nodes.Text(words))]
        caption = self.options.get("caption") or word(self._language, "Schedule")
        if len(days) == 1:
            return self._table(caption, days[0])
        numbered = word(self._language, "{caption}, day {number}")
        built: list[nodes.Node] = []
        for number, slots in enumerate(days, 1):
            built += self._table(numbered.format(caption=caption, number=number), slots)
        return built

    def _table(self, caption: str, slots: tuple[Slot, ...]) -> list[nodes.Node]:
        builder = TableBuilder(
            caption=caption,
            prefix=self.prefix("schedule"),
            header=[
                TableCell(word(self._language, "Time")),
                TableCell(word(self._language, "Episode")),
                TableCell(word(self._language, "What")),
                TableCell(word(self._language, "Length"), ("gh-number",)),
            ],
            rows=[self._row(slot) for slot in slots],
            widths=(2, 5, 2, 1),
        )
        return builder.build(self.state.document)

    def _row(self, slot: Slot) -> list[TableCell]:
        language = self._language
        what = {
            "teaching": word(language, "Teaching"),
            "exercises": word(language, "Exercises"),
            "break": word(language, "Break"),
        }[slot.kind]
        episode: list[nodes.Node] = [page_link(slot.page)] if slot.page else []
        if slot.continued:
            episode.append(nodes.Text(f" ({word(language, 'continued')})"))
        return [
            TableCell(f"{clock(slot.start)}\N{EN DASH}{clock(slot.end)}"),
            TableCell(episode),
            TableCell(what),
            TableCell(format_minutes(slot.minutes), ("gh-number",)),
        ]


DIRECTIVES: dict[str, type[PortalDirective]] = {"lesson-schedule": LessonSchedule}


def setup_timetable(app: Sphinx) -> None:
    """Register the directive."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
