"""Which time zone the times of a workshop's page are in, said where they stand."""

from __future__ import annotations

from docutils import nodes

from guildhall.core.words import word
from guildhall.sphinx_ext.rendering import display
from guildhall.sphinx_ext.rendering.dates import zone_names, zone_place
from guildhall.sphinx_ext.workshops.marks import zone_words
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
