"""Navigation from plain data: its cost on a page doesn't grow with the portal.

Sphinx's own ``toctree()`` copies and resolves a tree of every page for each page, so a site's
navigation costs the square of its pages. Here the path from the root to the page is opened, and
nothing else, from the titles and the document names that the environment has anyway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sphinx import addnodes

from guildhall.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.lessons.material import exercises_before, material_digest
from guildhall.sphinx_ext.lessons.reading import Reading, reading_of
from guildhall.sphinx_ext.lessons.scope import lesson_at

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

MOST_SIBLINGS = 40
"""More entries than these on one level are cut to the ones around the page."""


@dataclass(frozen=True, slots=True)
class Entry:
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
    children: tuple[Entry, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Navigation:
    """What a page's navigation shows.

    Args:
        sections: the portal's main sections.
        section: the section of the page, opened down to it; None on the home page.
        breadcrumbs: the pages above this one, from the root.
    """

    sections: tuple[Entry, ...]
    section: Entry | None
    breadcrumbs: tuple[Entry, ...]


def navigation_of(
    env: BuildEnvironment, docname: str, parents: Mapping[str, str], home: str | None = None
) -> Navigation:
    """The navigation of one page.

    Args:
        env: the environment.
        docname: the page.
        parents: see :func:`parents_of`; computed once for all pages.
        home: the landing page of the page's lesson, which then is the section that it shows.
    """
    root = env.config.root_doc
    path = _path_to(parents, docname)
    if home is not None and home not in path:
        path = [*_path_to(parents, home), docname]
    on_path = set(path)
    sections = tuple(
        Entry(child, _title(env, child), is_current=child == docname, is_open=child in on_path)
        for child in env.toctree_includes.get(root, ())
        if child in env.titles
    )
    section = home or (path[1] if len(path) > 1 and path[0] == root else None)
    above = [each for each in path[:-1] if each in env.titles]
    return Navigation(
        sections,
        _opened(env, section, docname, on_path) if section else None,
        tuple(Entry(each, _title(env, each)) for each in above),
    )


def _path_to(parents: Mapping[str, str], docname: str) -> list[str]:
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
    env: BuildEnvironment, docname: str, current: str, on_path: set[str], caption: str = ""
) -> Entry:
    trees = [
        (toctree, list(_children(env, toctree)))
        for toctree in env.tocs[docname].findall(addnodes.toctree)
    ]
    open_trees = (listed for toctree, listed in trees if not _is_folded(toctree, on_path))
    unfolded = [child for listed in open_trees for child in listed]
    shown = _window(unfolded, on_path)
    return Entry(
        docname,
        _title(env, docname),
        caption=caption,
        is_current=docname == current,
        is_open=docname in on_path,
        children=tuple(
            _opened(env, child.docname, current, on_path - {docname}, child.caption)
            if child.docname in on_path and child.docname != docname
            else child
            for child in shown
        ),
        left_out=sum(len(listed) for _, listed in trees) - len(shown),
    )


def _children(env: BuildEnvironment, toctree: addnodes.toctree) -> Iterator[Entry]:
    """What a toctree lists, with its caption and the titles that it gives."""
    caption = toctree.get("caption") or ""
    for title, target in toctree["entries"]:
        if target in env.titles:
            yield Entry(target, title or _title(env, target), caption=caption)
        elif "://" in target:
            yield Entry("", title or target, url=target, caption=caption)
        else:
            continue
        caption = ""


def _is_folded(toctree: addnodes.toctree, on_path: set[str]) -> bool:
    """Whether a toctree asks to be shown only around its own pages, and the page is none."""
    targets = (target for _, target in toctree["entries"])
    return bool(toctree.get("folded")) and on_path.isdisjoint(targets)


def _window(children: list[Entry], on_path: set[str]) -> list[Entry]:
    if len(children) <= MOST_SIBLINGS:
        return children
    at = next((index for index, child in enumerate(children) if child.docname in on_path), 0)
    start = min(max(at - MOST_SIBLINGS // 2, 0), len(children) - MOST_SIBLINGS)
    return children[start : start + MOST_SIBLINGS]


def _title(env: BuildEnvironment, docname: str) -> str:
    """A page's title; a lesson's landing page goes by the record's, which is shorter."""
    lesson = lesson_at(env, docname)
    if lesson is not None and lesson.docname == docname:
        return lesson.title
    return env.titles[docname].astext()


def setup_navigation(app: Sphinx) -> None:
    """Give templates the navigation, and rewrite the pages whose navigation changed."""
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _changed_pages)
    app.connect("html-page-context", _add_to_context)


def _prints(env: BuildEnvironment) -> dict[str, str]:
    if not hasattr(env, "guildhall_navigation"):
        env.guildhall_navigation = {}  # type: ignore[attr-defined]
    return env.guildhall_navigation  # type: ignore[no-any-return,attr-defined]


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _prints(env).pop(docname, None)


def _merge(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    read = set(docnames)
    _prints(env).update({name: digest for name, digest in _prints(other).items() if name in read})


def _changed_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose navigation, or whose neighbours' titles, differ from the last build's."""
    relations = env.collect_relations()
    parents = parents_of(env)
    before = dict(_prints(env))
    now = {}
    for docname in env.all_docs:
        _parent, previous, following = relations.get(docname, [None, None, None])
        neighbours = [_title(env, each) if each else "" for each in (previous, following)]
        home, reading = _lesson_of(env, docname)
        navigation = navigation_of(env, docname, parents, home)
        listed = _listed(env, docname)
        shown = repr((navigation, previous, following, neighbours, reading, listed))
        now[docname] = hashlib.sha256(shown.encode()).hexdigest()[:16]
    prints = _prints(env)
    prints.clear()
    prints.update(now)
    return sorted(docname for docname, digest in now.items() if before.get(docname) != digest)


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


def _parents_for(app: Sphinx) -> Mapping[str, str]:
    # Kept on the builder, not in the environment: pages are written when all have been read.
    builder: Any = app.builder
    if not hasattr(builder, "guildhall_parents"):
        builder.guildhall_parents = parents_of(app.env)
    parents: Mapping[str, str] = builder.guildhall_parents
    return parents


def _add_to_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    home, reading = _lesson_of(app.env, pagename)
    context["gh_navigation"] = navigation_of(app.env, pagename, _parents_for(app), home)
    context["gh_reading"] = reading
    if reading is not None:
        for name, neighbour in (("prev", reading.previous), ("next", reading.following)):
            context[name] = _link(app, context, neighbour)


def _link(app: Sphinx, context: dict[str, Any], docname: str | None) -> dict[str, str] | None:
    if docname is None:
        return None
    builder = cast("StandaloneHTMLBuilder", app.builder)
    title = builder.render_partial(app.env.titles[docname])["title"]
    return {"link": context["pathto"](docname), "title": title}
