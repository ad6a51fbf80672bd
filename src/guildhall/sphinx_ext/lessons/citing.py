"""How to cite, on a lesson's landing page: three forms, each copied with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from guildhall.core.words import word
from guildhall.model.records.kinds.person import Person
from guildhall.network.lessons.citation import citation_of, plain, to_apa, to_bibtex, to_cff
from guildhall.sphinx_ext.lessons.history import last_change
from guildhall.sphinx_ext.pages.site_files import canonical
from guildhall.sphinx_ext.rendering.nodes import add_html_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from guildhall.model.records.kinds.lesson import Lesson
    from guildhall.model.shown import Shown


class citation_form(nodes.General, nodes.Element):  # noqa: N801
    """One form of a citation: ``copy`` and ``copied`` are the words of its button."""


def citation_nodes(lesson: Lesson, shown: Shown, env: BuildEnvironment) -> list[nodes.Node]:
    """The reference as text, then BibTeX and CITATION.cff."""
    language = lesson.language

    def person(key: str) -> Person | None:
        return shown.get(Person, key, ("name", "sort_name", "orcid"))

    address = published_at(lesson, shown)
    citation = citation_of(lesson, person, shown.settings, address, last_change(env, lesson))
    pieces = to_apa(citation, word(language, "n.d."))
    reference = nodes.paragraph(translatable=False)
    for text, is_italic in pieces:
        reference += nodes.emphasis("", text) if is_italic else nodes.Text(text)
    built: list[nodes.Node] = [reference]
    for name, text, code in (
        ("APA", plain(pieces), "text"),
        ("BibTeX", to_bibtex(citation), "bibtex"),
        ("CITATION.cff", to_cff(citation), "yaml"),
    ):
        form = citation_form(
            title=name,
            copy=word(language, "Copy {form}").format(form=name),
            copied=word(language, "Copied"),
        )
        form += nodes.literal_block(text, text, language=code, classes=["no-copybutton"])
        built.append(form)
    return built


def published_at(lesson: Lesson, shown: Shown) -> str | None:
    """Where a lesson's landing page is published, where the portal's address is known."""
    base = shown.settings.base_url
    return canonical(f"{base.rstrip('/')}/{lesson.docname}.html") if base else None


def _visit(translator: Any, node: citation_form) -> None:
    attributes = {"data-gh-copy": node["copy"], "data-gh-copied": node["copied"]}
    translator.body.append(translator.starttag(node, "div", CLASS="gh-citation", **attributes))
    translator.body.append(f"<details><summary>{translator.encode(node['title'])}</summary>\n")


def _depart(translator: Any, node: citation_form) -> None:
    translator.body.append("</details></div>\n")


def setup_citing(app: Sphinx) -> None:
    """Register the forms of citations."""
    add_html_node(app, citation_form, _visit, _depart)
