"""Edits in source files: made where they are safe, refused with a reason where they aren't."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from guildhall.check.fixes.apply import Mended, apply_edits, mend
from guildhall.check.fixes.report import render_mended
from guildhall.core.findings.finding import Edit, Finding
from guildhall.core.yaml_source import read_yaml

OLD, NEW = "https://old.example/a", "https://new.example/b"


def put(root: Path, name: str, text: str | bytes) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def at(text: str, old: str, new: str, name: str = "a.yml", nth: int = 0) -> Edit:
    """The edit of the nth place where a text stands."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(old, start + 1)
    before = text[:start]
    return Edit(name, before.count("\n") + 1, start - before.rfind("\n"), old, new)


def reasons(mended: Mended) -> list[str]:
    return [each.reason for each in mended.refused]


MADE = [
    # YAML: the quotes that are there stay.
    pytest.param("a.yml", f"url: {OLD}\n", OLD, NEW, f"url: {NEW}\n", id="plain"),
    pytest.param("a.yml", f"url: '{OLD}'\n", OLD, "https://n.example/it's",
                 "url: 'https://n.example/it''s'\n", id="single quotes"),
    pytest.param("a.yml", f'url: "{OLD}"\n', OLD, 'https://n.example/"q"\\',
                 'url: "https://n.example/\\"q\\"\\\\"\n', id="double quotes"),
    pytest.param("a.yml", 'url: "https://o.example/\\u00e9"\n', "https://o.example/\\u00e9", NEW,
                 f'url: "{NEW}"\n', id="an escape goes"),
    pytest.param("a.yml", f"links: [{OLD}, {{url: {OLD}x}}]  # two\n", OLD, NEW,
                 f"links: [{NEW}, {{url: {OLD}x}}]  # two\n", id="in brackets"),
    pytest.param("a.yml", f"text: |\n  See [x]({OLD}), and\n  more.\n", OLD, NEW,
                 f"text: |\n  See [x]({NEW}), and\n  more.\n", id="prose in a block"),
    pytest.param("a.yml", f"text: >-\n  See {OLD}\n  more.\n", OLD, NEW,
                 f"text: >-\n  See {NEW}\n  more.\n", id="prose in a folded block"),
    pytest.param("a.yml", f"text: See [x]({OLD}) more.\n", OLD, "https://n.example/a b",
                 "text: See [x](<https://n.example/a b>) more.\n", id="prose that needs brackets"),
    pytest.param("a.yml", f"# was {OLD}\nurl: x\n", OLD, NEW, f"# was {NEW}\nurl: x\n",
                 id="a comment"),
    # Markdown.
    pytest.param("a.md", f"[x]({OLD} 'T') {OLD}x\n", OLD, NEW, f"[x]({NEW} 'T') {OLD}x\n",
                 id="a link"),
    pytest.param("a.md", f"![x]({OLD})\n", OLD, NEW, f"![x]({NEW})\n", id="an image"),
    pytest.param("a.md", f"[x](<{OLD}>)\n", OLD, "https://n.example/a b)",
                 "[x](<https://n.example/a b)>)\n", id="brackets stay"),
    pytest.param("a.md", f"[x]({OLD})\n", OLD, "https://n.example/a(b",
                 "[x](<https://n.example/a(b>)\n", id="brackets where parentheses are odd"),
    pytest.param("a.md", f"[x]({OLD})\n", OLD, "https://n.example/a(b)",
                 "[x](https://n.example/a(b))\n", id="none where they are even"),
    pytest.param("a.md", f"[x]({OLD})\n", OLD, "https://n.example/?a=1&copy;2",
                 "[x](https://n.example/?a=1&amp;copy;2)\n", id="no entity comes about"),
    pytest.param("a.md", f"<{OLD}>\n", OLD, "https://n.example/?a=1&copy;2",
                 "<https://n.example/?a=1&amp;copy;2>\n", id="nor in an address alone"),
    pytest.param("a.md", f"`{OLD}`\n", OLD, "https://n.example/?a=1&copy;2",
                 "`https://n.example/?a=1&copy;2`\n", id="code is as it is written"),
    pytest.param("a.md", f"{{role}}`x <{OLD}>`\n", OLD, "https://n.example/?a=1&copy;2",
                 "{role}`x <https://n.example/?a=1&copy;2>`\n", id="so is a role"),
    pytest.param("a.md", f"[x]\n\n[x]: {OLD}\n", OLD, NEW, f"[x]\n\n[x]: {NEW}\n",
                 id="a definition"),
    pytest.param("a.md", f"[x]({OLD}#top)\n", OLD, NEW, f"[x]({NEW}#top)\n",
                 id="a part of an address"),
    pytest.param("a.md", f"See <{OLD}>.\n", OLD, NEW, f"See <{NEW}>.\n", id="an address alone"),
    pytest.param("a.md", f"See {OLD}.\n", OLD, NEW, f"See {NEW}.\n", id="a bare address"),
    pytest.param("a.md", f'<img src="{OLD}" alt="">\n', OLD, NEW, f'<img src="{NEW}" alt="">\n',
                 id="an attribute"),
    pytest.param("a.md", f":::{{figure}} {OLD}\n:alt: x\n:::\n", OLD, NEW,
                 f":::{{figure}} {NEW}\n:alt: x\n:::\n", id="a directive"),
    pytest.param("a.md", f"---\nurl: '{OLD}'\n---\n\n# T\n", OLD, "https://n.example/it's",
                 "---\nurl: 'https://n.example/it''s'\n---\n\n# T\n", id="front matter"),
    pytest.param("a.md", "# Åse\n\n[x](a/Ägg.md)\n", "a/Ägg.md", "a/ägg.md",
                 "# Åse\n\n[x](a/ägg.md)\n", id="the case of a file"),
    # reStructuredText.
    pytest.param("a.rst", f"`x <{OLD}>`_ and {OLD}x\n", OLD, NEW, f"`x <{NEW}>`_ and {OLD}x\n",
                 id="rst link"),
    pytest.param("a.rst", f"`x <{OLD}>`__\n", OLD, f"{NEW}_", f"`x <{NEW}\\_>`__\n",
                 id="rst link with a line at its end"),
    pytest.param("a.rst", f"x_\n\n.. _x: {OLD}\n", OLD, NEW, f"x_\n\n.. _x: {NEW}\n",
                 id="rst target"),
    pytest.param("a.rst", f"See {OLD}.\n", OLD, NEW, f"See {NEW}.\n", id="rst bare address"),
    pytest.param("a.rst", f".. figure:: {OLD}\n   :alt: x\n", OLD, NEW,
                 f".. figure:: {NEW}\n   :alt: x\n", id="rst directive"),
    pytest.param("a.rst", f".. toctree::\n\n   x <{OLD}>\n", OLD, NEW,
                 f".. toctree::\n\n   x <{NEW}>\n", id="rst directive of Sphinx"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "old", "new", "expected"), MADE)
