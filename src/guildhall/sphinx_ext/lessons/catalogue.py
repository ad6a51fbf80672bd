"""``lesson-catalogue``: all lessons as cards, narrowed by links that work without JavaScript.

Every value of every facet has a page of its own, made when a site is written. With JavaScript the
same links narrow the cards in place, several at once, and the page's address says which.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.util.osutil import relative_uri

from guildhall.lessons.catalogue import (
    FACETS,
    LENGTHS,
    Entry,
    Value,
    entries,
    facet_values,
    first_sentence,
)
from guildhall.records.kinds.lesson import Lesson
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.directives.base import PortalDirective
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.lessons import labels
from guildhall.sphinx_ext.lessons.generated import BUILDERS, Memory, Renderer
from guildhall.sphinx_ext.lessons.views import view_link
from guildhall.values.format import format_minutes
from guildhall.values.names import language_name
from guildhall.words import word

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

FOLDER = "by"
"""Where the pages of filters lie, beside the catalogue's page."""


ANCHOR = "gh-catalogue"
"""Where on its page the catalogue is, since other things may stand above it."""


class catalogue_filters(nodes.General, nodes.Element):  # noqa: N801
    """The filters of a catalogue, for HTML only."""


class catalogue_facet(nodes.General, nodes.Element):  # noqa: N801
    """The values of one facet, ``node["facet"]``, under ``node["title"]``."""


class catalogue_tools(nodes.General, nodes.Element):  # noqa: N801
    """How many cards there are, and the way back to all of them; for HTML only.

    ``node["facet"]`` and ``node["value"]`` say what the page shows, where it doesn't show all.
    """


class catalogue_archived(nodes.General, nodes.Element):  # noqa: N801
    """The cards of archived lessons, apart from the others."""


class catalogue_list(nodes.General, nodes.Element):  # noqa: N801
    """The cards of a catalogue, all of its children."""


class catalogue_card(nodes.General, nodes.Element):  # noqa: N801
    """One lesson, with its values of facets in ``node["values"]``."""


class Cards:
    """Builds the nodes of a catalogue.

    Args:
        found: the lessons.
        page: the catalogue's page.
        language: the language of the page.
    """

    def __init__(self, found: Sequence[Entry], page: str, language: str) -> None:
        self._found = found
        self._page = page
        self._language = language

    def catalogue(self, current: tuple[str, str] | None = None) -> nodes.Element:
        """Filters and cards.

        Args:
            current: the facet and value that the page is for; None on the catalogue's own page.
        """
        found = [
            each for each in self._found if current is None or current[1] in each.values[current[0]]
        ]
        box = nodes.container(classes=["gh-catalogue"], ids=[ANCHOR])
        filters = self._filters(current)
        if len(filters):
            box += [filters, self._tools(len(found), current)]
        box += self._cards(each for each in found if each.lesson.status != "archived")
        archived = [each for each in found if each.lesson.status == "archived"]
        if archived:
            apart = catalogue_archived()
            title = nodes.Text(word(self._language, "Archived lessons"))
            apart += display.paragraph(title, classes=["gh-catalogue-apart"])
            apart += self._cards(archived)
            box += apart
        return box

    def _filters(self, current: tuple[str, str] | None) -> nodes.Element:
        """Links to the pages of all values of all facets."""
        folder = posixpath.dirname(self._page)
        box = catalogue_filters(label=word(self._language, "Narrow down"))
        for facet in FACETS:
            values = facet_values(self._found, facet)
            if len(values) < 2:
                continue
            part = catalogue_facet(facet=facet, title=self.facet_name(facet))
            for value in values:
                link = view_link(
                    "",
                    f"{self.value_name(facet, value)} ({value.count})",
                    pagename=posixpath.join(folder, FOLDER, facet, value.name),
                    current=current == (facet, value.name),
                    in_list=True,
                    data={"facet": facet, "value": value.name},
                )
                part += link
            box += part
        return box

    def _tools(self, shown: int, current: tuple[str, str] | None) -> nodes.Element:
        facet, value = current or (None, None)
        count = word(self._language, "{shown} of {all} lessons")
        return catalogue_tools(
            count=count,
            status=count.format(shown=shown, all=len(self._found)),
            clear=word(self._language, "Show all"),
            page=self._page,
            facet=facet,
            value=value,
        )

    def _cards(self, found: Iterable[Entry]) -> nodes.Element:
        listed = catalogue_list()
        for entry in found:
            listed += self._card(entry)
        return listed

    def facet_name(self, facet: str) -> str:
        """What a facet is called."""
        return {
            "topic": word(self._language, "Topic"),
            "level": word(self._language, "Level"),
            "length": word(self._language, "Length"),
            "format": word(self._language, "Format"),
            "audience": word(self._language, "For"),
            "language": word(self._language, "Language"),
        }[facet]

    def value_name(self, facet: str, value: Value) -> str:
        """What a value of a facet is called."""
        if facet == "level":
            return labels.level(self._language, value.name)
        if facet == "format":
            return labels.form(self._language, value.name)
        if facet == "audience":
            return labels.audience(self._language, value.name)
        if facet == "language":
            return language_name(value.name, self._language)
        if facet == "length":
            return {
                LENGTHS[0]: word(self._language, "Up to 1 hour"),
                LENGTHS[1]: word(self._language, "1 to 3 hours"),
                LENGTHS[2]: word(self._language, "Over 3 hours"),
            }[value.name]
        return value.label

    def _card(self, entry: Entry) -> nodes.Element:
        lesson = entry.lesson
        card = catalogue_card(values=entry.values)
        link = display.record_link(Lesson.KIND, lesson.key, lesson.title)
        card += display.paragraph(link, classes=["gh-card-title"])
        card += display.paragraph(nodes.Text(_plain(first_sentence(lesson.summary))))
        facts = [
            *(lesson.topics[:1]),
            labels.level(self._language, lesson.level) if lesson.level else "",
            "" if entry.minutes is None else format_minutes(entry.minutes),
            labels.form(self._language, lesson.format) if lesson.format != "lesson" else "",
            language_name(lesson.language, self._language),
        ]
        line: list[nodes.Node] = [nodes.Text(" · ".join(filter(None, facts)))]
        if lesson.status != "stable":
            line += [
                nodes.Text(" "),
                display.badge(labels.status(self._language, lesson.status), "gh-badge-status"),
            ]
        if not entry.has_pages:
            line += [nodes.Text(" "), display.badge(word(self._language, "on another site"))]
        card += display.paragraph(*line, classes=["gh-card-meta"])
        return card


