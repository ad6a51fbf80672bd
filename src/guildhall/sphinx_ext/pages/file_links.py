"""Links to files beside the pages of a site, such as calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.osutil import relative_uri

from guildhall.sphinx_ext.pages.site_files import publishes

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class file_link(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A link to the file ``node["file"]`` of the site.

    Builders that write no such files link to the published one; where the portal's address isn't
    known, the words alone stay.
    """


class file_links(nodes.paragraph):  # noqa: N801
    """A line that says nothing without its links: it goes where they lead nowhere."""


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    base = str(app.config.html_baseurl or "")
    if not base and not publishes(app):
        for line in list(doctree.findall(file_links)):
            line.parent.remove(line)
    for link in list(doctree.findall(file_link)):
        if publishes(app):
            address = relative_uri(app.builder.get_target_uri(docname), link["file"])
        else:
            address = f"{base}{link['file']}" if base else ""
        if address:
            reference = nodes.reference(
                "", "", *link.children, refuri=address, internal=publishes(app)
            )
            reference["classes"] = link["classes"]
            link.replace_self(reference)
        else:
            link.replace_self(link.children)


def setup_file_links(app: Sphinx) -> None:
    """Register the links."""
    app.add_node(file_link)
    app.add_node(file_links)
    app.connect("doctree-resolved", _resolve)
