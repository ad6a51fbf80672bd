"""Totals as their source rounded them, refunds, and amounts in several currencies."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.values.money import decimals_of
from guildhall.core.values.numbers import Range, differs
from guildhall.network.ledger.budget import budget_table
from guildhall.network.ledger.checks import run_checks

from .conftest import Edits
from .portals import SMALL, Portal

Spoil = Callable[[Edits], Portal]


def found(portal: Portal) -> list[str]:
    """What the checks find, and the faults of records."""
    report = run_checks(portal.registry, portal.settings)
    findings = [finding for result in report.results for finding in result.findings]
    return [each.message for each in findings] + [each.message for each in report.faults]


def refund(amounts: str, total: str | None = None, kind: str = "refund") -> str:
    return (
        f"kind: budget-line\nproject: one\nname: Refund\ntype: {kind}\npurpose: venue\n"
        f"currency: EUR\namounts: {amounts}\n" + (f"total: {total}\n" if total else "")
    )


# Rounded totals


@pytest.mark.parametrize(
    ("cells", "total", "said"),
    [
        ("2025: 0.33\n  2026: 0.66", "1\nrounded_to: 1", []),
        ("2025: 0.33\n  2026: 0.66", "1.0\nrounded_to: 0.1", []),
        ("2025: 0.3\n  2026: 0.2", "1\nrounded_to: 1", []),
        ("2025: 0.33-0.5\n  2026: 0.66", "1\nrounded_to: 0.5", []),
        ("2025: 1234\n  2026: 0", "1000\nrounded_to: 1000", []),
        ("2025: 1501\n  2026: 0", "1000\nrounded_to: 1000", ["difference +501"]),
        ("2025: 0.33\n  2026: 0.66", "1", ["stated 1, computed 0.99, difference -0.01"]),
        (
            "2025: 0.3\n  2026: 0.19",
            "1\nrounded_to: 1",
            ["difference -0.51, which rounding to 1 doesn't explain"],
        ),
        ("2025: 0.3\n  2026: 0.3", "0.6\nrounded_to: 0.5", ["0.6 isn't rounded to 0.5"]),
    ],
)  # fmt: skip
def test_a_total_may_be_as_its_source_rounded_it(
    cells: str, total: str, said: list[str], spoilt: Spoil
):
    row = f"kind: in-kind\nproject: one\npartner: beta\nname: Beta\namounts:\n  {cells}\n"
    portal = spoilt({"partners/rows/beta.yml": f"{row}total: {total}\n"})
    messages = [each for each in found(portal) if "`Beta`" in each or "rounded" in each]
    assert len(messages) == len(said), messages
    for message, part in zip(messages, said, strict=True):
        assert part in message


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("    total: 11-14\n", "    total: 10-15\n    rounded_to: 5\n"), "rounded to 5"),
        (("    total: 11-14\n", "    total: 11-14\n    rounded_to: 0\n"), "a number above 0"),
        (("  stated:\n    years:\n      2025: 6-9\n      2026: 5\n    total: 11-14\n",
          "  stated:\n    rounded_to: 1\n"), "needs a stated total that was rounded"),
    ],
)  # fmt: skip
def test_a_rounding_that_no_stated_total_has_is_told(
    edit: tuple[str, str], said: str, spoilt: Spoil
):
    assert any(said in each for each in found(spoilt({"partners/one.yml": edit})))


def test_totals_of_a_table_may_be_rounded(spoilt: Spoil):
    edit = (
        "      2025: 6-9\n      2026: 5\n    total: 11-14\n",
        "      2025: 5-10\n      2026: 5\n    total: 10-15\n    rounded_to: 5\n",
    )
    assert found(spoilt({"partners/one.yml": edit})) == []


@given(st.decimals(-(10**6), 10**6, places=4), st.sampled_from(["1", "0.5", "0.01", "1000"]))
def test_a_total_that_is_rounded_half_up_never_differs(total: Decimal, step: str):
    unit = Decimal(step)
    rounded = (total / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit
    assert not differs(Range.exactly(rounded), Range.exactly(total), unit)
    assert differs(Range.exactly(rounded + unit), Range.exactly(total), unit) or (
        rounded + unit - total == unit / 2
    )


# Refunds


def test_a_refund_makes_what_is_required_less(spoilt: Spoil):
    edits: Edits = {
        "partners/budget/refund.yml": refund("{2025: -200, 2026: -50--30}", "-250--230"),
        "partners/one.yml": (
            "      2025: 1500\n      2026: 500\n    total: 2000\n",
            "      2025: 1300\n      2026: 450-470\n    total: 1750-1770\n",
        ),
    }
    portal = spoilt(edits)
    assert found(portal) == []
    table = budget_table(portal.registry, portal.project)
    assert table.required is not None
    assert str(table.required.total) == "1750-1770"


def test_refunds_alone_may_be_stated_and_claimed(spoilt: Spoil):
    claim = "claims:\n  - {text: it comes back, figure: budget.line.refund, value: -200}\n"
    portal = spoilt(
        {
            "partners/budget/refund.yml": refund("{2025: -200, 2026: 0}"),
            "partners/one.yml": SMALL["partners/one.yml"].partition("claims:")[0]
            .replace("2025: 1500", "2025: 1300").replace("total: 2000", "total: 1800") + claim,
        }
    )  # fmt: skip
    assert found(portal) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (refund("{2025: -200, 2026: 0}", kind="cost"), "`type: refund`"),
        (refund("{2025: 0, 2026: \N{MINUS SIGN}200}", kind="allocation"), "`type: refund`"),
        (refund("{2025: 1, 2026: 0}", "-1", kind="requirement"), "`type: refund`"),
        (refund("{2025: 200, 2026: 0}"), "for a refund; did you mean `-200`?"),
        (refund("{2025: 20-30, 2026: 0}"), "for a refund; did you mean `-30--20`?"),
        (refund("{2025: -20-30, 2026: 0}"), "found `-20-30`, expected an amount of 0 or below"),
    ],
)
def test_amounts_of_the_wrong_sign_are_refused_with_the_way_to_write_them(
    line: str, said: str, spoilt: Spoil
):
    messages = found(spoilt({"partners/budget/refund.yml": line}))
    assert [each for each in messages if said in each], messages


def test_every_wrong_sign_of_a_line_is_told(spoilt: Spoil):
    line = refund("{2025: -1, 2026: -2}", "-3", kind="cost")
    portal = spoilt({"partners/budget/refund.yml": line})
    assert [(each.line, each.column) for each in portal.registry.faults] == [
        (7, 17), (7, 27), (8, 8),
    ]  # fmt: skip


# Currencies


def test_a_line_has_its_amounts_in_the_tables_currency_as_well(small: Portal):
    table = budget_table(small.registry, small.project)
    hosting = next(row for row in table.rows if row.currency == "NOK")
    assert hosting.converted is not None
    assert str(hosting.converted.total) == "1000"
    assert list(table.rates) == ["NOK"]
    assert table.unrated == ()


def test_a_rate_has_a_day_and_a_source(spoilt: Spoil):
    rate = "NOK: {rate: 0.1, date: 2025-01-02, source: Norges Bank}"
    portal = spoilt({"partners/one.yml": ("NOK: 0.1", rate)})
    assert found(portal) == []
    stated = budget_table(portal.registry, portal.project).rates["NOK"]
    assert (str(stated.rate), str(stated.date), stated.source) == (
        "0.1", "2025-01-02", "Norges Bank",
    )  # fmt: skip


def test_a_line_without_a_rate_is_in_its_own_currency_alone(spoilt: Spoil):
    portal = spoilt({"partners/one.yml": ("NOK: 0.1", "SEK: 0.1")})
    table = budget_table(portal.registry, portal.project)
    assert table.unrated == ("NOK",)
    assert [row.converted is None for row in table.rows if row.currency == "NOK"] == [True]


@pytest.mark.parametrize(
    ("amounts", "currency", "computed", "decimals"),
    [
        (["5000", "40"], "EUR", False, 0),
        (["1234567.89", "0.11", "5"], "EUR", False, 2),
        (["0.5"], "EUR", False, 2),
        (["0.125"], "EUR", False, 3),
        (["0.12567"], "EUR", True, 2),
        (["100"], "EUR", True, 0),
        (["100"], "JPY", False, 0),
        (["100.4"], "ISK", True, 0),
        (["1.5"], "KWD", False, 3),
        ([], "EUR", False, 0),
    ],
)
def test_amounts_of_one_currency_have_the_same_decimals(
    amounts: list[str], currency: str, computed: bool, decimals: int
):
    ranges = [Range.parse(each) for each in amounts]
    assert decimals_of(ranges, currency, computed=computed) == decimals


def test_an_amount_without_a_high_end_has_the_decimals_of_its_low_one():
    open_end = Decimal("Infinity")
    assert decimals_of([Range(Decimal(5), open_end)], "EUR") == 0
    assert decimals_of([Range(Decimal("0.5"), open_end)], "EUR") == 2


@given(
    st.lists(st.tuples(st.integers(-9999, 9999), st.integers(-9999, 9999)), max_size=6),
    st.decimals(min_value="0.0001", max_value=100, places=4),
)
def test_the_sum_of_converted_amounts_is_the_converted_sum(
    pairs: list[tuple[int, int]], rate: Decimal
):
    ranges = [Range(Decimal(min(pair)), Decimal(max(pair))) for pair in pairs]
    converted = [Range(each.low * rate, each.high * rate) for each in ranges]
    total = Range.total(ranges)
    assert Range.total(converted) == Range(total.low * rate, total.high * rate)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("2025: 1353.86", []),
        ("2025: 1353.87", ["difference -0.013285"]),
        ("2025: 1353", ["difference +0.856715"]),
        ("2025: 1354\n    rounded_to: 1", []),
    ],
)
def test_stated_totals_of_converted_amounts_have_the_decimals_of_their_currency(
    stated: str, said: list[str], spoilt: Spoil
):
    text = SMALL["partners/one.yml"].partition("claims:")[0]
    text = text.replace("NOK: 0.1", "NOK: 0.085343").replace(
        "      2025: 1500\n      2026: 500\n    total: 2000\n", ""
    )
    head, _, _ = text.rpartition("    years:\n")
    line, *more = stated.split("\n")
    text = f"{head}    years: {{{line}}}\n" + "\n".join(more) + "\n"
    hosting = SMALL["partners/budget/hosting.yml"].replace("10000", "10005")
    portal = spoilt({"partners/one.yml": text, "partners/budget/hosting.yml": hosting})
    messages = [each for each in found(portal) if "budget" in each]
    assert len(messages) == len(said), messages
    assert all(part in each for part, each in zip(said, messages, strict=True))


CONVERTED = ("    NOK: 0.1\n", "    NOK: 0.085343\n")
KRONA = (
    "  currency: EUR\n  payer: The funder\n  rates:\n    NOK: 0.1\n",
    "  currency: ISK\n  payer: The funder\n  rates:\n    NOK: 0.1\n    EUR: 150.3334\n",
)


@pytest.mark.parametrize(
    ("hosting", "rates", "total", "difference"),
    [
        ("NOK", CONVERTED, "1853.43", None),
        ("NOK", CONVERTED, "1853.44", "-0.01"),
        ("NOK", CONVERTED, "1853\n    rounded_to: 1", None),
        ("NOK", CONVERTED, "1852\n    rounded_to: 1", "+1.43, which rounding to 1 doesn't explain"),
        # In krónur, which have no decimals.
        ("NOK", KRONA, "151333", None),
        ("NOK", KRONA, "151332", "+1.4"),
        # Without a rate no decimal is left out.
        ("EUR", ("    NOK: 0.1\n", "    {}\n"), "11000.004", "-0.004"),
    ],
)
def test_a_stated_total_is_rounded_where_amounts_are_converted(
    hosting: str, rates: tuple[str, str], total: str, difference: str | None, spoilt: Spoil
):
    text = SMALL["partners/one.yml"].partition("claims:")[0].replace(*rates)
    years = "      2025: 1500\n      2026: 500\n    total: 2000\n"
    record = text.replace("    years:\n" + years, f"    total: {total}\n")
    edits: Edits = {
        "partners/one.yml": record,
        "partners/budget/hosting.yml": ("currency: NOK", f"currency: {hosting}"),
    }
    messages = [each for each in found(spoilt(edits)) if "budget" in each]
    assert [each.partition(", difference ")[2] for each in messages] == (
        [difference] if difference else []
    ), messages


def test_a_wrong_total_names_the_currency_of_its_line(spoilt: Spoil):
    messages = found(spoilt({"partners/budget/hosting.yml": ("total: 10000", "total: 9000")}))
    assert messages == [
        "total of the row `Hosting` in NOK: stated 9000, computed 10000, difference +1000"
    ]
