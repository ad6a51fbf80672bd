"""Catalogues: records as cards, narrowed by links that work without JavaScript.

Every value of every facet has a page of its own, made when a site is written. With JavaScript the
same links narrow the cards in place, several at once, and the page's address says which. A bar of
facets stands above the cards, each of which opens to its values.
"""

from __future__ import annotations

import hashlib
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar, cast

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.util.osutil import relative_uri

from guildhall.core.facets import Value
from guildhall.core.words import word
from guildhall.model.shown import Shown
from guildhall.sphinx_ext.pages.generated import BUILDERS, Memory, Renderer, view_link
from guildhall.sphinx_ext.pages.templated import template_digests
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.records.directive import PortalDirective, UnusableError
from guildhall.sphinx_ext.rendering.assets import NEEDED
from guildhall.sphinx_ext.rendering.nodes import add_html_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

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

    ``node["facet"]`` and ``node["value"]`` say what the page shows, where it doesn't show all, and
    ``node["chosen"]`` what that is called.
    """


class catalogue_part(nodes.General, nodes.Element):  # noqa: N801
    """Cards apart from others, which are hidden together with their heading where none is shown.

    HTML has ``node["data"]`` as attributes for scripts. A part without a card is for scripts too,
    which may move one there.
    """


class part_title(nodes.rubric):  # noqa: N801
    """The heading of a part, ``node["depth"]`` levels below the one of the section around it.

    Where ``node["count"]`` is given, HTML says how many cards there are; it is then followed by
    scripts.
    """


class catalogue_list(nodes.General, nodes.Element):  # noqa: N801
    """Cards, all of its children."""


class catalogue_card(nodes.General, nodes.Element):  # noqa: N801
    """One record, with its values of facets in ``node["values"]``, more for scripts in ``data``.

    One that is ``late`` isn't shown on the day of the build; a script may show it later.
    """


class HasValues(Protocol):
    """What a catalogue lists."""

    @property
    def values(self) -> Mapping[str, tuple[str, ...]]:
        """Its values of each facet, under the names that addresses use."""


E = TypeVar("E", bound=HasValues)


class Catalogue(ABC, Generic[E]):
    """Builds the nodes of a catalogue.

    Args:
        found: what it lists, in order.
        page: the catalogue's page.
        language: the language of the page.
    """

    facets: ClassVar[tuple[str, ...]]
    """What can be narrowed by, in the order of the page."""

    def __init__(self, found: Sequence[E], page: str, language: str) -> None:
        self.found = found
        self.language = language
        self._page = page

    @abstractmethod
    def values(self, facet: str) -> tuple[Value, ...]:
        """The values of a facet, in the order of the page."""

    @abstractmethod
    def facet_name(self, facet: str) -> str:
        """What a facet is called."""

    @abstractmethod
    def value_name(self, facet: str, value: Value) -> str:
        """What a value of a facet is called."""

    @abstractmethod
    def count(self) -> str:
        """How many are shown of all, with places for ``shown`` and ``all``."""

    @abstractmethod
    def cards(self, found: Sequence[E]) -> Sequence[nodes.Node]:
        """The cards of some of what is listed."""

    @abstractmethod
    def digest(self) -> str:
        """What cards and filters are made from, for the pages of filters."""

    @property
    def filters(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        """The facets that can be narrowed by, with their values; of one there is no choice."""
        for facet in self.facets:
            values = self.values(facet)
            if len(values) > 1:
                yield facet, values

    def name_of_page(self, facet: str, value: Value) -> str:
        """The name of the page of a value."""
        return posixpath.join(posixpath.dirname(self._page), FOLDER, facet, value.name)

    def catalogue(self, current: tuple[str, str] | None = None) -> nodes.Element:
        """Filters and cards.

        Args:
            current: the facet and value that the page is for; None on the catalogue's own page.
        """
        found = [
            each for each in self.found if current is None or current[1] in each.values[current[0]]
        ]
        box = nodes.container(classes=["gh-catalogue"], ids=[ANCHOR])
        filters = self._filters(current)
        if len(filters):
            box += [filters, self._tools(len(found), current)]
        box += list(self.cards(found))
        return box

    def _filters(self, current: tuple[str, str] | None) -> nodes.Element:
        """Links to the pages of all values of all facets."""
        box = catalogue_filters(label=word(self.language, "Filter"))
        for facet, values in self.filters:
            part = catalogue_facet(facet=facet, title=self.facet_name(facet))
            for value in values:
                part += view_link(
                    "",
                    f"{self.value_name(facet, value)} ({value.count})",
                    pagename=self.name_of_page(facet, value),
                    current=current == (facet, value.name),
                    in_list=True,
                    data={"facet": facet, "value": value.name},
                )
            box += part
        return box

    def _tools(self, shown: int, current: tuple[str, str] | None) -> nodes.Element:
        facet, value = current or (None, None)
        names = {each.name: each for each in self.values(facet)} if facet else {}
        count = self.count()
        return catalogue_tools(
            count=count,
            status=count.format(shown=shown, all=len(self.found)),
            clear=word(self.language, "Show all"),
            remove=word(self.language, "Remove filter: {name}"),
            chosen=self.value_name(facet, names[value]) if facet and value else "",
            page=self._page,
            facet=facet,
            value=value,
        )


class CatalogueDirective(PortalDirective):
    """A directive that shows a catalogue, of which a page has one."""

    catalogue_name: ClassVar[str]
    """The name under which the catalogue is added."""

    def note_catalogue(self) -> None:
        """Note that the page shows the catalogue.

        Raises:
            UnusableError: where it shows one already, whose filters would be in one address.
        """
        catalogues = domain_of(self.env).catalogues
        if self.env.docname in catalogues:
            raise UnusableError("this page already has a catalogue; put each on its own page")
        catalogues[self.env.docname] = self.catalogue_name

    def toctree(
        self,
        entries: Sequence[tuple[str, str]],
        caption: str | None = None,
        *,
        folded: bool = False,
    ) -> nodes.Node:
        """A hidden toctree, which makes pages a part of the navigation.

        Args:
            entries: titles and names of documents.
            caption: the heading above them.
            folded: whether the navigation shows them only on one of these pages.
        """
        tree = addnodes.toctree(
            parent=self.env.docname,
            entries=list(entries),
            includefiles=[name for _, name in entries],
            maxdepth=1,
            caption=caption,
            glob=False,
            hidden=True,
            includehidden=False,
            numbered=0,
            titlesonly=True,
            folded=folded,
        )
        return nodes.compound("", tree, classes=["toctree-wrapper"])


Maker = Callable[["BuildEnvironment", str, Shown], Catalogue[Any]]
"""Makes a catalogue for a page, from the portal as that page sees it."""


class FilterPages:
    """Makes the page of each value of each facet.

    Args:
        builder: an HTML builder.
        page: the catalogue's page.
        catalogue: the catalogue.
        memory: from what each page was made last.
    """

    def __init__(
        self,
        builder: StandaloneHTMLBuilder,
        page: str,
        catalogue: Catalogue[Any],
        memory: Memory,
    ) -> None:
        self._builder = builder
        self._env = builder.env
        self._page = page
        self._catalogue = catalogue
        self._memory = memory

    def pages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Name, context and template of every page that has to be written."""
        digest = self._digest()
        for facet, values in self._catalogue.filters:
            for value in values:
                name = self._catalogue.name_of_page(facet, value)
                if self._memory.must_write(name, digest):
                    yield name, self._context(name, facet, value), "page.html"

    def _digest(self) -> str:
        titles = [self._env.titles[name].astext() for name in sorted(self._env.titles)]
        names = domain_of(self._env).templates.get(self._page, ())
        templates = template_digests(self._builder, names)
        shown = f"{self._catalogue.digest()}{titles}{templates}"
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    def _context(self, name: str, facet: str, value: Value) -> dict[str, Any]:
        document = new_document(name, self._env.get_doctree(self._page).settings)
        document += self._catalogue.catalogue((facet, value.name))
        self._env.apply_post_transforms(document, name)
        whole = self._env.titles[self._page].astext()
        title = f"{self._catalogue.facet_name(facet)}: {self._catalogue.value_name(facet, value)}"
        renderer = Renderer(self._builder, name)
        return {
            "title": escape(f"{whole} – {title}"),
            "body": f"<h1>{escape(title)}</h1>\n{renderer.render([document])}",
            "metatags": "",
            NEEDED: renderer.needed,
            "display_toc": False,
            "parents": [],
        }


