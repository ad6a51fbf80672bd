"""The file in which Sphinx notes which settings a site was built with.

Why: where it is missing, Sphinx takes all pages for written with the settings of today.

Without it: a build that was broken off leaves pages of former settings in the site.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.builders.html._build_info import BuildInfo


def mistrust(folder: Path) -> None:
    """Have all pages written where it isn't known which settings the site was built with.

    Args:
        folder: where the site is built.
    """
    path = folder / ".buildinfo"
    try:
        BuildInfo.load(path)
    except (OSError, ValueError, IndexError):
        BuildInfo().dump(path)
