"""``lessons.json``: all lessons and paths of a portal, for others to harvest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.path import Path
from guildhall.model.records.registry import Registry
from guildhall.model.settings.portal import Settings
from guildhall.network.lessons.citation import Citation
from guildhall.network.lessons.jsonld import Address
from guildhall.network.lessons.outline import Outline

FORMAT = "guildhall-lessons/1"
"""The name of the format; the number grows when a key changes its meaning or goes."""


def lessons_json(
    registry: Registry,
    settings: Settings,
    outline: Callable[[Lesson], Outline],
    citation: Callable[[Lesson], Citation],
    address: Address,
) -> dict[str, Any]:
    """Describe all lessons and paths, in the order of the catalogue.

    Keys: ``format``, ``portal`` (``title``, ``url``), ``lessons`` and ``paths``. A key without a
    value is left out; minutes are whole numbers; languages are BCP 47, licences SPDX, dates ISO
    8601.
    """
    return {
        "format": FORMAT,
        "portal": _kept({"title": settings.title, "url": settings.base_url}),
        "lessons": [
            _lesson(each, outline(each), citation(each), address) for each in registry.of(Lesson)
        ],
        "paths": [_path(each, address) for each in registry.of(Path)],
    }


def _lesson(
    lesson: Lesson, outline: Outline, citation: Citation, address: Address
) -> dict[str, Any]:
    return _kept(
        {
            "id": lesson.key,
            "url": address(lesson.docname) if outline.pages else lesson.url,
            "title": lesson.title,
            "summary": citation.abstract,
            "level": lesson.level,
            "language": lesson.language,
            "format": lesson.format,
            "audience": list(lesson.audience),
            "topics": list(lesson.topics),
            "keywords": list(lesson.keywords),
            "outcomes": list(lesson.outcomes),
            "requires": [each.lesson for each in lesson.prerequisites if each.lesson],
            "teaching": outline.teaching,
            "exercises": outline.exercises,
            "licence": citation.licence,
            "doi": lesson.doi,
            "repository": lesson.repository,
            "version": lesson.version,
            "released": lesson.released.isoformat() if lesson.released else None,
            "status": lesson.status,
            "authors": [
                _kept(
                    {
                        "name": author.name or f"{author.given} {author.family}".strip(),
                        "orcid": author.orcid,
                    }
                )
                for author in citation.authors
            ],
            "episodes": [
                _kept(
                    {
                        "title": page.title,
                        "url": address(page.docname),
                        "teaching": page.teaching,
                        "exercises": page.exercises,
                        "optional": page.optional or None,
                    }
                )
                for page in outline.episodes
            ],
        }
    )


def _path(path: Path, address: Address) -> dict[str, Any]:
    steps = [
        _kept(
            {
                "lesson": step.lesson,
                "activity": step.activity,
                "url": step.url,
                "title": step.title,
                "optional": step.optional or None,
            }
        )
        for step in path.steps
    ]
    return _kept(
        {
            "id": path.key,
            "url": address(path.docname),
            "title": path.title,
            "summary": " ".join(path.summary.split()),
            "audience": path.audience,
            "outcomes": list(path.outcomes),
            "steps": steps,
        }
    )


def _kept(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
