"""Checks a lesson: reads its pages and asks the rules; what is silenced is not known here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guildhall.check.lint.addresses import Addresses, addresses_of
from guildhall.check.lint.checks import Subject, check
from guildhall.check.lint.elements import Content
from guildhall.check.lint.instructor_notes import states_minutes
from guildhall.check.lint.markdown import MarkdownReader
from guildhall.check.lint.notebook import Notebook
from guildhall.check.lint.rst import RstReader
from guildhall.core.findings.finding import Finding
from guildhall.network.lessons.frontmatter import LARGEST_PAGE
from guildhall.network.lessons.outline import Outline, Page


def lint_lesson(
    outline: Outline,
    *,
    addresses: Addresses | None = None,
) -> list[Finding]:
    """Check the pages of a lesson; the findings are in the order of files and lines.

    Args:
        outline: the lesson's outline.
        addresses: where the portal's pages are published; by default, the lesson's own pages.
    """
    linter = _Linter(outline, addresses or addresses_of([outline]))
    return sorted(linter.findings())


class _Linter:
    def __init__(self, outline: Outline, addresses: Addresses) -> None:
        self._outline = outline
        self._addresses = addresses
        self._markdown = MarkdownReader(outline.lesson.build.myst_extensions)

    def findings(self) -> Iterator[Finding]:
        outline = self._outline
        if outline.landing is not None:
            yield from self._check(outline.landing, outline.lesson.docname, None)
        for page in outline.pages:
            yield from self._check(page.path, page.docname, page)
        for page in outline.unlisted:
            yield from self._check(page.path, page.docname, page, is_unlisted=True)

    def _check(
        self, path: Path, docname: str, page: Page | None, *, is_unlisted: bool = False
    ) -> Iterator[Finding]:
        try:
            if path.stat().st_size > LARGEST_PAGE:
                return
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            # The build tells it, with the reason.
            return
        notebook = Notebook(text, self._markdown) if path.suffix == ".ipynb" else None
        content = notebook.content if notebook else self._read(text, path.suffix)
        subject = Subject(
            content,
            docname,
            path.suffix,
            self._outline.lesson,
            page,
            is_unlisted,
            self._addresses,
            states_minutes=states_minutes(text, path.suffix),
        )
        for found in check(subject):
            finding = replace(found, path=path.as_posix())
            if notebook:
                cell = notebook.line(found.line)
                words = f"{cell.words}{found.message}"
                finding = replace(finding, line=cell.file_line, message=words)
            yield finding

    def _read(self, text: str, suffix: str) -> Content:
        return RstReader().read(text) if suffix == ".rst" else self._markdown.read(text)
