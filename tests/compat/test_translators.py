"""The words that Sphinx says on pages."""

from __future__ import annotations

import gettext
from collections import defaultdict

import pytest
import sphinx.locale

from guildhall.sphinx_ext.compat.translators import has_words, set_words, speak

from .conftest import MakeApp, html


class Loud(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Note": "NOTE", "a": "A"}.get(message, message)


@pytest.fixture(autouse=True)
def _before(monkeypatch: pytest.MonkeyPatch) -> None:
    # Sphinx keeps the words of the applications before, for all of the process.
    monkeypatch.setattr(sphinx.locale, "translators", defaultdict(gettext.NullTranslations))


def test_pages_have_the_words_that_were_set(make_app: MakeApp):
    app = make_app({"index.rst": "Home\n====\n\n.. note:: Text\n"})
    set_words(app, Loud())
    app.build()
    assert app.translator.gettext("a") == "A"
    assert '<p class="admonition-title">NOTE</p>' in html(app)


def test_words_can_change_from_page_to_page(make_app: MakeApp):
    page = "Page\n====\n\n.. note:: Text\n"
    app = make_app({"index.rst": page, "other.rst": page})
    words = {"index": gettext.NullTranslations(), "other": Loud()}
    app.connect("doctree-resolved", lambda app, tree, docname: speak(words[docname]))
    app.build()
    assert '<p class="admonition-title">Note</p>' in html(app)
    assert '<p class="admonition-title">NOTE</p>' in html(app, "other")


@pytest.mark.parametrize(("language", "has"), [("en", False), ("de", True), ("xx", False)])
def test_a_language_that_sphinx_knows_is_told(make_app: MakeApp, language: str, has: bool):
    assert has_words(make_app({"index.rst": ""}, language=language)) is has
