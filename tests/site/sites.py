"""Small built sites on disk, and what is found on them."""

from __future__ import annotations

from pathlib import Path

from guildhall.check.site.scan import Scan, scan_site

BASE = "https://example.org/project/"


def page(body: str, *, head: str = "", title: str = "A page") -> str:
    """A page of HTML."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files of a site, with the file that GitHub Pages wants."""
    for name, content in {".nojekyll": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def scan(folder: Path, files: dict[str, str | bytes], base_url: str | None = BASE) -> Scan:
    """What is found on a site."""
    return scan_site(write(folder, files), base_url=base_url)


def found(scanned: Scan) -> list[tuple[str, str, str]]:
    """The faults as page, rule and address."""
    return [(fault.page, fault.rule, fault.target) for fault in scanned.faults]
