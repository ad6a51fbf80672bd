"""Links to the parts of a long list; a browser follows them without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes

from guildhall.sphinx_ext.rendering.nodes import add_html_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FEWEST = 3
"""A list of fewer parts is seen without links to them."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A link to a part of the page.

    Args:
        target: the part's id.
        text: what the part is called.
        late: whether the part isn't shown on the day of the build; a script may show it later.
    """

    target: str
    text: str
    late: bool = False


class jump_links(nodes.General, nodes.Element):  # noqa: N801
    """Links to parts, ``node["jumps"]``, named by ``node["label"]``; for HTML only."""


def jumps_to(label: str, jumps: Sequence[Jump]) -> list[nodes.Node]:
    """Links to the parts of a list; none where there are few.

    Args:
        label: what the links as a whole are called.
        jumps: the links.
    """
    return [jump_links(label=label, jumps=list(jumps))] if len(jumps) >= FEWEST else []


def _visit(translator: Any, node: jump_links) -> None:
    attributes = {"aria-label": node["label"]}
    body = [translator.starttag(node, "nav", "", CLASS="gh-jumps", **attributes), "<ul>"]
    for each in node["jumps"]:
        hidden = " hidden" if each.late else ""
        text = translator.encode(each.text)
        body.append(f'<li{hidden}><a href="#{each.target}">{text}</a></li>\n')
    translator.body += [*body, "</ul></nav>\n"]
    raise nodes.SkipNode


def _nothing(translator: Any, node: nodes.Element) -> None:
    """The visit wrote all of it."""


def setup_jumps(app: Sphinx) -> None:
    """Register the node."""
    add_html_node(app, jump_links, _visit, _nothing, only=True)
