"""What the published site was built of, so that a build with nothing to do needn't begin.

It is written when a site has been published of which nothing is to be told again but what is kept
here, and removed before another one is. Whatever is in doubt counts as changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from guildhall.cli.building.inputs import Inputs
from guildhall.sphinx_ext.incremental.file_digests import FileDigests, Known


@dataclass(frozen=True)
class Manifest:
    """All that tells whether a build would give the same site again, and say the same.

    Args:
        around: a digest of all that the build depended on but files (``circumstances``).
        outside: files and folders that it depended on besides those that every build looks at.
        files: what is known of each file.
        site: a digest of what lies in the site.
        pages: how many pages it has.
        lines: what the build said that isn't about this portal's own files.
    """

    around: str
    outside: tuple[str, ...]
    files: Mapping[str, Known]
    site: str
    pages: int
    lines: tuple[str, ...]

    @classmethod
    def load(cls, path: Path) -> Manifest | None:
        """Read a manifest; None where there is none that can be read."""
        try:
            found = json.loads(path.read_bytes())
            files = {name: _known(*known) for name, known in found["files"].items()}
            return cls(
                found["around"],
                tuple(found["outside"]),
                files,
                found["site"],
                found["pages"],
                tuple(found["lines"]),
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def save(self, path: Path) -> None:
        """Write the manifest, at once or not at all."""
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(self)), encoding="utf-8")
        beside.replace(path)

    def holds(self, root: Path, target: Path, around: str) -> bool:
        """Whether everything is as it was.

        Args:
            root: the portal's folder.
            target: the folder of the site.
            around: what the circumstances are now.
        """
        try:
            if around != self.around or site_digest(target) != self.site:
                return False
        except OSError:
            # Something is changing there at this moment.
            return False
        now = Inputs(root, FileDigests(self.files), self.outside)
        return now.files == {path: digest for path, (_, digest) in self.files.items()}


def _known(stamp: list[int] | None, digest: str) -> Known:
    if stamp is None:
        return None, digest
    size, changed, noted, number = stamp
    return (size, changed, noted, number), digest


def site_digest(target: Path) -> str:
    """A digest of what a site holds, as sizes and times tell it.

    Raises:
        OSError: where a file goes away meanwhile.
    """
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(target):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)
            found = os.lstat(path)
            told = f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0"
            digest.update(told.encode(errors="surrogateescape"))
    return digest.hexdigest()