def test_an_edit_keeps_the_form_of_its_place(
    name: str, text: str, old: str, new: str, expected: str, tmp_path: Path
):
    path = put(tmp_path, name, text)
    edit = at(text, old, new, name)
    assert apply_edits(tmp_path, [edit]) == Mended((edit,))
    assert path.read_text("utf-8") == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
@pytest.mark.parametrize(("name", "text", "old", "new", "expected"), MADE)
def test_line_ends_and_marks_stay(
    newline: str, mark: bytes, end: str, name: str, text: str, old: str, new: str, expected: str,
    tmp_path: Path,
):  # fmt: skip
    def written(lines: str) -> bytes:
        return mark + (lines.rstrip("\n") + end).replace("\n", newline).encode()

    path = put(tmp_path, name, written(text))
    assert apply_edits(tmp_path, [at(text, old, new, name)]).refused == ()
    assert path.read_bytes() == written(expected)


REFUSED = [
    pytest.param("a.yml", f"url: {OLD}\n", OLD, "https://n.example/ #x", id="a comment begins"),
    pytest.param("a.yml", f"url: {OLD}\n", OLD, "a: b", id="a mapping begins"),
    pytest.param("a.yml", f"url: [{OLD}]\n", OLD, "https://n.example/a,b, c", id="a list goes on"),
    pytest.param("a.yml", f"url: [{OLD}]\n", OLD, "https://n.example/]", id="a list ends"),
    pytest.param("a.yml", f"url: {OLD}\n", OLD, "- x", id="a list begins"),
    pytest.param("a.yml", f"url: {OLD}\n", OLD, "&x y", id="an anchor"),
    pytest.param("a.yml", f"url: {OLD}\n", OLD, "null", id="nothing"),
    pytest.param("a.yml", f"url: {OLD}\n", OLD, f"{NEW}\nx: 1", id="a line end"),
    pytest.param("a.yml", f"{OLD}: 1\n", OLD, NEW, id="a key"),
    pytest.param("a.yml", f"a: &x 1\nurl: {OLD}\n", OLD, NEW, id="no record"),
    pytest.param("a.yml", 'url: "a\\u00e9"\n', "\\u00", "x", id="half an escape"),
    pytest.param("a.yml", f"url: {OLD}\n", f"url: {OLD}", "uri: x", id="more than a value"),
    pytest.param("a.yml", f"text: |\n  [x]({OLD}) a.\n", "a.", "*b*", id="prose"),
    pytest.param("a.md", f"[x]({OLD}#top)\n", OLD, "https://n.example/a b", id="part, brackets"),
    pytest.param("a.md", f"See <{OLD}>.\n", OLD, "https://n.example/a b", id="no address alone"),
    pytest.param("a.md", f"See {OLD}.\n", OLD, "*x* [y](z)", id="Markdown in text"),
    pytest.param("a.md", f"See {OLD}.\n", OLD, "https://n.example/?a=1&copy;2", id="a sign"),
    pytest.param("a.md", f'<img src="{OLD}">\n', OLD, 'x" onerror="y', id="an attribute ends"),
    pytest.param("a.md", f"    {OLD}\n", f"    {OLD}", OLD, id="code becomes text"),
    pytest.param("a.md", "a\n\nb\n", "a", "# a", id="text becomes a heading"),
    pytest.param("a.md", f"[x]({OLD})\n", f"({OLD})", "[y]", id="a link goes"),
    pytest.param("a.rst", f"`x <{OLD}>`_\n", OLD, "https://n.example/a b", id="rst blank"),
    pytest.param("a.rst", f"See {OLD}.\n", OLD, "`x`_ *y*", id="rst markup"),
    pytest.param("a.rst", "a\n\nb\n", "b", "=====", id="rst becomes something else"),
    pytest.param("a.ipynb", f'{{"a": "{OLD}"}}\n', OLD, NEW, id="a notebook"),
    pytest.param("a.html", f"{OLD}\n", OLD, NEW, id="HTML"),
    pytest.param("build/a.md", f"{OLD}\n", OLD, NEW, id="what was built"),
    pytest.param("x/_build/a.md", f"{OLD}\n", OLD, NEW, id="what was built elsewhere"),
    pytest.param(".guildhall/a.md", f"{OLD}\n", OLD, NEW, id="what was fetched"),
    pytest.param("a.md", f"{OLD}\n", OLD, OLD, id="no change"),
    pytest.param("a.md", f"{OLD}\n", OLD, "x\x07", id="a bell"),
]


