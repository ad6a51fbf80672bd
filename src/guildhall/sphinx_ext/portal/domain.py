"""The domain ``guildhall``: records as objects that pages, and other sites, can refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from guildhall.core.sheets import Sheet
from guildhall.core.values.faults import nearest, quote
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.lookup import Answer, Lookup
from guildhall.model.portal import Portal
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.person import Person
from guildhall.model.shown import Shown
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.templating.layout import Layouts

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

NAME = "guildhall"


class GuildhallDomain(Domain):
    """Records by kind and id, and what each page asked of them.

    Only plain data is kept in the environment: ``objects`` maps a document to the kind, id and
    label of its record, ``asked`` a document to its look-ups and digests of their answers,
    ``material`` a page of a lesson to the number of its exercises and a digest of what lists may
    show, ``lists`` a document to the lessons that its lists show, ``catalogues`` to the name of the
    catalogue that it shows, ``names`` to the names that it refers to, ``contents`` to a digest of
    its own part of tables of contents, ``templates`` to the names of the templates that show parts
    of it, ``sheets`` to the tables that it offers as files, by name, ``counted`` to the nodes of it
    that are numbered, in their sections.
    """

    name = NAME
    label = "Guildhall"
    data_version = 7
    initial_data = {
        "objects": {},
        "asked": {},
        "material": {},
        "lists": {},
        "catalogues": {},
        "names": {},
        "contents": {},
        "templates": {},
        "sheets": {},
        "counted": {},
    }
    object_types = {kind: ObjType(kind, kind) for kind in KINDS}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.portal = Portal()
        self.layouts = Layouts(Path("templates"), "en")

    @property
    def objects(self) -> dict[str, tuple[str, str, str]]:
        """Kind, id and label of the record that each document is."""
        return cast("dict[str, tuple[str, str, str]]", self.data["objects"])

    @property
    def asked(self) -> dict[str, dict[Lookup[Any], str]]:
        """The look-ups of each document, with digests of their answers."""
        return cast("dict[str, dict[Lookup[Any], str]]", self.data["asked"])

    @property
    def material(self) -> dict[str, tuple[int, str]]:
        """Number of exercises, and digest of what lists may show, of each page of a lesson."""
        return cast("dict[str, tuple[int, str]]", self.data["material"])

    @property
    def lists(self) -> dict[str, set[str]]:
        """The lessons that the lists of each document show."""
        return cast("dict[str, set[str]]", self.data["lists"])

    @property
    def catalogues(self) -> dict[str, str]:
        """The catalogue that each document shows, if any."""
        return cast("dict[str, str]", self.data["catalogues"])

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names that each document refers to."""
        return cast("dict[str, tuple[str, ...]]", self.data["names"])

    @property
    def contents(self) -> dict[str, str]:
        """A digest of each document's own part of tables of contents."""
        return cast("dict[str, str]", self.data["contents"])

    @property
    def templates(self) -> dict[str, tuple[str, ...]]:
        """The names of the templates that show parts of each document."""
        return cast("dict[str, tuple[str, ...]]", self.data["templates"])

    @property
    def sheets(self) -> dict[str, dict[str, Sheet]]:
        """The tables that each document offers as files, by their names."""
        return cast("dict[str, dict[str, Sheet]]", self.data["sheets"])

    @property
    def counted(self) -> dict[str, Element]:
        """What is numbered of each document; of those read again it is found when all are read."""
        return cast("dict[str, Element]", self.data["counted"])

    def labelled(self) -> Iterator[tuple[str, str, str, str]]:
        """Document, kind, id and label of each record that has a page, as the record is now."""
        for docname, (kind, key, label) in self.objects.items():
            record = self.portal.registry.find(kind, key)
            yield docname, kind, key, record.label if record else label

    def note_record(self, docname: str, record: Record) -> None:
        """Note that a document is a record's page."""
        self.objects[docname] = (record.KIND, record.key, record.label)

    def shown_on(self, docname: str) -> Shown:
        """The portal as the page ``docname`` sees it."""

        def note(answer: Answer[Any]) -> None:
            self.asked.setdefault(docname, {})[answer.lookup] = answer.digest

        return Shown(self.portal, note)

    def clear_doc(self, docname: str) -> None:
        """Forget a document."""
        for part in self.initial_data:
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a worker read."""
        for part in self.initial_data:
            for docname, value in otherdata[part].items():
                if docname in docnames:
                    self.data[part][docname] = value

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
        """Link a role to the record's page."""
        for docname, kind, key, label in self.labelled():
            if kind == typ and key == target:
                return make_refnode(builder, fromdocname, docname, "", [contnode], label)
        return None

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Records of any kind with that id, for the role ``any``."""
        return [
            (f"{NAME}:{kind}", make_refnode(builder, fromdocname, docname, "", [contnode], label))
            for docname, kind, key, label in self.labelled()
            if key == target
        ]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Every record, for search and for the inventory of other sites."""
        return self._objects()

    def _objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, kind, key, label in sorted(self.labelled()):
            yield key, label, kind, docname, "", 1


def domain_of(env: BuildEnvironment) -> GuildhallDomain:
    """Guildhall's domain: the one way to what it keeps in the environment."""
    return cast("GuildhallDomain", env.get_domain(NAME))


def setup_domain(app: Sphinx) -> None:
    """Register the domain, and the message for references that lead nowhere."""
    app.add_domain(GuildhallDomain)
    app.connect("warn-missing-reference", _name_missing_record)


def _name_missing_record(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    if domain is None or domain.name != NAME:
        return None
    kind, key = node["reftype"], node["reftarget"]
    registry = domain_of(app.env).portal.registry
    if kind == Person.KIND and key in registry.hidden:
        text = f"the person {quote(key)} withholds consent to be named; remove the mention"
        warn(rules.REFERENCE, text, node)
    elif (kind, key) not in registry.broken:
        near = nearest(key, registry.keys(kind))
        hint = f"; did you mean `{near}`?" if near else ""
        warn(rules.REFERENCE, f"no {kind} has the id {quote(key)}{hint}", node)
    return True
