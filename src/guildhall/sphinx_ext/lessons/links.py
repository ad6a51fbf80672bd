"""Links to pages of lessons."""

from __future__ import annotations

from sphinx import addnodes

from guildhall.network.lessons.outline import Page
from guildhall.sphinx_ext.rendering.display import document_link


def page_link(page: Page, text: str = "") -> addnodes.pending_xref:
    """A link to a page of a lesson, under its own title where no text is given."""
    return document_link(f"/{page.docname}", text or page.title, is_title=not text)
