"""Sphinx's own domains with scopes: labels, terms, options and equations of each lesson apart."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.citation import CitationDomain
from sphinx.domains.math import MathDomain
from sphinx.util.nodes import clean_astext

from guildhall.core.words import word
from guildhall.model.base import rules
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.compat.standard_domain import OpenStandardDomain
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.lessons.definitions import definitions_in
from guildhall.sphinx_ext.lessons.names import SEPARATOR, ScopedNames, qualified
from guildhall.sphinx_ext.pages.sphinx_words import figure_labels
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.material import exercise_number, is_exercise, labelled
from guildhall.sphinx_ext.portal.scope import lesson_at, page_language

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


SectionLabel = tuple[str, str, str]
"""A label made of a heading: its name, the section's id and its title."""


class _Scoped(_Base):
    """What the scoped domains share: which page asks, and whether it reads or refers."""

    _page: str | None = None
    _node: pending_xref | None = None
    _is_flat = False
    _is_reading = False

    def _names(self, name: str) -> MutableMapping[Any, Any]:
        """All names of a kind, those of lessons with their lesson."""
        names: dict[Any, Any] = self.data.setdefault(name, {})
        return names

    def _view(self, name: str) -> MutableMapping[Any, Any]:
        names = self._names(name)
        page = self._page or self.env.docname
        if self._is_flat or not page:
            return names
        registry = domain_of(self.env).portal.registry
        lesson = registry.lesson_at(page)
        scope = lesson.key if lesson else None
        if self._is_reading:
            return ScopedNames(names, scope)
        others = tuple(each.key for each in registry.of(Lesson) if each.key != scope)
        return ScopedNames(names, scope, others, self._tell_ambiguous, self.data[name])

    def _tell_ambiguous(self, name: str, lessons: list[str]) -> None:
        listed = ", ".join(f"`{lesson}{SEPARATOR}{name}`" for lesson in lessons)
        message = f"several lessons have {name!r}: name one of them, as {listed}"
        warn(rules.REFERENCE, message, self._node or self._page)

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


