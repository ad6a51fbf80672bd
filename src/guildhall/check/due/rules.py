"""What can fall due, why it matters, and what to do about it."""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

RULES = rules_by_id(
    (
        Rule(
            "due.project",
            Severity.WARNING,
            "Projects that have ended",
            "Pages describe the project as if it were still running.",
            "Set the new `end`, add a record for the follow-up project, or name another "
            "`project` in `conf/portal.yml`.",
        ),
        Rule(
            "due.funding",
            Severity.WARNING,
            "Partners whose funding has ended",
            "The partner's further contributions to the project are uncertain.",
            "Ask the partner; set `ends` to the new year, or end its participation.",
        ),
        Rule(
            "due.review",
            Severity.WARNING,
            "Reviews that are overdue",
            "The record has not been reviewed for longer than agreed, and may be out of date.",
            "Review it, then set `review_by` to the date of the next review.",
        ),
        Rule(
            "due.registration",
            Severity.WARNING,
            "Closed registrations whose status is still `open`",
            "Readers think that they can register, but can't.",
            "Omit `status` so that it follows from the dates, or set the new date as `closes`.",
        ),
        Rule(
            "due.status",
            Severity.WARNING,
            "Workshops whose status is out of date",
            "The workshop is shown as upcoming but has begun, or may never have taken place.",
            "Omit `status` so that it follows from the dates, set new dates, or set it to "
            "`cancelled`, `postponed` or `past`.",
        ),
        Rule(
            "due.results",
            Severity.INFO,
            "Past workshops without a record of participants or recordings",
            "Reports lack the number of participants, and learners can't watch what they missed.",
            "Add `participants` and `recordings` to the workshop's record, or silence the rule "
            "there and say why.",
        ),
        Rule(
            "due.plan",
            Severity.WARNING,
            "Planned activities whose year is over, without a record",
            "Readers can't see whether it took place, and the plan can't show its outcome.",
            "Name the activity under `fulfils` of the workshop that fulfils it, set its `outcome` "
            "if known, or change its `year`.",
        ),
        Rule(
            "due.affiliation",
            Severity.WARNING,
            "People who represent partners that they have left",
            "Enquiries to the partner reach someone who no longer works there.",
            "Name someone else, or add the current affiliation to the person's record.",
        ),
        Rule(
            "due.silence",
            Severity.WARNING,
            "Silences that have ended",
            "The finding is reported again, or is still waiting to be fixed.",
            "Fix the finding, or set a new end date and say why.",
        ),
        Rule(
            "due.ignore",
            Severity.WARNING,
            "Ignored addresses whose end date has passed",
            "The address is checked again, or should be.",
            "Remove the entry, or set a new end date and say why.",
        ),
        Rule(
            "due.link",
            Severity.ERROR,
            "Dead links",
            "Readers who follow the link find nothing.",
            "Update the address, or mark a link kept as history with `historic: true`.",
        ),
    )
)
"""All rules, in the order of the report."""
