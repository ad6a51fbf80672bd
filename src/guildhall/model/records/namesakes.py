"""Records of one name, told apart for readers by what they say: people, and workshops."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from guildhall.core.values.characters import without_joiners
from guildhall.core.values.format import EN_DASH, format_date, format_month
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop

Records = Mapping[tuple[str, str], Record]
R = TypeVar("R", bound=Record)


def people_apart(records: Records) -> dict[tuple[str, str], Record]:
    """Records in which each of several people of one name has a label of its own, where it can.

    The latest affiliation tells them apart, or else the ORCID iD.
    """
    people = [each for each in records.values() if isinstance(each, Person)]
    changed: dict[tuple[str, str], Record] = {}
    for group in _by_label([each.with_detail("") for each in people]):
        places = {each.key: _place(each, records) for each in group}
        apart = [each.with_detail(places[each.key] or each.orcid or "") for each in group]
        for same in _by_label(apart):
            for each in same:
                detail = ", ".join(filter(None, (places[each.key], each.orcid)))
                apart[apart.index(each)] = each.with_detail(detail)
        changed |= {(Person.KIND, each.key): each for each in apart}
    # Who was told apart from somebody who isn't there any more goes by the name alone again.
    alone = {
        (Person.KIND, each.key): each.with_detail("")
        for each in people
        if each.label != each.name and (Person.KIND, each.key) not in changed
    }
    return {**records, **changed, **alone}


def workshops_apart(records: Records, language: str) -> dict[tuple[str, str], Record]:
    """Records in which each of several workshops of one title says in its label when it is.

    Its month tells it apart, or its year where no more is known; workshops of one month have their
    first day, and those of one day their place too.

    Args:
        records: the records by kind and id.
        language: the language of the labels.
    """
    apart = {key: each for key, each in records.items() if isinstance(each, Workshop)}
    for detail in (_month, _day, _day_and_place):
        for same in _by_label(apart.values()):
            for each in same:
                apart[each.KIND, each.key] = each.with_detail(detail(each, language))
    return {**records, **apart}


def _month(workshop: Workshop, language: str) -> str:
    period, year = workshop.period, str(workshop.start.year)
    if workshop.dates_are_open and period.is_of_years:
        years = dict.fromkeys((year, str(period.end.year)))
        return "" if year in workshop.title else EN_DASH.join(years)
    return format_month(workshop.start, language, with_year=year not in workshop.title)


def _day(workshop: Workshop, language: str) -> str:
    if workshop.dates_are_open:
        return _month(workshop, language)
    return format_date(workshop.start, language)


def _day_and_place(workshop: Workshop, language: str) -> str:
    places = (each.city or each.name for each in workshop.places[:1])
    return ", ".join(filter(None, (_day(workshop, language), *places)))


def not_apart(people: Iterable[Person]) -> tuple[tuple[Person, ...], ...]:
    """Groups of people whom readers can't tell apart."""
    return _by_label(people)


def _place(person: Person, records: Records) -> str:
    """Where somebody works, in the words of lists; empty where it isn't known."""
    if not person.affiliations:
        return ""
    latest = person.affiliations[0]
    partner = records.get((Partner.KIND, latest.partner or ""))
    return partner.short_name if isinstance(partner, Partner) else latest.name or ""


def _by_label(records: Iterable[R]) -> tuple[tuple[R, ...], ...]:
    """Records whose labels look the same, where there are several."""
    found: dict[str, list[R]] = {}
    for each in records:
        label = unicodedata.normalize("NFC", without_joiners(each.label))
        found.setdefault(" ".join(label.casefold().split()), []).append(each)
    return tuple(tuple(same) for same in found.values() if len(same) > 1)
