"""The report of what is due: its forms, its escapes, its exit codes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guildhall.check.due.item import DueItem, report_of
from guildhall.check.due.others import PutAside, dead_links, ended_ignores, ended_silences
from guildhall.check.due.render import LONGEST, MARKER, render_markdown, render_text, to_json
from guildhall.check.due.rules import RULES
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.markdown import in_markdown
from guildhall.core.findings.severity import Severity
from guildhall.model.settings.portal import Settings
from tests.cli.test_build import guildhall
from tests.portals import Portal, person

from .portals import CONF, TODAY, partner, project

ITEM = DueItem("partners/a.yml", 3, 5, "due.review", "`a` is overdue", date(2026, 2, 1))
FORGE = Settings(repository="https://github.com/org/portal")


def test_a_report_is_grouped_by_kind_the_oldest_first():
    older = replace(ITEM, path="partners/b.yml", since=date(2025, 2, 1))
    other = replace(ITEM, rule="due.link", what="`https://x.example/` is gone", since=None)
    text = render_text(report_of([ITEM, other, older, ITEM], TODAY, 0))
    assert text.split("\n") == [
        "Lapsed",
        "",
        "Reviews that are overdue (2)",
        "  partners/b.yml:3:5: 2025-02-01: `a` is overdue [due.review]",
        "  partners/a.yml:3:5: 2026-02-01: `a` is overdue [due.review]",
        f"  Fix: {RULES['due.review'].mend}",
        "",
        "Dead links (1)",
        "  partners/a.yml:3:5: `https://x.example/` is gone [due.link]",
        f"  Fix: {RULES['due.link'].mend}",
        "",
        "3 things lapsed.",
    ]


def test_nothing_due_is_said_so():
    report = report_of([], TODAY, 30)
    assert render_text(report) == "Nothing lapsed, nothing due within 30 days."
    assert render_markdown(report, FORGE) == (
        f"{MARKER}\nNothing lapsed, nothing due within 30 days.\n"
    )
    assert report.ok


def test_the_body_of_an_issue_stays_the_same_until_something_lapses():
    later = replace(ITEM, since=TODAY + timedelta(days=20), what="`b` is overdue")
    bodies = []
    for days in (0, 3, 19, 20):
        moved = [replace(each, line=each.line + days) for each in (ITEM, later)]
        bodies.append(render_markdown(report_of(moved, TODAY + timedelta(days=days), 30), FORGE))
    assert bodies[0] == bodies[1] == bodies[2] != bodies[3]


def test_the_body_of_an_issue_links_to_the_files():
    body = render_markdown(report_of([ITEM], TODAY, 0), FORGE)
    address = "https://github.com/org/portal/tree/main/partners/a.yml"
    assert f"- 2026-02-01: `a` is overdue ([`partners/a.yml`](<{address}>))." in body


def test_a_long_report_is_cut_to_what_an_issue_takes():
    items = [replace(ITEM, what=f"{n} {'x' * 50}") for n in range(3000)]
    body = render_markdown(report_of(items, TODAY, 0), FORGE)
    assert len(body) <= LONGEST
    assert re.search(r"and \d+ more, see `guildhall due`", body)


def test_the_report_as_json():
    coming = replace(ITEM, since=date(2026, 3, 5), severity=Severity.INFO, mend="Do it.")
    data = to_json(report_of([ITEM, coming], TODAY, 10, ["partners/x.yml"]))
    assert (data["version"], data["ok"], data["today"], data["within"]) == (
        1,
        False,
        "2026-03-01",
        10,
    )
    assert data["unread"] == ["partners/x.yml"]
    assert [each["since"] for each in data["lapsed"]] == ["2026-02-01"]
    assert data["coming"] == [
        {
            "rule": "due.review",
            "severity": "info",
            "path": "partners/a.yml",
            "line": 3,
            "column": 5,
            "what": "`a` is overdue",
            "since": "2026-03-05",
            "mend": "Do it.",
        }
    ]


@pytest.mark.parametrize(
    "text",
    [
        "hello @somebody",
        "see org/repo#12 and #7 and GH-12",
        "https://evil.example/ and www.evil.example",
        "<img src=x onerror=alert(1)> & <!-- a comment",
        "![picture](https://evil.example/x.png) [link](javascript:alert(1))",
        "`` `a` @somebody ` b",
        "one\n\n# two\n- three",
        "a | b ~~c~~ $x$ **d** _e_ \\",
    ],
)
def test_text_of_records_shows_as_it_is_and_does_nothing(text: str):
    html = MarkdownIt("gfm-like", {"linkify": False}).render(f"- x {in_markdown(text)}")
    page = BeautifulSoup(html, "html.parser")
    assert not page.find(["a", "img", "h1", "del", "strong", "em", "script"])
    (item,) = page.find_all("li")
    for span in item.find_all("code"):
        span.extract()
    assert not re.search(r"@\w|#\d|https://|www\.\w|GH-\d", item.get_text())


@given(st.text(alphabet="ab`@#1<>&*_[]()\\|~$!:/.\n -", max_size=40))
def test_no_text_escapes_from_its_line(text: str):
    html = MarkdownIt("gfm-like", {"linkify": False}).render(f"- x {in_markdown(text)} end")
    page = BeautifulSoup(html, "html.parser")
    shown = page.get_text().replace("\N{ZERO WIDTH SPACE}", "")
    assert {tag.name for tag in page.find_all()} <= {"ul", "li", "code", "p"}
    for span in page.find_all("code"):
        span.extract()
    assert not re.search(r"@[a-b1]|#1", page.get_text())
    assert shown.startswith("\nx ")
    assert shown.strip().endswith("end")


ENTRIES = [
    PutAside("conf/portal.yml", 4, 3, "links.dead", date(2026, 2, 28)),
    PutAside("conf/portal.yml", 5, 3, "links.loop", date(2026, 3, 20)),
    PutAside("conf/portal.yml", 6, 3, "links.case", None),
]


def test_silences_and_entries_of_ignored_addresses_end():
    until = TODAY + timedelta(days=30)
    items = [*ended_silences(ENTRIES, until), *ended_ignores(ENTRIES, TODAY)]
    report = report_of(items, TODAY, 30)
    assert [(item.rule, item.what) for item in report.lapsed] == [
        (
            "due.ignore",
            "the entry for `links.dead` ended on 2026-02-28",
        ),
        (
            "due.silence",
            "the silence of `links.dead` ended on 2026-02-28",
        ),
    ]
    assert [(item.location, item.since) for item in report.coming] == [
        ("conf/portal.yml:5:3", date(2026, 3, 21))
    ]


def test_dead_links_are_taken_from_what_the_check_found():
    found = [
        Finding("index.md", 3, 1, "external.gone", "`https://x.example/`: 404", mend="Ask."),
        Finding("index.md", 4, 1, "external.slow", "`https://y.example/`: slow"),
    ]
    (item,) = dead_links(found, {"external.gone"})
    assert item == DueItem(
        "index.md", 3, 1, "due.link", found[0].message, None, Severity.ERROR, "Ask."
    )
    assert report_of([item], TODAY, 0).lapsed == (item,)


def test_every_rule_is_written_out():
    for rule in RULES.values():
        assert rule.id.startswith("due.")
        assert all(text.endswith(".") for text in (rule.why, rule.mend))


FILES = {
    **CONF,
    "partners/phase.yml": project(),
    "partners/a.yml": partner("review_by: 2026-02-28"),
}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--today", "2026-02-28"), 0),
        (("--today", "2026-03-01"), 1),
        (("--today", "yesterday"), 2),
        (("--within", "-1"), 2),
        (("--format", "html"), 2),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int, tmp_path: Path):
    Portal(tmp_path).write(FILES)
    result = guildhall("due", *arguments, cwd=tmp_path)
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_the_forms_of_the_command(tmp_path: Path):
    Portal(tmp_path).write(FILES)
    made = {
        form: guildhall("due", "--today", "2026-03-01", "--format", form, cwd=tmp_path).stdout
        for form in ("text", "markdown", "json")
    }
    assert "partners/a.yml:8:12: 2026-03-01: the partner `A`" in made["text"]
    assert made["markdown"].startswith(f"{MARKER}\n1 thing lapsed")
    assert json.loads(made["json"])["lapsed"][0]["rule"] == "due.review"


def test_what_is_due_of_records_with_faults_is_not_known(tmp_path: Path):
    broken = "kind: person\nname: Ada Lovelace\nsort_name: [\n"
    Portal(tmp_path).write(
        {
            **CONF,
            "partners/a.yml": "kind: partner\nreview_by: soon\n",
            "partners/people/ada-lovelace.yml": broken,
            "partners/people/bo.yml": person("Bo", "Bo"),
        }
    )
    result = guildhall("due", "--format", "markdown", cwd=tmp_path)
    assert result.returncode == 1
    assert "- `partners/a.yml`" in result.stdout
    assert "- `a record of a person`" in result.stdout
    assert "ada" not in result.stdout.casefold().replace("guildhall", "")


SILENCED = """\
title: P
checks:
  silence:
    - {rules: [links.dead], reason: It moves., until: 2026-02-28}
    - {rules: [links.case, links.loop], reason: It moves., until: 2026-03-01}
