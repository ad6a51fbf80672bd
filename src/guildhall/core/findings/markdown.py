"""Texts of records in Markdown that GitHub renders, so that they are nothing but text.

What stands for itself is escaped (GitHub Flavored Markdown 0.29, 2.4 and 6.4). GitHub also makes
links of mentions, numbers of issues, commits and bare addresses after it rendered Markdown; there a
zero-width space keeps the signs apart.
"""

from __future__ import annotations

import re

from guildhall.core.values.legible import legible, without_passwords

LONGEST = 300
"""Signs of a text that are shown."""
_SPACE = "\N{ZERO WIDTH SPACE}"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "$": "&#36;"}
_MARKUP = re.compile(r"[\\`*_\[\]|~#]")
_LINKED = re.compile(
    r"(?P<mention>@)(?=\w)"
    r"|(?P<issue>#)(?=[0-9])"
    r"|(?P<gh>\bGH-)(?=[0-9])"
    r"|(?P<scheme>\b(?:https?|ftp|mailto|xmpp|ssh|git):)"
    r"|(?P<www>\bwww)(?=\.)"
    r"|(?P<emoji>:)(?=[\w+-]+:)"
    r"|(?P<commit>\b(?=[0-9]*[a-f])[0-9a-f]{3})(?=[0-9a-f]{4,61}\b)",
    re.IGNORECASE,
)

_BREAKS = re.compile(r"\s+")


def as_text(text: str) -> str:
    """A text of a record, as inline Markdown or in a cell of a table."""
    marked = _MARKUP.sub(lambda match: f"\\{match[0]}", _apart(text))
    return "".join(_ENTITIES.get(char, char) for char in marked)


def as_html(text: str) -> str:
    """A text of a record where GitHub reads HTML, and no Markdown."""
    return "".join(_entity(char) for char in _apart(text))


def as_code(text: str) -> str:
    """A path, address or other name, as a span of code."""
    flat = shortened(text)
    if "`" in flat or "|" in flat or "\\" in flat:
        return f"<code>{''.join(_entity(char) for char in flat)}</code>"
    return f"`{flat}`"


def _apart(text: str) -> str:
    # A formula begins at a dollar sign that stands at the beginning of a word.
    seen = shortened(text).replace("$", f"{_SPACE}${_SPACE}")
    return _LINKED.sub(lambda match: f"{match[0]}{_SPACE}", seen)


def shortened(text: str) -> str:
    """A text on one line, without control characters, and not endless."""
    flat = _BREAKS.sub(" ", text.replace("\N{NO-BREAK SPACE}", " ")).strip()
    seen = legible(without_passwords(flat))
    return seen if len(seen) <= LONGEST else f"{seen[:LONGEST]}…"


def _entity(char: str) -> str:
    return char if char.isalnum() or not char.isascii() or char == " " else f"&#{ord(char)};"


def in_markdown(text: str) -> str:
    """A message as Markdown on one line; what it has in backquotes becomes code.

    Args:
        text: the message, of any origin.
    """
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        # One backquote has no other to go with.
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(
        as_code(part) if index % 2 and part.strip() else _plain(part)
        for index, part in enumerate(parts)
    )


def _plain(text: str) -> str:
    inner = text.strip(" ")
    before, _, after = text.partition(inner) if inner else (text, "", "")
    return f"{before}{as_text(inner)}{after}"