def _plain(markdown: str) -> str:
    """Markdown of a sentence without its marks."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parseInline(markdown)[0].children or []
    return "".join(token.content if token.type != "softbreak" else " " for token in tokens)


class LessonCatalogue(PortalDirective):
    """All lessons of the portal as cards, with filters, and as a part of the navigation."""

    def build(self) -> list[nodes.Node]:
        """Build filters, cards and a hidden toctree."""
        found = self._entries()
        language = str(self.env.config.language or "en")
        page = self.env.docname
        domain_of(self.env).catalogues[page] = True
        names = [entry.lesson.docname for entry in found]
        tree = addnodes.toctree(
            parent=page,
            entries=[(entry.lesson.title, entry.lesson.docname) for entry in found],
            includefiles=names,
            maxdepth=1,
            caption=None,
            glob=False,
            hidden=True,
            includehidden=False,
            numbered=0,
            titlesonly=True,
        )
        return [
            nodes.compound("", tree, classes=["toctree-wrapper"]),
            Cards(found, page, language).catalogue(),
        ]

    def _entries(self) -> tuple[Entry, ...]:
        fields = ("title", "summary", "topics", "level", "format", "language", "audience")
        self.shown.select("lesson", (), (*fields, "status", "order", "teaching", "exercises"))
        self.shown.select("path", (), ("steps", "order"))
        return entries(domain_of(self.env).portal.registry, self.shown.outline)


class FilterPages:
    """Makes the page of each value of each facet.

    Args:
        builder: an HTML builder.
        page: the catalogue's page.
        memory: from what each page was made last.
    """

    def __init__(self, builder: StandaloneHTMLBuilder, page: str, memory: Memory) -> None:
        self._builder = builder
        self._env = builder.env
        self._page = page
        self._memory = memory
        portal = domain_of(builder.env).portal
        self._found = entries(portal.registry, portal.outline)
        self._cards = Cards(self._found, page, str(builder.env.config.language or "en"))

    def pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Name, context and template of every page that has to be written."""
        digest = self._digest()
        for facet in FACETS:
            values = facet_values(self._found, facet)
            for value in values if len(values) > 1 else ():
                folder = posixpath.dirname(self._page)
                name = posixpath.join(folder, FOLDER, facet, value.name)
                if self._memory.must_write(name, digest):
                    yield name, self._context(name, facet, value), "page.html"

    def _digest(self) -> str:
        shown = repr([(entry.lesson.model_dump(), entry.minutes) for entry in self._found])
        titles = [self._env.titles[name].astext() for name in sorted(self._env.titles)]
        return hashlib.sha256(f"{shown}{titles}".encode()).hexdigest()[:16]

    def _context(self, name: str, facet: str, value: Value) -> dict[str, Any]:
        document = new_document(name, self._env.get_doctree(self._page).settings)
        document += self._cards.catalogue((facet, value.name))
        self._env.apply_post_transforms(document, name)
        catalogue = self._env.titles[self._page].astext()
        title = f"{self._cards.facet_name(facet)}: {self._cards.value_name(facet, value)}"
        return {
            "title": escape(f"{catalogue} – {title}"),
            "body": f"<h1>{escape(title)}</h1>\n"
            + Renderer(self._builder, name).render([document]),
            "metatags": "",
            "gh_has_catalogue": True,
            "display_toc": False,
            "parents": [],
        }


