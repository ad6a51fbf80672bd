"""The variables of HTML templates, which are values and HTML only."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup


class Named(dict[str, object]):
    """Values by name, of which one that isn't there is empty.

    Args:
        values: the values.
        empty: what a name without a value has.
    """

    def __init__(self, values: Mapping[str, object], empty: Markup | tuple[str, ...]) -> None:
        super().__init__(values)
        self.empty = empty

    def __missing__(self, name: str) -> object:
        return self.empty


_LINK: Mapping[str, object] = {"link": Markup("<a>"), "title": "title", "url": "index.html"}
_HTML = Markup("<b>")
_FIELDS = Named({"name": _HTML}, _HTML)
_FACETS = Named({"name": ("value",)}, ("value",))
VALUES: Mapping[str, Mapping[str, object]] = {
    "guildhall/card.html.j2": {**_LINK, "kind": "partner", "fields": _FIELDS},
    "guildhall/classroom.html.j2": {"name": _HTML, "facts": _HTML, "text": _HTML},
    "guildhall/contributor.html.j2": {**_LINK, "facts": [_HTML], "number": 3},
    "guildhall/entry.html.j2": {**_LINK, "kind": "partner", "fields": _FIELDS},
    "guildhall/lesson-card.html.j2": {
        **_LINK,
        "summary": _HTML,
        "facts": [_HTML],
        "status": _HTML,
        "elsewhere": _HTML,
        "facets": _FACETS,
    },
    "guildhall/path-entry.html.j2": {
        **_LINK,
        "summary": _HTML,
        "facts": [_HTML],
        "audience": "learners",
    },
    "guildhall/schedule-day.html.j2": {
        "id": "id1",
        "label": "label",
        "title": _HTML,
        "caption": _HTML,
        "columns": [_HTML],
        "rows": [{"time": _HTML, "cells": [{"html": _HTML, "colspan": 2, "rowspan": 2}]}],
    },
    "guildhall/session.html.j2": {
        "name": _HTML,
        "labels": _FIELDS,
        "facts": [_HTML],
        "lessons": [_HTML],
        "text": _HTML,
        "links": [_HTML],
        "type": "teaching",
        "cancelled": True,
    },
    "guildhall/workshop-card.html.j2": {
        **_LINK,
        "when": _HTML,
        "summary": _HTML,
        "facts": [_HTML],
        "phase": "upcoming",
        "year": 2025,
        "facets": _FACETS,
    },
}
VALUES = {**VALUES, "guildhall/workshop-row.html.j2": VALUES["guildhall/workshop-card.html.j2"]}
"""The templates, each with its variables and a sample of each, by which a portal's own is tried."""
