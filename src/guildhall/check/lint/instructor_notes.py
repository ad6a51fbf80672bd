"""Minutes that authors state in notes for instructors, as the lessons of the field do."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(
    r"(?P<fence>`{3,}|:{3,})[ \t]*\{instructor-note\}(?P<note>.*?)(?P=fence)", re.S
)
_RST = re.compile(
    r"^(?P<indent>[ \t]*)\.\. instructor-note::(?P<note>.*\n(?:(?P=indent)[ \t]+.*\n?|[ \t]*\n)*)",
    re.MULTILINE,
)
_MINUTES = re.compile(r"\b[0-9]{1,3} ?min(?:ute)?s?\b", re.IGNORECASE)


def states_minutes(text: str, suffix: str) -> bool:
    """Whether a note for instructors says how long the page takes, such as ``- 30 min teaching``.

    Args:
        text: the page's source.
        suffix: the suffix of its file.
    """
    notes = (_RST if suffix == ".rst" else _MARKDOWN).finditer(text)
    return any(_MINUTES.search(found["note"]) for found in notes)
