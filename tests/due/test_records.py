"""What lapses in records of projects, partners, people, and what is to be reviewed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.portals import person

from .portals import partner, project, report, told

PHASE = "partners/phase.yml"
A = "partners/a.yml"
ADA = "partners/people/ada.yml"


def ada(*affiliations: str, consent: str = "given") -> str:
    text = person(
        "Ada Lovelace", "Lovelace, Ada", "affiliations:", *(f"  - {a}" for a in affiliations)
    )
    return text.replace("consent: given", f"consent: {consent}")


LEFT = ada("{partner: a, end: 2026-01-31}")


def test_a_project_has_lapsed_the_day_after_its_end(tmp_path: Path):
    files = {PHASE: project(end="2026-02-28")}
    assert told(tmp_path, files, date(2026, 2, 28)) == []
    assert told(tmp_path, files, date(2026, 3, 1)) == [
        "partners/phase.yml:6:6 2026-03-01 due.project: `Phase` ended on 2026-02-28"
    ]


def test_a_project_that_another_one_follows_is_history(tmp_path: Path):
    first = project(start="2020-01-01", end="2022-12-31")
    files = {"partners/first.yml": first, PHASE: project(name="Next")}
    assert told(tmp_path, files) == []


def test_a_project_that_another_one_only_outlasts_has_lapsed(tmp_path: Path):
    files = {
        "partners/b.yml": project(name="Short", start="2025-06-01", end="2025-12-31"),
        PHASE: project(),
    }
    assert told(tmp_path, files) == [
        "partners/b.yml:6:6 2026-01-01 due.project: `Short` ended on 2025-12-31"
    ]


def test_pages_that_still_speak_of_a_followed_project_are_told(tmp_path: Path):
    files = {
        "conf/portal.yml": "project: first\n",
        "partners/first.yml": project(name="First", start="2020-01-01", end="2022-12-31"),
        PHASE: project(),
    }
    assert told(tmp_path, files) == [
        (
            "partners/first.yml:6:6 2023-01-01 due.project: `First` ended on 2022-12-31; "
            "pages that name no project refer to it"
        )
    ]


@pytest.mark.parametrize(
    ("ends", "end", "today", "is_due"),
    [
        ("2025", "2027-12-31", "2025-12-31", False),
        ("2025", "2027-12-31", "2026-01-01", True),
        ("2025", "2026-01-01", "2026-01-01", True),
        ("2026", "2027-12-31", "2026-12-31", False),
        # It lasted as long as the project.
        ("2025", "2025-12-31", "2026-03-01", False),
    ],
)
def test_funding_lapses_with_the_year_where_a_project_goes_on(
    ends: str, end: str, today: str, is_due: bool, tmp_path: Path
):
    # Another project follows, so that only funding can be due.
    later = project(name="Later", start="2026-01-02", end="2030-12-31")
    files = {
        PHASE: project(end=end),
        "partners/later.yml": later,
        A: partner(f"funding: {{ends: {ends}}}"),
    }
    expected = (
        f"partners/a.yml:8:17 2026-01-01 due.funding: the funding of `a` is known until the end of "
        f"{ends}, but `phase` continues until {end}"
    )
    assert told(tmp_path, files, date.fromisoformat(today)) == ([expected] if is_due else [])


def test_funding_of_a_partner_without_projects_lapses_too(tmp_path: Path):
    assert told(tmp_path, {A: partner("funding: {ends: 2024}", part="none")}) == [
        (
            "partners/a.yml:8:17 2025-01-01 due.funding: "
            "the funding of `a` is known until the end of 2024"
        )
    ]


RISK = "kind: risk\nproject: phase\ntitle: Few teach\ndescription: D.\nmitigation: M.\n"
LESSON = "kind: lesson\ntitle: Git\nsummary: S.\n"


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        (A, partner(), "the partner `A`"),
        ("partners/r.yml", RISK, "the risk `Few teach`"),
        ("lessons/git/lesson.yml", LESSON, "the lesson `Git`"),
        ("partners/p.yml", project(name="Other"), "the project `Other`"),
    ],
)
def test_a_review_is_overdue_once_its_day_is_over(path: str, text: str, what: str, tmp_path: Path):
    files = {PHASE: project(), path: f"{text}review_by: 2026-02-28\n"}
    line = text.count("\n") + 1
    assert told(tmp_path, files, date(2026, 2, 28)) == []
    assert told(tmp_path, files, date(2026, 3, 1)) == [
        f"{path}:{line}:12 2026-03-01 due.review: {what} was due for review by 2026-02-28"
    ]


def test_an_archived_lesson_needs_no_review(tmp_path: Path):
    text = f"{LESSON}status: archived\nreview_by: 2020-01-01\n"
    assert told(tmp_path, {"lessons/git/lesson.yml": text}) == []


def test_a_contact_who_has_left_is_told_at_the_name(tmp_path: Path):
    files = {PHASE: project(), A: partner(contact="ada"), ADA: LEFT}
    assert told(tmp_path, files, date(2026, 1, 31)) == []
    assert told(tmp_path, files) == [
        (
            "partners/a.yml:5:10 2026-02-01 due.affiliation: `Ada Lovelace` is the contact of `a`, "
            "but the affiliation ended on 2026-01-31"
        )
    ]


@pytest.mark.parametrize(
    "affiliations",
    [
        pytest.param(("a",), id="goes on"),
        pytest.param(("{partner: a, end: 2026-03-01}",), id="ends today"),
        pytest.param(("a", "{partner: a, end: 2020-01-31}"), id="came back"),
        pytest.param(("{name: Elsewhere, end: 2020-01-31}",), id="never belonged to it"),
    ],
)
def test_a_contact_who_may_still_be_there_is_not(affiliations: tuple[str, ...], tmp_path: Path):
    files = {PHASE: project(), A: partner(contact="ada"), ADA: ada(*affiliations)}
    assert told(tmp_path, files) == []


def test_a_representative_who_has_left_is_told_while_the_project_goes_on(tmp_path: Path):
    files = {PHASE: project(), A: partner(part=", representative: ada"), ADA: LEFT}
    assert told(tmp_path, files) == [
        (
            "partners/a.yml:7:79 2026-02-01 due.affiliation: `Ada Lovelace` is the "
            "representative of `a`, but the affiliation ended on 2026-01-31"
        )
    ]
    followed = {
        PHASE: project(end="2025-12-31"),
        "partners/next.yml": project(name="Next", start="2026-01-01"),
    }
    assert told(tmp_path, followed) == []


def test_a_leader_whose_affiliations_have_all_ended_is_told(tmp_path: Path):
    gone = ada("{name: X, end: 2025-05-31}", "{partner: a, end: 2025-06-30}")
    files = {PHASE: project("leader: ada"), A: partner(), ADA: gone}
    assert told(tmp_path, files) == [
        (
            "partners/phase.yml:8:9 2025-07-01 due.affiliation: `Ada Lovelace` leads `Phase`, "
            "but the last affiliation ended on 2025-06-30"
        )
    ]


def test_nobody_is_named_who_withholds_consent(tmp_path: Path):
    files = {
        PHASE: project("leader: ada"),
        A: partner(contact="ada"),
        ADA: ada("{partner: a, end: 2026-01-31}", consent="withheld"),
    }
    assert told(tmp_path, files) == []


def test_what_is_to_come_is_told_within_the_days_asked_for(tmp_path: Path):
    files = {PHASE: project(end="2026-03-31")}
    for within, number in ((0, 0), (30, 0), (31, 1), (10**9, 1)):
        found = report(tmp_path, files, within=within)
        assert (len(found.lapsed), len(found.coming)) == (0, number)
        assert found.ok


def test_the_oldest_comes_first(tmp_path: Path):
    files = {
        PHASE: project(),
        "partners/a.yml": partner("review_by: 2026-02-03"),
        "partners/b.yml": partner("review_by: 2025-02-03"),
        "partners/c.yml": partner("review_by: 2026-01-03"),
    }
    found = report(tmp_path, files).lapsed
    assert [item.path[9] for item in found] == ["b", "c", "a"]
