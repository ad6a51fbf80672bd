"""What one lesson asks for acts on that lesson alone, and two lessons may ask for the same."""

from __future__ import annotations

import pytest

from ..portals import Build, Portal

ASKED = """\
build:
  extensions: [sphinx.ext.autosectionlabel, sphinxcontrib.bibtex, sphinx.ext.todo]
  section_labels_with_page: {prefixed}
  bibliography: [book.bib]
  extlinks:
    issue: {{address: "https://{key}.example/issues/%s", caption: "{key} issue %s"}}
  todos: true
  numbered_figures: true
  rst_prolog: |
    .. |name| replace:: The lesson {key}
  rst_epilog: |
    .. role:: red

    .. _Target: https://{key}.example/target
"""
BOOK = (
    "@book{{knuth, author = {{{author}}}, title = {{A book}}, "
    "publisher = {{P}}, year = {{1984}}}}\n"
)
MARKDOWN = """\
# Page

```{math}
:label: one
a = b
```

As in {eq}`one`. See {issue}`7`, {cite}`knuth` and {cite:t}`knuth`, {footcite}`knuth`.

```{todo}
Remember {ref}`chat`.
```

```{todolist}
```

## Chat

```{footbibliography}
```
"""
RST = """\
Words
=====

See :ref:`chat`, |name|, Target_ and :red:`this`.

.. bibliography::

Chat
----

Text.
"""
UNREAD = frozenset({"objects.inv"})


def lesson(key: str, author: str, more: str = "") -> dict[str, str]:
    return {
        f"lessons/{key}/lesson.yml": f"kind: lesson\ntitle: {key}\nsummary: About {key}.\n{more}",
        f"lessons/{key}/index.md": "# Start\n\n```{toctree}\nchat\npage\nwords\n```\n",
        f"lessons/{key}/chat.md": "(chat)=\n# The real page\n\n## Setup\n\nSee {ref}`setup`.\n",
        f"lessons/{key}/page.md": MARKDOWN,
        f"lessons/{key}/words.rst": RST,
        f"lessons/{key}/book.bib": BOOK.format(author=author),
    }


def asking(key: str, *, prefixed: bool = False) -> str:
    return ASKED.format(key=key, prefixed=str(prefixed).lower())


def files(a: str = "", b: str = "") -> dict[str, str]:
    return {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Two\nsources: [lessons]\n",
        "index.md": (
            "# Home\n\n```{toctree}\n:maxdepth: 1\n\nlessons/a/index\nlessons/b/index\n```\n"
        ),
        **lesson("a", "Ada Ash", a),
        **lesson("b", "Bo Birch", b),
    }


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    return Portal(tmp_path_factory.mktemp("asked") / "portal")


@pytest.fixture(scope="module")
def neither(portal: Portal) -> Build:
    portal.write(files())
    return portal.build(out="neither")


@pytest.fixture(scope="module")
def one(portal: Portal, neither: Build) -> Build:
    portal.write(files(asking("a")))
    return portal.build(out="one")


@pytest.fixture(scope="module")
def both(portal: Portal, one: Build) -> Build:
    portal.write(files(asking("a"), asking("b")))
    return portal.build(out="both")


def of_lesson(key: str, built: Build) -> dict[str, bytes]:
    return {
        name: data
        for name, data in built.snapshot(*UNREAD).items()
        if name.startswith(f"lessons/{key}/")
    }


def told_of(key: str, built: Build) -> list[str]:
    return [line for line in built.warnings.splitlines() if f"lessons/{key}/" in line]


def text(built: Build, page: str) -> str:
    article = built.page(page).select_one("article")
    assert article is not None
    return " ".join(article.text.split())


def test_a_lesson_that_asks_for_nothing_is_the_same_beside_one_that_does(
    neither: Build, one: Build
):
    assert of_lesson("b", neither) == of_lesson("b", one)
    assert told_of("b", neither) == told_of("b", one)
    assert told_of("b", one)
    assert not told_of("a", one)


def test_a_lesson_that_asks_is_the_same_beside_another_one_that_does(one: Build, both: Build):
    assert of_lesson("a", one) == of_lesson("a", both)
    assert both.warnings == ""


@pytest.mark.parametrize(("key", "author"), [("a", "Ash"), ("b", "Birch")])
def test_each_lesson_has_what_it_asks_for(both: Build, key: str, author: str):
    page = text(both, f"lessons/{key}/page.html")
    cited = author[0] + author[1:2]
    assert f"{key} issue 7" in page
    assert f"[{cited}h84]" in page or f"[{author[:3]}84]" in page
    assert f"{author} [" in page
    assert "Remember The real page." in page
    assert "1984" in page
    words = both.page(f"lessons/{key}/words.html")
    assert f"The lesson {key}" in words.text
    assert author in words.text
    assert words.select_one("article .red").text == "this"
    links = {link.text: link["href"] for link in words.select("article a[href]")}
    assert links["Target"] == f"https://{key}.example/target"
    # A label that was written goes before one that a heading made.
    assert links["The real page"] == "chat.html#chat"


@pytest.mark.parametrize("lesson", ["a", "b"])
def test_a_heading_is_a_label_of_its_own_lesson(both: Build, lesson: str):
    link = both.page(f"lessons/{lesson}/chat.html").select_one("article p a.reference")
    assert (link.text, link["href"]) == ("Setup", "#setup")


@pytest.mark.parametrize(
    ("built", "page"), [("one", "a"), ("one", "b"), ("neither", "b"), ("both", "b")]
)
def test_equations_have_numbers_in_every_lesson(
    request: pytest.FixtureRequest, built: str, page: str
):
    found: Build = request.getfixturevalue(built)
    tree = found.page(f"lessons/{page}/page.html")
    assert tree.select_one(".eqno").text.startswith("(1)")
    assert "As in (1)." in text(found, f"lessons/{page}/page.html")


def test_a_lesson_on_one_page_has_its_bibliography_once(both: Build):
    assert text(both, "lessons/a/view/all.html").count("A book") == text(
        both, "lessons/a/words.html"
    ).count("A book") + text(both, "lessons/a/page.html").count("A book")


def test_what_changes_is_as_in_a_clean_build(portal: Portal, both: Build):
    portal.change("lessons/a/book.bib", "Ada Ash", "Ada Cedar")
    portal.change("lessons/b/chat.md", "## Setup", "## Set up")
    again = portal.build(out="both")
    assert "b/chat.md:6: WARNING" in again.warnings.replace("\\", "/")
    assert "lessons/b/words" not in again.read
    assert "Ced84" in text(again, "lessons/a/page.html")
    assert "Bir84" in text(again, "lessons/b/page.html")
    clean = portal.build(out="clean")
    assert again.snapshot(*UNREAD) == clean.snapshot(*UNREAD)


def test_headings_may_be_labels_with_their_page(portal: Portal):
    portal.write(files(asking("a", prefixed=True)))
    portal.change("lessons/a/chat.md", "{ref}`setup`", "{ref}`chat:setup`")
    assert not told_of("a", portal.build(out="one"))


def test_headings_alike_are_told_where_one_is_meant(portal: Portal):
    portal.write(files(asking("a")))
    portal.change("lessons/a/chat.md", "{ref}`setup`", "{ref}`same`")
    portal.change("lessons/a/chat.md", "## Setup", "## Same\n\n## Same\n\n## Setup")
    (told,) = told_of("a", portal.build(out="one"))
    assert "several sections are called 'same'" in told
