"""Claims of texts, checked against figures of workshops."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from pydantic import ValidationError

from guildhall.core.values.numbers import Range
from guildhall.model.records.kinds.project import Claim
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.ledger.checks import run_checks
from guildhall.network.ledger.claims import holds, in_words, judge
from guildhall.network.ledger.figures import Figures, Point, Series

from ..workshops.portals import load
from .portals import FILES, PROJECT, TODAY

_COUNTS = (
    "what counts: {known} workshops that have begun; "
    "not planned, cancelled or postponed ones, meetings, writing retreats"
)


def claim(value: str, compare: str, tolerance: str | None = None) -> Claim:
    stated = {"text": "T", "figure": "f", "value": value, "compare": compare}
    return Claim.model_validate(stated | ({"tolerance": tolerance} if tolerance else {}))


@pytest.mark.parametrize(
    ("value", "compare", "right", "wrong"),
    [
        ("40", "equal", ["40"], ["39", "41", "40-41"]),
        ("40-50", "equal", ["40-50"], ["40", "45"]),
        ("40", "at-least", ["40", "41", "40-50"], ["39", "39-50"]),
        ("40", "more-than", ["41"], ["40", "40-50"]),
        ("40", "at-most", ["40", "0", "30-40"], ["41", "30-41"]),
        ("40", "less-than", ["39"], ["40", "39-40"]),
        ("30-40", "at-least", ["40"], ["35"]),
        ("30-40", "at-most", ["30"], ["35"]),
    ],
)
def test_a_claim_holds_for_whatever_a_range_may_be(
    value: str, compare: str, right: list[str], wrong: list[str]
):
    stated = claim(value, compare)
    assert [each for each in right if not holds(stated, Range.parse(each))] == []
    assert [each for each in wrong if holds(stated, Range.parse(each))] == []


@pytest.mark.parametrize(
    ("computed", "is_right"),
    [("400", True), ("399", False), ("600", True), ("601", False), ("390-500", False)],
)
def test_about_is_within_the_tolerance(computed: str, is_right: bool):
    assert holds(claim("500", "about", "20 %"), Range.parse(computed)) is is_right


def test_claims_in_words():
    assert in_words(claim("500", "about", "12.5%")) == "about 500 (within 12.5 %)"
    assert in_words(claim("40", "more-than")) == "more than 40"
    assert in_words(claim("40", "equal")) == "40"
    stable = {"text": "T", "figure": "f", "trend": "stable", "tolerance": "5 %"}
    assert in_words(Claim.model_validate(stable)) == "stable, within 5 %"
    compared = {"text": "T", "figure": "f", "than": "g", "compare": "at-most"}
    assert in_words(Claim.model_validate(compared)) == ""


def told(root: Path, *lines: str) -> list[str]:
    """What the check of claims says of one claim."""
    claims = "\n".join(("claims:", "  - text: over 3", *(f"    {line}" for line in lines), ""))
    registry = load(root, {**FILES, "partners/phase-one.yml": PROJECT + claims})
    settings, _ = load_settings(root, TODAY)
    (result,) = (r for r in run_checks(registry, settings).results if r.id == "claims")
    assert result.status == (
        "fail" if any(f.severity == "error" for f in result.findings) else "pass"
    )
    return [
        f"{each.relative_to(root / 'partners').location}: {each.severity}: {each.message}"
        for each in result.findings
    ]


def test_a_claim_that_holds_says_nothing(tmp_path: Path):
    assert told(tmp_path, "figure: workshops.count", "value: 3", "compare: more-than") == []


def test_a_wrong_claim_names_both_figures_and_what_counts(tmp_path: Path):
    assert told(tmp_path, "figure: workshops.count", "value: 4", "compare: more-than") == [
        (
            "phase-one.yml:11:12: error: the claim `over 3`: stated more than 4, computed 4, "
            f"difference 0; {_COUNTS.format(known='4 of 4')}"
        )
    ]


def test_a_claim_speaks_of_its_own_day(tmp_path: Path):
    lines = ("figure: workshops.count", "value: 3", "compare: at-least", "as_of: 2025-02-28")
    assert told(tmp_path, *lines) == [
        (
            "phase-one.yml:11:12: error: the claim `over 3`: stated at least 3, "
            f"computed 2 as of 2025-02-28, difference -1; {_COUNTS.format(known='2 of 2')}"
        )
    ]


def test_a_difference_that_is_known_is_told_and_does_not_fail(tmp_path: Path):
    lines = ("figure: learners.total", "value: 500", "differs: The list is not complete.")
    assert told(tmp_path, *lines) == [
        (
            "phase-one.yml:11:12: info: the claim `over 3`: stated 500, computed 130, "
            f"difference -370; {_COUNTS.format(known='2 of 4')}; known: The list is not complete."
        )
    ]


def test_a_remark_that_outlives_its_reason_is_a_note(tmp_path: Path):
    lines = ("figure: learners.total", "value: 130", "differs: The list is not complete.")
    assert told(tmp_path, *lines) == [
        (
            "phase-one.yml:12:14: info: the claim `over 3`: stated 130, computed 130, "
            f"difference 0; {_COUNTS.format(known='2 of 4')}; "
            "the claim holds, so omit `differs`"
        )
    ]


@pytest.mark.parametrize(
    ("trend", "amounts", "why"),
    [
        ("increasing", ["1", "2", "3"], ""),
        ("increasing", ["1", "2", "2"], "2 of c follows 2"),
        ("increasing", ["1-2", "2-3"], "2-3 of b follows 1-2"),
        ("increasing", ["1-2", "2.1-3"], ""),
        ("decreasing", ["3", "2", "1"], ""),
        ("decreasing", ["3", "3", "1"], "3 of b follows 3"),
        ("decreasing", ["2-3", "1-2"], "1-2 of b follows 2-3"),
        ("decreasing", ["2-3", "1-1.9"], ""),
        ("stable", ["100", "90", "110"], ""),
        ("stable", ["100", "89.9"], "89.9 of b is further from 100 of a"),
        ("stable", ["100", "110.1"], "110.1 of b is further from 100 of a"),
        ("stable", ["100", "105", "115"], "115 of c is further from 100 of a"),
        # The first may be 90 or 110: within 10 % of both are 99 only.
        ("stable", ["90-110", "99"], ""),
        ("stable", ["90-110", "99-100"], "99-100 of b is further from 90-110 of a"),
        ("stable", ["90-110", "98-99"], "98-99 of b is further from 90-110 of a"),
    ],
)
def test_a_trend_holds_for_whatever_its_ranges_may_be(trend: str, amounts: list[str], why: str):
    points = tuple(Point(*each) for each in zip("abc", map(Range.parse, amounts), strict=False))
    stated = {"text": "T", "figure": "f", "trend": trend}
    tolerance = {"tolerance": "10 %"} if trend == "stable" else {}
    figures = cast("Figures", SimpleNamespace(series=lambda *_: Series(points, "the records")))
    judged = judge(Claim.model_validate({**stated, **tolerance}), figures, "phase-one")
    assert (judged.holds, judged.why, judged.origin) == (not why, why, "the records")


# Two workshops have 30 and 100 learners; of the others no record says it.
KNOWN = "among: {end: 2025-12-31, format: online}"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        # From year to year: 1 workshop of 2024, 2 of 2025, 1 of 2026 so far.
        (("figure: workshops", "trend: increasing", "among: {end: 2025-12-31}"), ""),
        (
            ("figure: workshops", "trend: increasing"),
            "stated increasing from year to year, computed 1, 2, 1; 1 of 2026 follows 2",
        ),
        (
            ("figure: workshops", "trend: decreasing", "among: {end: 2025-12-31}"),
            "stated decreasing from year to year, computed 1, 2; 2 of 2025 follows 1",
        ),
        (("figure: workshops", "trend: increasing", "as_of: 2025-12-31"), ""),
        # Figures of the project as well.
        (
            ("figure: activities", "trend: decreasing"),
            "stated decreasing from year to year, computed 0, 1; 1 of 2026 follows 0",
        ),
        (("figure: workshops", "trend: stable", "tolerance: 99 %", "as_of: 2025-02-28"), ""),
        (
            ("figure: workshops", "trend: stable", "tolerance: 50 %"),
            (
                "stated stable, within 50 % from year to year, computed 1, 2, 1; "
                "2 of 2025 is further from 1 of 2024"
            ),
        ),
        # From workshop to workshop; what no record says proves nothing.
        (
            ("figure: learners", "trend: increasing", "by: workshop"),
            (
                "stated increasing from workshop to workshop, computed 30, no record, 100, "
                "no record; no record of unsaid"
            ),
        ),
        (
            ("figure: learners", "trend: increasing", "by: workshop", "among: {format: in-person}"),
            (
                "stated increasing from workshop to workshop, computed 30; "
                "a trend needs at least two amounts"
            ),
        ),
        # One figure against another.
        (("figure: learners.2025", "compare: more-than", "than: learners.2024"), ""),
        (
            ("figure: learners.2024", "compare: at-least", "than: learners.2025"),
            "stated at least 100 (`learners.2025`), computed 30, difference -70",
        ),
        # Some of the workshops.
        (("figure: workshops.count", "value: 2", KNOWN), ""),
        (
            ("figure: workshops.count", "value: 3", KNOWN),
            "stated 3, computed 2, difference -1",
        ),
    ],
)
def test_trends_comparisons_and_counts(tmp_path: Path, lines: tuple[str, ...], found: str):
    said = told(tmp_path, *lines)
    assert len(said) == bool(found)
    assert all(f"the claim `over 3`: {found}" in each for each in said), said
    keys = [line.partition(":")[0] for line in lines]
    at = 10 + next(keys.index(key) for key in ("value", "than", "trend") if key in keys)
    assert all(each.startswith(f"phase-one.yml:{at}:") for each in said), said


def test_a_trend_of_what_there_is_not_is_told_at_its_name(tmp_path: Path):
    assert told(tmp_path, "figure: lerners", "trend: increasing") == [
        (
            "phase-one.yml:10:13: error: no figures have the name `lerners` and a year; "
            "did you mean `learners`?"
        )
    ]
    assert told(tmp_path, "figure: instructors", "trend: increasing", "by: workshop") == [
        (
            "phase-one.yml:10:13: error: no workshop has the figure `instructors` of its own; "
            "expected `learners` or `hours`"
        )
    ]
    lines = ("figure: workshops.count", "than: workshops.cuont")
    assert told(tmp_path, *lines) == [
        (
            "phase-one.yml:11:11: error: no figure has the name `workshops.cuont`; "
            "did you mean `workshops.count`?"
        )
    ]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({}, "expected `value`, `than` or `trend`"),
        ({"value": "1", "trend": "increasing"}, "expected one of `value`, `than` and `trend`"),
        ({"trend": "stable"}, "`stable` needs a `tolerance`"),
        ({"trend": "increasing", "tolerance": "5 %"}, "a `tolerance` is only allowed with"),
        (
            {"trend": "increasing", "compare": "at-least"},
            "`compare` is allowed with `value` or `than`",
        ),
        ({"value": "1", "by": "workshop"}, "`by` is only allowed with `trend`"),
    ],
)
def test_a_claim_says_one_thing(stated: dict[str, str], message: str):
    with pytest.raises(ValidationError, match=re.escape(message)):
        Claim.model_validate({"text": "T", "figure": "f", **stated})


def test_a_claim_of_what_no_record_says_names_the_nearest_figure(tmp_path: Path):
    assert told(tmp_path, "figure: learners.2026", "value: 500") == [
        (
            "phase-one.yml:10:13: error: no figure has the name `learners.2026`; "
            "did you mean `learners.2025`?"
        )
    ]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ("compare: about",),
            "phase-one.yml:12:14: `claims`: `about` needs a `tolerance`, such as `20 %`",
        ),
        (
            ("compare: at-least", "tolerance: 5 %"),
            "phase-one.yml:13:16: `claims`: a `tolerance` is only allowed with `compare: about`",
        ),
        (
            ("compare: about", "tolerance: 20"),
            (
                "phase-one.yml:13:16: `claims.tolerance`: found `20`, expected percent such as "
                "`20 %`; did you mean `20 %`?"
            ),
        ),
        (
            ("compare: about", "tolerance: 100 %"),
            (
                "phase-one.yml:13:16: `claims.tolerance`: found `100 %`, expected percent above 0 "
                "and below 100"
            ),
        ),
        (
            ("compare: about", "tolerance: much %"),
            (
                "phase-one.yml:13:16: `claims.tolerance`: found `much %`, expected percent such as "
                "`20 %`"
            ),
        ),
    ],
)
def test_a_claim_that_says_too_little_or_too_much_is_a_fault(
    tmp_path: Path, lines: tuple[str, ...], message: str
):
    stated = ("  - text: T", "figure: workshops.count", "value: 3", *lines)
    text = PROJECT + "claims:\n" + "\n    ".join(stated) + "\n"
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners/phase-one.yml").write_text(text, encoding="utf-8")
    registry = load_registry(tmp_path, load_settings(tmp_path)[0])
    (fault,) = registry.faults
    found = fault.relative_to(tmp_path / "partners")
    assert f"{found.location}: {found.message}" == message
