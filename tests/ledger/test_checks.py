"""Each check, right and wrong; a wrong one is found at the line and column of its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from guildhall.core.values.counts import parse_count
from guildhall.core.values.numbers import Range
from guildhall.network.ledger.checks import CHECKS, run_checks
from guildhall.network.ledger.tally import difference_of
from guildhall.network.results import CheckResult, Report

from .conftest import Edits
from .portals import BARE, SMALL, Portal, make_portal, partner

PROJECT = "partners/one.yml"
ALPHA, BETA = "partners/rows/alpha.yml", "partners/rows/beta.yml"
HOSTING, TRIPS = "partners/budget/hosting.yml", "partners/budget/trips.yml"
GAMMA = "partners/organisations/gamma.yml"
NEXT = "partners/bare.yml"


def check(portal: Portal) -> Report:
    return run_checks(portal.registry, portal.settings)


def failed(report: Report) -> dict[str, CheckResult]:
    return {result.id: result for result in report.results if result.status == "fail"}


LOOKED_AT = {
    "amounts.range": "23 amounts",
    "in-kind.row-totals": "2 stated totals",
    "in-kind.column-totals": "2 stated totals",
    "in-kind.grand-total": "1 stated total",
    "budget.row-totals": "3 stated totals",
    "budget.totals": "3 stated totals",
    "claims": "2 claims",
    "coverage.partners": "2 partners",
    "coverage.rows": "2 rows",
    "coverage.years": "5 rows",
    "coverage.ended": "2 mentions",
    "notes.defined": "5 marks",
    "notes.totals": "5 totals",
    "notes.funding": "1 contribution",
    "budget.currency": "3 lines",
}
"""What there is to look at in the small portal, counted by hand."""


def test_in_a_sound_portal_every_check_passes_and_says_how_much_it_looked_at(small: Portal):
    report = check(small)
    assert report.ok
    assert [(result.id, result.title, result.status) for result in report.results] == [
        (entry.id, entry.title, "pass") for entry in CHECKS
    ]
    assert {result.id: result.detail for result in report.results} == LOOKED_AT


class Case(NamedTuple):
    """What is changed, and which check must say what, where; ``|`` marks the column."""

    check: str
    edits: Edits
    file: str
    place: str
    message: str
    also: frozenset[str] = frozenset()


CASES = {
    "a negative amount": Case(
        "amounts.range", {PROJECT: ("value: 2\n", "value: -2\n")}, PROJECT, "value: |-2\n",
        "the amount -2 is below 0", frozenset({"claims"}),
    ),
    "a negative total of nothing": Case(
        "amounts.range", {NEXT: BARE + "in_kind:\n  stated:\n    total: -1\n"}, NEXT,
        "total: |-1", "the amount -1 is below 0",
    ),
    "a negative budget of a project without an in-kind table": Case(
        "amounts.range",
        {NEXT: BARE + "budget: {currency: EUR, payer: P, stated: {total: -1}}\n"}, NEXT,
        "total: |-1", "the amount -1 is below 0",
    ),
    "an in-kind row, wrong at one end": Case(
        "in-kind.row-totals", {ALPHA: ("7-9 [b]", "7-10 [b]")}, ALPHA, "total: |7-10",
        "total of the row `Alpha`: stated 7-10, computed 7-9, "
        "difference 0 at the low end, -1 at the high end",
    ),
    "an in-kind column": Case(
        "in-kind.column-totals", {PROJECT: ("2026: 5\n", "2026: 6\n")}, PROJECT, "2026: |6\n",
        "in-kind total of 2026: stated 6, computed 5, difference -1",
    ),
    "the in-kind grand total": Case(
        "in-kind.grand-total", {PROJECT: ("total: 11-14", "total: 10-14")}, PROJECT,
        "total: |10-14",
        "in-kind grand total: stated 10-14, computed 11-14, "
        "difference +1 at the low end, 0 at the high end",
    ),
    "a budget row": Case(
        "budget.row-totals", {TRIPS: ("total: 1000", "total: 1000.5")}, TRIPS, "total: |1000.5",
        "total of the row `Trips`: stated 1000.5, computed 1000, difference -0.5",
    ),
    "a budget row that is stated to be nothing": Case(
        "budget.row-totals", {TRIPS: ("total: 1000", "total: 0")}, TRIPS, "total: |0",
        "total of the row `Trips`: stated 0, computed 1000, difference +1000",
    ),
    "a budget column": Case(
        "budget.totals", {PROJECT: ("2025: 1500", "2025: 1800")}, PROJECT, "2025: |1800",
        "budget required in 2025: stated 1800, computed 1500, difference -300",
    ),
    "a budget total to which an allocation was added": Case(
        "budget.totals", {PROJECT: ("total: 2000", "total: 2600")}, PROJECT, "total: |2600",
        "total budget required: stated 2600, computed 2000, difference -600",
    ),
    "a claim": Case(
        "claims", {PROJECT: ("value: 2\n", "value: 3\n")}, PROJECT, "value: |3\n",
        "the claim `two partners`: stated 3, computed 2, difference -1; "
        "what counts: the partners of One",
    ),
    "a claim about no figure": Case(
        "claims", {PROJECT: ("partners.count", "partner.count")}, PROJECT,
        "figure: |partner.count",
        "no figure has the name `partner.count`; did you mean `partners.count`?",
    ),
    "a claim about no project": Case(
        "claims", {PROJECT: ("partners.count", "on:partners.count")}, PROJECT,
        "figure: |on:partners.count",
        "no project has the figure `on:partners.count`; did you mean `one:partners.count`?",
    ),
    "a partner without rows": Case(
        "coverage.partners",
        {GAMMA: partner("Gamma"), PROJECT: ("value: 2\n", "value: 3\n")},
        GAMMA, "- project: |one", "the partner `gamma` has no in-kind row in `one`",
    ),
    "a row whose partner doesn't take part": Case(
        "coverage.rows",
        {
            GAMMA: partner("Gamma", takes_part=False),
            "partners/rows/gamma.yml": (
                "kind: in-kind\nproject: one\npartner: gamma\nname: Gamma\n"
                "amounts:\n  2025: 0\n  2026: 0\n"
            ),
        },
        "partners/rows/gamma.yml", "partner: |gamma",
        "the partner `gamma` doesn't take part in `one`",
    ),
    "a partner that became itself": Case(
        "coverage.ended",
        {GAMMA: partner("Gamma", takes_part=False, more="ended: 2025-06-30\nbecame: gamma\n")},
        GAMMA, "became: |gamma", "`gamma` became `gamma`; one of them is the last",
    ),
    "a year after the project": Case(
        "coverage.years", {ALPHA: ("  2026: 3 [b]", "  2026: 3 [b]\n  2027: 1 [b]")}, ALPHA,
        "  |2027: 1", "the year 2027 is outside the project, 2025 to 2026",
    ),
    "a year that is missing": Case(
        "coverage.years", {HOSTING: ("  2026: 0\n", "")}, HOSTING, "|amounts:",
        "no amount for 2026; write 0 where nothing is given",
    ),
    "years that are missing": Case(
        "coverage.years", {
            NEXT: BARE + "budget: {currency: EUR, payer: The funder}\n",
            "partners/budget/next.yml": (
                "kind: budget-line\nproject: bare\nname: Next\ntype: cost\npurpose: operations\n"
                "currency: EUR\namounts: {2026: 1, 2029: 1}\n"
            ),
        }, "partners/budget/next.yml", "|amounts:",
        "no amount for 2027, 2028; write 0 where nothing is given",
    ),
    "a year in which the partner doesn't take part": Case(
        "coverage.years", {
            "partners/organisations/beta.yml": (
                "project: one\n", "project: one\n    start: 2026-01-01\n",
            ),
        }, BETA, "  |2025: 2-3",
        "the year 2025: the partner `beta` takes part in 2026 to 2026",
    ),
    "a stated total of a year outside": Case(
        "coverage.years", {PROJECT: ("      2026: 500\n", "      2026: 500\n      2024: 1\n")},
        PROJECT, "      |2024: 1", "the year 2024 is outside the project, 2025 to 2026",
    ),
    "a stated total of a year outside a longer project": Case(
        "coverage.years", {NEXT: BARE + "in_kind:\n  stated:\n    years: {2025: 0}\n"}, NEXT,
        "years: {|2025", "the year 2025 is outside the project, 2026 to 2029",
    ),
    "a note that isn't defined": Case(
        "notes.defined", {TRIPS: ("[c]", "[c, d]")}, TRIPS, "notes: |[c, d]",
        "the note `d` isn't defined in `one` (c)",
    ),
    "a note on a cell that isn't defined": Case(
        "notes.defined", {ALPHA: ("3 [b]", "3 [b, d]")}, ALPHA, "2026: |3 [b, d]",
        "the note `d` isn't defined in `one` (a, b)", frozenset({"notes.totals"}),
    ),
    "a note on a total that isn't defined": Case(
        "notes.defined", {BETA: ("4-5 [a]", "4-5 [a, d]")}, BETA, "total: |4-5 [a, d]",
        "the note `d` isn't defined in `one` (a, b)", frozenset({"notes.totals"}),
    ),
    "a note of a table without notes": Case(
        "notes.defined", {
            PROJECT: ("  notes:\n    c:\n      text: Trips are needed.\n", ""),
        }, TRIPS, "notes: |[c]", "the note `c` isn't defined in `one` (none)",
    ),
    "a note that stands nowhere": Case(
        "notes.defined", {PROJECT: ("    b:\n", "    z:\n      text: Nowhere.\n    b:\n")},
        PROJECT, "    |z:", "the note `z` is not used on any cell",
    ),
    "a total without the note of its year": Case(
        "notes.totals", {BETA: ("4-5 [a]", "4-5")}, BETA, "total: |4-5",
        "a year has the note `a`, but the total doesn't",
    ),
    "a total with a note that no year has": Case(
        "notes.totals", {ALPHA: ("7-9 [b]", "7-9 [a, b]")}, ALPHA, "total: |7-9 [a, b]",
        "the total has the note `a`, but none of its years does",
    ),
    "a total without the note of its year, after a row without a total": Case(
        "notes.totals", {ALPHA: ("total: 7-9 [b]\n", ""), BETA: ("4-5 [a]", "4-5")}, BETA,
        "total: |4-5", "a year has the note `a`, but the total doesn't",
    ),
    "a contribution of a partner after one that has no end of funding": Case(
        "notes.funding", {
            "partners/organisations/alpha.yml": ("funding:\n  ends: 2025\n", ""),
            "partners/organisations/beta.yml": (
                "description:", "funding: {ends: 2025}\ndescription:",
            ),
        }, BETA, "2026: |2\n",
        "the funding of `beta` ends in 2025; the contribution of 2026 needs a note",
    ),
    "a contribution after the end of funding": Case(
        "notes.funding",
        {ALPHA: ("3 [b]\ntotal: 7-9 [b]", "3\ntotal: 7-9"), PROJECT: (
            "    b:\n      text: Funding has ended.\n", "")},
        ALPHA, "2026: |3\n",
        "the funding of `alpha` ends in 2025; the contribution of 2026 needs a note",
    ),
    "a currency without a rate": Case(
        "budget.currency", {HOSTING: ("currency: NOK", "currency: SEK")}, HOSTING,
        "currency: |SEK",
        "the currency SEK has no stated rate to EUR; add it to `budget.rates` of `one`",
    ),
    "lines of a project without a budget": Case(
        "budget.currency", {
            "partners/budget/next.yml": (
                "kind: budget-line\nproject: bare\nname: Next\ntype: cost\npurpose: operations\n"
                "currency: EUR\namounts: {2026: 1, 2027: 1, 2028: 1, 2029: 1}\n"
            ),
        }, "partners/budget/next.yml", "project: |bare",
        "the project `bare` has no `budget`, which names the currency",
    ),
    "a rate of 0": Case(
        "budget.currency", {PROJECT: ("NOK: 0.1", "NOK: 0")}, PROJECT, "NOK: |0\n",
        "the rate of NOK is 0; a rate must be above 0",
    ),
    "a negative rate": Case(
        "budget.currency", {PROJECT: ("NOK: 0.1", "NOK: -2")}, PROJECT, "NOK: |-2\n",
        "the rate of NOK is -2; a rate must be above 0",
    ),
    "a rate for the budget's own currency": Case(
        "budget.currency", {PROJECT: ("NOK: 0.1", "NOK: 0.1\n    EUR: 2")}, PROJECT,
        "    |EUR: 2", "the budget is in EUR, which needs no rate",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_wrong_is_found_once_at_its_cell(case: Case, spoilt: Callable[[Edits], Portal]):
    portal = spoilt(case.edits)
    report = check(portal)
    assert failed(report).keys() == {case.check} | case.also
    assert not report.ok
    (finding,) = failed(report)[case.check].findings
    assert finding.message == case.message
    assert finding.path == (portal.root / case.file).as_posix()
    assert (finding.line, finding.column) == position(portal, case.file, case.place)


def position(portal: Portal, file: str, place: str) -> tuple[int, int]:
    """Line and column of the ``|`` in ``place``, whose text stands once in the file."""
    before, after = place.split("|")
    text = (portal.root / file).read_text(encoding="utf-8")
    assert text.count(before + after) == 1
    head = text[: text.index(before + after) + len(before)]
    return head.count("\n") + 1, len(head) - head.rfind("\n")


def test_every_check_has_a_wrong_case():
    assert {entry.id for entry in CHECKS} == {case.check for case in CASES.values()}


def test_a_finding_about_a_sum_holds_what_was_stated_computed_and_the_difference(
    spoilt: Callable[[Edits], Portal],
):
    portal = spoilt({ALPHA: ("7-9 [b]", "7-10 [b]")})
    result = failed(check(portal))["in-kind.row-totals"]
    assert result.detail == "1 finding in 2 stated totals"
    assert result.title == "In-kind rows add up to their stated totals"
    (finding,) = result.findings
    assert (finding.stated, finding.computed) == ("7-10", "7-9")
    assert finding.difference == "0 at the low end, -1 at the high end"


IN_KIND_TOTALS = "      2025: 6-9\n      2026: 5\n    total: 11-14\n"
BUDGET_TOTALS = "      2025: 1500\n      2026: 500\n    total: 2000\n"
REFUND = (
    "kind: budget-line\nproject: one\nname: Refund\ntype: refund\npurpose: travel\n"
    "currency: EUR\namounts: {2025: -1, 2026: 0}\n"
)
BELOW_0 = {
    "the in-kind total of a year": (IN_KIND_TOTALS, "      2025: |-6-9\n      2026: 0\n", False),
    "the in-kind grand total": (IN_KIND_TOTALS, "      2025: 0\n    total: |-0.5-9\n", False),
    "the budget of a year": (BUDGET_TOTALS, "      2025: 0\n      2026: |-1\n", True),
    "the whole budget": (BUDGET_TOTALS, "      2025: 0\n    total: |-0.5\n", True),
    "a claim about people": ("    value: 2\n", "    value: |-2\n", False),
    "a claim about the budget": (
        "    figure: partners.count\n    value: 2\n",
        "    figure: budget.required.total\n    value: |-0.01-5\n", True,
    ),
}  # fmt: skip
"""Of the project's text, what is replaced, by what, and whether refunds allow it."""


