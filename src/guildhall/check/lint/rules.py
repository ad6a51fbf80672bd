"""The rules: what each finds, why it matters, and how to fix it.

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
        "Screen readers and tables of contents rely on levels; a skipped one looks like a gap.",
        "Use the next level, or make the heading above deeper.",
    ),
    Rule(
        "one-title",
        _E,
        "Pages without exactly one title",
        "The first heading names the page in the sidebar, in search and in the browser.",
        "Give the page one first-level heading, and deeper ones below it.",
    ),
    Rule(
        "image-alt",
        _E,
        "Images without alternative text",
        "People who can't see the image hear its file name, or nothing.",
        "Describe in a sentence what the image shows.",
    ),
    Rule(
        "image-size",
        _I,
        "HTML images without a size",
        "The text jumps when such an image loads; the build measures all others.",
        "Give width and height, or write the image as Markdown or a directive.",
    ),
    Rule(
        "bare-url",
        _E,
        "Bare addresses in the text",
        "Bare addresses are hard to read and listen to, and in Markdown they are not links.",
        "Link from words instead, or use angle brackets if readers need to see the address.",
    ),
    Rule(
        "link-text",
        _E,
        "Links that don't say where they lead",
        "Screen readers list links without their surrounding text.",
        "Let the link say where it leads.",
    ),
    Rule(
        "portal-link",
        _E,
        "Links to the portal's own address",
        "Links to the portal's own address break in previews, in copies and when pages move.",
        "Link to the page itself.",
    ),
    Rule(
        "backslash-path",
        _E,
        "Paths with backslashes",
        "They work only on Windows; on the web and other systems the file is not found.",
        "Write `/` between folders.",
    ),
    Rule(
        "unlisted-page",
        _E,
        "Pages in no table of contents",
        "Readers can't find a page that no table of contents lists.",
        "List it in a toctree or in the record's `episodes`, or mark it `orphan: true`.",
    ),
    Rule(
        "objectives-missing",
        _I,
        "Episodes without objectives",
        "Learners can't tell whether they have learned what the episode teaches.",
        "Add an `objectives` directive, or `objectives` in the front matter.",
    ),
    Rule(
        "questions-missing",
        _I,
        "Episodes without questions",
        "Questions show what the episode answers, before learners know its vocabulary.",
        "Add a `questions` directive, or `questions` in the front matter.",
    ),
    Rule(
        "keypoints-missing",
        _I,
        "Episodes without key points",
        "Key points are what learners come back for.",
        "Add a `keypoints` directive, or `keypoints` in the front matter.",
    ),
    Rule(
        "minutes-missing",
        _I,
        "Episodes without times",
        "Without times, no schedule can be made and the lesson's length is wrong.",
        "Add `teaching` and `exercises` in minutes to the front matter or to the record.",
    ),
    Rule(
        "exercise-solution",
        _I,
        "Exercises without a solution",
        "People learning on their own can't check their answers.",
        "Add a `solution` directive inside the exercise or after it.",
    ),
    Rule(
        "code-language",
        _E,
        "Code without a language",
        "Without a language, code is highlighted wrongly or not at all.",
        "Name the language; use `text` for none.",
    ),
    Rule(
        "jekyll",
        _E,
        "Jekyll and Liquid syntax",
        "Jekyll and Liquid syntax is shown to readers as is.",
        "Use the MyST directive or substitution instead.",
    ),
    Rule(
        "rst-in-markdown",
        _E,
        "reStructuredText in Markdown",
        "reStructuredText in a Markdown page is shown to readers as is.",
        "Use MyST syntax.",
    ),
    Rule(
        "markdown-in-rst",
        _E,
        "Markdown in reStructuredText",
        "Markdown in a reStructuredText page is shown to readers as is.",
        "Use reStructuredText syntax.",
    ),
    Rule(
        "option-space",
        _E,
        "Options without a space after the colon",
        "Without the space, the line is not an option, and is dropped or shown as text.",
        "Put a space after the option's second colon.",
    ),
    Rule(
        "option-unread",
        _E,
        "Options that are ignored",
        "Options are read only from the lines directly below the directive's name.",
        "Move the option up, and keep each option on one line.",
    ),
    Rule(
        "unclosed-fence",
        _E,
        "Unclosed fences",
        "The block swallows everything that follows.",
        "Close the fence with as many characters as opened it.",
    ),
    Rule(
        "fence-nesting",
        _E,
        "Fences that close others",
        "The inner block's closing fence closes the outer block.",
        "Make the outer fence longer than the inner one.",
    ),
))  # fmt: skip
"""All rules by id."""

ADVICE = frozenset(
    {"objectives-missing", "questions-missing", "keypoints-missing", "minutes-missing"}
)
"""Rules that say what would make a lesson better; each is reported once per lesson."""
