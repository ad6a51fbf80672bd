"""A lesson's landing page: what its record says, beside what its authors wrote.

A lesson without an index page of its own gets all of its landing page from its record. One that has
an index keeps it as it is, with the record's facts below the title and its chapters at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from babel.lists import format_list
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from guildhall.core.values.format import format_date, format_minutes, locale_of
from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Contributor, Lesson, Prerequisite
from guildhall.model.records.kinds.person import Person
from guildhall.model.shown import Shown
from guildhall.network.lessons.lookups import OutlineOf
from guildhall.network.lessons.outline import Page
from guildhall.network.workshops.lookups import Teaching
from guildhall.network.workshops.taught import TaughtAt
from guildhall.sphinx_ext.lessons import labels
from guildhall.sphinx_ext.lessons.citing import citation_nodes
from guildhall.sphinx_ext.lessons.history import last_change
from guildhall.sphinx_ext.lessons.links import page_link
from guildhall.sphinx_ext.lessons.paths import paths_nodes
from guildhall.sphinx_ext.lessons.summaries import summary_nodes
from guildhall.sphinx_ext.lessons.views import view_links
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.scope import lesson_at
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.prose import render_prose
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.lines import workshop_line
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


TAUGHT_AT = 10
"""How many workshops a landing page lists; the rest are counted."""


class Landing:
    """The nodes of one lesson's landing page.

    Args:
        lesson: the lesson.
        shown: the portal as the page sees it.
        document: the document that the nodes will be part of.
        env: the environment.
    """

    def __init__(
        self, lesson: Lesson, shown: Shown, document: nodes.document, env: BuildEnvironment
    ) -> None:
        self._lesson = lesson
        self._shown = shown
        self._document = document
        self._env = env
        self._language = lesson.language
        self._outline = shown.ask(OutlineOf(lesson.key))

    def toctree(self) -> nodes.Node:
        """The lesson's pages as a hidden toctree, for a lesson without an index of its own."""
        names = [page.docname for page in (*self._outline.pages, *self._outline.unlisted)]
        tree = addnodes.toctree(
            parent=self._lesson.docname,
            entries=[(None, name) for name in names],
            includefiles=names,
            maxdepth=1,
            caption=None,
            glob=False,
            hidden=True,
            includehidden=False,
            numbered=0,
            titlesonly=False,
        )
        return nodes.compound("", tree, classes=["toctree-wrapper"])

    def head(self) -> list[nodes.Node]:
        """What a learner looks for first: where it begins, level, length, language, for whom."""
        return [*self._start(), *self.facts()]

    def _start(self) -> list[nodes.Node]:
        """The way to the first episode, or to the site where the lesson is."""
        language = self._language
        pages = self._outline.episodes or self._outline.pages
        if pages:
            link = page_link(pages[0], word(language, "Start the lesson"))
            return [display.paragraph(link, classes=["gh-start"])]
        if not self._lesson.url:
            return []
        label = word(language, "Open the lesson")
        away = nodes.reference("", label, refuri=self._lesson.url, internal=False)
        display.located(away, self._lesson, ("url",))
        host = urlsplit(self._lesson.url).hostname or ""
        where = nodes.inline("", word(language, "on {site}").format(site=host))
        return [display.paragraph(away, nodes.Text(" "), where, classes=["gh-start"])]

    def facts(self) -> list[nodes.Node]:
        """Level, length, language and more, as a list."""
        lesson, language = self._lesson, self._language
        pairs: list[tuple[str, Sequence[nodes.Node]]] = []

        def add(label: str, value: str | None) -> None:
            if value:
                pairs.append((label, [nodes.Text(value)]))

        add(word(language, "Level"), labels.level(language, lesson.level) if lesson.level else None)
        minutes = self._outline.minutes
        add(word(language, "Length"), None if minutes is None else format_minutes(minutes))
        add(
            word(language, "For"),
            self._list([labels.audience(language, each) for each in lesson.audience]),
        )
        add(word(language, "Language"), language_name(lesson.language, language))
        if lesson.format != "lesson":
            add(word(language, "Format"), labels.form(language, lesson.format))
        add(word(language, "Topics"), self._list(lesson.topics))
        links = view_links(self._env, lesson)
        if links:
            pairs.append((word(language, "Entire lesson"), links))
        box = nodes.container(classes=["gh-lesson-head"])
        box += display.facts(pairs)
        return [box]

    def sections(self) -> list[nodes.Node]:
        """The chapters of the page, those that have something to say."""
        language = self._language
        chapters: tuple[tuple[str, str, Callable[[], list[nodes.Node]]], ...] = (
            ("learn", word(language, "What you will learn"), self._outcomes),
            ("audience", word(language, "Who it is for"), self._audience),
            ("before", word(language, "Before you start"), self._prerequisites),
            ("episodes", word(language, "Episodes and times"), self._episodes),
            (
                "leaders",
                word(language, "For group leaders and data stewards"),
                self._for_leaders,
            ),
            ("paths", word(language, "Learning paths"), self._paths),
            ("taught", word(language, "Taught at"), self._taught_at),
            ("recordings", word(language, "Recordings"), self._links("recordings")),
            ("slides", word(language, "Slides"), self._links("slides")),
            ("related", word(language, "Related lessons"), self._related),
            ("cite", word(language, "How to cite"), self._citation),
            ("about", word(language, "About this lesson"), self._about),
        )
        built: list[nodes.Node] = []
        for name, title, chapter in chapters:
            content = chapter()
            if content:
                built.append(self._section(name, title, content))
        return built

    def _section(self, name: str, title: str, content: Sequence[nodes.Node]) -> nodes.section:
        section = nodes.section(ids=[f"lesson-{name}"], classes=["gh-lesson-chapter"])
        section += nodes.title("", title, translatable=False)
        section += list(content)
        self._document.note_explicit_target(section)
        return section

    def _prose(self, *place: str | int) -> list[nodes.Node]:
        return render_prose(self._lesson, place, self._document)

    def _list(self, values: Sequence[str]) -> str:
        return format_list(list(values), locale=locale_of(self._language)) if values else ""

    def _outcomes(self) -> list[nodes.Node]:
        if not self._lesson.outcomes:
            return []
        listed = nodes.bullet_list(bullet="-")
        for outcome in self._lesson.outcomes:
            listed += nodes.list_item("", display.paragraph(nodes.Text(outcome)))
        return [listed]

    def _audience(self) -> list[nodes.Node]:
        return self._prose("audience_note")

    def _prerequisites(self) -> list[nodes.Node]:
        listed = nodes.bullet_list(bullet="-")
        for index, each in enumerate(self._lesson.prerequisites):
            item = nodes.list_item()
            if each.lesson:
                item += display.paragraph(*self._any_of(each, index))
            item += self._prose("prerequisites", index, "text")
            listed += item
        return [listed] if len(listed) else []

    def _any_of(self, prerequisite: Prerequisite, index: int) -> list[nodes.Node]:
        """Links to the lessons of which one will do: ``A, or B``."""
        built: list[nodes.Node] = []
        for number, key in enumerate(prerequisite.lessons):
            place = ("alternatives", number - 1) if number else ("lesson",)
            if number:
                built.append(nodes.Text(f", {word(self._language, 'or')} "))
            at = ("prerequisites", index, *place)
            built.append(display.to_record(self._shown, Lesson.KIND, key, self._lesson, *at))
        return built

    def _episodes(self) -> list[nodes.Node]:
        episodes = self._outline.episodes
        if not episodes:
            return []
        language = self._language
        is_timed = self._outline.minutes is not None
        header = [TableCell(word(language, "Episode"))]
        if is_timed:
            header += [
                TableCell(word(language, "Teaching"), ("gh-number",)),
                TableCell(word(language, "Exercises"), ("gh-number",)),
            ]
        rows = [
            [self._episode(page), *(self._times(page) if is_timed else ())] for page in episodes
        ]
        footer = []
        if is_timed:
            footer.append(
                [
                    TableCell(word(language, "All")),
                    self._minutes(self._outline.teaching),
                    self._minutes(self._outline.exercises),
                ]
            )
        caption = word(language, "The episodes of this lesson")
        builder = TableBuilder(caption, "gh-episodes", header, rows, footer)
        return builder.build(self._document)

    def _episode(self, page: Page) -> TableCell:
        content: list[nodes.Node] = [page_link(page)]
        if page.optional:
            content.append(nodes.Text(f" ({word(self._language, 'optional')})"))
        return TableCell(content)

    def _times(self, page: Page) -> Iterator[TableCell]:
        yield self._minutes(page.teaching)
        yield self._minutes(page.exercises)

    def _minutes(self, minutes: int | None) -> TableCell:
        return TableCell("" if minutes is None else format_minutes(minutes), ("gh-number",))

    def _for_leaders(self) -> list[nodes.Node]:
        return summary_nodes(self._lesson, self._outline, self._document, self._language)

    def _paths(self) -> list[nodes.Node]:
        return paths_nodes(self._shown, self._lesson)

    def _taught_at(self) -> list[nodes.Node]:
        """Workshops that teach the lesson: the next ones first, then the latest."""
        found = self._shown.ask(Teaching(self._lesson.key))
        listed = nodes.bullet_list(bullet="-", classes=["gh-taught-at"])
        for each in found[:TAUGHT_AT]:
            line = workshop_line(self._shown, each.workshop, self._language)
            line += self._version(each)
            listed += nodes.list_item("", display.paragraph(*line))
        if not len(listed):
            return []
        built: list[nodes.Node] = [listed]
        rest = len(found) - TAUGHT_AT
        if rest > 0:
            text = (
                word(self._language, "And at 1 more workshop.")
                if rest == 1
                else word(self._language, "And at {number} more workshops.").format(number=rest)
            )
            built.append(display.paragraph(nodes.Text(text)))
        return built

    def _version(self, taught: TaughtAt) -> list[nodes.Node]:
        """Which version of the lesson a workshop teaches, where its record says so."""
        pinned = taught.pinned
        if pinned is None or not (pinned.version or pinned.url):
            return []
        label = word(self._language, "this version")
        if pinned.version:
            label = word(self._language, "version {version}").format(version=pinned.version)
        if not pinned.url:
            return [nodes.Text(f" ({label})")]
        index = taught.workshop.lessons.index(pinned)
        link = nodes.reference("", label, refuri=pinned.url, internal=False)
        display.located(link, taught.workshop, ("lessons", index, "url"))
        return [nodes.Text(" ("), link, nodes.Text(")")]

    def _links(self, name: str) -> Callable[[], list[nodes.Node]]:
        def build() -> list[nodes.Node]:
            links = getattr(self._lesson, name)
            return (
                [display.link_list(links, self._lesson, (name,), self._language)] if links else []
            )

        return build

    def _related(self) -> list[nodes.Node]:
        listed = nodes.bullet_list(bullet="-")
        for index, key in enumerate(self._lesson.related):
            link = display.to_record(self._shown, Lesson.KIND, key, self._lesson, "related", index)
            listed += nodes.list_item("", display.paragraph(link))
        return [listed] if len(listed) else []

    def _citation(self) -> list[nodes.Node]:
        if not any("author" in each.roles for each in self._lesson.contributors):
            return []
        return citation_nodes(self._lesson, self._shown, self._env)

    def _about(self) -> list[nodes.Node]:
        lesson, language = self._lesson, self._language
        pairs: list[tuple[str, Sequence[nodes.Node]]] = []
        for name, people in self._by_role().items():
            pairs.append((labels.role(language, name), self._people(people)))
        for name, label in (
            ("version", word(language, "Version")),
            ("released", word(language, "Released")),
            ("partners", word(language, "Partners")),
            ("projects", word(language, "Projects")),
        ):
            value = display.field(self._shown, lesson, name)
            if value:
                pairs.append((label, value))
        licence = lesson.licence or (
            self._shown.settings.licence if self._outline.pages and lesson.source is None else None
        )
        if licence:
            pairs.append((word(language, "Licence"), [_licence(licence)]))
        if lesson.doi:
            address = nodes.reference("", lesson.doi, refuri=f"https://doi.org/{lesson.doi}")
            pairs.append(("DOI", [display.located(address, lesson, ("doi",))]))
        repository = lesson.repository or (lesson.source.git if lesson.source else None)
        if repository and repository.startswith("https://"):
            address = nodes.reference("", repository, refuri=repository)
            pairs.append((word(language, "Source"), [address]))
        changed = last_change(self._env, lesson)
        if changed:
            text = format_date(changed, language)
            pairs.append((word(language, "Last change"), [nodes.Text(text)]))
        return [display.facts(pairs)] if pairs else []

    def _by_role(self) -> dict[str, list[Contributor]]:
        found: dict[str, list[Contributor]] = {}
        for contributor in self._lesson.contributors:
            for role in contributor.roles:
                found.setdefault(role, []).append(contributor)
        return found

    def _people(self, people: Sequence[Contributor]) -> list[nodes.Node]:
        built: list[nodes.Node] = []
        for each in people:
            if built:
                built.append(nodes.Text(", "))
            if each.person:
                found = self._shown.get(Person, each.person, ("label",))
                label = found.label if found else each.person
                built.append(display.record_link(Person.KIND, each.person, label))
                continue
            name = each.name or " ".join(filter(None, (each.given_names, each.family_names)))
            if each.orcid:
                address = f"https://orcid.org/{each.orcid}"
                built.append(nodes.reference("", name, refuri=address, internal=False))
            else:
                built.append(nodes.Text(name))
        return built


