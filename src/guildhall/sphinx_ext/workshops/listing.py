"""Workshops in lists: ``workshop-list`` anywhere, and ``workshop-catalogue`` with filters.

Both are right on the day of the build. Each entry carries the moments at which it begins to run
and is over, so that a script can correct the list on the day when it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from guildhall.core.facets import Value
from guildhall.core.values.format import capital
from guildhall.core.values.names import country_name, language_name
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.vocabularies import WORKSHOP_TYPE, words_of
from guildhall.model.shown import Shown
from guildhall.network.lessons.catalogue import first_sentence
from guildhall.network.programme.state import PHASES, Phase
from guildhall.network.workshops.listing import (
    FACETS,
    Choice,
    ListedWorkshop,
    Selection,
    facet_values,
    selection_digest,
)
from guildhall.network.workshops.lookups import StandingOf, WorkshopsIn
from guildhall.network.workshops.order import listed_span, open_span
from guildhall.network.workshops.texts import one_line
from guildhall.network.workshops.timeline import states_of
from guildhall.sphinx_ext.pages.templated import inline_part, inline_parts, templated
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.records.facets import (
    Catalogue,
    CatalogueDirective,
    add_catalogue,
    catalogue_card,
    catalogue_list,
    catalogue_part,
    is_empty,
    part_title,
)
from guildhall.sphinx_ext.records.jumps import Jump, jumps_to
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dated import dated_words
from guildhall.sphinx_ext.rendering.dates import dates_of
from guildhall.sphinx_ext.rendering.labels import activity_format, term, workshop_state
from guildhall.sphinx_ext.rendering.nodes import add_html_node
from guildhall.sphinx_ext.templating.template_values import Named
from guildhall.sphinx_ext.workshops.choosing import ChoosingDirective, nothing_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

NAME = "workshops"
TEMPLATES = {
    "cards": "guildhall/workshop-card.html.j2",
    "rows": "guildhall/workshop-row.html.j2",
}
"""The template of entries in each style."""
_CONFINED = ("phase", "limit", "undated")
_PLACES = 2
"""So many places are named; of more, only how many there are."""


class listing(nodes.General, nodes.Element):  # noqa: N801
    """Entries that a script may move.

    ``phase``, ``limit`` and ``undated`` say what the list is confined to, as of a ``Choice``.
    """


class listing_empty(nodes.General, nodes.Element):  # noqa: N801
    """What is said where nothing is shown: of the ranks or phases in ``node["of"]``, or at all.

    Where something is shown, it has ``node["late"]``.
    """


class Entries:
    """Builds the entries of lists.

    Args:
        shown: the portal as the page sees it.
    """

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._language = shown.settings.language

    def card(self, entry: ListedWorkshop, style: str, *, late: bool = False) -> nodes.Element:
        """An entry: title, dates, what it is about and what sort of workshop it is.

        Args:
            entry: the workshop.
            style: ``cards`` or ``rows``.
            late: whether it isn't shown on the day of the build.
        """
        workshop = entry.workshop
        card = catalogue_card(values=entry.values, late=late, data=card_data(entry))
        facets = Named(entry.values, ())
        shown = templated(
            template=TEMPLATES[style],
            values={"phase": entry.phase, "year": entry.year, "facets": facets},
        )
        title = display.record_link(Workshop.KIND, workshop.key, workshop.label)
        shown += display.paragraph(inline_part("link", title))
        shown += display.paragraph(inline_part("when", *self._when(entry)))
        if workshop.summary and entry.phase != "past":
            text = nodes.Text(one_line(first_sentence(workshop.summary), self._shown))
            shown += display.paragraph(inline_part("summary", text))
        facts = [[nodes.Text(each)] for each in self.facts(workshop)]
        shown += display.paragraph(*inline_parts("facts", facts, " · "))
        card += shown
        return card

    def _when(self, entry: ListedWorkshop) -> list[nodes.Node]:
        """The dates, and the state, where that isn't what the heading says."""
        workshop = entry.workshop
        standing = self._shown.ask(StandingOf(workshop.key))
        line: list[nodes.Node] = [nodes.Text(dates_of(workshop, self._language))]
        for span, state in states_of(workshop):
            if state == "past":
                continue
            holds = state == standing.state
            # A space between the two is for those who don't see that they are apart.
            line += [nodes.Text(" ")] if holds else []
            line.append(
                dated_words(
                    span,
                    workshop_state(self._language, state),
                    holds=holds,
                    classes=["gh-badge", "gh-state", f"gh-state-{state}"],
                )
            )
        return line

    def facts(self, workshop: Workshop) -> Iterable[str]:
        """What sort of workshop it is, where, and in which languages."""
        language = self._language
        yield term(language, WORKSHOP_TYPE, workshop.type, self._shown.settings)
        if workshop.format:
            yield activity_format(language, workshop.format)
        places = dict.fromkeys(
            ", ".join(
                filter(
                    None,
                    (
                        place.city or place.name,
                        country_name(place.country, language) if place.country else "",
                    ),
                )
            )
            for place in workshop.places
        )
        if len(places) <= _PLACES:
            yield from places
        else:
            yield word(language, "{number} places").format(number=len(places))
        if workshop.classrooms:
            count = len(workshop.classrooms)
            yield (
                word(language, "1 local classroom")
                if count == 1
                else word(language, "{number} local classrooms").format(number=count)
            )
        yield from (language_name(each, language) for each in workshop.languages)


