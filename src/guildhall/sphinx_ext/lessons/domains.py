"""Sphinx's own domains with scopes: labels, terms, options and equations of each lesson apart."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.domains.citation import CitationDomain
from sphinx.domains.math import MathDomain
from sphinx.domains.std import StandardDomain

from guildhall.records.faults import Subtype
from guildhall.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.diagnostics import warn
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.lessons.names import SEPARATOR, ScopedNames
from guildhall.sphinx_ext.lessons.scope import lesson_at

if TYPE_CHECKING:
    from docutils.nodes import Element, Node
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

    _Base = Domain
else:
    _Base = object


class _Scoped(_Base):
    """What the scoped domains share: which page asks, and whether it reads or refers."""

    _page: str | None = None
    _node: pending_xref | None = None
    _is_flat = False
    _is_reading = False

    def _view(self, name: str) -> MutableMapping[Any, Any]:
        names: dict[Any, Any] = self.data.setdefault(name, {})
        page = self._page or self.env.docname
        if self._is_flat or not page:
            return names
        registry = domain_of(self.env).portal.registry
        lesson = registry.lesson_at(page)
        scope = lesson.key if lesson else None
        if self._is_reading:
            return ScopedNames(names, scope)
        others = tuple(each.key for each in registry.of(Lesson) if each.key != scope)
        return ScopedNames(names, scope, others, self._tell_ambiguous)

    def _tell_ambiguous(self, name: str, lessons: list[str]) -> None:
        listed = ", ".join(f"`{lesson}{SEPARATOR}{name}`" for lesson in lessons)
        message = f"several lessons have {name!r}: name one of them, as {listed}"
        warn(Subtype.REFERENCE, message, self._node or self._page)

    @contextmanager
    def _state(self, **state: Any) -> Iterator[None]:
        before = {name: getattr(self, name) for name in state}
        for name, value in state.items():
            setattr(self, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self, name, value)

    def _asking(self, fromdocname: str, node: pending_xref) -> Any:
        # In a single page that is made of many, the page that asks is where the node was read.
        return self._state(_page=node.get("refdoc", fromdocname), _node=node)

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        with self._state(_is_flat=True):
            super().clear_doc(docname)

    def merge_domaindata(self, docnames: Any, otherdata: dict[str, Any]) -> None:
        """Take over what a worker read."""
        with self._state(_is_flat=True):
            super().merge_domaindata(docnames, otherdata)

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the names of a document, in its own scope."""
        with self._state(_page=docname, _is_reading=True):
            super().process_doc(env, docname, document)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve a reference from the scope of the page that holds it."""
        with self._asking(fromdocname, node):
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve a reference of the role ``any`` from the scope of its page."""
        with self._asking(fromdocname, node):
            return super().resolve_any_xref(env, fromdocname, builder, target, node, contnode)


class LessonStandardDomain(_Scoped, StandardDomain):
    """Labels, terms, options and documents."""

    @property
    def labels(self) -> Any:
        """Named labels."""
        return self._view("labels")

    @property
    def anonlabels(self) -> Any:
        """All labels."""
        return self._view("anonlabels")

    @property
    def objects(self) -> Any:
        """Terms and other objects, by type and name."""
        return self._view("objects")

    @property
    def progoptions(self) -> Any:
        """Program options."""
        return self._view("progoptions")

    @property
    def _terms(self) -> Any:
        return self._view("terms")

    def note_object(self, objtype: str, name: str, labelid: str, location: Any = None) -> None:
        """Note an object in the scope of the page that is being read."""
        with self._state(_is_reading=True):
            super().note_object(objtype, name, labelid, location)

    def note_hyperlink_target(self, name: str, docname: str, node_id: str, title: str = "") -> None:
        """Note a label in the scope of its page."""
        with self._state(_page=docname, _is_reading=True):
            super().note_hyperlink_target(name, docname, node_id, title)

    def add_program_option(
        self, program: str | None, name: str, docname: str, labelid: str
    ) -> None:
        """Note a program option in the scope of its page."""
        with self._state(_page=docname, _is_reading=True):
            super().add_program_option(program, name, docname, labelid)

    def get_enumerable_node_type(self, node: Node) -> str | None:
        """What a node is numbered as; tables that are made from records are not."""
        if isinstance(node, nodes.Element) and "gh-table" in node.get("classes", ()):
            return None
        return super().get_enumerable_node_type(node)

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """All names, for inventories and for search; lessons' ones with their lesson."""
        with self._state(_is_flat=True):
            found = list(super().get_objects())
        for name, shown, kind, docname, anchor, priority in found:
            lesson = lesson_at(self.env, docname)
            prefix = f"{lesson.key}{SEPARATOR}" if lesson else ""
            yield name, shown.removeprefix(prefix), kind, docname, anchor, priority

    def _resolve_doc_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        written = node["reftarget"]
        for reading in self.documents_meant(written, node.get("refdoc", fromdocname)):
            node["reftarget"] = reading
            found = super()._resolve_doc_xref(
                env, fromdocname, builder, typ, target, node, contnode
            )
            if found is not None:
                return found
        node["reftarget"] = written
        return None

    def documents_meant(self, target: str, page: str) -> Iterator[str]:
        """The ways in which a page may mean the name of a document."""
        lesson = lesson_at(self.env, page)
        if lesson is not None and target.startswith("/"):
            yield f"/{lesson.root}{target[1:]}"
        yield target
        key, separator, name = target.partition(SEPARATOR)
        other = domain_of(self.env).portal.registry.get(Lesson, key) if separator else None
        if other is not None:
            yield f"/{other.root}{name.lstrip('/')}"

    def _resolve_numref_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | Element | None:
        lesson = lesson_at(env, node.get("refdoc", fromdocname))
        stated = env.config.numfig
        env.config.numfig = lesson.build.numbered_figures if lesson else stated
        try:
            return super()._resolve_numref_xref(
                env, fromdocname, builder, typ, target, node, contnode
            )
        finally:
            env.config.numfig = stated


class LessonMathDomain(_Scoped, MathDomain):
    """Equations; their numbers begin anew on each page, as Sphinx has it."""

    @property
    def equations(self) -> Any:
        """Equations by label."""
        return self._view("objects")

    def note_equation(self, docname: str, labelid: str, location: Any = None) -> None:
        """Note an equation in the scope of its page."""
        with self._state(_page=docname, _is_reading=True):
            super().note_equation(docname, labelid, location)


class LessonCitationDomain(_Scoped, CitationDomain):
    """Citations of docutils, ``[key]_``."""

    @property
    def citations(self) -> Any:
        """Citations by key."""
        return self._view("citations")

    @property
    def citation_refs(self) -> Any:
        """The documents that refer to each citation."""
        return self._view("citation_refs")

    def note_citation(self, node: nodes.citation) -> None:
        """Note a citation in the scope of the page that is being read."""
        with self._state(_is_reading=True):
            super().note_citation(node)

    def note_citation_reference(self, node: pending_xref) -> None:
        """Note a reference to a citation in the scope of the page that is being read."""
        with self._state(_is_reading=True):
            super().note_citation_reference(node)

    def check_consistency(self) -> None:
        """Warn of citations that no page refers to."""
        with self._state(_is_flat=True):
            super().check_consistency()


def setup_domains(app: Sphinx) -> None:
    """Put the scoped domains in the place of Sphinx's own."""
    for domain in (LessonStandardDomain, LessonMathDomain, LessonCitationDomain):
        app.add_domain(domain, override=True)
