"""How Markdown reads, and whether a change of it changes nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from guildhall.check.fixes.changes import are_explained
from guildhall.check.fixes.source import RefusedError
from guildhall.check.lint.markdown import SYNTAX, MarkdownReader

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def check_text(before: str, after: str, changes: Iterable[tuple[str, str, str]]) -> None:
    """Make sure that Markdown reads as before but for some texts.

    Args:
        before: the Markdown.
        after: it as changed.
        changes: the text that goes, what is written in its place, and what is meant by that.

    Raises:
        RefusedError: where anything else is read differently.
    """
    pairs = [pair for change in changes for pair in _pairs(*change)]
    if not are_explained(reading(before), reading(after), pairs):
        raise RefusedError("the page would be read differently")


def _pairs(old: str, written: str, new: str) -> Iterator[tuple[str, str]]:
    from markdown_it.common.normalize_url import normalizeLink, normalizeLinkText
    from markdown_it.common.utils import unescapeAll

    yield old, written
    plain = unescapeAll(old)
    # Angle brackets in an address are written as `%3C` and `%3E`.
    for text in {new} if written == new else sorted({new, written, unescapeAll(written)}):
        text = text.removeprefix("<").removesuffix(">") if text != new else text
        yield old, text
        yield plain, text
        yield normalizeLink(plain), normalizeLink(text)
        yield normalizeLinkText(plain), normalizeLinkText(text)


@cache
def _parser() -> MarkdownIt:
    return MarkdownReader(SYNTAX).page_parser


def reading(text: str) -> list[str]:
    """All that a page says, as a list of texts."""
    environment: dict[str, Any] = {}
    tokens = _parser().parse(text, environment)
    found = list(_flat(tokens))
    for name, definition in sorted(environment.get("references", {}).items()):
        found += [name, str(definition.get("href", "")), str(definition.get("title", ""))]
    return [each.rstrip("\n") for each in found]


def _flat(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        yield f"{token.type} {token.tag} {token.nesting} {token.level} {token.markup}"
        yield token.info
        if token.type != "inline":
            yield token.content
        for name, value in token.attrs.items():
            yield f"{name}"
            yield f"{value}"
        yield from _plain(token.meta)
        children: Sequence[Token] = token.children or ()
        yield from _flat(children)


def _plain(meta: dict[str, Any]) -> Iterator[str]:
    for name, value in meta.items():
        if isinstance(value, str | int):
            yield name
            yield str(value)
