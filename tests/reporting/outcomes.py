"""Outcomes to report: a small one that a person can review, and a hostile one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guildhall.check.reports.outcome import Checked, Outcome
from guildhall.core.findings.finding import Edit, Finding
from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

ROOT = Path("/portal")
TODAY = date(2026, 3, 1)

RULES = rules_by_id(
    (
        Rule(
            "in-kind.row-totals",
            Severity.ERROR,
            "Rows that don't sum up to their stated totals",
            "Readers can't tell which of the two numbers is right.",
            "Change the amounts or the total.",
        ),
        Rule(
            "links.missing-page",
            Severity.ERROR,
            "Links to pages that aren't there",
            "Readers end up on an error page.",
            "Link to a page that is there, or take the link out.",
            "RFC 3986, 5.2",
        ),
        Rule(
            "external.moved",
            Severity.WARNING,
            "Links to addresses that have moved permanently",
            "The old address may stop working.",
            "Use the new address.",
        ),
        Rule(
            "pages.length",
            Severity.INFO,
            "Long episodes",
            "Learners need a break.",
            "Split the episode.",
        ),
    )
)

SMALL = Outcome(
    findings=(
        Finding(
            "",
            0,
            0,
            "external.moved",
            "`https://old.example/` moved to `https://new.example/`",
            Severity.WARNING,
            target="https://old.example/",
        ),
        Finding(
            "lessons/git/basics.md",
            7,
            3,
            "pages.length",
            "found 95 minutes, expected at most 90",
            Severity.INFO,
        ),
        Finding(
            "lessons/git/basics.md",
            12,
            0,
            "links.missing-page",
            "no page `install.html`; did you mean `installing.html`?",
            mend="Link to `installing.html`.",
            target="install.html",
            pages=("lessons/git/basics.html", "lessons/git/index.html", "search.html"),
            edit=Edit("lessons/git/basics.md", 12, 9, "install.md", "installing.md"),
        ),
        Finding(
            "partners/in-kind/row-a.yml",
            6,
            8,
            "in-kind.row-totals",
            "total of the row `A`: stated 7, computed 8, difference +1",
            stated="7",
            computed="8",
            difference="+1",
        ),
        Finding(
            "partners/in-kind/row-b.yml",
            6,
            8,
            "in-kind.row-totals",
            "total of the row `B`: stated 5, computed 4, difference -1",
            stated="5",
            computed="4",
            difference="-1",
        ),
    ),
    rules=RULES,
    checked=(
        Checked("sums", "Sums and claims", 120, "sum", prefixes=("in-kind.row-totals",)),
        Checked("pages", "Lesson pages", 1_234, "page"),
        Checked("links", "Internal links", 20_345, "link"),
        Checked(
            "external",
            "External links",
            0,
            "link",
            left_out=210,
            why_left_out="offline",
        ),
    ),
    silenced=1,
    today=TODAY,
    portal="Small portal",
)

CLEAN = Outcome(
    findings=(),
    rules=RULES,
    checked=(
        Checked("sums", "Sums and claims", 120, "sum", prefixes=("in-kind",)),
        Checked("links", "Internal links", 20_345, "link"),
    ),
    silenced=0,
    today=TODAY,
    portal="Small portal",
)

HOSTILE_TEXTS = (
    "two\nlines\r\nand ::error file=x::forged",
    "end ]]> of CDATA & <b>bold</b> <script>alert(1)</script>",
    "**bold** [link](javascript:alert(1)) ![image](https://evil.example/x.png) | cell",
    "```\n# heading\n- @somebody #12 https://evil.example",
    "\x1b[31mred\x1b[0m \x07 \x00 \x9b31m",
    "\N{RIGHT-TO-LEFT OVERRIDE}turned\N{LINE SEPARATOR}split \ufffe \udc80",
    "{0} {{placeholder}} %0A %SRCROOT% [a](1)",
    "[bold]markup[/bold] :smile: [link=https://evil.example]x[/link]",
)

HOSTILE = Outcome(
    findings=tuple(
        sorted(
            Finding(
                f"pages/{text}.md",
                1,
                1,
                "links.missing-page",
                text,
                mend=text,
                target=text,
                pages=(text, text),
                edit=Edit(f"pages/{text}.md", 1, 1, text, text),
            )
            for text in HOSTILE_TEXTS
        )
    ),
    rules=RULES,
    checked=tuple(
        Checked(f"area-{number}", text, 1, "thing", 1, text)
        for number, text in enumerate(HOSTILE_TEXTS)
    ),
    silenced=0,
    today=TODAY,
    portal=HOSTILE_TEXTS[1] + HOSTILE_TEXTS[0],
    unasked=HOSTILE_TEXTS,
)