def add_catalogue(app: Sphinx, name: str, make: Maker) -> None:
    """Add a sort of catalogue, with the pages of its filters.

    Args:
        app: the application.
        name: its name, by which pages say that they show it.
        make: makes the catalogue of a page.
    """

    def collect(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        if app.builder.name not in BUILDERS:
            return
        builder = cast("StandaloneHTMLBuilder", app.builder)
        domain = domain_of(app.env)
        memory = Memory(builder, f"catalogue-{name}")
        # What is looked up for these pages is in their digest.
        shown = Shown(domain.portal)
        for page in sorted(each for each, shows in domain.catalogues.items() if shows == name):
            yield from FilterPages(builder, page, make(app.env, page, shown), memory).pages()
        memory.keep()

    app.connect("html-collect-pages", collect)


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
        # Those of one name close each other.
        f'<details class="gh-filter" name="gh-filter"><summary id="gh-filter-{name}">{title}'
        f'</summary>\n<ul aria-labelledby="gh-filter-{name}">\n'
    )


def _depart_facet(translator: Any, node: catalogue_facet) -> None:
    translator.body.append("</ul></details>\n")


def _visit_tools(translator: Any, node: catalogue_tools) -> None:
    builder = translator.builder
    if builder.name not in BUILDERS:
        raise nodes.SkipNode
    attributes = {"data-count": node["count"], "data-remove": node["remove"]}
    if node["facet"]:
        attributes |= {"data-facet": node["facet"], "data-value": node["value"]}
    home = relative_uri(
        builder.get_target_uri(builder.current_docname), builder.get_target_uri(node["page"])
    )
    address = f"{home}#{ANCHOR}"
    chip = ""
    if node["facet"]:
        label = {"aria-label": node["remove"].format(name=node["chosen"])}
        start = translator.starttag(nodes.inline(), "a", "", href=address, **label)
        chip = f"<li>{start}{translator.encode(node['chosen'])}</a></li>"
    link = translator.starttag(
        node,
        "a",
        "",
        CLASS="gh-copy",
        href=address,
        # On the page of all there is nothing to take back, until the script says so.
        **({} if node["facet"] else {"hidden": "hidden"}),
    )
    translator.body.append(
        translator.starttag(node, "div", CLASS="gh-catalogue-tools", **attributes)
        + f'<p role="status">{translator.encode(node["status"])}</p>\n'
        + f'<ul class="gh-chips">{chip}</ul>\n'
        + f"{link}{translator.encode(node['clear'])}</a>\n</div>\n"
    )
    raise nodes.SkipNode


