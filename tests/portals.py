"""Portals on disk, built as people build them: by Sphinx in a process of its own."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from guildhall.sphinx_ext.incremental.file_digests import RACY

from . import commands


def person(name: str, sort_name: str, *more: str) -> str:
    """The record of a person who may be named, with further lines."""
    lines = (f"kind: person\nname: {name}\nsort_name: {sort_name}\nconsent: given", *more, "")
    return "\n".join(lines)


@dataclass
class Build:
    """One run of ``sphinx-build``."""

    code: int
    output: str
    warnings: str
    folder: Path

    @property
    def read(self) -> set[str]:
        """The documents that were read."""
        return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", self.output))

    @property
    def written(self) -> set[str]:
        """The documents that were written."""
        return set(re.findall(r"writing output\.\.\. \[ *\d+%\] (\S+)", self.output))

    def page(self, name: str) -> BeautifulSoup:
        return BeautifulSoup((self.folder / name).read_text(encoding="utf-8"), "html.parser")

    def seen(self, name: str) -> BeautifulSoup:
        """A page without what is hidden, as what holds on other days is."""
        page = self.page(name)
        for each in page.select("[hidden]"):
            each.decompose()
        return page

    def snapshot(self, *but: str) -> dict[str, bytes]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {
            name: path.read_bytes()
            for path in files
            if (name := path.relative_to(self.folder).as_posix()) not in but
        }


class Portal:
    """A portal on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def _settle(self) -> None:
        """Wait until no file is so young that a build reads it twice, to be sure of it."""
        times = [path.lstat().st_ctime for path in self.root.rglob("*")]
        time.sleep(max(0.0, max(times) + 2 * RACY / 1e9 - time.time()))

    def build(
        self,
        *options: str,
        builder: str = "html",
        out: str = "out",
        trees: str = "",
        **environment: str,
    ) -> Build:
        """Build into the folder ``out``; what was read is kept in ``trees``, by default its own."""
        folder = self.root.parent / f"{self.root.name}-{out}"
        self._settle()
        run = commands.run(
            *("sphinx", "--no-color", "-v", "-b", builder, "-c", "conf"),
            *("-d", f"{self.root}-{trees or out}-trees", *options, ".", str(folder)),
            cwd=self.root,
            env={**os.environ, "GUILDHALL_TODAY": "2025-06-01", **environment},
        )
        warnings = "".join(
            line
            for line in run.stderr.splitlines(keepends=True)
            if "WARNING" in line or "ERROR" in line or "Traceback" in line
        )
        return Build(run.returncode, run.stdout, warnings, folder)
