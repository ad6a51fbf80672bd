"""Files beside the pages of a site, such as calendars: written on change, and deleted with it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from guildhall.sphinx_ext.pages.generated import BUILDERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


class SiteFiles:
    """Writes the files of one maker, and deletes those that it no longer makes.

    Args:
        builder: the builder that they lie beside the pages of.
        name: the name of the maker.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, name: str) -> None:
        self._folder = Path(builder.outdir)
        self._builder = builder.name
        self._file = Path(builder.doctreedir) / f"guildhall-{name}.json"
        self._now: set[str] = set()

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all; one that is the same already stays untouched."""
        self._now.add(name)
        path = self._folder / name
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.part")
        unfinished.write_bytes(content)
        os.replace(unfinished, path)

    def keep(self) -> None:
        """Remember all files that were written, and delete those that are no more."""
        kept = self._read()
        for name in set(kept.get(self._builder, ())) - self._now:
            (self._folder / name).unlink(missing_ok=True)
        kept[self._builder] = sorted(self._now)
        self._file.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")

    def _read(self) -> dict[str, list[str]]:
        try:
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}


def canonical(address: str) -> str:
    """The address of a page as people write it: that of its folder, for the folder's own page."""
    folder, slash, name = address.rpartition("/")
    return f"{folder}{slash}" if name == "index.html" else address


def page_address(app: Sphinx, docname: str) -> str | None:
    """Where a document is published; None where the portal's own address isn't known."""
    base = str(app.config.html_baseurl or "")
    return canonical(f"{base}{app.builder.get_target_uri(docname)}") if base else None


def publishes(app: Sphinx) -> bool:
    """Whether a build writes a site with such files."""
    return app.builder.name in BUILDERS
