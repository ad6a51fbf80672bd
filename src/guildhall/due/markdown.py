"""Text from records in GitHub's Markdown, so that it shows as it is and does nothing.

A backslash doesn't keep GitHub from reading ``@name`` as a mention, ``#12`` as a reference and
``https://`` as a link: it looks for these once Markdown is read (GitHub Flavored Markdown, 6.9; the
help on mentions and on references). In code it doesn't; elsewhere a blank of no width parts them.
"""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_{}\[\]()+!|~$]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LIVE = re.compile(r"@|#(?=[0-9])|(?<=://)|(?<=www)(?=\.)|(?<=GH-)(?=[0-9])", re.IGNORECASE)
_PARTING = "&#8203;"


def in_markdown(text: str) -> str:
    """A message as Markdown on one line; what it has in backquotes becomes code.

    Args:
        text: the message, of any origin.
    """
    line = _one_line(text)
    parts = line.split("`")
    if len(parts) % 2 == 0:
        # One backquote has no other to go with.
        parts[-2:] = ["`".join(parts[-2:])]
    return "".join(
        _code(part) if index % 2 and part.strip() else _escaped(part)
        for index, part in enumerate(parts)
    )


def escaped(text: str) -> str:
    """Plain text as Markdown that shows that text, without mentions, links and HTML."""
    return _escaped(_one_line(text))


def _escaped(text: str) -> str:
    line = "".join(_HTML.get(char, char) for char in text)
    line = _SPECIAL.sub(r"\\\g<0>", line)
    return _LIVE.sub(lambda found: f"{found[0]}{_PARTING}", line)


def code(text: str) -> str:
    """Text as a code span (CommonMark 0.31, 6.1), whatever backquotes it holds."""
    return _code(_one_line(text))


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _one_line(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())
