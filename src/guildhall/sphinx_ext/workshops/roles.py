"""What people do, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from babel.lists import format_list

from guildhall.core.values.format import locale_of
from guildhall.core.words import word
from guildhall.model.records.vocabularies import ROLE, words_of
from guildhall.model.settings.portal import Settings
from guildhall.sphinx_ext.rendering.labels import term


def listed(names: Sequence[str], language: str) -> str:
    """Names as a list in a sentence."""
    return str(format_list(list(names), locale=locale_of(language)))


def roles_in_order(roles: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """Roles at workshops in the order of the portal's list of them."""
    found = set(roles)
    return tuple(role for role in words_of(settings, ROLE) if role in found)


def roles_in_words(roles: Iterable[str], settings: Settings) -> str:
    """Roles at workshops as a list in a sentence."""
    language = settings.language
    names = [term(language, ROLE, role, settings) for role in roles_in_order(roles, settings)]
    return listed(names, language)


def writing_role(language: str, role: str) -> str:
    """What one person did for a lesson."""
    return {
        "author": word(language, "Author"),
        "editor": word(language, "Editor"),
        "contributor": word(language, "Contributor"),
        "maintainer": word(language, "Maintainer"),
        "reviewer": word(language, "Reviewer"),
        "translator": word(language, "Translator"),
    }[role]


def writing_roles_in_words(roles: Sequence[str], language: str) -> str:
    """All that one person did for a lesson, as a list in a sentence."""
    return listed([writing_role(language, role) for role in roles], language)