def card_data(entry: ListedWorkshop) -> dict[str, str]:
    """What the script needs to know of an entry to place it on another day."""

    def written(moment: datetime | None) -> str:
        return moment.isoformat(timespec="minutes") if moment else ""

    span, signing_up = listed_span(entry.workshop), open_span(entry.workshop)
    data = {
        "start": written(span.start),
        "end": written(span.end),
        "year": str(entry.year),
        "rank": entry.rank,
    }
    if entry.workshop.dates_are_open:
        data["undated"] = ""
    if signing_up:
        data["open"] = f"{written(signing_up.start)}/{written(signing_up.end)}"
    return data


class Lists:
    """Builds lists of workshops.

    Args:
        shown: the portal as the page sees it.
        style: ``cards``, ``rows``, or None for cards of what is to come and rows of past ones.
    """

    def __init__(self, shown: Shown, style: str | None = None) -> None:
        self._language = shown.settings.language
        self._entries = Entries(shown)
        self._style = style

    def flat(self, selection: Selection, phase: Phase | None) -> nodes.Element:
        """Entries one after the other, without headings."""
        return self._list(selection.entries, selection.late, phase or "upcoming")

    def years(
        self, selection: Selection, depth: int, others: Iterable[int] = ()
    ) -> list[nodes.Element]:
        """Past entries under their years, the newest first.

        Args:
            selection: the entries; those that aren't shown yet go where they will be.
            depth: how deep the headings are.
            others: further years that entries may come to belong to.
        """
        by_year: dict[int, list[ListedWorkshop]] = {year: [] for year in others}
        for entry in selection.entries:
            by_year.setdefault(entry.year, []).append(entry)
        return [
            self._part(str(year), "past", by_year[year], selection.late, depth=depth, year=year)
            for year in sorted(by_year, reverse=True)
        ]

    def parts(
        self, entries: Sequence[ListedWorkshop], prefix: str | None = None
    ) -> list[nodes.Element]:
        """Entries that run, that are to come, and past ones by year, each under its heading.

        Args:
            entries: the entries.
            prefix: begins the ids of years, to which there are links then.
        """
        language = self._language
        phases: dict[Phase, list[ListedWorkshop]] = {phase: [] for phase in PHASES}
        for entry in entries:
            phases[entry.phase].append(entry)
        past = catalogue_part()
        title = word(language, "Past workshops")
        past += part_title("", title, depth=0, count=len(phases["past"]))
        coming = {entry.year for entry in entries if entry.phase != "past"}
        years = self.years(Selection(tuple(phases["past"])), 1, coming)
        if prefix:
            past += jumps_to(word(language, "Years"), list(_jumps(years, prefix)))
        past += years
        return [
            self._part(word(language, "Running now"), "running", phases["running"]),
            self._part(word(language, "Upcoming workshops"), "upcoming", phases["upcoming"]),
            past,
        ]

    def _part(
        self,
        title: str,
        phase: Phase,
        entries: Sequence[ListedWorkshop],
        late: frozenset[str] = frozenset(),
        *,
        depth: int = 0,
        year: int | None = None,
    ) -> nodes.Element:
        data = {"phase": phase} if year is None else {"phase": phase, "year": str(year)}
        part = catalogue_part(data=data)
        count = len([each for each in entries if each.workshop.key not in late])
        part += part_title("", title, depth=depth, count=count)
        part += self._list(entries, late, phase)
        return part

    def _list(
        self, entries: Iterable[ListedWorkshop], late: frozenset[str], phase: Phase
    ) -> nodes.Element:
        style = self._style or ("rows" if phase == "past" else "cards")
        listed = catalogue_list(classes=["gh-rows"] if style == "rows" else [])
        listed += [
            self._entries.card(each, style, late=each.workshop.key in late) for each in entries
        ]
        return listed


