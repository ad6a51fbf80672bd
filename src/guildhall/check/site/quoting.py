"""How addresses and names of files are shown in messages."""

from __future__ import annotations

from guildhall.core.values.legible import legible, without_passwords

_LONGEST = 200


def quote(text: str) -> str:
    """An address in backticks, on one line and without control characters.

    It is kept longer than other values, because its end tells most.
    """
    shown = legible(without_passwords(text))
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST // 2]}…{shown[-_LONGEST // 2 :]}"
    return f"`{shown.replace('`', '%60')}`"
