"""A person's page, and the chapters of a partner's page on its people and their workshops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.core.values.format import EN_DASH
from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.model.base import rules
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Affiliation, Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.people.affiliations import Carried, Member
from guildhall.network.people.agenda import Agenda
from guildhall.network.people.appearances import Appearance
from guildhall.network.people.contributions import OFFICES, Contribution, Holding, Office
from guildhall.network.people.lookups import AgendaOf, CarriedBy, ContributionOf, MembersOf
from guildhall.network.workshops.order import place_on
from guildhall.sphinx_ext.faults.diagnostics import log_fault
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import take_out_files
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.rendering.labels import field_label
from guildhall.sphinx_ext.rendering.lines import workshop_dates
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.rendering.states import state_nodes
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell
from guildhall.sphinx_ext.workshops.agenda import agenda_nodes
from guildhall.sphinx_ext.workshops.appearances import appearances_table
from guildhall.sphinx_ext.workshops.calendars import own_calendar_line
from guildhall.sphinx_ext.workshops.certificates import certificate_link
from guildhall.sphinx_ext.workshops.roles import (
    listed,
    roles_in_words,
    writing_roles_in_words,
)
from guildhall.sphinx_ext.workshops.view import Pairs, WorkshopView

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PHOTO_WIDTH = "9em"
"""How wide a photo is, in every format."""


def span_of(affiliation: Affiliation, language: str) -> str:
    """The years of an affiliation, as far as they are known."""
    start, end = affiliation.start, affiliation.end
    if start and end:
        return str(start.year) if start.year == end.year else f"{start.year}{EN_DASH}{end.year}"
    if start:
        return word(language, "since {year}").format(year=start.year)
    return word(language, "until {year}").format(year=end.year) if end else ""


def list_of(lines: Iterable[Sequence[nodes.Node]]) -> nodes.bullet_list:
    """Lines of inline nodes as a list."""
    built = nodes.bullet_list(bullet="-")
    built += [nodes.list_item("", display.paragraph(*line)) for line in lines]
    return built


def _workshop_link(workshop: Workshop) -> nodes.Node:
    return display.record_link(Workshop.KIND, workshop.key, workshop.label)


class PersonHead(PortalDirective):
    """Photo, affiliations over time and addresses of the page's own person, and the certificate.

    The photo is shown only if the person's consent covers it.
    """

    def build(self) -> list[nodes.Node]:
        """Build the box."""
        person = self.own_record_of(Person)
        box = nodes.container(classes=["gh-person-head"])
        box += self._photo(person)
        pairs = self._facts(person)
        if pairs:
            box += display.facts(pairs)
        built: list[nodes.Node] = [box] if len(box) else []
        return [*built, *certificate_link(self.shown, person)]

    def _photo(self, person: Person) -> list[nodes.Node]:
        if person.photo is None or not person.consent.photo:
            return []
        alt = word(self.language, "Photo of {name}").format(name=person.name)
        image = nodes.image(
            uri=f"/{person.photo}", alt=alt, classes=["gh-person-photo", "no-scaled-link"]
        )
        image["width"] = PHOTO_WIDTH
        box = nodes.Element("", display.located(image, person, ("photo",)))
        for _, message in take_out_files(box, self.env):
            fault = person.origin.fault(person.at("photo"), rules.VALUE, f"`photo`: {message}")
            log_fault(fault)
            return []
        return list(box.children)

    def _facts(self, person: Person) -> Pairs:
        language = self.language
        pairs: Pairs = []
        if person.affiliations:
            lines = [self._affiliation(person, at) for at in range(len(person.affiliations))]
            pairs.append((field_label(language, "affiliations"), lines))
        if person.email and self.shown.settings.show_email:
            pairs.append((word(language, "E-mail"), [display.email(person.email, person)]))
        if person.orcid:
            address = f"https://orcid.org/{person.orcid}"
            link = nodes.reference("", address, refuri=address, internal=False)
            pairs.append(("ORCID", [display.located(link, person, ("orcid",))]))
        former = [each.name for each in person.former_names if each.shown]
        if former:
            text = nodes.Text(listed(former, language))
            pairs.append((field_label(language, "former_names"), [text]))
        if person.languages:
            names = [language_name(each, language) for each in person.languages]
            pairs.append(
                (field_label(language, "languages"), [nodes.Text(listed(names, language))])
            )
        if person.links:
            links = display.link_list(person.links, person, ("links",), language)
            pairs.append((word(language, "Links"), [links]))
        return pairs

    def _affiliation(self, person: Person, index: int) -> nodes.Node:
        affiliation = person.affiliations[index]
        at = ("affiliations", index)
        where: nodes.Node = nodes.Text(affiliation.name or "")
        if affiliation.partner:
            key = affiliation.partner
            where = display.to_record(self.shown, Partner.KIND, key, person, *at, "partner")
        span = span_of(affiliation, self.language)
        line = [where, *([nodes.Text(f", {span}")] if span else [])]
        if affiliation.source:
            words = word(self.language, "source")
            named = affiliation.source.model_copy(update={"text": affiliation.source.text or words})
            link = display.link(named, person, (*at, "source"), self.language)
            line += [nodes.Text(" ("), *link, nodes.Text(")")]
        return display.paragraph(*line)


class PersonChapters(PortalDirective):
    """What the page's own person did: at workshops, for lessons, for partners and projects."""

    def build(self) -> list[nodes.Node]:
        """Build the chapters."""
        person, language = self.own_record_of(Person), self.language
        did = self.shown.ask(ContributionOf(person.key))
        # What it gives has been noted as what the person did; the day itself doesn't matter.
        today = self.shown.settings.today
        held = did.held(today)
        agenda = self.shown.ask(AgendaOf(person.key))
        coming = [
            each for each in did.appearances if each.is_coming(today) or agenda.at(each.workshop)
        ]
        chapters = (
            ("workshops", word(language, "Roles over the years"), self._workshops(held)),
            ("coming", word(language, "Upcoming workshops"), self._coming(coming, agenda)),
            ("lessons", word(language, "Lessons"), self._lessons(did)),
            ("offices", word(language, "Partners and projects"), self._offices(did)),
        )
        built: list[nodes.Node] = []
        for name, title, content in chapters:
            if content:
                section = nodes.section(ids=[f"person-{name}"])
                section += nodes.title("", title, translatable=False)
                section += content
                self.state.document.note_explicit_target(section)
                built.append(section)
        return built

    def _workshops(self, held: Sequence[Appearance]) -> list[nodes.Node]:
        if not held:
            return []
        prefix = self.prefix("workshops")
        builder = appearances_table(held, self.shown.settings, _workshop_link, prefix)
        return builder.build(self.state.document)

    def _coming(self, coming: Sequence[Appearance], agenda: Agenda) -> list[nodes.Node]:
        if not coming:
            return []
        today = self.shown.settings.today
        listed = nodes.bullet_list(bullet="-")
        for each in sorted(coming, key=lambda each: place_on(each.workshop, today)):
            roles = roles_in_words(each.roles, self.shown.settings)
            states = state_nodes(self.shown, each.workshop, self.language)
            line = workshop_dates(each.workshop, self.language)
            item = nodes.list_item()
            item += display.paragraph(*line, nodes.Text(f": {roles} "), *states)
            duties = agenda.at(each.workshop)
            if duties:
                view = WorkshopView(each.workshop, self.shown, self.state.document, self.env)
                item += agenda_nodes(view, duties)
            listed += item
        if not agenda.has_calendar:
            return [listed]
        return [own_calendar_line(self.shown, self.own_record_of(Person)), listed]

    def _lessons(self, did: Contribution) -> list[nodes.Node]:
        lines = []
        for each in did.writings:
            link = display.record_link(Lesson.KIND, each.lesson.key, each.lesson.label)
            roles = writing_roles_in_words(each.roles, self.language)
            lines.append([link, nodes.Text(f" ({roles})")])
        return [list_of(lines)] if lines else []

    def _offices(self, did: Contribution) -> list[nodes.Node]:
        language = self.language
        titles: dict[Office, str] = {
            "contact": word(language, "Contact person of"),
            "representative": word(language, "Seat in the steering group for"),
            "leader": word(language, "Leader of"),
            "author": word(language, "Author of"),
        }
        pairs: Pairs = []
        for office in OFFICES:
            found = [self._office(each) for each in did.holdings if each.office == office]
            if found:
                pairs.append((titles[office], separated(found)))
        return [display.facts(pairs)] if pairs else []

    def _office(self, holding: Holding) -> list[nodes.Node]:
        record = holding.record
        built = [display.record_link(record.KIND, record.key, record.label)]
        if holding.project:
            project = display.to_record(self.shown, Project.KIND, holding.project)
            built += [nodes.Text(" ("), project, nodes.Text(")")]
        return built


