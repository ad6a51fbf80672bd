"""Navigation from plain data: its cost on a page doesn't grow with the portal.

Sphinx's own ``toctree()`` copies and resolves a tree of every page for each page, so a site's
navigation costs the square of its pages. Here the path from the root to the page is opened, and
nothing else, from the titles and the document names that the environment has anyway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sphinx import addnodes
from sphinx.locale import get_translation

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.pages.neighbours import Neighbours, neighbours_in
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.material import exercises_before, material_digest
from guildhall.sphinx_ext.portal.reading_order import Reading, reading_of
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

MOST_SIBLINGS = 40
"""More entries than these on one level are cut to the ones around the page."""

_KEYS = {"next": "N", "prev": "P"}
"""The keys by which Sphinx's own links to the pages after and before are known."""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page in the navigation, or an address that a toctree lists.

    Args:
        docname: the page; empty for an address.
        title: its title.
        url: the address, where it is one.
        caption: the heading that begins before it.
        is_current: whether it is the page that the navigation stands on.
        is_open: whether the page lies below it.
        children: the entries below it, where it is open.
        left_out: how many more there are below it.
    """

    docname: str
    title: str
    url: str = ""
    caption: str = ""
    is_current: bool = False
    is_open: bool = False
    children: tuple[NavigationItem, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Navigation:
    """What a page's navigation shows.

    Args:
        sections: the portal's main sections.
        section: the section of the page, opened down to it; None on the home page.
        breadcrumbs: the pages above this one, from the root.
    """

    sections: tuple[NavigationItem, ...]
    section: NavigationItem | None
    breadcrumbs: tuple[NavigationItem, ...]


class Shared:
    """What the navigation of many pages is made of; looked up once, when all pages are read.

    Args:
        env: the environment.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self.env = env
        self.parents = parents_of(env)
        self._titles: dict[str, str] = {}
        self._trees: dict[str, list[tuple[addnodes.toctree, list[NavigationItem]]]] = {}
        self._neighbours: dict[str, dict[str, Neighbours]] = {}

    def title(self, docname: str) -> str:
        """A page's title; a lesson's landing page goes by the record's, which is shorter."""
        if docname not in self._titles:
            lesson = lesson_at(self.env, docname)
            if lesson is not None and lesson.docname == docname:
                self._titles[docname] = lesson.title
            else:
                self._titles[docname] = self.env.titles[docname].astext()
        return self._titles[docname]

    def trees(self, docname: str) -> list[tuple[addnodes.toctree, list[NavigationItem]]]:
        """The tables of contents of a page, with what each lists."""
        if docname not in self._trees:
            tables = self.env.tocs[docname].findall(addnodes.toctree)
            self._trees[docname] = [(table, list(self._listed(table))) for table in tables]
        return self._trees[docname]

    def neighbours(self, docname: str, reading: Reading | None) -> Neighbours:
        """The pages before and after a page: in its lesson, or else in its section.

        Args:
            docname: the page.
            reading: its place in its lesson.
        """
        if reading is not None:
            return reading.previous, reading.following
        below = self.env.toctree_includes.get(docname)
        section = docname if below else self.parents.get(docname)
        if section is None:
            return None, None
        if section not in self._neighbours:
            self._neighbours[section] = neighbours_in(self.env, section)
        return self._neighbours[section].get(docname, (None, None))

    def _listed(self, toctree: addnodes.toctree) -> Iterator[NavigationItem]:
        """What a toctree lists, with its caption and the titles that it gives."""
        caption = toctree.get("caption") or ""
        for title, target in toctree["entries"]:
            if target in self.env.titles:
                yield NavigationItem(target, title or self.title(target), caption=caption)
            elif "://" in target:
                yield NavigationItem("", title or target, url=target, caption=caption)
            else:
                continue
            caption = ""


def navigation_of(shared: Shared, docname: str, home: str | None = None) -> Navigation:
    """The navigation of one page.

    Args:
        shared: what all pages share.
        docname: the page.
        home: the landing page of the page's lesson, which then is the section that it shows.
    """
    env, parents = shared.env, shared.parents
    root = env.config.root_doc
    path = path_to(parents, docname)
    if home is not None and home not in path:
        path = [*path_to(parents, home), docname]
    on_path = set(path)
    sections = tuple(
        NavigationItem(
            child, shared.title(child), is_current=child == docname, is_open=child in on_path
        )
        for child in env.toctree_includes.get(root, ())
        if child in env.titles
    )
    section = home or (path[1] if len(path) > 1 and path[0] == root else None)
    above = [each for each in path[:-1] if each in env.titles]
    return Navigation(
        sections,
        _opened(shared, section, docname, on_path) if section else None,
        tuple(NavigationItem(each, shared.title(each)) for each in above),
    )


def path_to(parents: Mapping[str, str], docname: str) -> list[str]:
    """The pages from the topmost one above a page down to it."""
    path = [docname]
    while path[0] in parents and parents[path[0]] not in path:
        path.insert(0, parents[path[0]])
    return path


