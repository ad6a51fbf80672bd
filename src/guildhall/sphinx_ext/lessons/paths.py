"""Learning paths on pages: their steps, the graph of what they require, and a lesson's place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from babel.lists import format_list
from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.values.format import format_minutes, locale_of
from guildhall.core.words import word
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.lesson import AUDIENCES, Lesson
from guildhall.model.records.kinds.path import Path, Step
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.shown import Shown
from guildhall.network.lessons.lookups import OutlineOf, outline_in, outline_on
from guildhall.network.lessons.paths import (
    Length,
    length_of,
    levels_of,
    minutes_of,
    places_in_paths,
    requirements,
)
from guildhall.network.lessons.prerequisites import required_by
from guildhall.sphinx_ext.charts.graph import draw, render_graph
from guildhall.sphinx_ext.lessons import labels
from guildhall.sphinx_ext.pages.templated import (
    block_part,
    inline_part,
    inline_parts,
    templated,
)
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.lines import workshop_line
from guildhall.sphinx_ext.rendering.nodes import chart

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TEMPLATE = "guildhall/path-entry.html.j2"


def paths_nodes(shown: Shown, lesson: Lesson) -> list[nodes.Node]:
    """A lesson's place on every path that it is on, and what comes after it."""
    language = lesson.language
    paths = cast("tuple[Path, ...]", shown.select(Path.KIND, (), ("title", "steps", "order")))
    listed = nodes.bullet_list(bullet="-")
    for place in places_in_paths(lesson, paths):
        text = word(language, ", step {number} of {all}.").format(number=place.number, all=place.of)
        line: list[nodes.Node] = [
            display.record_link(Path.KIND, place.path.key, place.path.title),
            nodes.Text(text),
        ]
        if place.following:
            line += [
                nodes.Text(f" {word(language, 'After this:')} "),
                _step_link(shown, place.path, place.number, place.following),
            ]
        listed += nodes.list_item("", display.paragraph(*line))
    return [listed] if len(listed) else []


def _step_link(shown: Shown, path: Path, index: int, step: Step) -> nodes.Node:
    if step.lesson:
        place = ("steps", index, "lesson")
        return display.to_record(shown, Lesson.KIND, step.lesson, path, *place)
    if step.workshop:
        place = ("steps", index, "workshop")
        return display.to_record(shown, Workshop.KIND, step.workshop, path, *place)
    if step.activity:
        place = ("steps", index, "activity")
        return display.to_record(shown, Activity.KIND, step.activity, path, *place)
    link = nodes.reference("", step.title or "", refuri=step.url or "", internal=False)
    return display.located(link, path, ("steps", index, "url"))


def _length_in_words(length: Length, language: str) -> str:
    """How long a path is; empty where nothing of it is known."""
    if not length.minutes:
        return ""
    text = format_minutes(length.minutes)
    if length.unknown:
        text = word(language, "at least {time}").format(time=text)
    if length.optional:
        optional = format_minutes(length.optional)
        text += word(language, ", and {time} optional").format(time=optional)
    return text


class _PathDirective(PortalDirective):
    """What directives of a path's own page share."""

    @property
    def language(self) -> str:
        """The language of the page."""
        return str(self.env.config.language or "en")

    def path(self) -> Path:
        """The path that this page is."""
        path = self.own_record_of(Path)
        for step in path.steps:
            if step.lesson:
                lesson = self.shown.get(Lesson, step.lesson, ("label", "level", "prerequisites"))
                if lesson:
                    self.shown.ask(OutlineOf(lesson.key))
            if step.workshop:
                self.shown.get(Workshop, step.workshop, ("schedule",))
        return path


class PathSteps(_PathDirective):
    """The steps of the page's own path in order, with the purpose and length of each."""

    def build(self) -> list[nodes.Node]:
        """Build the list."""
        path = self.path()
        portal = domain_of(self.env).portal
        listed = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        listed["classes"].append("gh-path-steps")
        for index, step in enumerate(path.steps):
            line = self._dated(path, index, step) or [_step_link(self.shown, path, index, step)]
            minutes = minutes_of(step, portal.registry, partial(outline_in, portal))
            if minutes is not None:
                line.append(nodes.Text(f", {format_minutes(minutes)}"))
            if step.optional:
                line.append(nodes.Text(f" ({word(self.language, 'optional')})"))
            line += self._if_archived(step)
            item = nodes.list_item("", display.paragraph(*line))
            item += render_prose(path, ("steps", index, "why"), self.state.document)
            listed += item
        return [listed]

    def _dated(self, path: Path, index: int, step: Step) -> list[nodes.Node]:
        """A workshop, when it is, and its state; nothing where the step is none."""
        fields = ("title", "start", "end", "dates_are_open")
        workshop = self.shown.get(Workshop, step.workshop, fields) if step.workshop else None
        if workshop is None:
            return []
        place = ("steps", index, "workshop")
        return workshop_line(self.shown, workshop, self.language, path, *place)

    def _if_archived(self, step: Step) -> list[nodes.Node]:
        fields = ("label", "status", "successor")
        lesson = self.shown.get(Lesson, step.lesson, fields) if step.lesson else None
        if lesson is None or lesson.status != "archived":
            return []
        badge = display.badge(labels.status(self.language, lesson.status), "gh-badge-status")
        built: list[nodes.Node] = [nodes.Text(" "), badge]
        if lesson.successor:
            built += [
                nodes.Text(f" {word(self.language, 'Instead:')} "),
                display.to_record(self.shown, Lesson.KIND, lesson.successor, lesson, "successor"),
            ]
        return built


