"""Words that Guildhall itself writes on pages, in the language of the page.

A lesson may be in another language than the portal, so Sphinx's one language a build is not enough:
the same catalogues are asked for each page's language. They are gettext's own text files, and read
as they are, so a translator needs no further tool.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).with_name("locale")

# Languages whose words are kept under another tag: Norwegian without a word on which is bokmål.
_KEPT_AS = {"no": "nb"}


def word(language: str, text: str) -> str:
    """A word or sentence in a language; as it stands where there is no translation.

    Args:
        language: a BCP 47 tag, such as ``nb-NO``; where there is no catalogue for the whole tag,
            its language alone will do, and ``no`` is read as ``nb``.
        text: the word in English.
    """
    return _catalogue(language).get(text, text)


def languages() -> tuple[str, ...]:
    """The languages that there are catalogues for."""
    return tuple(sorted(path.stem for path in LOCALES.glob("*.po")))


@cache
def _catalogue(language: str) -> dict[str, str]:
    base = language.partition("-")[0]
    for tag in (language, base, _KEPT_AS.get(base, base)):
        path = LOCALES / f"{tag}.po"
        # A tag is checked where it is read; it still must not name a file elsewhere.
        if path.parent == LOCALES and path.is_file():
            with path.open("rb") as file:
                return {
                    str(message.id): str(message.string)
                    for message in read_po(file)
                    if message.id and message.string and not message.fuzzy
                }
    return {}
