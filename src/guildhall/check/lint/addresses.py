"""Addresses that lead to a page of the portal itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.outline import Outline


@dataclass(frozen=True)
class Addresses:
    """Where the pages of a portal are published.

    Args:
        roots: for each address that pages are published below, without scheme and last slash, the
            document name that theirs begin with.
        documents: the document names of all pages that are known.
        lessons: the lessons by the beginning of their document names.
    """

    roots: Mapping[str, str] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    lessons: Mapping[str, Lesson] = field(default_factory=dict)

    def page(self, address: str) -> str | None:
        """The document that an address leads to, where it is one of the portal."""
        if not address.startswith(("http://", "https://")):
            return None
        bare = _bare(address.partition("#")[0].partition("?")[0])
        for published, root in self.roots.items():
            if bare == published or bare.startswith(f"{published}/"):
                name = bare[len(published) :].strip("/").removesuffix(".html")
                candidates = (f"{root}{name}", f"{root}{name}/index", f"{root}index")
                for candidate in candidates[: None if not name else 2]:
                    if candidate in self.documents:
                        return candidate
        return None


def addresses_of(
    outlines: Iterable[Outline], base_url: str | None = None, documents: Iterable[str] = ()
) -> Addresses:
    """Where the pages of a portal and of its lessons are published.

    A lesson of which the portal holds no pages is still read on its own site, so links to that are
    right.

    Args:
        outlines: the outlines of all lessons.
        base_url: where the portal is published.
        documents: document names of pages that are no lesson's.
    """
    roots: dict[str, str] = {}
    known = set(documents)
    lessons = {}
    for outline in outlines:
        lesson = outline.lesson
        known.add(lesson.docname)
        known |= {page.docname for page in (*outline.pages, *outline.unlisted)}
        lessons[lesson.root] = lesson
        if lesson.url and (outline.pages or outline.unlisted):
            roots[_bare(lesson.url)] = lesson.root
    if base_url:
        roots[_bare(base_url)] = ""
    return Addresses(roots, frozenset(known), lessons)


def _bare(address: str) -> str:
    return address.partition("://")[2].rstrip("/")
