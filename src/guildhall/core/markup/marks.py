"""Marks of Markdown and reStructuredText that were to be read, and reach readers as text.

What is looked at is text that a parser has left: code, formulas and pictures are one sign each, so
that no page that shows marks as code is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guildhall.core.markup.jekyll import about_jekyll, jekyll_marks
from guildhall.core.markup.names import ROLES_WITH_TEXT, RST_ROLES
from guildhall.core.values.faults import quote

CODE = "\ue000"
"""What stands for code in a text."""
OBJECT = "\ue001"
"""What stands for a picture, a formula or anything else that is no text."""

TEXT_RULE = "pages.marks"
RST_RULE = "rst-in-markdown"
MARKDOWN_RULE = "markdown-in-rst"
CONFLICT_RULE = "pages.conflict"
OPEN_RULE = "pages.unclosed-html"
HEADING_RULE = "pages.heading-html"
CELLS_RULE = "pages.table-cells"
MONEY_RULE = "pages.money"
JEKYLL_RULE = "jekyll"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that reaches readers.

    Args:
        at: its offset in the text.
        literal: what stands in the source just so, if it isn't escaped there.
        rule: the id of the rule that tells it.
        message: what was found, what was expected, and how to mend it.
    """

    at: int
    literal: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of mark.

    Args:
        pattern: finds it; the group ``literal`` is what the source holds, else the whole.
        expected: what was expected.
        called: what it is; empty where the mark tells it.
        rule: the rule that tells it.
        unless: what mustn't stand in the match.
    """

    pattern: re.Pattern[str]
    expected: str
    called: str = ""
    rule: str = TEXT_RULE
    unless: re.Pattern[str] | None = None


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


_ROLES = "|".join(sorted(map(re.escape, ROLES_WITH_TEXT | RST_ROLES), key=len, reverse=True))
_ROLE_END = f"""(?=[ ]?[{CODE}`'"‘’“´(\\[])"""
_ADDRESS = r"[^()\n]*(?:\([^()\n]*\)[^()\n]*)*"
_DELIMITER = r"^(?=[^\n]*--)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$"
_ROW = r"\|[^\n]*\|[ \t]*"
_NUMERIC = _of(r"^\[(?:[\d, –-]+|\.\.\.|…)\]")

_TABLE = _Kind(
    _of(_DELIMITER),
    "a line of headers right above it, with as many cells, and an empty line before that",
    "the line below a table's headers",
)
_ROWS = _Kind(
    _of(rf"^(?P<literal>{_ROW})\n(?:{_ROW})$"),
    "a table with a line of headers, and `| --- |` for each column below it",
    "rows of a table",
)
_ALERT = _Kind(
    _of(r"^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"), "a directive such as `:::{note}`"
)
_TARGET = _Kind(_of(r"^\([A-Za-z][\w.:-]*\)=[ \t]*$"), "it after an empty line", "a label")
_NOTE_MARK = _Kind(
    _of(r"\[\^[\w.-]+\]"), "a line with the note, such as `[^1]: Words`", "the mark of a note"
)
_COLONS = _Kind(
    _of(r"^(?P<literal>:{3,}(?:\{[\w:.+-]+\})?)(?=[ \t]*$|[ \t]*[\w{]|(?<=\})[ \t])[^\n]*"),
    "it on its own line after an empty line; in a lesson with `colon_fence` among its "
    "`build.myst_extensions`",
    "a fence",
)
_BACKQUOTES = _Kind(
    _of(r"^(?P<literal>(?:`{3,}|~{3,})(?:\{[\w:.+-]+\})?)[^`\n]*$"),
    "it on its own line after an empty line",
    "a fence",
)
_LINK = _Kind(
    _of(
        rf"(?<![\w\]])(?P<literal>!?\[)[^\[\]\n]*\]\("
        rf"(?P<address>{_ADDRESS})(?P<end>\)?)"
    ),
    "",
    "a link",
)
_REFERENCE = _Kind(
    _of(r"(?<![\w\]\)])\[[^\[\]\n]+\]\[[^\[\]\n]*\](?!\()"),
    "a line with its address, such as `[name]: address`",
    "a link",
    unless=_NUMERIC,
)
_BOLD = _Kind(
    _of(r"(?<![*\\])(?P<literal>\*\*(?!\*)(?:[^*\s]+(?=\s|\*)|(?=\s)))[^*]*\*\*(?!\*)"),
    "",
    "bold text",
)
_BOLD_OPEN = _Kind(
    _of(r"^(?P<literal>\*\*(?=[^\W\d_])\w+)(?![^\n]*\*\*)[^\n]*"),
    "`**` at its end as well",
    "bold text",
)
_ITALIC = _Kind(
    _of(rf"(?<![\w*\\)])(?P<literal>\*(?=[^\W\d_])\w+)[^*\n{OBJECT}]*\s\*(?=[.,;:!?)]|$)"),
    "no blank before the closing mark",
    "emphasis",
)
_STRIKE = _Kind(
    _of(r"(?<!~)(?P<literal>~~(?=[^~\s])[^~\n]{1,20})[^~\n]*~~(?!~)"),
    "the role `{del}`, or `strikethrough` among the extensions of MyST",
    "struck text",
)
_ROLE = _Kind(
    _of(rf"(?<![\w$\\{{])\{{(?:{_ROLES})\}}{_ROLE_END}"),
    "its text in backquotes directly after it",
    "a role",
)
_ATTRIBUTES = _Kind(
    _of(rf"(?<=[{CODE}{OBJECT})\]])\{{(?:[#.][\w-]+|[\w-]+=[^}}\n]+)[^}}\n]*\}}|\{{#[\w:.-]+\}}"),
    "`attrs_inline` or `attrs_block` among the extensions of MyST, or no attributes",
    "attributes",
)
_BARE_VALUE = re.compile(r"(?P<key>[\w-]+)=(?P<value>(?=[^}\s]*[^\w:}\s-])[^\"'}\s]+)")
"""A value that needs quotes, since it has other signs than letters, digits and hyphens."""
_FORMULA = _Kind(
    _of(
        r"^(?P<literal>\$\$)[ \t]*$|(?P<two>\$\$)(?=[^$\n]*[\\^_=])[^$\n]+\$\$"
        r"|(?<![\w$\\])\$(?![\s\d{$]|[A-Z_]{2})(?=[^$\n]*[\\^_])[^$\n]*[^\s$]\$(?![\w$])"
    ),
    "`dollarmath` among the extensions of MyST, or the directive `math`",
    "a formula",
)
_AMS = _Kind(
    _of(r"\\begin\{(?:equation|align|gather|multline|eqnarray|split|aligned|[bpv]?matrix)\*?\}"),
    "`amsmath` among the extensions of MyST, or the directive `math`",
    "a formula",
)
_SUBSTITUTION = _Kind(
    _of(r"(?<![\w$\\{])\{\{[ \t]*[A-Za-z_][\w.]*[ \t]*\}\}"),
    "`substitution` among the extensions of MyST, or the text itself",
    "a substitution",
)
_HEADING = _Kind(
    _of(r"\A(?P<literal>#{2,6}(?=[^\W\d_])\w+)[^\n]*"), "a blank after the marks", "a heading"
)
_HEADING_LINE = _Kind(_of(r"^(?P<literal>#{1,6}[ \t]+[^\W\d_]\w*)[^\n]*"), "", "a heading")
_COMMENT_LINE = _Kind(_of(r"^(?P<literal>%[ \t]+[^\W\d_]\w*)[^\n]*"), "", "a comment")
_ITEMS = _Kind(_of(r"^(?P<literal>[-*+][ \t]+\S+)[^\n]*\n[ \t]*[-*+][ \t]+\S"), "", "a list")
_SPAN = _Kind(_of(r"(?<!`)`[^`\n]+`(?!`)"), "", "code")
_MD_COMMENT = _Kind(
    _of(r"<!--(?![^\n]*-->)"), "`-->` at its end", "a comment", rule=OPEN_RULE
)  # fmt: skip
_CONFLICT = _Kind(
    _of(r"^(?:<{7}|>{7}|\|{7})(?=[ \t]|$)[^\n]*"),
    "one of the two versions, and no marks",
    "a conflict marker",
    rule=CONFLICT_RULE,
)

