"""Who makes a workshop: people by role, the partners that support it, and others."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from guildhall.records.kinds.activity import Activity
from guildhall.records.kinds.partner import Partner
from guildhall.sphinx_ext import display
from guildhall.sphinx_ext.workshops.view import WorkshopView
from guildhall.values.names import country_name
from guildhall.words import word


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
    if workshop.partners:
        text = word(language, "This workshop is made possible by the work of these partners:")
        built.append(display.paragraph(nodes.Text(text)))
        listed = nodes.bullet_list(bullet="-", classes=["gh-partners"])
        for index, key in enumerate(workshop.partners):
            listed += nodes.list_item("", display.paragraph(*_partner(view, key, index)))
        built.append(listed)
    if workshop.supporters:
        text = word(language, "It is also supported by:")
        if not workshop.partners:
            text = word(language, "This workshop is supported by:")
        built.append(display.paragraph(nodes.Text(text)))
        words = word(language, "Supporter")
        built += view.link_list(workshop.supporters, words, "supporters")
    return built


def _partner(view: WorkshopView, key: str, index: int) -> list[nodes.Node]:
    partner = view.shown.get(Partner, key, ("label", "country"))
    at = ("partners", index)
    link = display.to_record(view.shown, Partner.KIND, key, view.workshop, *at)
    if partner is None:
        return [link]
    return [link, nodes.Text(f", {country_name(partner.country, view.language)}")]


def fulfilment_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The planned activities that the workshop fulfils."""
    listed = nodes.bullet_list(bullet="-")
    for index, key in enumerate(view.workshop.fulfils):
        at = ("fulfils", index)
        link = display.to_record(view.shown, Activity.KIND, key, view.workshop, *at)
        listed += nodes.list_item("", display.paragraph(link))
    return [listed] if len(listed) else []