@pytest.mark.parametrize(("name", "text", "old", "new"), REFUSED)
def test_an_edit_that_would_change_more_is_refused(
    name: str, text: str, old: str, new: str, tmp_path: Path
):
    path = put(tmp_path, name, text)
    mended = apply_edits(tmp_path, [at(text, old, new, name)])
    assert mended.done == ()
    assert len(mended.refused) == 1
    assert mended.refused[0].reason
    assert path.read_text("utf-8") == text
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Edit("a.md", 1, 2, "abc", "x"), "found `bc\n`, expected `abc`".replace("\n", "�")),
        (Edit("a.md", 1, 9, "a", "x"), "the place no longer exists in the file"),
        (Edit("a.md", 7, 1, "a", "x"), "the place no longer exists in the file"),
        (Edit("a.md", 0, 1, "abc", "x"), "the place no longer exists in the file"),
        (Edit("b.md", 1, 1, "abc", "x"), "there is no such file"),
        (Edit("", 1, 1, "abc", "x"), "it is not a file of the portal"),
        (Edit("../a.md", 1, 1, "abc", "x"), "it is not a file of the portal"),
        (Edit("/etc/a.md", 1, 1, "abc", "x"), "it is not a file of the portal"),
        (Edit("x\\a.md", 1, 1, "abc", "x"), "it is not a file of the portal"),
    ],
)
def test_a_place_that_is_not_there_is_refused(edit: Edit, reason: str, tmp_path: Path):
    put(tmp_path, "portal/a.md", "abc\n")
    put(tmp_path, "a.md", "abc\n")
    assert reasons(apply_edits(tmp_path / "portal", [edit])) == [reason]
    assert (tmp_path / "a.md").read_text() == (tmp_path / "portal/a.md").read_text() == "abc\n"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"caf\xe9 abc\n", "the file is not UTF-8"),
        (b"a\0 abc\n", "the file holds binary data"),
        (b" " * (4 * 1024 * 1024 + 1), "the file is larger than 4096 KiB"),
    ],
)
def test_a_file_that_is_no_text_is_left_as_it_is(raw: bytes, reason: str, tmp_path: Path):
    path = put(tmp_path, "a.md", raw)
    assert reasons(apply_edits(tmp_path, [Edit("a.md", 1, 1, "abc", "x")])) == [reason]
    assert path.read_bytes() == raw


