"""Markdown in records: what it may hold, checked before any of it is rendered.

Records come from many hands, so their prose is data: no raw HTML, no directive that reads files or
runs code, no link with a scheme other than http, https and mailto, no path out of the portal, and
no file that was not put among its pages.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from docutils.parsers.rst.directives.admonitions import Admonition, Note
from docutils.parsers.rst.states import MarkupError
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.directives import parse_directive_text
from myst_parser.parsers.mdit import create_md_parser

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import nearest, quote
from guildhall.core.values.identifiers import URL_SCHEMES
from guildhall.core.yaml_source import Mark, SourceMap
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.records.offered import Offer, named_objection

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

# No `math`: TeX reads files (`\input`), and MathJax follows any link (`\href`).
_TEXT_ROLES = frozenset(["abbr", "kbd", "sub", "sup"])
_REFERENCE_ROLES = frozenset(["doc", "figure", "ref", "term"])
# MyST takes the words up to the first blank for a directive's name, if they are in braces.
_DIRECTIVE = re.compile(r"\{(?P<name>[^}]*)\}(?!\S)")
_LINK_SCHEMES = URL_SCHEMES | {"mailto"}
_DEEPEST_DIRECTIVES = 8
_HEADING = "a heading; a record's text goes below the headings of its page"


@dataclass(frozen=True, slots=True)
class _Objection:
    """Something that prose may not hold: the words to look for, from which line of the text."""

    needle: str
    message: str
    line: int = 0


def allowed_roles() -> frozenset[str]:
    """Roles that prose may use: text roles, references, and one for each record kind."""
    from guildhall.model.records.kinds import KINDS

    return _TEXT_ROLES | _REFERENCE_ROLES | frozenset(KINDS)


def prose_faults(record: Record, sources: tuple[str, ...] | None = None) -> list[Finding]:
    """Everything in a record's prose that records may not hold, at its line and column.

    Args:
        record: the record.
        sources: the portal's folders of pages; by default its settings are read.
    """
    targets = Targets.of(record, sources)
    faults = []
    for prose in record.prose():
        finder = _Finder(record.origin, record.origin.value(prose.place), prose.value)
        for objection in _Reader(targets).read(prose.value):
            mark = finder.find(objection)
            faults.append(record.origin.fault(mark, rules.PROSE, objection.message))
    return faults


def objections_to(text: str, targets: Targets, *, is_title: bool = False) -> list[str]:
    """Everything in a text that records may not hold, in words.

    Args:
        text: the Markdown.
        targets: where links of the text may lead.
        is_title: whether the text is underlined as a title.
    """
    return [
        objection.message
        for objection in _Reader(targets).read(text)
        if not (is_title and objection.message == _HEADING)
    ]


class Targets:
    """Where links and images of a record may lead.

    Args:
        folder: the folder of the record's page, from the portal's root, with ``/``.
        root: the portal's folder, where it is known.
        sources: the portal's folders of pages; by default its settings are read.
        is_lesson: whether paths that begin with ``/`` may begin at ``folder`` too.
    """

    def __init__(
        self,
        folder: str,
        root: Path | None,
        sources: tuple[str, ...] | None = None,
        *,
        is_lesson: bool = False,
    ) -> None:
        self._folder = folder
        self._root = root
        self._sources = sources
        self._is_lesson = is_lesson

    @classmethod
    def of(cls, record: Record, sources: tuple[str, ...] | None = None) -> Targets:
        """Where those of a record may lead."""
        folder = posixpath.dirname(record.docname)
        steps = Path(folder).parts
        home = record.origin.path.parent
        is_at_home = home.parts[len(home.parts) - len(steps) :] == steps
        root = record.origin.path.parents[len(steps)] if is_at_home else None
        return cls(folder, root, sources, is_lesson=record.KIND == "lesson")

    def in_portal(self, path: str) -> str:
        """A path as prose has it, from the portal's root."""
        is_absolute = path.startswith("/")
        inside = path.lstrip("/") if is_absolute else posixpath.join(self._folder, path)
        return posixpath.normpath(inside)

    def objection(self, path: str) -> str:
        """Why what ``path`` names may not be offered; empty where it may."""
        found = self._objection(self.in_portal(path))
        if found and self._is_lesson and path.startswith("/"):
            # On the lesson's own pages, the path begins at the lesson's root.
            return self._objection(self.in_portal(path.lstrip("/"))) and found
        return found

    def _objection(self, path: str) -> str:
        if self._offer is None:
            return named_objection(PurePosixPath(path))
        return self._offer.objection(self._offer.root / path)

    @cached_property
    def _offer(self) -> Offer | None:
        if self._root is None:
            return None
        if self._sources is not None:
            return Offer(self._root, self._sources)
        # Looked up where a path is named only, which few records do.
        from guildhall.model.settings.portal import load_settings

        return Offer(self._root, load_settings(self._root)[0].sources)


