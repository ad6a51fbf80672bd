"""The room knows nothing of the others."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import guildhall.sphinx_ext.compat as compat

MODULES = sorted(Path(compat.__file__).parent.glob("[a-z]*.py"))
TESTS = {path.stem for path in Path(__file__).parent.glob("test_*.py")}


def test_it_imports_nothing_of_ours():
    for path in MODULES:
        assert "guildhall." not in re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8"))


def test_each_module_says_why_and_what_breaks_and_has_a_test():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^Why: ", text, re.MULTILINE), path
        assert re.search(r"^Without it: ", text, re.MULTILINE), path
        assert f"test_{path.stem}" in TESTS


def test_the_documentation_lists_what_there_is():
    page = Path(__file__).parents[2] / "docs/explanation/sphinx.md"
    listed = re.findall(r"^\| `(\w+)` \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in MODULES)


def test_nothing_private_is_touched_elsewhere():
    root = Path(compat.__file__).parent.parent
    touched = {
        (path.relative_to(root).as_posix(), name)
        for path in root.rglob("*.py")
        if path.parent.name != "compat"
        for name in private_in(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert touched == set()


def private_in(module: ast.Module) -> set[str]:
    """Private names of others that a module imports, asks an object for, or replaces."""
    own = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            parts = [*(node.module or "").split("."), *(each.name for each in node.names)]
            found.update(name for name in parts if _is_private(name))
        elif isinstance(node, ast.Attribute) and node.attr not in own:
            is_mine = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            if _is_private(node.attr) and not is_mine:
                found.add(node.attr)
            if node.attr == "__class__" and isinstance(node.ctx, ast.Store):
                found.add(node.attr)
    return found


def _is_private(name: str) -> bool:
    # That of named tuples has its underscore for another reason.
    return name.startswith("_") and not name.endswith("__") and name != "_replace"
