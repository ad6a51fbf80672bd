"""The parsers of Markdown, notebooks and reStructuredText, which bring in nothing of strangers.

Foreign pages are parsed without their settings. Translations of foreign pages come from catalogues,
which other strangers may have written, and hold text with inline markup alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes

from guildhall.core.values.faults import quote
from guildhall.model.base import rules
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.incremental.translations import place_of_translation
from guildhall.sphinx_ext.lessons.around import LessonRSTParser
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted
from guildhall.sphinx_ext.lessons.untrusted.settings_of_pages import (
    notebook_without_settings,
    without_settings,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

MOST_NAMED = 8
"""Settings that a message names."""
_TRANSLATED = ":<translated>"
_IN_TRANSLATIONS = (
    nodes.Text, nodes.paragraph, nodes.section, nodes.title, nodes.system_message,
    nodes.emphasis, nodes.strong, nodes.literal, nodes.inline, nodes.subscript, nodes.superscript,
    nodes.abbreviation, nodes.acronym, nodes.math, nodes.title_reference, nodes.problematic,
    nodes.reference, nodes.target, nodes.footnote_reference, nodes.citation_reference,
    nodes.substitution_reference, nodes.image, nodes.line_block, nodes.line,
    addnodes.pending_xref, addnodes.download_reference, addnodes.literal_strong,
    addnodes.literal_emphasis, addnodes.manpage,
)  # fmt: skip
"""What a translated text may be made of: text and inline markup, no blocks and no raw HTML."""

_ASIDE = (nodes.system_message, nodes.target)


class PageParser(MystParser):
    """Parses Markdown."""

    # A portal's conf.py may name the type that MyST-NB has for it.
    supported: tuple[str, ...] = (*MystParser.supported, "myst-nb")  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a page or a translated text."""
        env: BuildEnvironment = document.settings.env
        if not is_untrusted(env, env.docname):
            super().parse(inputstring, document)
            return
        is_translation = str(document["source"]).endswith(_TRANSLATED)
        if str(env.doc2path(env.docname)).endswith(".ipynb") and not is_translation:
            text, asked = notebook_without_settings(inputstring)
        else:
            text, asked = without_settings(inputstring)
        if asked:
            names = ", ".join(map(quote, asked[:MOST_NAMED]))
            more = " and more" if len(asked) > MOST_NAMED else ""
            message = f"a page of an external lesson can't set {names}{more}; it is left out"
            tell_untrusted(message, f"{env.doc2path(env.docname)}:1")
        super().parse(text, document)
        if is_translation:
            _check_translation(inputstring, document, env)


class PageParserOfRst(LessonRSTParser):
    """Parses reStructuredText."""

    def parse(self, inputstring: str | StringList, document: nodes.document) -> None:
        """Parse a page or a translated text."""
        super().parse(inputstring, document)
        env: BuildEnvironment = document.settings.env
        is_translation = str(document["source"]).endswith(_TRANSLATED)
        if is_translation and is_untrusted(env, env.docname):
            _check_translation(str(inputstring), document, env)


def _check_translation(text: str, document: nodes.document, env: BuildEnvironment) -> None:
    """Leave out a translation that is more than text; Sphinx then shows the original."""
    found = _more_than_text(text, document)
    if found:
        document.clear()
        message = f"a translation is one text with inline markup, here it has {found}; left out"
        warn(rules.UNTRUSTED, message, place_of_translation(text, env.docname, env))


def _more_than_text(text: str, document: nodes.document) -> str:
    if text.startswith("---"):
        return "front matter"
    for node in document.findall():
        if node is not document and not isinstance(node, _IN_TRANSLATIONS):
            return "raw HTML" if isinstance(node, nodes.raw) else f"a {node.__class__.__name__}"
    blocks = [each for each in document.children if not isinstance(each, _ASIDE)]
    return "several blocks" if len(blocks) > 1 else ""


def setup_parsers(app: Sphinx) -> None:
    """Put these parsers instead of MyST's and Sphinx's."""
    app.add_source_parser(PageParser, override=True)
    app.add_source_parser(PageParserOfRst, override=True)
