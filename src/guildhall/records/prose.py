"""Markdown in records: what it may hold, checked before any of it is rendered.

Records come from many hands, so their prose is data: no raw HTML, no directive that reads files or
runs code, no link with a scheme other than http, https and mailto, no path out of the portal.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from guildhall.records.faults import Fault, Subtype
from guildhall.records.model import Record
from guildhall.values.faults import nearest, quote

PROSE_CONFIG = MdParserConfig(enable_extensions={"colon_fence", "deflist"})
"""How prose is read, whatever the portal's own MyST settings are."""

DIRECTIVES = frozenset(
    {
        "admonition",
        "attention",
        "caution",
        "danger",
        "hint",
        "important",
        "note",
        "seealso",
        "tip",
        "warning",
    }
)
"""Directives that prose may use."""

_TEXT_ROLES = frozenset(["abbr", "kbd", "math", "sub", "sup"])
_REFERENCE_ROLES = frozenset(["doc", "figure", "ref", "term"])
_DIRECTIVE = re.compile(r"\{(?P<name>[^}]*)\}")
_LINK_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class _Objection:
    needle: str
    message: str


def allowed_roles() -> frozenset[str]:
    """Roles that prose may use: text roles, references, and one for each record kind."""
    from guildhall.records.kinds import KINDS

    return _TEXT_ROLES | _REFERENCE_ROLES | frozenset(KINDS)


def prose_faults(record: Record) -> list[Fault]:
    """Everything in a record's prose that records may not hold, at its line and column."""
    folder = posixpath.dirname(record.docname)
    faults = []
    for prose in record.prose():
        start = record.source.value(prose.place)
        for objection in _objections(prose.value, folder):
            mark = record.source.find(objection.needle, start)
            faults.append(record.source.fault(mark, Subtype.PROSE, objection.message))
    return faults


@cache
def _parser() -> MarkdownIt:
    parser = create_md_parser(PROSE_CONFIG, RendererHTML)
    # markdown-it leaves unsafe links as text without a word; here they must come out to be named.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _objections(text: str, folder: str) -> Iterator[_Objection]:
    for token in _parser().parse(text):
        yield from _object_to(token, folder)
        for child in token.children or ():
            yield from _object_to(child, folder)


def _object_to(token: Token, folder: str) -> Iterator[_Objection]:
    first_line = token.content.strip().split("\n")[0]
    if token.type in {"html_block", "html_inline"}:
        yield _Objection(first_line, f"raw HTML {quote(first_line)}; records hold Markdown only")
    elif token.type == "heading_open":
        yield _Objection("", "a heading; a record's text stands under the headings of its page")
    elif token.type == "front_matter":
        yield _Objection("---", "front matter (`---`); only Markdown text can stand here")
    elif token.type == "myst_target":
        yield _Objection(token.content, "a label; link to the record itself instead")
    elif token.type in {"fence", "colon_fence"} and token.info.strip().startswith("{"):
        match = _DIRECTIVE.match(token.info.strip())
        name = match["name"] if match else token.info.strip()
        if name not in DIRECTIVES:
            message = _not_allowed("directive", name, DIRECTIVES)
            yield _Objection(f"{{{name}}}", message)
        else:
            yield from _objections(token.content, folder)
    elif token.type == "myst_role":
        name = str(token.meta.get("name", ""))
        if name not in allowed_roles():
            yield _Objection(f"{{{name}}}", _not_allowed("role", name, allowed_roles()))
    elif token.type == "link_open":
        yield from _object_to_target(str(token.attrs.get("href", "")), folder, is_image=False)
    elif token.type == "image":
        yield from _object_to_target(str(token.attrs.get("src", "")), folder, is_image=True)


def _object_to_target(target: str, folder: str, *, is_image: bool) -> Iterator[_Objection]:
    shown = unquote(target)
    needle = shown.split(":")[0] if ":" in shown else shown
    try:
        # Browsers drop control characters inside a scheme, so they are dropped here first.
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", shown))
    except ValueError:
        yield _Objection(needle, f"the link {quote(shown)} is not well-formed")
        return
    if is_image and (parts.scheme or parts.netloc):
        yield _Objection(needle, f"the image {quote(shown)} is not part of the portal")
    elif parts.scheme and parts.scheme.lower() not in _LINK_SCHEMES:
        message = f"the link {quote(shown)} has a scheme other than https, http and mailto"
        yield _Objection(needle, message)
    elif not parts.scheme and parts.path:
        path = parts.path.lstrip("/") if parts.path.startswith("/") else f"{folder}/{parts.path}"
        if parts.netloc or posixpath.normpath(path).startswith("../"):
            yield _Objection(needle, f"the link {quote(shown)} leads out of the portal")


def _not_allowed(what: str, name: str, allowed: frozenset[str]) -> str:
    near = nearest(name, allowed)
    hint = f"did you mean `{near}`?" if near else f"allowed: {', '.join(sorted(allowed))}"
    return f"the {what} {quote(name)} may not be used in records; {hint}"
