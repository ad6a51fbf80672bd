"""Sphinx for a portal that is loaded already."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from guildhall.model.portal import Portal
from guildhall.sphinx_ext.portal.loading import HANDED


class PortalSphinx(Sphinx):
    """An application that reads no record again in its first build.

    Args:
        portal: the portal, with all records.
        options: what Sphinx takes besides the folders of sources and of the configuration.
    """

    def __init__(self, portal: Portal, **options: Any) -> None:
        # Extensions are set up in Sphinx's own constructor, and ask for it there.
        setattr(self, HANDED, portal)
        super().__init__(portal.root, portal.confdir, **options)
