"""Colours are those of CSS, and nothing that would end a style or begin another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.values.colours import EXPECTED, NAMES, parse_colour
from guildhall.core.values.contrast import contrast, read_rgb, shown_ratio
from guildhall.core.values.faults import ValueFault
from guildhall.model.settings.portal import load_settings


@pytest.mark.parametrize(
    "colour",
    [
        "#0b6",
        "#0b6f",
        "#0B6E4F",
        "#0b6e4fcc",
        "teal",
        "RebeccaPurple",
        "rgb(11 110 79)",
        "rgb( 11 110 79 / 50% )",
        "rgb(11, 110, 79)",
        "rgba(11, 110, 79, 0.5)",
        "rgb(10% 20% 30%)",
        "hsl(120deg 50% 40%)",
        "hsl(.5turn 50 40 / .5)",
        "hsla(120, 50%, 40%, 1)",
        "oklch(60% 0.15 250)",
        "oklch(0.6 0.15 250deg / 0.5)",
        "OKLCH(0.6 0.15 -20)",
    ],
)
def test_a_colour_of_css_is_taken_as_it_stands(colour: str):
    assert parse_colour(f" {colour} ") == colour


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "#12345",
        "#1234567",
        "#ggg",
        "##fff",
        "rgb(1 2)",
        "rgb(1, 2 3)",
        "rgb(1 2 3 4)",
        "rgb(1 2 3 / )",
        "rgb (1 2 3)",
        "rgb(1\n2 3)",
        "rgb(calc(1) 2 3)",
        "rgb(var(--x) 2 3)",
        "rgb(1e9 2 3)",
        "rgb(1234567 2 3)",
        "hsl(120, 50, 40)",
        "oklch(60%, 0.15, 250)",
        "color(srgb 1 0 0)",
        "var(--x)",
        "url(https://example.org/x)",
        "red; } body { display: none",
        "red, blue); } * { color: red",
        "</style><script>alert(1)</script>",
        "red /* x */",
        "r\\65 d",
        "currentcolor",
        "transparent",
        "inherit",
        "ＴＥＡＬ",
        "#" + "0" * 100,
        "rgb(" + " " * 100 + "1 2 3)",
    ],
)
def test_anything_else_is_refused(text: str):
    with pytest.raises(ValueFault) as caught:
        parse_colour(text)
    assert caught.value.expected == EXPECTED


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("0b6e4f", "#0b6e4f"), ("fff", "#fff"), ("trquoise", "turquoise"), ("teal1", None)],
)
def test_the_nearest_colour_is_named(text: str, suggestion: str | None):
    with pytest.raises(ValueFault) as caught:
        parse_colour(text)
    assert caught.value.suggestion == suggestion


def test_all_names_of_css_are_known():
    assert len(NAMES) == 148
    assert all(parse_colour(name) == name for name in NAMES)


@pytest.mark.parametrize(
    ("text", "parts", "alpha"),
    [
        ("#ABC", (0xAA, 0xBB, 0xCC), 1),
        ("#1238", (0x11, 0x22, 0x33), 0x88 / 255),
        ("#0b6e4f", (0x0B, 0x6E, 0x4F), 1),
        ("#0B6E4F80", (0x0B, 0x6E, 0x4F), 0x80 / 255),
        ("RebeccaPurple", (0x66, 0x33, 0x99), 1),
        ("rgb(11 110 79)", (11, 110, 79), 1),
        ("RGB(10%,20%,30%,.5)", (25.5, 51, 76.5), 0.5),
        ("rgb(300 -20 0 / 150%)", (255, 0, 0), 1),
        ("rgba(1, 2, 3, -1)", (1, 2, 3), 0),
        ("hsl(120deg 100% 25%)", (0, 127.5, 0), 1),
        ("hsl(.5turn 50 40 / 25%)", (51, 153, 153), 0.25),
        ("hsl(200grad, 50%, 40%)", (51, 153, 153), 1),
        ("hsl(3.141593rad 50% 40%)", (51, 153, 153), 1),
        ("hsla(-120, 100%, 50%, 1)", (0, 0, 255), 1),
        ("hsl(30 100% 50%)", (255, 127.5, 0), 1),
        ("hsl(200 50% 40%)", (51, 119, 153), 1),
        ("hsl(420 100% 75%)", (255, 255, 127.5), 1),
        ("hsl(0 200% 150%)", (255, 255, 255), 1),
        # As CSS Color Module Level 4 has them for the primaries of sRGB.
        ("oklch(62.7955% 0.257683 29.2339)", (255, 0, 0), 1),
        ("oklch(0.866440 73.707% 142.495deg)", (0, 255, 0), 1),
        ("oklch(45.2014% 0.313214 -95.948 / 50%)", (0, 0, 255), 0.5),
        ("oklch(59.9871% 0 0)", (128, 128, 128), 1),
        ("oklch(59.9871% -0.2 0)", (128, 128, 128), 1),
        ("oklch(14% 0 0)", (9.04, 9.04, 9.04), 1),
        ("oklch(200% 0 0)", (255, 255, 255), 1),
    ],
)
def test_a_colour_has_these_parts(text: str, parts: tuple[float, ...], alpha: float):
    colour = read_rgb(text)
    found = [part * 255 for part in (colour.red, colour.green, colour.blue)]
    assert found == pytest.approx(parts, abs=0.05)
    assert colour.alpha == pytest.approx(alpha)


def test_a_share_of_chroma_is_one_of_0_4():
    share, number = (read_rgb(f"oklch(50% {chroma} 165)") for chroma in ("20%", "0.08"))
    assert (share.red, share.green, share.blue) == pytest.approx(
        (number.red, number.green, number.blue)
    )


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_in_hexadecimal_is_its_three_numbers(number: int):
    red, green, blue = number.to_bytes(3)
    assert read_rgb(f"#{number:06x}") == read_rgb(f"rgb({red} {green} {blue})")


@pytest.mark.parametrize(
    ("text", "luminance"),
    [
        ("white", 1),
        ("black", 0),
        ("red", 0.2126),
        ("lime", 0.7152),
        ("blue", 0.0722),
        # Below and above the part from which the curve is no line.
        ("#0a0a0a", 10 / 255 / 12.92),
        ("#0b0b0b", ((11 / 255 + 0.055) / 1.055) ** 2.4),
        ("#808080", 0.2158605),
    ],
)
def test_how_light_a_colour_is_follows_wcag(text: str, luminance: float):
    assert read_rgb(text).luminance == pytest.approx(luminance, rel=1e-4)
    assert contrast(read_rgb(text), read_rgb("black")) == pytest.approx((luminance + 0.05) / 0.05)


def test_what_covers_half_is_mixed_with_what_is_behind():
    mixed = read_rgb("rgb(200 100 0 / 25%)").over(read_rgb("rgb(0 100 200)"))
    assert [part * 255 for part in (mixed.red, mixed.green, mixed.blue)] == pytest.approx(
        [50, 100, 150]
    )
    assert mixed.alpha == 1


@pytest.mark.parametrize(
    ("ratio", "shown"), [(21, "21.00:1"), (4.4999, "4.49:1"), (4.5, "4.50:1"), (1, "1.00:1")]
)
def test_a_ratio_is_rounded_down(ratio: float, shown: str):
    assert shown_ratio(ratio) == shown


def test_the_settings_take_colours_only(tmp_path: Path):
    path = tmp_path / "conf/portal.yml"
    path.parent.mkdir()
    path.write_text("theme:\n  accent: teal\n  accent_dark: red; } body {\n", encoding="utf-8")
    settings, (fault,) = load_settings(tmp_path)
    assert (settings.theme.accent, settings.theme.accent_dark) == ("teal", None)
    assert str(fault.relative_to(tmp_path)) == (
        "conf/portal.yml:3:16: `theme.accent_dark`: found `red; } body {`, expected a colour as "
        "CSS writes it, such as `#0b6e4f`, `rgb(11 110 79)` or `teal` [record.value]"
    )
