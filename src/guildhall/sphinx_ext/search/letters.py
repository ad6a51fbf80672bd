"""All pages from A to Z: what can be found without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from guildhall.core.words import word
from guildhall.sphinx_ext.pages.generated import Memory
from guildhall.sphinx_ext.search.pages import Found
from guildhall.sphinx_ext.search.words import fold

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

NAME = "a-z"
"""The page's name; where pages are many, each letter has one below it."""

ON_ONE_PAGE = 1000
"""More pages than these are parted by letters."""

_DIGITS = "0-9"


def letter_pages(app: Sphinx, found: Iterable[Found]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Name, context and template of the page, and of those of letters.

    Args:
        app: the application.
        found: the pages that can be found.
    """
    if NAME in app.env.all_docs:
        # The portal has such a page of its own.
        return
    letters: dict[str, list[Found]] = {}
    for page in sorted(found, key=_by_title):
        letters.setdefault(_letter(page), []).append(page)
    are_apart = sum(map(len, letters.values())) > ON_ONE_PAGE
    names = {letter: f"{NAME}/{_in_name(letter)}" for letter in letters} if are_apart else {}
    shown = {name: [letter] for letter, name in names.items()}
    shown[NAME] = [] if are_apart else list(letters)
    title = word(str(app.config.language or "en"), "All pages from A to Z")
    memory = Memory(cast("StandaloneHTMLBuilder", app.builder), NAME)
    for name, some in shown.items():
        # They are few and made quickly, so all are written; those that are gone are deleted.
        memory.must_write(name, "")
        letter = "" if name == NAME else some[0]
        context = {
            "title": f"{title}: {letter}" if letter else title,
            "parents": [],
            "gh_letters": list(letters),
            "gh_letter": letter,
            "gh_letter_pages": names,
            "gh_found": {letter: _entries(letters[letter]) for letter in some},
        }
        yield name, context, "a-z.html"
    memory.keep()


def _entries(pages: Sequence[Found]) -> list[dict[str, str]]:
    return [
        {
            "docname": page.docname,
            "title": page.title,
            "where": " · ".join(filter(None, (page.apart, *page.trail))),
        }
        for page in pages
    ]


def _by_title(page: Found) -> tuple[bool, str, str]:
    return _letter(page) == _DIGITS, fold(page.title), page.docname


def _letter(page: Found) -> str:
    """The letter that a title stands under: its first one, without marks."""
    for sign in fold(page.title):
        if sign.isdigit():
            return _DIGITS
        if sign.isalpha():
            return sign.upper()
    return _DIGITS


def _in_name(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    return "".join(f"_{ord(sign):x}" for sign in letter.lower())
