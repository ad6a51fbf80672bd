"""What Sphinx itself writes on a page, in the language of the page.

Titles of notes and warnings, labels of figures, and titles of links to headings come from Sphinx,
which knows one language a build. While a page is written, it is given the words of that page's
language: those of Sphinx's own catalogue, and Guildhall's where Sphinx has none.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx.locale
from docutils import nodes

from guildhall.core.words import word
from guildhall.sphinx_ext.compat.translators import has_words, set_words, speak
from guildhall.sphinx_ext.portal.scope import page_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

_LOCALES = Path(sphinx.locale.__file__).parent
_KEPT_AS = {"nb": "nb_NO", "no": "nb_NO"}


class SphinxWords(gettext.NullTranslations):
    """The words of Sphinx in a language, for whatever asks its translations.

    Args:
        language: a BCP 47 tag.
        found: what Sphinx says in it.
    """

    def __init__(self, language: str, found: gettext.NullTranslations) -> None:
        super().__init__()
        self._found = found
        self._own = {
            "Link to this code": word(language, "Link to this code"),
            "Link to this definition": word(language, "Link to this definition"),
            "Link to this heading": word(language, "Link to this heading"),
            "Link to this image": word(language, "Link to this image"),
            "Link to this table": word(language, "Link to this table"),
            "Link to this term": word(language, "Link to this term"),
            "Fig. %s": word(language, "Fig. %s"),
            "Listing %s": word(language, "Listing %s"),
            "Section %s": word(language, "Section %s"),
            "Table %s": word(language, "Table %s"),
        }

    def gettext(self, message: str) -> str:
        """A word or sentence of Sphinx in the language."""
        found = self._found.gettext(message)
        return found if found != message else self._own.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A sentence of Sphinx that depends on a number."""
        return self._found.ngettext(msgid1, msgid2, n)


@cache
def sphinx_words(language: str) -> SphinxWords:
    """The words of Sphinx in a language; in English where it has none.

    Args:
        language: a BCP 47 tag.
    """
    base = language.partition("-")[0]
    names = [_KEPT_AS.get(language, language.replace("-", "_")), _KEPT_AS.get(base, base)]
    return SphinxWords(language, gettext.translation("sphinx", _LOCALES, names, fallback=True))


def figure_labels(config: Config, language: str) -> dict[str, str]:
    """What comes before the numbers of figures and the like, as in Sphinx's ``numfig_format``.

    Args:
        config: the configuration; labels that the portal states itself are kept.
        language: the language of the page that shows them.
    """
    portals = _labels(config.language)
    stated = {
        kind: label for kind, label in config.numfig_format.items() if label != portals.get(kind)
    }
    return {**_labels(language), **stated}


def _labels(language: str) -> dict[str, str]:
    say = sphinx_words(language).gettext
    return {
        "section": say("Section %s"),
        "figure": say("Fig. %s"),
        "table": say("Table %s"),
        "code-block": say("Listing %s"),
    }


def setup_sphinx_words(app: Sphinx) -> None:
    """Have pages written in HTML with the words of their language."""
    kept: list[dict[str, str]] = []

    def speak_the_portals_again() -> None:
        if kept:
            app.config.numfig_format = kept.pop()
            speak(app.translator)

    def visit(translator: HTML5Translator, node: nodes.document) -> None:
        # A page before may not have been written to its end.
        speak_the_portals_again()
        language = page_language(translator.builder.env, translator.builder.current_docname)
        if language != app.config.language:
            kept.append(app.config.numfig_format)
            app.config.numfig_format = figure_labels(app.config, language)
            speak(sphinx_words(language))
        type(translator).visit_document(translator, node)

    def depart(translator: HTML5Translator, node: nodes.document) -> None:
        type(translator).depart_document(translator, node)
        # What stands around a page's text comes from templates, in the portal's language.
        speak_the_portals_again()

    # Once the portal's language is known (100), and before Sphinx labels figures in it (800).
    app.connect("config-inited", _speak_the_portals_language, priority=150)
    app.add_node(nodes.document, override=True, html=(visit, depart))


def _speak_the_portals_language(app: Sphinx, config: Config) -> None:
    # Sphinx has looked for the language that conf.py states; the portal may have words of its own.
    if has_words(app):
        set_words(app, SphinxWords(config.language, app.translator))
    else:
        set_words(app, sphinx_words(config.language))
