"""Local classrooms: where people follow a workshop together."""

from __future__ import annotations

from docutils import nodes

from guildhall.core.values.names import language_name
from guildhall.core.words import word
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.workshop import Classroom
from guildhall.sphinx_ext.pages.templated import block_part, inline_part, templated
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.workshops.joining import registration_pairs
from guildhall.sphinx_ext.workshops.places import place_nodes
from guildhall.sphinx_ext.workshops.view import Pairs, WorkshopView

TEMPLATE = "guildhall/classroom.html.j2"


def classrooms_nodes(view: WorkshopView) -> list[nodes.Node]:
    """A card for each classroom."""
    if not view.workshop.classrooms:
        return []
    cards = nodes.container(classes=["gh-cards", "gh-classrooms"])
    for index, room in enumerate(view.workshop.classrooms):
        cards += nodes.container("", _card(view, index, room), classes=["gh-card"])
    return [cards]


def _card(view: WorkshopView, index: int, room: Classroom) -> templated:
    language = view.language
    at = ("classrooms", index)
    card = templated(template=TEMPLATE, values={})
    card += display.paragraph(inline_part("name", nodes.Text(room.name)))
    pairs: Pairs = [(word(language, "Where"), place_nodes(view, room.place, *at, "place"))]
    host: list[nodes.Node] = [nodes.Text(room.host)] if room.host else []
    if room.partner:
        host = [
            display.to_record(view.shown, Partner.KIND, room.partner, view.workshop, *at, "partner")
        ]
    if host:
        pairs.append((word(language, "Hosted by"), host))
    if room.language:
        name = language_name(room.language, language)
        pairs.append((word(language, "Language"), [nodes.Text(name)]))
    pairs += view.people(room.people, *at, "people")
    if room.registration:
        opening = view.standing.classrooms[index]
        pairs += registration_pairs(view, room.registration, opening, *at, "registration")
    text = view.prose(*at, "text")
    if room.registration:
        text += view.prose(*at, "registration", "text")
    card += [
        block_part("", display.facts(pairs), part="facts"),
        block_part("", *text, part="text"),
    ]
    return card
