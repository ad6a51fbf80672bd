"""Links to pages of lessons."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from guildhall.network.lessons.outline import Page


def page_link(page: Page, text: str = "") -> addnodes.pending_xref:
    """A link to a page of a lesson, under its own title where no text is given."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text or page.title),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page.docname}",
        refexplicit=bool(text),
        refwarn=True,
    )
