"""Record templates: Jinja gives Markdown, and every line of it knows its template line.

Templates are the portal's own text and are trusted; records are not. So every value that a template
prints is escaped for Markdown, and longer texts reach the page as directives that read the record
themselves (see :mod:`guildhall.sphinx_ext.directives.record`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
)
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from guildhall.core.values.format import format_date, format_range
from guildhall.core.values.numbers import Range
from guildhall.model.lookup import Lookup
from guildhall.model.portal import Portal
from guildhall.sphinx_ext.templating.template_faults import FAILURES, fault_of

OWN_TEMPLATES = "templates"
"""The folder of the portal's own templates, below that of its configuration."""

_MARK = re.compile("\ue000(?P<template>[^\ue001:]*):(?P<line>[0-9]+)\ue001")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-!<>|~^:$%&@=\"'])")


@dataclass(frozen=True)
class OwnTemplate(Lookup[bool]):
    """Whether a page is laid out by the portal's own template, or by Guildhall's.

    What is in its file is a dependency in Sphinx's own way.

    Args:
        name: the template's name.
    """

    name: str

    def result(self, portal: Portal) -> bool:
        """Whether the portal has one of that name."""
        return (portal.confdir / OWN_TEMPLATES / self.name).is_file()


@dataclass(frozen=True, slots=True)
class Rendered:
    """Markdown made by a template.

    Args:
        text: the Markdown.
        lines: template file and line of each line of ``text``.
        files: the files that were used.
        names: their names as templates.
    """

    text: str
    lines: tuple[tuple[str, int], ...]
    files: tuple[str, ...]
    names: tuple[str, ...]


class _LineMarks(Extension):
    """Puts a mark with the template's line after each line break of a template's own text."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Mark the plain text between Jinja's tags."""
        for token in stream:
            if token.type == "data":
                name = stream.name or ""
                lines = str(token.value).split("\n")
                marked = [lines[0]]
                for offset, line in enumerate(lines[1:], 1):
                    marked.append(f"\ue000{name}:{token.lineno + offset}\ue001{line}")
                yield Token(token.lineno, "data", "\n".join(marked))
            else:
                yield token


def escape_markdown(text: str) -> str:
    """Escape text so that Markdown shows it as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


class Layouts:
    """The templates of a portal: its own first, Guildhall's behind them.

    Args:
        own: the portal's folder for templates, such as ``conf/templates``.
        language: the language that numbers and dates are written for.
    """

    def __init__(self, own: Path, language: str) -> None:
        self._environment = Environment(
            loader=ChoiceLoader(
                [FileSystemLoader(own), PackageLoader("guildhall.sphinx_ext", "templates")]
            ),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  (the output is Markdown; finalize escapes for that)
            finalize=lambda value: self._show(value),
            keep_trailing_newline=True,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[_LineMarks],
        )
        self._language = language

    def render(self, name: str, context: Mapping[str, Any]) -> Rendered:
        """Render a template.

        Raises:
            TemplateFault: with the template's line, where it can't be parsed or rendered.
        """
        try:
            marked = self._environment.get_template(name).render(context)
        except FAILURES as error:
            raise fault_of(error, self._file_or_name(name)) from None
        return self._unmark(marked, name)

    def file(self, name: str) -> str:
        """The file that a template's name leads to."""
        return str(self._environment.get_template(name).filename)

    def _file_or_name(self, name: str) -> str:
        """The file of a template that may be what can't be read."""
        try:
            return self.file(name)
        except FAILURES:
            return name

    def _show(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, Markup):
            return value
        if isinstance(value, Range):
            return format_range(value, self._language)
        if isinstance(value, date):
            return format_date(value, self._language)
        return escape_markdown(str(value))

    def _unmark(self, marked: str, name: str) -> Rendered:
        lines, places, names = [], [], {name}
        current = (name, 1)
        for line in marked.split("\n"):
            found = list(_MARK.finditer(line))
            if found:
                current = (found[0]["template"] or name, int(found[0]["line"]))
                names.add(current[0])
            lines.append(_MARK.sub("", line))
            places.append(current)
        files = {each: self.file(each) for each in sorted(names)}
        return Rendered(
            "\n".join(lines),
            tuple((files[each], line) for each, line in places),
            tuple(files.values()),
            tuple(files),
        )
