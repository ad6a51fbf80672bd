"""``guildhall lint``: the pages of lessons, checked without building them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.folder import find_root, root_argument

if TYPE_CHECKING:
    from guildhall.lint.lesson import Finding
    from guildhall.records.registry import Registry


@click.command("lint")
@root_argument
@click.option(
    "--lesson",
    "lessons",
    multiple=True,
    metavar="ID",
    help="Only this lesson, also one that was fetched; may be given again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
)
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
def lint_command(
    root: Path | None, lessons: tuple[str, ...], form: str, quiet: bool, verbose: bool
) -> None:
    """Check the pages of the lessons of the portal at ROOT.

    Lessons that are fetched from elsewhere are checked only where they are named. Errors make the
    exit code 1; notes ("info") never do. The reference says how to silence a rule.
    """
    sys.exit(lint(find_root(root), lessons, form=form, quiet=quiet, verbose=verbose))


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
    from guildhall.cli.failures import tell_failure
    from guildhall.cli.site import MEMORY
    from guildhall.findings.severity import Severity

    try:
        findings, pages, checked = _find(root, lessons)
    except click.ClickException:
        raise
    except Exception as error:
        log = root / "build" / MEMORY / "lint-error.log"
        return tell_failure("lint", error, log, verbose=verbose)
    errors = sum(each.severity == Severity.ERROR for each in findings)
    shown = [each for each in findings if not quiet or each.severity == Severity.ERROR]
    _print(shown, root, form)
    if form == "text" and not (quiet and not errors):
        told = f"{_counted(pages, 'page')} of {_counted(checked, 'lesson')}"
        notes = _counted(len(findings) - errors, "note")
        click.echo(f"{told}: {_counted(errors, 'error')}, {notes}.")
    return ExitCode.FINDINGS if errors else ExitCode.OK


def _find(root: Path, wanted: Sequence[str]) -> tuple[list[Finding], int, int]:
    """What was found, and how many pages and lessons were looked at."""
    from guildhall.lessons.outline import outline_of
    from guildhall.lint.addresses import addresses_of
    from guildhall.lint.lesson import lint_lesson
    from guildhall.records.kinds.lesson import Lesson
    from guildhall.records.registry import load_registry
    from guildhall.settings import load_settings

    settings, _ = load_settings(root)
    registry = load_registry(root, settings)
    _check_names(registry, wanted)
    outlines = [outline_of(lesson, root) for lesson in registry.of(Lesson)]
    others = (record.docname for record in registry.records.values())
    addresses = addresses_of(outlines, settings.base_url, others)
    findings: list[Finding] = []
    pages = checked = 0
    for outline in outlines:
        lesson = outline.lesson
        is_own = lesson.source is None or lesson.source.git is None
        listed = len(outline.pages) + len(outline.unlisted)
        if not listed or (lesson.key not in wanted if wanted else not is_own):
            continue
        findings += lint_lesson(outline, addresses=addresses, silenced=settings.silence)
        pages += listed
        checked += 1
    return findings, pages, checked


def _check_names(registry: Registry, wanted: Sequence[str]) -> None:
    from guildhall.values.faults import nearest, quote

    keys = registry.keys("lesson")
    for key in wanted:
        if key not in keys:
            near = nearest(key, keys)
            hint = f"; did you mean `{near}`?" if near else "."
            raise click.UsageError(f"There is no lesson {quote(key)}{hint}")
        if ("lesson", key) in registry.broken:
            raise click.UsageError(f"The record of {quote(key)} has faults; see `guildhall check`.")


def _print(findings: Sequence[Finding], root: Path, form: str) -> None:
    from guildhall.cli.messages import Message, annotate, on_github
    from guildhall.findings.severity import Severity

    if form == "json":
        click.echo(json.dumps([_plain(each, root) for each in findings], indent=2))
        return
    if form == "text":
        for each in findings:
            note = "info: " if each.severity == Severity.INFO else ""
            fault = each.fault.relative_to(root)
            click.echo(f"{fault.location}: {note}{fault.message}")
    if form == "github" or on_github():
        for severity, level in ((Severity.ERROR, "error"), (Severity.INFO, "notice")):
            of_level = [each.fault for each in findings if each.severity == severity]
            annotate(map(Message.of_fault, of_level), root, level)


def _plain(finding: Finding, root: Path) -> dict[str, object]:
    from guildhall.lint.rules import RULES

    fault = finding.fault.relative_to(root)
    return {
        "file": fault.path.as_posix(),
        "line": fault.line,
        "column": fault.column,
        "severity": str(finding.severity),
        "rule": finding.rule,
        "message": fault.message.removesuffix(f" [{finding.rule}]"),
        "mend": RULES[finding.rule].mend,
    }


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
