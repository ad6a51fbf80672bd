"""Workshops and people on pages: each module registers its own directives and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_workshops(app: Sphinx) -> None:
    """Register all parts."""
    set_ups: tuple[Callable[[Sphinx], None], ...] = ()
    for set_up in set_ups:
        set_up(app)
