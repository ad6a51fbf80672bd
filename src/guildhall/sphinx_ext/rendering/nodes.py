"""Guildhall's own nodes. Tables are docutils' own, so every builder prints them; a chart is a
picture for builders that show SVG, and always stands beside a table of the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


MADE = "gh_made"
"""An attribute of nodes that Guildhall itself made, which may have the theme's own classes."""


class chart(nodes.General, nodes.Element):  # noqa: N801
    """An SVG picture in ``node["svg"]`` under ``node["title"]``; children are its data."""


class scroll_region(nodes.General, nodes.Element):  # noqa: N801
    """A box that scrolls sideways, reachable by keyboard and named by ``node["label"]``."""


class header_entry(nodes.entry):  # noqa: N801
    """A table cell that heads its row or column, as ``node["scope"]`` says."""


class progress(nodes.General, nodes.Element):  # noqa: N801
    """A bar for ``node["value"]`` of ``node["maximum"]``; its child is the same in words."""


class disclosure(nodes.General, nodes.Element):  # noqa: N801
    """Children that open on demand under ``node["summary"]``."""


class copy_button(nodes.Inline, nodes.Element):  # noqa: N801
    """A button ``node["label"]`` that copies ``node["text"]``, and then says ``node["copied"]``."""


def separated(parts: Iterable[Sequence[nodes.Node]], by: str = ", ") -> list[nodes.Node]:
    """Inline nodes, one part after the other, with signs between them."""
    built: list[nodes.Node] = []
    for part in parts:
        if built:
            built.append(nodes.Text(by))
        built += part
    return built


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """The elements around a node, the nearest first."""
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def mark_as_made(built: Iterable[nodes.Node]) -> None:
    """Say of nodes that Guildhall made them."""
    for node in built:
        for element in node.findall(nodes.Element):
            if element["classes"]:
                element[MADE] = True


def setup_nodes(app: Sphinx) -> None:
    """Register the nodes with visitors for HTML; other builders see their children."""
    add_html_node(app, chart, _visit_chart, _depart_chart)
    add_element(
        app,
        scroll_region,
        "div",
        "gh-table-scroll",
        lambda node: {"role": "region", "tabindex": "0", "aria-label": node["label"]},
    )
    add_html_node(app, progress, _visit_progress, _depart_div)
    add_html_node(app, disclosure, _visit_disclosure, _depart_disclosure)
    add_html_node(app, copy_button, _visit_copy_button, _do_nothing, only=True)
    app.add_node(header_entry, html=(_visit_header, _depart_header))


def add_html_node(
    app: Sphinx,
    node: type[nodes.Element],
    visit: Callable[[Any, Any], None],
    depart: Callable[[Any, Any], None],
    *,
    only: bool = False,
) -> None:
    """Register a node that HTML draws.

    Args:
        app: the application.
        node: the node's class.
        visit: begins it in HTML.
        depart: ends it in HTML.
        only: whether other builders leave it out; by default they see its children.
    """
    other = (_leave_out, None) if only else (_do_nothing, _do_nothing)
    app.add_node(node, html=(visit, depart), latex=other, text=other, man=other, texinfo=other)


def add_element(
    app: Sphinx,
    node: type[nodes.Element],
    tag: str,
    css: str = "",
    attributes: Callable[[Any], Mapping[str, Any]] = lambda node: {},
    *,
    inline: bool = False,
    only: bool = False,
) -> None:
    """Register a node that is one element of HTML around its children.

    Args:
        app: the application.
        node: the node's class.
        tag: the element's name.
        css: its classes beside the node's own.
        attributes: gives its further attributes.
        inline: whether it stands within a line.
        only: whether other builders leave it out; by default they see its children.
    """
    end = "" if inline else "\n"

    def visit(translator: Any, each: nodes.Element) -> None:
        translator.body.append(translator.starttag(each, tag, end, CLASS=css, **attributes(each)))

    def depart(translator: Any, each: nodes.Element) -> None:
        translator.body.append(f"</{tag}>{end}")

    add_html_node(app, node, visit, depart, only=only)


def _leave_out(translator: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _do_nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""


def _visit_chart(translator: HTML5Translator, node: chart) -> None:
    translator.body.append(translator.starttag(node, "figure", CLASS="gh-chart"))
    title = translator.encode(node["title"])
    translator.body.append(f"<figcaption>{title}</figcaption>\n{node['svg']}")


def _depart_chart(translator: HTML5Translator, node: chart) -> None:
    translator.body.append("</figure>\n")


def _depart_div(translator: HTML5Translator, node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _visit_copy_button(translator: HTML5Translator, node: copy_button) -> None:
    # Readers of books run no script that copies.
    if translator.builder.name != "epub":
        data = {"data-gh-text": node["text"], "data-gh-copied": node["copied"]}
        start = translator.starttag(node, "button", "", CLASS="gh-copy", type="button", **data)
        translator.body.append(f"{start}{translator.encode(node['label'])}</button>")
    raise nodes.SkipNode


def _visit_header(translator: HTML5Translator, node: header_entry) -> None:
    # docutils' writer counts the columns of a row on its node.
    row: Any = node.parent
    row.column += 1
    translator.body.append(translator.starttag(node, "th", "", scope=node["scope"]))


def _depart_header(translator: HTML5Translator, node: header_entry) -> None:
    translator.body.append("</th>\n")


def _visit_progress(translator: HTML5Translator, node: progress) -> None:
    share = 100 * node["value"] // max(node["maximum"], 1)
    translator.body.append(translator.starttag(node, "div", CLASS="gh-progress"))
    translator.body.append(
        f'<div class="gh-progress-track" aria-hidden="true">'
        f'<div class="gh-progress-bar" style="width: {share}%"></div></div>\n'
    )


def _visit_disclosure(translator: HTML5Translator, node: disclosure) -> None:
    translator.body.append(translator.starttag(node, "details"))
    summary = translator.encode(node["summary"])
    translator.body.append(f"<summary>{summary}</summary>\n")


def _depart_disclosure(translator: HTML5Translator, node: disclosure) -> None:
    translator.body.append("</details>\n")
