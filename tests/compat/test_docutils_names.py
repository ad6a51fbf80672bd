"""docutils' tables of directives and roles."""

from __future__ import annotations

from typing import Any

import pytest
from docutils.core import publish_doctree
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.directives.admonitions import Note

from guildhall.sphinx_ext.compat.docutils_names import directive_table, role_table


def messages(text: str) -> str:
    settings = {"report_level": 1, "warning_stream": False}
    return publish_doctree(text, settings_overrides=settings).pformat()


def role(*arguments: Any, **options: Any) -> tuple[list[Any], list[Any]]:
    return [], []


@pytest.mark.parametrize("text", [".. compatnote:: Text", ":compatrole:`text`"])
def test_what_is_registered_is_there_until_it_is_taken_out(text: str):
    directives.register_directive("compatnote", Note)
    roles.register_local_role("compatrole", role)
    assert directive_table()["compatnote"] is Note
    assert role_table()["compatrole"] is role
    assert "Unknown" not in messages(text)
    del directive_table()["compatnote"], role_table()["compatrole"]
    assert "Unknown" in messages(text)


def test_what_a_page_declares_is_there():
    messages(".. role:: compatdeclared\n")
    assert role_table().pop("compatdeclared")
