"""Pictures of other sites, which are asked for nothing before a reader wants to see them.

In their place stands a link; in HTML a script shows the picture there on a click. Other builders
have the link alone, so no build fetches what a page names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.lessons.origins import asks_elsewhere, scheme_of, site_of
from guildhall.sphinx_ext.lessons.scope import page_language
from guildhall.sphinx_ext.nodes import add_html_node
from guildhall.words import word

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SITES = frozenset({"", "http", "https"})


class outside_picture(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A picture at ``node["address"]``; its child links there, ``node["label"]`` says so."""


class AskFirst(SphinxPostTransform):
    """Puts links in the place of pictures of other sites."""

    # Before Sphinx fetches them for builders that can't show them (100).
    default_priority = 25

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        language = page_language(self.env, self.env.docname)
        for image in list(self.document.findall(nodes.image)):
            address = str(image.get("uri", ""))
            if asks_elsewhere(address) and scheme_of(address) in _SITES:
                _replace(image, address, language)


def _replace(image: nodes.image, address: str, language: str) -> None:
    site = site_of(address)
    alt = str(image.get("alt") or "")
    words = alt or word(language, "Picture on {site}").format(site=site)
    if _is_in_link(image):
        # The picture of a link is not worth a click of its own.
        image.replace_self(nodes.inline("", words, ids=image["ids"], classes=image["classes"]))
        return
    link = nodes.reference("", words, refuri=address, internal=False)
    label = word(language, "Show the picture here (loads it from {site})").format(site=site)
    picture = outside_picture("", "", link, address=address, label=label, alt=alt)
    picture["ids"], picture["classes"] = image["ids"], image["classes"]
    for node in (picture, link):
        node.source, node.line = image.source, image.line
    is_block = not isinstance(image.parent, nodes.TextElement)
    image.parent.replace(image, nodes.paragraph("", "", picture) if is_block else picture)


def _is_in_link(image: nodes.image) -> bool:
    around: nodes.Element | None = image.parent
    while around is not None:
        if isinstance(around, nodes.reference):
            return True
        around = around.parent
    return False


def _visit(translator: Any, node: outside_picture) -> None:
    attributes = {
        "data-gh-picture": node["address"],
        "data-gh-label": node["label"],
        "data-gh-alt": node["alt"],
    }
    translator.body.append(translator.starttag(node, "span", "", CLASS="gh-outside", **attributes))


def _depart(translator: Any, node: outside_picture) -> None:
    translator.body.append("</span>")


def setup_outside(app: Sphinx) -> None:
    """Register the node and the transform."""
    add_html_node(app, outside_picture, _visit, _depart)
    app.add_post_transform(AskFirst)
