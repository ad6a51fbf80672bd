"""What changed, as text, as Markdown and as JSON, whatever records say."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guildhall.check.differences.markdown import LONGEST_COMMENT, MARK, render_markdown
from guildhall.check.differences.plain import to_json
from guildhall.check.differences.report import sections, summary
from guildhall.check.differences.text import render_text
from guildhall.core.findings.markdown import as_code, as_html, as_text

from ..workshops.portals import day, schedule, workshop
from .conftest import Make
from .repositories import Repository

SPACE = "\N{ZERO WIDTH SPACE}"
GFM = MarkdownIt("gfm-like", {"linkify": False, "html": True})
OURS = frozenset(
    {
        *("p", "h2", "h3", "ul", "li", "strong", "code", "details", "summary"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
)
HOSTILE = (
    "<img src=x onerror=alert(1)> <!-- --> [a](javascript:x) ![b](//c) `d` | e ~~f~~ **g** _h_ "
    "@someone #12 GH-3 x/y#4 0a1b2c3d4e https://evil.example www.evil.example $$x$$ :tada: </td>"
)


def test_nothing_changed_is_one_line(small: Repository):
    found = small.compare()
    line = "no figure, claim, address or time of a workshop changes."
    assert render_text(found).count("\n") == 0
    assert render_text(found).endswith(line)
    assert render_markdown(found).splitlines()[1:] == [
        f"Compared with `main` (`{found.base.commit[:7]}`): {line}"
    ]
    assert to_json(found)["changed"] is False


def test_text_tells_causes_before_what_follows(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    found = small.compare()
    lines = render_text(found).splitlines()
    assert lines[0] == (
        f"Compared with main ({found.base.commit[:7]}): 1 claim no longer holds, "
        "1 figure was changed, 6 figures follow, 4 faults are new."
    )
    assert [" ".join(line.split()) for line in lines[2:10]] == [
        "In-kind contributions to One (person-months)",
        "changed in records",
        "Beta, 2026 2 → 4 +2 partners/rows/beta.yml:7:9",
        "what follows",
        "Beta, all years 4–5 → 6–7 +2 partners/rows/beta.yml:8:8",
        "still stated as 4–5",
        "All partners, 2026 5 → 7 +2 partners/one.yml:20:13",
        "still stated as 5",
    ]
    assert lines[-1].endswith("`guildhall check --changed main` lists them.")


def test_markdown_has_a_table_a_section(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    text = render_markdown(small.compare())
    assert text.startswith(f"{MARK}\n## What this change affects\n")
    assert "| **Beta, 2026** | 2 | 4 | +2 | `partners/rows/beta.yml:7:9` |" in text
    assert (
        "| ↳ Share of Alpha | 58–69 % | 50–60 % | −8 at the low end, −9 at the high end |" in text
    )
    assert "| 11 to 14 person-months | 11–14 | 13–16 | no longer holds; claimed: 11–14 |" in text
    html = GFM.render(text)
    assert html.count("<table>") == html.count("<h3>") == 2


def test_json_is_documented_and_exact(small: Repository):
    small.change("partners/rows/beta.yml", "2025: 2-3 [a]", "2025: 2.1250-3 [a]")
    found = json.loads(json.dumps(to_json(small.compare())))
    documented = set(re.findall(r"``(\w+)``", to_json.__doc__ or ""))
    assert set(found) <= documented
    assert set(found["figures"][0]) <= documented
    assert set(found["claims"][0]) <= documented
    assert found["figures"][0] == {
        "key": ["in-kind", "one", "cell", "beta", "2025"],
        "section": "In-kind contributions to One",
        "label": "Beta, 2025",
        "old": {"low": "2", "high": "3"},
        "new": {"low": "2.125", "high": "3"},
        "old_unit": "person-months",
        "new_unit": "person-months",
        "difference": {"low": "0.125", "high": "0"},
        "remarks": [],
        "names": [],
        "is_cause": True,
        "place": {"path": "partners/rows/beta.yml", "line": 6, "column": 9, "is_gone": False},
    }


def test_sessions_that_shift_alike_are_told_in_one_line(make: Make):
    days = [
        day(f"2026-03-{number}", 'start: "09:00", minutes: 60, title: Git')
        for number in (17, 18, 19)
    ]
    file = "workshops/one.yml"
    portal = make({"conf/portal.yml": "title: W\n", file: workshop(schedule(*days))}, only=True)
    portal.change(file, "timezone: Europe/Stockholm", "timezone: Europe/Helsinki")
    found = portal.compare()
    assert len(found.times) == 4
    (section,) = sections(found)
    assert [(line.label, line.moved) for line in section.lines] == [
        ("time zone", ""),
        ("all 3 sessions", "same clock time, actually 1 h earlier"),
    ]
    assert summary(found) == ("4 dates and times change",)


def test_a_hostile_record_is_text(small: Repository):
    name = json.dumps(HOSTILE)
    small.change("partners/rows/beta.yml", "name: Beta", f"name: {name}")
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.change("partners/one.yml", "name: One", f"name: {name}")
    found = small.compare()
    assert found.faults.unread_now == ()
    text = render_markdown(found)
    _is_harmless(text)
    assert GFM.render(text).count("<tr>") == len(found.figures) + len(found.claims) + 2
    assert "\x1b" not in render_text(found)


def _is_harmless(text: str) -> None:
    html = GFM.render(text.replace(MARK, ""))
    tags = set(re.findall(r"</?([a-zA-Z!][\w-]*)", html))
    assert tags <= OURS, tags - OURS
    # What GitHub makes links of when Markdown has been rendered, but for code.
    seen = re.sub(r"<code>.*?</code>", "", html)
    plain = re.sub(r"<[^>]*>", " ", seen)
    assert not re.search(r"@\w|#[0-9]|\bGH-[0-9]|https?://\w|www\.\w", plain)
    # A dollar sign begins a formula where it stands for itself.
    assert "$" not in re.sub(r"<code>.*?</code>|`[^`]*`", "", text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Aalto", "Aalto"),
        ("a  b\nc", "a b c"),
        ("@someone", f"@{SPACE}someone"),
        ("see #12", f"see \\#{SPACE}12"),
        ("C# and F#", "C\\# and F\\#"),
        ("<b>", "&lt;b&gt;"),
        ("a|b", "a\\|b"),
        ("a\u202eb", "a\N{REPLACEMENT CHARACTER}b"),
        ("x" * 400, "x" * 300 + "…"),
        ("$x$", f"{SPACE}&#36;{SPACE}x{SPACE}&#36;{SPACE}"),
        ("1,500,000", "1,500,000"),
        ("deadbeef1", f"dea{SPACE}dbeef1"),
        ("20250301", "20250301"),
    ],
)
def test_texts_in_markdown(text: str, written: str):
    assert as_text(text) == written


texts = st.text(
    st.sampled_from([*list(HOSTILE), "\\", "\n", "\r", "\u202e", "é", "\x1b"]), max_size=60
)


@given(texts)
def test_no_text_leaves_its_cell(text: str):
    table = f"| a | b |\n| --- | --- |\n| {as_text(text)} | {as_code(text or 'x')} |\n"
    html = GFM.render(table)
    assert html.count("<td>") == 2
    _is_harmless(table)


@given(texts)
def test_no_text_leaves_html(text: str):
    html = GFM.render(f"<details><summary>{as_html(text)}</summary>\n\nx\n\n</details>\n")
    assert set(re.findall(r"</?([a-zA-Z!][\w-]*)", html)) == {"details", "summary", "p"}


@pytest.mark.parametrize("longest", [2_000, 5_000, LONGEST_COMMENT])
def test_a_comment_is_never_longer_than_github_takes(make: Make, longest: int):
    rows = {
        f"partners/rows/r{number}.yml": (
            f"kind: in-kind\nproject: one\npartner: alpha\nname: {'Row ' * 50}{number}\n"
            "amounts: {2025: 1, 2026: 1}\n"
        )
        for number in range(150)
    }
    portal = make(rows)
    for name in rows:
        portal.change(name, "2025: 1, 2026: 1", "2025: 2, 2026: 2")
    found = portal.compare()
    text = render_markdown(found, longest=longest)
    assert len(text) <= longest
    cut = re.search(r"\*\*Cut off here:\*\* ([0-9,]+) more lines don't fit", text)
    assert cut
    rows_shown = sum(line.startswith(("| **", "| ↳")) for line in text.splitlines())
    lines = sum(len(section.lines) for section in sections(found))
    assert rows_shown + int(cut[1].replace(",", "")) == lines
