"""Guildhall: one portal of lessons, workshops and governance from Markdown and YAML records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.core.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension and the theme with Sphinx."""
    from guildhall.check.run.judge import judged_report_of
    from guildhall.sphinx_ext.extension import setup_guildhall

    return setup_guildhall(app, judged_report_of)
