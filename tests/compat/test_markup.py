"""What looks directives and roles up, and where they come from."""

from __future__ import annotations

from typing import Any

import pytest
import sphinx.builders
import sphinx.util.docutils
from docutils.parsers.rst.directives.admonitions import Tip
from docutils.parsers.rst.directives.misc import Class
from sphinx.util.docutils import sphinx_domains

from guildhall.sphinx_ext.compat.markup import module_of, replace_markup

from .conftest import MakeApp, html


class Markup(sphinx_domains):
    """Takes every note for a tip."""

    asked: list[str] = []

    def directive(self, name: str, *args: Any) -> Any:
        found, messages = super().directive(name, *args)
        self.asked.append(name)
        return (Tip if name == "note" else found), messages

    def role(self, name: str, *args: Any) -> Any:
        self.asked.append(name)
        return super().role(name, *args)


@pytest.mark.parametrize("suffix", ["rst", "md"])
def test_names_on_pages_are_looked_up_there(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, suffix: str
):
    for module in (sphinx.builders, sphinx.util.docutils):
        if hasattr(module, "sphinx_domains"):
            monkeypatch.setattr(module, "sphinx_domains", module.sphinx_domains)
    monkeypatch.setattr(Markup, "asked", [])
    text = {
        "rst": "Home\n====\n\n.. note:: Text\n\n:abbr:`A (B)`\n",
        "md": "# Home\n\n```{note}\nText\n```\n\n{abbr}`A (B)`\n",
    }
    replace_markup(Markup)
    app = make_app({f"index.{suffix}": text[suffix]}, extensions=["myst_parser"])
    app.build()
    assert 'class="admonition tip"' in html(app)
    assert {"note", "abbr"} <= set(Markup.asked)


def test_a_directive_comes_from_the_module_that_it_was_written_in(make_app: MakeApp):
    domains = make_app({"index.rst": ""}).env.domains
    assert module_of(domains["py"].directive("function")) == "sphinx.domains.python"
    assert module_of(Class) == "docutils.parsers.rst.directives.misc"


def test_a_role_comes_from_the_module_that_it_was_written_in(make_app: MakeApp):
    domains = make_app({"index.rst": ""}).env.domains
    assert module_of(domains["py"].role("func")) == "sphinx.domains.python"
    assert module_of(domains["std"].role("option")) == "sphinx.domains.std"
    assert module_of(test_a_role_comes_from_the_module_that_it_was_written_in) == __name__
