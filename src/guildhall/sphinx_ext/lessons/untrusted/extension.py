"""Registers all that keeps foreign pages from acting with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.sphinx_ext.content.notebook_pages import has_notebooks
from guildhall.sphinx_ext.lessons.untrusted.markup import setup_markup
from guildhall.sphinx_ext.lessons.untrusted.parsers import setup_parsers
from guildhall.sphinx_ext.lessons.untrusted.remains import setup_remains
from guildhall.sphinx_ext.lessons.untrusted.shown import setup_shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_untrusted(app: Sphinx) -> None:
    """Register all that keeps foreign pages from acting, when they are read and when shown."""

    for set_up in (setup_markup, setup_parsers, setup_remains, setup_shown):
        set_up(app)
    if has_notebooks(app):
        # It loads Jupyter's libraries.
        from guildhall.sphinx_ext.lessons.untrusted.notebook_parser import setup_notebook_parser

        setup_notebook_parser(app)
