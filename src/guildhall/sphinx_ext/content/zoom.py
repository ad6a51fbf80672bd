"""Pictures that are shown smaller than they are lead to themselves in full.

Without JavaScript a link opens the file; with it, the picture is shown over the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.core.picture_size import picture_size
from guildhall.core.words import word
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.assets import is_site
from guildhall.sphinx_ext.rendering.nodes import add_html_node, ancestors

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COLUMN = 704
"""Pixels: a picture without a stated size that is wider has no room in a column of text."""
_STATED = ("height", "scale", "width")


class picture_link(nodes.reference):  # noqa: N801
    """A link around a picture to its file; ``node["close"]`` is the word to end the full view.

    The address is known when the page is written.
    """


class LinkedPictures(SphinxPostTransform):
    """Links pictures to their files, where they are shown smaller than they are.

    Sphinx does so where a size is stated; its ``html_scaled_image_link`` and the class
    ``no-scaled-link`` hold here too.
    """

    # Before UnlinkedDecorations has marked pictures that only decorate (700).
    default_priority = 690
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Put links around the pictures of the document."""
        if not is_site(self.app) or not self.config.html_scaled_image_link:
            return
        for image in list(self.document.findall(nodes.image)):
            if self._is_small(image):
                link = picture_link(close=word(page_language(self.env, self.env.docname), "Close"))
                # Not replace_self, which would give the link the picture's ids and classes.
                image.parent.replace(image, link)
                link += image

    def _is_small(self, image: nodes.image) -> bool:
        if image.get("alt") == "" or "no-scaled-link" in image["classes"]:
            return False
        # A file that isn't there is told of once, at the picture.
        if image["uri"] not in self.env.images:
            return False
        if any(isinstance(each, nodes.reference) for each in ancestors(image)):
            return False
        if any(name in image for name in _STATED):
            return True
        # Pictures of cards belong to the card.
        if any(each.startswith("sd-") for each in image["classes"]):
            return False
        size = picture_size(Path(self.env.srcdir, image["uri"]))
        return size is not None and size.is_fixed and size.width > COLUMN


def _visit(translator: Any, node: picture_link) -> None:
    builder, image = translator.builder, node.next_node(nodes.image)
    file = builder.images.get("" if image is None else image["uri"])
    if file is None:
        # The builder has said that it can't show files of this type.
        raise nodes.SkipDeparture
    address = f"{builder.imgpath}/{quote(file)}"
    attributes = {"href": address, "data-gh-close": node["close"]}
    css = "reference internal image-reference gh-zoom"
    translator.body.append(translator.starttag(node, "a", "", CLASS=css, **attributes))


def _depart(translator: Any, node: picture_link) -> None:
    translator.body.append("</a>")


def setup_zoom(app: Sphinx) -> None:
    """Register the links around pictures."""
    add_html_node(app, picture_link, _visit, _depart)
    app.add_post_transform(LinkedPictures)
