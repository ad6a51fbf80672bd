"""Tables as docutils nodes: headed, aligned, with note marks linked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from docutils import nodes

from guildhall.core.sheets import Sheet, SheetCell
from guildhall.sphinx_ext.rendering.places import place_node


@dataclass(frozen=True)
class TableCell:
    """A cell.

    Args:
        content: text, or inline nodes.
        classes: classes of the cell, such as ``gh-number``.
        notes: marks of notes that stand on it.
        source: file and line that later messages about the cell name.
        number: the number that it shows, where that is one exact number.
    """

    content: str | Sequence[nodes.Node] = ""
    classes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source: tuple[str, int] | None = None
    number: Decimal | None = None

    def value(self) -> SheetCell:
        """What a file holds of the cell: its number, or else its text with the marks on it."""
        if self.number is not None and not self.notes:
            return self.number
        return " ".join(filter(None, (_text(self.content), ",".join(self.notes))))


@dataclass(frozen=True)
class TableNote:
    """A note under a table."""

    mark: str
    content: Sequence[nodes.Node]


@dataclass
class TableBuilder:
    """Builds one table.

    Args:
        caption: what the table shows.
        prefix: begins every id of the table; unique on its page.
        header: the cells of the header row.
        rows: the body's rows; the first cell of each heads its row.
        footer: rows set apart at the end, such as totals.
        notes: the notes under the table.
        widths: relative widths of the columns.
    """

    caption: str
    prefix: str
    header: Sequence[TableCell]
    rows: Sequence[Sequence[TableCell]]
    footer: Sequence[Sequence[TableCell]] = ()
    notes: Sequence[TableNote] = ()
    widths: Sequence[int] = ()
    _references: dict[str, list[str]] = field(default_factory=dict)

    def build(self, document: nodes.document) -> list[nodes.Node]:
        """The table, and its notes where it has any."""
        table = nodes.table(classes=["gh-table"], align="default")
        title = nodes.title("", self.caption, translatable=False)
        table += title
        columns = len(self.header)
        group = nodes.tgroup(cols=columns)
        widths = list(self.widths) or [3, *([1] * (columns - 1))]
        for index, width in enumerate(widths):
            column = nodes.colspec(colwidth=width * 10)
            if index == 0:
                column["stub"] = 1
            group += column
        head = nodes.thead()
        head += self._row(self.header, document)
        body = nodes.tbody()
        body += [self._row(row, document) for row in self.rows]
        body += [self._row(row, document, "gh-total") for row in self.footer]
        group += [head, body]
        table += group
        built: list[nodes.Node] = [table]
        if self.notes:
            built.append(self._note_list(document))
        return built

    def filled(self) -> TableBuilder:
        """The table without the columns, from the second, that have no content in any row."""
        kept = [
            index
            for index in range(len(self.header))
            if not index or any(row[index].content for row in (*self.rows, *self.footer))
        ]

        def of(cells: Sequence[TableCell]) -> list[TableCell]:
            return [cells[index] for index in kept]

        return replace(
            self,
            header=of(self.header),
            rows=[of(row) for row in self.rows],
            footer=[of(row) for row in self.footer],
            widths=[self.widths[index] for index in kept] if self.widths else (),
        )

    def sheet(self) -> Sheet:
        """The table for files."""
        return Sheet(
            self.caption,
            tuple(_text(cell.content) for cell in self.header),
            tuple(tuple(cell.value() for cell in row) for row in (*self.rows, *self.footer)),
            tuple(
                (note.mark, " ".join(_text([part]) for part in note.content)) for note in self.notes
            ),
        )

    def _row(
        self, cells: Iterable[TableCell], document: nodes.document, *classes: str
    ) -> nodes.row:
        row = nodes.row(classes=list(classes))
        for cell in cells:
            entry = nodes.entry(classes=list(cell.classes))
            paragraph = nodes.paragraph(translatable=False)
            if isinstance(cell.content, str):
                paragraph += nodes.Text(cell.content)
            else:
                paragraph += list(cell.content)
            if cell.notes:
                paragraph += self._marks(cell.notes, document)
            if cell.source:
                place_node(paragraph, *cell.source)
            entry += paragraph
            row += entry
        return row

    def _marks(self, marks: Sequence[str], document: nodes.document) -> list[nodes.Node]:
        built: list[nodes.Node] = [nodes.Text("\N{NARROW NO-BREAK SPACE}")]
        defined = {note.mark for note in self.notes}
        box = nodes.superscript(classes=["gh-mark"])
        for position, mark in enumerate(marks):
            if position:
                box += nodes.Text(",")
            if mark not in defined:
                box += nodes.Text(mark)  # The check tells of it; a link would lead nowhere.
                continue
            used = self._references.setdefault(mark, [])
            own_id = f"{self.prefix}-mark-{mark}-{len(used) + 1}"
            used.append(own_id)
            reference = nodes.reference("", mark, internal=True, refid=self._note_id(mark))
            reference["ids"].append(own_id)
            document.note_explicit_target(reference)
            box += reference
        built.append(box)
        return built

    def _note_id(self, mark: str) -> str:
        return f"{self.prefix}-note-{mark}"

    def _note_list(self, document: nodes.document) -> nodes.Node:
        listed = nodes.definition_list(classes=["gh-notes"])
        for note in self.notes:
            item = nodes.definition_list_item()
            term = nodes.term(translatable=False)
            term["ids"].append(self._note_id(note.mark))
            document.note_explicit_target(term)
            backs = self._references.get(note.mark, [])
            if backs:
                term += nodes.reference("", note.mark, internal=True, refid=backs[0])
            else:
                term += nodes.Text(note.mark)
            definition = nodes.definition()
            definition += list(note.content)
            item += [term, definition]
            listed += item
        return listed


def _text(content: str | Sequence[nodes.Node]) -> str:
    """Words as one line."""
    texts = [content] if isinstance(content, str) else [node.astext() for node in content]
    return " ".join("".join(texts).split())
