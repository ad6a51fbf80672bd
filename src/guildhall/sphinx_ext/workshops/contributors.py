"""Lists of contributors on any page, and the table of who teaches for the first time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.dates import parse_year
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.format import EN_DASH
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import ROLES
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.vocabularies import ROLE, words_of
from guildhall.network.people.appearances import TEACHING_ROLES
from guildhall.network.people.lists import GROUPINGS, Group, Grouping, Listed, Wanted
from guildhall.network.people.lookups import ContributorsOf, NewcomersWith
from guildhall.network.people.newcomers import Newcomers
from guildhall.sphinx_ext.pages.templated import inline_part, inline_parts, templated
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError, words
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import field_label, term
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell
from guildhall.sphinx_ext.workshops.roles import (
    roles_in_words,
    writing_role,
    writing_roles_in_words,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OF = ("workshops", "lessons")
NUMBER = ("gh-number",)
TEMPLATE = "guildhall/contributor.html.j2"


class Contributors(PortalDirective):
    """Lists those who contributed, by name, with how much each did.

    People who may not be named are only counted. Upcoming workshops don't count.

    Options:
        of: ``workshops`` (default) or ``lessons``.
        role: only these roles, separated by commas.
        year: only workshops that start in this year.
        group-by: ``role`` or ``year``; by default all are in one list.
    """

    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("of", "role", "year", "group-by"), directives.unchanged_required
    )

    def build(self) -> list[nodes.Node]:
        """Build the lists."""
        wanted = self._wanted()
        groups = self.shown.ask(ContributorsOf(wanted))
        if not groups:
            return [display.paragraph(nodes.Text(word(self.language, "No record.")))]
        built: list[nodes.Node] = []
        for group in groups:
            built += self._group(group, wanted)
        return built

    def _wanted(self) -> Wanted:
        of = self.options.get("of", OF[0])
        if of not in OF:
            raise self.unknown("value of `of`", of, OF)
        of_lessons = of == "lessons"
        valid = ROLES if of_lessons else words_of(self.shown.settings, ROLE)
        roles = words(self.options.get("role"))
        for role in roles:
            if role not in valid:
                raise self.unknown("role", role, tuple(valid))
        year = self._year()
        group_by = self._grouping()
        if of_lessons and (year is not None or group_by == "year"):
            raise UnusableError("lessons have no years; leave `year` out, and group by role")
        return Wanted(roles, year, group_by, of_lessons)

    def _year(self) -> int | None:
        stated = self.options.get("year")
        if stated is None:
            return None
        try:
            return parse_year(stated)
        except ValueFault as fault:
            raise UnusableError(f"`year`: {fault}") from None

    def _grouping(self) -> Grouping:
        stated = self.options.get("group-by", "none")
        for each in GROUPINGS:
            if each == stated:
                return each
        raise self.unknown("grouping", stated, GROUPINGS)

    def _group(self, group: Group, wanted: Wanted) -> list[nodes.Node]:
        language = self.language
        built: list[nodes.Node] = []
        if group.key:
            heading = f"{self._heading(group, wanted)} ({group.total})"
            built.append(nodes.rubric("", heading, translatable=False))
        # docutils sees that a list has single lines only in nodes of its own.
        listed = nodes.bullet_list(bullet="-", classes=["gh-contributors", "simple"])
        for each in group.people:
            link = display.record_link(Person.KIND, each.person, each.name)
            facts = [[nodes.Text(fact)] for fact in self._facts(each, wanted)]
            detail = nodes.inline(
                "", "", *inline_parts("facts", facts, "; "), classes=["gh-contributor-detail"]
            )
            line = display.paragraph(inline_part("link", link), nodes.Text(", "), detail)
            entry = templated("", line, template=TEMPLATE, values={"number": each.number})
            listed += nodes.list_item("", entry)
        if len(listed):
            built.append(listed)
        unnamed = group.total - len(group.people)
        if unnamed:
            text = (
                word(language, "1 more person is counted but not named.")
                if unnamed == 1
                else word(language, "{number} more people are counted but not named.")
            )
            built.append(display.paragraph(nodes.Text(text.format(number=unnamed))))
        return built

    def _heading(self, group: Group, wanted: Wanted) -> str:
        if wanted.group_by == "year":
            return group.key
        if wanted.of_lessons:
            return writing_role(self.language, group.key)
        return term(self.language, ROLE, group.key, self.shown.settings)

    def _facts(self, each: Listed, wanted: Wanted) -> list[str]:
        """What somebody did, as far as the heading doesn't say it."""
        language = self.language
        parts = []
        if wanted.group_by != "role" and len(wanted.roles) != 1:
            parts.append(
                writing_roles_in_words(each.roles, language)
                if wanted.of_lessons
                else roles_in_words(each.roles, self.shown.settings)
            )
        parts.append(self._number(each.number, of_lessons=wanted.of_lessons))
        if each.years and wanted.group_by != "year" and wanted.year is None:
            first, last = each.years
            parts.append(str(first) if first == last else f"{first}{EN_DASH}{last}")
        return parts

    def _number(self, number: int, *, of_lessons: bool) -> str:
        language = self.language
        if of_lessons:
            one, more = word(language, "1 lesson"), word(language, "{number} lessons")
        else:
            one, more = word(language, "1 workshop"), word(language, "{number} workshops")
        return one if number == 1 else more.format(number=number)


class NewcomersTable(PortalDirective):
    """A table of the number of first-time and returning people in a role, by year.

    Everybody is counted; only those who may be named are named. Upcoming workshops don't count.

    Options:
        role: the roles, separated by commas; by default those of teaching.
        names: whether first-time people are named.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        "role": directives.unchanged_required,
        "names": directives.flag,
    }

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        language = self.language
        roles = words(self.options.get("role")) or TEACHING_ROLES
        valid = words_of(self.shown.settings, ROLE)
        for role in roles:
            if role not in valid:
                raise self.unknown("role", role, valid)
        found = self.shown.ask(NewcomersWith(roles))
        if not found:
            return [display.paragraph(nodes.Text(word(language, "No record.")))]
        names = "names" in self.options
        header = [
            TableCell(field_label(language, "year")),
            TableCell(word(language, "First-time"), NUMBER),
            TableCell(word(language, "Returning"), NUMBER),
            TableCell(word(language, "Total"), NUMBER),
        ]
        header += [TableCell(word(language, "First-time contributors"))] if names else []
        caption = word(language, "First-time and returning, by year: {roles}")
        builder = TableBuilder(
            caption=caption.format(roles=roles_in_words(roles, self.shown.settings)),
            prefix=self.prefix("newcomers"),
            header=header,
            rows=[self._row(year, each, names=names) for year, each in found.items()],
            widths=[1, 1, 1, 1, *([4] if names else [])],
        )
        return builder.build(self.state.document)

    def _row(self, year: int, found: Newcomers, *, names: bool) -> Sequence[TableCell]:
        numbers = (len(found.first_time), len(found.returning), found.total)
        cells = [TableCell(str(year)), *(TableCell(str(number), NUMBER) for number in numbers)]
        if names:
            cells.append(TableCell(separated(self._links(found.first_time))))
        return cells

    def _links(self, keys: Sequence[str]) -> list[list[nodes.Node]]:
        people = filter(None, (self.shown.get(Person, key, ("label",)) for key in keys if key))
        return [[display.record_link(Person.KIND, each.key, each.label)] for each in people]


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "contributors": Contributors,
    "newcomers": NewcomersTable,
}


def setup_contributors(app: Sphinx) -> None:
    """Register the directives."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
