"""Pages of lessons from elsewhere: strangers wrote them, so they show and do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_untrusted(app: Sphinx) -> None:
    """Register all that keeps foreign pages from acting while they are read."""
    from guildhall.sphinx_ext.lessons.untrusted.markup import setup_markup
    from guildhall.sphinx_ext.lessons.untrusted.parsers import setup_parsers
    from guildhall.sphinx_ext.lessons.untrusted.remains import setup_remains

    for set_up in (setup_markup, setup_parsers, setup_remains):
        set_up(app)
