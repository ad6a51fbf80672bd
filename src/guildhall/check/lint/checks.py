"""What each rule looks for in the elements of a page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from guildhall.check.lint.addresses import Addresses
from guildhall.check.lint.elements import (
    Code,
    Content,
    Directive,
    Heading,
    Image,
    Link,
    Place,
    finding_at,
)
from guildhall.core.findings.finding import Finding
from guildhall.core.markup.names import EXERCISES, SOLUTION_WORDS
from guildhall.core.values.faults import quote
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.outline import Page

RASTER = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp")
"""Suffixes of pictures made of pixels; drawings scale with the page."""

EMPTY_TEXTS = {
    "en": (
        "click", "click here", "here", "link", "more", "read more", "see here", "this",
        "this link", "this page", "this site", "this url", "this website",
    ),
    "da": ("her", "klik her", "dette link", "læs mere"),
    "de": ("hier", "klicken sie hier", "dieser link", "mehr"),
    "fi": ("tästä", "täällä", "klikkaa tästä", "tämä linkki", "lue lisää"),
    "is": ("hér", "smella hér", "smelltu hér", "þessi tengill", "lesa meira", "sjá nánar"),
    "nb": ("her", "klikk her", "denne lenken", "les mer"),
    "nn": ("her", "klikk her", "denne lenkja", "les meir"),
    "no": ("her", "klikk her", "denne lenken", "les mer"),
    "sv": ("här", "klicka här", "denna länk", "läs mer"),
}  # fmt: skip
"""Texts of links that don't say where they lead, by language."""


@dataclass(frozen=True)
class Subject:
    """A page to check, with what is known of it.

    Args:
        content: what it is made of.
        docname: its document name.
        suffix: the suffix of its file.
        lesson: the lesson that it is a page of.
        page: its entry in the lesson's outline; None for the landing page.
        is_unlisted: whether nothing lists it.
        addresses: where the portal's pages are published.
        states_minutes: whether a note for instructors says how long the page takes.
    """

    content: Content
    docname: str
    suffix: str
    lesson: Lesson
    page: Page | None
    is_unlisted: bool
    addresses: Addresses
    states_minutes: bool = False


def check(subject: Subject) -> Iterator[Finding]:
    """All findings of a page, before any is silenced."""
    yield from subject.content.findings
    for rule in (_headings, _paths, _images, _links, _code, _exercises, _page):
        yield from rule(subject)


def _headings(subject: Subject) -> Iterator[Finding]:
    headings = subject.content.of(Heading)
    titles = [heading for heading in headings if heading.level == 1]
    includes = any(each.name == "include" for each in subject.content.of(Directive))
    front = subject.content.front_matter
    if not titles and not includes and front is not None and "title" not in front:
        message = (
            f"the first heading {quote(headings[0].text)} has level {headings[0].level}, "
            "expected a title of level 1"
            if headings
            else "the page has no title, expected a heading of level 1"
        )
        yield finding_at(headings[0].place if headings else Place(1), "one-title", message)
    for title in titles[1:]:
        message = (
            f"{quote(title.text)} is a second title after {quote(titles[0].text)}; "
            "expected a heading of level 2 or deeper"
        )
        yield finding_at(title.place, "one-title", message)
    for before, heading in pairwise(headings):
        if heading.level > before.level + 1:
            message = (
                f"{quote(heading.text)} has level {heading.level} below a heading of level "
                f"{before.level}, expected level {before.level + 1}"
            )
            yield finding_at(heading.place, "heading-order", message)


_WITH_PATHS = frozenset({"include", "literalinclude", "csv-table", "video"})


def _paths(subject: Subject) -> Iterator[Finding]:
    named = [
        *((each.place, each.target) for each in subject.content.of(Image)),
        *((each.place, each.target) for each in subject.content.of(Link)),
        *(
            (each.place, each.options.get("file", each.argument))
            for each in subject.content.of(Directive)
            if each.name in _WITH_PATHS
        ),
    ]
    for place, written in named:
        path = unquote(written)
        if "\\" in path and "://" not in path:
            better = path.replace("\\", "/")
            expected = (
                "a path within the lesson" if ":" in path else f"{quote(better.removeprefix('./'))}"
            )
            message = f"found the path {quote(path)}, expected {expected}"
            yield finding_at(place, "backslash-path", message)


def _images(subject: Subject) -> Iterator[Finding]:
    for image in subject.content.of(Image):
        shown = quote(image.target or "an image")
        if not image.has_text:
            how = {
                "figure": "expected the option `alt` (a caption doesn't replace it)",
                "image": "expected the option `alt`"
                if subject.suffix == ".rst"
                else "expected words that say what it shows",
                "<img>": 'expected the attribute `alt`, or `alt=""` if it is decorative',
            }[image.form]
            yield finding_at(image.place, "image-alt", f"{shown} has no alternative text, {how}")
        path = image.target.partition("?")[0].lower()
        is_local = "://" not in path and path.endswith(RASTER)
        if is_local and "\\" not in path and not image.has_place:
            message = f"{shown} has no size, expected the attributes `width` and `height`"
            yield finding_at(image.place, "image-size", message)