class _Finder:
    """Finds in the file what a text was objected to for, each occurrence in its turn."""

    def __init__(self, source: SourceMap, start: Mark, text: str) -> None:
        self._source = source
        self._start = start
        self._lines = text.split("\n")
        self._file = source.text.split("\n")
        self._next: dict[str, Mark] = {}

    def find(self, objection: _Objection) -> Mark:
        line = self._line(objection.line)
        after = self._next.get(objection.needle, line)
        begin = max(line, after, key=lambda mark: (mark.line, mark.column))
        found = self._source.find(objection.needle, begin)
        if found == begin and not self._file[begin.line - 1][begin.column - 1 :].startswith(
            objection.needle
        ):
            return line
        if (found.line, found.column) >= self._end:
            return line
        self._next[objection.needle] = Mark(found.line, found.column + 1, found.line)
        return found

    @cached_property
    def _end(self) -> tuple[int, int]:
        """Line and column of what follows the text in the file."""
        marks = (*self._source.keys.values(), *self._source.values.values())
        places = ((mark.line, mark.column) for mark in marks)
        start = (self._start.line, self._start.column)
        return min((place for place in places if place > start), default=(len(self._file) + 1, 1))

    def _line(self, number: int) -> Mark:
        """Where a line of the text stands; only block scalars keep their lines in the file."""
        at = self._start.text_line + number
        if number < len(self._lines) and at <= len(self._file):
            text, held = self._lines[number].strip(), self._file[at - 1]
            if text and held.strip() == text:
                return Mark(at, len(held) - len(held.lstrip()) + 1, at)
        return self._start


@cache
def _parser() -> MarkdownIt:
    parser = create_md_parser(PROSE_CONFIG, RendererHTML)
    # markdown-it leaves unsafe links as text without a word; here they must come out to be named.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


class _Reader:
    """Reads one text, and what its directives hold, in the order and the way that MyST does.

    What the two read differently would be a way around the check. So link definitions hold for
    the whole text, as they do in MyST, and a directive's title is read as one line.
    """

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._env: dict[str, object] = {}

    def read(
        self, text: str, first: int = 0, depth: int = 0, *, one_line: bool = False
    ) -> Iterator[_Objection]:
        """Everything to object to in a text whose first line is line ``first`` of the whole."""
        parse = _parser().parseInline if one_line else _parser().parse
        for token in parse(text, self._env):
            line = first + (token.map[0] if token.map else 0)
            for each in (token, *(token.children or ())):
                if each.type in {"fence", "colon_fence"}:
                    yield from self._read_fence(each, line, depth)
                    continue
                for objection in _object_to(each, self._targets):
                    yield replace(objection, line=line)

    def _read_fence(self, token: Token, line: int, depth: int) -> Iterator[_Objection]:
        info = token.info.strip()
        if not info.startswith("{"):
            # MyST reads what stands in a bare `:::` block as Markdown, directives and all.
            if token.type == "colon_fence":
                near = nearest(info, DIRECTIVES)
                hint = f"; did you mean `{token.markup}{{{near}}}`?" if near else ""
                message = f"{quote(token.markup + info)} names no directive in braces{hint}"
                yield _Objection(token.markup, message, line)
            return
        match = _DIRECTIVE.match(info)
        name = match["name"] if match else info
        if match is None or name not in DIRECTIVES:
            yield _Objection(f"{{{name}}}", _not_allowed("directive", name, DIRECTIVES), line)
        elif depth == _DEEPEST_DIRECTIVES:
            message = f"directives more than {_DEEPEST_DIRECTIVES} levels deep"
            yield _Objection(f"{{{name}}}", message, line)
        else:
            title = info[match.end() :].strip()
            yield from self._read_directive(name, title, token.content, line, depth)

    def _read_directive(
        self, name: str, title: str, content: str, line: int, depth: int
    ) -> Iterator[_Objection]:
        # Split as MyST splits it: what it takes for options or a title must not be judged as text.
        kind = Admonition if name == "admonition" else Note
        try:
            parsed = parse_directive_text(kind, title, content)
        except MarkupError as error:
            message = f"the directive {quote(name)} can't be read: {error}"
            yield _Objection(f"{{{name}}}", message, line)
            return
        if "name" in parsed.options:
            yield _Objection("name:", "a label; link to the record itself instead", line)
        for argument in parsed.arguments:
            yield from self.read(argument, line, depth + 1, one_line=True)
        body = "\n".join(parsed.body)
        yield from self.read(body, line + 1 + parsed.body_offset, depth + 1)


