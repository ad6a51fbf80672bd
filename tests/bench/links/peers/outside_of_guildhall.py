"""Asks the addresses of a site as ``guildhall check`` does, but those of this machine too.

``python -m tests.bench.links.peers.outside_of_guildhall FOLDER SPACING CACHE``; the spacing is that
of two requests to one host, in milliseconds. It prints the addresses that are dead, and those
that nobody knows of, as JSON. The command itself never asks the reader's own machine, so it can't
be measured here.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

from guildhall.check.external.cache import Cache
from guildhall.check.external.check import check_external
from guildhall.check.external.outcomes import Anchor, Grade
from guildhall.model.settings.external import ExternalLinks

_ADDRESS = re.compile(r'href="(http[^"]*)"')


def main(folder: Path, spacing: str, cache: Path) -> None:
    """Ask, and print what is dead."""
    found = {
        address
        for page in folder.rglob("*.html")
        for address in _ADDRESS.findall(page.read_text(encoding="utf-8"))
    }
    settings = ExternalLinks.model_validate(
        {
            "private": "true",
            "archive": "false",
            "secure": "false",
            "proxies": "false",
            "spacing": spacing,
        }
    )
    checked = check_external(sorted(found), settings, Cache.load(cache), date(2025, 1, 1))
    dead = [
        result.address
        for result in checked.results
        if result.outcome.grade is Grade.DEAD or result.anchor is Anchor.MISSING
    ]
    soft = [r.address for r in checked.results if r.outcome.grade is Grade.SOFT]
    left = [r.address for r in checked.results if r.outcome.grade is Grade.LEFT_OUT]
    print(json.dumps({"dead": dead, "soft": soft, "left_out": left}, indent=1))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
