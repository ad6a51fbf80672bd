"""Roles that make links to one site, as in ``sphinx.ext.extlinks``, for each lesson its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.ext.extlinks import make_link_role

from guildhall.sphinx_ext.lessons.page_names import page_names_of
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def _offer(env: BuildEnvironment, docname: str) -> tuple[dict[str, Any], dict[str, Any]]:
    lesson = lesson_at(env, docname)
    links = lesson.build.extlinks if lesson else {}
    roles = {name: make_link_role(name, link.address, link.caption) for name, link in links.items()}
    return {}, roles


def setup_link_roles(app: Sphinx) -> None:
    """Offer the roles."""
    page_names_of(app).offers.append(_offer)
