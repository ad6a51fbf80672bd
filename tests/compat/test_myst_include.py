"""Including Markdown in Markdown."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from sphinx.directives.other import Include
from sphinx.util.docutils import SphinxDirective

from guildhall.sphinx_ext.compat.myst_include import include_markdown, is_markdown

from .conftest import MakeApp, html


class Bring(SphinxDirective):
    required_arguments = 1
    option_spec: Any = Include.option_spec

    def run(self) -> list[nodes.Node]:
        return include_markdown(self) if is_markdown(self) else [nodes.paragraph("", "no Markdown")]


@pytest.mark.parametrize(
    ("suffix", "text", "shown"),
    [
        (
            "md",
            "# Home\n\n```{bring} part.txt\n:start-after: begin\n```\n",
            "<strong>bold</strong>",
        ),
        ("rst", "Home\n====\n\n.. bring:: part.txt\n", "no Markdown"),
    ],
)
def test_it_is_read_as_markdown(make_app: MakeApp, suffix: str, text: str, shown: str):
    app = make_app(
        {f"index.{suffix}": text, "part.txt": "hidden begin\n\nA **bold** word"},
        extensions=["myst_parser"],
    )
    app.add_directive("bring", Bring)
    app.build()
    assert shown in html(app)
    assert "hidden" not in html(app)
