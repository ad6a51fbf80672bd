"""What each rule finds, where, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import HEAD, Lint, notebook

Episode = Callable[..., list[str]]

FOUND = {
    "a skipped level": (
        "## A\n\n#### B\n",
        ["3:1: `B` has level 4 below a heading of level 2, expected level 3 [heading-order]"],
    ),
    "a second title": (
        "# Two\n",
        [
            (
                "1:1: `Two` is a second title after `One`; expected a heading of level 2 or "
                "deeper "
                "[one-title]"
            )
        ],
    ),
    "a picture without words": (
        "See ![](a.svg) here.\n",
        ["1:5: `a.svg` has no alternative text, expected words that say what it shows [image-alt]"],
    ),
    "a figure with a caption only": (
        ":::{figure} a.svg\nA caption\n:::\n",
        [
            (
                "1:1: `a.svg` has no alternative text, expected the option `alt` (a caption "
                "doesn't "
                "replace it) [image-alt]"
            )
        ],
    ),
    "an HTML image in a tab within a list": (
        '- x\n\n  ::::{tab} T\n  :::{note}\n  <img src="a.svg">\n  :::\n  ::::\n',
        [
            (
                '5:3: `a.svg` has no alternative text, expected the attribute `alt`, or `alt=""` '
                "if it is decorative [image-alt]"
            )
        ],
    ),
    "a raster picture without a size": (
        '<img src="a.png" alt="A dog" width="9">\n',
        ["1:1: `a.png` has no size, expected the attributes `width` and `height` [image-size]"],
    ),
    "an address in the text": (
        "Look at\nhttps://example.net/a(b)/c.\n",
        [
            (
                "2:1: found the address `https://example.net/a(b)/c` as text, expected "
                "`[words](address)` [bare-url]"
            )
        ],
    ),
    "a link that says here": (
        "Click [**here**](b.md).\n",
        ["1:7: found a link `here`, expected words that say where it leads [link-text]"],
    ),
    "a reference that says this page": (
        "See {doc}`this page <b>`.\n",
        ["1:5: found a link `this page`, expected words that say where it leads [link-text]"],
    ),
    "an exercise": (
        ":::{exercise} Add\nDo it.\n:::\n",
        [
            (
                "1:1: the exercise `Add` has no solution, expected a directive `solution` "
                "[exercise-solution]"
            )
        ],
    ),
    "a fence without a language": (
        "```\nls\n```\n",
        [
            (
                "1:1: found a block of code without a language, expected one after the fence, "
                "such as "
                "`text` [code-language]"
            )
        ],
    ),
    "an indented block": (
        "Then:\n\n    ls\n",
        [
            (
                "3:5: found an indented block, which is shown as code without a language; "
                "expected a "
                "fence with one, or no indent [code-language]"
            )
        ],
    ),
    "a class of Jekyll": (
        "Text\n{: .challenge}\n",
        [
            (
                "2:1: found `{: .challenge}`, a class in Jekyll's syntax; expected a directive "
                "around it [jekyll]"
            )
        ],
    ),
    "an exercise of Jekyll": (
        "> ## Exercise 1\n> Do it.\n",
        [
            (
                "1:3: found the heading `Exercise 1` in a quotation, expected the directive "
                "`exercise` [jekyll]"
            )
        ],
    ),
    "a tag of Liquid": (
        "{% include links.md %}\n",
        [
            (
                "1:1: found `{% include links.md %}`, which Jekyll would fill in; expected the "
                "text "
                "itself [jekyll]"
            )
        ],
    ),
    "a variable of Liquid": (
        "At {{ site.url }}.\n",
        ["1:4: found `{{ site.url`, which Jekyll would fill in; expected the text itself [jekyll]"],
    ),
    "a directive of reStructuredText": (
        "Text\n.. note:: Mind this\n",
        [
            (
                "2:1: found `.. note::`, a directive of reStructuredText; expected `:::{note}` "
                "[rst-in-markdown]"
            )
        ],
    ),
    "a role of reStructuredText": (
        "See :ref:`x`.\n",
        [
            (
                "1:5: found `:ref:` before the backquotes, a role of reStructuredText; expected "
                "`{ref}` [rst-in-markdown]"
            )
        ],
    ),
    "a link of reStructuredText": (
        "See `it <https://example.net>`_.\n",
        [
            (
                "1:5: found ``it <https://example.net>`_`, a link of reStructuredText; expected "
                "`[text](address)` [rst-in-markdown]"
            )
        ],
    ),
    "an option without its space": (
        ":::{figure} a.svg\n:alt: A dog\n:width:100%\n:::\n",
        ["3:1: found `:width:100%`, expected `:width: 100%` [option-space]"],
    ),
    "an option after a blank line": (
        ":::{figure} a.svg\n\n:alt: A dog\n:::\n",
        [
            (
                "3:1: found the option `:alt: A dog` after a blank line or text; expected it right "
                "below the directive's name [option-unread]"
            )
        ],
    ),
    "an option on two lines": (
        ":::{figure} a.svg\n:alt: A dog\n  in the sun\n:::\n",
        [
            (
                "3:3: this line is not part of the option `alt` but text; expected the whole "
                "option on one line [option-unread]"
            )
        ],
    ),
    "a fence that is never closed": (
        ":::{note}\nText\n",
        [
            (
                "1:1: `:::{note}` opens a block that is never closed; expected `:::` on its own "
                "line after it [unclosed-fence]"
            )
        ],
    ),
    "a closing mark too many": (
        ":::{note}\nText\n:::\n\n:::\n\nMore.\n",
        [
            (
                "5:1: `:::` opens a block that is never closed; it may be one closing mark too "
                "many [unclosed-fence]"
            )
        ],
    ),
    "fences of the same length in each other": (
        ":::{note}\n:::{tip}\nText\n:::\n:::\n\n![](a.svg)\n",
        [
            (
                "2:1: `:::{tip}` is inside the block of line 10, which opens with `:::` and ends "
                "at "
                "the first closing mark; expected more marks on the outer block than on the "
                "inner one "
                "[fence-nesting]"
            ),
            (
                "7:1: `a.svg` has no alternative text, expected words that say what it shows "
                "[image-alt]"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("text", "told"), FOUND.values(), ids=FOUND)
def test_a_finding_says_where_and_what_to_write(episode: Episode, text: str, told: list[str]):
    assert episode(text) == told


RIGHT = {
    "code is never read as prose": (
        "```markdown\n.. note:: x\nhttps://example.net {: .x}\n# T\n![](a.png)\n```\n"
    ),
    "code in text": "Write `![](a.png)`, `:ref:` and `https://example.net`.\n",
    "content of code directives": (
        "```{code-block} rst\n.. note:: x\n\n   https://example.net\n```\n"
        "```{literalinclude} a.py\n:language: python\n```\n"
    ),
    "an address that readers are meant to see": "At <https://example.net> you find it.\n",
    "an address of an example": "Open http://localhost:8000/ or https://example.org/a.\n",
    "an address with a part to fill in": "Yours is https://example.net/**name**/x.\n",
    "a picture that the build measures": ":::{image} a.png\n:alt: A dog\n:::\n",
    "a decorating HTML image": '<img src="a.svg" alt="">\n',
    "links with words": "See [the guide](b.md) and {doc}`how it is done <b>`.\n",
    "solutions within and after": (
        "::::{exercise}\n:::{solution}\nIt.\n:::\n::::\n\n:::{challenge}\nDo.\n:::\n\n"
        ":::{dropdown} Solution\nIt.\n:::\n"
    ),
    "solutions whose titles are in other languages": (
        ":::{exercise}\nGerðu það.\n:::\n\n:::{dropdown} Lausnin\nSvona.\n:::\n\n"
        ":::{exercise}\nGjør det.\n:::\n\n## Løsning\n\nSlik.\n"
    ),
    "options as YAML on many lines": (
        ":::{figure} a.svg\n---\nalt: >\n  A dog\n  in the sun\nwidth: 3em\n---\nText\n:::\n"
    ),
    "options of a directive that comes first in another": (
        "::::{tab} T\n\n```{literalinclude} a.py\n:language: python\n:lines: 1\n```\n::::\n"
    ),
    "a role that begins a directive's text": ":::{note}\n:sub:`2`\n:::\n",
    "marks of different kinds in each other": (
        "::::{note}\n```{code-block} text\n:::\n```\n:::{tip}\nText\n:::\n::::\n"
    ),
    "a quotation with a heading of its own": "> ## What she said\n> Words.\n",
    "definitions of a glossary with several paragraphs": (
        ":::{glossary}\nterm\n    What it is.\n\n    And more.\n:::\n"
    ),
    "a plain container": ":::\nText.\n:::\n",
    "headings within directives": ":::{note}\n#### Deep\n:::\n\n## Next\n",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_only_looks_wrong_is_left_alone(episode: Episode, text: str):
    assert episode(text) == []


def test_the_lessons_own_language_for_code_is_enough(episode: Episode):
    assert episode("```\nls\n```\n", "build: {highlight_language: console}\n") == []


@pytest.mark.parametrize(
    ("language", "text"), [("nb", "her"), ("is", "hér"), ("is-IS", "lesa meira")]
)
def test_here_is_known_in_the_lessons_language(episode: Episode, language: str, text: str):
    assert episode(f"[{text}](b.md)\n", f"language: {language}\n") == [
        f"1:1: found a link `{text}`, expected words that say where it leads [link-text]"
    ]


def test_an_episode_without_anything_is_told_what_it_lacks(lint: Lint):
    assert lint({"one.md": "# One\n"}) == [
        (
            "one.md:1:1: the episode has no keypoints, expected the directive `keypoints` "
            "[keypoints-missing]"
        ),
        (
            "one.md:1:1: the episode has no times, expected `teaching` or `exercises` in minutes "
            "[minutes-missing]"
        ),
        (
            "one.md:1:1: the episode has no objectives, expected the directive `objectives` "
            "[objectives-missing]"
        ),
        (
            "one.md:1:1: the episode has no questions, expected the directive `questions` "
            "[questions-missing]"
        ),
    ]


def test_advice_is_told_once_a_lesson(lint: Lint):
    pages = {f"{name}.md": f"# {name}\n" for name in ("a", "b", "c", "d", "e")}
    kept = "% guildhall: silence-file minutes-missing reason: read at home\n\n# F\n"
    (told,) = (each for each in lint({**pages, "f.md": kept}) if "minutes-missing" in each)
    assert told == (
        "a.md:1:1: the episode has no times, expected `teaching` or `exercises` in minutes; the "
        "same applies to `b.md`, `c.md`, `d.md` and 1 more [minutes-missing]"
    )


@pytest.mark.parametrize("record", ["format: manual\n", "format: video\n"])
def test_what_is_looked_up_and_not_taught_gets_no_advice(lint: Lint, record: str):
    assert lint({"a.md": "# A\n"}, record) == []


@pytest.mark.parametrize("name", ["setup", "installation", "01-install", "set-up-git", "prepare"])
def test_pages_by_which_people_prepare_get_no_advice(lint: Lint, name: str):
    assert lint({f"{name}.md": "# A\n"}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# A\n\n```{instructor-note}\n- 30 min teaching/type-along\n```\n"),
        ("a.md", "# A\n\n:::{instructor-note}\nLecture 25 minutes\n:::\n"),
        ("a.rst", "A\n=\n\n.. instructor-note::\n\n   - 10 min teaching\n   - 5 min exercise\n"),
    ],
)
def test_minutes_in_a_note_for_instructors_count(lint: Lint, name: str, text: str):
    assert not [each for each in lint({name: text}) if "minutes-missing" in each]


def test_minutes_elsewhere_are_no_times_of_the_episode(lint: Lint):
    text = "# A\n\n```{instructor-note}\nBring pens.\n```\n\nWait 5 min.\n"
    assert [each for each in lint({"a.md": text}) if "minutes-missing" in each]


def test_a_lesson_whose_one_page_is_its_index_is_checked(lint: Lint):
    link, fence = lint({"index.md": "# A\n\n[here](x.md)\n\n```{note}\nOpen\n"})
    assert link.startswith("index.md:3:1: found a link `here`")
    assert fence.startswith("index.md:5:1: ")
    assert fence.endswith("[unclosed-fence]")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("![A box](images\\box.png)\n", "images/box.png"),
        ("[Next](sub\\next.md)\n", "sub/next.md"),
        ("```{figure} images\\box.svg\n:alt: A box\n```\n", "images/box.svg"),
        ("```{include} .\\part.md\n```\n", "part.md"),
    ],
)
def test_a_path_as_windows_writes_it_is_told_with_the_right_one(
    episode: Episode, text: str, path: str
):
    (told,) = episode(text)
    assert told.startswith("1:1: found the path `")
    assert told.endswith(f"`, expected `{path}` [backslash-path]")


def test_directives_tell_objectives_as_well_as_front_matter_does(lint: Lint):
    page = "---\nteaching: 1\n---\n# One\n\n" + "".join(
        f":::{{{name}}}\n- x\n:::\n\n" for name in ("objectives", "questions", "keypoints")
    )
    assert lint({"one.md": page}) == []


def test_a_page_in_no_toctree_is_told_unless_it_is_an_orphan_by_intent(lint: Lint):
    files = {
        "index.md": "# A\n\n```{toctree}\none\n```\n",
        "one.md": HEAD + "# One\n",
        "two.md": "# Two\n",
        "three.md": "---\norphan: true\n---\n# Three\n",
    }
    assert lint(files) == [
        (
            "two.md:1:1: the page is in no toctree, expected it in one or in the record's "
            "`episodes`, or `orphan: true` in its front matter [unlisted-page]"
        )
    ]


def test_a_page_without_a_title_is_told(lint: Lint):
    assert lint({"one.md": HEAD + "## Deep\n"}) == [
        (
            "one.md:8:1: the first heading `Deep` has level 2, expected a title of level 1 "
            "[one-title]"
        )
    ]


def test_addresses_of_the_portal_are_offered_as_internal_links(lint: Lint):
    page = HEAD + (
        "# "
        "One\n\n[a](https://own.example/a/two.html#x)\n\n[b](https://portal.example/lessons/b/)\n\n"
        "[c](https://b.example/site/first/)\n\n[d](https://b.example/site/unknown)\n\n"
        "[e](https://b.example/sites)\n"
    )
    found = lint(
        {"one.md": page, "two.md": HEAD + "# Two\n"},
        "url: https://own.example/a/\nepisodes: [one, two]\n",
        settings="base_url: https://portal.example\n",
        b="url: https://b.example/site\n",
    )
    assert [each.partition(" is a page of this portal, ")[2] for each in found] == [
        "expected {doc}`/two` [portal-link]",
        "expected {lesson}`b` [portal-link]",
        "expected {external+b:doc}`first` [portal-link]",
    ]


def test_restructuredtext_is_checked_by_the_same_rules(lint: Lint):
    page = (
        ":teaching: 5\n\nOne\n===\n\nDeep\n----\n\n.. figure:: a.svg\n   :width:3em\n\n   "
        "Caption\n\n"
        "Run::\n\n    ls http://not.read\n\n`here <https://example.net>`__ is\n"
        "https://example.net/b and <https://seen.net>.\n\n.. code-block::\n\n   ls\n\n"
        "A [link](https://example.net).\n\n.. objectives::\n\n   - a\n\n"
        ".. exercise::\n\n   .. image:: b.svg\n\n   .. solution:: S\n\n      It.\n"
    )
    assert [each.removeprefix("one.rst:") for each in lint({"one.rst": page})] == [
        "1:1: the episode has no keypoints, expected the directive `keypoints` [keypoints-missing]",
        "1:1: the episode has no questions, expected the directive `questions` [questions-missing]",
        (
            "9:1: `a.svg` has no alternative text, expected the option `alt` (a caption doesn't "
            "replace it) [image-alt]"
        ),
        "10:4: found `:width:3em`, expected `:width: 3em` [option-space]",
        (
            "16:5: found a literal block, which has no language; expected the directive "
            "`code-block` with one, or `highlight` before it [code-language]"
        ),
        "18:1: found a link `here`, expected words that say where it leads [link-text]",
        (
            "19:1: found the address `https://example.net/b` as text, expected `words <address>` "
            "as "
            "a link [bare-url]"
        ),
        (
            "21:1: found a block of code without a language, expected one after the directive's "
            "name, such as `text` [code-language]"
        ),
        (
            "25:3: found `[link](https://example.net)`, a link of Markdown; expected "
            "`text <address>` in backquotes, followed by `_` [markdown-in-rst]"
        ),
        "33:4: `b.svg` has no alternative text, expected the option `alt` [image-alt]",
    ]


def test_a_finding_in_a_notebook_names_its_cell_and_the_line_of_the_file(lint: Lint):
    text = notebook(
        ("markdown", "# One\n"),
        ("code", "# Not a title\nprint('![](a.svg)')\n"),
        ("markdown", "Words\n\n![](a.svg)\n"),
    )
    line = next(
        n for n, each in enumerate(text.split("\n"), 1) if each.strip() == '"![](a.svg)\\n"'
    )
    assert lint({"one.ipynb": text}) == [
        (
            f"one.ipynb:{line}:1: cell 3, line 3: `a.svg` has no alternative text, expected words "
            "that say what it shows [image-alt]"
        )
    ]


def test_what_a_notebook_writes_in_another_format_is_told_at_its_cell(lint: Lint):
    text = notebook(("markdown", "# One\n"), ("markdown", "Words\n\nSee {{ site.url }}.\n"))
    line = next(n for n, each in enumerate(text.split("\n"), 1) if "site.url" in each)
    assert lint({"one.ipynb": text}) == [
        (
            f"one.ipynb:{line}:5: cell 2, line 3: found `{{{{ site.url`, which Jekyll would fill "
            "in; expected the text itself [jekyll]"
        )
    ]
