"""``guildhall check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from guildhall.check.reports import FORMS
from guildhall.cli.checking.check_options import CheckOptions
from guildhall.cli.options.folder import find_root, root_argument
from guildhall.cli.options.jobs import jobs_option
from guildhall.cli.options.today import set_today, today_option
from guildhall.core.findings.severity import Severity


def _reports(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    del context, parameter  # Click gives them to every callback.
    found = []
    for each in given:
        form, equals, name = each.partition("=")
        if form not in FORMS or not equals or not name:
            expected = f"expected FORM=FILE, where FORM is one of {', '.join(FORMS)}"
            raise click.BadParameter(f"found `{each}`, {expected}")
        found.append((form, Path(name)))
    return tuple(found)


@click.command("check")
@root_argument
@click.option("--records", is_flag=True, help="Check sources only; nothing is built.")
@click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Check this built site instead of building one.",
)
@click.option(
    "--offline",
    is_flag=True,
    envvar="GUILDHALL_OFFLINE",
    help="Contact no other sites; also set by GUILDHALL_OFFLINE=1.",
)
@click.option("--changed", metavar="REF", help="Report only what is new since this revision.")
@click.option("--fix", is_flag=True, help="Fix what can be fixed safely, then check.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="The output format. On GitHub, text is followed by annotations.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORM=FILE",
    callback=_reports,
    help="Also write the report to a file, such as sarif=check.sarif; can be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice([str(each) for each in Severity]),
    default=str(Severity.ERROR),
    show_default=True,
    help="The lowest severity that makes the check fail.",
)
@jobs_option
@click.option(
    "-q", "--quiet", is_flag=True, help="Print nothing if there are no errors or warnings."
)
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
@today_option
def check_command(
    root: Path | None,
    records: bool,
    site: Path | None,
    offline: bool,
    changed: str | None,
    fix: bool,
    form: str,
    reports: tuple[tuple[str, Path], ...],
    fail_on: str,
    jobs: int,
    quiet: bool,
    verbose: bool,
    today: str | None,
) -> None:
    """Check the portal at ROOT: records and sums, pages, links, other sites.

    The site is built for the check. If nothing fails, it replaces the last good one, so that
    what is published is what was checked.
    """
    from guildhall.cli.checking.check import check

    folder = find_root(root)
    set_today(today)
    options = CheckOptions(
        folder,
        records=records,
        site=site.resolve() if site else None,
        offline=offline,
        changed=changed,
        fix=fix,
        form=form,
        reports=reports,
        fail_on=Severity(fail_on),
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
    )
    sys.exit(check(options))