def _links(subject: Subject) -> Iterator[Finding]:
    language = subject.lesson.language.partition("-")[0]
    for link in subject.content.of(Link):
        page = subject.addresses.page(link.target)
        if page is not None:
            expected = _reference(subject, page)
            message = f"{quote(link.target)} is a page of this portal, expected {expected}"
            yield finding_at(link.place, "portal-link", message)
        elif link.is_bare:
            how = (
                "`[words](address)`" if subject.suffix != ".rst" else "`words <address>` as a link"
            )
            message = f"found the address {quote(link.target)} as text, expected {how}"
            yield finding_at(link.place, "bare-url", message)
        if says_nothing(link.text, language):
            message = f"found a link {quote(link.text)}, expected words that say where it leads"
            yield finding_at(link.place, "link-text", message)


def says_nothing(text: str, language: str) -> bool:
    """Whether a link with this text doesn't say where it leads.

    Args:
        text: the link's text, with or without marks of Markdown.
        language: the language of the page, without its region; English is known everywhere.
    """
    plain = re.sub(r"[\s.…,:;!?»«>→*_`-]+", " ", text).strip().casefold()
    return plain in EMPTY_TEXTS["en"] or plain in EMPTY_TEXTS.get(language, ())


def _reference(subject: Subject, page: str) -> str:
    """How the page refers to another one: the shortest way that works everywhere."""
    role, lesson = "doc", subject.lesson
    owner = next(
        (each for root, each in subject.addresses.lessons.items() if page.startswith(root)), None
    )
    if owner is None:
        target = posixpath.relpath(page, posixpath.dirname(subject.docname))
    elif owner.key == lesson.key:
        target = "/" + page.removeprefix(lesson.root)
    elif page == owner.docname:
        role, target = "lesson", owner.key
    else:
        role, target = f"external+{owner.key}:doc", page.removeprefix(owner.root)
    written = f":{role}:" if subject.suffix == ".rst" else f"{{{role}}}"
    return f"{written}`{target}`"


def _code(subject: Subject) -> Iterator[Finding]:
    if subject.lesson.build.highlight_language:
        return
    highlights = [d.place for d in subject.content.of(Directive) if d.name == "highlight"]
    for code in subject.content.of(Code):
        if any(place < code.place for place in highlights):
            continue
        message = {
            "fence": "found a block of code without a language, expected one after the fence, such "
            "as `text`",
            "indented": "found an indented block, which is shown as code without a language; "
            "expected a fence with one, or no indent",
            "literal": "found a literal block, which has no language; expected the directive "
            "`code-block` with one, or `highlight` before it",
            "directive": "found a block of code without a language, expected one after the "
            "directive's name, such as `text`",
        }[code.form]
        yield finding_at(code.place, "code-language", message)


def _exercises(subject: Subject) -> Iterator[Finding]:
    """An exercise has a solution within it, or after it and before the next exercise."""
    exercise: Directive | None = None
    for each in subject.content.elements:
        if isinstance(each, Directive) and each.is_a(*EXERCISES):
            if exercise is not None:
                yield _unsolved(exercise)
            exercise = each
        elif exercise is not None and _is_solution(each):
            exercise = None
    if exercise is not None:
        yield _unsolved(exercise)


def _is_solution(element: object) -> bool:
    if isinstance(element, Directive):
        words = element.argument
        if element.is_a("solution"):
            return True
    elif isinstance(element, Heading):
        words = element.text
    else:
        return False
    return any(word in words.lower() for word in SOLUTION_WORDS)


def _unsolved(exercise: Directive) -> Finding:
    called = f" {quote(exercise.argument)}" if exercise.argument else ""
    message = f"the exercise{called} has no solution, expected a directive `solution`"
    return finding_at(exercise.place, "exercise-solution", message)


def _page(subject: Subject) -> Iterator[Finding]:
    page, front = subject.page, subject.content.front_matter
    if front is None:
        # What it would say isn't known, and that it can't be read is told already.
        return
    if subject.is_unlisted and "orphan" not in front:
        message = (
            "the page is in no toctree, expected it in one or in the record's `episodes`, or "
            "`orphan: true` in its front matter"
        )
        yield finding_at(Place(1), "unlisted-page", message)
    if page is None or subject.is_unlisted or not _is_taught(page, subject.lesson):
        return
    stated = subject.states_minutes or front.keys() & {"teaching", "exercises"}
    if page.minutes is None and not stated:
        message = "the episode has no times, expected `teaching` or `exercises` in minutes"
        yield finding_at(Place(1), "minutes-missing", message)
    directives = subject.content.of(Directive)
    for name in ("objectives", "questions", "keypoints"):
        if name not in front and not any(each.is_a(name) for each in directives):
            message = f"the episode has no {name}, expected the directive `{name}`"
            yield finding_at(Place(1), f"{name}-missing", message)


_LOOKED_UP = frozenset({"manual", "slides", "video"})
"""Formats of lessons that are not taught episode by episode."""
_SET_UP = re.compile(
    r"(.*/)?(\d+-)?(before-\w+|install(ation|ing)?|instructions|preparations?|prerequisites|prepare"
    r"|requirements|set-?up|software)(-\w+)*",
    re.IGNORECASE,
)
"""Pages by which people prepare, in the lessons of the field."""


def _is_taught(page: Page, lesson: Lesson) -> bool:
    """Whether a page is an episode of which objectives, questions and times can be expected."""
    is_set_up = _SET_UP.fullmatch(page.docname.removeprefix(lesson.root).replace("_", "-"))
    return page.is_episode and lesson.format not in _LOOKED_UP and not is_set_up
