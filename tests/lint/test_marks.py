"""Marks that reach readers as text are found, and what only looks like them is left alone."""

from __future__ import annotations

import pytest

from guildhall.core.markup.marks import (
    CODE,
    OBJECT,
    conflicts,
    in_html,
    in_markdown,
    in_rst,
    is_money,
    lost_cells,
    text_of_html,
    unclosed,
)

LEFT_BY_MARKDOWN = [
    (":::{note}", ":::{note}"),
    ("::: warning", ":::"),
    (":::", ":::"),
    ("```{tip}", "```{tip}"),
    ("~~~ python", "~~~"),
    ("|---|---|", "|---|---|"),
    ("Name | Age\n--- | :-:", "--- | :-:"),
    ("| a | b |\n| c | d |", "| a | b |"),
    ("[!NOTE]\nRead this.", "[!NOTE]"),
    ("Words\n(setup)=\nmore", "(setup)="),
    ("A note[^1].", "[^1]"),
    ("A [link](my page.md).", "](my page.md"),
    ("A ![picture](my picture.png).", "](my picture.png"),
    (f"A [{CODE}](my page.md).", "](my page.md"),
    ("A [link](https://example.org", "](https://example.org"),
    ("A [link](<a", "](<a"),
    ("See [the words][missing].", "[the words][missing]"),
    ("This ** is bold **.", "** is bold **"),
    ("This **bold:**text.", "**bold:"),
    ("**Never closed.", "**Never"),
    ("So *it is *.", "*it"),
    ("Now ~~gone~~.", "~~gone"),
    (f"See {{ref}} {CODE}.", "{ref}"),
    ("See {ref}'setup'.", "{ref}"),
    (f"See {CODE}{{.python}}.", "{.python}"),
    (f"{OBJECT}{{width=50%}}", "{width=50%}"),
    ("Setup {#setup}", "{#setup}"),
    ("$$\nx", "$$"),
    ("So $$E = mc^2$$.", "$$"),
    ("So $x^2$ it is.", "$x^2$"),
    (r"An angle ($\alpha$).", r"$\alpha$"),
    (r"\begin{equation} x \end{equation}", r"\begin{equation}"),
    ("Hello {{ name }}.", "{{ name }}"),
    ("Hello {{ site.name }}.", "{{ site.name"),
    ("Text {% include a.md %}", "{% include a.md %}"),
    ("##Setup of it", "##Setup"),
    ("Text <!-- never ended", "<!--"),
    ("<<<<<<< HEAD\nOurs.", "<<<<<<< HEAD"),
    (f"See :ref:{CODE}.", ":ref:"),
    (".. note:: Read", ".. note::"),
    (".. _setup:", ".. _setup:"),
]


@pytest.mark.parametrize(("text", "literal"), LEFT_BY_MARKDOWN)
def test_a_mark_of_markdown_is_found_with_what_its_source_holds(text: str, literal: str):
    (found,) = in_markdown(text)
    assert literal.startswith(found.literal)
    assert found.literal
    assert "expected" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "Powers such as 2**3, 2 ** 3 and 2 ** 4, x ** y and y ** z.",
        "C**, *args, **kwargs and a*b*c, 5 * 3 * 2, the price 5* and 6**.",
        "Arrays a[i][j] and f[x](y), [1] (and [2]), [1][2], [Smith 2020], [...][W]e.",
        "Sets {a, b}, {x} and {name}; ${{ github.ref }}; \\{{ name }}.",
        "It costs $10 and $20, or $$$.",
        "Set $HOME_DIR and $PATH, ${A}_$B, $x and $y_1, $a_b and $c.",
        "At 12:30:45 :smile: it is ::: here, a :: b.",
        "Pipes a | b | c, and a --> b, and 5% of 10 % x.",
        "~/.bashrc, ~user~, ~~ and __init__.py, a_b_c.",
        "#hashtag, C#, #12 and # alone.",
        "A label (name)= within a line, f(x)=3.",
        "> < << >> <<<< 7 <<<<<<<",
        "| alone |",
        "- - -",
        f"Code {CODE}, {CODE}, and {OBJECT} {{really}}.",
        "In reST it is .. note:: and :ref: here.",
    ],
)
def test_what_only_looks_like_marks_of_markdown_is_left_alone(text: str):
    assert in_markdown(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A [link](https://example.org) here.",
        "A ![picture](img/a.png).",
        ":::{note}",
        "```python",
        f"See {{ref}}{CODE}.",
        "|---|---|",
        "<!-- a comment -->",
        "A note[^1].",
        "## Setup",
        "(setup)=",
        "[!TIP]",
    ],
)
def test_markdown_in_restructuredtext_is_found(text: str):
    (found,) = in_rst(text)
    assert found.rule == "markdown-in-rst"


