"""Values of records as nodes, the same wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from docutils import nodes
from sphinx import addnodes

from guildhall.core.values.cells import Cell
from guildhall.core.values.format import format_date, format_range, format_text_dashes
from guildhall.core.values.names import country_name, language_name
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.core.yaml_source import Place
from guildhall.model.base.fields import Vocabulary
from guildhall.model.base.model import Model, Record
from guildhall.model.records.kinds.person import Affiliation, Person
from guildhall.model.records.shared import Link
from guildhall.model.shown import Shown
from guildhall.sphinx_ext.rendering.labels import term, value_label
from guildhall.sphinx_ext.rendering.places import place_node

EM_DASH = "\N{EM DASH}"


def text(content: str) -> nodes.Text:
    """Plain text, with the dashes that ranges of numbers take."""
    return nodes.Text(format_text_dashes(content))


def paragraph(*content: nodes.Node, classes: Sequence[str] = ()) -> nodes.paragraph:
    """A paragraph that translators don't see, since it is made from data."""
    built = nodes.paragraph(classes=list(classes), translatable=False)
    built += list(content)
    return built


def badge(words: str | nodes.Node, *classes: str) -> nodes.inline:
    """A few words set apart."""
    content = nodes.Text(words) if isinstance(words, str) else words
    return nodes.inline("", "", content, classes=["gh-badge", *classes])


def record_link(
    kind: str, key: str, label: str, source: Record | None = None, *place: str | int
) -> nodes.Node:
    """A link to a record's page; a later message about it names the place it was read from."""
    link = addnodes.pending_xref(
        "",
        nodes.inline("", label),
        refdomain="guildhall",
        reftype=kind,
        reftarget=key,
        refexplicit=True,
        refwarn=True,
    )
    return located(link, source, place)


def document_link(document: str, text: str, *, is_title: bool = False) -> addnodes.pending_xref:
    """A link to a document, as the role ``doc`` makes it.

    Args:
        document: the document's name, relative to the page's folder, or absolute with a ``/``.
        text: the words of the link.
        is_title: whether they are only what the document was called, which is named as it is then.
    """
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="doc",
        reftarget=document,
        refexplicit=not is_title,
        refwarn=True,
    )


N = TypeVar("N", bound=nodes.Element)


def located(node: N, record: Record | None, at: Place) -> N:
    """Give a node the place of a record's value."""
    if record is not None:
        place_node(node, str(record.origin.path), record.at(*at).line)
    return node


def to_record(
    shown: Shown, kind: str, key: str, source: Record | None = None, *place: str | int
) -> nodes.Node:
    """A link to a record under its own label."""
    found = shown.find(kind, key, ("label",))
    return record_link(kind, key, found.label if found else key, source, *place)


def person(
    shown: Shown, key: str, source: Record | None = None, *place: str | int
) -> list[nodes.Node]:
    """A person's name, linked, and the e-mail address where the settings show it."""
    found = shown.get(Person, key, ("label", "email"))
    built: list[nodes.Node] = [
        record_link("person", key, found.label if found else key, source, *place)
    ]
    if found and found.email and shown.settings.show_email:
        built += [nodes.Text(" ("), email(found.email, found), nodes.Text(")")]
    return built


def email(address: str, source: Record) -> nodes.Node:
    """An e-mail address, linked."""
    return located(nodes.reference("", address, refuri=f"mailto:{address}"), source, ("email",))


def link(item: Link, source: Record, place: Place, language: str = "en") -> list[nodes.Node]:
    """A link with its description, marked in a language where it is historic.

    Without an address it is only its words: that one is missing is for the check to tell.
    """
    built: list[nodes.Node] = []
    words = item.text or item.url or ""
    if item.url:
        classes = ["gh-historic"] if item.historic else []
        built.append(
            located(
                nodes.reference("", words, refuri=item.url, internal=False, classes=classes),
                source,
                (*place, "url"),
            )
        )
    elif words:
        built.append(nodes.Text(words))
    if item.description:
        built.append(text(f" {EM_DASH} {item.description}" if words else item.description))
    if item.url and item.historic:
        historic = word(language, "historic address, may no longer work")
        built += [nodes.Text(" "), badge(historic, "gh-badge-historic")]
    return built


def link_list(
    items: Sequence[Link], source: Record, place: Place, language: str = "en"
) -> nodes.bullet_list:
    """Links, one a line."""
    listed = nodes.bullet_list(bullet="-", classes=["gh-links"])
    for index, item in enumerate(items):
        if shown := link(item, source, (*place, index), language):
            listed += nodes.list_item("", paragraph(*shown))
    return listed


def facts(pairs: Sequence[tuple[str, Sequence[nodes.Node]]]) -> nodes.definition_list:
    """Labels and their values."""
    listed = nodes.definition_list(classes=["gh-facts"])
    for label, value in pairs:
        item = nodes.definition_list_item()
        item += nodes.term("", label, translatable=False)
        definition = nodes.definition()
        if value and isinstance(value[0], nodes.Text | nodes.Inline):
            definition += paragraph(*value)
        else:
            definition += list(value)
        item += definition
        listed += item
    return listed


def field(shown: Shown, record: Record, name: str) -> list[nodes.Node]:
    """The value of one field of a record, in the form its type asks for."""
    value = record.label if name == "label" else getattr(record, name)
    kinds = {found.place: found.mark.kind for found in record.references()}
    return _value(shown, record, (name,), value, kinds)


def _value(
    shown: Shown, record: Record, place: Place, value: Any, kinds: dict[Place, str]
) -> list[nodes.Node]:
    language = shown.settings.language
    if value is None:
        return []
    if place in kinds:
        if kinds[place] == Person.KIND:
            return person(shown, value, record, *place)
        return [to_record(shown, kinds[place], value, record, *place)]
    if isinstance(value, Link):
        return link(value, record, place, language)
    if isinstance(value, Affiliation):
        part = "partner" if value.partner else "name"
        return _value(shown, record, (*place, part), getattr(value, part), kinds)
    if isinstance(value, Model):
        # Parts of records that have no form of their own go by their names.
        name = getattr(value, "title", None) or getattr(value, "name", None)
        return [text(name)] if name else []
    if isinstance(value, bool):
        return [nodes.Text(word(language, "yes") if value else word(language, "no"))]
    if isinstance(value, Cell):
        value = value.amount
    if isinstance(value, Range):
        return [nodes.Text(format_range(value, language))]
    if isinstance(value, datetime):
        return [nodes.Text(f"{format_date(value.date(), language)}, {value:%H:%M}")]
    if isinstance(value, date):
        return [nodes.Text(format_date(value, language))]
    if isinstance(value, tuple):
        built: list[nodes.Node] = []
        for index, item in enumerate(value):
            if index:
                built.append(nodes.Text(", "))
            built += _value(shown, record, (*place, index), item, kinds)
        return built
    for found in record.marked(Vocabulary):
        if found.place == place:
            return [nodes.Text(term(language, found.mark.name, value, shown.settings))]
    if place[0] == "languages":
        return [nodes.Text(language_name(value, language))]
    if place[-1] == "country":
        return [nodes.Text(country_name(value, language))]
    if place[-1] == "email":
        return [email(value, record)] if shown.settings.show_email else []
    if isinstance(value, str) and value.startswith(("https://", "http://")):
        return link(Link(url=value), record, place, language)
    return [text(value_label(language, record.KIND, str(place[0]), str(value)))]
