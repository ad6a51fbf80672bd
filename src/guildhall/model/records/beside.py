"""What files beside a lesson say of it: ``CITATION.cff`` and CodeRefinery's ``metadata.yml``.

They are read, not typed again: each value that a record could hold stands in where the record is
silent. The record goes first, then ``metadata.yml``, which its lessons make the CFF from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import Place, SourceMap, UnreadableError, read_yaml
from guildhall.model.checkouts import CACHE, folder_name
from guildhall.model.records.kinds.lesson import LEVELS, Lesson
from guildhall.model.records.lesson_rules import BESIDE
from guildhall.model.records.lock import read_lock

METADATA = "metadata.yml"
CITATION = "CITATION.cff"
CFF_TYPES = ("software", "dataset")
"""The types that CFF 1.2.0 knows."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Beside:
    """What was found.

    Args:
        values: by key of a lesson's record, in the form that the record would have.
        notes: what can't be used, or contradicts itself; none of it stops a build.
    """

    values: dict[str, Any]
    notes: tuple[Finding, ...] = ()


def folders_of(record: Path, data: dict[str, Any], root: Path) -> tuple[Path, ...]:
    """Where files beside a lesson may lie: with its pages, at the top of its repository.

    Args:
        record: the lesson's record.
        data: what the record says, not yet validated.
        root: the portal's folder.
    """
    stated = data.get("source")
    source = stated if isinstance(stated, dict) else {}
    home = record.parent
    if source.get("git"):
        key = data.get("id") if isinstance(data.get("id"), str) else home.name
        locked = read_lock(root).entries.get(str(key))
        if locked is None:
            return (home,)
        home = root / CACHE / str(key) / folder_name(locked.commit)
    below = source.get("path")
    pages = home / below if isinstance(below, str) and ".." not in below else home
    return tuple(dict.fromkeys((record.parent, pages, home)))


def read_beside(folders: Iterable[Path]) -> Beside:
    """Read the files in the first folder that has each of them.

    Args:
        folders: where to look, such as the pages' folder and the one above it.
    """
    places = list(folders)
    values: dict[str, Any] = {}
    notes: list[Finding] = []
    for name, read in ((CITATION, _of_citation), (METADATA, _of_metadata)):
        path = next((each / name for each in places if (each / name).is_file()), None)
        if path is None:
            continue
        try:
            data, source, _ = read_yaml(path)
        except UnreadableError as error:
            notes.append(replace(error.fault, rule="lesson.beside", severity=Severity.INFO))
            continue
        if isinstance(data, dict):
            file = _File(data, source)
            for key, value, place in read(file):
                file.take(key, value, place)
            values.update(file.values)
            notes += file.notes
    return Beside(values, tuple(notes))


def notes_beside(lesson: Lesson, root: Path) -> tuple[Finding, ...]:
    """What can't be used of the files beside a lesson.

    Args:
        lesson: the lesson.
        root: the portal's folder.
    """
    source = lesson.source.model_dump() if lesson.source else None
    data = {"id": lesson.key, "source": source}
    return read_beside(folders_of(lesson.origin.path, data, root)).notes


class _File:
    def __init__(self, data: dict[str, Any], source: SourceMap) -> None:
        self.data = data
        self.source = source
        self.values: dict[str, Any] = {}
        self.notes: list[Finding] = []

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        return value.strip() if isinstance(value, str) and value.strip() else None

    def texts(self, key: str) -> list[str]:
        value = self.data.get(key)
        found = value if isinstance(value, list) else [value]
        return [each.strip() for each in found if isinstance(each, str) and each.strip()]

    def note(self, place: Place, message: str) -> None:
        mark = self.source.value(place)
        self.notes.append(self.source.fault(mark, BESIDE, message))

    def take(self, key: str, value: Any, place: Place) -> None:
        """Keep a value that the record could hold; say of any other what is wrong with it."""
        if value in (None, [], ""):
            return
        field = Lesson.model_fields[key]
        annotation: Any = field.annotation
        if field.metadata:
            from typing import Annotated

            annotation = Annotated[(annotation, *field.metadata)]
        try:
            TypeAdapter(annotation).validate_python(value)
        except ValidationError as error:
            found = error.errors(include_url=False)[0]
            self.note(place, f"`{place[0]}`: {found['msg']}")
        else:
            self.values[key] = value


Found = Iterator[tuple[str, Any, Place]]


def _of_citation(file: _File) -> Found:
    kind = file.text("type")
    if kind and kind not in CFF_TYPES:
        file.note(("type",), f"`type`: found {quote(kind)}, expected `software` or `dataset`")
    version, released = file.text("version"), file.text("date-released")
    if version and released and _DAY.fullmatch(version) and version != released:
        message = f"`version` is {version}, `date-released` is {released}"
        file.note(("date-released",), message)
    yield "title", _lesson_title(file.text("title")), ("title",)
    yield "summary", file.text("abstract"), ("abstract",)
    yield "version", version, ("version",)
    yield "released", released, ("date-released",)
    yield "doi", file.text("doi"), ("doi",)
    yield "licence", next(iter(file.texts("license")), None), ("license",)
    yield (
        "repository",
        file.text("repository-code") or file.text("repository"),
        ("repository-code",),
    )
    yield "url", file.text("url"), ("url",)
    yield "keywords", file.texts("keywords"), ("keywords",)
    yield "contributors", _people(file.data.get("authors")), ("authors",)


def _of_metadata(file: _File) -> Found:
    if "keywords" in file.data and not file.texts("keywords"):
        file.note(("keywords",), "`keywords` holds placeholders only")
    level = file.text("educationalLevel")
    version = file.text("version")
    yield "title", _lesson_title(file.text("title")), ("title",)
    yield "summary", file.text("abstract"), ("abstract",)
    yield "version", version, ("version",)
    # In these files the version is the day of its release.
    yield "released", version if version and _DAY.fullmatch(version) else None, ("version",)
    yield "doi", file.text("doi"), ("doi",)
    yield "url", file.text("url"), ("url",)
    yield "licence", file.text("license"), ("license",)
    yield "repository", file.text("repository-code"), ("repository-code",)
    yield "keywords", file.texts("keywords"), ("keywords",)
    yield "level", level.lower() if level and level.lower() in LEVELS else None, ("level",)
    yield "language", file.text("inLanguage"), ("inLanguage",)
    yield "outcomes", [" ".join(each.split()) for each in file.texts("teaches")], ("teaches",)
    required = file.text("competencyRequired")
    yield "prerequisites", [{"text": required}] if required else None, ("competencyRequired",)
    yield "contributors", _people(file.data.get("authors")), ("authors",)


def _lesson_title(title: str | None) -> str | None:
    # The form that CodeRefinery's script gives to titles of citations.
    return title.removesuffix(" - CodeRefinery lesson") if title else None


def _people(authors: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in authors if isinstance(authors, list) else ():
        if not isinstance(each, dict):
            continue
        values = {key: str(value).strip() for key, value in each.items() if value}
        person: dict[str, Any] = {}
        if values.get("family-names"):
            person = {"family_names": values.get("family-names")}
            if values.get("given-names"):
                person["given_names"] = values.get("given-names")
            if values.get("orcid"):
                person["orcid"] = values.get("orcid")
            if values.get("affiliation"):
                person["affiliation"] = values.get("affiliation")
        elif values.get("name"):
            person = {"name": values["name"], "is_organisation": "true"}
        if person:
            found.append(person)
    return found
