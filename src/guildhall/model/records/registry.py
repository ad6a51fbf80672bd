"""All records of a portal, held together and checked against each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import nearest, quote
from guildhall.core.walking import about_name
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.lesson import LESSON_FILE, Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.load import FOLDER_RECORDS, Loaded, load_record
from guildhall.model.records.mentions import Mentions
from guildhall.model.records.namesakes import people_apart, workshops_apart
from guildhall.model.records.people import (
    Names,
    name_fault,
    plain_name,
    shared_orcids,
    with_ids,
    withheld,
    without,
)
from guildhall.model.records.vocabularies import unknown_words
from guildhall.model.settings.portal import Settings

RECORD_SUFFIXES = (".yml", ".yaml")

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Registry:
    """The records of one portal.

    Args:
        records: the sound records by kind and id.
        faults: everything that is wrong with record files, in the order of files and lines.
        broken: kind and id of the records that have faults and are left out.
        documents: the files by document name, broken ones too.
        hidden: ids and files of people who are left out because they may not be named.
        unread: documents and files of people whose records have faults, and don't say in so many
            words that the portal may name them.
    """

    records: Mapping[tuple[str, str], Record] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    broken: frozenset[tuple[str, str]] = frozenset()
    documents: Mapping[str, Path] = field(default_factory=dict)
    hidden: Mapping[str, Path] = field(default_factory=dict)
    unread: Mapping[str, Path] = field(default_factory=dict)

    def public(self) -> Registry:
        """The registry without people who may not be named, and without any mention of them.

        Nor has it former names that the people don't want to be shown.
        """
        people = self.of(Person)
        hidden = withheld(people)
        if not hidden and not self.faults and not any(each.former_names for each in people):
            return self
        files = {each.key: each.origin.path for each in people if each.key in hidden}
        gone = frozenset((*files.values(), *self.unread.values()))
        documents = {name: path for name, path in self.documents.items() if path not in gone}
        records = people_apart(dict(without(self.records, hidden, Names(people))))
        return Registry(records, self.faults, self.broken, documents, files, self.unread)

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """All records of a kind, in the kind's own order."""
        return tuple(
            record for record in self._sorted.get(kind.KIND, ()) if isinstance(record, kind)
        )

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """All records of the kind with that name, in the kind's own order."""
        return self._sorted.get(kind, ())

    def get(self, kind: type[R], key: str | None) -> R | None:
        """The record of a kind with that id, or None."""
        record = self.records.get((kind.KIND, key)) if key is not None else None
        return record if isinstance(record, kind) else None

    def find(self, kind: str, key: str) -> Record | None:
        """The record with that kind's name and id, or None."""
        return self.records.get((kind, key))

    def keys(self, kind: str) -> tuple[str, ...]:
        """The ids of all records of a kind, broken ones too."""
        sound = [key for name, key in self.records if name == kind]
        return tuple(sorted({*sound, *(key for name, key in self.broken if name == kind)}))

    def at_document(self, docname: str) -> Record | None:
        """The sound record that is the document ``docname``."""
        return self._by_document.get(docname)

    def lesson_at(self, docname: str) -> Lesson | None:
        """The lesson that a document is a page of."""
        parts = docname.split("/")
        roots = ("/".join(parts[:end]) + "/" for end in range(1, len(parts)))
        return next((self._lessons[root] for root in roots if root in self._lessons), None)

    def referring_to(self, record: Record) -> tuple[Record, ...]:
        """All records that hold the id of ``record``, by kind and in each kind's order."""
        return self._referring.get((record.KIND, record.key), ())

    @cached_property
    def _sorted(self) -> dict[str, tuple[Record, ...]]:
        grouped: dict[str, list[Record]] = {}
        for record in self.records.values():
            grouped.setdefault(record.KIND, []).append(record)
        return {
            kind: tuple(sorted(records, key=lambda record: record.sort_key))
            for kind, records in grouped.items()
        }

    @cached_property
    def _by_document(self) -> dict[str, Record]:
        return {record.docname: record for record in self.records.values()}

    @cached_property
    def _lessons(self) -> dict[str, Lesson]:
        return {lesson.root: lesson for lesson in self.of(Lesson)}

    @cached_property
    def _referring(self) -> dict[tuple[str, str], tuple[Record, ...]]:
        found: dict[tuple[str, str], dict[tuple[str, str], Record]] = {}
        for kind in KINDS:
            for record in self.of_kind(kind):
                for reference in record.references():
                    target = (reference.mark.kind, reference.value)
                    found.setdefault(target, {})[record.KIND, record.key] = record
        return {target: tuple(records.values()) for target, records in found.items()}


def fingerprint(records: Iterable[Record], fields: Iterable[str] | None = None) -> str:
    """A digest of what ``fields`` (by default all) of ``records`` hold, and of their order."""
    names = set(fields) if fields is not None else None
    parts = [[record.KIND, record.key, record.docname, _dump(record, names)] for record in records]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _dump(record: Record, names: set[str] | None) -> object:
    dump = record.model_dump(mode="json", include=names)
    return {**dump, "label": record.label} if names is None or "label" in names else dump


