"""What became of a partner, and since when it takes part."""

from __future__ import annotations

from datetime import date

from docutils import nodes

from guildhall.core.values.format import format_date
from guildhall.core.words import word
from guildhall.model.records.kinds.partner import Partner
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError
from guildhall.sphinx_ext.rendering import display


class PartnerHistory(PortalDirective):
    """Former names of the page's own partner, its end, successor and predecessors."""

    def build(self) -> list[nodes.Node]:
        """Build the facts; nothing for a partner that always was what it is."""
        partner, language = self.own_record_of(Partner), self.language
        pairs: list[tuple[str, list[nodes.Node]]] = []
        if partner.ended:
            day = format_date(partner.ended, language)
            pairs.append((word(language, "Ended"), [nodes.Text(day)]))
        if partner.became:
            at = display.to_record(self.shown, Partner.KIND, partner.became, partner, "became")
            pairs.append((word(language, "Succeeded by"), [at]))
        former: list[nodes.Node] = [
            display.paragraph(display.text(self._until(each.name, each.until)))
            for each in partner.formerly
        ]
        if former:
            pairs.append((word(language, "Formerly"), former))
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
            pairs.append((word(language, "Successor of"), lines))
        return [display.facts(pairs)] if pairs else []

    def _until(self, name: str, day: date | None) -> str:
        if day is None:
            return name
        text = word(self.language, "until {day}").format(day=format_date(day, self.language))
        return f"{name}, {text}"


class PartnerSpan(PortalDirective):
    """The period in which the page's own partner takes part in a project.

    Args: the number of the participation, from 0.
    """

    required_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Build a sentence; nothing where no dates are stated."""
        partner, language = self.own_record_of(Partner), self.language
        number = self.arguments[0].strip()
        if not number.isdecimal() or int(number) >= len(partner.participation):
            raise UnusableError(f"the partner has no participation {number}")
        part = partner.participation[int(number)]
        start = format_date(part.start, language) if part.start else None
        end = format_date(part.end, language) if part.end else None
        if start and end:
            text = word(language, "In the project from {start} until {end}.")
        elif start:
            text = word(language, "In the project since {start}.")
        elif end:
            text = word(language, "In the project until {end}.")
        else:
            return []
        return [display.paragraph(nodes.Text(text.format(start=start, end=end)))]


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "partner-history": PartnerHistory,
    "partner-span": PartnerSpan,
}
