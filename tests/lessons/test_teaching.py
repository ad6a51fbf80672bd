"""The words that lessons are written in: boxes, tabs, videos, formulas, diagrams, times."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import Tag

from guildhall.sphinx_ext.lessons import box_headings

from ..portals import Build, Portal

BOXES = """\
# Boxes

:::{exercise}
Without a title.
:::

:::{exercise} Exercise 1
:minutes: 5
With a number in its title.

::::{solution}
Solved.
::::
:::

:::{challenge} Resolve a conflict
Named by its title.
:::

:::{challenge} Resolve a conflict
The same title.
:::

:::{homework} Read
:name: my-own
Named by hand.
:::

:::{discussion}
A heading has this name too.
:::

:::{callout}
:::

:::{note}
:class: dropdown
Closed.
:::

:::{signature}
Open.
:::

:::{instructor-note}
For instructors.
:::

:::{toggle}
Closed.
:::

## Discussion

Text.

## Solution 0

Its anchor is that of the first solution in sphinx-lesson.
"""

MEDIA = r"""
# Media

:::{youtube} dQw4w9WgXcQ
:width: 400
:aspect: 4:3
:align: center
:url_parameters: ?start=43
:::

:::{vimeo} 148751763
:::

<iframe src="https://www.youtube.com/embed/raw_video?a=1&amp;start=3"></iframe>

Within <iframe src="https://player.vimeo.com/video/5"></iframe> a sentence.

<iframe src="https://www.youtube.com/embed/videoseries?list=PL1"></iframe>

:::{video} film.mp4
:alt: A film
:width: 300
:autoplay:
:::

Begins at {localtime}`09:00 13 August 2024 +02:00 (HH:mm)`, ends at {localtime}`12:00`.

$a < b$, $\text{<img src=x onerror=alert(1)>}$, $\nosuch{<b>}$

$$
\begin{align}
a &= b \\
  &= c
\end{align}
$$ (lines)

$$
\begin{array}{cc} 1 & 2 \\ 3 & \dots \end{array}
$$

As in {eq}`lines`.

```{mermaid}
:caption: The <b>steps</b>
graph LR
  A[<img src=x>] --> B
```

````{tabs}
```{group-tab} Linux
For Linux.
```
```{group-tab} macOS
For macOS.
```
````
"""

FILES = {
    "conf/conf.py": 'extensions = ["sphinx_lesson", "guildhall"]\n',
    "conf/portal.yml": "title: Lessons\nsources: [lessons]\n",
    "index.md": "# Home\n\n```{toctree}\nlessons/words/index\n```\n",
    "lessons/words/lesson.yml": (
        "kind: lesson\ntitle: Words\nsummary: All of them.\n"
        "build:\n  myst_extensions: [colon_fence, dollarmath]\n"
    ),
    "lessons/words/index.md": "# Words\n\n```{toctree}\nboxes\nmedia\n```\n",
    "lessons/words/boxes.md": BOXES,
    "lessons/words/media.md": MEDIA,
    "lessons/words/film.mp4": "",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("teaching") / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    return portal.build()


@pytest.fixture(scope="module")
def boxes(built: Build) -> Tag:
    return built.page("lessons/words/boxes.html").select_one("article")


@pytest.fixture(scope="module")
def media(built: Build) -> Tag:
    return built.page("lessons/words/media.html").select_one("article")


def holder(boxes: Tag, name: str) -> str:
    """The text of what an id leads to."""
    found = boxes.select_one(f"[id='{name}']")
    if found.name == "span":
        found = found.parent
    return " ".join(found.text.split())


def test_all_of_it_is_built_and_what_cannot_be_shown_is_told(built: Build):
    (told,) = built.warnings.splitlines()
    assert "media.md:28: WARNING: the formula `\\nosuch{<b>}` is shown as TeX" in told
    assert built.code == 0


def test_no_id_is_there_twice(boxes: Tag):
    ids = [node["id"] for node in boxes.select("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("exercise", "Without a title."),
        ("exercise-exercise-1", "With a number in its title."),
        ("exercise-resolve-a-conflict", "Named by its title."),
        ("exercise-resolve-a-conflict--2", "The same title."),
        ("my-own", "Named by hand."),
        ("discussion--2", "A heading has this name too."),
    ],
)
def test_a_box_is_named_by_its_title(boxes: Tag, name: str, text: str):
    assert text in holder(boxes, name)


@pytest.mark.parametrize(
    ("position", "text"),
    [
        (0, "Without a title."),
        (1, "With a number in its title."),
        (2, "Named by its title."),
        (3, "The same title."),
    ],
)
def test_links_to_sphinx_lessons_positions_still_lead_there(boxes: Tag, position: int, text: str):
    assert text in holder(boxes, f"exercise-{position}")


@pytest.mark.parametrize("name", ["discussion", "solution-0"])
def test_a_heading_keeps_its_anchor(boxes: Tag, name: str):
    assert boxes.select_one(f"[id='{name}']").name == "section"


def test_classes_are_those_of_sphinx_lesson(boxes: Tag):
    classes = set(boxes.select_one("[id='exercise-resolve-a-conflict']")["class"])
    assert {"admonition", "exercise", "important"} <= classes


def test_a_box_that_sphinx_lesson_adds_is_one_of_every_lesson(tmp_path: Path):
    made = Portal(tmp_path / "portal")
    added = """\