class PartnerPeople(PortalDirective):
    """The people of the page's own partner and their offices, current ones before former ones."""

    def build(self) -> list[nodes.Node]:
        """Build the lists."""
        members = self.shown.ask(MembersOf(self.own_record_of(Partner).key))
        current = [self._member(each) for each in members if each.is_current]
        former = [self._member(each) for each in members if not each.is_current]
        built: list[nodes.Node] = []
        if current:
            built.append(list_of(current))
        if former:
            words = word(self.language, "Earlier")
            built += [nodes.rubric("", words, translatable=False), list_of(former)]
        return built

    def _member(self, member: Member) -> list[nodes.Node]:
        link = display.record_link(Person.KIND, member.person.key, member.person.label)
        spans = filter(None, (span_of(each, self.language) for each in member.affiliations))
        line = [link, nodes.Text("".join(f", {each}" for each in spans))]
        for badge in self._marks(member.person):
            line += [nodes.Text(" "), badge]
        return line

    def _marks(self, person: Person) -> Iterator[nodes.Node]:
        """What the person is for the partner."""
        partner = self.own_record_of(Partner)
        if person.key == partner.contact:
            yield display.badge(field_label(self.language, "contact"))
        if any(person.key == each.representative for each in partner.participation):
            yield display.badge(word(self.language, "Seat in the steering group"))


