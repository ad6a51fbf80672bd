"""Boxes that open on demand: solutions, instructor notes, and whatever has the class ``dropdown``.

In HTML they become ``details``, which needs no JavaScript and opens by keyboard; other
builders print them open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import seealso
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from guildhall.core.words import word
from guildhall.sphinx_ext.pages.sphinx_words import sphinx_words
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.nodes import add_element

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CLOSED = frozenset({"dropdown", "toggle"})
OPEN = "toggle-shown"
"""The class of a box that is open at first."""


class collapsible(nodes.General, nodes.Element):  # noqa: N801
    """A box that opens on demand; its first child is the summary."""


class collapsible_summary(nodes.Part, nodes.TextElement):  # noqa: N801
    """What is seen of a closed box."""


class Collapse(SphinxPostTransform):
    """Turns boxes of the classes into ``details``."""

    # After references are resolved (10), before other HTML transforms.
    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        for box in list(self.document.findall(_is_closed)):
            if isinstance(box, nodes.Element) and isinstance(box, nodes.Admonition):
                details = self._details(box)
                box.replace_self(details)
                # Further ids become elements of their own, which may not stand before the summary.
                details["ids"] = box["ids"][:1]

    def _details(self, box: nodes.Element) -> collapsible:
        kind = [] if isinstance(box, nodes.admonition) else [box.tagname]
        kept = (each for each in box["classes"] if each not in CLOSED)
        classes = list(dict.fromkeys(("admonition", *kind, *kept)))
        details = collapsible("", classes=classes)
        details.source, details.line = box.source, box.line
        details["open"] = OPEN in box["classes"] or self.app.builder.name == "epub"
        title = next((child for child in box if isinstance(child, nodes.title)), None)
        summary = collapsible_summary("", classes=["admonition-title"], ids=box["ids"][1:])
        language = page_language(self.env, self.env.docname)
        label = "See also" if isinstance(box, seealso) else box.tagname.title()
        label = sphinx_words(language).gettext(label)
        summary += list(title.children) if title is not None else [nodes.Text(label)]
        details += summary
        details += [child for child in box if child is not title]
        return details


def _is_closed(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Element) and bool({*CLOSED, OPEN} & set(node.get("classes", ())))


class Toggle(SphinxDirective):
    """Text that opens on demand; the directive of sphinx-togglebutton.

    Options:
        show: open at first.
        id: the box's id.
    """

    has_content = True
    optional_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "show": directives.flag,
        "id": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Build an admonition that is closed."""
        words = word(page_language(self.env, self.env.docname), "Details")
        box = nodes.admonition("", nodes.title("", words), classes=["toggle"])
        if "show" in self.options:
            box["classes"].append(OPEN)
        if "id" in self.options:
            box["ids"].append(nodes.make_id(self.options["id"]))
        box += self.parse_content_to_nodes()
        return [box]


def setup_collapsible(app: Sphinx) -> None:
    """Register the transform and the directive ``toggle``."""
    add_element(
        app,
        collapsible,
        "details",
        attributes=lambda node: {"open": "open"} if node["open"] else {},
    )
    add_element(app, collapsible_summary, "summary", inline=True)
    app.add_post_transform(Collapse)
    app.add_directive("toggle", Toggle, override=True)
