"""``workshop-months``: months with the workshops of each day.

HTML has a table for wide screens and a list for narrow ones, of which one is shown; other builders
have the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from babel.dates import get_day_names
from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.format import capital, format_month, locale_of
from guildhall.core.words import word
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.shown import BuildMonth
from guildhall.network.workshops.lookups import WorkshopsIn
from guildhall.network.workshops.months import Month, months_of, with_open_dates
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.facets import part_title
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import full_date
from guildhall.sphinx_ext.rendering.lines import workshop_dates
from guildhall.sphinx_ext.rendering.nodes import add_element
from guildhall.sphinx_ext.workshops.choosing import ChoosingDirective, nothing_words
from guildhall.sphinx_ext.workshops.listing import listing_empty

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class months_box(nodes.General, nodes.Element):  # noqa: N801
    """Months; where ``node["current"]``, a script hides those that are over."""


class month_box(nodes.General, nodes.Element):  # noqa: N801
    """A month, ``node["month"]``."""


class month_grid(nodes.General, nodes.Element):  # noqa: N801
    """The table of a month, for HTML only."""


class month_list(nodes.General, nodes.Element):  # noqa: N801
    """The list of a month, for those who don't see the table."""


class day_entry(nodes.entry):  # noqa: N801
    """A cell of the day ``node["day"]``; of no day of the month, where that is empty."""


class WorkshopMonths(ChoosingDirective):
    """A calendar of months with workshops: upcoming ones, or those of a year.

    Weeks begin as is usual in the language of the page. Workshops with open dates are shown below
    all months. Cancelled and postponed workshops are left out.

    Options:
        year: all months of this year that have workshops; by default from this month on.
        type: only workshops of this type.
        partner: only those that this partner supports, or hosts a local classroom of.
        lesson: only those that teach this lesson.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        **ChoosingDirective.option_spec,
        "year": directives.positive_int,
    }

    def build(self) -> list[nodes.Node]:
        """Build the months."""
        year = self.options.get("year")
        entries = self.shown.ask(WorkshopsIn(self.choice())).entries
        workshops = [each.workshop for each in entries]
        found = months_of(workshops, locale_of(self.language).first_week_day)
        undated = with_open_dates(workshops)
        if year is None:
            first = self.shown.ask(BuildMonth())
            found = tuple(month for month in found if month.first >= first)
            undated = tuple(each for each in undated if each.end >= first)
            nothing = nothing_words(self.language, "upcoming")
        else:
            found = tuple(month for month in found if month.first.year == year)
            undated = tuple(each for each in undated if year in each.period.years)
            nothing = word(self.language, "No workshop is recorded for {year}.").format(year=year)
        box = months_box(current=year is None)
        box += [self._month(month) for month in found]
        if undated:
            box += self._undated(undated)
        is_late = bool(found or undated)
        box += listing_empty("", display.paragraph(nodes.Text(nothing)), late=is_late)
        return [box]

    def _undated(self, workshops: Sequence[Workshop]) -> nodes.Element:
        """Workshops whose dates are open; the box is over with the last of them."""
        box = month_box(month=f"{max(each.end for each in workshops):%Y-%m}")
        box += part_title("", word(self.language, "Dates to be announced"), depth=0)
        box += _links(workshops, self.language)
        return box

    def _month(self, month: Month) -> nodes.Element:
        name = format_month(month.first, self.language)
        box = month_box(month=month.name)
        box += part_title("", capital(name), depth=0)
        if month.days:
            grid = month_grid()
            grid += self._table(month, name)
            box += [grid, self._list(month)]
        if month.beside:
            box += _links(month.beside, self.language)
        return box

    def _list(self, month: Month) -> nodes.Element:
        listed = month_list()
        listed += _links(month.workshops, self.language)
        return listed

    def _table(self, month: Month, name: str) -> nodes.table:
        table = nodes.table(classes=["gh-table", "gh-month"], align="default")
        table += nodes.title("", name, translatable=False)
        group = nodes.tgroup(cols=7)
        group += [nodes.colspec(colwidth=10) for _ in range(7)]
        head, body = nodes.thead(), nodes.tbody()
        head += self._weekdays()
        for week in month.weeks:
            row = nodes.row()
            row += [self._day(day, month.days.get(day, ()) if day else ()) for day in week]
            body += row
        group += [head, body]
        table += group
        return table

    def _weekdays(self) -> nodes.row:
        locale = locale_of(self.language)
        names = get_day_names("abbreviated", context="stand-alone", locale=locale)
        row = nodes.row()
        for index in range(7):
            name = str(names[(locale.first_week_day + index) % 7])
            row += nodes.entry("", display.paragraph(nodes.Text(name)))
        return row

    def _day(self, day: date | None, workshops: Sequence[Workshop]) -> nodes.entry:
        if day is None:
            return day_entry(day="")
        entry = day_entry(day=day.isoformat(), classes=["gh-busy"] if workshops else [])
        number = nodes.inline("", str(day.day), classes=["gh-day"])
        if workshops:
            number["title"] = full_date(day, self.language)
        entry += display.paragraph(number)
        for workshop in workshops:
            entry += display.paragraph(_link(workshop), classes=["gh-day-workshop"])
        return entry


def _links(workshops: Iterable[Workshop], language: str) -> nodes.bullet_list:
    """Workshops with their dates, one a line."""
    listed = nodes.bullet_list(bullet="-")
    for workshop in workshops:
        listed += nodes.list_item("", display.paragraph(*workshop_dates(workshop, language)))
    return listed


def _link(workshop: Workshop) -> nodes.Node:
    return display.record_link(Workshop.KIND, workshop.key, workshop.label)


def _visit_day(translator: Any, node: day_entry) -> None:
    # docutils' writer counts the columns of a row on its node.
    row: Any = node.parent
    row.column += 1
    more = {"data-day": node["day"]} if node["day"] else {}
    translator.body.append(translator.starttag(node, "td", "", **more))


def _depart_day(translator: Any, node: day_entry) -> None:
    translator.body.append("</td>\n")


DIRECTIVES: dict[str, type[PortalDirective]] = {"workshop-months": WorkshopMonths}


def setup_months(app: Sphinx) -> None:
    """Register nodes and the directive."""
    add_element(
        app,
        months_box,
        "div",
        "gh-months",
        lambda node: {"data-current": ""} if node["current"] else {},
    )
    add_element(app, month_box, "div", "gh-month-box", lambda node: {"data-month": node["month"]})
    add_element(app, month_grid, "div", "gh-month-grid", only=True)
    add_element(app, month_list, "div", "gh-month-list")
    app.add_node(day_entry, html=(_visit_day, _depart_day))
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
