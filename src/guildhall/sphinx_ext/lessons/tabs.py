"""sphinx-tabs without JavaScript: every panel is shown, under the name of its tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_tabs.tabs import SphinxTabsPanel, SphinxTabsTab

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class NamePanels(SphinxPostTransform):
    """Puts the tab's name into its panel, for readers without scripts; a style hides it else."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        names = {
            name: tab.astext()
            for tab in self.document.findall(SphinxTabsTab)
            for name in tab["ids"]
        }
        for panel in self.document.findall(SphinxTabsPanel):
            label = names.get(str(panel.get("aria-labelledby", "")))
            if label:
                panel.insert(0, nodes.paragraph("", label, classes=["gh-tab-label"]))


def setup_tabs(app: Sphinx) -> None:
    """Load sphinx-tabs, and name its panels."""
    app.setup_extension("sphinx_tabs.tabs")
    app.add_post_transform(NamePanels)
