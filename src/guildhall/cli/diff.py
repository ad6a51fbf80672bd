"""``guildhall diff``: which numbers, addresses and times a change moves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from guildhall.check.differences.markdown import render_markdown
from guildhall.check.differences.plain import to_json
from guildhall.check.differences.portal import compare
from guildhall.check.differences.revisions import RevisionError
from guildhall.check.differences.text import render_text
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.report.failures import tell_failure
from guildhall.cli.report.terminal import takes_colour
from guildhall.model.checkouts import MEMORY


def diff(
    root: Path, ref: str, to: str | None, *, exact: bool, form: str, verbose: bool = False
) -> ExitCode:
    """Compare and print what changed.

    Args:
        root: the portal's folder.
        ref: the branch, tag or commit to compare with.
        to: the one to look at; None for the files as they lie there.
        exact: whether ``ref`` itself is meant, and not where the branch left it.
        form: ``text``, ``markdown`` or ``json``.
        verbose: whether the traceback of a failing program is shown.

    Raises:
        click.UsageError: where ``ref`` or ``to`` is nothing that can be compared.
    """

    try:
        found = compare(root, ref, to, exact=exact)
        if form == "json":
            text = json.dumps(to_json(found), indent=2, ensure_ascii=False)
        elif form == "markdown":
            text = render_markdown(found).rstrip("\n")
        else:
            text = render_text(found, color=takes_colour(sys.stdout))
    except RevisionError as error:
        raise click.UsageError(str(error)) from None
    except Exception as error:
        log = root / "build" / MEMORY / "diff-error.log"
        return tell_failure("comparison", error, root, log, verbose=verbose)
    click.echo(text)
    return ExitCode.OK
