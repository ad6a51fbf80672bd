"""When a build reads its records: once in setup, and anew whenever Sphinx looks for documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from guildhall.core.findings.finding import Finding
from guildhall.model.records.registry import load_registry
from guildhall.sphinx_ext.configuration import settings_of
from guildhall.sphinx_ext.dependencies import Portal

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class Loader:
    """Reads the portal of one application.

    What is read in ``setup``, to see which extensions lessons need, serves the first build too.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self.faults: tuple[Finding, ...] = ()
        self.portal = self._load()
        self._is_used = False

    def reload(self) -> Portal:
        """The portal as its files are now."""
        if self._is_used:
            self.portal = self._load()
        self._is_used = True
        return self.portal

    def _load(self) -> Portal:
        root = Path(self._app.srcdir)
        settings, faults = settings_of(self._app)
        self.faults = tuple(faults)
        return Portal(settings, load_registry(root, settings), root, Path(self._app.confdir))


_loaders: WeakKeyDictionary[Sphinx, Loader] = WeakKeyDictionary()


def loader_of(app: Sphinx) -> Loader:
    """The one loader of an application."""
    loader = _loaders.get(app)
    if loader is None:
        loader = _loaders[app] = Loader(app)
    return loader


def load_portal(app: Sphinx) -> Portal:
    """Read the portal anew, and give it to the domain."""
    from guildhall.sphinx_ext.domain import domain_of

    portal = loader_of(app).reload()
    domain_of(app.env).portal = portal
    return portal
