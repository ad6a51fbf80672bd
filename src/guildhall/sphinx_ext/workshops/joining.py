"""How to join a workshop: signing up, the stream, the chat, the notes."""

from __future__ import annotations

from datetime import date, datetime

from docutils import nodes

from guildhall.core.values.format import format_date, format_number, format_range
from guildhall.core.words import word
from guildhall.core.yaml_source import Place
from guildhall.model.records.kinds.workshop import Registration
from guildhall.network.workshops.timeline import Opening, Span, registration_span
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dated import dated_part, dated_words
from guildhall.sphinx_ext.workshops.marks import time_node
from guildhall.sphinx_ext.workshops.view import Pairs, WorkshopView


def sign_up_nodes(view: WorkshopView) -> list[nodes.Node]:
    """The button that leads to the registration, shown while people can sign up."""
    workshop, language = view.workshop, view.language
    registration = workshop.registration
    if registration is None or registration.url is None or not view.standing.is_held:
        return []
    if view.standing.phase == "past":
        return []
    label = word(language, "Register")
    if workshop.status == "full":
        if not registration.waiting_list:
            return []
        label = word(language, "Join the waiting list")
    link = nodes.reference(
        "", label, refuri=registration.url, internal=False, classes=["gh-button"]
    )
    display.located(link, workshop, ("registration", "url"))
    span = registration_span(workshop, registration)
    return [dated_part(span, link, nodes.Text(" "), holds=view.standing.can_register)]


def joining_nodes(view: WorkshopView) -> list[nodes.Node]:
    """All there is to know before joining; nothing once the workshop is over."""
    if view.standing.phase == "past" or not view.standing.is_held:
        return []
    workshop, language = view.workshop, view.language
    pairs: Pairs = []
    if workshop.registration:
        opening = view.standing.registration
        pairs += registration_pairs(view, workshop.registration, opening, "registration")
    if workshop.stream:
        link = view.link(workshop.stream, word(language, "Watch the stream"), "stream")
        pairs.append((word(language, "Stream"), link))
    if workshop.chat:
        link = view.link(workshop.chat, word(language, "Join the chat"), "chat")
        pairs.append((word(language, "Chat"), link))
    if workshop.notes:
        notes = word(language, "Collaborative notes")
        pairs.append((notes, view.link_list(workshop.notes, notes, "notes")))
    built: list[nodes.Node] = [display.facts(pairs)] if pairs else []
    return built + _text(view)


def registration_pairs(
    view: WorkshopView, registration: Registration, opening: Opening | None, *at: str | int
) -> Pairs:
    """From when until when people can sign up, what it costs, and for how many there is room.

    Args:
        view: the workshop.
        registration: its registration, or that of one of its classrooms.
        opening: whether that is open on the day of the build.
        at: where it stands in the record.
    """
    language = view.language
    pairs: Pairs = []
    if registration.url or registration.opens or registration.closes:
        pairs.append((word(language, "Registration"), _times(view, registration, opening, at)))
    if registration.price is not None:
        pairs.append((word(language, "Price"), [nodes.Text(price(registration, language))]))
    if registration.seats is not None:
        text = format_number(registration.seats, language)
        if registration.waiting_list:
            text = word(language, "{number}, then a waiting list").format(number=text)
        pairs.append((word(language, "Seats"), [nodes.Text(text)]))
    return pairs


def price(registration: Registration, language: str) -> str:
    """What it costs, or that it costs nothing."""
    if registration.price is None or registration.price.high == 0:
        return word(language, "Free of charge")
    amount = format_range(registration.price, language)
    return f"{amount}\N{NO-BREAK SPACE}{registration.currency}"


def _times(
    view: WorkshopView, registration: Registration, opening: Opening | None, at: Place
) -> list[nodes.Node]:
    """What holds of registration as time goes by: that it opens, is open, or is closed."""
    language = view.language
    span = registration_span(view.workshop, registration)
    line: list[nodes.Node] = []
    if registration.opens:
        words = _moment(word(language, "opens on {date}"), registration.opens, span.start, language)
        line.append(dated_part(Span(None, span.start), *words, holds=opening == "early"))
    sign_up: nodes.Node = nodes.Text(word(language, "open"))
    if registration.url:
        link = nodes.reference(
            "", word(language, "Register"), refuri=registration.url, internal=False
        )
        sign_up = display.located(link, view.workshop, (*at, "url"))
    line.append(dated_part(span, sign_up, holds=opening == "open"))
    if registration.closes:
        text = (
            word(language, "closes on {date}")
            if isinstance(registration.closes, datetime)
            else word(language, "closes after {date}")
        )
        words = _moment(f", {text}", registration.closes, span.end, language)
        line.append(dated_part(Span(None, span.end), *words, holds=opening != "closed"))
    closed = word(language, "closed")
    line.append(dated_words(Span(span.end), closed, holds=opening == "closed"))
    return line


def _moment(
    text: str, stated: date | datetime, exact: datetime | None, language: str
) -> list[nodes.Node]:
    """Words about a date, with the time of day where the record states one."""
    day = stated.date() if isinstance(stated, datetime) else stated
    built: list[nodes.Node] = [nodes.Text(text.format(date=format_date(day, language)))]
    if isinstance(stated, datetime) and exact:
        built += [nodes.Text(", "), time_node(exact)]
    return built


def _text(view: WorkshopView) -> list[nodes.Node]:
    registration = view.workshop.registration
    return view.prose("registration", "text") if registration else []
