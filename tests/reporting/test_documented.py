"""The reference of reports names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from guildhall.check.reports import FORMS
from guildhall.check.reports.as_json import JSON_VERSION, to_json

from .outcomes import ROOT, SMALL

TEXT = (Path(__file__).parents[2] / "docs/reference/reports.md").read_text(encoding="utf-8")


def tables(section: str) -> list[list[str]]:
    """The names in the first column of each table of a section."""
    part = TEXT.partition(f"## {section}\n")[2].partition("\n## ")[0] if section else TEXT
    rows = [re.findall(r"`(\w+)`", line.split("|")[1]) if line.startswith("|") else None
            for line in part.splitlines()]  # fmt: skip
    found: list[list[str]] = [[]]
    for row in rows:
        if row is None and found[-1]:
            found.append([])
        found[-1] += row or []
    return [names for names in found if names]


def test_every_form_is_named():
    assert tables("")[0] == list(FORMS)


def test_every_key_of_the_report_as_json_is_described_and_no_other():
    report = to_json(SMALL, ROOT)
    expected = [report, report["areas"][0], report["findings"][0]]
    assert tables("JSON") == [list(each) for each in expected]
    assert f"| `version` | `{JSON_VERSION}` |" in TEXT
