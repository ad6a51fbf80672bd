"""How substitutions are filled in."""

from __future__ import annotations

from typing import Any

import jinja2
import pytest
from myst_parser.mdit_to_docutils import base
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from guildhall.sphinx_ext.compat.templates import render_substitution, replace_templates

from .conftest import MakeApp, html


class Loud(jinja2.Environment):
    """Has a filter of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["loud"] = str.upper


def test_all_go_through_what_was_put_there(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base, "jinja2", jinja2)
    monkeypatch.setattr(SphinxRenderer, "render_substitution", render_substitution)
    seen: list[tuple[str, bool]] = []

    def render(renderer: Any, token: Any, inline: bool) -> None:
        seen.append((token.content, inline))
        render_substitution(renderer, token, inline)

    replace_templates(Loud, render)
    app = make_app(
        {"index.md": "# Home\n\nI am {{ name | loud }}.\n\n{{ name | loud }}\n"},
        extensions=["myst_parser"],
        myst_enable_extensions=["substitution"],
        myst_substitutions={"name": "ada"},
    )
    app.build()
    assert seen == [("name | loud", True), ("name | loud", False)]
    assert "I am ADA." in html(app)
    assert "ada" not in html(app)
