"""Where a reader is in a lesson: the page's place, its neighbours, its length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guildhall.network.lessons.lookups import outline_in
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from guildhall.model.records.kinds.lesson import Lesson


_KEPT = "guildhall_orders"
"""Kept on the builder, not in the environment: pages are written when all have been read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page of a lesson says of its place in it.

    Args:
        lesson: the lesson's title.
        key: the lesson's id.
        home: its landing page.
        language: its language.
        status: its status.
        successor: the landing page of the lesson that takes its place.
        place: the number of this episode among the episodes, from 1; None for other pages.
        of: how many episodes there are.
        has_pages: whether the lesson has pages here.
        teaching: minutes of teaching on this page.
        exercises: minutes of exercises on this page.
        previous: the page before.
        following: the page after.
    """

    lesson: str
    key: str
    home: str
    language: str
    status: str
    successor: str | None
    place: int | None
    of: int
    has_pages: bool
    teaching: int | None
    exercises: int | None
    previous: str | None
    following: str | None


def reading_of(env: BuildEnvironment, lesson: Lesson, docname: str) -> Reading:
    """The place of the page ``docname`` in its lesson."""
    portal = domain_of(env).portal
    outline = outline_in(portal, lesson)
    order = reading_order(env, lesson)
    at = order.index(docname) if docname in order else None
    episodes = [page.docname for page in outline.episodes]
    page = next((each for each in outline.pages if each.docname == docname), None)
    successor = portal.registry.find("lesson", lesson.successor) if lesson.successor else None
    return Reading(
        lesson=lesson.title,
        key=lesson.key,
        home=lesson.docname,
        language=lesson.language,
        status=lesson.status,
        successor=successor.docname if successor else None,
        place=episodes.index(docname) + 1 if docname in episodes else None,
        of=len(episodes),
        has_pages=bool(outline.pages),
        teaching=page.teaching if page else None,
        exercises=page.exercises if page else None,
        previous=order[at - 1] if at else None,
        following=order[at + 1] if at is not None and at + 1 < len(order) else None,
    )


def reading_order(env: BuildEnvironment, lesson: Lesson) -> list[str]:
    """The landing page and all pages that its toctrees lead to, in the order of reading."""
    kept: dict[str, list[str]] | None = getattr(env.app.builder, _KEPT, None)
    if kept is not None and lesson.key in kept:
        return kept[lesson.key]
    order: dict[str, None] = {}
    _add_below(env, lesson.docname, lesson.root, order)
    if kept is not None:
        kept[lesson.key] = list(order)
    return list(order)


def _add_below(env: BuildEnvironment, docname: str, root: str, order: dict[str, None]) -> None:
    order[docname] = None
    for child in env.toctree_includes.get(docname, ()):
        if child.startswith(root) and child in env.titles and child not in order:
            _add_below(env, child, root, order)


def setup_reading(app: Sphinx) -> None:
    """Keep the orders of lessons, which all of their pages ask for, while pages are written."""
    app.connect("env-get-outdated", _forget_orders)
    # Once circles are opened.
    app.connect("env-updated", _keep_orders, priority=60)


def _forget_orders(app: Sphinx, *changes: object) -> list[str]:
    setattr(app.builder, _KEPT, None)
    return []


def _keep_orders(app: Sphinx, env: BuildEnvironment) -> None:
    setattr(app.builder, _KEPT, {})