class LessonStandardDomain(_Scoped, OpenStandardDomain):
    """Labels, terms, options and documents."""

    _of_sections: dict[str, list[tuple[str, str, str]]] | None = None

    @property
    def sections(self) -> dict[str, list[SectionLabel]]:
        """The labels made of headings, by document."""
        found: dict[str, list[SectionLabel]] = self.data.setdefault("guildhall_sections", {})
        return found

    @property
    def definitions(self) -> dict[tuple[str, str, str], str]:
        """What terms of glossaries mean, by document, id and term in small letters.

        Pages that name a term are written again when an entry that ends with it changes.
        """
        found: dict[tuple[str, str, str], str] = self.data.setdefault("guildhall_definitions", {})
        return found

    def note_sections(self, docname: str, labels: list[SectionLabel]) -> None:
        """Note the labels made of a page's headings."""
        self.sections[docname] = labels
        self._of_sections = None

    def _by_section(self) -> dict[str, list[tuple[str, str, str]]]:
        """What each label made of headings may mean, in the order of pages."""
        if self._of_sections is None:
            found: dict[str, list[tuple[str, str, str]]] = {}
            for docname, labels in sorted(self.sections.items()):
                lesson = lesson_at(self.env, docname)
                for name, labelid, title in labels:
                    full = qualified(name, lesson.key if lesson else None)
                    found.setdefault(full, []).append((docname, labelid, title))
            self._of_sections = found
        return self._of_sections

    def _names(self, name: str) -> MutableMapping[Any, Any]:
        written = super()._names(name)
        if self._is_flat or self._is_reading or name not in {"labels", "anonlabels"}:
            return written
        width = 3 if name == "labels" else 2
        made = {label: found[-1][:width] for label, found in self._by_section().items()}
        return ChainMap(written, made)

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        super().clear_doc(docname)
        for key in [each for each in self.definitions if each[0] == docname]:
            del self.definitions[key]
        self.sections.pop(docname, None)
        self._of_sections = None

    def merge_domaindata(self, docnames: Any, otherdata: dict[str, Any]) -> None:
        """Take over what a worker read."""
        super().merge_domaindata(docnames, otherdata)
        told = otherdata.get("guildhall_definitions", {})
        self.definitions.update({key: told[key] for key in told if key[0] in docnames})
        theirs = otherdata.get("guildhall_sections", {})
        self.sections.update({name: theirs[name] for name in docnames if name in theirs})
        self._of_sections = None

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note the names of a document, those of boxes with a title among them."""
        super().process_doc(env, docname, document)
        self.definitions.update({(docname, *key): text for key, text in definitions_in(document)})
        lesson = lesson_at(env, docname)
        if lesson is None:
            return
        for name, is_explicit in document.nametypes.items():
            labelid = document.nameids.get(name)
            box = labelled(document.ids[labelid]) if is_explicit and labelid else None
            title = next(iter(box), None) if isinstance(box, nodes.admonition) else None
            if isinstance(title, nodes.title):
                with self._state(_page=docname, _is_reading=True):
                    self.labels[name] = docname, labelid, clean_astext(title)
        if any(node.get("reftype") == "numref" for node in document.findall(addnodes.pending_xref)):
            # The page is written again when numbers of exercises move.
            domain_of(env).lists.setdefault(docname, set()).add(lesson.key)

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
        """Resolve a reference; where a heading is meant that several sections have, say so."""
        if typ in {"ref", "numref"}:
            self._tell_sections_alike(target, node.get("refdoc", fromdocname), node)
        found = super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        if typ == "term" and found is not None:
            with self._asking(fromdocname, node):
                self._define(found, target)
        return found

    def _define(self, link: nodes.reference, target: str) -> None:
        """Give a link to a term what the term means."""
        name = target.lower()
        docname, labelid = self.terms.get(name, ("", ""))
        # It may be written with its lesson.
        for each in (name, name.partition(SEPARATOR)[2]):
            if meaning := self.definitions.get((docname, labelid, each)):
                link["reftitle"] = meaning

    def _tell_sections_alike(self, target: str, page: str, node: pending_xref) -> None:
        lesson = lesson_at(self.env, page)
        name = qualified(target, lesson.key if lesson else None)
        found = self._by_section().get(name, [])
        if len(found) > 1 and name not in self.data["anonlabels"]:
            pages = ", ".join(f"`{each}`" for each in dict.fromkeys(each for each, _, _ in found))
            message = f"several sections are called {target!r}, on {pages}; the last one is taken"
            warn(rules.REFERENCE, f"{message}. Give the one that is meant a label", node)

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
    def terms(self) -> Any:
        """Terms of glossaries."""
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
        written = self.data["anonlabels"]
        for name, sections in self._by_section().items():
            if name not in written:
                docname, anchor, title = sections[-1]
                found.append((name, title, "label", docname, anchor, -1))
        for name, shown, kind, docname, anchor, priority in found:
            lesson = lesson_at(self.env, docname)
            prefix = f"{lesson.key}{SEPARATOR}" if lesson else ""
            yield name, shown.removeprefix(prefix), kind, docname, anchor, priority

    def resolve_document(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve a reference to a document, in the ways in which its page may mean it."""
        written = node["reftarget"]
        for reading in self.documents_meant(written, node.get("refdoc", fromdocname)):
            node["reftarget"] = reading
            found = super().resolve_document(env, fromdocname, builder, typ, target, node, contnode)
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

    def resolve_number(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | Element | None:
        """Resolve a reference that shows a number: of an exercise, or within the lesson."""
        exercise = self._numbered_exercise(env, fromdocname, builder, target, node)
        if exercise is not None:
            return exercise
        lesson = lesson_at(env, node.get("refdoc", fromdocname))
        config = env.config
        stated, labels = config.numfig, config.numfig_format
        config.numfig = lesson.build.numbered_figures if lesson else stated
        if builder.format == "html":
            config.numfig_format = figure_labels(config, page_language(env, fromdocname))
        try:
            return super().resolve_number(env, fromdocname, builder, typ, target, node, contnode)
        finally:
            config.numfig, config.numfig_format = stated, labels

    def _numbered_exercise(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
    ) -> nodes.reference | None:
        """A reference to an exercise by its number."""
        docname, labelid, title = self.labels.get(target, ("", "", ""))
        lesson = lesson_at(env, docname) if docname else None
        tree = env.get_doctree(docname) if lesson else None
        found = tree.ids.get(labelid) if tree else None
        box = labelled(found) if found is not None else None
        if lesson is None or tree is None or box is None or not is_exercise(box):
            return None
        number = exercise_number(env, lesson, docname, tree, box)
        text = word(lesson.language, "Exercise {number}").format(number=number)
        if node.get("refexplicit"):
            written = node.astext().replace("%s", number).replace("{number}", number)
            text = written.replace("{name}", title)
        return self.build_reference_node(fromdocname, builder, docname, labelid, text, "numref")


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
