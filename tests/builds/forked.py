"""Builds by ``sphinx-build`` itself, each in a fork of a process that has loaded everything."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path

import sphinx.cmd.build

import guildhall.cli.preview.warm  # noqa: F401


def build(root: Path, out: Path, *options: str, today: str = "2025-06-01") -> tuple[int, str]:
    """Build a portal in a process of its own; its exit code and what it warned of."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            code = 70
            try:
                code = _run(root, out, options, today, told.fileno())
            except BaseException:
                os.write(told.fileno(), traceback.format_exc().encode())
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(status), told.read().decode()


def _run(root: Path, out: Path, options: tuple[str, ...], today: str, told: int) -> int:
    os.chdir(root)
    os.environ["GUILDHALL_TODAY"] = today
    os.dup2(told, 2)
    os.dup2(told, 1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    command = ["-q", "--no-color", "-c", "conf", "-d", f"{out}-trees", *options, ".", str(out)]
    return sphinx.cmd.build.build_main(command)


def files_in(folder: Path) -> dict[str, bytes]:
    """All files of a site by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
