"""What keeps Sphinx from starting on a portal: not a failing program, but a fault at a place."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from guildhall.cli.options.folder import CONFIGURATION
from guildhall.core.findings.finding import Finding

_RULE = "build.setup"


def setup_fault(error: Exception, root: Path) -> Finding | None:
    """The fault of a portal's set-up that an exception stands for, if it stands for one.

    Args:
        error: what ended Sphinx.
        root: the portal's folder.
    """
    from sphinx.errors import ConfigError, ExtensionError, ThemeError, VersionRequirementError

    from guildhall.sphinx_ext.pages.start_pages import NoStartPageError

    if isinstance(error, NoStartPageError):
        return Finding(error.path, 1, 1, _RULE, str(error))
    if isinstance(error, ConfigError):
        line, column, text = _of_configuration(error, root)
        return Finding(CONFIGURATION.as_posix(), line, column, _RULE, text)
    if isinstance(error, ExtensionError) and error.message.startswith("Handler "):
        # An extension that fails while it works; its configuration is sound.
        return None
    if isinstance(error, ExtensionError | VersionRequirementError | ThemeError):
        text = " ".join(str(error).split())
        line, column = _place_of(_named(text), root)
        return Finding(CONFIGURATION.as_posix(), line, column, _RULE, text)
    return None


def _of_configuration(error: Exception, root: Path) -> tuple[int, int, str]:
    """Line, column and text of what is wrong in ``conf.py``."""
    cause = error.__cause__
    if isinstance(cause, SyntaxError):
        return cause.lineno or 1, cause.offset or 1, f"not valid Python: {cause.msg}"
    if isinstance(cause, SystemExit):
        line = _line_in(cause, root)
        return line, 1, "it ends the program; `conf.py` may not call `sys.exit()`"
    if cause is not None:
        words = " ".join(str(cause).split())
        said = f"{type(cause).__name__}: {words}" if words else type(cause).__name__
        return _line_in(cause, root), 1, f"it can't be run: {said}"
    text = " ".join(str(error).split())
    return (*_place_of(_named(text), root), text)


def _line_in(cause: BaseException, root: Path) -> int:
    """The line of ``conf.py`` that an exception came through last."""
    frames = traceback.extract_tb(cause.__traceback__)
    lines = [each.lineno for each in frames if Path(each.filename) == root / CONFIGURATION]
    return (lines[-1] if lines else None) or 1


_NAMED = re.compile(r"extension (?P<extension>[\w.]+)|'(?P<quoted>[^']+)'")


def _named(text: str) -> str:
    match = _NAMED.search(text)
    return (match["extension"] or match["quoted"]) if match else ""


def _place_of(name: str, root: Path) -> tuple[int, int]:
    """Where ``conf.py`` has a name in quotes, or its first line."""
    try:
        lines = (root / CONFIGURATION).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return 1, 1
    for number, line in enumerate(lines, 1):
        match = re.search(rf"[\"']{re.escape(name)}[\"']", line) if name else None
        if match:
            return number, match.start() + 2
    return 1, 1
