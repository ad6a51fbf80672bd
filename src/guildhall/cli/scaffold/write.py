"""Writes new records with their pages: all of it or nothing, and never over what is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from guildhall.cli.files import Change, content, write_all
from guildhall.model.records.load import FOLDER_RECORDS, load_record


class RefusedError(Exception):
    """What was asked for can't be written; the message says why."""


def write(root: Path, new: Mapping[str, str], changed: Mapping[str, str] | None = None) -> None:
    """Write new files, and change some that are there.

    Args:
        root: the portal's folder.
        new: the texts of new files, by their path below it.
        changed: the new texts of files that are there.

    Raises:
        RefusedError: where a new file is there already, or a value of a record can't be used.
        ChangedError: where a file is changed by somebody else meanwhile.
        OSError: where a file can't be written.
    """
    for name in new:
        if (root / name).exists():
            raise RefusedError(f"{root / name} exists already; nothing was written.")
        for folder in (root / name).parents:
            if folder.exists() and not folder.is_dir():
                raise RefusedError(f"{folder} is a file, not a folder; nothing was written.")
    texts = {**new, **(changed or {})}
    _check(texts)
    write_all(
        {root / name: Change(content(root / name), text.encode()) for name, text in texts.items()}
    )


def docname_of(path: str) -> str:
    """The document name of a page or record, by its path below the portal's folder."""
    pure = PurePosixPath(path)
    if pure.name in FOLDER_RECORDS:
        return f"{pure.parent}/index"
    return str(pure.with_suffix(""))


def _check(texts: Mapping[str, str]) -> None:
    """Read the records among new texts, before anything is written where a build might see it."""
    with TemporaryDirectory() as elsewhere:
        for name, text in texts.items():
            path = Path(elsewhere, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for name in texts:
            if not name.endswith(".yml") or name.startswith((".", "conf/")):
                continue
            faults = load_record(Path(elsewhere, name), docname_of(name)).faults
            if faults:
                raise RefusedError(f"{faults[0].message}; nothing was written.")