@pytest.mark.parametrize("has_refund", [False, True])
@pytest.mark.parametrize(("old", "new", "allowed"), BELOW_0.values(), ids=BELOW_0)
def test_only_budgets_with_refunds_may_be_below_0(
    old: str, new: str, allowed: bool, has_refund: bool, spoilt: Callable[[Edits], Portal]
):
    edits: Edits = {PROJECT: (old, new.replace("|", ""))}
    portal = spoilt(edits | ({"partners/budget/refund.yml": REFUND} if has_refund else {}))
    found = next(each for each in check(portal).results if each.id == "amounts.range").findings
    places = [(each.line, each.column) for each in found]
    assert places == ([] if allowed and has_refund else [position(portal, PROJECT, new)])


def test_every_check_looks_on_after_what_is_wrong(spoilt: Callable[[Edits], Portal]):
    """What stands after the first mistake of a file is found as well."""
    rows = SMALL[ALPHA].replace("project: one", "project: one\nrounded_to: 0.5")
    portal = spoilt(
        {
            PROJECT: SMALL[PROJECT]
            .replace(IN_KIND_TOTALS, "      2024: 1\n      2025: 1\n      2026: 1\n    total: 1\n")
            .replace(BUDGET_TOTALS, "      2024: 1\n      2025: 1\n      2026: 1\n    total: 1\n")
            .replace("figure: partners.count", "figure: none")
            .replace("value: 11-14", "value: 3")
            .replace("    NOK: 0.1\n", "    NOK: 0.1\n    EUR: 1\n    SEK: 0\n"),
            ALPHA: rows.replace("total: 7-9 [b]", "total: 1 [a]"),
            BETA: SMALL[BETA].replace("2-3 [a]", "2-3 [y, z]").replace("4-5 [a]", "1"),
        }
    )
    assert {each.id: len(each.findings) for each in check(portal).results} == {
        **dict.fromkeys(LOOKED_AT, 0),
        "in-kind.row-totals": 2,
        "in-kind.column-totals": 2,
        "in-kind.grand-total": 1,
        "budget.totals": 3,
        "claims": 2,
        "coverage.years": 2,
        "notes.defined": 2,
        "notes.totals": 4,
        "budget.currency": 2,
    }


