"""Directives for record templates: the texts, facts and links of the page's own record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.words import word
from guildhall.core.yaml_source import Place
from guildhall.model.base.model import Record
from guildhall.model.records.shared import Link
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError, words
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import field_label, kind_label
from guildhall.sphinx_ext.rendering.nodes import separated


def _place(argument: str) -> Place:
    return tuple(int(part) if part.isdigit() else part for part in argument.split("."))


class RecordText(PortalDirective):
    """Shows a Markdown text of the page's own record, such as ``description``."""

    required_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Render the text with the lines that it has in the record."""
        record = self.own_record()
        try:
            return render_prose(record, _place(self.arguments[0]), self.state.document)
        except (AttributeError, IndexError, KeyError):
            message = f"the {record.KIND} has no text `{self.arguments[0]}`"
            raise UnusableError(message) from None


class RecordFacts(PortalDirective):
    """Shows fields of the page's own record as labels and values; empty ones are left out.

    The argument lists the fields; ``field = Label`` sets a label.
    """

    required_arguments = 1
    final_argument_whitespace = True

    def build(self) -> list[nodes.Node]:
        """Build the list."""
        record = self.own_record()
        pairs = []
        for each in words(self.arguments[0]):
            name, _, label = (part.strip() for part in each.partition("="))
            fields = tuple(type(record).model_fields)
            if name not in fields:
                raise self.unknown("field", name, fields)
            value = display.field(self.shown, record, name)
            if value:
                pairs.append((label or field_label(self.language, name), value))
        return [display.facts(pairs)] if pairs else []


class RecordLinks(PortalDirective):
    """Shows links of the page's own record, such as ``documents``."""

    required_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Build the list."""
        record = self.own_record()
        value: Any = record
        place = _place(self.arguments[0])
        for part in place:
            value = value[part] if isinstance(part, int) else getattr(value, str(part), None)
        if not isinstance(value, tuple) or not all(isinstance(item, Link) for item in value):
            raise UnusableError(f"the {record.KIND} has no links `{self.arguments[0]}`")
        return [display.link_list(value, record, place, self.language)] if value else []


def backlinks(records: Iterable[Record], language: str) -> list[nodes.Node]:
    """Records that refer to the page's own one, grouped by kind; nothing where there are none."""
    grouped: dict[str, list[nodes.Node]] = {}
    for record in records:
        link = display.record_link(record.KIND, record.key, record.label)
        grouped.setdefault(record.KIND, []).append(link)
    pairs = []
    for kind, links in grouped.items():
        line = separated([link] for link in links)
        pairs.append((kind_label(language, kind), [display.paragraph(*line)]))
    return [display.facts(pairs)] if pairs else []


class RecordBacklinks(PortalDirective):
    """Lists the records that refer to the page's own one, grouped by kind.

    Options:
        without: kinds to leave out.
    """

    option_spec: ClassVar[dict[str, Any]] = {"without": directives.unchanged}

    def build(self) -> list[nodes.Node]:
        """Build the list."""
        left_out = words(self.options.get("without"))
        found = self.shown.referring_to(self.own_record())
        listed = backlinks([each for each in found if each.KIND not in left_out], self.language)
        if not listed:
            text = word(self.language, "No other record refers to it.")
            return [display.paragraph(nodes.Text(text))]
        return listed


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "record-text": RecordText,
    "record-facts": RecordFacts,
    "record-links": RecordLinks,
    "record-backlinks": RecordBacklinks,
}
