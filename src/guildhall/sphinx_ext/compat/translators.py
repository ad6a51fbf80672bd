"""The words that Sphinx says on pages, such as ``Fig. 1`` and the labels of its links.

Why: Sphinx has the words of one language for the whole project, and no hook for a page's.

Without it: a Norwegian lesson in an English portal has English captions.
"""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

import sphinx.locale

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_GENERAL = ("general", "sphinx")


def has_words(app: Sphinx) -> bool:
    """Whether Sphinx has found words of the project's language."""
    return type(app.translator) is not gettext.NullTranslations


def set_words(app: Sphinx, words: gettext.NullTranslations) -> None:
    """Give the project its words."""
    app.translator = words
    speak(words)


def speak(words: gettext.NullTranslations) -> None:
    """Have Sphinx say these words from now on."""
    sphinx.locale.translators[_GENERAL] = words
