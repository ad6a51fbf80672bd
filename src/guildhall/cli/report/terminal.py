"""What may be written to a stream: colours and moving bars for people, plain lines for logs."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TextIO

_ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def is_interactive(stream: TextIO) -> bool:
    """Whether somebody watches: a terminal that can move its cursor, and no CI."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def takes_colour(stream: TextIO) -> bool:
    """Whether a stream takes colours; a non-empty ``NO_COLOR`` forbids them (no-color.org)."""
    return is_interactive(stream) and not os.environ.get("NO_COLOR")


def without_escapes(text: str) -> str:
    """A text without the sequences that colour it or move the cursor."""
    return _ESCAPE.sub("", text)


def shown(path: Path) -> str:
    """A path as people type it: relative where it lies below the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
