"""The checks of workshops as rules."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES = rules_by_id(
    Rule(f"workshop.{name}", severity, title, why, mend)
    for name, severity, title, why, mend in (
        ("times", _E, "Times that don't exist, or lie outside the workshop's dates",
         "People would come when nothing happens.", "Correct the time or the dates."),
        ("overlaps", _E, "A person, room or track with two sessions at once",
         "Somebody would have to be in two places.",
         "Move one of the sessions, or make it `optional`."),
        ("gaps", _I, "Gaps between sessions of a day",
         "People wonder what happens meanwhile.", "Add a break, or move the session."),
        ("episodes", _E, "Sessions that name episodes their lesson doesn't have",
         "The link of the session would lead nowhere.", "Use the id of an episode."),
        ("lengths", _W, "Lessons longer than their sessions",
         "The session would run over, or the end of the lesson be lost.",
         "Give the session more time, or teach fewer episodes."),
        ("prerequisites", _E, "Lessons taught before what they require",
         "Learners lack what the lesson builds on.", "Change the order of the sessions."),
        ("registration", _W, "Registration that opens, closes and starts in the wrong order",
         "Nobody could register, or only once it is over.",
         "Correct `opens`, `closes` or the dates."),
        ("status", _W, "Statuses that the dates contradict",
         "Readers are told something that is no longer so.",
         "Change `status`, or leave it out so that it follows from the dates."),
        ("participants", _E, "Participants that don't add up to their total",
         "Statistics would count people twice, or lose them.",
         "Correct the counts, or state what isn't known under `unknown_country`."),
        ("countries", _I, "Country codes that are likely another country's",
         "Maps and statistics would show a country that nobody came from.",
         "Correct the code; if it is right, silence the finding there, with the reason."),
        ("results", _I, "Past workshops without a record of participants or recordings",
         "Reports and learners look for them.",
         "Add them, or silence the rule in the record with the reason."),
        ("partners", _W, "Partners that only people who aren't named would tell of",
         "A partner's contribution would go unseen.", "Add the partner to `partners`."),
        ("namesakes", _W, "People of one name whom readers can't tell apart",
         "What one of them did would be thanked to the other.",
         "Add an affiliation or an ORCID iD to one of them."),
        ("plan", _W, "Workshops that fulfil activities of another year, or recorded as not held",
         "The plan would count as done what it didn't mean.",
         "Correct `fulfils`, or the plan."),
        ("repeats", _E, "Lists that name something twice",
         "It would be counted twice.", "Take one of them out."),
        ("twins", _W, "One workshop with two records",
         "It would be counted twice.", "Make the two one record."),
    )
)  # fmt: skip
"""A rule for each check of workshops, by the check's id."""
