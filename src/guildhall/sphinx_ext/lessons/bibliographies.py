"""``sphinxcontrib.bibtex`` for many lessons: each has its own BibTeX files, keys and labels.

The extension knows one set of files for the whole project, so two lessons with the key ``knuth``
would be a fault. Here its domain looks at one lesson at a time, and its directives and roles are
there for pages that ask for them only.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from pybtex.exceptions import PybtexError
from sphinxcontrib.bibtex.bibfile import BibData, is_bibdata_outdated, parse_bibdata
from sphinxcontrib.bibtex.domain import BibtexDomain, Citation
from sphinxcontrib.bibtex.foot_directives import FootBibliographyDirective
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.foot_roles import FootCiteRole
from sphinxcontrib.bibtex.roles import CiteRole
from sphinxcontrib.bibtex.transforms import BibliographyTransform

from guildhall.model.base import rules
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.bibliography import EXTENSION, bibliography_of
from guildhall.network.lessons.lookups import outline_in
from guildhall.sphinx_ext.compat.bibtex import OpenBibliography, replace_transform
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.lessons.asked import asks
from guildhall.sphinx_ext.lessons.page_names import page_names_of, take_out
from guildhall.sphinx_ext.portal.loading import loader_of
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_ENCODING = "utf-8-sig"
_PORTAL = ""
"""The scope of the portal's own pages; those of lessons are their ids."""


