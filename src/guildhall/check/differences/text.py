"""What changed, as text for terminals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from guildhall.check.differences.portal import Differences
from guildhall.check.differences.report import Line, Section, closer_look, faults, sections, summary
from guildhall.core.values.legible import legible

_WIDEST = 60
"""Columns that texts are aligned within; longer ones stand out."""
_LONG = 36
"""Columns of a value that still goes on one line with the other one."""
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render_text(found: Differences, *, color: bool = False) -> str:
    """One line a change, under the heading of its table; a line beneath it with what else is so.

    Args:
        found: what changed.
        color: whether headings are bold, with ANSI escapes.
    """
    against = f"Compared with {printable(str(found.base))}"
    if found.are_none:
        return f"{against}: no figure, claim, address or time of a workshop changes."
    lines = [f"{against}: {', '.join(summary(found))}."]
    for section in sections(found):
        lines += ["", _styled(printable(section.title), _BOLD, color)]
        lines += _lines(section, color)
    if told := faults(found):
        command = closer_look(found)
        hint = f"; `{printable(command)}` lists them" if command else ""
        lines += ["", f"{told}{hint}."]
    return "\n".join(lines)


def printable(text: str) -> str:
    """A text on one line, without what could move the cursor or hide something."""
    flat = " ".join(text.split(" "))
    return legible(flat)


def _styled(text: str, style: str, color: bool) -> str:
    return f"{style}{text}{_PLAIN}" if color else text


def _lines(section: Section, color: bool) -> Iterator[str]:
    lines = section.lines
    widths = [
        _width((getattr(line, name) for line in lines), most)
        for name, most in (("label", _WIDEST), ("old", _LONG), ("new", _LONG), ("moved", _LONG))
    ]
    headed: bool | None = None
    both = len({line.is_cause for line in lines}) > 1
    for line in lines:
        if both and line.is_cause != headed:
            headed = line.is_cause
            heading = "changed in records" if headed else "what follows"
            yield _styled(f"  {heading}", _DIM, color)
        yield from _line(line, widths, "    " if both else "  ")


def _line(line: Line, widths: Sequence[int], indent: str) -> Iterator[str]:
    label, old, new, moved = widths
    parts = [printable(line.label).ljust(label)]
    is_long = max(len(line.old), len(line.new)) > _LONG
    if old and not is_long:
        parts.append(f"{printable(line.old).rjust(old)} → {printable(line.new).ljust(new)}")
    parts += [printable(line.moved).ljust(moved), _place(line)]
    yield f"{indent}{'  '.join(parts)}".rstrip()
    if is_long:
        for word, value in (("before", line.old), ("now", line.new)):
            yield f"{indent}  {word:6} {printable(value)}"
    if line.remarks:
        yield f"{indent}  {', '.join(map(printable, line.remarks))}"


def _place(line: Line) -> str:
    if line.place is None:
        return ""
    before = "before: " if line.place.is_gone else ""
    return f"{before}{printable(line.place.location)}"


def _width(texts: Iterable[str], most: int) -> int:
    """The columns of the longest text that is not too long to be aligned with others."""
    return max((len(text) for text in texts if len(text) <= most), default=0)
