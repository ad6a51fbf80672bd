"""All rules of all areas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from guildhall.findings.rule import Rule, rules_by_id


@cache
def areas() -> Mapping[str, Mapping[str, Rule]]:
    """The rules by the area that looks for them, in the order of reports."""
    from guildhall.checking import rules as checking
    from guildhall.ledger import rules as ledger
    from guildhall.lessons import rules as lessons
    from guildhall.lint import rules as lint
    from guildhall.records import rules as records
    from guildhall.workshops import rules as workshops

    return {
        "records": records.RULES,
        "ledger": ledger.RULES,
        "lessons": lessons.RULES,
        "workshops": workshops.RULES,
        "pages": lint.RULES,
        "check": checking.RULES,
    }


@cache
def all_rules() -> Mapping[str, Rule]:
    """All rules by id."""
    return rules_by_id(rule for area in areas().values() for rule in area.values())
