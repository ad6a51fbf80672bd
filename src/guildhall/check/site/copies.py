"""Files of the portal that stand in the site as they are, such as raw pages and style sheets."""

from __future__ import annotations

import os
from collections import defaultdict
from functools import cached_property
from pathlib import Path

_LARGEST = 8 * 1024 * 1024


class Copies:
    """Finds the originals of copied files.

    Args:
        root: the portal's folder.
        site: the folder of the built site.
    """

    def __init__(self, root: Path, site: Path) -> None:
        self._root, self._site = root, site
        self._known: dict[str, str] = {}

    def original(self, page: str) -> str:
        """The file of the portal that was copied to the site, with slashes; empty for none.

        Args:
            page: the file of the site, with slashes.
        """
        found = self._known.get(page)
        if found is None:
            names = self._named.get(page.rpartition("/")[2], [])
            # Of several copies the one in folders of the same names.
            names = sorted(names, key=lambda name: (-_common_end(name, page), name))
            data = _content(self._site / page) if names else None
            same = (name for name in names if data and _content(self._root / name) == data)
            found = self._known[page] = next(same, "")
        return found

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The portal's files by their names, without those that are built or hidden."""
        found: dict[str, list[str]] = defaultdict(list)
        for folder, folders, files in os.walk(self._root):
            inside = Path(folder)
            folders[:] = [
                name
                for name in folders
                if name[0] not in "._"
                and name != "node_modules"
                and inside / name not in {self._root / "build", self._site}
            ]
            for name in files:
                found[name].append((inside / name).relative_to(self._root).as_posix())
        return found


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError:
        return None


def _common_end(one: str, other: str) -> int:
    """How many parts two names share, from their ends."""
    count = 0
    for mine, theirs in zip(reversed(one.split("/")), reversed(other.split("/")), strict=False):
        if mine != theirs:
            break
        count += 1
    return count