"""


def test_silences_of_settings_and_comments_end(tmp_path: Path):
    hidden = person("Ada", "Ada").replace("consent: given", "consent: withheld")
    comment = "# guildhall: silence links.dead reason: It moves. until: 2020-01-01\n"
    Portal(tmp_path).write(
        {
            **CONF,
            "conf/portal.yml": SILENCED,
            "partners/a.yml": comment + partner(part="none"),
            "partners/people/ada.yml": comment + hidden,
        }
    )
    run = guildhall("due", "--today", "2026-03-01", "--format", "json", cwd=tmp_path)
    report = json.loads(run.stdout)
    assert [
        (each["path"], each["line"], each["since"], each["what"]) for each in report["lapsed"]
    ] == [
        ("partners/a.yml", 1, "2020-01-02", "the silence of `links.dead` ended on 2020-01-01"),
        ("conf/portal.yml", 4, "2026-03-01", "the silence of `links.dead` ended on 2026-02-28"),
    ]
    assert [(each["line"], each["column"]) for each in report["coming"]] == [(5, 67)]
    assert "ada" not in run.stdout


def test_what_the_portal_lives_with_is_not_due(tmp_path: Path):
    silence = "{rules: [due.review], pages: [partners/b.yml], reason: They meet in May.}"
    comment = "review_by: 2026-02-28 # guildhall: silence due.review reason: It moves. until: {}"
    Portal(tmp_path).write(
        {
            **CONF,
            "conf/portal.yml": f"checks: {{levels: {{due.review: error}}, silence: [{silence}]}}\n",
            "partners/a.yml": partner("review_by: 2026-02-28", part="none"),
            "partners/b.yml": partner("review_by: 2026-02-28", part="none"),
            "partners/c.yml": partner(comment.format("2026-03-01"), part="none"),
            "partners/d.yml": partner(comment.format("2026-02-28"), part="none"),
        }
    )
    run = guildhall("due", "--today", "2026-03-01", "--format", "json", cwd=tmp_path)
    found = [(each["path"], each["rule"]) for each in json.loads(run.stdout)["lapsed"]]
    assert found == [
        ("partners/a.yml", "due.review"),
        ("partners/d.yml", "due.review"),
        ("partners/d.yml", "due.silence"),
    ]
    assert {each["severity"] for each in json.loads(run.stdout)["lapsed"]} == {"error", "warning"}
    checked = guildhall("check", "--records", "--today", "2026-03-01", cwd=tmp_path)
    assert "silence-unknown" not in checked.stdout
    assert "silence-unused" not in checked.stdout
