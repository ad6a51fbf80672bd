"""Which pages are untrusted, and how it is told that one asked for too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.model.base import rules
from guildhall.model.records.kinds.lesson import LESSON_FILE
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment


def is_untrusted(env: BuildEnvironment, docname: str) -> bool:
    """Whether strangers wrote a page: it is one of an external lesson.

    The landing page that a record makes is the portal's own.
    """
    lesson = lesson_at(env, docname)
    if lesson is None or not lesson.is_elsewhere:
        return False
    return env.doc2path(docname).name != LESSON_FILE


def tell_untrusted(message: str, location: str | tuple[str, int] | nodes.Node | None) -> None:
    """Say what a foreign page asked for and doesn't get."""
    warn(rules.UNTRUSTED, message, location)
