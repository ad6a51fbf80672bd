"""Modules of the extension import each other one way, inside functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = "guildhall.sphinx_ext"
FOLDER = Path(__file__).parents[2] / "src/guildhall/sphinx_ext"


def module_of(path: Path) -> str:
    parts = path.relative_to(FOLDER).with_suffix("").parts
    return ".".join((PACKAGE, *parts)).removesuffix(".__init__")


def test_no_circle():
    paths = {module_of(path): path for path in FOLDER.rglob("*.py")}

    def imported(path: Path) -> Iterator[str]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in paths:
                for each in node.names:
                    full = f"{node.module}.{each.name}"
                    yield full if full in paths else str(node.module)

    graph = {name: {*imported(path)} - {name} for name, path in paths.items()}
    assert len(graph) > 100
    # It raises where there is a circle, and names it.
    assert [*TopologicalSorter(graph).static_order()]
