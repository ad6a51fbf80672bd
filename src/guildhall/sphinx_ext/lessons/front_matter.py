"""Questions, objectives and key points of a page's front matter, shown as boxes on the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from guildhall.core.words import word
from guildhall.network.lessons.frontmatter import read_head
from guildhall.sphinx_ext.portal.scope import lesson_at, page_language
from guildhall.sphinx_ext.rendering.places import place_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class FrontMatterBoxes(SphinxTransform):
    """Adds the boxes: what to expect after the title, what to keep at the end."""

    # Before Sphinx looks for titles, and with the landing page's parts (205).
    default_priority = 204

    def apply(self, **kwargs: Any) -> None:
        """Add the boxes of this page."""
        page = self.env.docname
        lesson = lesson_at(self.env, page)
        path = Path(self.env.doc2path(page))
        if lesson is None or path.suffix not in {".md", ".rst"}:
            return
        front = read_head(path).front_matter
        top = next(iter(self.document.findall(nodes.section)), None)
        if top is None:
            return
        language = page_language(self.env, page)
        before = [
            *self._box("questions", word(language, "Questions"), front.questions),
            *self._box("objectives", word(language, "Objectives"), front.objectives),
        ]
        top[1:1] = before
        top.extend(self._box("keypoints", word(language, "Keypoints"), front.keypoints))

    def _box(self, name: str, title: str, lines: Sequence[str]) -> list[nodes.Node]:
        if not lines:
            return []
        listed = nodes.bullet_list(bullet="-")
        for line in lines:
            listed += nodes.list_item("", nodes.paragraph(line, line))
        box = nodes.admonition("", nodes.title(title, title), listed, classes=[name])
        path = str(self.env.doc2path(self.env.docname))
        for node in box.findall(nodes.Element):
            place_node(node, path, 1)
        return [box]


def setup_front_matter(app: Sphinx) -> None:
    """Register the boxes."""
    app.add_transform(FrontMatterBoxes)
