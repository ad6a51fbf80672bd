"""Listings of records of one kind: as a list, a line, a table or cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.cells import Cell
from guildhall.core.values.numbers import Range
from guildhall.core.words import word
from guildhall.model.base.model import Record
from guildhall.model.record_lookups import Where, field_text
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.person import Person
from guildhall.network.people.collation import initial_of, name_key
from guildhall.sphinx_ext.pages.templated import inline_part, templated
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError, words
from guildhall.sphinx_ext.records.facets import part_title
from guildhall.sphinx_ext.records.jumps import Jump, jumps_to
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.labels import field_label, kind_label
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

STYLES = ("list", "line", "table", "cards")
INITIAL = "initial"
"""Groups records by the first letter of their names, of people's as lists sort them."""
CARD, ENTRY = "guildhall/card.html.j2", "guildhall/entry.html.j2"


class Records(PortalDirective):
    """Lists records of a kind.

    Options:
        filter: ``field=value``, several separated by commas; all must match.
        sort: a field, or ``-field`` for the reverse; by default the kind's own order.
        group: a field; records are listed under each of its values. Or ``initial``: under the
            first letters of their names, with links to these.
        columns: fields to show; the first is preceded by a link to the record.
        style: ``list`` (default), ``line`` (one after the other), ``table`` or ``cards``.
        caption: the table's caption.
        empty: what is shown if no record matches.
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("filter", "sort", "group", "columns", "style", "caption", "empty"), directives.unchanged
    )

    def build(self) -> list[nodes.Node]:
        """Select, sort, group and show."""
        kind = self.arguments[0]
        if kind not in KINDS:
            raise self.unknown("kind", kind, tuple(KINDS))
        style = self.options.get("style", "list")
        if style not in STYLES:
            raise self.unknown("style", style, STYLES)
        fields = (*KINDS[kind].model_fields, "label")
        where = self._where(fields)
        columns = words(self.options.get("columns"))
        sort = self.options.get("sort", "").strip()
        group = self.options.get("group", "").strip()
        by_initial = group == INITIAL
        named = [name for name in (sort.lstrip("-"), "" if by_initial else group) if name]
        for name in (*columns, *named):
            if name not in fields:
                raise self.unknown("field", name, fields)
        used = {"label", *columns, *named}
        if by_initial and kind == Person.KIND:
            used.add("sort_name")
        found = self.shown.select(kind, where, used)
        if not found:
            text = self.options.get("empty", word(self.language, "No record."))
            return [display.paragraph(nodes.Text(text))]
        if sort:
            found = tuple(
                sorted(
                    found,
                    key=lambda record: _sort_value(record, sort.lstrip("-")),
                    reverse=sort.startswith("-"),
                )
            )
        if by_initial:
            return self._by_initial(kind, found, columns, style)
        return self._grouped(kind, found, group, columns, style)

    def _where(self, fields: Sequence[str]) -> Where:
        where = []
        for each in words(self.options.get("filter")):
            name, equals, value = (part.strip() for part in each.partition("="))
            if not equals:
                raise UnusableError(f"found the filter `{each}`, expected `field=value`")
            if name.split(".")[0] not in fields:
                raise self.unknown("field", name, tuple(fields))
            where.append((name, value))
        return tuple(where)

    def _grouped(
        self, kind: str, found: Sequence[Record], group: str, columns: Sequence[str], style: str
    ) -> list[nodes.Node]:
        if not group:
            return self._show(kind, found, columns, style, self.options.get("caption"))
        groups: dict[str, list[Record]] = {}
        for record in found:
            groups.setdefault(field_text(record, group), []).append(record)
        built: list[nodes.Node] = []
        for name, members in groups.items():
            other = nodes.Text(word(self.language, "other"))
            shown = display.field(self.shown, members[0], group) or [other]
            built.append(nodes.rubric("", "", *shown, translatable=False))
            caption = f"{field_label(self.language, group)}: {name}"
            built += self._show(kind, members, columns, style, caption)
        return built

    def _by_initial(
        self, kind: str, found: Sequence[Record], columns: Sequence[str], style: str
    ) -> list[nodes.Node]:
        """Records under the first letters of their names, with links to these."""
        language = self.language
        if not self.options.get("sort"):
            found = sorted(found, key=lambda each: (name_key(_name(each), language), each.key))
        letters: dict[str, list[Record]] = {}
        for record in sorted(found, key=lambda each: _place(each, language)):
            letters.setdefault(initial_of(_name(record), language), []).append(record)
        prefix = self.prefix("initial")
        jumps = [Jump(f"{prefix}-{at}", letter) for at, letter in enumerate(letters)]
        built = jumps_to(word(language, "Letters"), jumps)
        for jump, members in zip(jumps, letters.values(), strict=True):
            built.append(part_title("", jump.text, ids=[jump.target], depth=0))
            caption = f"{kind_label(language, kind)}: {jump.text}"
            built += self._show(kind, members, columns, style, caption)
        return built

    def _show(
        self,
        kind: str,
        found: Sequence[Record],
        columns: Sequence[str],
        style: str,
        caption: str | None,
    ) -> list[nodes.Node]:
        if style == "table":
            return self._table(kind, found, columns, caption)
        if style == "line":
            return self._line(found, columns)
        return self._cards(found, columns) if style == "cards" else self._list(found, columns)

    def _line(self, found: Sequence[Record], columns: Sequence[str]) -> list[nodes.Node]:
        line: list[nodes.Node] = []
        for record in found:
            line += [nodes.Text(" · ")] if line else []
            line.append(self._link(record))
            for _, value in self._fields(record, columns):
                line += [nodes.Text(", "), *value]
        return [display.paragraph(*line)]

    def _list(self, found: Sequence[Record], columns: Sequence[str]) -> list[nodes.Node]:
        # docutils sees that a list has single lines only in nodes of its own.
        listed = nodes.bullet_list(bullet="-", classes=["simple"])
        for record in found:
            entry = templated(template=ENTRY, values={"kind": record.KIND})
            line: list[nodes.Node] = [inline_part("link", self._link(record))]
            for name, value in self._fields(record, columns):
                line += [nodes.Text(", "), inline_part("fields", *value, key=name)]
            entry += display.paragraph(*line)
            listed += nodes.list_item("", entry)
        return [listed]

    def _cards(self, found: Sequence[Record], columns: Sequence[str]) -> list[nodes.Node]:
        grid = nodes.container(classes=["gh-cards"])
        for record in found:
            card = templated(template=CARD, values={"kind": record.KIND})
            card += display.paragraph(inline_part("link", self._link(record)))
            for name, value in self._fields(record, columns):
                card += display.paragraph(inline_part("fields", *value, key=name))
            grid += nodes.container("", card, classes=["gh-card"])
        return [grid]

    def _table(
        self, kind: str, found: Sequence[Record], columns: Sequence[str], caption: str | None
    ) -> list[nodes.Node]:
        names = [name for name in columns if name != "label"]
        numeric = {name for name in names if all(_is_number(getattr(r, name)) for r in found)}
        classes = {name: ("gh-number",) if name in numeric else () for name in names}
        builder = TableBuilder(
            caption=caption or kind_label(self.language, kind),
            prefix=self.prefix("records"),
            header=[
                TableCell(kind_label(self.language, kind)),
                *(TableCell(field_label(self.language, name), classes[name]) for name in names),
            ],
            rows=[
                [
                    TableCell([self._link(record)]),
                    *(
                        TableCell(display.field(self.shown, record, name), classes[name])
                        for name in names
                    ),
                ]
                for record in found
            ],
        )
        return builder.filled().build(self.state.document)

    def _link(self, record: Record) -> nodes.Node:
        return display.record_link(record.KIND, record.key, record.label)

    def _fields(
        self, record: Record, columns: Sequence[str]
    ) -> Iterator[tuple[str, list[nodes.Node]]]:
        """The fields that say something beside the label."""
        for name in columns:
            if name != "label" and field_text(record, name) != record.label:
                value = display.field(self.shown, record, name)
                if value:
                    yield name, value


def _name(record: Record) -> str:
    """The name by which a list sorts a record."""
    return record.sort_name if isinstance(record, Person) else record.label


def _place(record: Record, language: str) -> tuple[Any, ...]:
    """Where the letter stands under which a record is listed; what has none comes last."""
    initial = initial_of(_name(record), language)
    return initial == "#", name_key(initial, language)


def _is_number(value: object) -> bool:
    return isinstance(value, Range | Cell) or (
        isinstance(value, int) and not isinstance(value, bool)
    )


def _sort_value(record: Record, name: str) -> tuple[Any, ...]:
    value = getattr(record, name)
    if isinstance(value, str):
        value = value.casefold()
    elif isinstance(value, Cell):
        value = (value.amount.low, value.amount.high)
    return (value is not None, value, record.sort_key)


DIRECTIVES: dict[str, type[PortalDirective]] = {"records": Records}
