"""Contrast is what WCAG computes, and colours are what browsers make of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.content.colours import accent_findings, theme_colours
from guildhall.core.values.colours import NAMES
from guildhall.core.values.contrast import Rgb, contrast, read_rgb, shown_ratio
from guildhall.model.settings.portal import Settings, load_settings

from ..browser.conftest import chromium as chromium

PARTS = st.integers(0, 255).map(lambda part: part / 255)
COLOURS = st.builds(Rgb, PARTS, PARTS, PARTS)
BLACK, WHITE = Rgb(0, 0, 0), Rgb(1, 1, 1)

WRITTEN = (
    *("#0b6e4f", "#ABC", "#12345678", "#1238", "rgb(11 110 79)", "rgb(10% 20% 30% / 50%)"),
    *("rgba(1, 2, 3, 0.5)", "rgb(300 -20 0)", "hsl(160 82% 24%)", "hsl(0.5turn, 50%, 40%)"),
    *(
        "hsl(400 30 40)",
        "hsla(3rad 100% 50% / .25)",
        "oklch(50% 0.12 165)",
        "oklch(0.7 25% 200grad)",
    ),
    *("oklch(100% 0 0)", "oklch(60% 0.05 -30deg)"),
)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one: Rgb, other: Rgb):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(one, one) == 1


@given(COLOURS, COLOURS)
def test_what_covers_nothing_shows_what_is_behind(one: Rgb, other: Rgb):
    clear = Rgb(one.red, one.green, one.blue, 0.0)
    assert clear.over(other) == other
    assert one.over(other) == one


@given(st.floats(1, 21))
def test_a_ratio_never_looks_better_than_it_is(ratio: float):
    assert float(shown_ratio(ratio).removesuffix(":1")) <= ratio


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#777", "#fff", "4.47:1"),
        ("#767676", "white", "4.54:1"),
        ("red", "white", "3.99:1"),
        ("blue", "white", "8.59:1"),
        ("#0000ff", "#ffff00", "8.00:1"),
        ("black", "white", "21.00:1"),
    ],
)
def test_known_contrasts(one: str, other: str, ratio: str):
    assert shown_ratio(contrast(read_rgb(one), read_rgb(other)) + 1e-9) == ratio


@pytest.mark.browser
def test_colours_are_read_as_a_browser_reads_them(chromium: Any):
    written = (*sorted(NAMES), *WRITTEN)
    page = chromium.new_page()
    painted = page.evaluate(
        """colours => {
          const canvas = document.createElement("canvas");
          const context = canvas.getContext("2d");
          return colours.map((colour) => {
            context.clearRect(0, 0, 1, 1);
            context.fillStyle = colour;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data];
          });
        }""",
        written,
    )
    page.close()
    for text, (*parts, alpha) in zip(written, painted, strict=True):
        colour = read_rgb(text)
        mine = [round(part * 255) for part in (colour.red, colour.green, colour.blue)]
        # A canvas keeps colours multiplied by their opacity, and rounds on the way.
        slack = 1 if alpha == 255 else 3
        assert colour.alpha * 255 == pytest.approx(alpha, abs=1), text
        assert mine == pytest.approx(parts, abs=slack), text


@pytest.mark.parametrize("scheme", [0, 1])
def test_the_themes_own_text_can_be_read(scheme: int):
    colours = {name: read_rgb(pair[scheme]) for name, pair in theme_colours().items()}
    behind = ("bg", "surface", "accent-soft", "warn-soft", "danger-soft", "good-soft")
    for text in ("text", "muted", "accent"):
        for back in behind:
            assert contrast(colours[text], colours[back]) >= 4.5, (text, back)


def _portal(root: Path, theme: str) -> Settings:
    (root / "conf").mkdir()
    text = f"title: T\ntheme:\n{theme}"
    (root / "conf" / "portal.yml").write_text(text, encoding="utf-8")
    settings, faults = load_settings(root)
    assert faults == []
    return settings


def test_an_accent_that_can_not_be_read_is_told_at_its_place(tmp_path: Path):
    settings = _portal(tmp_path, '  accent: "#59a"\n  accent_dark: "#7cc6ef"\n')
    (finding,) = accent_findings(tmp_path, settings)
    assert finding.location == "conf/portal.yml:3:11"
    assert finding.rule == "pages.accent-contrast"
    assert re.fullmatch(
        r"`theme\.accent`: `#59a` has a contrast of 2\.\d\d:1 to `#[0-9a-f]{6}` on light pages, "
        r"expected 4\.5:1 or more",
        finding.message,
    )


def test_an_accent_for_light_pages_only(tmp_path: Path):
    settings = _portal(tmp_path, "  accent: teal\n")
    findings = list(accent_findings(tmp_path, settings))
    assert [
        ("on light pages" in f.message, "give `accent_dark`" in f.message) for f in findings
    ] == [
        (True, False),
        (False, True),
    ]


def test_good_accents_and_none(tmp_path: Path):
    assert list(accent_findings(tmp_path, Settings())) == []
    settings = _portal(tmp_path, '  accent: "oklch(40% 0.12 165)"\n  accent_dark: "#7cc6ef"\n')
    assert list(accent_findings(tmp_path, settings)) == []
