"""What can lapse, why it matters, and what to do then."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id(
    (
        Rule(
            "due.project",
            Severity.WARNING,
            "Projects that have ended",
            "Pages speak of the project as if it went on.",
            "Write the new `end`, add a record of the project that follows, or name another "
            "`project` in `conf/portal.yml`.",
        ),
        Rule(
            "due.funding",
            Severity.WARNING,
            "Partners whose funding has ended",
            "What such a partner is to give to a project that goes on is no longer certain.",
            "Ask the partner; write the new year as `ends`, or end its part in the project.",
        ),
        Rule(
            "due.review",
            Severity.WARNING,
            "Reviews that are overdue",
            "Nobody has looked for longer than was agreed whether the record is still right.",
            "Review it, then write the day of the next review as `review_by`.",
        ),
        Rule(
            "due.registration",
            Severity.WARNING,
            "Registrations that have closed while the status is still `open`",
            "Readers are told that they can sign up, and can't.",
            "Leave `status` out, so that it follows from the dates, or write the new day as "
            "`closes`.",
        ),
        Rule(
            "due.status",
            Severity.WARNING,
            "Workshops whose dates have passed what their status says",
            "The record still announces what has begun, or what nobody knows to have taken place.",
            "Leave `status` out, so that it follows from the dates; write new dates; or write "
            "`cancelled`, `postponed` or `past`.",
        ),
        Rule(
            "due.results",
            Severity.INFO,
            "Past workshops without a record of participants or recordings",
            "Reports of how many took part lack them, and nobody can watch what was missed.",
            "Add `participants` and `recordings` to the workshop's record, or silence the rule in "
            "it with the reason.",
        ),
        Rule(
            "due.plan",
            Severity.WARNING,
            "Planned activities whose year is over, and of which there is no record",
            "Whether it took place nobody can read here, and the plan can't say what became of it.",
            "Name the activity in `fulfils` of the workshop that fulfils it, write its `outcome` "
            "where that is known, or move its `year`.",
        ),
        Rule(
            "due.affiliation",
            Severity.WARNING,
            "People who stand for partners that they have left",
            "Who asks the partner reaches somebody who doesn't belong to it any more.",
            "Name somebody else, or add the affiliation that goes on to the person's record.",
        ),
        Rule(
            "due.silence",
            Severity.WARNING,
            "Silences that have ended",
            "What was put aside for a time is told again, or waits to be mended.",
            "Mend what was silenced, or write a new day with the reason for it.",
        ),
        Rule(
            "due.ignore",
            Severity.WARNING,
            "Addresses that were to be ignored until a day that is over",
            "Whether the address works is asked again, or should be.",
            "Take the entry out, or write a new day with the reason for it.",
        ),
        Rule(
            "due.link",
            Severity.ERROR,
            "Links that are dead",
            "Readers who follow the link find nothing.",
            "Write the new address, or mark a link that is kept as history with `historic: true`.",
        ),
    )
)
"""All rules, in the order of the report."""
