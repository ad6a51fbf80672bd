"""How many there are of something, in English."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things: ``1 finding``, ``2 findings``, ``3 entries``, ``1,400 addresses``.

    Args:
        number: how many.
        one: the words for one; may be empty.
        many: the words for more; by default the regular plural.
    """
    words = one if number == 1 else many or _plural(one)
    return f"{number:,} {words}".rstrip()


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeou":
        return f"{noun[:-1]}ies"
    if noun.endswith(("s", "x", "ch")):
        return f"{noun}es"
    return f"{noun}s" if noun else ""
