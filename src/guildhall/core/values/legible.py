"""Text of others in messages: nothing that a terminal acts on, and nothing that reads otherwise.

Escape sequences move the cursor and rename windows; controls of writing direction (Unicode's UAX 9)
let a line read in another order than it stands; and an address may hold a password.
"""

from __future__ import annotations

import re
import unicodedata

from guildhall.core.values.characters import unseen

_USER = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<user>[^/?#\s`'\"<>]*)@")
HIDDEN = "\N{REPLACEMENT CHARACTER}"
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Controls that change the order in which text is read."""
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
"""Those that no text needs where isolates do as well, as Unicode advises."""
_NO_DIRECTIONS = dict.fromkeys(map(ord, DIRECTIONS))


def legible(text: str, kept: str = "") -> str:
    """A text with a sign in the place of each character that is a command, or hides.

    Args:
        text: the text.
        kept: control characters that stay, such as line breaks.
    """
    if text.isascii() and text.isprintable():
        return text
    hidden = unseen(text)
    return "".join(
        char if char in kept else HIDDEN if at in hidden else _shown(char)
        for at, char in enumerate(text)
    )


def without_passwords(text: str) -> str:
    """A text in which addresses name no user with a password, and no user of a website."""
    return _USER.sub(_without_user, text) if "@" in text else text


def without_directions(text: str) -> str:
    """A text without the controls that change the order in which it is read."""
    return text if text.isascii() else text.translate(_NO_DIRECTIONS)


def _without_user(found: re.Match[str]) -> str:
    is_name = ":" not in found["user"] and not found["scheme"].lower().startswith("http")
    return found[0] if is_name else f"{found['scheme']}://…@"


def _shown(char: str) -> str:
    return " " if unicodedata.category(char) == "Zs" else char
