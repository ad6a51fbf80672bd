"""The checks of workshops as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity
from guildhall.network.programme.rules import TIMES

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_OWN = (
    Rule(f"workshop.{name}", severity, title, why, mend)
    for name, severity, title, why, mend in (
        ("overlaps", _E, "People, rooms or tracks with two sessions at once",
         "Someone would have to be in two places at once.",
         "Move one of the sessions, or mark it `optional`."),
        ("gaps", _I, "Gaps between sessions of a day",
         "People may wonder what happens in between.", "Add a break, or move the session."),
        ("episodes", _E, "Sessions that name episodes their lesson doesn't have",
         "The session's link would be broken.", "Use the id of an episode."),
        ("lengths", _W, "Lessons longer than their sessions",
         "The session would overrun, or the end of the lesson would be cut.",
         "Give the session more time, or teach fewer episodes."),
        ("prerequisites", _E, "Lessons taught before what they require",
         "Learners would lack what the lesson builds on.", "Change the order of the sessions."),
        ("registration", _W, "Registration that opens, closes and starts in the wrong order",
         "No one could register, or only after the workshop.",
         "Correct `opens`, `closes` or the dates."),
        ("status", _W, "Statuses that the dates contradict",
         "Readers see information that is out of date.",
         "Change `status`, or omit it so that it follows from the dates."),
        ("participants", _E, "Participants that don't add up to their total",
         "Statistics would count people twice, or miss them.",
         "Correct the counts, or put people whose country isn't known under `unknown_country`."),
        ("countries", _I, "Country codes that probably mean another country",
         "Maps and statistics would show a country that nobody came from.",
         "Correct the code; if it is right, silence the finding there and say why."),
        ("results", _I, "Past workshops without a record of participants or recordings",
         "Reports need the numbers, and learners look for recordings.",
         "Add them, or silence the rule in the record and say why."),
        ("partners", _W, "Partners visible only through people who aren't named",
         "The partner's contribution would not be shown.", "Add the partner to `partners`."),
        ("namesakes", _W, "People with the same name whom readers can't tell apart",
         "One person would be credited for the other's work.",
         "Add an affiliation or an ORCID iD to one of them."),
        ("plan", _W, "Workshops that fulfil activities of another year, or recorded as not held",
         "The plan would count the wrong activity as done.",
         "Correct `fulfils` or the plan."),
        ("repeats", _E, "Lists with duplicate entries",
         "It would be counted twice.", "Remove one of them."),
        ("twins", _W, "Workshops with two records",
         "It would be counted twice.", "Merge the two records."),
    )
)  # fmt: skip
RULES = rules_by_id((TIMES, *_OWN))
"""A rule for each check of workshops, by the check's id."""
