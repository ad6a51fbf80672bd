"""The scope of a page: the lesson that it belongs to, and what follows from that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def lesson_at(env: BuildEnvironment, docname: str) -> Lesson | None:
    """The lesson that a document is a page of."""
    return domain_of(env).portal.registry.lesson_at(docname)


def page_language(env: BuildEnvironment, docname: str) -> str:
    """The language that a page is written in: its lesson's, or else the portal's."""
    lesson = lesson_at(env, docname)
    return lesson.language if lesson else str(env.config.language or "en")
