"""Markdown of records to nodes, on any page and whatever parser that page has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from docutils import nodes
from markdown_it import MarkdownIt
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from sphinx import addnodes
from sphinx.util.i18n import search_image_for_language

from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Mark
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.records.offered import Offer, is_page
from guildhall.model.records.prose import PROSE_CONFIG
from guildhall.network.lessons.sources import checkout_folder
from guildhall.sphinx_ext.faults.diagnostics import log_fault
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.scope import lesson_at
from guildhall.sphinx_ext.rendering.places import place_node

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from guildhall.core.yaml_source import Place

_rendering = False


def render_prose(record: Record, place: Place, document: nodes.document) -> list[nodes.Node]:
    """Render one Markdown text of a record.

    The nodes carry the record's file and the line where each part stands in it, so that later
    warnings, translations and link checks point there.

    Args:
        record: the record.
        place: where the text stands in it; nothing is rendered where there is none.
        document: the document that the nodes will be part of.
    """
    text = _text_at(record, place)
    if not text:
        return []
    parser = prose_parser(document)
    renderer = parser.renderer
    assert isinstance(renderer, SphinxRenderer)  # noqa: S101
    renderer.setup_render(dict(parser.options), {})
    container = nodes.Element()
    first = record.origin.value(tuple(str(p) if isinstance(p, str) else p for p in place)).text_line
    with _prose(), renderer.current_node_context(container):
        renderer.nested_render_text(text, first - 1)
    path = str(record.origin.path)
    for node in container.findall(nodes.Element):
        place_node(node, path, node.line)
    for node, message in take_out_files(container, document.settings.env):
        mark = record.origin.find(_named_by(node), Mark(node.line or 1, 1, node.line or 1))
        log_fault(record.origin.fault(mark, rules.PROSE, message))
    return list(container.children)


def prose_parser(document: nodes.document) -> MarkdownIt:
    """A parser of prose that fills ``document``, whatever the portal's own MyST settings are."""
    parser = create_md_parser(PROSE_CONFIG, SphinxRenderer)
    # Text with raw HTML is refused when read; this is the second lock on the same door.
    parser.disable(["html_block", "html_inline"])
    parser.options["document"] = document
    return parser


def take_out_files(
    container: nodes.Element, env: BuildEnvironment
) -> list[tuple[nodes.Element, str]]:
    """Take out the links and images by which Sphinx would publish a file that is not offered.

    What a path means depends on the page that shows it, and on what is there when it is built. So
    the check of records, which knows neither, is not enough.

    Returns:
        the nodes that were taken out, each with what is wrong with it; its text is left.
    """
    named: list[nodes.Element] = list(container.findall(addnodes.download_reference))
    named += container.findall(nodes.image)
    taken = []
    for node in named:
        found = next(filter(None, (_objection(path, env) for path in _files_of(node, env))), "")
        if found:
            taken.append((node, f"the link {quote(_named_by(node))} {found}"))
            words = nodes.inline("", node.get("alt", ""))
            node.replace_self(node.children or ([words] if words.astext() else []))
    return taken


def _named_by(node: nodes.Element) -> str:
    return str(node["uri"] if isinstance(node, nodes.image) else node["reftarget"])


def _files_of(node: nodes.Element, env: BuildEnvironment) -> Iterator[Path]:
    """The files that Sphinx would publish for a node; an image may have one for each language."""
    names = [_named_by(node)]
    if isinstance(node, nodes.image):
        names.append(search_image_for_language(names[0], env))
    for name in dict.fromkeys(names):
        yield Path(env.relfn2path(name, env.docname)[1])


def _objection(path: Path, env: BuildEnvironment) -> str:
    if is_page(PurePosixPath(path)):
        return "leads to a page that is not part of the portal"
    root = Path(env.srcdir)
    lesson = lesson_at(env, env.docname)
    checkout = checkout_folder(lesson, root) if lesson else None
    if checkout and path.is_relative_to(checkout):
        return Offer(checkout).objection(path)
    return Offer(root, domain_of(env).portal.settings.sources).objection(path)


def is_rendering_prose() -> bool:
    """Whether a record's own text is being read, rather than its template."""
    return _rendering


@contextmanager
def _prose() -> Iterator[None]:
    global _rendering
    before, _rendering = _rendering, True
    try:
        yield
    finally:
        _rendering = before


def _text_at(record: Record, place: Place) -> str | None:
    value: object = record
    for part in place:
        held = isinstance(value, dict | tuple)
        value = value[part] if held else getattr(value, str(part))  # type: ignore[index]
    return value if isinstance(value, str) else None
