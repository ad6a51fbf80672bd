"""The rules: what each finds, why it matters, and how to mend it.

Why alternative text, link text and heading order matter is said by the Web Content Accessibility
Guidelines 2.2 (1.1.1, 2.4.4, 2.4.6); the rest comes from reading the lessons of the field.
"""

from __future__ import annotations

from guildhall.core.findings.rule import Rule, rules_by_id
from guildhall.core.findings.severity import Severity

_E, _I = Severity.ERROR, Severity.INFO

RULES = rules_by_id((
    Rule(
        "heading-order",
        _E,
        "Headings that skip a level",
        "Screen readers and the table of contents go by levels; a skipped one reads as a gap.",
        "Use the level that comes next, or make the heading above deeper.",
    ),
    Rule(
        "one-title",
        _E,
        "Pages without one title",
        "The first heading names the page in the sidebar, in search and in the browser.",
        "Give the page one heading of the first level, and deeper ones below it.",
    ),
    Rule(
        "image-alt",
        _E,
        "Images without alternative text",
        "Who does not see the picture hears its file name, or nothing.",
        "Say in a sentence what the picture shows.",
    ),
    Rule(
        "image-size",
        _I,
        "Images without a size",
        "The text jumps when a picture without a size arrives.",
        "Give the width that the picture is shown in.",
    ),
    Rule(
        "bare-url",
        _E,
        "Addresses in the text",
        "An address in the text is hard to read and to listen to, and in Markdown it is no link.",
        "Put the address behind words, or in angle brackets where readers need to see it.",
    ),
    Rule(
        "link-text",
        _E,
        "Links that don't say where they lead",
        "Screen readers list links without the sentence around them.",
        "Let the link say where it leads.",
    ),
    Rule(
        "portal-link",
        _E,
        "Links to the portal's own address",
        "An address of the portal itself breaks in previews, copies and when the page moves.",
        "Link to the page itself.",
    ),
    Rule(
        "backslash-path",
        _E,
        "Paths with backslashes",
        "Only Windows takes them; on the web and on other systems nothing is found there.",
        "Write `/` between folders.",
    ),
    Rule(
        "unlisted-page",
        _E,
        "Pages in no table of contents",
        "Nobody finds a page that no table of contents lists.",
        "List it in a toctree or in the record's `episodes`, or mark it `orphan: true`.",
    ),
    Rule(
        "objectives-missing",
        _I,
        "Episodes without objectives",
        "Learners can't tell whether they have learned what the episode is for.",
        "Add a directive `objectives`, or `objectives` to the front matter.",
    ),
    Rule(
        "questions-missing",
        _I,
        "Episodes without questions",
        "Questions tell learners what the episode answers before they know its words.",
        "Add a directive `questions`, or `questions` to the front matter.",
    ),
    Rule(
        "keypoints-missing",
        _I,
        "Episodes without key points",
        "Key points are what learners come back for.",
        "Add a directive `keypoints`, or `keypoints` to the front matter.",
    ),
    Rule(
        "minutes-missing",
        _I,
        "Episodes without times",
        "Without times no schedule can be made, and the lesson's length is wrong.",
        "Add `teaching` and `exercises` in minutes to the front matter or to the record.",
    ),
    Rule(
        "exercise-solution",
        _I,
        "Exercises without a solution",
        "Who learns alone can't compare their answer.",
        "Add a directive `solution` within the exercise or after it.",
    ),
    Rule(
        "code-language",
        _E,
        "Code without a language",
        "Without a language the code gets wrong colours, or none.",
        "Name the language; `text` for none.",
    ),
    Rule(
        "jekyll",
        _E,
        "Marks of Jekyll and Liquid",
        "Marks of Jekyll and Liquid are shown to readers as they stand.",
        "Write the directive or substitution of MyST in their place.",
    ),
    Rule(
        "rst-in-markdown",
        _E,
        "reStructuredText in Markdown",
        "reStructuredText in a Markdown page is shown to readers as it stands.",
        "Write it as MyST does.",
    ),
    Rule(
        "markdown-in-rst",
        _E,
        "Markdown in reStructuredText",
        "Markdown in a reStructuredText page is shown to readers as it stands.",
        "Write it as reStructuredText does.",
    ),
    Rule(
        "option-space",
        _E,
        "Options without a space",
        "Without the space the line is no option, and is dropped or shown as text.",
        "Put a space after the option's second colon.",
    ),
    Rule(
        "option-unread",
        _E,
        "Options that aren't read",
        "Options are read only from the lines right below the directive's name.",
        "Move the option up, and keep each option on one line.",
    ),
    Rule(
        "unclosed-fence",
        _E,
        "Fences that are never closed",
        "The block takes in all that follows.",
        "Close the fence with as many marks as it was opened with.",
    ),
    Rule(
        "fence-nesting",
        _E,
        "Fences that close others",
        "The inner block's closing marks close the outer one.",
        "Give the outer fence more marks than the inner one.",
    ),
))  # fmt: skip
"""All rules by id."""

ADVICE = frozenset(
    {"objectives-missing", "questions-missing", "keypoints-missing", "minutes-missing"}
)
"""Rules that say what would make a lesson better; a lesson is told each of them once."""
