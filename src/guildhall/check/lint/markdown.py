"""What a page in MyST Markdown is made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

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
from guildhall.check.lint.slips import BARE_URL, html_images, is_example
from guildhall.check.lint.text import Segment
from guildhall.core.findings.finding import Finding
from guildhall.core.markup.jekyll import about_jekyll, jekyll_mark
from guildhall.core.markup.names import CODE, OPTIONS, ROLES_WITH_TEXT, RST_ROLES, VERBATIM
from guildhall.core.values.faults import quote

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SYNTAX = frozenset(
    {
        "amsmath", "attrs_block", "attrs_inline", "attrs_image", "colon_fence", "deflist",
        "dollarmath", "fieldlist", "substitution", "tasklist",
    }
)  # fmt: skip
"""Extensions of MyST that change what is read as what; others only change how it looks."""

_DIRECTIVE = re.compile(r"\{(?P<name>[^\s}]+)\}[ \t]*(?P<argument>.*)", re.DOTALL)
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,}|:{3,})")
_OPTION = re.compile(r"[ \t]*:(?P<name>[A-Za-z][\w-]*):(?:[ \t]+(?P<value>.*))?[ \t]*")
_TIGHT_OPTION = re.compile(r"[ \t]*:(?P<name>[A-Za-z][\w-]*):(?P<value>[^\s`].*)")
_RST_DIRECTIVE = re.compile(r"\.\. (?P<name>[a-z][\w:-]*)::(?:[ \t]|$)")
_RST_ROLE = re.compile(r"(?:^|(?<=[\s(]))(?P<role>:(?P<name>[a-z][a-z:]*):)$")
_RST_LINK = re.compile(r".*<[^<>\s]+>", re.DOTALL)
_ROLE_TEXT = re.compile(r"(?P<text>.*[^\s\\])\s*<(?P<target>[^<>]*)>\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--(?P<text>.*?)-->", re.DOTALL)
_JEKYLL_HEADING = re.compile(
    r"(exercise|challenge|solution|objectives|questions|key ?points|callout|discussion|"
    r"prerequisites|checklist|testimonial)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Fence:
    """The fenced block that a text is the content of."""

    markup: str
    line: int
    name: str


class MarkdownReader:
    """Reads pages written for the same syntax extensions of MyST.

    Args:
        extensions: names of MyST's extensions, as ``myst_enable_extensions`` takes them.
    """

    def __init__(self, extensions: Collection[str] = ("colon_fence", "deflist")) -> None:
        from markdown_it.renderer import RendererHTML
        from myst_parser.config.main import MdParserConfig
        from myst_parser.parsers.mdit import create_md_parser

        config = MdParserConfig(enable_extensions={*SYNTAX} & {*extensions})
        self.page_parser = create_md_parser(config, RendererHTML)
        self.inner_parser = create_md_parser(config, RendererHTML)
        self.inner_parser.disable("front_matter", ignoreInvalid=True)

    def read(self, text: str, *, has_front_matter: bool = True) -> Content:
        """Read a page, or one cell of a notebook.

        Args:
            text: the source.
            has_front_matter: whether a block of YAML may come first.
        """
        walk = _Walk(self, text.split("\n"))
        walk.blocks(text, 0, None, self.page_parser if has_front_matter else self.inner_parser)
        return walk.content


class _Walk:
    """Goes through the blocks of one page, and through those within directives.

    All places are those of the page: an offset is the index of the page's line that a text begins
    with.
    """

    def __init__(self, reader: MarkdownReader, lines: Sequence[str]) -> None:
        self.content = Content()
        self._reader = reader
        self._lines = lines
        # Shared by all texts of the page, so that links find their definitions.
        self._references: dict[str, Any] = {}
        # Closing marks that wrong nesting leaves over; they would open blocks of their own.
        self._stray: list[str] = []

    def blocks(self, text: str, offset: int, fence: _Fence | None, parser: MarkdownIt) -> None:
        """Read the blocks of a text."""
        lines = text.split("\n")
        waiting: list[tuple[int, str, Place]] = []
        segment: Segment | None = None
        quotes = 0
        span = (0, 1)
        tokens = parser.parse(text, self._references)
        for index, token in enumerate(tokens):
            if token.map is not None:
                span = (token.map[0], token.map[1])
            start, end = offset + span[0], offset + span[1]
            if token.map is not None and token.nesting >= 0 and not _is_comment(token):
                self._settle(waiting, token.level, start, end)
            match token.type:
                case "front_matter":
                    self.content.front_matter = _mapping(token.content)
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "heading_open":
                    title = tokens[index + 1].content
                    self._heading(token, title, start, is_own=fence is None, is_quoted=quotes > 0)
                case "myst_line_comment":
                    for number, line in enumerate(token.content.split("\n")):
                        place = Place(start + number + 1)
                        waiting.append((token.level, line, place))
                case "html_block":
                    self._html(token.content, start, waiting, token.level)
                case "code_block" if fence is None or fence.name != "glossary":
                    self._add(Code(self._first(start), "indented"))
                case "fence" | "colon_fence":
                    self._fence(token, lines, offset, fence)
                case "inline":
                    if segment is None or segment.span != (start, end):
                        segment = Segment(self._lines, start, end)
                    self._inline(token.children or [], segment)
                case "substitution_block":
                    self._jekyll("{{ " + token.content.strip(), self._first(start))
        for _, comment, place in waiting:
            self._silence(comment, place, (place.line, place.line + 1))

    def _add(self, *elements: Heading | Image | Link | Code | Directive) -> None:
        self.content.elements += elements

    def _first(self, index: int) -> Place:
        """The first character of a line."""
        line = self._lines[index] if index < len(self._lines) else ""
        return Place(index + 1, len(line) - len(line.lstrip(" \t>")) + 1)

    def _settle(
        self, waiting: list[tuple[int, str, Place]], level: int, start: int, end: int
    ) -> None:
        # A comment is about the block that comes next in the same list, quotation or page.
        for each in [each for each in waiting if each[0] >= level]:
            waiting.remove(each)
            self._silence(each[1], each[2], (start + 1, end + 1))

    def _silence(self, comment: str, place: Place, lines: tuple[int, int]) -> None:
        silence = read_silence(comment, place, lines)
        if silence is not None:
            self.content.silences.append(silence)

    def _heading(
        self, token: Token, title: str, start: int, *, is_own: bool, is_quoted: bool
    ) -> None:
        place = self._first(start)
        if is_own and token.level == 0:
            self._add(Heading(place, int(token.tag[1:]), title))
        elif is_quoted and _JEKYLL_HEADING.match(title):
            name = title.split()[0].rstrip(":,").lower()
            message = (
                f"found the heading {quote(title)} in a quotation, expected the directive `{name}`"
            )
            self.content.findings.append(finding_at(place, "jekyll", message))

    def _html(
        self, html: str, start: int, waiting: list[tuple[int, str, Place]], level: int
    ) -> None:
        for found in _COMMENT.finditer(html):
            line = start + html[: found.start()].count("\n") + 1
            waiting.append((level, found["text"], Place(line)))
        plain = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), html)
        for at, image in html_images(plain):
            place = self._first(start + plain[:at].count("\n"))
            self._add(_html_image(place, image))

    # Fences

    def _fence(self, token: Token, lines: Sequence[str], offset: int, outer: _Fence | None) -> None:
        first, end = token.map or (0, 1)
        start = offset + first
        place = self._first(start)
        markup, info = token.markup, token.info.strip()
        if not info and markup in self._stray:
            self._stray.remove(markup)
            inner = _Fence(markup, start + 1, "")
            self.blocks(token.content, start + 1, inner, self._reader.inner_parser)
            return
        is_open = not _closes(lines, first, end, markup)
        if is_open:
            self._unclosed(markup, info, place, outer)
        found = _DIRECTIVE.fullmatch(info)
        if found is None:
            if markup[0] == ":":
                # A plain container, whose content is text.
                inner = _Fence(markup, start + 1, "")
                self.blocks(token.content, start + 1, inner, self._reader.inner_parser)
            elif not info and not is_open:
                self._add(Code(place, "fence"))
            return
        self._directive(token, found["name"], found["argument"].strip(), place)

    def _unclosed(self, markup: str, info: str, place: Place, outer: _Fence | None) -> None:
        opening = quote(f"{markup}{info}")
        if outer is not None and outer.markup[0] == markup[0] and len(markup) >= len(outer.markup):
            self._stray.append(outer.markup)
            message = (
                f"{opening} is inside the block of line {outer.line}, which opens with "
                f"{quote(outer.markup)} and ends at the first closing mark; expected more marks "
                "on the outer block than on the inner one"
            )
            self.content.findings.append(finding_at(place, "fence-nesting", message))
            return
        how = (
            f"expected {quote(markup)} on its own line after it"
            if info
            else "it may be one closing mark too many"
        )
        message = f"{opening} opens a block that is never closed; {how}"
        self.content.findings.append(finding_at(place, "unclosed-fence", message))

    def _directive(self, token: Token, name: str, argument: str, place: Place) -> None:
        content = token.content.split("\n")
        if content and not content[-1]:
            content.pop()
        block = _Options(content, place.line, name)
        self._add(Directive(place, name, argument, block.given))
        self.content.findings += block.slips
        if name in {"image", "figure"}:
            self._add(Image(place, argument, name, "alt" in block.given))
        if name in CODE and not argument:
            self._add(Code(place, "directive"))
        if name == "eval-rst":
            from guildhall.check.lint.rst import RstReader

            inner = RstReader().read_lines(block.body, place.line + block.length)
            # Its headings are no part of the page's own order.
            self.content.elements += [e for e in inner.elements if not isinstance(e, Heading)]
            self.content.findings += inner.findings
            self.content.silences += inner.silences
        elif name not in VERBATIM:
            fence = _Fence(token.markup, place.line, name)
            body = "\n".join(block.body)
            self.blocks(body, place.line + block.length, fence, self._reader.inner_parser)

    # Text

    def _inline(self, children: Sequence[Token], segment: Segment) -> None:
        opened: tuple[Place, str, list[str]] | None = None
        for index, child in enumerate(children):
            after = children[index + 1] if index + 1 < len(children) else None
            begins = index == 0 or children[index - 1].type in {"softbreak", "hardbreak"}
            if opened is not None and child.content:
                opened[2].append(child.content)
            match child.type:
                case "softbreak" | "hardbreak":
                    segment.skip("\n")
                case "text":
                    self._text(child.content, segment, begins, after, is_link=opened is not None)
                case "code_inline":
                    place = segment.skip(child.content)
                    self._rst_link(child.content, place, after)
                case "link_open":
                    mark = "<" if child.markup == "autolink" else "["
                    href = str(child.attrGet("href") or "")
                    opened = (segment.skip(mark), href, [])
                case "link_close" if opened is not None:
                    place, href, texts = opened
                    self._add(Link(place, "".join(texts), href))
                    opened = None
                case "image":
                    self._add(
                        Image(
                            segment.skip("!["),
                            str(child.attrGet("src") or ""),
                            "image",
                            bool(child.content.strip() or child.attrGet("alt")),
                        )
                    )
                case "myst_role":
                    self._role(str(child.meta.get("name", "")), child.content, segment)
                case "html_inline":
                    self._html_inline(child.content, segment)
                case "substitution_inline":
                    place = segment.skip("{{")
                    self._jekyll("{{ " + child.content.strip(), place)

    def _text(
        self, text: str, segment: Segment, begins: bool, after: Token | None, *, is_link: bool
    ) -> None:
        if not is_link:
            for found in BARE_URL.finditer(text):
                address = found[0].rstrip(".,;:!?'\"*_")
                # `https://host/**name**/` shows how an address is made up.
                goes_on = found.end() == len(text) and after is not None and after.nesting == 1
                if not goes_on and not is_example(address):
                    self._add(Link(segment.find(address), address, address, is_bare=True))
        directive = _RST_DIRECTIVE.match(text) if begins else None
        if directive:
            message = (
                f"found `.. {directive['name']}::`, a directive of reStructuredText; expected "
                f"`:::{{{directive['name']}}}`"
            )
            self.content.findings.append(finding_at(segment.find(text), "rst-in-markdown", message))
        role = _RST_ROLE.search(text)
        if role and role["name"] in RST_ROLES and after is not None and after.type == "code_inline":
            message = (
                f"found `{role['role']}` before the backquotes, a role of reStructuredText; "
                f"expected `{{{role['name']}}}`"
            )
            self.content.findings.append(
                finding_at(segment.find(role["role"]), "rst-in-markdown", message)
            )
        mark = jekyll_mark(text)
        if mark:
            self._jekyll(mark, segment.find(mark))
        segment.skip(text)

    def _rst_link(self, code: str, place: Place, after: Token | None) -> None:
        if after is None or after.type != "text" or not after.content.startswith("_"):
            return
        if _RST_LINK.fullmatch(code) and not after.content[1:2].isalnum():
            found = quote(f"`{code}`_")
            message = f"found {found}, a link of reStructuredText; expected `[text](address)`"
            before = Place(place.line, max(place.column - 1, 1))
            self.content.findings.append(finding_at(before, "rst-in-markdown", message))

    def _role(self, name: str, content: str, segment: Segment) -> None:
        place = segment.skip("{" + name + "}")
        segment.skip(content)
        found = _ROLE_TEXT.fullmatch(content)
        if found and name in ROLES_WITH_TEXT:
            self._add(Link(place, found["text"], found["target"]))

    def _html_inline(self, html: str, segment: Segment) -> None:
        place = segment.skip(html)
        for _, image in html_images(html):
            self._add(_html_image(place, image))
        comment = _COMMENT.fullmatch(html)
        if comment:
            self._silence(comment["text"], place, (place.line, place.line + 1))

    def _jekyll(self, text: str, place: Place) -> None:
        mark = jekyll_mark(text)
        if mark:
            self.content.findings.append(finding_at(place, "jekyll", about_jekyll(mark)))


class _Options:
    """The options of a directive, read as MyST reads them, and what it would not read.

    Args:
        content: the lines between the fences.
        line: the line of the opening fence.
        name: the directive's name.
    """

    def __init__(self, content: Sequence[str], line: int, name: str) -> None:
        self.given: dict[str, str] = {}
        self.slips: list[Finding] = []
        self.length = 0
        self._line = line
        if content and content[0].startswith("---"):
            self._read_yaml(content)
        else:
            self._read_lines(content, is_code=name in VERBATIM and name not in {"image"})
        self.body = list(content[self.length :])
        if name not in VERBATIM:
            self._look_among_text()

    def _read_yaml(self, content: Sequence[str]) -> None:
        ends = [n for n, line in enumerate(content) if n and line.startswith("---")]
        end = ends[0] if ends else len(content)
        self.length = min(end + 1, len(content))
        given = _mapping("\n".join(content[1:end])) or {}
        self.given = {str(key): "" if value is None else str(value) for key, value in given.items()}

    def _read_lines(self, content: Sequence[str], *, is_code: bool) -> None:
        for line in content:
            stripped = line.lstrip()
            if not stripped.startswith(":") or stripped.startswith(":::"):
                break
            tight = _TIGHT_OPTION.fullmatch(line)
            option = _OPTION.fullmatch(line)
            if tight and (tight["name"] in OPTIONS or not is_code):
                name, value = tight["name"], tight["value"]
                message = f"found {quote(stripped)}, expected {quote(f':{name}: {value}')}"
                place = Place(self._line + self.length + 1, len(line) - len(stripped) + 1)
                self.slips.append(finding_at(place, "option-space", message))
                self.given[name] = value
            elif option:
                self.given[option["name"]] = (option["value"] or "").strip()
            self.length += 1

    def _look_among_text(self) -> None:
        for number, line in self._first_paragraph():
            place = Place(self._line + self.length + number + 1, _indent(line) + 1)
            option = _OPTION.fullmatch(line)
            if number == 0 and self.given and self.length and line[:1] in {" ", "\t"}:
                last = list(self.given)[-1]
                message = (
                    f"this line is not part of the option `{last}` but text; expected the whole "
                    "option on one line"
                )
                self.slips.append(finding_at(place, "option-unread", message))
            elif option and option["name"] in OPTIONS:
                message = (
                    f"found the option {quote(line.strip())} after a blank line or text; expected "
                    "it right below the directive's name"
                )
                self.slips.append(finding_at(place, "option-unread", message))
                self.given.setdefault(option["name"], option["value"] or "")

    def _first_paragraph(self) -> Iterator[tuple[int, str]]:
        begun = False
        for number, line in enumerate(self.body):
            if line.strip() and not _FENCE.match(line):
                begun = True
                yield number, line
            elif begun or line.strip():
                return


def _closes(lines: Sequence[str], first: int, end: int, markup: str) -> bool:
    """Whether the last line of a fenced block is its closing fence."""
    if end - 1 <= first or end - 1 >= len(lines):
        return False
    last = lines[end - 1].strip(" \t>")
    return len(last) >= len(markup) and set(last) == {markup[0]}


def _is_comment(token: Token) -> bool:
    if token.type == "myst_line_comment":
        return True
    return token.type == "html_block" and not _COMMENT.sub("", token.content).strip()


def _html_image(place: Place, attributes: dict[str, str]) -> Image:
    has_place = attributes.keys() >= {"width", "height"} or "style" in attributes
    return Image(place, attributes.get("src", ""), "<img>", "alt" in attributes, has_place)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _mapping(text: str) -> dict[Any, Any] | None:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        # MyST tells what is wrong with it.
        return None
    return data if isinstance(data, dict) else {}
