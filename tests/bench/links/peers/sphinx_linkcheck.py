"""Sphinx's ``linkcheck`` builder, on a project of pages with the same addresses.

It reads the sources and not the built pages, so only addresses of other hosts can be compared.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator

from tests.bench.links.measure import Command
from tests.bench.links.peers.peer import Peer, Place
from tests.bench.links.told import Told
from tests.bench.links.tools import Tools

_ADDRESS = re.compile(r'href="(http[^"]*)"')
_SHOW = (
    "import subprocess, sys\n"
    "subprocess.run([sys.executable, '-m', 'sphinx', '-q', '-b', 'linkcheck', '.', 'out'],"
    " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
    "print(open('out/output.json', encoding='utf-8').read())\n"
)


def _find(tools: Tools) -> list[str]:
    del tools
    return [sys.executable]


def _outside(place: Place) -> Command:
    project = place.scratch / "project"
    project.mkdir()
    (project / "conf.py").write_text('exclude_patterns = ["out"]\n', encoding="utf-8")
    names = []
    for page in sorted(place.site.folder.glob("p*.html")):
        addresses = _ADDRESS.findall(page.read_text(encoding="utf-8"))
        lines = [page.stem, "=" * len(page.stem), ""]
        lines += [f"- `Link {n} <{address}>`__" for n, address in enumerate(addresses)]
        (project / f"{page.stem}.rst").write_text("\n".join(lines) + "\n", encoding="utf-8")
        names.append(page.stem)
    listed = "".join(f"   {name}\n" for name in names)
    (project / "index.rst").write_text(f"Home\n====\n\n.. toctree::\n\n{listed}", encoding="utf-8")
    return Command([*place.words, "-c", _SHOW], project)


def read(output: str, place: Place) -> Iterator[Told]:
    """Nothing: it doesn't read built pages."""
    del output, place
    yield from ()


def read_outside(output: str) -> Iterator[str]:
    """The addresses that its report says are broken."""
    for line in output.splitlines():
        if line.startswith("{"):
            link = json.loads(line)
            if link["status"] in {"broken", "timeout"}:
                yield link["uri"]


SPHINX = Peer(
    "Sphinx linkcheck",
    "Python",
    _find,
    ("-m", "sphinx", "--version"),
    None,
    read,
    outside=_outside,
    read_outside=read_outside,
)
