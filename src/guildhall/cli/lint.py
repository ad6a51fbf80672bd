"""``guildhall lint``: the pages of lessons, checked without building them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from guildhall.check.run.catalogue import all_rules
from guildhall.check.run.pages import judged_pages
from guildhall.check.run.portal import Sources
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.report.failures import tell_failure
from guildhall.cli.report.messages import annotate, on_github
from guildhall.core.counting import counted
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import nearest, quote
from guildhall.model.checkouts import MEMORY
from guildhall.model.records.registry import Registry


def lint(
    root: Path,
    lessons: Sequence[str],
    *,
    form: str,
    quiet: bool,
    verbose: bool,
) -> ExitCode:
    """Check pages and print what was found.

    Args:
        root: the portal's folder.
        lessons: ids of lessons; all that lie in the portal where none is given.
        form: ``text``, ``github`` or ``json``.
        quiet: whether only errors are printed.
        verbose: whether the traceback of a failing program is shown.
    """

    try:
        findings, pages, checked = _find(root, lessons)
    except click.ClickException:
        raise
    except Exception as error:
        log = root / "build" / MEMORY / "lint-error.log"
        return tell_failure("lint", error, root, log, verbose=verbose)
    errors = sum(each.severity == Severity.ERROR for each in findings)
    shown = [each for each in findings if not quiet or each.severity == Severity.ERROR]
    _print(shown, root, form)
    if form == "text" and not (quiet and not errors):
        told = f"{counted(pages, 'page')} of {counted(checked, 'lesson')}"
        notes = counted(len(findings) - errors, "note")
        click.echo(f"{told}: {counted(errors, 'error')}, {notes}.")
    return ExitCode.FINDINGS if errors else ExitCode.OK


def _find(root: Path, wanted: Sequence[str]) -> tuple[tuple[Finding, ...], int, int]:
    """What was found, and how many pages and lessons were looked at."""

    sources = Sources.read(root)
    _check_names(sources.registry, wanted)
    outlines = [each for each in sources.outlines.values() if each.files]
    outlines = (
        [each for each in outlines if each.lesson.key in wanted]
        if wanted
        else [each for each in outlines if not each.lesson.is_elsewhere]
    )
    pages = sum(len(each.files) for each in outlines)
    return judged_pages(sources, outlines), pages, len(outlines)


def _check_names(registry: Registry, wanted: Sequence[str]) -> None:
    keys = registry.keys("lesson")
    for key in wanted:
        if key not in keys:
            near = nearest(key, keys)
            hint = f"; did you mean `{near}`?" if near else "."
            raise click.UsageError(f"There is no lesson {quote(key)}{hint}")
        if ("lesson", key) in registry.broken:
            raise click.UsageError(f"The record of {quote(key)} has faults; see `guildhall check`.")


def _print(findings: Sequence[Finding], root: Path, form: str) -> None:
    if form == "json":
        click.echo(json.dumps([_plain(each) for each in findings], indent=2))
        return
    if form == "text":
        for each in findings:
            note = "info: " if each.severity == Severity.INFO else ""
            click.echo(f"{each.location}: {note}{each.message} [{each.rule}]")
    if form == "github" or on_github():
        for severity, level in ((Severity.ERROR, "error"), (Severity.INFO, "notice")):
            of_level = [each for each in findings if each.severity == severity]
            annotate(of_level, root, level)


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.path,
        "line": finding.line,
        "column": finding.column,
        "severity": str(finding.severity),
        "rule": finding.rule,
        "message": finding.message,
        "mend": all_rules()[finding.rule].mend,
    }