class LessonBibtexDomain(BibtexDomain):
    """Citations, of each lesson apart."""

    _scope: str | None = None
    _is_copying = False

    @property
    def of_lessons(self) -> dict[str, BibData]:
        """What the BibTeX files of each lesson hold."""
        found: dict[str, BibData] = self.data.setdefault("guildhall_bibdata", {})
        return found

    @property
    def bibdata(self) -> BibData:
        """What the files hold that the page may cite."""
        scope = self._scope if self._scope is not None else self._scope_at(self.env.docname)
        if scope == _PORTAL:
            return cast("BibData", self.data["bibdata"])
        return self.of_lessons.get(scope) or _nothing()

    @property
    def bibliographies(self) -> dict[Any, Any]:
        """The bibliographies of the scope, or all."""
        everything: dict[Any, Any] = self.data["bibliographies"]
        if self._is_copying:
            return {key: _with_copies(value) for key, value in everything.items()}
        if self._scope is None:
            return everything
        mine = [key for key in everything if self._scope_at(key.docname) == self._scope]
        in_order = sorted(mine, key=lambda key: (key.docname, everything[key].line, key.id_))
        return {key: everything[key] for key in in_order}

    @property
    def citations(self) -> list[Citation]:
        """The citations of the scope, or all."""
        everything: list[Citation] = self.data["citations"]
        if self._scope is None:
            return everything
        by_scope: dict[str, list[Citation]] = self.data.setdefault("guildhall_citations", {})
        return by_scope.setdefault(self._scope, [])

    @property
    def citation_refs(self) -> list[Any]:
        """The references to citations in the scope, or all."""
        everything: list[Any] = self.data["citation_refs"]
        if self._scope is None:
            return everything
        return [ref for ref in everything if self._scope_at(ref.docname) == self._scope]

    def role(self, name: str) -> Any:
        """A role of the domain, on pages that ask for the extension."""
        return super().role(name) if asks(self.env, self.env.docname, EXTENSION) else None

    def env_updated(self) -> Iterable[str]:
        """Make the citations, in one scope after the other.

        Returns:
            the pages that show citations which have changed.
        """
        before = self._digests()
        self.data["guildhall_citations"] = {}
        for scope in dict.fromkeys(self._scope_at(key.docname) for key in self.bibliographies):
            with self._in(scope):
                super().env_updated()
        made: dict[str, list[Citation]] = self.data["guildhall_citations"]
        self.data["citations"] = [each for scope in sorted(made) for each in made[scope]]
        now = self._digests()
        changed = {scope for scope in {*before, *now} if before.get(scope) != now.get(scope)}
        pages = {each.docname for each in (*self.citation_refs, *self.bibliographies)}
        return sorted(page for page in pages if self._scope_at(page) in changed)

    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Resolve a citation in the scope of the page that holds it."""
        with self._in(self._scope_at(node.get("refdoc", fromdocname))):
            return super().resolve_xref(env, fromdocname, builder, typ, target, node, contnode)

    def resolve_any_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """Resolve a reference of the role ``any`` in the scope of its page."""
        with self._in(self._scope_at(node.get("refdoc", fromdocname))):
            return super().resolve_any_xref(env, fromdocname, builder, target, node, contnode)

    @contextmanager
    def copying(self) -> Iterator[None]:
        """Give copies of the nodes that a bibliography is filled from, so that it can be again."""
        self._is_copying = True
        try:
            yield
        finally:
            self._is_copying = False

    @contextmanager
    def _in(self, scope: str) -> Iterator[None]:
        before, self._scope = self._scope, scope
        try:
            yield
        finally:
            self._scope = before

    def _scope_at(self, docname: str) -> str:
        lesson = lesson_at(self.env, docname) if docname else None
        return lesson.key if lesson else _PORTAL

    def _digests(self) -> dict[str, str]:
        made: dict[str, list[Citation]] = self.data.setdefault("guildhall_citations", {})
        return {
            scope: hashlib.sha256(
                repr(
                    [
                        (
                            *(each.citation_id, each.bibliography_key, each.key),
                            *(each.formatted_entry.label, str(each.formatted_entry.text)),
                        )
                        for each in citations
                    ]
                ).encode()
            ).hexdigest()
            for scope, citations in made.items()
        }


class LessonFootDomain(BibtexFootDomain):
    """Citations in footnotes, on pages that ask for the extension."""

    def role(self, name: str) -> Any:
        """A role of the domain."""
        return super().role(name) if asks(self.env, self.env.docname, EXTENSION) else None


class LessonBibliography(OpenBibliography):
    """A list of what is cited."""

    def chosen(self) -> ast.AST:
        """The expression that says of each entry whether it is listed."""
        found = super().chosen()
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is None or not lesson.is_elsewhere:
            return found
        if any(isinstance(node, ast.Mod) for node in ast.walk(found)):
            # A regular expression can be written so that it never ends.
            message = "`bibliography`: an external lesson may not filter by patterns with `%`"
            warn(rules.LESSON, f"{message}; what is cited is listed", self.get_location())
            return ast.parse("cited")
        return found


class LessonBibliographyTransform(BibliographyTransform):
    """Fills bibliographies, also where one page is shown again on another."""

    def run(self, **kwargs: Any) -> None:
        """Fill the bibliographies of the page."""
        with cast("LessonBibtexDomain", self.env.get_domain("cite")).copying():
            super().run(**kwargs)


def _with_copies(bibliography: Any) -> Any:
    copies = {key: node.deepcopy() for key, node in bibliography.citation_nodes.items()}
    return bibliography._replace(citation_nodes=copies)


def _nothing() -> BibData:
    return parse_bibdata([], _ENCODING)


def _read_files(app: Sphinx) -> None:
    domain = cast("LessonBibtexDomain", app.env.get_domain("cite"))
    portal = loader_of(app).portal
    kept = {}
    for lesson in portal.registry.of(Lesson):
        if EXTENSION not in lesson.build.extensions:
            continue
        folder = outline_in(portal, lesson).folder
        files = [path for path in bibliography_of(lesson, folder) if path.is_file()]
        before = domain.of_lessons.get(lesson.key)
        if before is None or is_bibdata_outdated(before, files, _ENCODING):
            before = _parsed(files)
        kept[lesson.key] = before
    domain.data["guildhall_bibdata"] = kept


def _parsed(files: list[Path]) -> BibData:
    """What files hold; one that is no BibTeX is told and counts as empty."""
    sound = []
    for path in files:
        try:
            parse_bibdata([path], _ENCODING)
        except (PybtexError, UnicodeDecodeError, RecursionError) as error:
            line = getattr(error, "lineno", None)
            said = " ".join(str(error).split())
            warn(rules.LESSON, f"no BibTeX: {said}", f"{path}:{line}" if line else str(path))
        else:
            sound.append(path)
    return parse_bibdata(sound, _ENCODING)


def _needs_no_files(app: Sphinx, config: Config) -> None:
    # Those of lessons are theirs; without any, the extension would end the build.
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []


def setup_bibliographies(app: Sphinx) -> None:
    """Load the extension, and put what knows lessons in the place of its parts."""
    app.setup_extension(EXTENSION)
    app.add_domain(LessonBibtexDomain, override=True)
    app.add_domain(LessonFootDomain, override=True)
    replace_transform(app, LessonBibliographyTransform)
    take_out(directives=("bibliography", "footbibliography"), roles=("cite", "footcite"))
    app.connect("config-inited", _needs_no_files)
    # Before their own handler (500), which looks for outdated files of the portal.
    app.connect("builder-inited", _read_files, priority=400)
    offered = (
        {"bibliography": LessonBibliography, "footbibliography": FootBibliographyDirective},
        {"cite": CiteRole(), "footcite": FootCiteRole()},
    )

    def offer(env: BuildEnvironment, docname: str) -> tuple[dict[str, Any], dict[str, Any]]:
        return offered if asks(env, docname, EXTENSION) else ({}, {})

    page_names_of(app).offers.append(offer)
