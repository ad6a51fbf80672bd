"""How large a picture is, told from the first bytes of its file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import imagesize

_DRAWING = ".svg"
_ROOT = "{http://www.w3.org/2000/svg}svg"
_BEGINNING = 65_536
"""Bytes of a drawing within which its first tag ends."""
_LENGTH = re.compile(r"\s*\+?(\d+(?:\.\d*)?|\.\d+)(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
_SMALLEST, _LARGEST = 0.001, 1_000_000
"""Pixels: what states less or more than any picture has tells no size."""
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "mm": 96 / 25.4, "cm": 96 / 2.54}


class PictureSize(NamedTuple):
    """Width and height in pixels of CSS, both above 0.

    ``is_fixed`` is false for a drawing that is as large as there is room: only its shape is told.
    """

    width: float
    height: float
    is_fixed: bool = True


def picture_size(path: Path) -> PictureSize | None:
    """The size that browsers show a picture in; None where it can't be told.

    Args:
        path: a file, which may be missing or anything else than a picture.
    """
    size = _drawing_size(path) if path.suffix.lower() == _DRAWING else _raster_size(path)
    if size is None or not all(_SMALLEST < each < _LARGEST for each in (size.width, size.height)):
        return None
    return size


def _raster_size(path: Path) -> PictureSize | None:
    try:
        # Photographs on their side are turned, as browsers turn them.
        return PictureSize(*imagesize.get(str(path)))
    except Exception:  # It reads headers that may be anything, and fails in as many ways.
        return None


def _drawing_size(path: Path) -> PictureSize | None:
    stated = _first_tag(path)
    width, height = _length(stated.get("width")), _length(stated.get("height"))
    box = _box(stated.get("viewBox", ""))
    if width and height:
        return PictureSize(width, height)
    if box is None:
        return None
    if width:
        return PictureSize(width, width * box[1] / box[0])
    if height:
        return PictureSize(height * box[0] / box[1], height)
    return PictureSize(*box, is_fixed=False)


def _first_tag(path: Path) -> dict[str, str]:
    """The attributes of the tag that a drawing begins with; none where it is no drawing."""
    # The types don't tell what comes with which event.
    parser: Any = ElementTree.XMLPullParser(("start",))
    try:
        with path.open("rb") as file:
            # Expat fetches nothing, and ends with an error where entities grow.
            parser.feed(file.read(_BEGINNING))
        for _, root in parser.read_events():
            return dict(root.attrib) if root.tag == _ROOT else {}
    except (OSError, ElementTree.ParseError, ValueError, LookupError):
        pass
    return {}


def _length(text: str | None) -> float | None:
    match = _LENGTH.fullmatch(text or "")
    return float(match[1]) * _PIXELS[match[2].lower()] or None if match else None


def _box(text: str) -> tuple[float, float] | None:
    try:
        _, _, width, height = map(float, text.replace(",", " ").split())
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None
