"""Writes a new record with its pages: all of it or nothing, and never over what is there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from guildhall.model.records.load import load_record


class RefusedError(Exception):
    """What was asked for can't be written; the message says why."""


def write_lesson(folder: Path, docname: str, files: Mapping[str, str]) -> None:
    """Write a lesson's folder.

    Args:
        folder: the folder to make.
        docname: the document name of the record.
        files: the texts by name; ``lesson.yml`` is the record.

    Raises:
        RefusedError: where the folder is there already, or a value can't be used.
    """
    if folder.exists():
        raise RefusedError(f"{folder} exists already; nothing was written.")
    # A folder with a dot before its name is no part of a portal, so nothing sees it half done.
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        for name, text in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _check(aside / "lesson.yml", docname)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def write_record(path: Path, docname: str, text: str, *, replaces: bool = False) -> None:
    """Write one record.

    Args:
        path: the file to make.
        docname: its document name.
        text: the record.
        replaces: whether it takes the place of one that is there.

    Raises:
        RefusedError: where the file is there already, or a value can't be used.
    """
    if path.exists() and not replaces:
        raise RefusedError(f"{path} exists already; nothing was written.")
    # What is refused leaves not even a folder.
    with TemporaryDirectory() as elsewhere:
        tried = Path(elsewhere) / path.name
        tried.write_text(text, encoding="utf-8")
        _check(tried, docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)


def _check(path: Path, docname: str) -> None:
    faults = load_record(path, docname).faults
    if faults:
        raise RefusedError(f"{faults[0].message}; nothing was written.")