def test_each_contribution_after_the_end_of_funding_needs_a_note(
    spoilt: Callable[[Edits], Portal],
):
    ends = ("description:", "funding: {ends: 2024}\ndescription:")
    report = check(spoilt({"partners/organisations/beta.yml": ends}))
    # Two of Beta, of which one has a note, and one of Alpha with a note.
    assert failed(report)["notes.funding"].detail == "1 finding in 3 contributions"


def test_a_project_needs_rows_of_all_partners_once_it_has_a_table(
    spoilt: Callable[[Edits], Portal],
):
    def without_rows(edits: Edits) -> list[str]:
        (result,) = (
            each for each in check(spoilt(edits)).results if each.id == "coverage.partners"
        )
        return [each.message for each in result.findings]

    new = {GAMMA: partner("Gamma").replace("project: one", "project: bare")}
    row = (
        "kind: in-kind\nproject: bare\npartner: alpha\nname: Alpha\n"
        "amounts: {2026: 1, 2027: 1, 2028: 1, 2029: 1}\n"
    )
    said = ["the partner `gamma` has no in-kind row in `bare`"]
    assert without_rows(new) == [], "a project without a table"
    assert without_rows({**new, NEXT: BARE + "in_kind: {}\n"}) == said, "with a table of its own"
    assert without_rows({**new, "partners/rows/next.yml": row}) == said, "with a row of another"


