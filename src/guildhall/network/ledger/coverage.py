"""Checks of coverage: every partner has its rows, and every row its years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from guildhall.core.findings.severity import Severity
from guildhall.core.yaml_source import Place
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.in_kind import InKind
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.ledger.succession import circle_of, years_in
from guildhall.network.ledger.tally import Context, Tally


def partners_have_rows(context: Context, tally: Tally) -> None:
    """Every partner of a project with an in-kind table has a row in it."""
    for project in context.projects:
        records = context.in_kind_records(project)
        if not records and project.in_kind is None:
            continue
        giving = {record.partner for record in records}
        for partner, index in context.participants(project):
            tally.looked_at += 1
            if partner.key not in giving:
                message = f"the partner `{partner.key}` has no in-kind row in `{project.key}`"
                place = ("participation", index, "project")
                tally.find(partner, place, message)


def rows_have_partners(context: Context, tally: Tally) -> None:
    """Every in-kind row is of a partner that takes part in the project."""
    for project in context.projects:
        taking_part = {partner.key for partner, _ in context.participants(project)}
        for record in context.in_kind_records(project):
            tally.looked_at += 1
            is_known = context.registry.get(Partner, record.partner) is not None
            if is_known and record.partner not in taking_part:
                message = f"the partner `{record.partner}` doesn't take part in `{project.key}`"
                tally.find(record, ("partner",), message)


def check_years(context: Context, tally: Tally) -> None:
    """Rows and stated totals have the years of the project and no others."""
    for project in context.projects:
        years = project.period.years
        span = f"{years[0]} to {years[-1]}"
        for record in context.rows(project):
            tally.looked_at += 1
            own = _years_of(context, project, record)
            for year, cell in record.amounts.items():
                place: Place = ("amounts", str(year))
                if year not in years:
                    message = f"the year {year} is outside the project, {span}"
                    tally.find_key(record, place, message)
                elif year not in own and not cell.amount.is_zero:
                    message = _outside(context, record, year, own)
                    tally.find_key(record, place, message)
            missing = [str(year) for year in own if year not in record.amounts]
            if missing:
                message = f"no amount for {', '.join(missing)}; write 0 where nothing is given"
                tally.find_key(record, ("amounts",), message)
        for part in ("in_kind", "budget"):
            statement = getattr(project, part)
            stated = statement.stated.years if statement and statement.stated else {}
            for year in stated:
                if year not in years:
                    message = f"the year {year} is outside the project, {span}"
                    place = (part, "stated", "years", str(year))
                    tally.find_key(project, place, message)


def _years_of(context: Context, project: Project, record: InKind | BudgetLine) -> tuple[int, ...]:
    """The years that a row has: those of the project, or of its partner's part in it."""
    partner = context.registry.get(Partner, record.partner) if isinstance(record, InKind) else None
    if partner is None or project.key not in {part.project for part in partner.participation}:
        return project.period.years
    return years_in(partner, project)


def _outside(context: Context, record: InKind | BudgetLine, year: int, own: tuple[int, ...]) -> str:
    assert isinstance(record, InKind)  # noqa: S101  (other rows have all years of the project)
    span = f"in {own[0]} to {own[-1]}" if own else "in no year of it"
    message = f"the year {year}: the partner `{record.partner}` takes part {span}"
    partner = context.registry.get(Partner, record.partner)
    if partner and partner.became and own and year > own[-1]:
        message += f"; it was succeeded by `{partner.became}`, whose row covers the time after"
    return message


def check_ended(context: Context, tally: Tally) -> None:
    """Find what names partners after their last day, and partners that became one another."""
    for partner in context.registry.of(Partner):
        tally.looked_at += 1
        circle = circle_of(context.registry, partner)
        if circle and partner.key == min(circle):
            told = " became ".join(f"`{key}`" for key in (*circle, partner.key))
            message = f"{told}; one of them is the last"
            tally.find(partner, ("became",), message)
    for workshop in context.registry.of(Workshop):
        hosts = (
            (("classrooms", i, "partner"), room.partner)
            for i, room in enumerate(workshop.classrooms)
        )
        named: Iterator[tuple[Place, str | None]] = chain(
            ((("partners", i), key) for i, key in enumerate(workshop.partners)), hosts
        )
        for place, key in named:
            _warn_ended(context, tally, workshop, place, key, workshop.start, "the workshop began")
    for person in context.registry.of(Person):
        for index, each in enumerate(person.affiliations):
            what = "the affiliation continues" if each.end else "the affiliation has no end"
            place, last = ("affiliations", index), each.end or date.max
            _warn_ended(context, tally, person, place, each.partner, last, what)


def _warn_ended(
    context: Context, tally: Tally, record: Record, place: Place, key: str | None, day: date,
    what: str,
) -> None:  # fmt: skip
    partner = context.registry.get(Partner, key)
    if partner is None:
        return
    tally.looked_at += 1
    if partner.ended is None or day <= partner.ended:
        return
    now = f"; after that it is `{partner.became}`" if partner.became else ""
    when = f" on {day.isoformat()}" if isinstance(record, Workshop) else ""
    message = f"the partner `{key}` ended on {partner.ended.isoformat()}, but {what}{when}{now}"
    found = record.origin.fault(record.at(*place), tally.rule, message)
    tally.findings.append(replace(found, severity=Severity.WARNING))