from sphinx_lesson import directives

class Warm_UpDirective(directives.CalloutDirective):
    extra_classes = ["tip"]

directives.Warm_UpDirective = Warm_UpDirective
extensions = ["guildhall"]
"""
    text = "# Boxes\n\n:::{warm-up}\n:minutes: 5\nStretch.\n:::\n\n:::{warm-up} Again\n:::\n"
    made.write({**FILES, "conf/conf.py": added, "lessons/words/boxes.md": text})
    first, second = made.build().page("lessons/words/boxes.html").select(".warm-up")
    assert {"admonition", "tip"} <= set(first["class"])
    assert first.select_one(".admonition-title").text == "Warm-Up (5\N{NO-BREAK SPACE}min)"
    assert second["id"] == "warm-up-again"


def test_what_asks_a_learner_to_act_is_a_heading_for_screen_readers(boxes: Tag):
    found = boxes.select("[role=heading]")
    kinds = {kind for each in found for kind in each.parent["class"]}
    assert kinds & box_headings.BOXES == {"exercise", "homework", "discussion"}
    level = {each["aria-level"] for each in found if each.find_parent("section").h1}
    assert level == {"2"}
    assert not boxes.select("summary [role=heading], .callout > [role=heading]")


def test_minutes_are_shown_with_the_title(boxes: Tag):
    title = boxes.select_one("[id='exercise-exercise-1'] > .admonition-title")
    assert title.text == "Exercise 1 (5\N{NO-BREAK SPACE}min)"


@pytest.mark.parametrize("minutes", ["-5", "soon"])
def test_minutes_are_a_whole_number(tmp_path: Path, minutes: str):
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    made.change("lessons/words/boxes.md", ":minutes: 5", f":minutes: {minutes}")
    warnings = made.build().warnings
    assert f"boxes.md:8: WARNING: 'exercise': Invalid option value for 'minutes': {minutes}:" in (
        warnings
    )


def test_a_box_may_be_a_title_alone(boxes: Tag):
    assert "admonition-no-content" in boxes.select_one(".callout")["class"]


@pytest.mark.parametrize(
    ("selector", "is_open"),
    [(".solution", False), (".instructor-note", False), (".note", False), (".signature", True)],
)
def test_boxes_open_without_scripts(boxes: Tag, selector: str, is_open: bool):
    box = boxes.select_one(selector)
    assert box.name == "details"
    assert box.has_attr("open") == is_open
    assert box.find(True, recursive=False).name in {"summary", "span"}
    assert box.summary.text.strip()


def test_notes_are_open_on_the_page_of_instructor_notes(built: Build):
    notes = built.page("lessons/words/view/instructor-notes.html").select(".instructor-note")
    assert [(note.name, note.has_attr("open")) for note in notes] == [("details", True)]


def test_toggle_is_a_closed_box_too(boxes: Tag):
    (toggle,) = (box for box in boxes.select("details") if box.summary.text == "Details")
    assert not toggle.has_attr("open")
    assert "Closed." in toggle.text


def test_a_closed_note_is_still_a_note(boxes: Tag):
    assert boxes.select_one("details.note").summary.text == "Note"


def test_a_page_holds_nothing_that_asks_another_site(media: Tag):
    assert media.select("iframe, script, link, img, object, embed") == []
    sources = [node["src"] for node in media.select("[src]")]
    assert all("//" not in source for source in sources)


@pytest.mark.parametrize(
    ("place", "player", "address"),
    [
        (
            0,
            "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=43",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        (1, "https://player.vimeo.com/video/148751763", "https://vimeo.com/148751763"),
        (
            2,
            "https://www.youtube-nocookie.com/embed/raw_video?a=1&start=3",
            "https://www.youtube.com/watch?v=raw_video",
        ),
        (
            3,
            "https://www.youtube-nocookie.com/embed/videoseries?list=PL1",
            "https://www.youtube.com/playlist?list=PL1",
        ),
    ],
)
def test_a_video_is_a_link_until_it_is_wanted(media: Tag, place: int, player: str, address: str):
    video = media.select(".gh-video")[place]
    assert video["data-gh-player"] == player
    assert video.select_one("a")["href"] == address


def test_a_player_has_the_size_that_was_asked_for(media: Tag):
    video = media.select(".gh-video")[0]
    assert (video["data-gh-width"], video["data-gh-aspect"]) == ("400px", "4 / 3")
    assert "align-center" in video["class"]


def test_a_player_within_a_sentence_becomes_a_link(media: Tag):
    (sentence,) = (p for p in media.select("p") if "a sentence" in p.text)
    assert sentence.select_one("a")["href"] == "https://vimeo.com/5"
    assert " ".join(sentence.text.split()) == "Within Video on Vimeo a sentence."


def test_a_frame_of_another_site_keeps_its_end(tmp_path: Path):
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    other = 'and <iframe src="https://other.example/"></iframe> a sentence.\n\nText after it.'
    made.change("lessons/words/media.md", "a sentence.", other)
    article = made.build().page("lessons/words/media.html").select_one("article")
    (sentence,) = (p for p in article.select("p") if p.select("iframe"))
    assert " ".join(sentence.text.split()) == "Within Video on Vimeo and a sentence."
    assert str(sentence.iframe) == '<iframe src="https://other.example/"></iframe>'


def test_a_video_of_the_lesson_never_plays_by_itself(media: Tag):
    video = media.select_one("video")
    assert video["aria-label"] == "A film"
    assert video["preload"] == "none"
    assert video["width"] == "300"
    assert not video.has_attr("autoplay")


@pytest.mark.parametrize("name", ["../evil", "x'><script>", "https://youtu.be/dQw4w9WgXcQ"])
def test_a_video_is_named_by_its_id(tmp_path: Path, name: str):
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    made.change("lessons/words/media.md", "{vimeo} 148751763", f"{{vimeo}} {name}")
    assert "expected the id of a video" in made.build().warnings


def test_a_time_with_a_zone_says_which_moment_it_is(media: Tag):
    begins, ends = media.select("time")
    assert begins.text == "09:00 13 August 2024 +02:00"
    assert begins["datetime"] == "2024-08-13T09:00:00+02:00"
    assert ends.text == "12:00"
    assert not ends.has_attr("datetime")


def test_formulas_are_mathml_with_their_tex(media: Tag):
    formula = media.select_one("span.math > math")
    assert formula["alttext"] == "a < b"
    assert [child.name for child in formula.find_all(True)] == ["mi", "mo", "mi"]


def test_text_in_formulas_stays_text(media: Tag):
    assert media.select_one("mtext").text == "<img src=x onerror=alert(1)>"


def test_a_formula_that_is_not_understood_is_shown_as_written(media: Tag):
    assert media.select_one("span.math > code.math").text == r"\nosuch{<b>}"


def test_lines_and_arrays_are_tables(media: Tag):
    lines, array = media.select("div.math")
    assert lines.select_one("math mtable")
    assert [cell.text.strip() for cell in array.select("mtd")] == [
        "1",
        "2",
        "3",
        "…",
    ]


def test_a_numbered_formula_is_referred_to_by_its_number(media: Tag):
    lines = media.select_one("div.math")
    assert lines["id"] == "equation-lines"
    assert lines.select_one(".eqno").text.startswith("(1)")
    assert media.select_one("a[href='#equation-lines']:not(.headerlink)").text == "(1)"


def test_the_source_of_a_diagram_is_on_the_page(media: Tag):
    diagram = media.select_one(".gh-diagram")
    assert diagram["data-gh-diagram"] == "The <b>steps</b>"
    assert not diagram.has_attr("data-gh-local")
    assert diagram.select_one("details[open] pre").text == "graph LR\n  A[<img src=x>] --> B\n"


def test_a_copy_of_mermaid_in_the_portal_is_used(tmp_path: Path):
    made = Portal(tmp_path / "portal")
    made.write({**FILES, "conf/static/mermaid.min.js": ""})
    page = made.build().page("lessons/words/media.html")
    assert page.select_one(".gh-diagram").has_attr("data-gh-local")


def test_panels_of_tabs_are_named_for_those_without_scripts(media: Tag):
    panels = media.select("[role=tabpanel]")
    assert [panel.select_one(".gh-tab-label").text for panel in panels] == ["Linux", "macOS"]


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo", "epub", "xml"])
def test_every_builder_prints_it(portal: Portal, builder: str):
    built = portal.build(builder=builder, out=builder)
    assert "ERROR" not in built.warnings
    assert "unknown node type" not in built.warnings
    assert built.code == 0


def test_plain_text_has_what_is_closed_elsewhere(portal: Portal):
    built = portal.build(builder="text", out="plain")
    text = (built.folder / "lessons/words/boxes.txt").read_text(encoding="utf-8")
    assert "Solved." in text
    media = (built.folder / "lessons/words/media.txt").read_text(encoding="utf-8")
    assert "Within Video on Vimeo a sentence." in media
    assert "graph LR" in media


def test_books_show_what_is_closed_on_the_web(portal: Portal):
    built = portal.build(builder="epub", out="book")
    page = built.page("lessons/words/boxes.xhtml")
    assert page.select("details")
    assert all(box.has_attr("open") for box in page.select("details"))
