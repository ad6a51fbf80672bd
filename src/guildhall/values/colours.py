"""Colours as CSS writes them, after CSS Color Module Level 4; nothing else may reach a style."""

from __future__ import annotations

import re

from guildhall.values.faults import ValueFault, nearest

EXPECTED = "a colour as CSS writes it, such as `#0b6e4f`, `rgb(11 110 79)` or `teal`"

_LONGEST = 80
_HEX = re.compile(r"(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_NUMBER = r"[+-]?(?:[0-9]{1,6}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})"
_PART = rf"{_NUMBER}%?"
_HUE = rf"{_NUMBER}(?:deg|grad|rad|turn)?"
_ALPHA = rf"(?: */ *{_PART})?"
_FUNCTIONS = re.compile(
    rf"rgba?\( *{_PART} +{_PART} +{_PART}{_ALPHA} *\)"
    rf"|hsla?\( *{_HUE} +{_PART} +{_PART}{_ALPHA} *\)"
    rf"|oklch\( *{_PART} +{_PART} +{_HUE}{_ALPHA} *\)"
    # The older form with commas, which oklch() doesn't have.
    rf"|rgba?\( *{_PART} *, *{_PART} *, *{_PART} *(?:, *{_PART} *)?\)"
    rf"|hsla?\( *{_HUE} *, *{_NUMBER}% *, *{_NUMBER}% *(?:, *{_PART} *)?\)",
    re.IGNORECASE,
)

_NAMED = """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet
    brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan
    darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta
    darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
    darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey
    dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray
    green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush
    lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray
    lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray
    lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon
    mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin
    navajowhite navy oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen
    paleturquoise palevioletred papayawhip peachpuff peru pink plum powderblue purple
    rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna
    silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle
    tomato turquoise violet wheat white whitesmoke yellow yellowgreen
"""
NAMES = frozenset(_NAMED.split())
"""The named colours (CSS Color Module Level 4, 6.1)."""


def parse_colour(text: str) -> str:
    """Read a colour: hexadecimal, ``rgb()``, ``hsl()`` or ``oklch()`` with numbers, or a name.

    Raises:
        ValueFault: for anything else, with the nearest name, or the ``#`` that is missing.
    """
    colour = text.strip()
    if len(colour) <= _LONGEST:
        if colour.startswith("#") and _HEX.fullmatch(colour[1:]):
            return colour
        if colour.lower() in NAMES or _FUNCTIONS.fullmatch(colour):
            return colour
    near = nearest(colour, NAMES) if colour.isalpha() else None
    raise ValueFault(text, EXPECTED, f"#{colour}" if _HEX.fullmatch(colour) else near)
