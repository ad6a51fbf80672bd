"""A partner's page: the facts at its top, its part in a project, and who else names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from docutils import nodes

from guildhall.core.values.format import format_date
from guildhall.core.words import word
from guildhall.model.records.kinds.partner import Participation, Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.network.people.lookups import NamedElsewhere
from guildhall.sphinx_ext.directives.record import backlinks
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import field_label

Pair = tuple[str, Sequence[nodes.Node]]


class PartnerHead(PortalDirective):
    """The facts of the page's own partner: what it is, was and will be, and its seats."""

    def build(self) -> list[nodes.Node]:
        """Build the box."""
        partner = self.own_record_of(Partner)
        fields = (("country", ""), ("contact", ""), ("homepage", ""), ("ror", "ROR"))
        pairs: list[Pair] = []
        for name, label in fields:
            value = display.field(self.shown, partner, name)
            if value:
                pairs.append((label or field_label(self.language, name), value))
        for at, part in enumerate(partner.participation):
            pairs += self._part(partner, at, part)
        return [display.facts([*pairs, *self._funding(partner), *self._history(partner)])]

    def _part(self, partner: Partner, at: int, part: Participation) -> Iterator[Pair]:
        """When the partner takes part in a project, and whether it has a seat."""
        of_project = ""
        if len(partner.participation) > 1:
            project = self.shown.find(Project.KIND, part.project, ("label",))
            of_project = f" ({project.label if project else part.project})"
        span = self._span(part)
        if span:
            yield word(self.language, "Period") + of_project, [nodes.Text(span)]
        if part.steering_seat is None:
            return
        answer = word(self.language, "yes") if part.steering_seat else word(self.language, "no")
        has_seat: list[nodes.Node] = [nodes.Text(answer)]
        if part.steering_seat and part.representative:
            place = ("participation", at, "representative")
            link = display.to_record(self.shown, Person.KIND, part.representative, partner, *place)
            has_seat += [nodes.Text(f", {word(self.language, 'held by')} "), link]
        yield word(self.language, "Seat in the steering group") + of_project, has_seat

    def _span(self, part: Participation) -> str:
        language = self.language
        start = format_date(part.start, language) if part.start else None
        end = format_date(part.end, language) if part.end else None
        if start and end:
            text = word(language, "In the project from {start} until {end}.")
        elif start:
            text = word(language, "In the project since {start}.")
        elif end:
            text = word(language, "In the project until {end}.")
        else:
            return ""
        return text.format(start=start, end=end)

    def _funding(self, partner: Partner) -> Iterator[Pair]:
        if partner.funding is None:
            return
        text = word(self.language, "The partner's own funding is known until the end of {year}.")
        said: list[nodes.Node] = [
            display.paragraph(nodes.Text(text.format(year=partner.funding.ends)))
        ]
        if partner.funding.text:
            said += render_prose(partner, ("funding", "text"), self.state.document)
        yield word(self.language, "Funding of the partner"), said

    def _history(self, partner: Partner) -> Iterator[Pair]:
        """Former names, the end, successor and predecessors."""
        language = self.language
        if partner.ended:
            day = format_date(partner.ended, language)
            yield word(language, "Ended"), [nodes.Text(day)]
        if partner.became:
            at = display.to_record(self.shown, Partner.KIND, partner.became, partner, "became")
            yield word(language, "Succeeded by"), [at]
        if partner.formerly:
            names = [
                display.paragraph(display.text(self._until(each.name, each.until)))
                for each in partner.formerly
            ]
            yield word(language, "Formerly"), names
        before = self.shown.select(
            Partner.KIND, (("became", partner.key),), ("label", "ended", "became")
        )
        lines: list[nodes.Node] = []
        for each in before:
            if isinstance(each, Partner):
                link = display.record_link(Partner.KIND, each.key, each.label)
                until = self._until("", each.ended)
                lines.append(display.paragraph(link, *([nodes.Text(until)] if until else [])))
        if lines:
            yield word(language, "Successor of"), lines

    def _until(self, name: str, day: date | None) -> str:
        if day is None:
            return name
        text = word(self.language, "until {day}").format(day=format_date(day, self.language))
        return f"{name}, {text}"


class PartnerPart(PortalDirective):
    """The groups of the page's own partner that take part in a project, and what they do.

    Args: the number of the participation, from 0.
    """

    required_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Build the texts with their labels."""
        partner, number = self.own_record_of(Partner), self.arguments[0].strip()
        if not number.isdecimal() or int(number) >= len(partner.participation):
            raise UnusableError(f"the partner has no participation {number}")
        labels = {
            "groups": word(self.language, "Groups involved"),
            "involvement": word(self.language, "Involvement of the partner"),
        }
        document, at = self.state.document, int(number)
        return [
            display.facts(
                [
                    (label, render_prose(partner, ("participation", at, name), document))
                    for name, label in labels.items()
                ]
            )
        ]


class PartnerElsewhere(PortalDirective):
    """The records that name the page's own partner and that the page doesn't show otherwise."""

    def build(self) -> list[nodes.Node]:
        """Build the list; nothing where all is told."""
        partner = self.own_record_of(Partner)
        found = self.shown.ask(NamedElsewhere(partner.key))
        return backlinks(found, self.language)


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "partner-head": PartnerHead,
    "partner-part": PartnerPart,
    "partner-elsewhere": PartnerElsewhere,
}