def _jumps(years: Iterable[nodes.Element], prefix: str) -> Iterable[Jump]:
    """Give parts of years ids, and links to these."""
    for part in years:
        year = part["data"]["year"]
        part["ids"].append(f"{prefix}-{year}")
        yield Jump(f"{prefix}-{year}", year, late=is_empty(part))


class WorkshopList(ChoosingDirective):
    """Workshops: running and upcoming ones, and past ones by year.

    What is upcoming, running or past is updated in the browser on the day of reading.

    Options:
        phase: only those that are ``upcoming``, ``running`` or ``past``.
        type: only those of this type.
        partner: only those that this partner supports, as shown on a workshop's page.
        lesson: only those that teach this lesson.
        limit: the maximum number, without headings; running ones first, then the next ones, those
            without dates last. Past ones are shown only if they are the ``phase``.
            Cancelled and postponed ones are left out.
        style: ``cards`` or ``rows``; by default past workshops are rows.
        empty: what is shown if there are none.
    """

    option_spec: ClassVar[dict[str, Any]] = {
        **ChoosingDirective.option_spec,
        **dict.fromkeys(("phase", "style", "empty"), directives.unchanged_required),
        "limit": directives.positive_int,
    }

    def build(self) -> list[nodes.Node]:
        """Build the list."""
        choice = self.choice()
        style = self.options.get("style")
        if style is not None and style not in TEMPLATES:
            raise self.unknown("style", style, tuple(TEMPLATES))
        selection = self.shown.ask(WorkshopsIn(choice))
        asked = choice.phase or ("upcoming" if choice.limit is not None else None)
        nothing = self.options.get("empty", nothing_words(self.language, asked))
        lists = Lists(self.shown, style)
        box = listing(phase=choice.phase, limit=choice.limit)
        if choice.limit is not None or choice.phase in {"upcoming", "running"}:
            box += lists.flat(selection, choice.phase)
        elif choice.phase == "past":
            box += lists.years(selection, 0)
        else:
            box += lists.parts(selection.entries)
        box += listing_empty("", display.paragraph(nodes.Text(nothing)), late=bool(selection.now))
        return [box]


