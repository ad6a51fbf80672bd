"""Calendars of workshops beside the pages, and links to them.

Other modules take :func:`calendar_nodes` for the links of one workshop.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, cast

from docutils import nodes

from guildhall.core.values.names import country_name
from guildhall.core.words import word
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.vocabularies import WORKSHOP_TYPE
from guildhall.network.people.lookups import own_calendars
from guildhall.network.workshops.calendars import Calendars
from guildhall.network.workshops.lookups import StandingOf
from guildhall.network.workshops.publishing import (
    ALL,
    calendar_files,
    countries_of,
    country_file,
    is_shared,
    people_files,
    person_file,
    type_file,
    workshop_file,
)
from guildhall.network.workshops.timeline import Span, running_span
from guildhall.sphinx_ext.pages.file_links import file_link, file_links
from guildhall.sphinx_ext.pages.site_files import SiteFiles, publishes
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dated import dated_part
from guildhall.sphinx_ext.rendering.labels import term
from guildhall.sphinx_ext.rendering.nodes import copy_button
from guildhall.sphinx_ext.workshops.files import published

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

    from guildhall.model.shown import Shown

_PLACED = ("type", "partners", "places", "classrooms", "status", "dates_are_open")
"""The fields of workshops that say which calendars hold them."""


def calendar_nodes(shown: Shown, workshop: Workshop) -> list[nodes.Node]:
    """What adds a workshop to a calendar, for the inside of a paragraph.

    There is nothing for one without dates, or once it is over.

    Args:
        shown: the portal as the page sees it.
        workshop: the workshop.
    """
    if workshop.dates_are_open or shown.ask(StandingOf(workshop.key)).phase == "past":
        return []
    words, file = word(shown.settings.language, "Add to calendar"), workshop_file(workshop)
    links = [file_link("", words, file=file), *_subscription(shown, file)]
    until = Span(None, running_span(workshop).end)
    return [dated_part(until, *links, holds=True, classes=["gh-workshop-calendar"])]


def own_calendar_line(shown: Shown, person: Person) -> file_links:
    """What adds a person's own sessions to a calendar; the person has one.

    Args:
        shown: the portal as the page sees it.
        person: the person.
    """
    words, file = word(shown.settings.language, "Add to calendar"), person_file(person.key)
    line = file_links(translatable=False, classes=["gh-person-calendar"])
    line += [file_link("", words, file=file), *_subscription(shown, file)]
    return line


def subscription_nodes(shown: Shown, language: str) -> list[nodes.Node]:
    """A link to the calendar of all workshops; nothing where there is none.

    Args:
        shown: the portal as the page sees it.
        language: the language of the page.
    """
    if not any(map(is_shared, _placed(shown))):
        return []
    words = word(language, "Subscribe to the calendar of all workshops")
    address = _webcal(shown, ALL)
    if address is None:
        return [file_link("", words, file=ALL)]
    link = nodes.reference("", words, refuri=address, internal=False)
    return [link, *_copying(address, language)]


def _placed(shown: Shown) -> tuple[Workshop, ...]:
    """All workshops, of which a page shows which calendars hold them."""
    return cast("tuple[Workshop, ...]", shown.select(Workshop.KIND, (), _PLACED))


def _webcal(shown: Shown, file: str) -> str | None:
    """The address that a calendar program takes over; None for a portal without an address."""
    base = shown.settings.base_url
    return f"webcal://{base.partition('://')[2].rstrip('/')}/{file}" if base else None


def _subscription(shown: Shown, file: str) -> list[nodes.Node]:
    """A link that a calendar program takes over; there is none for a portal without an address."""
    address = _webcal(shown, file)
    if address is None:
        return []
    language = shown.settings.language
    label = word(language, "Subscribe")
    link = nodes.reference("", label, refuri=address, internal=False)
    return [nodes.Text(", "), link, *_copying(address, language)]


def _copying(address: str, language: str) -> list[nodes.Node]:
    """A button that copies the address of a subscription, as calendars on the web take it."""
    text = f"https://{address.partition('://')[2]}"
    words = {"label": word(language, "Copy address"), "copied": word(language, "Copied")}
    return [nodes.Text(" "), copy_button(text=text, **words)]


class CalendarLinks(PortalDirective):
    """How to subscribe: links to the calendars of all workshops, of each type and country."""

    def build(self) -> list[nodes.Node]:
        """Build a list of all calendars; none without workshops."""
        shown, language = self.shown, self.language
        found = [each for each in _placed(shown) if is_shared(each)]
        if not found:
            return []
        types = {
            term(language, WORKSHOP_TYPE, each.type, shown.settings): type_file(each.type)
            for each in found
        }
        countries = {
            country_name(code, language): country_file(code)
            for each in found
            for code in countries_of(each, shown)
        }
        every = display.paragraph(*self._links(ALL))
        pairs: list[tuple[str, list[nodes.Node]]] = [(word(language, "All workshops"), [every])]
        if types:
            pairs.append((word(language, "By type"), [self._list(types.items())]))
        if countries:
            pairs.append((word(language, "By country"), [self._list(countries.items())]))
        return [display.paragraph(nodes.Text(self._how_to())), display.facts(pairs)]

    def _how_to(self) -> str:
        if self.shown.settings.base_url:
            return word(
                self.language,
                "“Subscribe” opens your calendar app, which then stays up to date. For a web "
                "calendar, copy the address of the calendar file.",
            )
        return word(
            self.language,
            "Open a calendar file once, or give its address to your calendar app, which then "
            "stays up to date.",
        )

    def _list(self, calendars: Iterable[tuple[str, str]]) -> nodes.bullet_list:
        listed = nodes.bullet_list(bullet="-")
        for label, file in sorted(calendars):
            item = nodes.list_item()
            item += display.paragraph(nodes.Text(f"{label}: "), *self._links(file))
            listed += item
        return listed

    def _links(self, file: str) -> list[nodes.Node]:
        label = word(self.language, "Calendar file")
        return [file_link("", label, file=file), *_subscription(self.shown, file)]


DIRECTIVES = {"calendar-links": CalendarLinks}


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or not publishes(app):
        return
    portal = published(app)
    calendars = Calendars(portal)
    files = SiteFiles(cast("StandaloneHTMLBuilder", app.builder), "calendars")
    known = domain_of(app.env).portal
    workshops, people = known.registry.of(Workshop), known.registry.of(Person)
    of_people = people_files(own_calendars(known), people, portal)
    for file in chain(calendar_files(workshops, portal), of_people):
        files.write(file.path, calendars.write(file))
    files.keep()


def setup_calendars(app: Sphinx) -> None:
    """Register the directives, and write calendars when a site has been built."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("build-finished", _write)
