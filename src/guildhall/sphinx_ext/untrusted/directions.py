"""Controls of writing direction in the text of pages: told, and taken out of foreign pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from guildhall.core.values.legible import DIRECTIONS, OVERRIDES, without_directions
from guildhall.model.base import rules
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Directions(SphinxTransform):
    """Finds text that reads in another order than it stands, in sentences and in code."""

    # Before Sphinx takes titles over (880), and with what else is taken out of foreign pages.
    default_priority = 861

    def apply(self, **kwargs: Any) -> None:
        """Tell it, and change foreign pages."""
        is_foreign = is_untrusted(self.env, self.env.docname)
        looked_for = DIRECTIONS if is_foreign else OVERRIDES
        for node in list(self.document.findall(nodes.Text)):
            found = sorted(looked_for & set(node)) if not node.isascii() else []
            if not found:
                continue
            names = ", ".join(f"U+{ord(char):04X}" for char in found)
            message = f"the text holds {names}, which change the order in which it is displayed"
            warn(rules.DIRECTION, message, node.parent)
            if is_foreign:
                parent = node.parent
                parent.replace(node, nodes.Text(without_directions(node)))
                # Code is only highlighted where it is as it was written.
                parent.rawsource = without_directions(parent.rawsource)


def setup_directions(app: Sphinx) -> None:
    """Register what looks for it."""
    app.add_transform(Directions)
