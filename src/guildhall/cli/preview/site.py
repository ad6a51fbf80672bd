"""The pages that are served: those of the last build that went well, and when each one changed."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

NOT_SERVED = frozenset({".buildinfo", ".nojekyll", "objects.inv"})
QUIET = ("searchindex.js", "objects.inv", "_search/")
"""Files, and a folder, that change with every page; nobody waits for them."""


class Site:
    """A copy of what is built, brought up to date after each build.

    Pages are never seen half written, and a build that fails leaves them as they were.

    Args:
        built: the folder that builds write to.
        served: the folder that is served.
    """

    def __init__(self, built: Path, served: Path) -> None:
        self.served = served
        self.build = 0
        self._built = built
        self._stamps: dict[str, tuple[int, int]] = {}
        self._changed: dict[str, int] = {}

    def update(self) -> list[str]:
        """Take over what is new.

        Returns:
            the files whose content changed, by their paths in the site, sorted.
        """
        self.build += 1
        self.served.mkdir(parents=True, exist_ok=True)
        stamps = _stamps(self._built)
        changed = [name for name, stamp in stamps.items() if self._take(name, stamp)]
        for name in _stamps(self.served).keys() - stamps.keys():
            (self.served / name).unlink()
            changed.append(name)
        self._stamps = stamps
        self._changed |= dict.fromkeys(changed, self.build)
        return sorted(name for name in changed if not name.startswith(QUIET))

    def changed_since(self, build: int) -> list[str]:
        """The files that changed after a build, sorted."""
        return sorted(
            name
            for name, when in self._changed.items()
            if when > build and not name.startswith(QUIET)
        )

    def _take(self, name: str, stamp: tuple[int, int]) -> bool:
        source, target = self._built / name, self.served / name
        if self._stamps.get(name) == stamp and target.exists():
            return False
        if target.exists() and filecmp.cmp(source, target, shallow=False):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f"{target.name}~")
        shutil.copyfile(source, aside)
        aside.replace(target)
        return True


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Time of change and size of each file, by its path below ``folder``."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            if name not in NOT_SERVED:
                path = Path(place, name)
                stat = path.stat()
                found[path.relative_to(folder).as_posix()] = (stat.st_mtime_ns, stat.st_size)
    return found