_RST_ROLE = _Kind(
    _of(rf"(?:^|(?<=[\s(])):(?:{_ROLES}):(?=[{CODE}`])"),
    "the name in braces, as in `{ref}`",
    "a role of reStructuredText",
    rule=RST_RULE,
)
_RST_DIRECTIVE = _Kind(
    _of(r"^\.\. [a-z][\w:-]*::"),
    "a directive of MyST, such as `:::{note}`",
    "a directive of reStructuredText",
    rule=RST_RULE,
)
_RST_TARGET = _Kind(
    _of(r"^\.\. _[\w. -]+:"),
    "`(name)=` on the line above",
    "a label of reStructuredText",
    rule=RST_RULE,
)

_IN_MARKDOWN = (
    *(_CONFLICT, _COLONS, _BACKQUOTES, _TABLE, _ROWS, _ALERT, _TARGET, _RST_DIRECTIVE),
    *(_RST_TARGET, _RST_ROLE, _ROLE, _LINK, _NOTE_MARK, _REFERENCE, _BOLD, _BOLD_OPEN, _ITALIC),
    *(_STRIKE, _ATTRIBUTES, _FORMULA, _AMS, _SUBSTITUTION, _HEADING, _MD_COMMENT),
)
_IN_HTML = (
    *(_CONFLICT, _COLONS, _BACKQUOTES, _TABLE, _ROWS, _ALERT, _TARGET, _RST_DIRECTIVE),
    *(_HEADING_LINE, _COMMENT_LINE, _ITEMS, _ROLE, _LINK, _NOTE_MARK, _BOLD, _SPAN, _STRIKE),
)

