"""When a build reads its records: once in setup, and anew whenever Sphinx looks for documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from guildhall.core.values.dates import parse_date
from guildhall.model.portal import Portal, load_portal
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HANDED = "guildhall_portal"
"""The attribute of an application that holds the portal, where a command has loaded it."""


class Loader:
    """Reads the portal of one application.

    What is read in ``setup``, to see which extensions lessons need, serves the first build too; so
    does what the application was given.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        stated = str(app.config.guildhall_today)
        self._today = parse_date(stated) if stated else None
        handed: Portal | None = getattr(app, HANDED, None)
        if handed is None:
            self.portal = self._load()
        else:
            self.portal = handed.on(self._today) if self._today else handed
        self._is_built = False
        app.connect("build-finished", self._end)

    def current(self) -> Portal:
        """The portal as its files were when this build began."""
        if self._is_built:
            self.portal = self._load()
            self._is_built = False
        return self.portal

    def _end(self, app: Sphinx, error: Exception | None) -> None:
        self._is_built = True

    def _load(self) -> Portal:
        return load_portal(Path(self._app.srcdir), self._today, Path(self._app.confdir))


_loaders: WeakKeyDictionary[Sphinx, Loader] = WeakKeyDictionary()


def loader_of(app: Sphinx) -> Loader:
    """The one loader of an application."""
    loader = _loaders.get(app)
    if loader is None:
        loader = _loaders[app] = Loader(app)
    return loader


def portal_of(app: Sphinx) -> Portal:
    """The portal that a build is about to read, given to the domain too."""
    portal = loader_of(app).current()
    domain_of(app.env).portal = portal
    return portal
