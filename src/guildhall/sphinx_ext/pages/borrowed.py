"""What pages show that isn't their own: titles, captions and numbers of others, names of pictures,
tables of contents, the templates of their parts.

When a page is read, the names that it refers to are noted. When all pages are read, a digest is
made of what these names stand for now, so that pages can be written again without being read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import docname_join

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.content.pictures import pictures_of
from guildhall.sphinx_ext.portal.domain import NAME, domain_of
from guildhall.sphinx_ext.portal.reading_order import reading_order

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

PAGE = "page "
"""What the names of whole pages begin with."""
_ALL = "all of "
"""What the name of a domain begins with that keeps more than names."""
_SEPARATORS = re.compile(r"[/:.#]")
_SPLIT = re.compile(r"[/:.#,\s]+")
_NOT_SHOWN = frozenset({NAME, "index", "changeset"})
"""Domains that no reference leads into; Guildhall's own is looked at apart."""
_COUNTS = frozenset({"citation_refs", "has_equations"})
"""Tables that tell who refers to what, which no page shows."""


def last_part(name: str) -> str:
    """What a name comes down to, however much of its path is written before it."""
    return " ".join(_SEPARATORS.split(name.lower().rstrip("/"))[-1].split())


def note_names(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page refers to."""
    env = app.env
    found: set[str] = set()
    for node in doctree.findall(pending_xref):
        found.update(_names_in(env, node))
    if found:
        domain_of(env).names[env.docname] = tuple(sorted(found))


def _names_in(env: BuildEnvironment, node: pending_xref) -> Iterator[str]:
    target, anchor = str(node.get("reftarget") or ""), str(node.get("reftargetid") or "")
    page = node.get("refdoc") or env.docname
    domain: Any = env.domains.standard_domain
    for reading in domain.documents_meant(target, page):
        docname = docname_join(page, reading)
        yield PAGE + docname
        # With an ending it is no page's name yet, but MyST makes one of it where there is the page.
        yield PAGE + docname.rpartition(".")[0]
        yield f"{PAGE}{docname}#{anchor}"
    for part in (target, anchor, *target.split(","), *_SPLIT.split(target)):
        if part:
            yield last_part(part)
    yield _ALL + str(node.get("refdomain") or "")


class Offered:
    """What all names of a portal stand for.

    Args:
        env: the environment, with all pages read.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        self._found: dict[str, list[str]] = {}
        for domain in env.domains.sorted():
            if domain.name not in _NOT_SHOWN:
                self._add_domain(domain.name, domain.data)
        for docname, kind, key, label in domain_of(env).labelled():
            self._add(last_part(key), (NAME, docname, kind, key, label))
        self._add_pages()

    def digest(self, names: Iterable[str]) -> str:
        """A digest of what some names stand for."""
        return _hash([(name, sorted(self._found.get(name, ()))) for name in names])

    def _add(self, name: str, value: object) -> None:
        self._found.setdefault(name, []).append(repr(value))

    def _add_domain(self, domain: str, data: Mapping[str, Any]) -> None:
        for table, names in data.items():
            if table in _COUNTS or table == "version":
                continue
            if not isinstance(names, dict):
                self._add(_ALL + domain, (table, _plain(names)))
                continue
            for key, value in names.items():
                name = last_part(str(key[-1] if isinstance(key, tuple) and key else key))
                self._add(name, (domain, table, key, _plain(value), self._number(value)))

    def _number(self, value: Any) -> object:
        """The number that a label is shown with."""
        docname, name = value[:2] if isinstance(value, tuple) and len(value) > 1 else (None, None)
        if not isinstance(docname, str) or not isinstance(name, str):
            return None
        sections = self._env.toc_secnumbers.get(docname, {})
        figures = self._env.toc_fignumbers.get(docname, {})
        return (
            sections.get(f"#{name}", sections.get("") if not name else None),
            [(kind, numbers[name]) for kind, numbers in sorted(figures.items()) if name in numbers],
        )

    def _add_pages(self) -> None:
        env = self._env
        for docname, title in env.titles.items():
            long = env.longtitles.get(docname, title)
            numbers = env.toc_secnumbers.get(docname, {}).get("")
            self._add(PAGE + docname, (title.pformat(), long.pformat(), numbers))
            for slug, (_, name, text) in (
                env.metadata.get(docname, {}).get("myst_slugs", {}).items()
            ):
                for each in {slug, name}:
                    self._add(f"{PAGE}{docname}#{each}", (slug, name, text))


def _plain(value: Any) -> str:
    """A value as text that is the same in every process."""
    if isinstance(value, set | frozenset):
        return repr(sorted(map(_plain, value)))
    if isinstance(value, dict):
        return repr(sorted((_plain(key), _plain(each)) for key, each in value.items()))
    if isinstance(value, list | tuple):
        return repr([_plain(each) for each in value])
    if isinstance(value, nodes.Node):
        return value.pformat()
    text = repr(value)
    return type(value).__qualname__ if " at 0x" in text else text


def _contents(env: BuildEnvironment) -> Callable[[str], str]:
    """Gives a digest of a page's table of contents, with all that stands below it."""
    own = domain_of(env).contents

    @cache
    def digest(docname: str) -> str:
        below = [(child, digest(child)) for child in env.toctree_includes.get(docname, ())]
        return _hash((own.get(docname), env.toc_secnumbers.get(docname), below))

    return digest


def note_contents(app: Sphinx, doctree: nodes.document) -> None:
    """Note a digest of what tables of contents of other pages may show of a page."""
    env = app.env
    if env.docname in env.tocs:
        domain_of(env).contents[env.docname] = _hash(env.tocs[env.docname].pformat())


def borrowed_digests(
    env: BuildEnvironment, digests_of: Callable[[Iterable[str]], tuple[str, ...]]
) -> dict[str, str]:
    """A digest of what each page shows of others, also through copies of other pages' parts.

    Args:
        env: the environment, with all pages read.
        digests_of: gives digests of templates.
    """
    domain, offered, contents = domain_of(env), Offered(env), _contents(env)
    pictures = pictures_of(env).by_document()
    own = {
        docname: _hash(
            (
                offered.digest(domain.names.get(docname, ())),
                pictures.get(docname),
                digests_of(domain.templates.get(docname, ())),
            )
        )
        for docname in env.all_docs
    }
    found = {}
    for docname in env.all_docs:
        lessons = sorted(domain.lists.get(docname, ()))
        copied = [own.get(each) for key in lessons for each in _pages_of(env, key)]
        listed = contents(docname) if docname in env.toctree_includes else None
        found[docname] = _hash((own[docname], copied, listed))
    return found


def _pages_of(env: BuildEnvironment, key: str) -> list[str]:
    lesson = domain_of(env).portal.registry.get(Lesson, key)
    return reading_order(env, lesson) if lesson else []


def _hash(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode(errors="replace")).hexdigest()[:16]


def _missed(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Pages that name a page which is new, or gone: what becomes of the name shows when read."""
    others = added | removed
    if not others:
        return []
    meant = {PAGE + docname for docname in others}
    naming = {
        docname for docname, names in domain_of(env).names.items() if not meant.isdisjoint(names)
    }
    listing = {
        docname
        for docname, children in env.toctree_includes.items()
        if not others.isdisjoint(children)
    }
    return sorted(naming | listing)


def setup_borrowed(app: Sphinx) -> None:
    """Note what pages refer to."""
    app.connect("env-get-outdated", _missed)
    # After Sphinx's own collectors.
    app.connect("doctree-read", note_names, priority=900)
    app.connect("doctree-read", note_contents, priority=900)
