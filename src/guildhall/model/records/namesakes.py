"""People of one name, told apart for readers by what their records say of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from guildhall.core.values.characters import without_joiners
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person

Records = Mapping[tuple[str, str], Record]


def told_apart(records: Records) -> dict[tuple[str, str], Record]:
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


def _by_label(people: Iterable[Person]) -> tuple[tuple[Person, ...], ...]:
    """People whose labels look the same, where there are several."""
    found: dict[str, list[Person]] = {}
    for each in people:
        label = unicodedata.normalize("NFC", without_joiners(each.label))
        found.setdefault(" ".join(label.casefold().split()), []).append(each)
    return tuple(tuple(same) for same in found.values() if len(same) > 1)
