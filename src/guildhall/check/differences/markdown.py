"""What changed, as Markdown for a comment of a pull request on GitHub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from guildhall.check.differences.portal import Differences
from guildhall.check.differences.report import Line, Section, closer_look, faults, sections, summary
from guildhall.core.counting import counted
from guildhall.core.findings.markdown import as_code, as_html, as_text

LONGEST_COMMENT = 65_536
"""Characters that a comment of GitHub may have."""
MARK = "<!-- guildhall:diff -->"
"""The first line, by which a workflow finds the comment to write anew."""
_RESERVED = 800
"""Characters kept for saying that something is cut off."""
_HEADS = "| | Before | Now | | Where |\n| --- | ---: | ---: | --- | --- |"
_FOLLOWS = "↳ "


@dataclass(slots=True)
class _Page:
    """A text that stays below a length.

    Args:
        longest: characters that it may have.
        parts: what it has.
        length: how many characters these are.
        left_out: how many lines found no room.
    """

    longest: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    left_out: int = 0

    def takes(self, *parts: str, more: int = 0) -> bool:
        """Add parts, all or none of them; ``more`` is kept free behind them."""
        needed = sum(len(part) + 1 for part in parts)
        if self.length + needed + more > self.longest:
            return False
        self.parts += parts
        self.length += needed
        return True


def render_markdown(found: Differences, *, longest: int = LONGEST_COMMENT) -> str:
    """Tables of all changes, one a section; nothing that a record says has a meaning of its own.

    Args:
        found: what changed.
        longest: characters that it may have; what finds no room is counted at its end.
    """
    against = f"Compared with {_revision(found)}"
    page = _Page(longest - _RESERVED)
    page.takes(MARK)
    if found.are_none:
        page.takes(f"{against}: no figure, claim, address or time of a workshop changes.")
        return _joined(page)
    page.takes("## What this change affects", "", f"{against}: {_clauses(found)}.")
    if told := faults(found):
        command = closer_look(found)
        hint = f"; {as_code(command)} lists them" if command else ""
        page.takes("", f"{as_text(told)}{hint}.")
    for section in sections(found):
        _add(page, section)
    if page.left_out:
        lines = counted(page.left_out, "more line doesn't fit", "more lines don't fit")
        page.longest = longest
        command = as_code(f"guildhall diff {found.base.name}")
        page.takes("", f"**Cut off here:** {lines} into a comment. {command} shows all.")
    return _joined(page)


def _joined(page: _Page) -> str:
    return "\n".join((*page.parts, ""))


def _revision(found: Differences) -> str:
    base = found.base
    short = as_code(base.commit[:7])
    if base.is_branching_point:
        return f"{as_code(base.name)} where this branched off ({short})"
    return short if base.commit.startswith(base.name) else f"{as_code(base.name)} ({short})"


def _clauses(found: Differences) -> str:
    return ", ".join(
        f"**{each}**" if "no longer" in each or "vanish" in each or "new" in each else each
        for each in summary(found)
    )


def _add(page: _Page, section: Section) -> None:
    closing = "\n</details>" if section.is_detail else ""
    is_table = any(line.old or line.new for line in section.lines)
    rows = list(_rows(section) if is_table else _items(section))
    head = _HEADS if is_table else ""
    if section.is_detail:
        number = counted(len(rows), "figure")
        opening = ("", f"<details><summary>{as_html(section.title)}: {number}</summary>", "", head)
    else:
        opening = ("", f"### {as_text(section.title)}", "", head)
    first, *others = rows
    if page.left_out or not page.takes(*opening, first, more=len(closing)):
        page.left_out += len(rows)
        return
    for index, row in enumerate(others):
        if not page.takes(row, more=len(closing)):
            page.left_out += len(others) - index
            break
    if closing:
        page.takes(closing)


def _rows(section: Section) -> Iterator[str]:
    for line in section.lines:
        told = "; ".join(as_text(part) for part in (line.moved, *line.remarks) if part)
        cells = (_label(line), as_text(line.old), as_text(line.new), told, _place(line))
        yield f"| {' | '.join(cells)} |"


def _items(section: Section) -> Iterator[str]:
    """A list of files and addresses, which have no values to compare."""
    for line in section.lines:
        told = ", ".join(as_text(part) for part in (line.moved, *line.remarks) if part)
        yield ": ".join(part for part in (f"- {as_code(line.label)}", told) if part)


def _label(line: Line) -> str:
    label = as_text(line.label)
    if line.is_cause is None:
        return label
    return f"**{label}**" if line.is_cause else f"{_FOLLOWS}{label}"


def _place(line: Line) -> str:
    if line.place is None:
        return ""
    before = "before: " if line.place.is_gone else ""
    return f"{before}{as_code(line.place.location)}"
