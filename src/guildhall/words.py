"""Words that Guildhall itself writes on pages, in the language of the page.

A lesson may be in another language than the portal, so Sphinx's one language a build is not enough:
the same catalogues are asked for each page's language.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

CATALOGUE = "guildhall"
LOCALES = Path(__file__).with_name("locale")


def word(language: str, text: str) -> str:
    """A word or sentence in a language; as it stands where there is no translation.

    Args:
        language: a BCP 47 tag, such as ``nb-NO``; its language alone will do.
        text: the word in English.
    """
    return _catalogue(language).gettext(text)


def words_of(language: str) -> gettext.NullTranslations:
    """The whole catalogue of a language, for templates."""
    return _catalogue(language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    tag = language.replace("-", "_")
    names = [tag, tag.partition("_")[0]]
    return gettext.translation(CATALOGUE, LOCALES, names, fallback=True)
