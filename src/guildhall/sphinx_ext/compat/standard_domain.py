"""Sphinx's standard domain, with the steps open that it has for itself.

Why: labels can be given a scope through public names of the domain, but not its glossary's terms,
nor what a reference to a document or to a number means.

Without it: two lessons can't both have the term ``commit``; ``{doc}`/episode``` begins at the
portal's root; and numbers of figures are those of the whole site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.domains.std import StandardDomain

if TYPE_CHECKING:
    from docutils.nodes import Element, reference
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class OpenStandardDomain(StandardDomain):
    """A domain whose subclasses say what terms there are, and resolve two kinds of references."""

    @property
    def terms(self) -> Any:
        """Places of the glossary's terms, by term in small letters."""
        return super()._terms

    def resolve_document(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> reference | None:
        """Resolve a reference to the document that the node's ``reftarget`` names."""
        return super()._resolve_doc_xref(env, fromdocname, builder, typ, target, node, contnode)

    def resolve_number(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> reference | Element | None:
        """Resolve a reference that shows a number."""
        return super()._resolve_numref_xref(env, fromdocname, builder, typ, target, node, contnode)

    @property
    def _terms(self) -> Any:
        return self.terms

    def _resolve_doc_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> reference | None:
        return self.resolve_document(env, fromdocname, builder, typ, target, node, contnode)

    def _resolve_numref_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> reference | Element | None:
        return self.resolve_number(env, fromdocname, builder, typ, target, node, contnode)
