"""Addresses for editing and reporting, by the place where source is kept."""

from __future__ import annotations

import pytest

from guildhall.core import forges


@pytest.mark.parametrize(
    ("repository", "edit", "tree", "issue"),
    [
        (
            "https://github.com/o/r.git",
            "https://github.com/o/r/edit/main/a%20b.md",
            "https://github.com/o/r/tree/v1%231",
            "https://github.com/o/r/issues/new?title=T&body=B",
        ),
        (
            "git@gitlab.example.org:o/r.git",
            "https://gitlab.example.org/o/r/-/edit/main/a%20b.md",
            "https://gitlab.example.org/o/r/-/tree/v1%231",
            "https://gitlab.example.org/o/r/-/issues/new?issue%5Btitle%5D=T&issue%5Bdescription%5D=B",
        ),
        (
            "https://codeberg.org/o/r/",
            "https://codeberg.org/o/r/_edit/main/a%20b.md",
            "https://codeberg.org/o/r/src/v1%231",
            "https://codeberg.org/o/r/issues/new?title=T&body=B",
        ),
        (
            "https://bitbucket.org/o/r",
            "https://bitbucket.org/o/r/src/main/a%20b.md?mode=edit",
            "https://bitbucket.org/o/r/src/v1%231",
            "https://bitbucket.org/o/r/issues/new?title=T",
        ),
        ("https://git.example.org/o/r", None, None, None),
        ("file:///srv/git/r", None, None, None),
    ],
)
def test_addresses(repository: str, edit: str | None, tree: str | None, issue: str | None):
    assert forges.tree_address(repository, "v1#1") == tree
    assert forges.edit_address(repository, "main", "a b.md") == edit
    assert forges.issue_address(repository, "T", "B") == issue


def test_the_forms_in_which_git_takes_a_repository_have_one_web_address():
    forms = ("https://h/o/r", "https://h/o/r.git", "git@h:o/r.git", "ssh://git@h/o/r.git")
    assert {forges.web_address(form) for form in forms} == {"https://h/o/r"}
