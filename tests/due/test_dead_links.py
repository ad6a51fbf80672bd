"""Dead links in what is due, from the report of a check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guildhall.check.due.dead import ReportError, dead_links_of

DEAD = {
    "path": "partners/a.yml",
    "line": 3,
    "column": 6,
    "rule": "external.dead",
    "message": "`https://a.example/`: the page was not found",
    "mend": "Write the new address.",
}


def report(tmp_path: Path, *findings: dict[str, object]) -> Path:
    path = tmp_path / "check.json"
    path.write_text(json.dumps({"version": 2, "findings": findings}), encoding="utf-8")
    return path


def test_only_dead_links_are_taken(tmp_path: Path):
    others = ({**DEAD, "rule": rule} for rule in ("external.unsure", "links.missing-page"))
    (item,) = dead_links_of(report(tmp_path, DEAD, *others))
    assert (item.location, item.rule) == ("partners/a.yml:3:6", "due.link")
    assert item.what == DEAD["message"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [1]}', '{"findings": [{}]}', "["])
def test_another_file_is_no_report(tmp_path: Path, text: str):
    path = tmp_path / "check.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match="is not a JSON report of `guildhall check`"):
        dead_links_of(path)