def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path):
    outside = put(tmp_path, "outside/a.md", "abc\n")
    root = tmp_path / "portal"
    root.mkdir()
    (root / "a.md").symlink_to(outside)
    (root / "folder").symlink_to(outside.parent)
    edits = [Edit(name, 1, 1, "abc", "x") for name in ("a.md", "folder/a.md")]
    assert reasons(apply_edits(root, edits)) == ["it is reached through a symbolic link"] * 2
    assert outside.read_text() == "abc\n"


def test_many_edits_of_a_file_are_made_at_the_places_it_had(tmp_path: Path):
    text = f"a: {OLD}\nb: [{OLD}, '{OLD}']\nc: x\n"
    path = put(tmp_path, "a.yml", text)
    edits = [at(text, OLD, NEW * (n + 1), nth=n) for n in (2, 0, 1)]
    assert apply_edits(tmp_path, [*edits, edits[0]]).done == tuple(sorted(edits))
    assert path.read_text() == f"a: {NEW}\nb: [{NEW * 2}, '{NEW * 3}']\nc: x\n"


def test_what_does_harm_keeps_nothing_else_from_being_mended(tmp_path: Path):
    text = "".join(f"k{n}: {OLD}\n" for n in range(9))
    path = put(tmp_path, "a.yml", text)
    edits = [at(text, OLD, f"{NEW} #" if n in {2, 7} else NEW, nth=n) for n in range(9)]
    mended = apply_edits(tmp_path, edits)
    assert [each.edit.line for each in mended.refused] == [3, 8]
    assert path.read_text().count(NEW) == 7
    assert path.read_text().count(OLD) == 2


