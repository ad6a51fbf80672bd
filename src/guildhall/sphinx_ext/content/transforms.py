"""What only HTML needs: tables that scroll on a phone, and header cells that say what they head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.sphinx_ext.rendering.nodes import header_entry, scroll_region

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class AccessibleTables(SphinxPostTransform):
    """Wraps every table, and gives row and column headers their scope (WCAG 1.3.1, H63)."""

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mend all tables of the document."""
        for number, table in enumerate(list(self.document.findall(nodes.table)), 1):
            for group in table.findall(nodes.tgroup):
                _head_cells(group)
            title = table.next_node(nodes.title)
            label = title.astext() if title is not None else f"Table {number}"
            region = scroll_region(label=label)
            # Not replace_self, which would give the box the table's ids as well.
            table.parent.replace(table, region)
            region += table


class UnlinkedDecorations(SphinxPostTransform):
    """Keeps pictures that only decorate from being links without words (WCAG 2.4.4).

    Sphinx links each picture that has a size to the file itself.
    """

    default_priority = 700
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Mark the decorating pictures of the document."""
        for image in self.document.findall(nodes.image):
            if image.get("alt") == "":
                image["classes"].append("no-scaled-link")


class SkipHistoricLinks(SphinxPostTransform):
    """Keeps historic addresses, which are expected to be dead, from the link check."""

    default_priority = 700
    builders = ("linkcheck",)

    def run(self, **kwargs: Any) -> None:
        """Take the address of each historic link away before links are collected."""
        for reference in self.document.findall(nodes.reference):
            if "gh-historic" in reference["classes"]:
                reference.attributes.pop("refuri", None)


def _head_cells(group: nodes.tgroup) -> None:
    stubs = [bool(spec.get("stub")) for spec in group.findall(nodes.colspec)]
    for row in group.findall(nodes.row):
        in_head = isinstance(row.parent, nodes.thead)
        for column, entry in enumerate(list(row.children)):
            is_stub = column < len(stubs) and stubs[column]
            if not isinstance(entry, nodes.entry) or not (in_head or is_stub):
                continue
            if not in_head and not entry.astext():
                continue
            headed = header_entry("", *entry.children, scope="col" if in_head else "row")
            headed["classes"] = [*entry["classes"], *([] if in_head else ["stub"])]
            headed["ids"] = entry["ids"]
            for name in ("morecols", "morerows"):
                if name in entry:
                    headed[name] = entry[name]
            entry.replace_self(headed)


def setup_transforms(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_post_transform(AccessibleTables)
    app.add_post_transform(UnlinkedDecorations)
    app.add_post_transform(SkipHistoricLinks)
