"""Checks a lesson: reads its pages, asks the rules, and keeps what no comment silences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from guildhall.findings.severity import Severity
from guildhall.lessons.folder import PAGE_SUFFIXES
from guildhall.lessons.frontmatter import LARGEST_PAGE
from guildhall.lessons.outline import Outline, Page
from guildhall.lint.addresses import Addresses, addresses_of
from guildhall.lint.checks import Found, Subject, check
from guildhall.lint.elements import Content, Silence
from guildhall.lint.markdown import MarkdownReader
from guildhall.lint.notebook import Notebook
from guildhall.lint.rst import RstReader
from guildhall.lint.rules import RULES
from guildhall.records.faults import Fault, Subtype
from guildhall.values.faults import nearest, quote


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place of a lesson that breaks a rule.

    Args:
        fault: where it is and what is wrong; the message ends with the rule's id in brackets.
        rule: the rule's id.
    """

    fault: Fault
    rule: str

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return RULES[self.rule].severity


def lint_lesson(
    outline: Outline,
    *,
    addresses: Addresses | None = None,
    silenced: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Check the pages of a lesson; the findings are in the order of files and lines.

    Args:
        outline: the lesson's outline.
        addresses: where the portal's pages are published; by default, the lesson's own pages.
        silenced: ids of rules that the portal does without, each with the reason.
    """
    linter = _Linter(outline, addresses or addresses_of([outline]))
    skipped = silenced or {}
    return sorted(found for found in linter.findings() if found.rule not in skipped)


class _Linter:
    def __init__(self, outline: Outline, addresses: Addresses) -> None:
        self._outline = outline
        self._addresses = addresses
        self._markdown = MarkdownReader(outline.lesson.build.myst_extensions)

    def findings(self) -> Iterator[Finding]:
        outline = self._outline
        landing = self._landing_page()
        if landing is not None:
            yield from self._check(landing, outline.lesson.docname, None)
        for page in outline.pages:
            yield from self._check(page.path, page.docname, page)
        for page in outline.unlisted:
            yield from self._check(page.path, page.docname, page, is_unlisted=True)

    def _landing_page(self) -> Path | None:
        folder = self._outline.folder
        if folder is None:
            return None
        files = (folder / f"index{suffix}" for suffix in PAGE_SUFFIXES)
        return next((file for file in files if file.is_file()), None)

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
            content, docname, path.suffix, self._outline.lesson, page, is_unlisted, self._addresses
        )
        for found in unsilenced(content, list(check(subject))):
            line, message = found.place.line, found.message
            if notebook:
                line, cell, cell_line = notebook.line(line)
                message = f"cell {cell}, line {cell_line}: {message}"
            fault = Fault(path, line, found.place.column, Subtype.LINT, f"{message} [{found.rule}]")
            yield Finding(fault, found.rule)

    def _read(self, text: str, suffix: str) -> Content:
        return RstReader().read(text) if suffix == ".rst" else self._markdown.read(text)


def unsilenced(content: Content, found: list[Found]) -> Iterator[Found]:
    """The findings that no comment of the page silences, and what is wrong with the comments."""
    used: set[tuple[Silence, str]] = set()
    for each in found:
        silences = [silence for silence in content.silences if _covers(silence, each)]
        used |= {(silence, each.rule) for silence in silences}
        if not silences:
            yield each
    for silence in content.silences:
        yield from _silence_faults(silence, {rule for other, rule in used if other is silence})


def _covers(silence: Silence, found: Found) -> bool:
    if found.rule not in silence.rules:
        return False
    line = found.place.line
    return silence.lines is None or (
        silence.lines[0] <= line < silence.lines[1] or line == silence.place.line
    )


def _silence_faults(silence: Silence, used: set[str]) -> Iterator[Found]:
    if not silence.rules:
        message = "the comment names no rule, expected one or several after `silence`"
        yield Found(silence.place, "silence-unknown", message)
    elif not silence.reason:
        message = "the silence gives no reason, expected `reason:` and why at its end"
        yield Found(silence.place, "silence-reason", message)
    for rule in silence.rules:
        if rule not in RULES:
            near = nearest(rule, RULES)
            hint = f"did you mean `{near}`?" if near else "expected the id of a rule"
            message = f"unknown rule {quote(rule)}; {hint}"
            yield Found(silence.place, "silence-unknown", message)
        elif rule not in used:
            message = f"nothing here breaks the rule `{rule}`, so the silence can go"
            yield Found(silence.place, "silence-unused", message)
