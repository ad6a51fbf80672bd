"""One file to one record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import nearest, quote
from guildhall.core.values.identifiers import parse_slug
from guildhall.core.yaml_source import LARGEST_FILE, SourceMap, UnreadableError, read_yaml
from guildhall.model.base import rules
from guildhall.model.base.model import Record, default_key
from guildhall.model.base.validate import validate
from guildhall.model.records.beside import folders_of, read_beside
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.lesson import LESSON_FILE, Lesson
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import WORKSHOP_FILE, Workshop
from guildhall.model.records.people import Unread
from guildhall.model.records.prose import prose_faults

FOLDER_RECORDS: dict[str, type[Record]] = {LESSON_FILE: Lesson, WORKSHOP_FILE: Workshop}
"""Names of records that stand for the folder that holds them."""
_PERSON = re.compile(rb"^[\"']?kind[\"']?\s*:\s*[\"']?person\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading one file gave.

    Args:
        docname: the Sphinx document name of the file.
        record: the record, or None where it has faults.
        identity: kind and id as far as they could be read, so that references to a broken record
            are not called unknown.
        faults: everything wrong with the file by itself.
        person: what a person's record with faults says all the same.
    """

    docname: str
    record: Record | None
    identity: tuple[str, str] | None
    faults: tuple[Finding, ...]
    person: Unread | None = None


def load_record(
    path: Path, docname: str, root: Path | None = None, sources: tuple[str, ...] | None = None
) -> Loaded:
    """Read and validate the record in ``path``.

    Args:
        path: the file.
        docname: the Sphinx document name of the file.
        root: the portal's folder; by default the file's own.
        sources: the portal's folders of pages; by default its settings are read.
    """
    try:
        data, source, faults = read_yaml(path)
    except UnreadableError as error:
        return Loaded(docname, None, None, (error.fault,), _unread_person(path))
    model, kind_fault = _model_of(data, source)
    if model is None:
        return Loaded(docname, None, None, (*faults, *kind_fault))
    misplaced = _misplaced(model, source)
    if misplaced:
        return Loaded(docname, None, None, (*faults, misplaced))
    if model is Lesson:
        data = {**read_beside(folders_of(path, data, root or path.parent)).values, **data}
    record, value_faults = validate(model, data, source)
    faults += value_faults
    if record is not None:
        record.bind(source, docname)
        faults += prose_faults(record, sources)
        if record.id is None:
            faults += _id_faults(record)
    identity = (model.KIND, _key_of(data, docname))
    person = Unread.of(data) if faults and model is Person else None
    return Loaded(docname, None if faults else record, identity, tuple(sorted(faults)), person)


def _unread_person(path: Path) -> Unread | None:
    """A person of whom nothing is known but the file, which is no YAML; else None."""
    try:
        with path.open("rb") as file:
            return Unread() if _PERSON.search(file.read(LARGEST_FILE)) else None
    except OSError:
        return None


def _key_of(data: dict[str, Any], docname: str) -> str:
    given = data.get("id")
    return given if isinstance(given, str) else default_key(docname)


def _misplaced(model: type[Record], source: SourceMap) -> Finding | None:
    """The fault of a record whose file has the wrong name for its kind."""
    expected = FOLDER_RECORDS.get(source.path.name)
    if expected is not None and model is not expected:
        message = f"a file named {source.path.name} holds the record of a {expected.KIND}"
    elif model is Lesson and expected is None:
        message = f"a lesson's record is named {LESSON_FILE}, in a folder of the lesson's own"
    else:
        return None
    return source.fault(source.value(("kind",)), rules.UNKNOWN_KIND, message)


def _id_faults(record: Record) -> list[Finding]:
    try:
        parse_slug(record.key)
    except ValueError as error:
        message = f"the file's name is the record's id: {error}; rename it, or give an `id`"
        return [record.origin.fault(record.at(), rules.VALUE, message)]
    return []


def _model_of(data: Any, source: SourceMap) -> tuple[type[Record] | None, list[Finding]]:
    if not isinstance(data, dict):
        message = (
            f"found {quote(data)}, expected a mapping of keys and values such as `kind: partner`"
        )
        return None, [source.fault(source.value(()), rules.VALUE, message)]
    listed = ", ".join(sorted(KINDS))
    if "kind" not in data:
        for key in data:
            if nearest(str(key), ("kind",)):
                message = f"unknown key {quote(key)}; did you mean `kind`?"
                return None, [source.fault(source.key((key,)), rules.UNKNOWN_KEY, message)]
        message = f"the key `kind` is missing; it is one of: {listed}"
        return None, [source.fault(source.value(()), rules.UNKNOWN_KIND, message)]
    name = data["kind"]
    if isinstance(name, str) and name in KINDS:
        return KINDS[name], []
    near = nearest(name, KINDS) if isinstance(name, str) else None
    hint = f"did you mean `{near}`?" if near else f"it is one of: {listed}"
    message = f"unknown kind {quote(name)}; {hint}"
    return None, [source.fault(source.value(("kind",)), rules.UNKNOWN_KIND, message)]
