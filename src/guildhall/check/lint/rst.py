"""What a page in reStructuredText is made of.

A page is scanned line by line rather than parsed: docutils would need every directive and role of
Sphinx, and gives no columns. What is scanned here is plain enough: headings, directives with their
options, literal blocks, links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from guildhall.check.lint.comments import read_silence
from guildhall.check.lint.elements import (
    Code,
    Content,
    Directive,
    Heading,
    Image,
    Link,
    Place,
    finding_at,
)
from guildhall.check.lint.slips import BARE_URL, is_example
from guildhall.core.markup.names import CODE, OPTIONS, ROLES_WITH_TEXT, VERBATIM
from guildhall.core.values.faults import quote

_DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\.[ \t]+(?:\|[^|]+\|[ \t]+)?(?P<name>[A-Za-z][\w:+.-]*?)::"
    r"(?:[ \t]+(?P<argument>.*))?"
)
_EXPLICIT = re.compile(r"(?P<indent>[ \t]*)\.\.(?:[ \t]+(?P<text>.*))?")
_OPTION = re.compile(r"[ \t]+:(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?[ \t]*")
_TIGHT_OPTION = re.compile(r"[ \t]+:(?P<name>[A-Za-z][\w-]*):(?P<value>[^\s`:].*)")
_FIELD = re.compile(r":(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?")
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}[ \t]*")
_ROLE = re.compile(r":(?P<name>[A-Za-z][\w:+.-]*):`(?P<content>[^`]+)`")
_LINK = re.compile(r"`(?P<text>[^`<]*?)\s*<(?P<target>[^`<>]+)>`__?")
_NAMED = re.compile(r"(?P<text>[^<>]*\S)\s*<(?P<target>[^<>]*)>", re.DOTALL)
_LITERAL = re.compile(r"``.+?``", re.DOTALL)
_INTERPRETED = re.compile(r"`[^`]+`_{0,2}")
_MARKDOWN_LINK = re.compile(r"!?\[[^\]\n]+\]\((?:https?://|\./|\.\./|#)[^)\s]*\)")
_MARKDOWN_FENCE = re.compile(r"(?:```|~~~)[\w{}-]*[ \t]*")


class RstReader:
    """Reads pages in reStructuredText."""

    def read(self, text: str) -> Content:
        """Read a page."""
        lines = text.split("\n")
        front_matter = _fields(lines)
        scan = _Scan(lines, 0)
        scan.block(len(front_matter), len(lines), is_page=True)
        scan.content.front_matter = front_matter
        return scan.content

    def read_lines(self, lines: Sequence[str], offset: int) -> Content:
        """Read a part of another page.

        Args:
            lines: the part.
            offset: the index of its first line in the page.
        """
        scan = _Scan(lines, offset)
        scan.block(0, len(lines), is_page=False)
        return scan.content


def _fields(lines: Sequence[str]) -> Mapping[str, str]:
    found = (_FIELD.fullmatch(line) for line in lines)
    return {each["name"]: each["value"] or "" for each in takewhile(bool, found) if each}


class _Scan:
    def __init__(self, lines: Sequence[str], offset: int) -> None:
        self.content = Content()
        self._lines = lines
        self._offset = offset
        self._styles: list[tuple[str, bool]] = []
        self._waiting: list[tuple[str, Place]] = []

    def block(self, start: int, end: int, *, is_page: bool) -> None:
        """Scan some lines, from index ``start`` to before ``end``."""
        at = start
        while at < end:
            if not self._lines[at].strip():
                at += 1
                continue
            after = self._heading(at, end) if is_page else None
            after = after or self._explicit(at, end) or self._paragraph(at, end)
            at = after
        for comment, place in self._waiting:
            self._silence(comment, place, (place.line, place.line + 1))
        self._waiting = []

    def _place(self, index: int, column: int | None = None) -> Place:
        line = self._lines[index]
        column = len(line) - len(line.lstrip()) + 1 if column is None else column
        return Place(self._offset + index + 1, column)

    def _settle(self, start: int, end: int) -> None:
        for comment, place in self._waiting:
            self._silence(comment, place, (self._offset + start + 1, self._offset + end + 1))
        self._waiting = []

    def _silence(self, comment: str, place: Place, lines: tuple[int, int]) -> None:
        silence = read_silence(comment, place, lines)
        if silence is not None:
            self.content.silences.append(silence)

    def _line(self, index: int, end: int) -> str:
        return self._lines[index] if index < end else ""

    # Headings

    def _heading(self, at: int, end: int) -> int | None:
        first, second, third = (self._line(at + n, end) for n in range(3))
        if _RULE.fullmatch(first):
            if second.strip() and third.rstrip() == first.rstrip():
                return self._titled(at, at + 1, first[0], is_overlined=True, after=at + 3)
            return None
        if first[0].isspace() or not _RULE.fullmatch(second):
            return None
        if len(second.rstrip()) < min(len(first.rstrip()), 4):
            return None
        return self._titled(at, at, second[0], is_overlined=False, after=at + 2)

    def _titled(self, start: int, at: int, mark: str, *, is_overlined: bool, after: int) -> int:
        style = (mark, is_overlined)
        if style not in self._styles:
            # Each new style is the next level; docutils refuses one that skips back.
            self._styles.append(style)
        level = self._styles.index(style) + 1
        self.content.elements.append(Heading(self._place(at), level, self._lines[at].strip()))
        self._settle(start, after)
        return after

    # Directives and comments

    def _explicit(self, at: int, end: int) -> int | None:
        found = _EXPLICIT.fullmatch(self._lines[at])
        if found is None:
            return None
        after = self._indented(at + 1, end, len(found["indent"]))
        directive = _DIRECTIVE.fullmatch(self._lines[at])
        text = found["text"] or ""
        if directive:
            self._settle(at, after)
            self._directive(at, after, directive["name"], (directive["argument"] or "").strip())
        elif text.startswith("["):
            self._settle(at, after)
            self._text(at, after)
        elif text.startswith("guildhall:"):
            comment = " ".join([text, *(line.strip() for line in self._lines[at + 1 : after])])
            self._waiting.append((comment, self._place(at)))
        return after

    def _indented(self, at: int, end: int, indent: int) -> int:
        """The index after the last line that is indented more than ``indent``."""
        after = at
        for index in range(at, end):
            line = self._lines[index]
            if line.strip():
                if _depth(line) <= indent:
                    break
                after = index + 1
        return after

    def _directive(self, at: int, end: int, name: str, argument: str) -> None:
        options: dict[str, str] = {}
        body = at + 1
        for index in range(at + 1, end):
            line = self._lines[index]
            option, tight = _OPTION.fullmatch(line), _TIGHT_OPTION.fullmatch(line)
            if not line.strip():
                break
            if option:
                options[option["name"]] = (option["value"] or "").strip()
            elif tight and tight["name"] in OPTIONS and name not in CODE:
                value = f":{tight['name']}: {tight['value']}"
                message = f"found {quote(line.strip())}, expected {quote(value)}"
                where = self._place(index)
                self.content.findings.append(finding_at(where, "option-space", message))
                options[tight["name"]] = tight["value"]
            elif not options:
                # Without options it is an argument that goes on, or text.
                break
            body = index + 1
        place = self._place(at)
        self.content.elements.append(Directive(place, name, argument, options))
        if name in {"image", "figure"}:
            self.content.elements.append(Image(place, argument, name, "alt" in options))
        if name in CODE and not argument:
            self.content.elements.append(Code(place, "directive"))
        if name not in VERBATIM:
            inner = _Scan(self._lines[:end], self._offset)
            inner.block(body, end, is_page=False)
            self.content.elements += inner.content.elements
            self.content.findings += inner.content.findings
            self.content.silences += inner.content.silences

    # Text

    def _paragraph(self, at: int, end: int) -> int:
        after = at
        while after < end and self._lines[after].strip():
            if after > at and _EXPLICIT.fullmatch(self._lines[after]):
                break
            after += 1
        self._text(at, after)
        last = self._lines[after - 1].rstrip()
        literal = self._after_literal(after, end, _depth(self._lines[after - 1]), last)
        self._settle(at, literal or after)
        return literal or after

    def _after_literal(self, at: int, end: int, indent: int, last: str) -> int | None:
        if not last.endswith("::"):
            return None
        begin = next((n for n in range(at, end) if self._lines[n].strip()), end)
        if begin in {end, at} or _depth(self._lines[begin]) <= indent:
            return None
        self.content.elements.append(Code(self._place(begin), "literal"))
        return self._indented(begin, end, indent)

    def _text(self, start: int, end: int) -> None:
        lines = self._lines[start:end]
        if lines[0].lstrip().startswith(">>>"):
            return
        for number, line in enumerate(lines):
            if _MARKDOWN_FENCE.fullmatch(line):
                message = f"found {quote(line.strip())}, a fence of Markdown; expected a directive"
                self._slip(start + number, 1, message)
                return
        text = "\n".join(lines)
        text = _LITERAL.sub(_blank, text)
        for found in [*_ROLE.finditer(text)]:
            named = _NAMED.fullmatch(found["content"])
            if named and found["name"] in ROLES_WITH_TEXT:
                self._link(start, text, found.start(), named["text"], named["target"])
        text = _ROLE.sub(_blank, text)
        for found in [*_LINK.finditer(text)]:
            words = found["text"] or found["target"]
            self._link(start, text, found.start(), words, found["target"])
        text = _INTERPRETED.sub(_blank, _LINK.sub(_blank, text))
        for found in [*_MARKDOWN_LINK.finditer(text)]:
            row, column = _position(text, found.start())
            message = (
                f"found {quote(found[0])}, a link of Markdown; expected `text <address>` in "
                "backquotes, followed by `_`"
            )
            self._slip(start + row, column, message)
        text = _MARKDOWN_LINK.sub(_blank, text)
        for address, begin in _addresses(text):
            self._link(start, text, begin, address, address, is_bare=True)

    def _link(
        self, start: int, text: str, at: int, words: str, target: str, *, is_bare: bool = False
    ) -> None:
        line, column = _position(text, at)
        place = Place(self._offset + start + line + 1, column)
        self.content.elements.append(Link(place, " ".join(words.split()), target, is_bare))

    def _slip(self, index: int, column: int, message: str) -> None:
        place = Place(self._offset + index + 1, column)
        self.content.findings.append(finding_at(place, "markdown-in-rst", message))


def _addresses(text: str) -> Iterator[tuple[str, int]]:
    for found in BARE_URL.finditer(text):
        address = found[0].rstrip(".,;:!?'\"*_")
        # In angle brackets readers are meant to see it.
        if text[found.start() - 1 : found.start()] != "<" and not is_example(address):
            yield address, found.start()


def _position(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n"), at - before.rfind("\n")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
