"""Tells of marks that were to be read and reach readers as text, whatever page they are on.

Pages of lessons are looked at before the build as well (:mod:`guildhall.check.lint`). Here is seen
what a page really shows, with the extensions that it has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.transforms.references import Footnotes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from guildhall.core.counting import counted
from guildhall.core.markup import marks
from guildhall.core.markup.marks import CODE, OBJECT, Mark
from guildhall.core.markup.notebook import CellLines
from guildhall.core.values.faults import quote
from guildhall.sphinx_ext.faults.diagnostics import log
from guildhall.sphinx_ext.rendering.nodes import ancestors

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PROGRAMS = (nodes.literal, nodes.literal_block, nodes.doctest_block)
_NO_PROSE = (
    *(*_PROGRAMS, nodes.math, nodes.math_block, nodes.raw, nodes.comment, nodes.image),
    *(nodes.problematic, nodes.system_message, nodes.title_reference, nodes.Invisible),
    *(addnodes.desc_signature, addnodes.pending_xref, addnodes.highlightlang, addnodes.index),
)
_NEAR = 40
"""So many lines after the one where a block begins may hold its text."""


class Marks(SphinxTransform):
    """Looks at the text of a page before signs are made typographic (750)."""

    default_priority = 745

    def apply(self, **kwargs: Any) -> None:
        """Tell of each mark at its place in the source."""
        page = Path(self.env.doc2path(self.env.docname))
        is_rst = page.suffix == ".rst"
        self._sources = Sources()
        self._in_conflicts: list[range] = []
        if page.suffix in {".md", ".rst"}:
            self._conflicts(page)
        self._tables(page)
        for block in self.document.findall(nodes.TextElement):
            if isinstance(block, nodes.raw):
                self._raw(block)
            elif _is_block(block) and not is_output(block):
                text = _text(block)
                if not is_rst:
                    self._money(block)
                for mark in marks.in_rst(text) if is_rst else marks.in_markdown(text):
                    self._tell(block, text, mark)

    def _tables(self, page: Path) -> None:
        """Tell of cells for which a table has no column, so that they are left out."""
        for table in self.document.findall(nodes.table):
            path, line, is_own = _begin(table)
            if not is_own or path.suffix not in {".md", ".ipynb"}:
                continue
            lines, place = self._sources.from_line(path, line)
            for row, column, cells, columns in marks.lost_cells(lines):
                at, where = place(row)
                message = (
                    f"found a row of {cells} cells in a table of {counted(columns, 'column')}, so "
                    f"that {quote(lines[row][column:].strip())} isn't shown; expected as many "
                    r"cells as columns, and `\|` for a bar within a cell"
                )
                log_mark(path, at, column + 1, marks.CELLS_RULE, f"{where}{message}")

    def _money(self, block: nodes.TextElement) -> None:
        """Tell of amounts whose signs were read as the ends of formulas."""
        for node in block.findall(nodes.math):
            around = node.parent
            index = around.index(node)
            before, after = (
                str(each[0]) if each and isinstance(each[0], nodes.Text) else ""
                for each in (around[max(index - 1, 0) : index], around[index + 1 : index + 2])
            )
            formula = node.astext()
            if not marks.is_money(formula, before, after):
                continue
            written = f"${formula}$"
            amount = f"${formula.split()[0]}" if formula[:1].isdecimal() else "$"
            message = (
                f"found {quote(' '.join(written.split()))} as a formula; expected "
                rf"`\{amount.rstrip('.,;:')}` for an amount of money"
            )
            text = _text(block, with_formulas=True)
            first = written.split("\n")[0]
            mark = Mark(max(text.find(written), 0), first, marks.MONEY_RULE, message)
            self._tell(block, text, mark)
            # All signs that follow may be paired wrongly because of it.
            return

    def _conflicts(self, page: Path) -> None:
        source = "\n".join(self._sources.lines(page))
        programs = [node.astext() for node in self.document.findall(_is_program)]
        for at, text in marks.conflicts(source):
            if any(_within(text, program) for program in programs):
                # A page that shows what a conflict looks like.
                continue
            line, column = source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)
            self._in_conflicts.append(range(line, line + text.count("\n") + 1))
            first = source[at:].split("\n", 1)[0].rstrip()
            log_mark(page, line, column, marks.CONFLICT_RULE, marks.about_conflict(first))

    def _raw(self, node: nodes.raw) -> None:
        if "html" not in str(node.get("format", "")).split() or is_output(node):
            return
        html = node.astext()
        if isinstance(node.parent, nodes.TextElement):
            # Among text each tag is a node.
            html = "".join(each.astext() for each in node.parent[node.parent.index(node) :])
        opened = marks.unclosed(html)
        text = marks.text_of_html(html)
        mark = Mark(*opened[:2], marks.OPEN_RULE, opened[2]) if opened else marks.in_html(text)
        if mark is not None:
            self._tell(node, html if opened else text, mark)

    def _tell(self, node: nodes.Element, text: str, mark: Mark) -> None:
        place = self._sources.place(node, text, mark)
        if place is None:
            # No source holds it just so, as where it is escaped because readers are to see it.
            return
        path, line, column, where = place
        if mark.rule == marks.CONFLICT_RULE and any(line in each for each in self._in_conflicts):
            return
        log_mark(path, line, column, mark.rule, f"{where}{mark.message}")


def log_mark(path: Path, line: int, column: int, rule: str, message: str) -> None:
    """Tell of something on a page that breaks a rule."""
    log(rule, message, f"{path}:{line}:{column}")


def _is_program(node: nodes.Node) -> bool:
    return isinstance(node, _PROGRAMS)


def _is_block(node: nodes.TextElement) -> bool:
    """Whether an element is a block of text of its own, and not a part of one."""
    if isinstance(node, _NO_PROSE):
        return False
    return not any(isinstance(each, (nodes.TextElement, *_NO_PROSE)) for each in ancestors(node))


def is_output(node: nodes.Node) -> bool:
    """Whether a node is what a cell of a notebook gave."""
    return any(
        "cell_output" in each.get("classes", ()) or "mime_type" in each for each in ancestors(node)
    )


def _text(block: nodes.Element, *, with_formulas: bool = False) -> str:
    """The text of a block, with one sign for whatever is no text."""
    parts: list[str] = []
    for child in block.children:
        if isinstance(child, nodes.Text):
            parts.append(str(child))
        elif isinstance(child, nodes.literal) and child.astext()[:1] == "`":
            # How reStructuredText reads a fence of Markdown, whose first two marks begin a literal.
            parts.append(f"``{child.astext()}``" if "\n" in child.astext() else CODE)
        elif isinstance(child, nodes.raw):
            parts.append("")
        elif isinstance(child, (nodes.literal, nodes.title_reference)):
            parts.append(CODE)
        elif isinstance(child, nodes.math) and with_formulas:
            parts.append(f"${child.astext()}$")
        elif isinstance(child, nodes.math) or not isinstance(child, nodes.TextElement):
            parts.append(OBJECT)
        elif isinstance(child, _NO_PROSE):
            # Of a reference to resolve the words may be marks that were meant as such.
            parts.append(OBJECT if isinstance(child, addnodes.pending_xref) else "")
        else:
            parts.append(_text(child, with_formulas=with_formulas))
    return "".join(parts)


def _within(conflict: str, program: str) -> bool:
    lines = [line.strip(" \t>") for line in conflict.split("\n")]
    shown = [line.strip(" \t>") for line in program.split("\n")]
    return any(shown[n : n + len(lines)] == lines for n in range(len(shown) - len(lines) + 1))


class Sources:
    """The files that nodes stand in, read once."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[str, ...]] = {}
        self._cells: dict[Path, CellLines] = {}

    def lines(self, path: Path) -> tuple[str, ...]:
        """The lines of a file; none where it can't be read."""
        if path not in self._files:
            try:
                text = path.read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._files[path] = tuple(text.split("\n"))
        return self._files[path]

    def cells(self, path: Path) -> CellLines:
        """The cells of a notebook."""
        if path not in self._cells:
            self._cells[path] = CellLines("\n".join(self.lines(path)))
        return self._cells[path]

    def from_line(
        self, path: Path, line: int
    ) -> tuple[tuple[str, ...], Callable[[int], tuple[int, str]]]:
        """What is written from a line on, and how each line of it is told.

        Args:
            path: a file.
            line: the line that a node of it has.
        """
        if path.suffix != ".ipynb":
            return self.lines(path)[line - 1 :], lambda index: (line + index, "")
        cells = self.cells(path)
        first = cells.of_build(line)
        if first is None:
            return (), lambda index: (1, "")

        def place(index: int) -> tuple[int, str]:
            found = cells.line(first.cell, first.line + index)
            return found.file_line, found.words

        return cells.source(first.cell)[first.line - 1 :], place

    def place(
        self, node: nodes.Element, text: str, mark: Mark
    ) -> tuple[Path, int, int, str] | None:
        """Where a mark stands: file, line, column, and what to say of the place.

        Args:
            node: the block that holds it.
            text: the text of the block.
            mark: the mark; none is found that the source has escaped or as code.
        """
        path, line, is_own = _begin(node)
        below = text.count("\n", 0, mark.at)
        lines, tell = self.from_line(path, 1 if path.suffix != ".ipynb" else line + below)
        if path.suffix == ".ipynb":
            window = [0] if lines else []
        else:
            window = _window(lines, path, line, below, is_own=is_own)
        found, escaped = [], 0
        for number in window:
            for column, is_escaped in _occurrences(lines[number], mark.literal):
                if is_escaped:
                    escaped += 1
                else:
                    column = _link_begin(lines[number], column, mark.literal)
                    found.append((number, column + 1))
        if not found or escaped >= text.count(mark.literal):
            return None
        nth = text.count(mark.literal, 0, mark.at)
        number, column = found[min(nth, len(found) - 1)]
        at, where = tell(number)
        return path, at, column, where