_RST_LINK = _of(r"!?\[[^\[\]\n]+\]\((?=[^)\s]*[./#:])[^)\s]+\)")
_IN_RST = (
    _CONFLICT,
    _Kind(_RST_LINK, "`text <address>` in backquotes, followed by `_`", "a link of Markdown"),
    _Kind(_COLONS.pattern, "a directive such as `.. note::`", "a fence of Markdown"),
    _Kind(_BACKQUOTES.pattern, "a directive such as `.. code-block::`", "a fence of Markdown"),
    _Kind(_ROLE.pattern, "the name between colons, as in `:ref:`", "a role of MyST"),
    _Kind(_TABLE.pattern, "a table of reStructuredText", "a table of Markdown"),
    _Kind(_of(r"<!--"), "a comment that begins with `..`", "a comment of HTML"),
    _Kind(_NOTE_MARK.pattern, "a mark such as `[#name]_`", "a note mark of Markdown"),
    _Kind(_ALERT.pattern, "a directive such as `.. note::`", "a box of GitHub"),
    _Kind(_TARGET.pattern, "`.. _name:`", "a label of MyST"),
    _Kind(
        _of(r"\A(?P<literal>#{1,6}[ \t]+[^\W\d_]\w*)[^\n]*"),
        "the words with a line of signs below them",
        "a heading of Markdown",
    ),
)


def in_markdown(text: str) -> list[Mark]:
    """The marks that Markdown left in the text of a block."""
    jekyll = [Mark(at, mark, JEKYLL_RULE, about_jekyll(mark)) for at, mark in jekyll_marks(text)]
    taken = {each.at for each in jekyll}
    return [*jekyll, *(each for each in _found(_IN_MARKDOWN, text) if each.at not in taken)]


def in_rst(text: str) -> list[Mark]:
    """The marks that reStructuredText left in the text of a block, since Markdown has them."""
    return [
        Mark(each.at, each.literal, each.rule, each.message)
        if each.rule == CONFLICT_RULE
        else Mark(each.at, each.literal, MARKDOWN_RULE, each.message)
        for each in _found(_IN_RST, text)
    ]


