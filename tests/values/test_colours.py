"""Colours are those of CSS, and nothing that would end a style or begin another."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.core.values.colours import EXPECTED, NAMES, parse_colour
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
    ("text", "suggestion"), [("0b6e4f", "#0b6e4f"), ("fff", "#fff"), ("trquoise", "turquoise")]
)
def test_the_nearest_colour_is_named(text: str, suggestion: str):
    with pytest.raises(ValueFault) as caught:
        parse_colour(text)
    assert caught.value.suggestion == suggestion


def test_all_names_of_css_are_known():
    assert len(NAMES) == 148
    assert all(parse_colour(name) == name for name in NAMES)


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
