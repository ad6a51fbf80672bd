"""What pages ask of the tables: the answer, and the records that it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guildhall.model.lookup import Lookup, NoAnswerError
from guildhall.model.portal import Portal, load_portal
from guildhall.network.ledger.lookups import (
    BudgetOf,
    ClaimOf,
    FigureOf,
    InKindOf,
    ScenariosOf,
    ShareOf,
)

from .conftest import FILES
from .portals import BARE, TODAY, make_portal

WORKSHOP = "kind: workshop\ntitle: {0}\ntimezone: Europe/Oslo\nstart: {0}\nend: {0}\n"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    root = tmp_path_factory.mktemp("ledger")
    days = (date(2025, 4, 1), date(2025, 5, 1))
    workshops = {f"partners/{day}.yml": WORKSHOP.format(day) for day in days}
    claims = "claims: [{text: nobody yet, figure: partners.count, value: 0}]\n"
    make_portal(root, {**FILES, **workshops, "partners/bare.yml": BARE + claims})
    return load_portal(root, TODAY)


@pytest.mark.parametrize(
    ("lookup", "value"),
    [
        (FigureOf("in_kind.total"), "11-14"),
        (FigureOf("partners.count", "bare"), "0"),
        (FigureOf("workshops.count"), "2"),
        (FigureOf("workshops.count", day=date(2025, 4, 15)), "1"),
    ],
    ids=str,
)
def test_a_figure_speaks_of_its_project_and_day(portal: Portal, lookup: FigureOf, value: str):
    assert str(lookup.answer(portal).result.value) == value


SHARE = "31–42\N{NO-BREAK SPACE}%"
PROJECT, ROWS = ("project", "one"), (("in-kind", "alpha"), ("in-kind", "beta"))
LINES = tuple(("budget-line", key) for key in ("grant", "trips", "hosting"))


@pytest.mark.parametrize(
    ("lookup", "shown", "records"),
    [
        (ClaimOf("one", 1), lambda judged: judged.stated, ["11-14", PROJECT]),
        (ClaimOf("bare", 0), lambda judged: judged.holds, [True, ("project", "bare")]),
        (InKindOf("one"), lambda table: str(table.total), ["11-14", PROJECT, *ROWS]),
        (InKindOf("one", "beta"), lambda table: str(table.total), ["4-5", PROJECT, ROWS[1]]),
        (
            InKindOf("one", without=("a", "b")),
            lambda table: str(table.total),
            ["6-8", PROJECT, *ROWS],
        ),
        (
            ScenariosOf("one"),
            lambda found: [str(each.table.total) for each in found],
            [["11-14", "9-11"], PROJECT, *ROWS],
        ),
        (
            ShareOf("one", "beta"),
            lambda share: share,
            [SHARE, PROJECT, ROWS[1]],
        ),
        (ShareOf("one", "nobody"), lambda share: share, [None, PROJECT]),
        (BudgetOf("one"), lambda table: str(table.required.total), ["2000", PROJECT, *LINES]),
    ],
    ids=lambda value: str(value) if isinstance(value, Lookup) else "",
)
def test_an_answer_has_its_records(
    portal: Portal, lookup: Lookup[Any], shown: Any, records: list[Any]
):
    answer = lookup.answer(portal)
    found = [(record.KIND, record.key) for record in answer.records]
    assert [shown(answer.result), *found] == records


@pytest.mark.parametrize(
    ("lookup", "message"),
    [
        (ClaimOf("one", 2), "there are 2 claims"),
        (ClaimOf("two", 0), "no project has the id `two`"),
        (InKindOf("two"), "no project has the id `two`"),
        (ScenariosOf("two"), "no project has the id `two`"),
        (BudgetOf("two"), "no project has the id `two`"),
    ],
    ids=str,
)
def test_what_is_not_there_has_no_answer(portal: Portal, lookup: Lookup[Any], message: str):
    with pytest.raises(NoAnswerError, match=message):
        _ = lookup.answer(portal).result


def test_the_figures_of_a_portal_are_computed_once(portal: Portal):
    first = FigureOf("in_kind.total").answer(portal).result
    assert FigureOf("in_kind.total", "one").answer(portal).result is first
