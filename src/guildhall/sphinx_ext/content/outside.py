"""Other sites, which are asked for nothing before a reader wants it.

In the place of a picture of another site stands a link; in HTML a script shows the picture there on
a click. Other builders have the link alone, so no build fetches what a page names. Saved outputs of
notebooks are shown without what would ask, or in another form that they have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.core.words import word
from guildhall.network.lessons.fragments import clean_fragment, fetches_elsewhere
from guildhall.network.lessons.origins import asks_elsewhere, scheme_of, site_of
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.nodes import add_element, ancestors

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TAG = re.compile(r"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<[^<>]*>", re.I | re.S)
_PICTURE = re.compile(
    r"<(?:audio|button|canvas|embed|iframe|img|input|math|object|script|svg|video)\b", re.I
)
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


class SavedOutputs(SphinxTransform):
    """Cleans saved outputs of notebooks that would ask other sites.

    Nobody wrote them by hand: tools put in where their scripts lie.
    """

    # Before anything is collected from the page (880).
    default_priority = 869

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        for box in self.document.findall(nodes.container):
            if box.get("nb_element") == "cell_code_output":
                asking = [raw for raw in box.findall(nodes.raw) if fetches_elsewhere(raw.astext())]
                for raw in asking:
                    cleaned = clean_fragment(raw.astext()).html
                    raw.children = []
                    raw.append(nodes.Text(cleaned))
                if asking:
                    drop_empty_forms(box)


def drop_empty_forms(tree: nodes.Element) -> None:
    """Take forms of an output out that show nothing, so that another form is shown.

    Args:
        tree: what holds outputs of cells.
    """
    for bundle in tree.findall(nodes.container):
        if bundle.get("nb_element") != "mime_bundle":
            continue
        for form in [child for child in bundle if isinstance(child, nodes.Element)]:
            if len(bundle) > 1 and not _shows(form):
                bundle.remove(form)


def _shows(form: nodes.Element) -> bool:
    if next(iter(form.findall(nodes.image)), None) is not None:
        return True
    texts = (node.astext() for node in form.findall(nodes.Text))
    return any(_PICTURE.search(text) or _TAG.sub("", text).strip() for text in texts)


def _replace(image: nodes.image, address: str, language: str) -> None:
    site = site_of(address)
    alt = str(image.get("alt") or "")
    words = alt or word(language, "Picture on {site}").format(site=site)
    if any(isinstance(around, nodes.reference) for around in ancestors(image)):
        # The picture of a link is not worth a click of its own.
        image.replace_self(nodes.inline("", words, ids=image["ids"], classes=image["classes"]))
        return
    link = nodes.reference("", words, refuri=address, internal=False)
    label = word(language, "Show the picture here (loads from {site})").format(site=site)
    picture = outside_picture("", "", link, address=address, label=label, alt=alt)
    picture["ids"], picture["classes"] = image["ids"], image["classes"]
    for node in (picture, link):
        node.source, node.line = image.source, image.line
    is_block = not isinstance(image.parent, nodes.TextElement)
    image.parent.replace(image, nodes.paragraph("", "", picture) if is_block else picture)


def _attributes(node: outside_picture) -> dict[str, str]:
    return {
        "data-gh-picture": node["address"],
        "data-gh-label": node["label"],
        "data-gh-alt": node["alt"],
    }


def setup_outside(app: Sphinx) -> None:
    """Register the node and the transform."""
    add_element(app, outside_picture, "span", "gh-outside", _attributes, inline=True)
    app.add_transform(SavedOutputs)
    app.add_post_transform(AskFirst)
