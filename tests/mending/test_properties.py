"""Any file with any edit keeps every other byte, and a second run finds nothing to mend."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.check.fixes.apply import apply_edits, mend
from guildhall.check.fixes.changes import is_explained
from guildhall.check.fixes.finders import style_findings
from guildhall.check.fixes.source import Source
from guildhall.core.findings.finding import Edit
from guildhall.core.yaml_source import UnreadableError, parse_yaml

NAMES = st.sampled_from(["a.yml", "a.md", "a.rst"])
PARTS = st.sampled_from(
    [
        *("a", "b", "é", "👩", " ", "  ", "\t", "\n", "\r\n", "\n\n", ": ", "- ", "#", "'", '"'),
        *("|\n  ", "[x](", ")", "<", ">", "https://o.example/", "`", "```\n", "_", "*", "&amp;"),
        *("\\", ",", "]", "key: ", "url: https://o.example/a\n", ".. _x: ", "`x <", ">`_"),
        *("---\n", ":::{note}\n"),
    ]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=14).map("".join)
_BLANKS = re.compile(r"[ \t\r\n]")
MARKS = st.sampled_from(["", "\ufeff"])


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@st.composite
def edited(draw: Any) -> tuple[str, str, str, list[Edit]]:
    """A file, and edits of places in it."""
    name, mark, text = draw(NAMES), draw(MARKS), draw(TEXTS)
    source = Source(text)
    edits = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(start + draw(st.integers(0, 6)), len(text))
        line, column = source.place(start)
        edits.append(Edit(name, line, column, text[start:end], draw(TEXTS)))
    return name, mark, text, edits


@settings(max_examples=300, deadline=None)
@given(edited())
def test_every_byte_but_those_of_edits_stays(case: tuple[str, str, str, list[Edit]]):
    name, mark, text, edits = case
    before = (mark + text).encode()
    with folder() as root:
        (root / name).write_bytes(before)
        mended = apply_edits(root, edits)
        after = (root / name).read_bytes()
        assert [each.name for each in root.iterdir()] == [name]
    assert {*mended.done, *(each.edit for each in mended.refused)} == {*edits}
    if not mended.done:
        assert after == before
        return
    # What stands between the edits that were made stands there still, in the same order.
    source = Source(text)
    rest, at = after, 0
    prefix = mark.encode()
    for edit in mended.done:
        start, end = source.locate(edit)
        kept = prefix + text[at:start].encode()
        assert kept in rest
        rest, at, prefix = rest[rest.index(kept) + len(kept) :], end, b""
    assert rest.endswith(text[at:].encode())
    first, _ = source.locate(mended.done[0])
    assert after.startswith((mark + text[:first]).encode())


URLS = st.text(alphabet="abz/.:?&=#%'\"()<>[]{}|,_*~ -é\\`@", min_size=1, max_size=20).map(
    lambda text: f"https://n.example/{text}"
)
FORMS = st.sampled_from(
    [
        "url: {}\n", "url: '{}'\n", 'url: "{}"\n', "urls: [{}, x]\n", "a: {{b: {}}}\n",
        "urls:\n  - {}  # c\n  - x\n", "text: |\n  {}\n", "text: >-\n  {}\n", '"url": "{}"\nb: 1',
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(FORMS, URLS)
def test_an_address_in_yaml_is_read_as_it_was_given_or_not_written(form: str, new: str):
    old = "https://o.example/"
    text = form.format(old)
    line = text[: text.index(old)].count("\n") + 1
    column = text.index(old) - text[: text.index(old)].rfind("\n")
    with folder() as root:
        path = root / "a.yml"
        path.write_text(text, encoding="utf-8", newline="")
        mended = apply_edits(root, [Edit("a.yml", line, column, old, new)])
        written = path.read_bytes().decode()
    if mended.refused:
        assert written == text
        return
    start, end = form.split("{}", 1)[0], form.rsplit("{}", 1)[-1]
    start, end = start.replace("{{", "{"), end.replace("}}", "}")
    assert written.startswith(start)
    assert written.endswith(end)
    assert _leaves(written) == [each.replace(old, new) for each in _leaves(text)]


def _leaves(text: str) -> list[str]:
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                found.append(key)
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)
        else:
            found.append(str(value))

    walk(parse_yaml(text, Path("a.yml"))[0])
    return found


@settings(max_examples=300, deadline=None)
@given(NAMES, MARKS, TEXTS)
def test_a_second_run_finds_nothing_to_mend(name: str, mark: str, text: str):
    with folder() as root:
        path = root / name
        path.write_bytes((mark + text).encode())
        mended = mend(root, style_findings(root))
        assert mended.refused == ()
        assert style_findings(root) == ()
        after = path.read_bytes().decode()
    plain = after.removeprefix(mark)
    assert _BLANKS.sub("", plain) == _BLANKS.sub("", text)
    assert plain.count("\n") - text.count("\n") in {0, 1}
    if name.endswith(".yml"):
        assert _read(text) == _read(plain)


def _read(text: str) -> object:
    try:
        data = parse_yaml(text, Path("a.yml"))[0]
    except UnreadableError:
        return None
    # A block's last line ends, or the file does.
    return repr(data).replace("\\n'", "'").replace('\\n"', '"')


@given(
    st.text("ab", max_size=12), st.text("ab", min_size=1, max_size=3), st.text("abc", max_size=3)
)
def test_a_text_with_a_part_changed_is_explained_by_that(text: str, old: str, new: str):
    for at in range(len(text) + 1):
        if text.startswith(old, at):
            after = text[:at] + new + text[at + len(old) :]
            assert is_explained(text, after, [(old, new)])
    assert not is_explained(text, f"{text}d", [(old, new)])
