"""Lessons and paths as linked data, by the Bioschemas profile TrainingMaterial 1.0.

https://bioschemas.org/profiles/TrainingMaterial/1.0-RELEASE names what a material must, should and
may say, in terms of schema.org's LearningResource. What a record doesn't say is left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.path import Path
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.citation import Author, Citation
from guildhall.network.lessons.outline import Outline, Page

PROFILE = "https://bioschemas.org/profiles/TrainingMaterial/1.0-RELEASE"
_LEVELS = {"beginner": "Beginner", "intermediate": "Intermediate", "advanced": "Advanced"}
_STATUSES = {"draft": "Draft", "beta": "Incomplete", "stable": "Published", "archived": "Obsolete"}
_AUDIENCES = {
    "learner": "learners",
    "instructor": "instructors",
    "data-steward": "data stewards",
    "group-leader": "group leaders",
}
_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}

Data = dict[str, Any]
Address = Callable[[str], str | None]
"""Gives the address at which a document is published; None where the portal's is not known."""


def training_material(
    lesson: Lesson,
    outline: Outline,
    citation: Citation,
    settings: Settings,
    address: Address,
    *,
    requires: Callable[[str], Lesson | None],
    changed: date | None = None,
) -> Data:
    """Describe a lesson.

    Args:
        lesson: the lesson.
        outline: its pages.
        citation: who made it, and under which licence.
        settings: the portal's settings.
        address: see :data:`Address`.
        requires: gives the lesson with an id, for prerequisites.
        changed: the day of its last change.
    """
    own = address(lesson.docname) if outline.pages else lesson.url or address(lesson.docname)
    keywords = [*lesson.topics, *lesson.keywords] or [lesson.title]
    prerequisites = []
    for each in lesson.prerequisites:
        other = requires(each.lesson) if each.lesson else None
        prerequisites.append(other.title if other else " ".join((each.text or "").split()))
    return without_nothing(
        {
            "@context": "https://schema.org/",
            "@type": "LearningResource",
            "@id": own,
            "http://purl.org/dc/terms/conformsTo": {"@type": "CreativeWork", "@id": PROFILE},
            "name": lesson.title,
            "description": citation.abstract,
            "abstract": citation.abstract,
            "keywords": keywords,
            "url": own,
            "identifier": f"https://doi.org/{lesson.doi}" if lesson.doi else None,
            "about": [{"@type": "DefinedTerm", "name": topic} for topic in lesson.topics],
            "audience": [
                {"@type": "Audience", "audienceType": _AUDIENCES[each]} for each in lesson.audience
            ],
            "author": [_author(each) for each in citation.authors],
            "competencyRequired": [each for each in prerequisites if each],
            "educationalLevel": _LEVELS.get(lesson.level or ""),
            "inLanguage": lesson.language,
            "learningResourceType": lesson.format,
            "license": _licence(citation.licence),
            "teaches": list(lesson.outcomes),
            "timeRequired": None if outline.minutes is None else duration(outline.minutes),
            "creativeWorkStatus": _STATUSES[lesson.status],
            "version": lesson.version,
            "datePublished": lesson.released.isoformat() if lesson.released else None,
            "dateModified": changed.isoformat() if changed else None,
            "isPartOf": {
                "@type": "Collection",
                "name": settings.title,
                **({"url": settings.base_url} if settings.base_url else {}),
            },
            "hasPart": [_part(page, address) for page in outline.episodes],
        }
    )


def learning_path(path: Path, steps: list[Data], address: Address) -> Data:
    """Describe a path as a course whose parts come in order.

    Args:
        path: the path.
        steps: name and, where there is one, url of each step.
        address: see :data:`Address`.
    """
    own = address(path.docname)
    return without_nothing(
        {
            "@context": "https://schema.org/",
            "@type": ["Course", "ItemList"],
            "@id": own,
            "url": own,
            "name": path.title,
            "description": " ".join(path.summary.split()),
            "audience": {"@type": "Audience", "audienceType": _AUDIENCES[path.audience]},
            "teaches": list(path.outcomes),
            "itemListElement": [
                {"@type": "ListItem", "position": number, "item": without_nothing(step)}
                for number, step in enumerate(steps, 1)
            ],
        }
    )


def duration(minutes: int) -> str:
    """Minutes as a duration of ISO 8601, such as ``PT1H30M``."""
    hours, rest = divmod(minutes, 60)
    parts = f"{hours}H" * bool(hours) + f"{rest}M" * bool(rest)
    return f"PT{parts or '0M'}"


def to_script(data: Data) -> str:
    """JSON that can stand in a ``script`` element: it can't end it, whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    return "".join(_ESCAPES.get(char, char) for char in text)


def _author(author: Author) -> Data:
    if author.family:
        person = {
            "@type": "Person",
            "name": f"{author.given} {author.family}".strip(),
            "familyName": author.family,
            "givenName": author.given,
            "@id": f"https://orcid.org/{author.orcid}" if author.orcid else None,
        }
        return without_nothing(person)
    return {"@type": "Organization", "name": author.name}


def _licence(licence: str | None) -> str | None:
    if licence is None:
        return None
    return licence if " " in licence else f"https://spdx.org/licenses/{licence}.html"


def _part(page: Page, address: Address) -> Data:
    return without_nothing(
        {
            "@type": "LearningResource",
            "name": page.title,
            "url": address(page.docname),
            "timeRequired": None if page.minutes is None else duration(page.minutes),
        }
    )


def without_nothing(data: Data) -> Data:
    """The data without what has no value."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
