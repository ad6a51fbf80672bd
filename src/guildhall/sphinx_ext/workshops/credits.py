"""Who makes a workshop: people by role, the partners that support it, and others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docutils import nodes

from guildhall.core.values.names import country_name
from guildhall.core.words import word
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.project import Project
from guildhall.network.people.affiliations import Support, takes_part
from guildhall.network.people.lookups import SupportOf
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.nodes import separated
from guildhall.sphinx_ext.workshops.roles import roles_in_words
from guildhall.sphinx_ext.workshops.view import WorkshopView


def people_nodes(view: WorkshopView) -> list[nodes.Node]:
    """People by role: those of the workshop, and those of its sessions."""
    pairs = view.people(_people(view))
    return [display.facts(pairs)] if pairs else []


def _people(view: WorkshopView) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {
        role: dict.fromkeys(keys) for role, keys in view.workshop.people.items()
    }

    def add(role: str, keys: Iterable[str]) -> None:
        found.setdefault(role, {}).update(dict.fromkeys(keys))

    for timed in view.programme.sessions:
        add("instructor", timed.session.instructors)
        for role, keys in timed.session.people.items():
            add(role, keys)
    return {role: tuple(keys) for role, keys in found.items()}


def partners_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The partners and others, acknowledged."""
    workshop, language = view.workshop, view.language
    built: list[nodes.Node] = []
    support = view.shown.ask(SupportOf(workshop.key))
    if support:
        text = word(language, "This workshop is made possible by the work of these partners:")
        built.append(display.paragraph(nodes.Text(text)))
        listed = nodes.bullet_list(bullet="-", classes=["gh-partners"])
        for each in support:
            listed += nodes.list_item("", display.paragraph(*_partner(view, each)))
        built.append(listed)
    if workshop.supporters:
        text = word(language, "It is also supported by:")
        if not support:
            text = word(language, "This workshop is supported by:")
        built.append(display.paragraph(nodes.Text(text)))
        words = word(language, "Supporter")
        built += view.link_list(workshop.supporters, words, "supporters")
    return [*built, *_projects(view)]


def _partner(view: WorkshopView, support: Support) -> list[nodes.Node]:
    """A partner, and as far as it is known what it does for the workshop."""
    workshop, key = view.workshop, support.partner
    partner = view.shown.get(Partner, key, ("label", "country"))
    at = ("partners", workshop.partners.index(key)) if support.is_stated else ()
    built = [display.to_record(view.shown, Partner.KIND, key, workshop, *at)]
    if partner is not None:
        built.append(nodes.Text(f", {country_name(partner.country, view.language)}"))
    parts: list[list[nodes.Node]] = []
    if support.hosts:
        parts.append([nodes.Text(word(view.language, "local classroom"))])
    for person, roles in support.people:
        words = roles_in_words(roles, view.shown.settings)
        parts.append([view.person(person), nodes.Text(f" ({words})")])
    return [*built, *([nodes.Text(": ")] if parts else []), *separated(parts)]


def _projects(view: WorkshopView) -> Iterator[nodes.Node]:
    """Thanks to the partners of each project that planned the workshop.

    That a partner takes part in a project doesn't say that it did something for this workshop.
    """
    plans = (view.shown.get(Activity, key, ("project",)) for key in view.workshop.fulfils)
    partners = view.shown.select(Partner.KIND, (), ("label", "participation", "ended", "order"))
    for project in dict.fromkeys(each.project for each in plans if each):
        links = [
            [display.record_link(Partner.KIND, each.key, each.label)]
            for each in partners
            if isinstance(each, Partner) and takes_part(each, project, view.workshop)
        ]
        if links:
            text = word(
                view.language,
                "This workshop is part of {project}. Our thanks go to all partners of the project:",
            )
            before, after = text.split("{project}")
            link = display.to_record(view.shown, Project.KIND, project)
            words = [nodes.Text(before), link, nodes.Text(f"{after} "), *separated(links)]
            yield display.paragraph(*words)


def fulfilment_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The planned activities that the workshop fulfils."""
    listed = nodes.bullet_list(bullet="-")
    for index, key in enumerate(view.workshop.fulfils):
        at = ("fulfils", index)
        link = display.to_record(view.shown, Activity.KIND, key, view.workshop, *at)
        listed += nodes.list_item("", display.paragraph(link))
    return [listed] if len(listed) else []
