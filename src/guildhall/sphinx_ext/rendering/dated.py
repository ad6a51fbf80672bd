"""Words and links that hold for a time: right when the portal is built, corrected in the browser.

HTML keeps the moments as attributes, which the script reads. Other builders see what holds on the
day of the build.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes

from guildhall.network.workshops.timeline import Span

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class dated(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Inline content that holds from ``node["since"]`` until ``node["until"]``.

    One that doesn't hold on the day of the build has ``node["late"]``, and its words, if it is just
    words, in ``node["words"]``, where no search finds them.
    """


def dated_words(span: Span, words: str, *, holds: bool, classes: Sequence[str] = ()) -> dated:
    """Words that hold for a time.

    Args:
        span: from when until when.
        words: the words.
        holds: whether they hold on the day of the build.
        classes: the classes of the element.
    """
    node = _dated(span, holds=holds, classes=classes)
    if holds:
        node += nodes.Text(words)
    else:
        node["words"] = words
    return node


def dated_part(span: Span, *content: nodes.Node, holds: bool, classes: Sequence[str] = ()) -> dated:
    """Inline content that holds for a time; see :func:`dated_words`."""
    node = _dated(span, holds=holds, classes=classes)
    node += list(content)
    return node


def _dated(span: Span, *, holds: bool, classes: Sequence[str]) -> dated:
    node = dated("", late=not holds, classes=list(classes))
    if span.start:
        node["since"] = span.start.isoformat(timespec="minutes")
    if span.end:
        node["until"] = span.end.isoformat(timespec="minutes")
    return node


def _visit_dated(translator: Any, node: dated) -> None:
    more = {f"data-{name}": node[name] for name in ("since", "until") if name in node}
    if node["late"]:
        more["hidden"] = "hidden"
    translator.body.append(translator.starttag(node, "span", "", CLASS="gh-dated", **more))
    translator.body.append(translator.encode(node.get("words", "")))


def _depart_span(translator: Any, node: nodes.Element) -> None:
    translator.body.append("</span>")


def _visit_dated_elsewhere(translator: Any, node: dated) -> None:
    if node["late"]:
        raise nodes.SkipNode


def _nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""


def setup_dated(app: Sphinx) -> None:
    """Register the node."""
    other = (_visit_dated_elsewhere, _nothing)
    html = (_visit_dated, _depart_span)
    app.add_node(dated, html=html, latex=other, text=other, man=other, texinfo=other)
