"""``guildhall diff``: which numbers, addresses and times a change moves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.folder import find_root, root_argument
from guildhall.cli.today import set_today, today_option


@click.command("diff")
@click.argument("ref")
@root_argument
@click.option(
    "--to",
    metavar="REF2",
    help="Compare this branch, tag or commit instead of the working files.",
)
@click.option(
    "--exact",
    is_flag=True,
    help="Compare with REF itself, not with the point where the branch left it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Markdown is for comments on pull requests.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
@today_option
def diff_command(
    ref: str,
    root: Path | None,
    to: str | None,
    exact: bool,
    form: str,
    verbose: bool,
    today: str | None,
) -> None:
    """Show what changed in the portal at ROOT since it branched off from REF.

    This includes figures and what follows from them, claims, removed addresses, and changed times
    of workshops. The exit code is always 0, whatever changed.
    """
    folder = find_root(root)
    set_today(today)
    sys.exit(diff(folder, ref, to, exact=exact, form=form, verbose=verbose))


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
    from guildhall.check.differences.markdown import render_markdown
    from guildhall.check.differences.plain import to_json
    from guildhall.check.differences.portal import compare
    from guildhall.check.differences.revisions import RevisionError
    from guildhall.check.differences.text import render_text
    from guildhall.cli.failures import tell_failure
    from guildhall.cli.site import MEMORY
    from guildhall.cli.terminal import takes_colour

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
