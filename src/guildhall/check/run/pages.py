"""What `lint` and the preview say of the pages of lessons, by their sources alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from guildhall.check.lint.rules import RULES
from guildhall.check.run.advice import once_a_lesson
from guildhall.check.run.catalogue import all_rules
from guildhall.check.run.portal import Sources
from guildhall.check.run.silences import Silencer
from guildhall.core.findings.finding import Finding
from guildhall.network.lessons.outline import Outline


def judged_pages(sources: Sources, outlines: Collection[Outline]) -> tuple[Finding, ...]:
    """What is found on all pages of some lessons, without what is silenced.

    Args:
        sources: the portal's files.
        outlines: the lessons.
    """
    root = sources.root
    silencer = Silencer(
        root,
        sources.settings.checks,
        all_rules(),
        sources.settings.today,
        {path.relative_to(root).as_posix() for each in outlines for path in each.files},
        lambda rule, path: rule in RULES and bool(path),
        sources.extensions_of,
    )
    found = silencer.judge(sources.page_findings(outlines)).findings
    return once_a_lesson(found, outlines, root)


def findings_on(root: Path, files: Iterable[str]) -> list[Finding]:
    """What is found on some pages of lessons; other files are passed over.

    Args:
        root: the portal's folder.
        files: paths of the pages below it.
    """
    wanted = set(files)
    sources = Sources.read(root)
    concerned = [
        outline
        for outline in sources.outlines.values()
        if any(path.relative_to(root).as_posix() in wanted for path in outline.files)
    ]
    return [each for each in judged_pages(sources, concerned) if each.path in wanted]