def in_html(text: str) -> Mark | None:
    """The first mark in the text of raw HTML, where no Markdown is read."""
    found = _found(_IN_HTML, text)
    if not found:
        return None
    first = min(found, key=lambda mark: mark.at)
    if first.rule == CONFLICT_RULE:
        return first
    shown = quote(_line_at(text, first.at))
    message = (
        f"found {shown} within raw HTML, where Markdown isn't read; expected an empty line between "
        "the HTML and it"
    )
    return Mark(first.at, first.literal, first.rule, message)


_POWER = re.compile(r"\A\s*(?:[\d(.-]|\w\s).*(?:[\d)]|\s\w)\s*\Z", re.DOTALL)
"""What stands between the signs of two powers, as in `2 ** 3 and 2 ** 4`."""


def _found(kinds: tuple[_Kind, ...], text: str) -> list[Mark]:
    marks: list[Mark] = []
    taken: list[tuple[int, int]] = []
    for kind in kinds:
        for match in kind.pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            mark = _mark(kind, match)
            if mark is not None:
                taken.append(match.span())
                marks.append(mark)
    return sorted(marks, key=lambda mark: mark.at)


def _mark(kind: _Kind, match: re.Match[str]) -> Mark | None:
    if kind.unless is not None and kind.unless.search(match[0]):
        return None
    named = match.groupdict()
    literal = named.get("literal") or named.get("two") or match[0]
    literal = re.split(rf"[{CODE}{OBJECT}\n]", literal)[0].rstrip()
    if kind is _LINK:
        return _link(match, literal)
    if kind is _ATTRIBUTES and (bare := _BARE_VALUE.search(match[0])):
        right = f'{bare["key"]}="{bare["value"]}"'
        message = (
            f"found {quote(match[0])} as text, attributes; expected quotes, as in `{{{right}}}`"
        )
        return Mark(match.start(), literal, kind.rule, message)
    if kind is _BOLD:
        return _bold(match, literal)
    called = f", {kind.called}" if kind.called else ""
    shown = quote(_shown(match[0]))
    return Mark(
        match.start(),
        literal,
        kind.rule,
        f"found {shown} as text{called}; expected {kind.expected}",
    )


def _link(match: re.Match[str], literal: str) -> Mark:
    is_picture = literal.startswith("!")
    what = "a picture" if is_picture else "a link"
    address = match["address"].strip()
    if not match["end"]:
        expected = "`)` after its address"
    elif re.search(r"\s", address) and not address.startswith("<"):
        expected = f"{quote(f'<{_shown(address)}>')} for an address with blanks"
    else:
        expected = "an address without blanks and with each bracket closed"
    # What stands in front of the address is there just so, whatever the text of the link is.
    begin = _shown(match[0].partition("](")[2])[:20]
    literal = f"]({begin.split(')')[0]}" if begin else "]("
    message = f"found {quote(_shown(match[0]))} as text, {what}; expected {expected}"
    return Mark(match.start(), literal, TEXT_RULE, message)


def _bold(match: re.Match[str], literal: str) -> Mark | None:
    inner = match[0][2:-2]
    if not re.search(r"[^\W\d_]{2}", inner) or _POWER.search(inner):
        return None
    if inner != inner.strip():
        expected = "no blanks inside the marks"
    else:
        expected = "a blank or a sign around the marks, or the signs inside them outside"
    literal = literal if len(literal) > 2 else f"**{inner[:12]}"
    literal = re.split(rf"[{CODE}{OBJECT}\n]", literal)[0].rstrip()
    message = f"found {quote(_shown(match[0]))} as text, bold text; expected {expected}"
    return Mark(match.start(), literal, TEXT_RULE, message)


def _shown(text: str) -> str:
    return " ".join(text.replace(CODE, "…").replace(OBJECT, "…").split())


def _line_at(text: str, at: int) -> str:
    return _shown(text[at:].split("\n", 1)[0])


