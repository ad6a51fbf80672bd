"""Labels made of headings, as ``sphinx.ext.autosectionlabel`` makes them, where pages ask for them.

Sphinx's extension gives the whole project one table of labels, in which the page that is read last
wins, also over labels that somebody wrote. Here a label that was written goes first, and of two
headings alike in one lesson the one on the later page is meant, whichever page was read when.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx.ext import autosectionlabel
from sphinx.util.nodes import clean_astext

from guildhall.sphinx_ext.lessons.asked import asks
from guildhall.sphinx_ext.lessons.domains import LessonStandardDomain, SectionLabel
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx

EXTENSION = "sphinx.ext.autosectionlabel"


def _note_sections(app: Sphinx, document: nodes.document) -> None:
    env = app.env
    docname = env.docname
    if not asks(env, docname, EXTENSION):
        return
    domain = cast("LessonStandardDomain", env.domains.standard_domain)
    domain.note_sections(docname, list(_labels(app, document, docname)))


def _labels(app: Sphinx, document: nodes.document, docname: str) -> Iterator[SectionLabel]:
    lesson = lesson_at(app.env, docname)
    if lesson is None:
        prefixed = app.config.autosectionlabel_prefix_document
        deepest = app.config.autosectionlabel_maxdepth
        page = docname
    else:
        prefixed = lesson.build.section_labels_with_page
        deepest = lesson.build.section_labels_depth
        page = docname.removeprefix(lesson.root)
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is None or title.parent is not section or not section["ids"]:
            continue
        if deepest and autosectionlabel.get_node_depth(section) >= deepest:
            continue
        written = title.rawsource or title.astext()
        name = nodes.fully_normalize_name(f"{page}:{written}" if prefixed else written)
        yield name, section["ids"][0], clean_astext(title)


def setup_section_labels(app: Sphinx) -> None:
    """Put these labels in the place of those of Sphinx's extension, whose settings they keep."""
    app.setup_extension(EXTENSION)
    listeners = app.events.listeners["doctree-read"]
    theirs = autosectionlabel.register_sections_as_label
    for listener in [each for each in listeners if each.handler is theirs]:
        app.disconnect(listener.id)
    app.connect("doctree-read", _note_sections)
