"""What a build remembers of each page for the check: its source, and where its links stand there.

One small file of JSON for each page, beside Sphinx's own memory; none of it is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

FOLDER = "guildhall-origins"
"""The folder in Sphinx's memory, with one for each builder."""

_FORMAT = 1


class Reference(NamedTuple):
    """A link or picture of a page.

    Args:
        address: as it stands in the page; of a picture its file.
        path: the file that it was written in, relative to the portal's folder, with slashes.
        line: the line of the paragraph or value that holds it, from 1; 0 where it isn't known.
    """

    address: str
    path: str
    line: int


@dataclass(frozen=True)
class Sidecar:
    """What is remembered of one page.

    Args:
        page: the file, relative to the site's folder, with slashes.
        source: the file that it was made from, relative to the portal's folder.
        uses: further files that it shows something of: included ones, and records.
        references: its links and pictures, in the order of the page.
    """

    page: str
    source: str
    uses: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


def file_of(folder: Path, docname: str) -> Path:
    """The file that remembers a document; ``folder`` is that of the builder."""
    return folder / f"{docname}.json"


def write_sidecar(file: Path, sidecar: Sidecar) -> None:
    """Write the memory of one page; nothing is touched where it is the same.

    Raises:
        OSError: where it can't be written.
    """
    data = {
        "format": _FORMAT,
        "page": sidecar.page,
        "source": sidecar.source,
        "uses": sidecar.uses,
        "references": sidecar.references,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def read_sidecar(file: Path) -> Sidecar | None:
    """The memory of one page; None where it can't be read or is of another form."""
    try:
        data = json.loads(file.read_bytes())
        if data["format"] != _FORMAT:
            return None
        references = tuple(Reference(*each) for each in data["references"])
        return Sidecar(data["page"], data["source"], tuple(data["uses"]), references)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def read_sidecars(doctrees: Path) -> Iterator[Sidecar]:
    """The memories of all pages of a site.

    Args:
        doctrees: the folder of Sphinx's memory.
    """
    for builder in ("html", "dirhtml", "singlehtml"):
        folder = doctrees / FOLDER / builder
        for file in sorted(folder.rglob("*.json")) if folder.is_dir() else ():
            sidecar = read_sidecar(file)
            if sidecar is not None:
                yield sidecar
        if folder.is_dir():
            return


def forget_all_but(folder: Path, docnames: set[str]) -> None:
    """Delete the memories of pages that are no more.

    Args:
        folder: the builder's folder.
        docnames: the documents that there are.
    """
    kept = {file_of(folder, docname) for docname in docnames}
    for file in folder.rglob("*.json") if folder.is_dir() else ():
        if file not in kept:
            file.unlink(missing_ok=True)
