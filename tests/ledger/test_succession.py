"""Partners that join, leave, are renamed or merge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guildhall.core.findings.severity import Severity
from guildhall.network.ledger.checks import run_checks
from guildhall.network.ledger.figures import Figures
from guildhall.network.ledger.in_kind import in_kind_table

from .conftest import Edits
from .portals import SMALL, Portal, partner, person
from .test_figures import TODAY

Spoil = Callable[[Edits], Portal]

ALPHA, BETA = "partners/organisations/alpha.yml", "partners/organisations/beta.yml"
ROW = "partners/rows/beta.yml"
GONE = "the partner `beta` ended on 2025-06-30"
ENDED = "ended: 2025-06-30\nbecame: alpha\n"
WORKSHOP = (
    "kind: workshop\ntitle: Git\ntimezone: Europe/Oslo\nstart: {day}\nend: {day}\n"
    "partners: [beta]\n"
)


def merged(*, row: str = "{2025: 2-3}", more: str = "", project: str = "") -> Edits:
    """The small portal after Beta merged into Alpha on 30 June 2025."""
    text = f"kind: in-kind\nproject: one\npartner: beta\nname: Beta\namounts: {row}\n"
    statement = SMALL["partners/one.yml"].partition("  stated:\n    years:\n      2025: 6-9")[0]
    unused = statement.replace(
        "    a:\n      text: A grant is pending.\n      condition:\n"
        "        name: a pending grant\n        effect: depends\n",
        "",
    )
    budget = SMALL["partners/one.yml"].partition("budget:")[2].partition("claims:")[0]
    return {
        BETA: partner("Beta", country="IS", more=ENDED + more),
        ROW: text,
        "partners/one.yml": f"{unused}budget:{budget}{project}",
    }


def said(portal: Portal) -> list[str]:
    report = run_checks(portal.registry, portal.settings)
    findings = [each for result in report.results for each in result.findings]
    return [each.message for each in findings] + [each.message for each in report.faults]


def test_a_partner_that_merged_keeps_its_record_and_needs_no_amount_after_it(spoilt: Spoil):
    portal = spoilt(merged())
    assert said(portal) == []


def test_what_partners_give_across_a_merger_is_counted_once(spoilt: Spoil):
    portal = spoilt(merged())
    table = in_kind_table(portal.registry, portal.project)
    assert str(table.total) == "9-12"
    assert [str(table.of_partner(key)) for key in ("alpha", "beta")] == ["7-9", "2-3"]
    figures = Figures(portal.registry, "one", TODAY)
    assert str(figures.lookup("partners.count").value) == "1"
    assert str(figures.lookup("countries.count").value) == "2"


def test_partners_that_became_the_same_one_are_counted_once(spoilt: Spoil):
    portal = spoilt(
        {
            "partners/organisations/gamma.yml": partner("Gamma", takes_part=False),
            ALPHA: partner("Alpha", more="ended: 2025-06-30\nbecame: gamma\n"),
            BETA: partner("Beta", more="ended: 2025-06-30\nbecame: gamma\n"),
        }
    )
    assert str(Figures(portal.registry, "one", TODAY).lookup("partners.count").value) == "1"


def test_a_partner_that_became_one_of_a_circle_stays_itself(spoilt: Spoil):
    gone = "ended: 2025-06-30\nbecame: "
    portal = spoilt(
        {
            ALPHA: partner("Alpha", more=f"{gone}beta\n"),
            BETA: partner("Beta", more=f"{gone}gamma\n"),
            "partners/organisations/gamma.yml": partner("Gamma", more=f"{gone}beta\n"),
        }
    )
    assert str(Figures(portal.registry, "one", TODAY).lookup("partners.count").value) == "3"
    circles = [each for each in said(portal) if "one of them is the last" in each]
    assert circles == ["`beta` became `gamma` became `beta`; one of them is the last"]


@pytest.mark.parametrize(
    ("dates", "row", "message"),
    [
        ("start: 2026-01-01", "{2026: 2}", None),
        ("start: 2026-01-01", "{2025: 0, 2026: 2}", None),
        (
            "start: 2026-01-01", "{2025: 1, 2026: 2}",
            "the year 2025: the partner `beta` takes part in 2026 to 2026",
        ),
        ("end: 2025-12-31", "{2025: 2}", None),
        ("end: 2025-12-31", "{2025: 2, 2026: 1}",
         "the year 2026: the partner `beta` takes part in 2025 to 2025"),
        ("end: 2025-12-31", "{2026: 0}", "no amount for 2025; write 0 where nothing is given"),
        ("end: 2025-02-28", "{2025: 0}", None),
        ("end: 2025-03-01", "{2025: 1}", None),
        ("end: 2025-02-28", "{2025: 1}",
         "the year 2025: the partner `beta` takes part in no year of it"),
        ("start: 2026-01-01\n    end: 2025-12-31", "{2025: 2, 2026: 1}",
         "`participation`: found `2025-12-31`, expected a day on or after the start, 2026-01-01"),
    ],
)  # fmt: skip
def test_a_row_has_the_years_in_which_its_partner_takes_part(
    dates: str, row: str, message: str | None, spoilt: Spoil
):
    edits = merged(row=row)
    beta = partner("Beta", country="IS").replace("project: one\n", f"project: one\n    {dates}\n")
    assert said(spoilt({**edits, BETA: beta})) == ([message] if message else [])


def test_amounts_after_a_merger_belong_to_the_successor(spoilt: Spoil):
    (message,) = said(spoilt(merged(row="{2025: 2, 2026: 2}")))
    assert message == (
        "the year 2026: the partner `beta` takes part in 2025 to 2025; "
        "it was succeeded by `alpha`, whose row covers the time after"
    )


@pytest.mark.parametrize(
    ("name", "text", "message", "place"),
    [
        ("then", WORKSHOP.format(day="2025-06-30"), None, ()),
        (
            "later", WORKSHOP.format(day="2025-07-01"),
            f"{GONE}, but the workshop began on 2025-07-01; after that it is `alpha`", (6, 12),
        ),
        (
            "room",
            WORKSHOP.format(day="2025-07-01").replace(
                "partners: [beta]", "classrooms: [{name: R, place: {name: A}, partner: beta}]"
            ),
            f"{GONE}, but the workshop began on 2025-07-01; after that it is `alpha`", (6, 51),
        ),
        (
            "ada", person("Ada") + "affiliations: [beta]\n",
            f"{GONE}, but the affiliation has no end; after that it is `alpha`", (5, 16),
        ),
        (
            "ada", person("Ada") + "affiliations: [alpha, {partner: beta, end: 2025-07-01}]\n",
            f"{GONE}, but the affiliation continues; after that it is `alpha`", (5, 23),
        ),
        (
            "ada", person("Ada") + "affiliations: [{partner: beta, end: 2025-06-30}, alpha]\n",
            None, (),
        ),
    ],
)  # fmt: skip
def test_workshops_and_people_of_then_stay_with_the_partner_of_then(
    name: str, text: str, message: str | None, place: tuple[int, ...], spoilt: Spoil
):
    portal = spoilt({**merged(), f"partners/{name}.yml": text})
    assert said(portal) == ([message] if message else [])
    results = run_checks(portal.registry, portal.settings).results
    (found,) = (each for each in results if each.id == "coverage.ended")
    assert found.status == "pass", "a warning doesn't fail"
    assert [(each.line, each.column, each.severity) for each in found.findings] == (
        [(*place, Severity.WARNING)] if place else []
    )


def test_of_a_partner_that_became_nothing_no_successor_is_told(spoilt: Spoil):
    ended = {BETA: partner("Beta", country="IS", more="ended: 2025-06-30\n")}
    workshops = {
        f"partners/{number}.yml": WORKSHOP.format(day=f"2025-07-0{number}") for number in (1, 2)
    }
    portal = spoilt({**merged(), **ended, **workshops})
    assert said(portal) == [
        f"{GONE}, but the workshop began on 2025-07-01",
        f"{GONE}, but the workshop began on 2025-07-02",
    ]
    results = run_checks(portal.registry, portal.settings).results
    (found,) = (each for each in results if each.id == "coverage.ended")
    assert found.detail == "2 findings in 4 mentions", "two partners, and one of them twice"


def test_a_former_id_leads_to_the_present_one(spoilt: Spoil):
    portal = spoilt(
        {
            BETA: partner("Beta", country="IS", more="formerly: [{name: Bet, id: bet}, Beth]\n"),
            "partners/people/ada.yml": person("Ada") + "affiliations: [bet]\n",
        }
    )
    assert [each.message for each in portal.registry.faults] == [
        "no partner has the id `bet`; it has the id `beta` now"
    ]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("became: alpha\n", "`became` needs `ended`, the last day before it"),
        ("ended: 2025-06-30\nbecame: alhpa\n", "no partner has the id `alhpa`; did you mean"),
        ("ended: 2025-06-30\nbecame: beta\n", "`beta` became `beta`; one of them is the last"),
    ],
)
def test_a_successor_that_cant_be_is_told(more: str, message: str, spoilt: Spoil):
    messages = said(spoilt({BETA: partner("Beta", country="IS", more=more)}))
    assert [each for each in messages if message in each], messages


def test_partners_that_became_one_another_are_told_once(spoilt: Spoil):
    portal = spoilt(
        {
            ALPHA: partner("Alpha", more="ended: 2025-06-30\nbecame: beta\n"),
            BETA: partner("Beta", more="ended: 2025-06-30\nbecame: alpha\n"),
        }
    )
    messages = [each for each in said(portal) if " became " in each and "one of them" in each]
    assert messages == ["`alpha` became `beta` became `alpha`; one of them is the last"]
    assert str(Figures(portal.registry, "one", TODAY).lookup("partners.count").value) == "2"
