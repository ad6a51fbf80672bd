"""The boxes of sphinx-lesson, in the language of the page.

They derive from the package's own, so names, classes and options come from there, and what it adds
arrives here. Added are titles in the lesson's language, ids that survive an inserted exercise, and
minutes. What the package has besides boxes is ours, since it is made for one lesson in one site:
its list of exercises shows those of the whole site (:mod:`guildhall.sphinx_ext.lessons.lists`), and
it rewrites the source of every page, of lessons and others, and with it the lines that messages
name (:data:`guildhall.sphinx_ext.lessons.page_settings.ALWAYS_ON`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from guildhall.core.values.format import format_minutes
from guildhall.core.words import word
from guildhall.sphinx_ext.compat.lesson_boxes import Box, lesson_boxes
from guildhall.sphinx_ext.portal.scope import page_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class LessonBox(Box):  # type: ignore[misc]
    """A titled box of a lesson.

    Options:
        class: further classes.
        name: a label to refer to it by.
        minutes: how long it takes.
    """

    arguments: list[str]
    option_spec: ClassVar[dict[str, Any]] = {
        **Box.option_spec,
        "minutes": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """Build the box, behind the target that sphinx-lesson puts before it."""
        title = _TITLES.get(self.get_cssname())
        if title and not self.arguments:
            self.arguments = [title(page_language(self.env, self.env.docname))]
        minutes = self.options.pop("minutes", None)
        target, box, *others = super().run()
        if minutes is not None:
            self._show_minutes(box, minutes)
        box["gh_id"] = self._wanted_id()
        target["gh_positional"] = True
        return [target, box, *others]

    def _show_minutes(self, box: nodes.admonition, minutes: int) -> None:
        title = next(child for child in box if isinstance(child, nodes.title))
        title += nodes.Text(" ")
        title += nodes.inline("", f"({format_minutes(minutes)})", classes=["gh-minutes"])

    def _wanted_id(self) -> str:
        css = self.get_cssname()
        slug = nodes.make_id(self.arguments[0])
        # `exercise-1` is the second exercise for sphinx-lesson, whatever its title is.
        is_positional = slug.removeprefix(f"{css}-").isdigit()
        if slug == css or (slug.startswith(f"{css}-") and not is_positional):
            return slug
        return f"{css}-{slug}" if slug else css


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


_TITLES: dict[str, Callable[[str], str]] = {
    "demo": lambda language: word(language, "Demo"),
    "type-along": lambda language: word(language, "Type-along"),
    "exercise": lambda language: word(language, "Exercise"),
    "solution": lambda language: word(language, "Solution"),
    "homework": lambda language: word(language, "Homework"),
    "instructor-note": lambda language: word(language, "Instructor note"),
    "prerequisites": lambda language: word(language, "Prerequisites"),
    "discussion": lambda language: word(language, "Discussion"),
    "questions": lambda language: word(language, "Questions"),
    "objectives": lambda language: word(language, "Objectives"),
    "keypoints": lambda language: word(language, "Keypoints"),
    "callout": lambda language: word(language, "Callout"),
    "checklist": lambda language: word(language, "Checklist"),
    "testimonial": lambda language: word(language, "Testimonial"),
    "output": lambda language: word(language, "Output"),
    "signature": lambda language: word(language, "Signature"),
    "parameters": lambda language: word(language, "Parameters"),
    "typealong": lambda language: word(language, "Type-along"),
}
"""Titles by CSS class; a box that isn't among them has the package's, in English."""
_MORE_CLASSES = {"instructor-note": ("dropdown",)}
"""What learners don't need is closed."""


def teaching_directives() -> dict[str, type[LessonBox]]:
    """The boxes of sphinx-lesson as it is installed, and those of ENCCS, by name."""
    boxes = lesson_boxes()
    derived = {box: _derived(box) for box in boxes.values()}
    return {name: derived[box] for name, box in boxes.items()} | {
        # ENCCS's lessons define these three in their own conf.py, from the same base.
        "signature": _named("Signature", "toggle-shown", "dropdown"),
        "parameters": _named("Parameters", "dropdown"),
        "typealong": _named("Typealong", "toggle-shown", "dropdown"),
    }


def _derived(box: type[Any]) -> type[LessonBox]:
    # The name stays: the package takes a box's CSS class from it.
    attributes = {
        "option_spec": {**box.option_spec, **LessonBox.option_spec},
        "extra_classes": [*box.extra_classes, *_MORE_CLASSES.get(box.get_cssname(), ())],
    }
    return type(box.__name__, (LessonBox, box), attributes)


def _named(name: str, *classes: str) -> type[LessonBox]:
    return type(f"{name}Directive", (LessonBox,), {"extra_classes": list(classes)})


DIRECTIVES = teaching_directives()


class NoKernel(SphinxDirective):
    """Shows nothing: sphinx-thebe's button, which runs code on another site."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Leave the button out."""
        return []


def setup_teaching(app: Sphinx) -> None:
    """Register the directives, over those of sphinx-lesson where it is loaded too."""
    for name, directive in teaching_directives().items():
        app.add_directive(name, directive, override=True)
    app.add_transform(NameBoxes)
    if "sphinx_thebe" not in app.extensions:
        app.add_directive("thebe-button", NoKernel)
