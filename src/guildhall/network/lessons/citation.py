"""How a lesson is cited: one value, written as BibTeX, CITATION.cff and in the style of APA 7."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import yaml

from guildhall.model.records.kinds.lesson import Contributor, Lesson
from guildhall.model.records.kinds.person import Person
from guildhall.model.settings.portal import Settings

MOST_APA = 20
"""So many authors APA 7 names; of more, the first 19 and the last."""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody whom a citation names: a person with two names, or an organisation with one.

    Args:
        family: the family names; empty for an organisation.
        given: the given names; empty for an organisation.
        name: the name of an organisation, or of a person whose names can't be told apart.
        orcid: the ORCID iD.
    """

    family: str = ""
    given: str = ""
    name: str = ""
    orcid: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """All that a citation says of a lesson."""

    key: str
    title: str
    authors: tuple[Author, ...]
    year: str | None
    released: date | None
    publisher: str
    version: str | None
    doi: str | None
    url: str | None
    licence: str | None
    language: str
    abstract: str


def citation_of(
    lesson: Lesson,
    person: Callable[[str], Person | None],
    settings: Settings,
    address: str | None = None,
    changed: date | None = None,
) -> Citation:
    """Gather what a citation says.

    Args:
        lesson: the lesson.
        person: gives the record of a person.
        settings: the portal's settings.
        address: where the lesson's landing page is published.
        changed: the day of its last change, for a lesson that states no date.
    """
    authors = tuple(_author(each, person) for each in lesson.contributors if "author" in each.roles)
    stated = _ISO_DATE.fullmatch(lesson.version or "")
    day = lesson.released or (changed if stated is None else None)
    year = str(day.year) if day else stated["year"] if stated else None
    licence = lesson.licence or (settings.licence if lesson.source is None else None)
    return Citation(
        key=lesson.key,
        title=lesson.title,
        authors=authors,
        year=year,
        released=lesson.released,
        # A lesson of another site is not published by this portal.
        publisher="" if lesson.url or lesson.source else settings.author or settings.title,
        version=lesson.version,
        doi=lesson.doi,
        url=lesson.url or address,
        licence=licence,
        language=lesson.language,
        abstract=" ".join(lesson.summary.split()),
    )


def _author(contributor: Contributor, person: Callable[[str], Person | None]) -> Author:
    if contributor.person:
        found = person(contributor.person)
        if found is None:
            return Author(name=contributor.person)
        family, comma, given = found.sort_name.partition(",")
        if comma:
            return Author(family.strip(), given.strip(), orcid=found.orcid)
        return Author(name=found.name, orcid=found.orcid)
    if contributor.family_names:
        return Author(
            contributor.family_names, contributor.given_names or "", orcid=contributor.orcid
        )
    return Author(name=contributor.name or "", orcid=contributor.orcid)


def to_bibtex(citation: Citation) -> str:
    """Write an entry of biblatex, which BibTeX reads as ``misc`` too."""
    fields = {
        "title": f"{{{_tex(citation.title)}}}",
        "author": " and ".join(_tex_name(author) for author in citation.authors),
        "year": citation.year,
        "publisher": _tex(citation.publisher),
        "version": _tex(citation.version) if citation.version else None,
        "doi": citation.doi,
        "url": citation.url,
        "langid": citation.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_bibtex_key(citation)},", *lines, "}"])


def _bibtex_key(citation: Citation) -> str:
    first = citation.authors[0] if citation.authors else Author(name=citation.publisher)
    name = (first.family or first.name or citation.key).split()[-1]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z]", "", plain).lower() or "lesson"
    return f"{plain}{citation.year or ''}-{citation.key}"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(char, char) for char in " ".join(text.split()))


def _tex_name(author: Author) -> str:
    if author.family:
        return f"{_tex(author.family)}, {_tex(author.given)}".rstrip(", ")
    # Braces keep the name of an organisation in one piece.
    return f"{{{_tex(author.name)}}}"


def to_cff(citation: Citation) -> str:
    """Write a CITATION.cff of the version 1.2.0 (https://citation-file-format.github.io/)."""
    data: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use this lesson, please cite it as below.",
        "type": "dataset",
        "title": citation.title,
        "authors": [_cff_author(each) for each in citation.authors]
        or [{"name": citation.publisher or citation.title}],
        "abstract": citation.abstract,
    }
    if citation.version:
        data["version"] = citation.version
    if citation.released:
        data["date-released"] = citation.released.isoformat()
    for name, value in (
        ("doi", citation.doi),
        ("url", citation.url),
        ("license", citation.licence if citation.licence and " " not in citation.licence else None),
    ):
        if value:
            data[name] = value
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n")


def _cff_author(author: Author) -> dict[str, str]:
    if author.family:
        named = {"family-names": author.family, "given-names": author.given}
    else:
        named = {"name": author.name}
    found = {name: value for name, value in named.items() if value}
    if author.orcid:
        found["orcid"] = f"https://orcid.org/{author.orcid}"
    return found


def to_apa(citation: Citation, not_dated: str = "n.d.") -> tuple[tuple[str, bool], ...]:
    """Write a reference in the style of APA 7, for software and course material.

    Returns:
        pieces of text, each with whether it is set in italics.
    """
    names = _apa_names(citation)
    names = names if names.endswith(".") else f"{names}."
    version = f" (Version {citation.version})" if citation.version else ""
    address = f"https://doi.org/{citation.doi}" if citation.doi else citation.url
    pieces = [
        (f"{names} ({citation.year or not_dated}). ", False),
        (citation.title, True),
        (f"{version}. ", False),
    ]
    if citation.publisher and citation.publisher not in {each.name for each in citation.authors}:
        pieces.append((f"{citation.publisher}. ", False))
    if address:
        pieces.append((address, False))
    return tuple(pieces)


def _apa_names(citation: Citation) -> str:
    names = list(_apa_each(citation)) or [citation.publisher or citation.title]
    if len(names) > MOST_APA:
        return f"{', '.join(names[: MOST_APA - 1])}, . . . {names[-1]}"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}, & {names[-1]}"


def _apa_each(citation: Citation) -> Iterator[str]:
    for author in citation.authors:
        if not author.family:
            yield author.name
            continue
        parts = re.split(r"[\s.]+", author.given)
        initials = " ".join(
            "-".join(f"{piece[0]}." for piece in part.split("-") if piece) for part in parts if part
        )
        yield f"{author.family}, {initials}" if initials else author.family


def plain(pieces: tuple[tuple[str, bool], ...]) -> str:
    """A reference as plain text."""
    return "".join(text for text, _ in pieces).strip()
