"""docutils' tables of directives and roles, which it keeps for the whole process.

Why: docutils can register a directive or a role, and neither list nor forget any.

Without it: what one lesson asks for, and each role that a page declares, is there on every page
that is read later; also on foreign ones.
"""

from __future__ import annotations

from typing import Any

from docutils.parsers.rst import directives, roles


def directive_table() -> dict[str, Any]:
    """The directives by name; a change of the dictionary is one for all pages read after it."""
    table: dict[str, Any] = directives._directives  # type: ignore[attr-defined]
    return table


def role_table() -> dict[str, Any]:
    """The roles by name, those that pages declare among them; a change of it counts too."""
    table: dict[str, Any] = roles._roles  # type: ignore[attr-defined]
    return table