def _licence(licence: str) -> nodes.Node:
    if " " in licence:
        return nodes.Text(licence)
    return nodes.reference("", licence, refuri=f"https://spdx.org/licenses/{licence}.html")


class LessonLanding(PortalDirective):
    """The chapters of a lesson's landing page, for the template of lesson records.

    Argument: ``head`` for the facts under the title, ``chapters`` for the rest.
    """

    required_arguments = 1

    def build(self) -> list[nodes.Node]:
        """Build the nodes."""
        part = self.arguments[0]
        if part not in {"head", "chapters"}:
            raise self.unknown("part", part, ("head", "chapters"))
        lesson = self.own_record_of(Lesson)
        landing = Landing(lesson, self.shown, self.state.document, self.env)
        if part == "head":
            return landing.head()
        return [landing.toctree(), *landing.sections()]


class LessonMetadata(PortalDirective):
    """What a lesson's record says of it, on any of its pages.

    CodeRefinery's lessons bring an extension of that name.
    """

    def build(self) -> list[nodes.Node]:
        """Build the facts."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is None:
            return []
        landing = Landing(lesson, self.shown, self.state.document, self.env)
        return [*landing.facts(), *landing._about()]


class OwnIndex(SphinxTransform):
    """Adds what the record says to an index page that the lesson's authors wrote."""

    # Before Sphinx gives ids to tables that have titles (210).
    default_priority = 205

    def apply(self, **kwargs: Any) -> None:
        """Change the landing page of a lesson that has its own."""
        env = self.env
        lesson = lesson_at(env, env.docname)
        if lesson is None or env.docname != lesson.docname:
            return
        if env.doc2path(env.docname).suffix in {".yml", ".yaml"}:
            return
        domain = domain_of(env)
        domain.note_record(env.docname, lesson)
        top = next(iter(self.document.findall(nodes.section)), None)
        if top is None:
            return
        landing = Landing(lesson, domain.shown_on(env.docname), self.document, env)
        top[1:1] = landing.head()
        top.extend(landing.sections())


def setup_landing(app: Sphinx) -> None:
    """Register the parts of landing pages."""
    app.add_directive("lesson-landing", LessonLanding)
    app.add_directive("lesson-metadata", LessonMetadata)
    app.add_transform(OwnIndex)