def parents_of(env: BuildEnvironment) -> dict[str, str]:
    """The page whose toctree names each page; the first one in the order of names."""
    parents: dict[str, str] = {}
    for parent in sorted(env.toctree_includes):
        for child in env.toctree_includes[parent]:
            parents.setdefault(child, parent)
    return parents


def _opened(
    shared: Shared, docname: str, current: str, on_path: set[str], caption: str = ""
) -> NavigationItem:
    trees = shared.trees(docname)
    open_trees = (listed for toctree, listed in trees if not _is_folded(toctree, on_path))
    shown = _window([child for listed in open_trees for child in listed], on_path)
    return NavigationItem(
        docname,
        shared.title(docname),
        caption=caption,
        is_current=docname == current,
        is_open=docname in on_path,
        children=tuple(
            _opened(shared, child.docname, current, on_path - {docname}, child.caption)
            if child.docname in on_path and child.docname != docname
            else child
            for child in shown
        ),
        left_out=sum(len(listed) for _, listed in trees) - len(shown),
    )


def _is_folded(toctree: addnodes.toctree, on_path: set[str]) -> bool:
    """Whether a toctree asks to be shown only around its own pages, and the page is none."""
    targets = (target for _, target in toctree["entries"])
    return bool(toctree.get("folded")) and on_path.isdisjoint(targets)


def _window(children: list[NavigationItem], on_path: set[str]) -> list[NavigationItem]:
    if len(children) <= MOST_SIBLINGS:
        return children
    at = next((index for index, child in enumerate(children) if child.docname in on_path), 0)
    start = min(max(at - MOST_SIBLINGS // 2, 0), len(children) - MOST_SIBLINGS)
    return children[start : start + MOST_SIBLINGS]


def setup_navigation(app: Sphinx) -> None:
    """Give templates the navigation."""
    app.connect("env-updated", _forget)
    app.connect("html-page-context", _add_to_context)


def navigation_digests(env: BuildEnvironment) -> dict[str, str]:
    """A digest of each page's navigation, with its neighbours' titles."""
    shared = _shared(env)
    found = {}
    for docname in env.all_docs:
        home, reading = _lesson_of(env, docname)
        neighbours = shared.neighbours(docname, reading)
        titles = [shared.title(each) if each else "" for each in neighbours]
        navigation = navigation_of(shared, docname, home)
        listed = _listed(env, docname)
        shown = repr((navigation, neighbours, titles, reading, listed))
        found[docname] = hashlib.sha256(shown.encode()).hexdigest()[:16]
    return found


def _listed(env: BuildEnvironment, docname: str) -> list[str | int]:
    """What the numbers of a page's exercises, and its lists, depend on in other pages."""
    domain = domain_of(env)
    lessons = (domain.portal.registry.get(Lesson, key) for key in domain.lists.get(docname, ()))
    digests: list[str | int] = [material_digest(env, lesson) for lesson in lessons if lesson]
    lesson = lesson_at(env, docname)
    return [*digests, exercises_before(env, lesson, docname)] if lesson else digests


def _lesson_of(env: BuildEnvironment, docname: str) -> tuple[str | None, Reading | None]:
    lesson = lesson_at(env, docname)
    return (lesson.docname, reading_of(env, lesson, docname)) if lesson else (None, None)


def _shared(env: BuildEnvironment) -> Shared:
    # Kept on the builder, not in the environment: pages are written when all have been read.
    builder: Any = env.app.builder
    if getattr(builder, "guildhall_shared", None) is None:
        builder.guildhall_shared = Shared(env)
    shared: Shared = builder.guildhall_shared
    return shared


def _forget(app: Sphinx, env: BuildEnvironment) -> None:
    setattr(app.builder, "guildhall_shared", None)  # noqa: B010


def _add_to_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    shared = _shared(app.env)
    home, reading = _lesson_of(app.env, pagename)
    context["gh_navigation"] = navigation_of(shared, pagename, home)
    context["gh_reading"] = reading
    previous, following = shared.neighbours(pagename, reading)
    # Sphinx joins every page to the next one of the whole tree; themes take either of the two.
    related = [each for each in context.get("rellinks", ()) if each[2] not in _KEYS.values()]
    said = get_translation("sphinx")
    for name, docname, words in (("next", following, "next"), ("prev", previous, "previous")):
        link = context[name] = _link(app, context, docname)
        if link:
            related.append((docname, link["title"], _KEYS[name], said(words)))
    context["rellinks"] = related


def _link(app: Sphinx, context: dict[str, Any], docname: str | None) -> dict[str, str] | None:
    if docname is None:
        return None
    builder = cast("StandaloneHTMLBuilder", app.builder)
    title = builder.render_partial(app.env.titles[docname])["title"]
    return {"link": context["pathto"](docname), "title": title}
