"""What a foreign page would leave outside its own text, taken out when it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted
from guildhall.values.faults import quote

if TYPE_CHECKING:
    from sphinx.application import Sphinx

METADATA = frozenset({"nocomments", "nosearch", "orphan", "tocdepth"})
"""Metadata of a foreign page that Sphinx may have; none of it touches another page."""
META = frozenset({"author", "description", "keywords"})
"""What a foreign page may say of itself in the head of its HTML."""


class UntrustedRemains(SphinxTransform):
    """Takes out what isn't shown, and acts elsewhere: in a page's head, and in other formats."""

    # After what directives put off (780), before Sphinx takes titles over (880).
    default_priority = 860

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        if not is_untrusted(self.env, self.env.docname):
            return
        for node in list(self.document.findall(nodes.meta)):
            if node.get("name") not in META or "http-equiv" in node:
                shown = node.get("http-equiv") or node.get("property") or node.get("name")
                message = f"a page of a lesson from elsewhere can't set {quote(shown)} in its head"
                tell_untrusted(message, node)
                node.parent.remove(node)
        for raw in list(self.document.findall(nodes.raw)):
            if raw.get("format", "").split() != ["html"]:
                message = f"raw {quote(raw.get('format'))} of a lesson from elsewhere is left out"
                tell_untrusted(message, raw)
                raw.parent.remove(raw)


def _keep_metadata(app: Sphinx, doctree: nodes.document) -> None:
    env = app.env
    if is_untrusted(env, env.docname):
        kept = {name: value for name, value in env.metadata[env.docname].items() if name in METADATA}
        env.metadata[env.docname] = kept


def setup_remains(app: Sphinx) -> None:
    """Register what takes it out."""
    app.add_transform(UntrustedRemains)
    # After Sphinx's own collectors.
    app.connect("doctree-read", _keep_metadata, priority=600)
