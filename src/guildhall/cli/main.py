"""The command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from guildhall.cli.commands.build import build_command
from guildhall.cli.commands.check import check_command
from guildhall.cli.commands.completion import completion_command
from guildhall.cli.commands.diff import diff_command
from guildhall.cli.commands.doctor import doctor_command
from guildhall.cli.commands.due import due_command
from guildhall.cli.commands.explain import explain_command
from guildhall.cli.commands.init import init_command
from guildhall.cli.commands.lessons import lessons_group
from guildhall.cli.commands.lint import lint_command
from guildhall.cli.commands.new import new_command
from guildhall.cli.commands.rule import rule_command
from guildhall.cli.commands.schema import schema_command
from guildhall.cli.commands.serve import serve_command
from guildhall.cli.exit_codes import ExitCode
from guildhall.cli.importing import import_group
from guildhall.core.version import __version__


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
            from guildhall.cli.report.failures import tell_failure

            task = f"command {ctx.invoked_subcommand}"
            ctx.exit(tell_failure(task, error, Path.cwd(), None, verbose=False))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guildhall")
def main() -> None:
    """Build and check a training portal.

    Exit codes: 0 success, 1 findings, 2 usage error, 3 the program failed,
    130 stopped from the keyboard.
    """


for command in (
    build_command,
    check_command,
    completion_command,
    diff_command,
    doctor_command,
    due_command,
    explain_command,
    import_group,
    init_command,
    lessons_group,
    lint_command,
    new_command,
    rule_command,
    schema_command,
    serve_command,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
