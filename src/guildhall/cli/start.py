"""Where every command starts, and where Ctrl-C ends it quietly, imports included."""

from __future__ import annotations

import signal
import sys

from guildhall.cli.exit_codes import ExitCode


def start() -> None:
    """Run the command line; an interrupt that no command has handled ends it with 130."""
    try:
        from guildhall.cli.main import main

        main()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)  # noqa: T201  (click may not be imported yet)
        sys.exit(ExitCode.INTERRUPTED)
    finally:
        # The work is done and its exit code known; a late Ctrl-C changes neither.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
