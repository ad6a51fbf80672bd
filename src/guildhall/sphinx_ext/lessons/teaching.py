"""The directives of sphinx-lesson, in the language of the page.

Names, classes and options are those of sphinx-lesson, which authors know, and so is what they leave
in the document: a titled admonition, which every builder prints. Added are titles in the lesson's
language, ids that survive an inserted exercise, and minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.admonitions import BaseAdmonition
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from guildhall.core.values.format import format_minutes
from guildhall.core.words import word
from guildhall.sphinx_ext.scope import page_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LessonAdmonition(BaseAdmonition, SphinxDirective):
    """A titled box of a lesson.

    Options:
        class: further classes.
        name: a label to refer to it by.
        minutes: how long it takes.
    """

    node_class = nodes.admonition
    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        "class": directives.class_option,
        "name": directives.unchanged,
        "minutes": directives.nonnegative_int,
    }
    css: ClassVar[str]
    title: ClassVar[Callable[[str], str]]
    more: ClassVar[tuple[str, ...]] = ()

    def assert_has_content(self) -> None:
        """Allow a box that is a title alone, as sphinx-lesson does."""

    def run(self) -> list[nodes.Node]:
        """Build the box, behind the target that sphinx-lesson puts before it."""
        if not self.arguments:
            self.arguments = [type(self).title(page_language(self.env, self.env.docname))]
        minutes = self.options.pop("minutes", None)
        built = list(super().run())
        box = next((node for node in built if isinstance(node, nodes.admonition)), None)
        if box is None:
            return built
        box["classes"] += [self.css, *self.more]
        if not self.content:
            box["classes"].append("admonition-no-content")
        if minutes is not None:
            self._show_minutes(box, minutes)
        box["gh_id"] = self._wanted_id()
        target = nodes.target(ids=[f"{self.css}-{self.env.new_serialno(self.css)}"])
        target["gh_positional"] = True
        return [target, *built]

    def _show_minutes(self, box: nodes.admonition, minutes: int) -> None:
        title = next(child for child in box if isinstance(child, nodes.title))
        title += nodes.Text(" ")
        title += nodes.inline("", f"({format_minutes(minutes)})", classes=["gh-minutes"])

    def _wanted_id(self) -> str:
        slug = nodes.make_id(self.arguments[0])
        # `exercise-1` is the second exercise for sphinx-lesson, whatever its title is.
        is_positional = slug.removeprefix(f"{self.css}-").isdigit()
        if slug == self.css or (slug.startswith(f"{self.css}-") and not is_positional):
            return slug
        return f"{self.css}-{slug}" if slug else self.css


class NameBoxes(SphinxTransform):
    """Gives boxes the ids that links lead to, each once in its document.

    Headings come first, so they keep the anchors that they have in the lesson's own site. A box
    with an id of its own, from ``:name:``, keeps that one. A positional id that something else in
    the document has is dropped.
    """

    # Before docutils moves the ids of targets to what follows them (260). Headings got theirs when
    # they were parsed.
    default_priority = 250

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        elements = list(self.document.findall(nodes.Element))
        taken = {name for node in elements if "gh_positional" not in node for name in node["ids"]}
        for target in [node for node in elements if "gh_positional" in node]:
            del target["gh_positional"]
            target["ids"] = [name for name in target["ids"] if name not in taken]
            taken.update(target["ids"])
            if not target["ids"]:
                target.parent.remove(target)
        for box in elements:
            wanted = box.attributes.pop("gh_id", None)
            if wanted and not box["ids"]:
                box["ids"].append(_free(wanted, taken))
                taken.update(box["ids"])


def _free(wanted: str, taken: set[str]) -> str:
    """An id that is free; two hyphens tell it from sphinx-lesson's positions."""
    names = (wanted, *(f"{wanted}--{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _directive(css: str, title: Callable[[str], str], *more: str) -> type[LessonAdmonition]:
    name = "".join(part.title() for part in css.split("-"))
    return type(name, (LessonAdmonition,), {"css": css, "title": staticmethod(title), "more": more})


DIRECTIVES: dict[str, type[LessonAdmonition]] = {
    "demo": _directive("demo", lambda language: word(language, "Demo")),
    "type-along": _directive(
        "type-along", lambda language: word(language, "Type-along"), "important"
    ),
    "exercise": _directive("exercise", lambda language: word(language, "Exercise"), "important"),
    "solution": _directive(
        "solution", lambda language: word(language, "Solution"), "important", "dropdown"
    ),
    "homework": _directive("homework", lambda language: word(language, "Homework"), "important"),
    "instructor-note": _directive(
        "instructor-note", lambda language: word(language, "Instructor note"), "dropdown"
    ),
    "prerequisites": _directive("prerequisites", lambda language: word(language, "Prerequisites")),
    "discussion": _directive(
        "discussion", lambda language: word(language, "Discussion"), "important"
    ),
    "questions": _directive("questions", lambda language: word(language, "Questions")),
    "objectives": _directive("objectives", lambda language: word(language, "Objectives")),
    "keypoints": _directive("keypoints", lambda language: word(language, "Keypoints")),
    "callout": _directive("callout", lambda language: word(language, "Callout")),
    "checklist": _directive("checklist", lambda language: word(language, "Checklist")),
    "testimonial": _directive("testimonial", lambda language: word(language, "Testimonial")),
    "output": _directive("output", lambda language: word(language, "Output")),
    # ENCCS's lessons define these three in their own conf.py.
    "signature": _directive(
        "signature", lambda language: word(language, "Signature"), "toggle-shown", "dropdown"
    ),
    "parameters": _directive(
        "parameters", lambda language: word(language, "Parameters"), "dropdown"
    ),
    "typealong": _directive(
        "typealong", lambda language: word(language, "Type-along"), "toggle-shown", "dropdown"
    ),
}
DIRECTIVES["challenge"] = DIRECTIVES["exercise"]
DIRECTIVES["prereq"] = DIRECTIVES["prerequisites"]


class NoKernel(SphinxDirective):
    """Shows nothing: sphinx-thebe's button, which runs code on another site."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Leave the button out."""
        return []


def setup_teaching(app: Sphinx) -> None:
    """Register the directives, over those of sphinx-lesson where it is loaded too."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive, override=True)
    app.add_transform(NameBoxes)
    if "sphinx_thebe" not in app.extensions:
        app.add_directive("thebe-button", NoKernel)