class PathFacts(_PathDirective):
    """Audience, length and levels of the page's own path, and what somebody can do after it."""

    def build(self) -> list[nodes.Node]:
        """Build the facts."""
        path, language = self.path(), self.language
        portal = domain_of(self.env).portal
        pairs: list[tuple[str, list[nodes.Node]]] = [
            (word(language, "For"), [nodes.Text(labels.audience(language, path.audience))]),
            (word(language, "Steps"), [nodes.Text(str(len(path.steps)))]),
        ]
        length = _length_in_words(
            length_of(path, portal.registry, partial(outline_in, portal)), language
        )
        if length:
            pairs.append((word(language, "Length"), [nodes.Text(length)]))
        levels = [labels.level(language, each) for each in levels_of(path, portal.registry)]
        if levels:
            text = format_list(levels, locale=locale_of(language))
            pairs.append((word(language, "Level"), [nodes.Text(text)]))
        if path.outcomes:
            outcomes = nodes.bullet_list(bullet="-")
            for outcome in path.outcomes:
                outcomes += nodes.list_item("", display.paragraph(nodes.Text(outcome)))
            pairs.append((word(language, "Afterwards you can"), [outcomes]))
        return [display.facts(pairs)]


class PathGraph(_PathDirective):
    """The prerequisites of the lessons of the page's own path, as a drawing and as a list."""

    def build(self) -> list[nodes.Node]:
        """Build the drawing, with the same in words below it."""
        path, language = self.path(), self.language
        registry = domain_of(self.env).portal.registry
        before = requirements(path, registry)
        if not any(before.values()):
            return []
        titles = {}
        for key in before:
            lesson = self.shown.get(Lesson, key, ("label", "prerequisites"))
            titles[key] = lesson.title if lesson else key
            for missing in set(required_by(lesson) if lesson else ()) - before.keys():
                # It is noted, so that the page is read again once there is such a lesson.
                self.shown.get(Lesson, missing, ("label",))
        steps = [step.lesson for step in path.steps if step.lesson]
        listed = nodes.bullet_list(bullet="-")
        sentences = []
        for key, required in before.items():
            if not required:
                continue
            line: list[nodes.Node] = [display.record_link(Lesson.KIND, key, titles[key])]
            line.append(nodes.Text(f" {word(language, 'requires')} "))
            for position, each in enumerate(required):
                if position:
                    line.append(nodes.Text(", "))
                line.append(display.record_link(Lesson.KIND, each, titles.get(each, each)))
            listed += nodes.list_item("", display.paragraph(*line))
            names = ", ".join(titles.get(each, each) for each in required)
            sentences.append(f"{titles[key]} {word(language, 'requires')} {names}.")
        title = word(language, "Order of the lessons")
        svg = render_graph(
            draw(before, titles, steps),
            title=title,
            description=" ".join(sentences),
            prefix=self.prefix("graph"),
        )
        box = chart(svg=svg, title=title)
        box += listed
        return [box]


class LearningPaths(PortalDirective):
    """All learning paths, by audience.

    Options:
        audience: only paths for this audience.
    """

    option_spec: ClassVar[dict[str, Any]] = {"audience": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Build a list for each audience, under its name."""
        wanted = self.options.get("audience")
        if wanted is not None and wanted not in AUDIENCES:
            raise self.unknown("audience", wanted, AUDIENCES)
        language = str(self.env.config.language or "en")
        fields = ("title", "summary", "audience", "order", "steps")
        found = [
            each for each in self.shown.select(Path.KIND, (), fields) if isinstance(each, Path)
        ]
        built: list[nodes.Node] = []
        for audience in (wanted,) if wanted else AUDIENCES:
            paths = [path for path in found if path.audience == audience]
            if not paths:
                continue
            if wanted is None:
                name = labels.audience(language, audience)
                built.append(nodes.rubric("", name, translatable=False))
            listed = nodes.definition_list(classes=["gh-paths"])
            listed += [self._item(path, language) for path in paths]
            built.append(listed)
        if not built:
            return [
                display.paragraph(nodes.Text(word(language, "There are no learning paths yet.")))
            ]
        return built

    def _item(self, path: Path, language: str) -> nodes.Node:
        entry = templated(template=TEMPLATE, values={"audience": path.audience})
        link = inline_part("link", display.record_link(Path.KIND, path.key, path.title))
        entry += nodes.term("", "", link, translatable=False)
        definition = nodes.definition()
        summary = render_prose(path, ("summary",), self.state.document)
        definition += block_part("", *summary, part="summary")
        registry = domain_of(self.env).portal.registry
        steps = word(language, "Steps: {number}").format(number=len(path.steps))
        for step in path.steps:
            if step.lesson:
                self.shown.get(Lesson, step.lesson, ("label",))
            if step.workshop:
                self.shown.get(Workshop, step.workshop, ("schedule",))
        length = _length_in_words(
            length_of(path, registry, partial(outline_on, self.shown)), language
        )
        facts = [[nodes.Text(each)] for each in (steps, length) if each]
        definition += display.paragraph(*inline_parts("facts", facts, " · "))
        entry += definition
        return nodes.definition_list_item("", entry)


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "learning-paths": LearningPaths,
    "path-facts": PathFacts,
    "path-steps": PathSteps,
    "path-graph": PathGraph,
}


def setup_paths(app: Sphinx) -> None:
    """Register the directives."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
