"""Two parts of sphinxcontrib-bibtex."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from .conftest import MakeApp, html

pytest.importorskip("sphinxcontrib.bibtex")

ENTRY = "@misc{{{key}, author = {{{author}}}, title = {{Title}}, year = 2000}}\n"


def test_what_is_listed_and_how_it_is_filled_can_be_chosen(make_app: MakeApp):
    from sphinxcontrib.bibtex.transforms import BibliographyTransform

    from guildhall.sphinx_ext.compat.bibtex import OpenBibliography, replace_transform

    class Chosen(OpenBibliography):
        def chosen(self) -> ast.AST:
            assert isinstance(super().chosen(), ast.AST)
            return ast.parse("key == 'b'")

    filled: list[str] = []

    class Transform(BibliographyTransform):
        def run(self, **kwargs: Any) -> None:
            filled.append(self.env.docname)
            super().run(**kwargs)

    entries = ENTRY.format(key="a", author="Lovelace") + ENTRY.format(key="b", author="Hopper")
    app = make_app(
        {"index.rst": "Home\n====\n\n.. bibliography::\n   :all:\n", "refs.bib": entries},
        extensions=["sphinxcontrib.bibtex"],
        bibtex_bibfiles=["refs.bib"],
    )
    app.add_directive("bibliography", Chosen, override=True)
    replace_transform(app, Transform)
    app.build()
    assert ("Hopper" in html(app), "Lovelace" in html(app)) == (True, False)
    assert filled == ["index"]