def _visit_part(translator: Any, node: catalogue_part) -> None:
    data: dict[str, str] = node.get("data", {})
    more = {f"data-{name}": value for name, value in data.items()}
    if is_empty(node):
        more["hidden"] = "hidden"
    translator.body.append(translator.starttag(node, "div", CLASS="gh-catalogue-part", **more))


def _visit_part_elsewhere(translator: Any, node: catalogue_part) -> None:
    if is_empty(node):
        raise nodes.SkipNode


def is_empty(node: nodes.Element) -> bool:
    """Whether no card of a part is shown on the day of the build."""
    return all(card.get("late") for card in node.findall(catalogue_card))


def _depart_div(translator: Any, node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _visit_title(translator: Any, node: part_title) -> None:
    level = min(translator.section_level + translator.initial_header_level + node["depth"], 6)
    translator.body.append(translator.starttag(node, f"h{level}", "", CLASS="gh-part-title"))


def _depart_title(translator: Any, node: part_title) -> None:
    level = min(translator.section_level + translator.initial_header_level + node["depth"], 6)
    if "count" in node:
        translator.body.append(f' <span class="gh-part-count">({node["count"]})</span>')
    translator.body.append(f"</h{level}>\n")


def _visit_list(translator: Any, node: catalogue_list) -> None:
    classes = "gh-cards gh-catalogue-cards"
    translator.body.append(translator.starttag(node, "ul", CLASS=classes))


def _depart_list(translator: Any, node: catalogue_list) -> None:
    translator.body.append("</ul>\n")


def _visit_card(translator: Any, node: catalogue_card) -> None:
    values: dict[str, Sequence[str]] = node["values"]
    data: dict[str, str] = node.get("data", {})
    data = {**{name: " ".join(each) for name, each in values.items()}, **data}
    more = {f"data-{name}": text for name, text in data.items()}
    if node.get("late"):
        more["hidden"] = "hidden"
    translator.body.append(translator.starttag(node, "li", CLASS="gh-card", **more))


def _visit_card_elsewhere(translator: Any, node: catalogue_card) -> None:
    if node.get("late"):
        raise nodes.SkipNode


def _depart_card(translator: Any, node: catalogue_card) -> None:
    translator.body.append("</li>\n")


def _nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""


def setup_facets(app: Sphinx) -> None:
    """Register the nodes of catalogues."""
    add_html_node(app, catalogue_filters, _visit_filters, _depart_filters, only=True)
    add_html_node(app, catalogue_facet, _visit_facet, _depart_facet, only=True)
    add_html_node(app, catalogue_tools, _visit_tools, _nothing, only=True)
    add_html_node(app, catalogue_list, _visit_list, _depart_list)
    for node, html, elsewhere in (
        (catalogue_part, (_visit_part, _depart_div), (_visit_part_elsewhere, _nothing)),
        (catalogue_card, (_visit_card, _depart_card), (_visit_card_elsewhere, _nothing)),
    ):
        app.add_node(
            node, html=html, latex=elsewhere, text=elsewhere, man=elsewhere, texinfo=elsewhere
        )
    app.add_node(part_title, html=(_visit_title, _depart_title))
