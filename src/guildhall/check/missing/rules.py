"""What records should have for their readers, as rules: notes, since it may not be known."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id(
    Rule(f"missing.{name}", Severity.INFO, title, why, mend)
    for name, title, why, mend in (
        ("website", "Partners without a website",
         "Readers can't get from the partner's page to the organisation.",
         "Add the address of its site as `homepage`."),
        ("contact", "Partners without a contact",
         "Readers can't tell whom to ask.",
         "Name a person as `contact`, with a record that says who it is."),
        ("representative", "Seats in a steering group without the person who holds them",
         "Readers can't tell who decides for the partner.",
         "Name the person as `representative` of the participation."),
        ("affiliation", "Contacts, representatives and leaders without an affiliation",
         "Readers can't tell where the person works.",
         "Add the partner, or the name of another organisation, to `affiliations`."),
        ("purpose", "Groups of projects without a purpose",
         "Readers can't tell what the group does.",
         "Say it in one sentence as the group's `description`."),
        ("minutes", "Groups of projects without minutes",
         "Readers can't find what the group decided.",
         "Add the address where they are kept as the group's `minutes`."),
        ("registration", "Workshops with dates to come that don't say how to register",
         "Readers want to come, and find no way to.",
         "Set `url` or `text` of `registration`; until that is settled, `status: planned`."),
        ("place", "Workshops with dates to come, for people in a room, without a place",
         "Readers can't tell where to go, and the map lacks the workshop.",
         "Add the place to `places`, or to a classroom."),
        ("address", "Links without an address",
         "Readers see a name that leads nowhere.",
         "Add the address as `url`, or silence the rule there and say why there is none."),
    )
)  # fmt: skip
"""A rule for each field, by its id."""
