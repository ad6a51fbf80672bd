"""Which lines a change touches, and which findings it brought."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.differences.lines import WHOLE, Changed, brought, changed_lines
from guildhall.core.findings.finding import Finding

from .conftest import Make
from .repositories import Repository, git

TEN = "".join(f"line {number}\n" for number in range(1, 11))


@pytest.fixture
def portal(make: Make) -> Repository:
    return make({"a.md": TEN, "b.md": TEN.replace("line", "other"), "gone.md": "x\n"}, only=True)


def test_lines_are_those_of_the_present_file(portal: Repository):
    portal.change("a.md", "line 2\n", "")
    portal.change("a.md", "line 5\nline 6\n", "five\nsix\nseven\n")
    portal.change("a.md", "line 10\n", "line 10\nlast")
    (portal.root / "gone.md").unlink()
    found = changed_lines(portal.root, "main")
    assert found.lines == {"a.md": (range(1, 2), range(4, 7), range(11, 12))}
    assert found.gone == {"gone.md"}
    assert [line for line in range(1, 12) if found.touches("a.md", line)] == [1, 4, 5, 6, 11]
    assert found.touches("a.md", 0)
    assert not found.touches("b.md", 0)


def test_text_that_looks_like_a_patch_is_text(portal: Repository):
    portal.change("a.md", "line 5\n", "++ b/b.md\n@@ -1 +1 @@\ndiff --git a/b.md b/b.md\n-- a/x\n")
    assert changed_lines(portal.root, "main").lines == {"a.md": (range(5, 9),)}


def test_files_that_git_does_not_know_are_wholly_new(portal: Repository):
    portal.write({"new/page.md": "# New\n", ".gitignore": "build/\n", "build/x.html": "x"})
    git(portal.root, "init", "-q", "nested")
    found = changed_lines(portal.root, "main").lines
    assert found == {".gitignore": (WHOLE,), "new/page.md": (WHOLE,)}


def test_renames_are_followed(portal: Repository):
    (portal.root / "a.md").rename(portal.root / "moved.md")
    portal.change("moved.md", "line 3\n", "three\n")
    (portal.root / "b.md").rename(portal.root / "same.md")
    portal.commit()
    found = changed_lines(portal.root, "HEAD~1")
    assert found.renamed == {"moved.md": "a.md", "same.md": "b.md"}
    assert found.lines == {"moved.md": (range(3, 4),), "same.md": ()}
    assert found.gone == frozenset()


@pytest.mark.parametrize(
    "name",
    ["å ö.md", 'with "quotes".md', "tab\there.md", "back\\slash.md", "line\nbreak.md", " b/a.md"],
)
def test_names_that_git_quotes(portal: Repository, name: str):
    portal.write({name: "one\ntwo\n"})
    portal.commit()
    portal.change(name, "two", "zwei")
    assert changed_lines(portal.root, "HEAD").lines == {name: (range(2, 3),)}


def test_binary_files_and_modes(portal: Repository):
    (portal.root / "x.png").write_bytes(b"\0\1\2")
    portal.commit()
    (portal.root / "x.png").write_bytes(b"\0\1\3")
    (portal.root / "a.md").chmod(0o755)
    found = changed_lines(portal.root, "HEAD").lines
    assert found["x.png"] == (WHOLE,)


@pytest.mark.parametrize(
    "setting", ["diff.noprefix=true", "diff.mnemonicPrefix=true", "diff.interHunkContext=9",
                "color.ui=always", "diff.external=false", "diff.renames=false"]
)  # fmt: skip
def test_nobodys_own_settings_change_what_is_read(portal: Repository, setting: str):
    git(portal.root, "config", *setting.split("="))
    portal.change("a.md", "line 2\n", "two\n")
    portal.change("a.md", "line 5\n", "five\n")
    assert changed_lines(portal.root, "main").lines == {"a.md": (range(2, 3), range(5, 6))}


def test_two_commits(portal: Repository):
    portal.change("a.md", "line 2\n", "two\n")
    portal.commit()
    portal.change("a.md", "line 9\n", "nine\n")
    portal.write({"new.md": "x\n"})
    assert changed_lines(portal.root, "HEAD~1", "HEAD").lines == {"a.md": (range(2, 3),)}


def finding(path: str, line: int, message: str = "broken", target: str = "") -> Finding:
    return Finding(path, line, 1, "links.missing-page", message, target=target)


CHANGED = Changed({"a.md": (range(5, 7),), "new.md": ()}, {"new.md": "old.md"})


@pytest.mark.parametrize(
    ("now", "then", "kept"),
    [
        # It is new, wherever it stands.
        ([finding("a.md", 5)], [], [0]),
        ([finding("unchanged.md", 3)], [], [0]),
        # It was there, though its line moved or was touched.
        ([finding("a.md", 9)], [finding("a.md", 2)], []),
        ([finding("a.md", 5)], [finding("a.md", 5)], []),
        # It was there under the file's earlier name.
        ([finding("new.md", 5)], [finding("old.md", 5)], []),
        ([finding("old.md", 5)], [finding("new.md", 5)], [0]),
        # It says something else, or is about something else.
        ([finding("a.md", 5, "stated 18, not 20")], [finding("a.md", 5, "stated 18, not 19")], [0]),
        ([finding("a.md", 5, target="x")], [finding("a.md", 5, target="y")], [0]),
        # Only numbers of lines differ.
        ([finding("a.md", 5, "as in line 12")], [finding("a.md", 5, "as in line 9")], []),
        ([finding("a.md", 5, "see b.md:12:3")], [finding("a.md", 5, "see b.md:9:1")], []),
        # One of two is new: the one in a changed line.
        ([finding("a.md", 5), finding("a.md", 20)], [finding("a.md", 18)], [0]),
        ([finding("a.md", 1), finding("a.md", 6)], [finding("a.md", 1)], [1]),
        # One of two is mended.
        ([finding("a.md", 1)], [finding("a.md", 1), finding("a.md", 6)], []),
    ],
)  # fmt: skip
def test_only_findings_that_a_change_brought_are_kept(
    now: list[Finding], then: list[Finding], kept: list[int]
):
    assert brought(now, then, CHANGED) == [now[index] for index in kept]


findings = st.lists(
    st.builds(finding, st.sampled_from(["a.md", "b.md"]), st.integers(0, 9), st.sampled_from("xy"))
)


@given(findings, findings)
def test_no_more_are_kept_than_there_are_more_than_before(now: list[Finding], then: list[Finding]):
    kept = brought(now, then, CHANGED)
    for each in {(found.path, found.message) for found in now}:
        numbers = [sum((f.path, f.message) == each for f in some) for some in (now, then, kept)]
        assert numbers[2] == max(0, numbers[0] - numbers[1])
    assert brought(now, now, CHANGED) == []
