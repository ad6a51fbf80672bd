"""Tables for builders whose tables have no cells that span others: manual pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class UnspannedTables(SphinxPostTransform):
    """Puts empty cells where a cell spans others; what it holds stays in its first place."""

    default_priority = 700
    builders = ("man",)

    def run(self, **kwargs: Any) -> None:
        """Mend all tables of the document."""
        for group in self.document.findall(nodes.tgroup):
            for part in (nodes.thead, nodes.tbody):
                for rows in group.findall(part):
                    _fill(list(rows.findall(nodes.row)), int(group["cols"]))


def _fill(rows: list[nodes.row], columns: int) -> None:
    covered = [0] * columns
    for row in rows:
        cells = iter(list(row.findall(nodes.entry)))
        row.clear()
        empty = 0
        for column in range(columns):
            if covered[column] or empty:
                row += nodes.entry()
                covered[column] = max(covered[column] - 1, 0)
                empty = max(empty - 1, 0)
                continue
            cell = next(cells, nodes.entry())
            empty = int(cell.attributes.pop("morecols", 0))
            covered[column] = int(cell.attributes.pop("morerows", 0))
            row += cell


def setup_spans(app: Sphinx) -> None:
    """Register the transform."""
    app.add_post_transform(UnspannedTables)