class PartnerWorkshops(PortalDirective):
    """The workshops of the page's own partner, and its role: named, as host, by its people.

    Its people are those who belonged to it at the time.
    """

    def build(self) -> list[nodes.Node]:
        """Build the table."""
        language = self.language
        carried = self.shown.ask(CarriedBy(self.own_record_of(Partner).key))
        if not carried:
            return [display.paragraph(nodes.Text(word(language, "No record.")))]
        builder = TableBuilder(
            caption=word(language, "The partner's role in workshops"),
            prefix=self.prefix("carried"),
            header=[
                TableCell(word(language, "Workshop")),
                TableCell(word(language, "Dates")),
                TableCell(word(language, "Role of the partner")),
            ],
            rows=[
                [
                    TableCell([_workshop_link(each.workshop)]),
                    TableCell(dates_of(each.workshop, language)),
                    TableCell(separated(self._part(each), "; ")),
                ]
                for each in carried
            ],
            widths=[3, 2, 3],
        )
        return builder.build(self.state.document)

    def _part(self, each: Carried) -> list[list[nodes.Node]]:
        language, support = self.language, each.support
        parts: list[list[nodes.Node]] = []
        if support.is_stated:
            parts.append([nodes.Text(word(language, "supported the workshop"))])
        if support.hosts:
            parts.append([nodes.Text(word(language, "hosted a classroom"))])
        names = {
            key: [display.to_record(self.shown, Person.KIND, key)] for key, _ in support.people
        }
        if support.teachers:
            before = nodes.Text(f"{word(language, 'taught by')} ")
            parts.append([before, *separated(names[key] for key in support.teachers)])
        parts += [
            [*names[key], nodes.Text(f" ({roles_in_words(roles, self.shown.settings)})")]
            for key, roles in support.people
            if key not in support.teachers
        ]
        return parts


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "person-head": PersonHead,
    "person-chapters": PersonChapters,
    "partner-people": PartnerPeople,
    "partner-workshops": PartnerWorkshops,
}


def setup_people(app: Sphinx) -> None:
    """Register the directives."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
