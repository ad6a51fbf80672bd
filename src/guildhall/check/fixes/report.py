"""What was mended, for people."""

from __future__ import annotations

from guildhall.check.fixes.apply import Mended
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Edit
from guildhall.core.values.faults import quote


def render_mended(mended: Mended) -> str:
    """One line for each edit that was made, and for each that wasn't, with the reason."""
    lines = [f"{_place(edit)}: {_what(edit)}" for edit in mended.done]
    lines += [f"{_place(each.edit)}: left as it is, since {each.reason}" for each in mended.refused]
    places = counted(len(mended.done), "place")
    told = f"Mended {places} in {counted(len(mended.files), 'file')}"
    if not mended.done:
        told = "Nothing was mended"
    if mended.refused:
        told += f", left {counted(len(mended.refused), 'place')} as it was"
    return "\n".join((*lines, f"{told}."))


def _place(edit: Edit) -> str:
    return f"{edit.path}:{edit.line}:{edit.column}"


def _what(edit: Edit) -> str:
    if not edit.old.strip() and not edit.new.strip():
        return "blanks at the end of the line are gone" if edit.old else "the last line ends now"
    if not edit.old:
        return f"{quote(edit.new)} is added"
    return (
        f"{quote(edit.old)} is now {quote(edit.new)}" if edit.new else f"{quote(edit.old)} is gone"
    )
