"""Titles of boxes that ask a learner to do something, as headings that a screen reader jumps to.

They look as other titles of boxes do, in any theme, and stand in no table of contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.sphinx_ext.rendering.nodes import add_element, ancestors

if TYPE_CHECKING:
    from sphinx.application import Sphinx

BOXES = frozenset({"demo", "discussion", "exercise", "homework", "type-along", "typealong"})
_DEEPEST = 6


class box_heading(nodes.title):  # noqa: N801
    """The title of a box, a heading of the level ``node["level"]``."""


class HeadBoxes(SphinxPostTransform):
    """Makes headings of the titles of boxes, one level below the section that they are in."""

    # After boxes that open on demand (400), whose summaries are no headings.
    default_priority = 401
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        for box in self.document.findall(nodes.admonition):
            title = next(iter(box.children), None)
            if type(title) is not nodes.title or not BOXES.intersection(box["classes"]):
                continue
            heading = box_heading(title.rawsource, "", *title.children, **title.attributes)
            heading.source, heading.line = title.source, title.line
            around = sum(isinstance(each, nodes.section) for each in ancestors(box))
            heading["level"] = min(around + 1, _DEEPEST)
            title.replace_self(heading)


def setup_box_headings(app: Sphinx) -> None:
    """Register the node and the transform."""
    add_element(
        app,
        box_heading,
        "p",
        "admonition-title",
        lambda node: {"role": "heading", "aria-level": str(node["level"])},
        inline=True,
    )
    app.add_post_transform(HeadBoxes)