def _begin(node: nodes.Element) -> tuple[Path, int, bool]:
    """File and line of a node or of what is around it, and whether the line is the node's own."""
    path, line = "", 0
    around: nodes.Element | None = node
    while around is not None and not (path and line):
        if not path and around.source and not around.source.startswith("<"):
            path = around.source
        line = line or around.line or 0
        around = around.parent
    # docutils adds what it says of the place to the name of the file that has directives.
    return Path(path.partition(":docstring of ")[0]), line, bool(node.line)


def _window(
    lines: tuple[str, ...], path: Path, line: int, below: int, *, is_own: bool
) -> list[int]:
    """The indices of the lines that may hold a text of a block, the likeliest first."""
    if line <= 1 and path.suffix not in {".md", ".rst"}:
        # Of what a record's template made no line is known.
        return list(range(len(lines)))
    first = max(line - 1, 0)
    end = first + _NEAR
    if is_own:
        end = next((n for n in range(first + below, len(lines)) if not lines[n].strip()), end)
    return list(range(first, min(end, len(lines))))


_SPAN = re.compile(r"(?<![`\\])(?P<marks>`+)(?!`)(?:.*?[^`])(?P=marks)(?!`)")


def _occurrences(line: str, literal: str) -> Iterator[tuple[int, bool]]:
    """Where a text stands in a line outside of code, and whether it is escaped there."""
    if "`" not in literal:
        line = _SPAN.sub(lambda found: "`" * len(found[0]), line)
    escapable = "".join(
        re.escape(sign) if sign.isalnum() or sign.isspace() else rf"\\?{re.escape(sign)}"
        for sign in literal
    )
    for found in re.finditer(escapable, line):
        yield found.start(), found[0] != literal


class NotesWithoutText(SphinxTransform):
    """Leaves note marks of Markdown as they are written, where the page has no such note.

    docutils would tell of each without its column, and make a link of it that leads nowhere.
    """

    default_priority = Footnotes.default_priority - 5

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        for node in list(self.document.findall(nodes.footnote_reference)):
            name = node.get("refname")
            if not node.rawsource.startswith("[^") or name in self.document.nameids:
                continue
            for known in (self.document.footnote_refs, self.document.refnames):
                if node in known.get(name, ()):
                    known[name].remove(node)
            if node in self.document.autofootnote_refs:
                self.document.autofootnote_refs.remove(node)
            node.parent.replace(node, nodes.Text(node.rawsource))


def _link_begin(line: str, column: int, literal: str) -> int:
    """Where a link begins of which the end of its words was found."""
    if not literal.startswith("]("):
        return column
    begin = max(line.rfind("[", 0, column), 0)
    return begin - 1 if line[begin - 1 : begin] == "!" else begin


def setup_marks(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(NotesWithoutText)
    app.add_transform(Marks)