def _object_to(token: Token, targets: Targets) -> Iterator[_Objection]:
    first_line = token.content.strip().split("\n")[0]
    if token.type in {"html_block", "html_inline"}:
        yield _Objection(first_line, f"raw HTML {quote(first_line)}; records allow only Markdown")
    elif token.type == "heading_open":
        yield _Objection("", _HEADING)
    elif token.type == "front_matter":
        yield _Objection("---", "front matter (`---`); only Markdown text is allowed here")
    elif token.type == "myst_target":
        yield _Objection(token.content, "a label; link to the record itself instead")
    elif token.type == "myst_role":
        name = str(token.meta.get("name", ""))
        if name not in allowed_roles():
            yield _Objection(f"{{{name}}}", _not_allowed("role", name, allowed_roles()))
    elif token.type == "link_open":
        yield from _object_to_target(str(token.attrs.get("href", "")), targets, is_image=False)
    elif token.type == "image":
        yield from _object_to_target(str(token.attrs.get("src", "")), targets, is_image=True)


def _object_to_target(target: str, targets: Targets, *, is_image: bool) -> Iterator[_Objection]:
    shown = unquote(target)
    needle = shown.split(":")[0] if ":" in shown else shown
    try:
        # Browsers drop control characters inside a scheme and take `\` for `/`, so both are done
        # here first.
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", shown).replace("\\", "/"))
        has_user = parts.username is not None and parts.scheme.lower() != "mailto"
        is_web = parts.scheme.lower() in URL_SCHEMES
        is_complete = not is_web or (bool(parts.hostname) and parts.port != 0)
    except ValueError:
        yield _Objection(needle, f"the link {quote(shown)} is not well-formed")
        return
    if is_image and (parts.scheme or parts.netloc):
        yield _Objection(needle, f"the image {quote(shown)} is not part of the portal")
    elif parts.scheme and parts.scheme.lower() not in _LINK_SCHEMES:
        message = f"the link {quote(shown)} has a scheme other than https, http and mailto"
        yield _Objection(needle, message)
    elif not is_complete:
        yield _Objection(needle, f"the link {quote(shown)} is not well-formed")
    elif parts.scheme and has_user:
        yield _Objection(needle, f"the link {quote(shown)} contains a user name or password")
    elif not parts.scheme and (parts.path or parts.netloc):
        in_portal = targets.in_portal(parts.path)
        if parts.netloc or in_portal.split("/")[0] == "..":
            yield _Objection(needle, f"the link {quote(shown)} leads out of the portal")
        elif ".." in re.split(r"[/\\?#]", shown):
            # The text stands on pages of other folders too, where the path would climb elsewhere;
            # and Sphinx takes `?` for a part of the path.
            message = f"the link {quote(shown)} uses `..`; start it at the portal's root"
            yield _Objection(needle, f"{message}: `/{in_portal}`")
        elif is_image and parts.path.endswith(".*"):
            # Sphinx would take any file of that name, through links that nobody has looked at.
            message = f"the image {quote(shown)} does not name a single file; add its suffix"
            yield _Objection(needle, message)
        elif objection := targets.objection(shown.split("#")[0].replace("\\", "/")):
            yield _Objection(needle, f"the link {quote(shown)} {objection}")


def _not_allowed(what: str, name: str, allowed: frozenset[str]) -> str:
    near = nearest(name, allowed)
    hint = f"did you mean `{near}`?" if near else f"allowed: {', '.join(sorted(allowed))}"
    return f"the {what} {quote(name)} may not be used in records; {hint}"
