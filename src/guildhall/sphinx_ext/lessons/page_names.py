"""Directives and roles that are there on some pages only.

docutils keeps them in tables for the whole process, so what one lesson asks for, and each role that
a page declares, would be there on every page that is read later. A page is read from its source to
its doctree without another one in between, and for that long the tables hold what the page has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes

from guildhall.sphinx_ext.compat.docutils_names import directive_table, role_table

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

Names = Mapping[str, Any]
Offer = Callable[["BuildEnvironment", str], tuple[Names, Names]]
"""Gives the directives and the roles that the page of a name has beyond those of every page."""


class PageNames:
    """The directives and roles of the page that is being read."""

    def __init__(self) -> None:
        self.offers: list[Offer] = []
        self._before: list[dict[str, Any]] = []

    def begin(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Put those of the page ``docname`` in the tables."""
        self.end(app)
        self._before = [dict(table) for table in _tables()]
        for offer in self.offers:
            for table, names in zip(_tables(), offer(app.env, docname), strict=True):
                table.update(names)

    def end(self, app: Sphinx, doctree: nodes.document | None = None) -> None:
        """Put back what was there before."""
        for table, before in zip(_tables(), self._before, strict=False):
            table.clear()
            table.update(before)
        self._before = []


_of_application: WeakKeyDictionary[Sphinx, PageNames] = WeakKeyDictionary()


def page_names_of(app: Sphinx) -> PageNames:
    """The one table of an application; what is offered there is on the pages that it is for."""
    names = _of_application.get(app)
    if names is None:
        names = _of_application[app] = PageNames()
        app.connect("source-read", names.begin)
        app.connect("doctree-read", names.end)
    return names


def take_out(directives: Iterable[str] = (), roles: Iterable[str] = ()) -> None:
    """Take what an extension has put there out of the tables.

    Args:
        directives: names of directives.
        roles: names of roles.
    """
    for table, names in zip(_tables(), (directives, roles), strict=True):
        for name in names:
            table.pop(name, None)


def _tables() -> tuple[dict[str, Any], dict[str, Any]]:
    return directive_table(), role_table()