def test_a_claim_without_a_project_is_about_its_own(spoilt: Callable[[Edits], Portal]):
    claims = """\
claims:
  - {text: nobody yet, figure: partners.count, value: 0}
  - {text: an activity a year, figure: activities.count, than: project.years_long}
  - {text: ever less, figure: activities, trend: decreasing}
"""
    activity = "kind: activity\nproject: bare\ntitle: {}\nyear: {}\ntype: workshop\n"
    years = (2026, 2026, 2026, 2027, 2027, 2028)
    activities: Edits = {
        f"partners/plan/{number}.yml": activity.format(f"Plan {number}", year)
        for number, year in enumerate(years)
    }
    portal = spoilt({**activities, NEXT: BARE + claims})
    (result,) = (each for each in check(portal).results if each.id == "claims")
    assert (result.detail, [each.message for each in result.findings]) == (
        "1 finding in 5 claims",
        [
            (
                "the claim `an activity a year`: stated 3 (`project.years_long`), "
                "computed 6, difference +3; what counts: the activities of Bare"
            )
        ],
    )


def test_a_finding_about_a_claim_holds_them_too(spoilt: Callable[[Edits], Portal]):
    (finding,) = failed(check(spoilt({PROJECT: ("value: 2\n", "value: 3\n")})))["claims"].findings
    assert (finding.stated, finding.computed, finding.difference) == ("3", "2", "-1")