def record_files(root: Path, settings: Settings) -> Iterator[tuple[str, Path]]:
    """Document name and path of every record file below the portal's source folders, sorted.

    Files and folders whose names begin with ``.`` or ``_`` are left out, as are links that lead
    out of the portal. A folder with a lesson's record is the lesson's own: other YAML files in it
    are the lesson's material. The record stands for the lesson's landing page.
    """
    inside = root.resolve()
    lesson: Path | None = None
    for source in settings.sources:
        for path in sorted((root / source).rglob("*"), key=_lessons_first):
            if lesson is not None and lesson in path.parents:
                continue
            relative = path.relative_to(root)
            if path.suffix not in RECORD_SUFFIXES or not path.is_file():
                continue
            if any(part.startswith((".", "_")) or about_name(part) for part in relative.parts):
                continue
            if not path.resolve().is_relative_to(inside):
                continue
            if path.name == LESSON_FILE:
                lesson = path.parent
            if path.name in FOLDER_RECORDS:
                yield relative.with_name("index").as_posix(), path
            else:
                yield relative.with_suffix("").as_posix(), path


def _lessons_first(path: Path) -> tuple[tuple[bool, str], ...]:
    # Of a folder, the lesson's record comes before all else that lies there.
    return tuple((part != LESSON_FILE, part) for part in path.parts)


def load_registry(root: Path, settings: Settings) -> Registry:
    """Load every record of the portal at ``root``, and check them against each other."""
    documents: dict[str, Path] = {}
    faults: list[Finding] = []
    loaded: list[Loaded] = []
    for docname, path in record_files(root, settings):
        twin = documents.get(docname) or _page_beside(path)
        if twin is not None:
            message = f"{path.name} and {twin.name} would be the same page; rename one of them"
            faults.append(rules.DUPLICATE_ID.at(path, 1, 1, message))
            continue
        documents[docname] = path
        loaded.append(load_record(path, docname, root, settings.sources))
    records: dict[tuple[str, str], Record] = {}
    for each in loaded:
        faults += each.faults
        if each.record is None:
            continue
        first = records.setdefault((each.record.KIND, each.record.key), each.record)
        if first is not each.record:
            mark = each.record.at("id" if each.record.id else "kind")
            message = (
                f"the {each.record.KIND} {quote(each.record.key)} is already in "
                f"{first.origin.path.relative_to(root).as_posix()}"
            )
            faults.append(each.record.origin.fault(mark, rules.DUPLICATE_ID, message))
    broken = frozenset(each.identity for each in loaded if each.identity and each.record is None)
    people = [each for each in records.values() if isinstance(each, Person)]
    faults += shared_orcids(people)
    names = Names(people)
    records = workshops_apart(people_apart(with_ids(records, names)), settings.language)
    registry = Registry(records, (), broken, documents)
    # What a file without a readable kind would have been is not known, but its name is.
    unidentified = {each.docname.rsplit("/", 1)[-1] for each in loaded if each.identity is None}
    unread = {each.docname: each.person for each in loaded if each.person}
    unread_names = frozenset[str]().union(*(person.names for person in unread.values()))
    faults += _unknown_ids(registry, unidentified, names, unread_names)
    faults += unknown_words(records.values(), settings)
    faults += _mentions(registry)
    silent = {name: documents[name] for name, person in unread.items() if not person.is_listed}
    return Registry(records, tuple(sorted(faults)), broken, documents, unread=silent)


def _mentions(registry: Registry) -> Iterator[Finding]:
    """Faults of the values that name in plain words who may not be named."""
    hidden = withheld(people := registry.of(Person))
    if hidden:
        mentions = Mentions(person for person in people if person.key in hidden)
        yield from mentions.in_records(registry.public().records.values())


def _page_beside(path: Path) -> Path | None:
    if path.name == LESSON_FILE:
        return None
    page = path.with_name("index") if path.name in FOLDER_RECORDS else path
    others = (page.with_suffix(suffix) for suffix in (".md", ".rst", ".ipynb"))
    return next((other for other in others if other.exists()), None)


def _unknown_ids(
    registry: Registry, unidentified: Collection[str], names: Names, unread: Collection[str]
) -> Iterator[Finding]:
    """A fault for each id and name that is nobody's, also not of a record with faults."""
    former = {each.id: partner.key for partner in registry.of(Partner) for each in partner.formerly}
    for record in registry.records.values():
        for reference in record.references():
            kind, key = reference.mark.kind, reference.value
            known = (kind, key) in registry.records or (kind, key) in registry.broken
            if known or key in unidentified:
                continue
            if reference.mark.by_name:
                if plain_name(key) in unread:
                    continue
                yield name_fault(record, reference, names)
                continue
            now = former.get(key) if kind == Partner.KIND else None
            near = nearest(key, registry.keys(kind))
            hint = f"; did you mean `{near}`?" if near else ""
            if now:
                hint = f"; it has the id `{now}` now"
            message = f"no {kind} has the id {quote(key)}{hint}"
            yield record.origin.fault(record.mark_of(reference), rules.UNKNOWN_ID, message)
