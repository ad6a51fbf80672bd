"""Addresses in Markdown: where one begins, and how another is spelled in its place."""

from __future__ import annotations

import re

from guildhall.check.fixes.source import RefusedError

_INLINE = re.compile(r"\]\([ \t]*(?:\r\n|\r|\n)?[ \t]*$")
_DEFINITION = re.compile(
    r"(?:^|[\r\n])[ \t>]*\[(?:[^\]\\\r\n]|\\.)+\]:[ \t]*(?:\r\n|\r|\n)?[ \t]*$"
)
_ATTRIBUTE = re.compile(r"=[ \t]*(?P<mark>[\"'])[^\"'<>]*$")
_AUTOLINK = re.compile(r"(?:^|[\r\n])(?:[^`\r\n]*`[^`\r\n]*`)*[^`\r\n]*<$")
_ENTITY = re.compile(r"&(?=(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)")
_BLANK = re.compile(r"\s|[\x00-\x1f\x7f]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def spelled(text: str, start: int, end: int, new: str) -> str:
    """How a text is written at a place of Markdown, with the brackets that the place needs.

    Args:
        text: the Markdown.
        start: the offset of the first character that goes.
        end: the offset after the last.
        new: what is to be read there.

    Raises:
        RefusedError: where it can't be written there.
    """
    begin, is_angled = destination(text, start)
    attribute = _ATTRIBUTE.search(text, max(start - 2000, 0), start)
    if attribute and begin is None:
        if attribute["mark"] in new or any(char in new for char in "<>"):
            raise RefusedError("the new text would end the attribute")
        return _without_entities(new)
    if begin is None:
        # In code, and in the arguments of directives and roles, nothing stands for a sign.
        return (
            _without_entities(new) if _AUTOLINK.search(text[max(start - 2000, 0) : start]) else new
        )
    new = _without_entities(new)
    if is_angled:
        return new.replace("<", "%3C").replace(">", "%3E")
    close = _end_of_destination(text, begin)
    if end > close:
        return new
    whole = text[begin:start] + new + text[end:close]
    if _can_stand_bare(whole):
        return new
    if (begin, close) != (start, end):
        raise RefusedError("the address would need angle brackets, and only a part of it changes")
    return f"<{new.replace('<', '%3C').replace('>', '%3E')}>"


def _without_entities(new: str) -> str:
    # `&copy;` would be read as a sign (CommonMark 0.31, 2.5).
    return _ENTITY.sub("&amp;", new)


def destination(text: str, start: int) -> tuple[int | None, bool]:
    """Where the link's destination begins that a place is in, and whether in angle brackets.

    Returns:
        the offset, None where the place is in none; and whether the brackets are there.
    """
    begin = start
    # A destination holds no blanks but in angle brackets, which have a `<` before them.
    while begin > 0 and not _BLANK.match(text[begin - 1]) and text[begin - 1] != "<":
        if _opens(text, begin):
            return begin, False
        begin -= 1
    if _opens(text, begin):
        return begin, False
    opening = text.rfind("<", 0, start)
    if opening >= 0 and not re.search(r"[\r\n>]", text[opening:start]) and _opens(text, opening):
        return opening + 1, True
    return None, False


def _opens(text: str, at: int) -> bool:
    lines = text[max(at - 1000, 0) : at]
    return bool(_INLINE.search(lines) or _DEFINITION.search(lines))


def _end_of_destination(text: str, begin: int) -> int:
    depth = 0
    at = begin
    while at < len(text) and not _BLANK.match(text[at]):
        if text[at] == "\\":
            at += 1
        elif text[at] == "(":
            depth += 1
        elif text[at] == ")":
            if depth == 0:
                break
            depth -= 1
        at += 1
    return min(at, len(text))


def _can_stand_bare(address: str) -> bool:
    """Whether an address can be a destination without angle brackets (CommonMark 0.31, 6.3)."""
    depth = 0
    for char in _ESCAPED.sub("", address):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return False
    return bool(address) and depth == 0 and address[0] != "<" and not _BLANK.search(address)
