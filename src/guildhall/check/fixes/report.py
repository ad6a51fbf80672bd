"""What was mended, for people."""

from __future__ import annotations

from guildhall.check.fixes.apply import Mended
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Edit
from guildhall.core.values.faults import quote


def render_mended(mended: Mended) -> str:
    """One line for each edit that was made, and for each that wasn't, with the reason."""
    lines = [f"{_place(edit)}: {_what(edit)}" for edit in mended.done]
    lines += [f"{_place(each.edit)}: unchanged, since {each.reason}" for each in mended.refused]
    places = counted(len(mended.done), "place")
    told = f"Fixed {places} in {counted(len(mended.files), 'file')}"
    if not mended.done:
        told = "Nothing was fixed"
    if mended.refused:
        told += f", left {counted(len(mended.refused), 'place')} unchanged"
    return "\n".join((*lines, f"{told}."))


def _place(edit: Edit) -> str:
    return f"{edit.path}:{edit.line}:{edit.column}"


def _what(edit: Edit) -> str:
    if not edit.old.strip() and not edit.new.strip():
        return "trailing blanks removed" if edit.old else "final line break added"
    if not edit.old:
        return f"{quote(edit.new)} added"
    return (
        f"{quote(edit.old)} is now {quote(edit.new)}" if edit.new else f"{quote(edit.old)} removed"
    )
