"""Tabs: those of sphinx-tabs can be read without JavaScript, and both sorts are valid HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.tabs import sd_tab_label
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


class ValidTabs(SphinxPostTransform):
    """Leaves out attributes that HTML doesn't have there, and that no script asks for."""

    default_priority = 401
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        for panel in self.document.findall(SphinxTabsPanel):
            panel.attributes.pop("name", None)
            if "hidden" in panel:
                panel["hidden"] = "hidden"
        for label in self.document.findall(sd_tab_label):
            label.attributes.pop("aria_controls", None)


def setup_tabs(app: Sphinx) -> None:
    """Load sphinx-tabs, name its panels, and mend what isn't valid."""
    app.setup_extension("sphinx_tabs.tabs")
    app.add_post_transform(NamePanels)
    app.add_post_transform(ValidTabs)