class WorkshopCards(Catalogue[ListedWorkshop]):
    """The catalogue of workshops.

    Args:
        found: the workshops.
        page: the catalogue's page.
        shown: the portal as the page sees it.
    """

    facets = FACETS

    def __init__(self, found: Sequence[ListedWorkshop], page: str, shown: Shown) -> None:
        super().__init__(found, page, shown.settings.language)
        self._shown = shown

    def values(self, facet: str) -> tuple[Value, ...]:
        """The values of a facet, in the order of the page."""
        return facet_values(self.found, facet, words_of(self._shown.settings, WORKSHOP_TYPE))

    def facet_name(self, facet: str) -> str:
        """What a facet is called."""
        return {
            "type": word(self.language, "Type"),
            "format": word(self.language, "Format"),
            "country": word(self.language, "Country"),
            "lesson": word(self.language, "Lesson"),
            "language": word(self.language, "Language"),
        }[facet]

    def value_name(self, facet: str, value: Value) -> str:
        """What a value of a facet is called."""
        if facet == "type":
            return term(self.language, WORKSHOP_TYPE, value.name, self._shown.settings)
        if facet == "format":
            return capital(activity_format(self.language, value.name))
        if facet == "country":
            return country_name(value.name.upper(), self.language)
        if facet == "language":
            return language_name(value.name, self.language)
        lesson = self._shown.get(Lesson, value.name, ("label",))
        return lesson.label if lesson else value.name

    def count(self) -> str:
        """How many are shown of all, with places for ``shown`` and ``all``."""
        return word(self.language, "{shown} of {all} workshops")

    def cards(self, found: Sequence[ListedWorkshop]) -> list[nodes.Node]:
        """The workshops that run, that are to come, and past ones by year."""
        box = listing(phase=None, limit=None)
        if len(found) == len(self.found):
            is_coming = any(entry.phase != "past" for entry in found)
            text = nothing_words(self.language, "upcoming")
            said = display.paragraph(nodes.Text(text))
            box += listing_empty("", said, late=is_coming, of="running upcoming")
        box += Lists(self._shown).parts(found, "gh-year")
        return [box]

    def digest(self) -> str:
        """What cards and filters are made from."""
        names = [self.value_name("lesson", value) for value in self.values("lesson")]
        settings = self._shown.settings
        return f"{selection_digest(Selection(tuple(self.found)), settings.today)}{names}"


class WorkshopCatalogue(CatalogueDirective):
    """All workshops with filters; added to the navigation.

    The navigation shows running and upcoming workshops; for past ones, the years around a page.
    """

    catalogue_name = NAME

    def build(self) -> list[nodes.Node]:
        """Build filters, entries and hidden toctrees."""
        self.note_catalogue()
        cards = _workshop_cards(self.env, self.env.docname, self.shown)
        if not cards.found:
            text = nodes.Text(nothing_words(self.language, None))
            return [display.paragraph(text)]
        return [*self._toctrees(cards.found), cards.catalogue()]

    def _toctrees(self, found: Sequence[ListedWorkshop]) -> Iterable[nodes.Node]:
        for year, entries in groupby(found, lambda each: each.year if each.phase == "past" else 0):
            pages = [(each.workshop.label, each.workshop.docname) for each in entries]
            yield self.toctree(pages, str(year) if year else None, folded=bool(year))


def _workshop_cards(env: BuildEnvironment, page: str, shown: Shown) -> WorkshopCards:
    return WorkshopCards(shown.ask(WorkshopsIn(Choice())).entries, page, shown)


def _visit_listing(translator: Any, node: listing) -> None:
    more = {f"data-{name}": str(node[name]) for name in _CONFINED if node.get(name)}
    translator.body.append(translator.starttag(node, "div", CLASS="gh-listing", **more))


def _visit_empty(translator: Any, node: listing_empty) -> None:
    more = {"hidden": "hidden"} if node["late"] else {}
    if "of" in node:
        more["data-of"] = node["of"]
    translator.body.append(translator.starttag(node, "div", CLASS="gh-listing-empty", **more))


def _visit_empty_elsewhere(translator: Any, node: listing_empty) -> None:
    if node["late"]:
        raise nodes.SkipNode


def _depart_div(translator: Any, node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""


DIRECTIVES: dict[str, type[PortalDirective]] = {
    "workshop-list": WorkshopList,
    "workshop-catalogue": WorkshopCatalogue,
}


def setup_listing(app: Sphinx) -> None:
    """Register nodes and directives."""
    add_html_node(app, listing, _visit_listing, _depart_div)
    elsewhere = (_visit_empty_elsewhere, _nothing)
    app.add_node(
        listing_empty,
        html=(_visit_empty, _depart_div),
        latex=elsewhere,
        text=elsewhere,
        man=elsewhere,
        texinfo=elsewhere,
    )
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    add_catalogue(app, NAME, _workshop_cards)