@pytest.mark.parametrize(
    ("stated", "computed", "difference"),
    [
        ("5", "7", "+2"),
        ("7", "5.5", "-1.5"),
        ("5-6", "6-7", "+1"),
        ("5-6", "5-7", "0 at the low end, +1 at the high end"),
        ("5-6", "4-6.5", "-1 at the low end, +0.5 at the high end"),
        ("at least 5", "7", "+2 at the low end"),
        ("5", "at least 5", "0 at the low end"),
        ("at least 5", "at least 3", "-2 at the low end"),
        ("5", "at least 6", "+1 at the low end"),
    ],
)
def test_a_difference_is_told_end_by_end(stated: str, computed: str, difference: str):
    def read(text: str) -> Range:
        return parse_count(text) if text.startswith("at least") else Range.parse(text)

    assert difference_of(read(stated), read(computed)) == difference


NO_RECORD = "a file can't be used as a record"
LEFT_OUT: dict[str, tuple[Edits, str]] = {
    "a broken amount": ({ALPHA: ("4-6", "many")}, "records of kind in-kind have faults"),
    "a file that is no YAML": ({ALPHA: ("kind: in-kind", "kind: ]")}, NO_RECORD),
    "a second record of the same id": ({BETA: ("name: Beta", "name: Beta\nid: alpha")}, NO_RECORD),
    "a page of the same name": ({"partners/rows/alpha.md": "# Alpha\n"}, NO_RECORD),
}