def test_of_edits_that_overlap_the_first_is_made(tmp_path: Path):
    path = put(tmp_path, "a.md", "abcdef\n")
    edits = [Edit("a.md", 1, 1, "abc", "x"), Edit("a.md", 1, 3, "cd", "y")]
    mended = apply_edits(tmp_path, edits)
    assert mended.done == (edits[0],)
    assert reasons(mended) == ["another edit changes a part of the same text"]
    assert path.read_text() == "xdef\n"


def test_of_edits_that_contradict_each_other_none_is_made(tmp_path: Path):
    path = put(tmp_path, "a.md", "abcdef\n")
    edits = [Edit("a.md", 1, 1, "abc", new) for new in ("x", "y")]
    assert (
        reasons(apply_edits(tmp_path, edits))
        == ["another edit changes the same text to something else"] * 2
    )
    assert path.read_text() == "abcdef\n"


def test_columns_count_code_points(tmp_path: Path):
    path = put(tmp_path, "a.md", "\ufeff👩‍🔬 é x\n")
    assert apply_edits(tmp_path, [Edit("a.md", 1, 7, "x", "y")]).refused == ()
    assert path.read_text("utf-8") == "\ufeff👩‍🔬 é y\n"


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_a_file_keeps_its_mode(mode: int, tmp_path: Path):
    path = put(tmp_path, "a.md", "abc\n")
    path.chmod(mode)
    assert apply_edits(tmp_path, [Edit("a.md", 1, 1, "abc", "x")]).refused == ()
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_text() == "x\n"


def test_a_file_that_was_changed_in_the_meantime_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = put(tmp_path, "a.md", "abc\n")
    real = os.fdopen

    def elsewhere(*arguments: object, **more: object) -> object:
        path.write_text("abc, and more\n")
        return real(*arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("guildhall.check.fixes.files.os.fdopen", elsewhere)
    assert reasons(apply_edits(tmp_path, [Edit("a.md", 1, 1, "abc", "x")])) == [
        "the file was changed in the meantime"
    ]
    assert path.read_text() == "abc, and more\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_in_a_git_repository_only_what_git_keeps_track_of_is_mended(tmp_path: Path):
    if not shutil.which("git") and not os.environ.get("CI"):
        pytest.skip("git is not installed (sudo apt install git)")
    for name in ("portal/known.md", "portal/new.md", "portal/ignored.md"):
        put(tmp_path, name, "abc\n")
    put(tmp_path, ".gitignore", "ignored.md\n")
    for command in (("init", "-q"), ("add", "portal/known.md", ".gitignore")):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    edits = [Edit(f"{name}.md", 1, 1, "abc", "x") for name in ("known", "new", "ignored")]
    mended = apply_edits(tmp_path / "portal", edits)
    assert mended.done == (edits[0],)
    assert reasons(mended) == ["git does not track it"] * 2


def test_findings_are_mended_and_told(tmp_path: Path):
    text = f"a: {OLD}\nb: {OLD}\n"
    put(tmp_path, "a.yml", text)
    edits = [at(text, OLD, NEW), at(text, OLD, "x: y", nth=1)]
    findings = [
        Finding("a.yml", 1, 1, "links.moved", "It moved.", edit=edits[0]),
        Finding("a.yml", 2, 1, "links.moved", "It moved.", edit=edits[1]),
        Finding("a.yml", 2, 1, "links.dead", "It is dead."),
    ]
    mended = mend(tmp_path, findings)
    assert mended.files == ("a.yml",)
    assert render_mended(mended).split("\n") == [
        f"a.yml:1:4: `{OLD}` is now `{NEW}`",
        (
            "a.yml:2:4: unchanged, since the file can't be read as a record: not well-formed "
            "YAML: a `: ` inside a value; put the value in quotes"
        ),
        "Fixed 1 place in 1 file, left 1 place unchanged.",
    ]
    assert read_yaml(tmp_path / "a.yml")[0] == {"a": NEW, "b": OLD}
    assert render_mended(Mended()) == "Nothing was fixed."
