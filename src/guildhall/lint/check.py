"""The rules of lesson pages as one check of the portal's report."""

from __future__ import annotations

from collections.abc import Iterable

from guildhall.findings.severity import Severity
from guildhall.ledger.checks import CheckResult, Finding, counted
from guildhall.lessons.outline import Outline
from guildhall.lint.addresses import addresses_of
from guildhall.lint.lesson import lint_lesson
from guildhall.settings import Settings

TITLE = "Lesson pages follow the rules of good lessons"


def page_check(outlines: Iterable[Outline], settings: Settings) -> CheckResult:
    """Check the pages of all lessons that lie in the portal; notes are left to ``guildhall lint``.

    Args:
        outlines: the outlines of all lessons.
        settings: the portal's settings, which can silence rules.
    """
    known = list(outlines)
    own = [each for each in known if each.pages and not each.lesson.is_elsewhere]
    if not own:
        return CheckResult("lesson.rules", TITLE, "skip", "no lesson has pages here")
    addresses = addresses_of(known, settings.base_url)
    findings = tuple(
        Finding(found.fault)
        for outline in own
        for found in lint_lesson(outline, addresses=addresses, silenced=settings.silence)
        if found.severity == Severity.ERROR
    )
    pages = counted(sum(len(each.pages) for each in own), "page")
    return CheckResult("lesson.rules", TITLE, "fail" if findings else "pass", pages, findings)
