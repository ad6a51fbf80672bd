"""Sphinx's environment as a portal needs it.

Sphinx asks its environment for the file behind every image, download, include and listing
(``relfn2path``), so this one method is the place to give absolute paths their meaning and to keep
foreign pages from reaching out of their lesson. Likewise intersphinx and MyST ask it for the
inventories of other sites, of which each lesson knows its own, by names of its own. It asks it for
every page's tree too, so here a broken one is read anew, and one that can't be resolved is told.
"""

from __future__ import annotations

import os
from collections import ChainMap
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.environment import BuildEnvironment

from guildhall.model.base import rules
from guildhall.network.lessons.lookups import outline_in
from guildhall.network.lessons.sources import checkout_folder
from guildhall.sphinx_ext.compat.environment import (
    forget_tree,
    read_page,
    replace_environment_class,
)
from guildhall.sphinx_ext.faults.at_page import at_page
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.faults.stumbles import NOT_OF_PAGES, stand_in_for, tell_stumble
from guildhall.sphinx_ext.incremental.outdated import outdated
from guildhall.sphinx_ext.lessons.elsewhere import inventory_names
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from guildhall.model.records.kinds.lesson import Lesson


class PortalEnvironment(BuildEnvironment):
    """Sphinx's environment, with lessons that have roots of their own."""

    def relfn2path(self, filename: str | Path, docname: str | None = None) -> tuple[str, str]:
        """The file that a page names, from the source folder and absolute.

        On a page of a lesson, an absolute path begins at the lesson's root. What would lead out
        of a lesson that lives elsewhere, or out of the portal, is told and leads nowhere.
        """
        page = docname or self.docname
        lesson = lesson_at(self, page)
        folder = outline_in(domain_of(self).portal, lesson).folder if lesson else None
        if lesson is None or folder is None:
            return super().relfn2path(filename, docname)
        name = os.fspath(filename)
        if name.startswith(("/", os.sep)):
            path = self._from_root(name.lstrip("/" + os.sep), folder)
        else:
            path = Path(self.doc2path(page, base=True)).parent / name
        path = Path(os.path.normpath(path))
        if not self._may_read(path, lesson):
            message = f"the path {name!r} leads out of the lesson; it is left out"
            warn(rules.LESSON, message, page)
            path = folder / "_outside" / path.name
        return Path(os.path.relpath(path, self.srcdir)).as_posix(), str(path)

    @property
    def intersphinx_named_inventory(self) -> dict[str, Any]:
        """The inventories that the page knows, by its names; all of them between pages."""
        everything: dict[str, Any] = self.__dict__.setdefault("intersphinx_named_inventory", {})
        if not self.docname:
            return everything
        named = inventory_names(
            domain_of(self).portal.registry,
            lesson_at(self, self.docname),
            self.config.intersphinx_mapping,
        )
        return {name: everything[key] for name, key in named.items() if key in everything}

    @intersphinx_named_inventory.setter
    def intersphinx_named_inventory(self, value: dict[str, Any]) -> None:
        self.__dict__["intersphinx_named_inventory"] = value

    @property
    def intersphinx_inventory(self) -> dict[str, dict[str, Any]]:
        """What all the inventories hold that the page knows, by type of object and name."""
        everything: dict[str, Any] = self.__dict__.setdefault("intersphinx_inventory", {})
        if not self.docname:
            return everything
        known = self.intersphinx_named_inventory
        found: dict[str, ChainMap[str, Any]] = {}
        for name in sorted(known, reverse=True):
            for kind, objects in known[name].items():
                found.setdefault(kind, ChainMap({})).maps.append(objects)
        return cast("dict[str, dict[str, Any]]", found)

    @intersphinx_inventory.setter
    def intersphinx_inventory(self, value: dict[str, dict[str, Any]]) -> None:
        self.__dict__["intersphinx_inventory"] = value

    def get_outdated_files(self, config_changed: bool) -> tuple[set[str], set[str], set[str]]:
        """The pages that are new, changed and gone; see `incremental.outdated`."""
        gone = self.all_docs.keys() - self.found_docs
        if config_changed:
            return set(self.found_docs), set(), gone
        return self.found_docs - self.all_docs.keys(), set(outdated(self)), gone

    def get_doctree(self, docname: str) -> nodes.document:
        """A page's tree as it was read; read anew where the file that keeps it is broken."""
        try:
            return super().get_doctree(docname)
        except Exception:
            self._read_anew(docname)
            return super().get_doctree(docname)

    def _read_anew(self, docname: str) -> None:
        forget_tree(self, docname)
        numbers = [found.get(docname) for found in (self.toc_secnumbers, self.toc_fignumbers)]
        self.events.emit("env-purge-doc", self, docname)
        self.clear_doc(docname)
        read_page(self.app.builder, docname)
        # These are given when all pages have been read.
        for found, before in zip((self.toc_secnumbers, self.toc_fignumbers), numbers, strict=True):
            if before is not None:
                found[docname] = before  # type: ignore[index]

    def get_and_resolve_doctree(self, docname: str, *args: Any, **kwargs: Any) -> nodes.document:
        """A page's tree with what it shows of others; what fails outside of the page names it."""
        with at_page(docname):
            return super().get_and_resolve_doctree(docname, *args, **kwargs)

    def apply_post_transforms(self, doctree: nodes.document, docname: str) -> None:
        """Resolve what a page shows of others; where that fails, the page is told and empty."""
        try:
            super().apply_post_transforms(doctree, docname)
        except NOT_OF_PAGES:
            raise
        except Exception as error:
            tell_stumble(error, docname, self)
            doctree.children = []
            doctree += stand_in_for(doctree, docname).children

    def _from_root(self, name: str, folder: Path) -> Path:
        inside = folder / name
        # Extensions name files they made, or have found already, from the portal's root.
        from_portal = Path(self.srcdir) / name
        return from_portal if from_portal.exists() and not inside.exists() else inside

    def _may_read(self, path: Path, lesson: Lesson) -> bool:
        bounds = [checkout_folder(lesson, Path(self.srcdir)) or Path(self.srcdir)]
        notebooks = getattr(self, "mystnb_config", None)
        if notebooks is not None:
            # MyST-NB writes the pictures of notebooks there, and then names them.
            bounds.append(Path(notebooks.output_folder))
        resolved = path.resolve()
        return any(resolved.is_relative_to(each.resolve()) for each in bounds)


def setup_environment(app: Sphinx) -> None:
    """Let the application's environment know lessons."""
    app.connect(
        "builder-inited",
        lambda app: replace_environment_class(app, PortalEnvironment),
        priority=60,
    )
