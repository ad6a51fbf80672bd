"""How MyST-NB reads the file that a cell of code names instead of its code.

Why: it opens the file without asking Sphinx where it lies, and has no hook.

Without it: a foreign page shows any file of the machine that builds the site.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from myst_nb.core import read

Load = Callable[[Any, str, Any, list[str]], list[str]]
"""Is given the page, the name of the file, a token, and the lines that the cell has."""

load_code: Load = read._load_code_from_file
"""MyST-NB's own way."""


def replace_load_code(load: Load) -> None:
    """Have files of code read in another way."""
    setattr(read, "_load_code_from_file", load)  # noqa: B010
