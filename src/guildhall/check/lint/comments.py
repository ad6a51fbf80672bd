"""Comments that silence rules.

They are written ``guildhall: silence RULE[, RULE] reason: why``, or with ``silence-file``, in a
comment of HTML, MyST, reStructuredText or YAML. ``until: 2027-01-31`` at the end gives the last day
that the silence holds.
"""

from __future__ import annotations

import re

from guildhall.check.lint.elements import Place, Silence

_COMMENT = re.compile(
    r"guildhall:[ \t]*(?P<scope>silence(?:-file)?)\b[ \t]*(?P<rules>.*?)"
    r"(?:(?:[ \t\n]+|(?<=\s))reason:(?P<reason>.*?))?"
    r"(?:[ \t\n]+until:[ \t\n]*(?P<until>\S*))?",
    re.DOTALL,
)


def read_silence(text: str, place: Place, lines: tuple[int, int]) -> Silence | None:
    """The silence that a comment asks for, if it asks for one.

    Args:
        text: the comment without its marks.
        place: where the comment is.
        lines: the lines that follow it, or the line that it is on.
    """
    found = _COMMENT.fullmatch(text.strip())
    if found is None:
        return None
    rules = tuple(name for name in re.split(r"[,\s]+", found["rules"]) if name)
    reason = " ".join((found["reason"] or "").split())
    reach = None if found["scope"] == "silence-file" else lines
    return Silence(place, rules, reason, reach, found["until"] or "")