@pytest.mark.parametrize(("edits", "reason"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_record_that_is_left_out_causes_no_false_alarm(
    edits: Edits, reason: str, spoilt: Callable[[Edits], Portal]
):
    report = check(spoilt(edits))
    assert not report.ok
    assert len(report.faults) == 1
    assert failed(report) == {}
    skipped = {result.id: result.detail for result in report.results if result.status == "skip"}
    titles = {entry.id: entry.title for entry in CHECKS}
    assert {result.id: result.title for result in report.results} == titles
    assert "coverage.years" not in skipped, "each row that is left has its years"
    for name in ("in-kind.column-totals", "in-kind.grand-total", "claims", "coverage.partners"):
        assert skipped[name] == f"not checked: {reason}"


def test_where_nothing_is_left_to_look_at_the_broken_records_are_the_reason(
    spoilt: Callable[[Edits], Portal],
):
    lines = ("trips", "hosting", "grant")
    broken: Edits = {f"partners/budget/{name}.yml": ("amounts:", "amonts:") for name in lines}
    report = check(spoilt({**broken, ALPHA: ("amounts:", "amonts:")}))
    results = {each.id: (each.title, each.status, each.detail) for each in report.results}
    assert results["budget.row-totals"] == (
        "Budget lines add up to their stated totals",
        "skip",
        "not checked: records of kind budget-line, in-kind have faults",
    )


def test_a_broken_row_doesnt_hide_a_wrong_total_of_another(spoilt: Callable[[Edits], Portal]):
    report = check(spoilt({ALPHA: ("4-6", "many"), BETA: ("4-5 [a]", "4-6 [a]")}))
    assert failed(report).keys() == {"in-kind.row-totals"}


def test_a_project_whose_table_has_no_rows_at_all_is_found(tmp_path: Path):
    files = {name: text for name, text in SMALL.items() if name not in {ALPHA, BETA}}
    report = check(make_portal(tmp_path, files))
    assert len(failed(report)["coverage.partners"].findings) == 2


def test_stated_totals_are_optional(spoilt: Callable[[Edits], Portal]):
    stated = "  stated:\n    years:\n      2025: 1500\n      2026: 500\n    total: 2000\n"
    report = check(spoilt({PROJECT: (stated, "")}))
    assert report.ok
    result = next(result for result in report.results if result.id == "budget.totals")
    assert (result.title, result.status, result.detail) == (
        "The budget adds up to its stated totals", "skip", "no stated totals to check",
    )  # fmt: skip