def _visit_filters(translator: Any, node: catalogue_filters) -> None:
    if translator.builder.name not in BUILDERS:
        raise nodes.SkipNode
    attributes = {"aria-label": node["label"]}
    translator.body.append(translator.starttag(node, "nav", CLASS="gh-filters", **attributes))


def _depart_filters(translator: Any, node: catalogue_filters) -> None:
    translator.body.append("</nav>\n")


def _visit_facet(translator: Any, node: catalogue_facet) -> None:
    name, title = node["facet"], translator.encode(node["title"])
    translator.body.append(
        f'<div class="gh-filter"><p class="gh-filter-title" id="gh-filter-{name}">{title}</p>\n'
        f'<ul aria-labelledby="gh-filter-{name}">\n'
    )


def _depart_facet(translator: Any, node: catalogue_facet) -> None:
    translator.body.append("</ul></div>\n")


def _visit_tools(translator: Any, node: catalogue_tools) -> None:
    builder = translator.builder
    if builder.name not in BUILDERS:
        raise nodes.SkipNode
    attributes = {"data-count": node["count"]}
    if node["facet"]:
        attributes |= {"data-facet": node["facet"], "data-value": node["value"]}
    home = relative_uri(
        builder.get_target_uri(builder.current_docname), builder.get_target_uri(node["page"])
    )
    link = translator.starttag(
        node,
        "a",
        "",
        CLASS="gh-copy",
        href=f"{home}#{ANCHOR}",
        # On the page of all lessons there is nothing to take back, until the script says so.
        **({} if node["facet"] else {"hidden": "hidden"}),
    )
    translator.body.append(
        translator.starttag(node, "div", CLASS="gh-catalogue-tools", **attributes)
        + f'<p role="status">{translator.encode(node["status"])}</p>\n'
        + f"{link}{translator.encode(node['clear'])}</a>\n</div>\n"
    )
    raise nodes.SkipNode


def _visit_archived(translator: Any, node: catalogue_archived) -> None:
    translator.body.append('<div class="gh-catalogue-archived">\n')


def _depart_archived(translator: Any, node: catalogue_archived) -> None:
    translator.body.append("</div>\n")


def _visit_list(translator: Any, node: catalogue_list) -> None:
    translator.body.append('<ul class="gh-cards gh-catalogue-cards">\n')


def _depart_list(translator: Any, node: catalogue_list) -> None:
    translator.body.append("</ul>\n")


def _visit_card(translator: Any, node: catalogue_card) -> None:
    data = "".join(
        f' data-{facet}="{translator.attval(" ".join(values))}"'
        for facet, values in node["values"].items()
    )
    translator.body.append(f'<li class="gh-card"{data}>\n')


def _depart_card(translator: Any, node: catalogue_card) -> None:
    translator.body.append("</li>\n")


def _nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""


def _skip(translator: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


DIRECTIVES: dict[str, type[PortalDirective]] = {"lesson-catalogue": LessonCatalogue}


def setup_catalogue(app: Sphinx) -> None:
    """Register the catalogue and its pages."""
    for node, html, others in (
        (catalogue_filters, (_visit_filters, _depart_filters), (_skip, None)),
        (catalogue_facet, (_visit_facet, _depart_facet), (_skip, None)),
        (catalogue_tools, (_visit_tools, None), (_skip, None)),
        (catalogue_archived, (_visit_archived, _depart_archived), (_nothing, _nothing)),
        (catalogue_list, (_visit_list, _depart_list), (_nothing, _nothing)),
        (catalogue_card, (_visit_card, _depart_card), (_nothing, _nothing)),
    ):
        app.add_node(node, html=html, latex=others, text=others, man=others, texinfo=others)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("html-collect-pages", _collect)
    app.connect("html-page-context", _add_script)


def _collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name not in BUILDERS:
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    memory = Memory(builder, "catalogue")
    for page in sorted(domain_of(app.env).catalogues):
        yield from FilterPages(builder, page, memory).pages()
    memory.keep()


def _add_script(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    context.setdefault("gh_has_catalogue", pagename in domain_of(app.env).catalogues)
