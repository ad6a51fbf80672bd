"""Lists of words that a portal can extend in its settings: sorts of workshops, roles, stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import describe, nearest
from guildhall.model.base import rules
from guildhall.model.base.fields import Vocabulary
from guildhall.model.base.model import Record
from guildhall.model.settings.portal import Settings

WORKSHOP_TYPE = "workshop-type"
ROLE = "role"
CAREER_STAGE = "career-stage"

BUILT_IN: dict[str, tuple[str, ...]] = {
    WORKSHOP_TYPE: (
        "full-workshop",
        "mini-workshop",
        "train-the-trainer",
        "bring-your-own-code",
        "course",
        "mooc",
        "open-house",
        "writing-retreat",
        "meeting",
    ),
    ROLE: (
        "instructor",
        "co-instructor",
        "expert-helper",
        "helper",
        "team-leader",
        "mentor",
        "host",
        "organiser",
        "speaker",
        "notes",
        "streaming",
    ),
    CAREER_STAGE: (
        "student",
        "phd-student",
        "postdoc",
        "researcher",
        "staff",
        "industry",
        "other",
    ),
}
"""The words that every portal has, in the order in which pages list them."""


def added(settings: Settings, vocabulary: str) -> dict[str, str]:
    """The words that a portal's settings add to a list, each with its label."""
    return {
        WORKSHOP_TYPE: settings.workshop_types,
        ROLE: settings.roles,
        CAREER_STAGE: settings.career_stages,
    }[vocabulary]


def words_of(settings: Settings, vocabulary: str) -> tuple[str, ...]:
    """All words of a list, the built-in ones first."""
    built_in = BUILT_IN[vocabulary]
    return (*built_in, *(each for each in added(settings, vocabulary) if each not in built_in))


def unknown_words(records: Iterable[Record], settings: Settings) -> Iterator[Finding]:
    """A fault for each word that is in no list, with the nearest one that is."""
    for record in records:
        for found in record.marked(Vocabulary):
            known = words_of(settings, found.mark.name)
            if found.value in known:
                continue
            listed = ", ".join(f"`{each}`" for each in known)
            text = describe(found.value, f"one of {listed}", nearest(found.value, known))
            name = ".".join(each for each in found.place if isinstance(each, str))
            message = f"`{name}`: {text}"
            yield record.origin.fault(record.mark_of(found), rules.VALUE, message)
