"""What a foreign page would leave outside its own text, taken out when it has been read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.core.values.faults import quote
from guildhall.sphinx_ext.lessons.mathematics import mathml
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted
from guildhall.sphinx_ext.lessons.untrusted.settings_of_pages import METADATA

if TYPE_CHECKING:
    from sphinx.application import Sphinx

META = frozenset({"author", "description", "keywords"})
"""What a foreign page may say of itself in the head of its HTML."""


_MAY_ACT = "guildhall_may_act"
_IN_TEXTS = re.compile(r"\\(text|mbox|hbox|operatorname)[a-z]*\s*\{[^{}]*[\\^{]")


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
                message = f"a page of an external lesson can't set {quote(shown)} in its head"
                tell_untrusted(message, node if node.line else self.env.docname)
                node.parent.remove(node)
        for raw in list(self.document.findall(nodes.raw)):
            if raw.get("format", "").split() != ["html"]:
                message = f"raw {quote(raw.get('format'))} of an external lesson is left out"
                tell_untrusted(message, raw)
                raw.parent.remove(raw)
        for kind in (nodes.math, nodes.math_block):
            for formula in self.document.findall(kind):
                tex = formula.astext()
                # docutils knows each command that it turns into MathML, but for those in texts.
                known = mathml(tex, is_block=kind is nodes.math_block) is not None
                formula[_MAY_ACT] = not known or bool(_IN_TEXTS.search(tex))


class UntrustedFormulas(SphinxPostTransform):
    """Shows formulas of foreign pages as their source, where LaTeX would do what they say."""

    default_priority = 20
    formats = ("latex",)

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        for kind, shown in ((nodes.math, nodes.literal), (nodes.math_block, nodes.literal_block)):
            for node in list(self.document.findall(kind)):
                if node.get(_MAY_ACT):
                    node.replace_self(shown(node.astext(), node.astext()))


def _keep_metadata(app: Sphinx, doctree: nodes.document) -> None:
    env = app.env
    if is_untrusted(env, env.docname):
        kept = {
            name: value for name, value in env.metadata[env.docname].items() if name in METADATA
        }
        env.metadata[env.docname] = kept


def setup_remains(app: Sphinx) -> None:
    """Register what takes it out."""
    app.add_transform(UntrustedRemains)
    app.add_post_transform(UntrustedFormulas)
    # After Sphinx's own collectors.
    app.connect("doctree-read", _keep_metadata, priority=600)
