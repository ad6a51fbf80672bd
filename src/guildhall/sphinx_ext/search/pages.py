"""What results of a search say of a page: what it is, and where it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import LEVELS, Lesson
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.lessons.lookups import outline_in
from guildhall.sphinx_ext.lessons.labels import level as level_label
from guildhall.sphinx_ext.pages.navigation import Shared, path_to
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.rendering.labels import kind_label

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

OVERVIEW, EPISODE, PAGE = "overview", "episode", "page"
"""Kinds of pages that are no records'."""

WEIGHTS = {
    OVERVIEW: 170,
    "lesson": 160,
    "path": 120,
    EPISODE: 115,
    "project": 115,
    "partner": 110,
    PAGE: 100,
    "workshop": 95,
    "benefit": 80,
    "in-kind": 80,
    "risk": 80,
    "activity": 75,
    "budget-line": 75,
    "person": 70,
}
"""How much a page of each kind counts among others with the same words, in hundredths."""

OTHER = 100
"""The weight of pages of any other kind."""

FIRST_OF_AREA, BESIDE_EPISODES = 190, 80
"""The weights of the first page of an area, and of what a lesson has beside its episodes."""


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What results are told apart and filtered by.

    Args:
        kind: a record's kind, or one of those above.
        area: the first page of the portal's area that it lies in; empty outside of all.
        level: the level of its lesson; empty for others.
        language: its language.
        weight: how much it counts among others with the same words, in hundredths.
    """

    kind: str
    area: str
    level: str
    language: str
    weight: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page that can be found.

    Args:
        docname: its name.
        title: its title.
        apart: what tells it apart from others of the same title, such as its dates.
        trail: the titles of the pages above it, without that of the home page.
        keywords: what its record says that it is about.
        group: what it is.
    """

    docname: str
    title: str
    apart: str
    trail: tuple[str, ...]
    keywords: tuple[str, ...]
    group: Group


class Pages:
    """What is known of the pages of a portal.

    Args:
        env: the environment.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._portal = domain_of(env).portal
        self._shared = Shared(env)
        self._language = str(env.config.language or "en")
        self._episodes: dict[str, frozenset[str]] = {}

    def found(self, docname: str) -> Found:
        """What is told of one page."""
        lesson = self._portal.registry.lesson_at(docname)
        record = self._portal.registry.at_document(docname)
        path = path_to(self._shared.parents, docname)
        if lesson is not None and lesson.docname not in path:
            path = [*path_to(self._shared.parents, lesson.docname), docname]
        root = self._env.config.root_doc
        path = [each for each in path if each != root and each in self._env.titles]
        area = path[0] if len(path) > 1 or (path and self._is_overview(docname)) else ""
        kind = record.KIND if record is not None else self._kind(docname, lesson)
        weight = WEIGHTS.get(kind, OTHER)
        if area == docname:
            weight = FIRST_OF_AREA
        elif kind == PAGE and lesson is not None:
            weight = BESIDE_EPISODES
        group = Group(
            kind,
            area,
            (lesson.level or "") if lesson is not None else "",
            lesson.language if lesson is not None else self._language,
            weight,
        )
        apart = dates_of(record, self._language) if isinstance(record, Workshop) else ""
        trail = tuple(self._shared.title(each) for each in path if each != docname)
        title = " ".join(self._env.titles[docname].astext().split())
        keywords = (*record.topics, *record.keywords) if isinstance(record, Lesson) else ()
        return Found(docname, title, apart, trail, keywords, group)

    def labels(self, groups: Iterable[Group]) -> dict[str, dict[str, str]]:
        """What the values of groups are called, by the fields of groups, in the order of a page."""
        groups = list(groups)
        language = self._language
        root = self._env.config.root_doc
        areas = self._env.toctree_includes.get(root, [])
        used = {group.area for group in groups}
        in_order = [*(each for each in areas if each in used), *sorted(used - set(areas))]
        return {
            "area": {each: self._shared.title(each) for each in in_order if each},
            "kind": {
                each: _kind_label(language, each)
                for each in sorted({group.kind for group in groups}, key=_by_weight)
            },
            "level": {
                each: level_label(language, each)
                for each in LEVELS
                if any(group.level == each for group in groups)
            },
            "language": {
                each: language_name(each, language)
                for each in sorted({group.language for group in groups})
            },
        }

    def _kind(self, docname: str, lesson: Lesson | None) -> str:
        if lesson is not None:
            return EPISODE if docname in self._episodes_of(lesson) else PAGE
        return OVERVIEW if self._is_overview(docname) else PAGE

    def _is_overview(self, docname: str) -> bool:
        return bool(self._env.toctree_includes.get(docname))

    def _episodes_of(self, lesson: Lesson) -> frozenset[str]:
        if lesson.key not in self._episodes:
            episodes = outline_in(self._portal, lesson).episodes
            self._episodes[lesson.key] = frozenset(page.docname for page in episodes)
        return self._episodes[lesson.key]


def _by_weight(kind: str) -> tuple[int, str]:
    return -WEIGHTS.get(kind, OTHER), kind


def _kind_label(language: str, kind: str) -> str:
    own = {
        OVERVIEW: word(language, "Overview"),
        EPISODE: word(language, "Episode"),
        PAGE: word(language, "Page"),
    }
    return own.get(kind) or kind_label(language, kind)
