"""Colours as numbers, and how far two of them stand apart."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from guildhall.core.values.colours import NAMED, parse_colour

NEEDED = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
NEEDED_LARGE = 3.0
"""The least contrast of large text: from 24 px, or from 18.66 px where it is bold."""

_PARTS = re.compile(r"[\s,/()]+")
_TURNS = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_HUE = re.compile(r"([+-]?[0-9.]+)(deg|grad|rad|turn)?")


@dataclass(frozen=True, slots=True)
class Rgb:
    """A colour in sRGB.

    Args:
        red: from 0 to 1, as are the others.
        green: the same.
        blue: the same.
        alpha: how much it covers what is behind it, from 0 to 1.
    """

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, behind: Rgb) -> Rgb:
        """The colour that is seen where this one lies over an opaque one."""
        mixed = (
            mine * self.alpha + other * (1 - self.alpha)
            for mine, other in zip(self._parts, behind._parts, strict=True)
        )
        return Rgb(*mixed)

    @property
    def luminance(self) -> float:
        """How light it is, from 0 for black to 1 for white (WCAG 2.2, "relative luminance")."""
        red, green, blue = map(_linear, self._parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def _parts(self) -> tuple[float, float, float]:
        return (self.red, self.green, self.blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two opaque colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def shown_ratio(ratio: float) -> str:
    """A contrast with two digits, rounded down so that it never looks better than it is."""
    return f"{math.floor(ratio * 100) / 100:.2f}:1"


def read_rgb(text: str) -> Rgb:
    """A colour that :func:`~guildhall.core.values.colours.parse_colour` reads, as numbers.

    Colours beyond sRGB are cut to it, as browsers do. Source: CSS Color Module Level 4.

    Raises:
        ValueFault: for anything else.
    """
    colour = parse_colour(text).lower()
    colour = NAMED.get(colour, colour)
    if colour.startswith("#"):
        return _from_hexadecimal(colour[1:])
    name, *parts = (part for part in _PARTS.split(colour) if part)
    alpha = _within(_part(parts[3], 1.0)) if len(parts) == 4 else 1.0
    if name.startswith("rgb"):
        red, green, blue = (_within(_part(part, 255.0) / 255) for part in parts[:3])
    elif name.startswith("hsl"):
        share = (part.rstrip("%") + "%" for part in parts[1:3])
        red, green, blue = _from_hsl(_degrees(parts[0]), *(_within(_part(p, 1.0)) for p in share))
    else:
        red, green, blue = _from_oklch(
            _within(_part(parts[0], 1.0)), max(_part(parts[1], 0.4), 0.0), _degrees(parts[2])
        )
    return Rgb(red, green, blue, alpha)


def _from_hexadecimal(digits: str) -> Rgb:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    return Rgb(*parts)


def _part(text: str, whole: float) -> float:
    """A number, or a share of ``whole``."""
    return float(text[:-1]) / 100 * whole if text.endswith("%") else float(text)


def _within(part: float) -> float:
    return min(max(part, 0.0), 1.0)


def _degrees(text: str) -> float:
    match = _HUE.fullmatch(text)
    assert match is not None  # noqa: S101  (colours were read before)
    return float(match[1]) * _TURNS[match[2] or "deg"]


def _from_hsl(hue: float, saturation: float, lightness: float) -> tuple[float, float, float]:
    """CSS Color Module Level 4, 7.1."""
    reach = saturation * min(lightness, 1 - lightness)

    def part(offset: int) -> float:
        at = (offset + hue / 30) % 12
        return lightness - reach * max(-1.0, min(at - 3, 9 - at, 1.0))

    return part(0), part(8), part(4)


def _from_oklch(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """CSS Color Module Level 4, 9.2 and its sample code, with Ottosson's matrices."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _encoded(part: float) -> float:
    part = _within(part)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
