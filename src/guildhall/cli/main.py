"""The command line. Commands import their work only when they are called, so help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from guildhall import __version__
from guildhall.cli.checking import check_command
from guildhall.cli.diff import diff_command
from guildhall.cli.due import due_command
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.folder import find_root, root_argument
from guildhall.cli.importing import import_group
from guildhall.cli.jobs import jobs_option
from guildhall.cli.lessons import lessons_group
from guildhall.cli.lint import lint_command
from guildhall.cli.new import new_command
from guildhall.cli.rule import rule_command
from guildhall.cli.serve import serve_command
from guildhall.cli.today import set_today, today_option


class Commands(click.Group):
    """Commands that end with the exit code that is documented, and never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it doesn't handle itself is told in one line."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (KeyboardInterrupt, click.Abort):
            click.echo("Stopped.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except Exception as error:
            from guildhall.cli.failures import tell_failure

            task = f"command {ctx.invoked_subcommand}"
            ctx.exit(tell_failure(task, error, Path.cwd(), None, verbose=False))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guildhall")
def main() -> None:
    """Build and check a training portal.

    Exit codes: 0 success, 1 findings, 2 usage error, 3 the program failed,
    130 stopped from the keyboard.
    """


@main.command("build")
@root_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), help="[default: build/BUILDER]")
@click.option("-b", "--builder", default="html", show_default=True, help="A Sphinx builder.")
@jobs_option
@click.option(
    "--strict/--no-strict",
    default=True,
    show_default=True,
    help="Whether findings prevent the site from being replaced.",
)
@click.option("--fresh", is_flag=True, help="Rebuild everything.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("-v", "--verbose", is_flag=True, help="Show the traceback if the program fails.")
@today_option
def build_command(
    root: Path | None,
    output: Path | None,
    builder: str,
    jobs: int,
    strict: bool,
    fresh: bool,
    quiet: bool,
    verbose: bool,
    today: str | None,
) -> None:
    """Build the portal at ROOT, by default the one containing this folder.

    The site is built in a temporary folder and then replaces the last good one. A build with
    findings leaves the last good one as it is.
    """
    from guildhall.cli.build import build

    folder = find_root(root)
    set_today(today)
    target = output.resolve() if output else folder / "build" / builder
    sys.exit(
        build(
            folder,
            target,
            builder=builder,
            jobs=jobs,
            strict=strict,
            fresh=fresh,
            quiet=quiet,
            verbose=verbose,
        )
    )


@main.command("schema")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def schema_command(folder: Path | None) -> None:
    """Write a JSON Schema of every record kind to FOLDER, for editors.

    By default, they are written to the portal's own conf/schemas.
    """
    from guildhall.model.records.schema import write_schemas

    for path in write_schemas(folder or find_root(None) / "conf" / "schemas"):
        click.echo(str(path))


for command in (
    check_command,
    diff_command,
    due_command,
    import_group,
    lessons_group,
    lint_command,
    new_command,
    rule_command,
    serve_command,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
