"""Addresses inside attribute values and style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = " \t\n\f\r"
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS = re.compile(
    r"""
    url\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|((?:[^\s"'()\\]|\\[0-9a-f]{1,6}\s?|\\.)*))\s*\)
    |@import\s+(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')
    |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|(\n)|(.))", re.DOTALL)
_REFRESH = re.compile(
    r"""[\s]*(?:\d+(?:[.\d]*)|\.[\d.]*)[\s]*[;,\s][\s]*(?:url[\s]*=[\s]*)?(["']?)(.*)\Z""",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)


def in_style(text: str) -> Iterator[str]:
    """The addresses of a style sheet, or of a ``style`` attribute.

    Those in comments and in other strings are left out. Source: CSS Syntax Level 3, CSS Cascade.
    """
    if "url(" not in text and "@import" not in text:
        lower = text.lower()
        if "url(" not in lower and "@import" not in lower:
            return
    for match in _CSS.finditer(_COMMENT.sub(" ", text)):
        found = next((group for group in match.groups() if group is not None), None)
        if found:
            yield _ESCAPE.sub(_unescaped, found) if "\\" in found else found


def _unescaped(match: re.Match[str]) -> str:
    digits, newline, other = match.groups()
    if digits:
        number = int(digits, 16)
        return chr(number) if 0 < number <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return "" if newline else other


def in_srcset(text: str) -> Iterator[str]:
    """The addresses of a ``srcset``; an address may hold commas, so splitting at them won't do.

    Source: HTML, "Parsing a srcset attribute".
    """
    at, end = 0, len(text)
    while True:
        while at < end and (text[at] in _SPACE or text[at] == ","):
            at += 1
        if at >= end:
            return
        begin = at
        while at < end and text[at] not in _SPACE:
            at += 1
        address = text[begin:at]
        if address.endswith(","):
            yield address.rstrip(",")
            continue
        yield address
        depth = 0
        while at < end and (depth or text[at] != ","):
            depth += (text[at] == "(") - (text[at] == ")" and depth > 0)
            at += 1


def in_refresh(text: str) -> str | None:
    """The address of a ``meta http-equiv=refresh``; None where it only loads the page again.

    Source: HTML, "Shared declarative refresh steps".
    """
    match = _REFRESH.match(text)
    if not match:
        return None
    quote, rest = match.groups()
    if quote:
        rest = rest.partition(quote)[0]
    return rest.strip(_SPACE) or None
