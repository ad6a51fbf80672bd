"""What tells, before MyST-NB is loaded, that it has to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx

from guildhall.sphinx_ext.content.notebook_pages import NAMES, SETTINGS, may_hold_notebooks

from .conftest import MakeApp

HEADERS = {
    "---\nfile_format: mystnb\n---\n# A\n": True,
    "\ufeff---\nfile_format: mystnb\n---\n# A\n": True,
    "---\nfile_format: 'mystnb'\n...\n# A\n": True,
    '---\nfile_format: "myst\\x6eb"\n---\n# A\n': True,
    "---\njupytext: {text_representation: {format_name: myst}}\n---\n# A\n": True,
    "---\njupytext:\n  text_representation:\n    format_name: myst": True,
    "--- # A comment\nfile_format: mystnb\n---\n": True,
    "---\r\nfile_format: mystnb\r\n---\r\n": True,
    "---\ntitle: A page\n---\nIn mystnb, jupytext is used.\n": False,
    "# A\n\n---\nfile_format: mystnb\n---\n": False,
}
TEXTS = {
    "```{code-cell} python3\n```\n": True,
    ":::{glue:figure} a\n:::\n": True,
    "{glue:text}`a:.2f`, or {eval}`a`\n": True,
    "A\n=\n\n..  nb-exec-table::\n": True,
    "A\n=\n\n:nb-download:`a.ipynb`\n": True,
    "```{eval-rst}\n```\n\n{doc}`glue`, a code-cell: see {ref}`eval`.\n": False,
}


@pytest.mark.parametrize(("text", "is_notebook"), HEADERS.items())
def test_a_page_that_myst_nb_takes_for_a_notebook_is_found(
    tmp_path: Path, text: str, is_notebook: bool
):
    path = tmp_path / "page.md"
    path.write_bytes(text.encode())
    assert is_myst_markdown_notebook(text.removeprefix("\ufeff")) == is_notebook
    assert may_hold_notebooks(path) == is_notebook


@pytest.mark.parametrize(("text", "is_found"), TEXTS.items())
def test_a_page_that_uses_what_myst_nb_brings_is_found(tmp_path: Path, text: str, is_found: bool):
    path = tmp_path / "page.md"
    path.write_text(text, encoding="utf-8")
    assert may_hold_notebooks(path) == is_found


def test_the_names_that_are_looked_for_are_all_that_myst_nb_brings(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
):
    brought: set[str] = set()

    def noting(method: Any) -> Any:
        def note(app: Sphinx, name: Any, *arguments: Any, **options: Any) -> Any:
            thing = arguments[0] if arguments else name
            module = getattr(thing, "__module__", "")
            if module.startswith("myst_nb."):
                brought.add(name if isinstance(name, str) else name.name)
            return method(app, name, *arguments, **options)

        return note

    for name in ("add_directive", "add_role", "add_domain"):
        monkeypatch.setattr(Sphinx, name, noting(getattr(Sphinx, name)))
    app = make_app({"index.md": "# Home\n"}, extensions=["myst_nb"])
    assert brought == {*NAMES}
    other = make_app({"index.md": "# Home\n"}, extensions=["myst_parser"])
    settings = {each.name for each in app.config} - {each.name for each in other.config}
    assert {name for name in settings if not name.startswith(SETTINGS)} == set()
