"""Which files of a portal the prose of records may offer to readers.

Sphinx publishes every file that a page links or shows, whatever it is and wherever it lies. Prose
of records is data from many hands, so it may name only files that were put among the pages.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from guildhall.core.values.faults import quote

_CODE = frozenset({".py", ".pyc", ".pyi", ".pyo", ".pyw", ".pyx"})
_RECORDS = frozenset({".yml", ".yaml"})
ACTIVE = frozenset(
    """
.asp .aspx .cgi .cjs .eml .hta .htc .htm .html .js .jsp .mht .mhtml .mjs .phar .php .phtml .shtm
.shtml .svgz .swf .xht .xhtm .xhtml .xml .xsl .xslt .xul
""".split()  # noqa: SIM905
)
"""Suffixes of files that browsers, or servers, run.

Opened from the portal's own address, they could do there what its own scripts can.
"""
_PAGES = frozenset({".md", ".rst", ".ipynb"})
_FRONT_PAGE = "index"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a portal, or a lesson's checkout, has to offer.

    Args:
        root: its folder.
        sources: the folders of pages below it, with ``/``; None where all of it is one.
    """

    root: Path
    sources: tuple[str, ...] | None = None

    def objection(self, path: Path) -> str:
        """Why a file may not be offered, as the end of a sentence about it; empty where it may.

        Args:
            path: the file, absolute, before symbolic links are followed.
        """
        named = Path(os.path.normpath(path))
        if not named.is_relative_to(self.root):
            return "leads out of the portal"
        below = PurePosixPath(named.relative_to(self.root).as_posix())
        found = named_objection(below) or self._place_objection(below)
        if found:
            return found
        try:
            behind, root = named.resolve(), self.root.resolve()
            behind.exists()
        except (OSError, RuntimeError):
            # Such as a name that is too long, or symbolic links in a circle; Sphinx would fail.
            return "names no file that can be read"
        if not behind.is_relative_to(root):
            return "leads out of the portal by a symbolic link; put the file itself there"
        meant = PurePosixPath(behind.relative_to(root).as_posix())
        found = named_objection(meant) or self._place_objection(meant)
        return f"is a symbolic link to {quote(meant)}, which {found}" if found else ""

    def _place_objection(self, path: PurePosixPath) -> str:
        if self.sources is None or any(path.is_relative_to(each) for each in self.sources):
            return ""
        if not path.parts:
            return "names no file"
        if str(path) in {_FRONT_PAGE, *(f"{_FRONT_PAGE}{suffix}" for suffix in _PAGES)}:
            return ""
        *others, last = (f"`{each}`" for each in self.sources)
        listed = f"{', '.join(others)} or {last}" if others else last
        return f"leads to a file outside the folders of pages; put it below {listed}"


def named_objection(path: PurePosixPath) -> str:
    """Why a file may not be offered, as far as its path tells; empty where it may.

    Args:
        path: the file's path from the portal's root, or from any folder of it.
    """
    suffix = path.suffix.lower()
    if any(part.startswith(".") for part in path.parts):
        return "leads to a hidden file"
    if any(part.startswith("_") for part in path.parts):
        return "leads to a file that is not published, as `_` begins its name; rename it"
    if suffix in _RECORDS:
        return "leads to a YAML file; name a record by its role, such as {partner}`aalto`"
    if suffix in _CODE:
        return "leads to a Python file; link to a page that shows it"
    if suffix in ACTIVE:
        return "leads to a file that browsers run; link to a page"
    return ""


def is_page(path: PurePosixPath) -> bool:
    """Whether a file is a page by its suffix."""
    return path.suffix.lower() in _PAGES
