"""Which time zone the times of a workshop's page are in, said where they stand."""

from __future__ import annotations

from docutils import nodes

from guildhall.core.words import word
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import tag_for_dates, zone_names, zone_place
from guildhall.sphinx_ext.workshops.marks import time_scope, zone_words
from guildhall.sphinx_ext.workshops.view import WorkshopView


def zone_line(view: WorkshopView) -> nodes.paragraph:
    """Which zone all times are in, with room for the button of the script."""
    language, zone = view.language, view.programme.zone
    starts = [day.start for day in view.programme.days if day.start]
    text = word(language, "All times are local to {place} ({zone}).").format(
        place=zone_place(zone, language),
        zone="; ".join([zone.key, *zone_names(starts, language)]),
    )
    sentence = zone_words("", text, classes=["gh-zone-note"])
    line = display.paragraph(sentence, classes=["gh-zone-line"])
    if starts:
        line += nodes.inline(classes=["gh-zone-choice"])
    return line


def time_scope_of(view: WorkshopView) -> time_scope:
    """What tells the script that the times around it are those of a workshop; to be filled."""
    return time_scope(
        zone=view.workshop.timezone,
        language=tag_for_dates(view.language),
        script_words=_script_words(view),
    )


def _script_words(view: WorkshopView) -> dict[str, str]:
    """What the script says, in the language of the page."""
    language, zone = view.language, view.programme.zone
    place = zone_place(zone, language)
    return {
        "mine": word(language, "Show times in my time zone ({zone})"),
        "theirs": word(language, "Show times of {place}").format(place=place),
        "in_mine": word(language, "All times are in your time zone ({zone})."),
        "same": word(language, "This is the same as your local time."),
        "now": word(language, "Now"),
        "next": word(language, "Next"),
        "until": word(language, "until {time}"),
        "at": word(language, "at {time}"),
    }
