"""Texts of records for programs that know no Markdown: calendars, feeds, linked data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol, TypeVar

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.parsers.mdit import create_md_parser

from guildhall.model.base.model import Record
from guildhall.model.records.prose import PROSE_CONFIG

R = TypeVar("R", bound=Record)

_TITLED = re.compile(r"(?P<title>.+?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_DIRECTIVE = re.compile(r"\{[^}]*\}\s*")


class Records(Protocol):
    """Gives records, and is told which of their fields are shown."""

    def find(self, kind: str, key: str, fields: Iterable[str] | None = None) -> Record | None:
        """The record of that kind and id."""

    def get(self, kind: type[R], key: str, fields: Iterable[str] | None = None) -> R | None:
        """Like :meth:`find`, typed."""


def plain_text(markdown: str, records: Records) -> str:
    """The words of a record's Markdown: paragraphs set apart by an empty line, items by a dash.

    Args:
        markdown: the text.
        records: gives the labels of records that the text names.
    """
    text = ""
    was_item = False
    for block, is_item in _blocks(markdown, records):
        if text:
            text += "\n" if is_item and was_item else "\n\n"
        text += f"- {block}" if is_item else block
        was_item = is_item
    return text


def one_line(markdown: str, records: Records) -> str:
    """The words of a record's Markdown on one line."""
    return " ".join(" ".join(block for block, _ in _blocks(markdown, records)).split())


@cache
def _parser() -> MarkdownIt:
    return create_md_parser(PROSE_CONFIG, RendererHTML)


def _blocks(markdown: str, records: Records) -> Iterator[tuple[str, bool]]:
    """Each block of text, and whether it begins an item of a list."""
    begins_item = False
    for token in _parser().parse(markdown):
        if token.type == "list_item_open":
            begins_item = True
        elif token.type == "inline":
            text = "".join(_words(token, records)).strip()
            if text:
                yield text, begins_item
            begins_item = False
        elif token.type in {"fence", "colon_fence"} and token.info.startswith("{"):
            title = _DIRECTIVE.sub("", token.info, count=1)
            yield from _blocks(f"{title}\n\n{token.content}", records)
        elif token.type in {"fence", "code_block"}:
            yield token.content.strip("\n"), False


def _words(token: Token, records: Records) -> Iterator[str]:
    for each in token.children or ():
        if each.type == "softbreak":
            yield " "
        elif each.type == "hardbreak":
            yield "\n"
        elif each.type == "myst_role":
            yield _role(str(each.meta.get("name", "")), each.content, records)
        else:
            yield each.content


def _role(name: str, content: str, records: Records) -> str:
    titled = _TITLED.fullmatch(content)
    if titled:
        return titled["title"]
    record = records.find(name, content.strip(), ("label",))
    return record.label if record else content
