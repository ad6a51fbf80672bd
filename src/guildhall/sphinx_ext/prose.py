"""Markdown of records to nodes, on any page and whatever parser that page has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from docutils import nodes
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser

from guildhall.records.model import Record
from guildhall.records.prose import PROSE_CONFIG
from guildhall.sphinx_ext.places import place_node

if TYPE_CHECKING:
    from guildhall.records.yaml_source import Place

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
    parser = create_md_parser(PROSE_CONFIG, SphinxRenderer)
    # Records with raw HTML are refused when read; this is the second lock on the same door.
    parser.disable(["html_block", "html_inline"])
    parser.options["document"] = document
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
    return list(container.children)


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