@pytest.mark.parametrize("text", ["f[x](y) and a[i](j).", "#. item", "A :: b", "a ** b **"])
def test_what_only_looks_like_markdown_in_restructuredtext_is_left_alone(text: str):
    assert in_rst(text) == []


@pytest.mark.parametrize(
    ("html", "literal"),
    [
        ("<div>x</div>\n:::{note}\nText\n:::", ":::{note}"),
        ("<details>\n```{tip}\n", "```{tip}"),
        ("<p>\n# Heading\n</p>", "# Heading"),
        ("<td>\n- one\n- two\n</td>", "- one"),
        ("<p>So **bold** it is</p>", "**bold"),
        ("<p>[a](b.md)</p>", "](b.md"),
        ("<p>Use `git`</p>", "`git`"),
        ("<p>See {ref}`x`</p>", "{ref}"),
        ("<div>\n% a comment\n</div>", "% a"),
    ],
)
def test_markdown_within_raw_html_is_found_once(html: str, literal: str):
    found = in_html(text_of_html(html))
    assert found is not None
    assert found.literal == literal
    assert "an empty line" in found.message


@pytest.mark.parametrize(
    "html",
    [
        "<pre>\n:::{note}\n</pre>",
        "<code>**x** `y`</code>",
        "<script>const a = `**x**`;</script>",
        '<a title="**x**" href="[a](b)">x</a>',
        "<!-- [a](b c) -->",
        "<p>a - b * c, 5% of it</p>",
        "<td>- one</td>",
        "<svg><text>**x**</text></svg>",
    ],
)
def test_code_and_attributes_of_raw_html_are_left_alone(html: str):
    assert in_html(text_of_html(html)) is None


@pytest.mark.parametrize(
    ("html", "opened"),
    [
        ("<p>\n<!-- never", "<!--"),
        ("<!-- a --> <!-- b", "<!--"),
        ("<script>x", "<script"),
        ("<PRE>x", "<PRE"),
        ("<!-- a -->", None),
        ("<!-- <script> -->", None),
        ("<script>'<!--'</script>", None),
        ("<pre>x</pre >", None),
    ],
)
def test_what_is_never_closed_is_found(html: str, opened: str | None):
    found = unclosed(html)
    assert (found[1] if found else None) == opened


CONFLICT = "<<<<<<< HEAD\nOurs.\n=======\nTheirs.\n>>>>>>> branch"


def test_each_conflict_is_found_by_itself():
    source = f"a\n{CONFLICT}\nb\n  {CONFLICT.replace(chr(10), chr(10) + '  ')}\n"
    assert [text.count("<<<<<<<") for _, text in conflicts(source)] == [1, 1]
    assert [source[at:].startswith("<<<<<<< HEAD") for at, _ in conflicts(source)] == [True, True]


@pytest.mark.parametrize(
    "source",
    ["<<<<<<< a\n>>>>>>> b", "Title\n=======\n", "<<<<<<<<< a\n=======\n>>>>>>> b", "x <<<<<<< y"],
)
def test_parts_of_conflicts_are_none(source: str):
    assert list(conflicts(source)) == []


def test_cells_without_a_column_are_found():
    table = (
        "> | A | B |",
        "> | :-- | --: |",
        "> | `a | b` | c |",
        "> | `a \\| b` | c |",
        "> | one |",
        "> 1 | 2 | 3",
        ">",
        "> | x | y | z |",
    )
    assert [(row, table[row][at:]) for row, at, *_ in lost_cells(table)] == [
        (2, " c |"),
        (5, " 3"),
    ]
    assert list(lost_cells(("| A |", "no table", "| a | b |"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "If one gives $10, and the other gives $20, they have 30.",
        "It costs $100n and $more",
        "From $5-$10.",
        "($10) or ($20)",
        "It is $10 is 10$ or not",
        "It was 5$ and 10$ now",
        "It was 5$, then 10$.",
        "$10k to $20k",
    ],
)
def test_amounts_of_money_are_told_from_formulas(text: str):
    assert is_money(*_parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Let $x$ be",
        "a 3$\\sigma$ effect",
        "10$^{-3}$ m",
        "2$\\times$2",
        "$10^3$ and more",
        "$2x + 3y$",
        "$ 3 x $",
        "$5$",
        "$3 \\text{ apples and pears}$",
        "$2 n$",
        "$x$2",
        "H$_2$O",
        "$10\\,000$",
        "$3 < n$",
        "$f and g$",
    ],
)
def test_formulas_are_formulas(text: str):
    assert not is_money(*_parts(text))


def _parts(text: str) -> tuple[str, str, str]:
    before, formula, after = text.split("$")
    return formula, before, after
