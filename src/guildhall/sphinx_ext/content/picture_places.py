"""The place of a picture is kept until it has been loaded, which it is when a reader comes near it.

Nothing on a page moves when its pictures come. How large they are shown is left as it is.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from guildhall.core.picture_size import PictureSize, picture_size
from guildhall.sphinx_ext.rendering.assets import is_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_TAG = "<img "
_MOST = 1000
"""How many times larger than it is a picture is shown; whoever states more has slipped."""
_PIXELS = re.compile(r"(\d+(?:\.\d+)?)(?:px)?")


class LaterPictures(SphinxPostTransform):
    """Has all pictures of a page but the first loaded when a reader comes near them.

    The first is often the largest thing on the screen that a page opens with.
    """

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mark the pictures of the document; what an author states stays."""
        if not is_site(self.app):
            return
        for number, image in enumerate(self.document.findall(nodes.image)):
            if number:
                image.setdefault("loading", "lazy")


def _visit_image(translator: HTML5Translator, node: nodes.image) -> None:
    size = picture_size(Path(translator.builder.srcdir, node["uri"]))
    place = None if size is None else _place(size, node)
    # Of a share Sphinx makes a width and a height of which none gives way on a narrow screen.
    scale = node.attributes.pop("scale", None) if place is not None else None
    before = len(translator.body)
    type(translator).visit_image(translator, node)
    if scale is not None:
        node["scale"] = scale
    attributes = "" if place is None else f'width="{place[0]}" height="{place[1]}" '
    if node.get("loading") == "lazy":
        attributes += 'decoding="async" '
    for at in range(before, len(translator.body)):
        if translator.body[at].startswith(_TAG):
            translator.body[at] = f"{_TAG}{attributes}{translator.body[at].removeprefix(_TAG)}"


def _depart_image(translator: HTML5Translator, node: nodes.image) -> None:
    type(translator).depart_image(translator, node)


def _place(size: PictureSize, node: nodes.image) -> tuple[int, int] | None:
    """Width and height in pixels that change nothing of how large a picture is shown."""
    stated = {name: node[name] for name in ("width", "height", "scale") if name in node}
    match stated:
        case {"width": _}:
            # Where the width alone is stated, browsers take the shape from the attributes.
            return None if len(stated) > 1 else _whole(size)
        case {"height": height}:
            pixels = _PIXELS.fullmatch(height)
            if pixels is None or len(stated) > 1:
                return None
            factor = float(pixels[1]) / size.height
        case {"scale": percents}:
            factor = min(percents, 100 * _MOST) / 100
        case _:
            factor = 1.0
    if factor >= _MOST or not (size.is_fixed or "height" in stated):
        return None
    return _whole(size, factor)


def _whole(size: PictureSize, factor: float = 1.0) -> tuple[int, int]:
    return max(round(size.width * factor), 1), max(round(size.height * factor), 1)


def setup_picture_places(app: Sphinx) -> None:
    """Register the transform, and the writer of pictures."""
    app.add_post_transform(LaterPictures)
    app.add_node(nodes.image, override=True, html=(_visit_image, _depart_image))