_FULL_CONFLICT = re.compile(
    r"^[ \t>]*(?P<first><{7}(?: [^\n]*)?)\n(?:.*?\n)??[ \t>]*={7}[ \t]*\n(?:.*?\n)??"
    r"[ \t>]*>{7}(?: [^\n]*)?$",
    re.MULTILINE | re.DOTALL,
)
_OPENS = re.compile(
    r"<!--(?P<comment>.*?)(?P<comment_end>-->|\Z)"
    r"|<(?P<tag>script|style|pre|textarea)\b[^>]*>.*?(?P<tag_end></(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def conflicts(source: str) -> Iterator[tuple[int, str]]:
    """The conflicts that a merge left in a source, each with its offset and text."""
    for found in _FULL_CONFLICT.finditer(source):
        yield found.start("first"), found[0]


def about_conflict(first: str) -> str:
    """What to say of a conflict.

    Args:
        first: its first line.
    """
    return (
        f"found {quote(first)}, left by a merge because both sides changed the same lines; "
        "expected one of the two versions, without the markers"
    )


def unclosed(html: str) -> tuple[int, str, str] | None:
    """The first part of raw HTML that is never closed: its offset, its text, what to say of it."""
    for found in _OPENS.finditer(html):
        if found["tag"] is None and not found["comment_end"]:
            message = "found `<!--` that is never closed, so what follows is hidden; expected `-->`"
            return found.start(), "<!--", message
        if found["tag"] and not found["tag_end"]:
            tag = found["tag"]
            message = (
                f"found `<{tag}>` that is never closed, so what follows is part of it; "
                f"expected `</{tag}>`"
            )
            return found.start(), f"<{tag}", message
    return None


_NO_PROSE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<tag>script|style|pre|textarea|title|code|kbd|samp|tt|svg|math|template)\b[^>]*>.*?"
    r"(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"""</?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")


def text_of_html(html: str) -> str:
    """The text of raw HTML as its readers see it, in the lines of the HTML.

    Tags are blanks, code and comments one sign and blanks, and no line begins with a blank.
    """

    def code(found: re.Match[str]) -> str:
        return CODE + re.sub(r"[^\n]", " ", found[0][1:])

    plain = _TAG.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), _NO_PROSE.sub(code, html))
    return "\n".join(line.lstrip() for line in plain.split("\n"))


_BELOW_HEADERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_ROW_BEGIN = re.compile(r"[ \t>]*")
_CELL_END = re.compile(r"(?<!\\)\|")


def lost_cells(lines: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The rows of a table of Markdown with more cells than columns.

    Bars part cells also within code, if no backslash stands before them (GFM 0.29, 4.10).

    Args:
        lines: a page from the table's headers on.

    Returns:
        of each row its index, the offset of the first cell that is lost, and how many cells and
        columns there are.
    """
    if len(lines) < 2 or not _BELOW_HEADERS.fullmatch(_ROW_BEGIN.sub("", lines[1], count=1)):
        return
    columns = len(list(_cells(lines[0])))
    for index, line in enumerate(lines[2:], 2):
        if not line.strip(" \t>"):
            return
        cells = list(_cells(line))
        if len(cells) > columns:
            yield index, cells[columns], len(cells), columns


def _cells(line: str) -> Iterator[int]:
    """Where the cells of a row begin."""
    begin = _ROW_BEGIN.match(line)
    at = begin.end() if begin else 0
    end = len(line.rstrip())
    if line[at : at + 1] == "|":
        at += 1
    while at < end:
        yield at
        bar = _CELL_END.search(line, at)
        at = bar.end() if bar else end


_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{2,}")
_TEX = re.compile(r"[\\^_{}=]")


def is_money(formula: str, before: str, after: str) -> bool:
    """Whether what was read as a formula is text between two amounts, as in `$10 and $20`.

    Args:
        formula: what stands between the signs of dollars.
        before: the text before the first.
        after: the text after the second.
    """
    if after[:1].isdecimal() and formula[:1].isdecimal():
        return True
    if not _WORD.search(formula) or _TEX.search(formula):
        return False
    if formula[:1].isdecimal():
        return True
    return before[-1:].isdecimal() and formula.rstrip()[-1:].isdecimal()
