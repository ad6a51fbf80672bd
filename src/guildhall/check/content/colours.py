"""Colours that pages and settings choose: whether they can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborNode

from guildhall.check.content.rules import RULES
from guildhall.check.content.view import View, is_hidden, words
from guildhall.check.site.fault import SiteFault
from guildhall.core.findings.finding import Finding
from guildhall.core.values.contrast import (
    NEEDED,
    NEEDED_LARGE,
    Rgb,
    contrast,
    read_rgb,
    shown_ratio,
)
from guildhall.core.values.faults import ValueFault, quote
from guildhall.core.yaml_source import UnreadableError, read_yaml
from guildhall.model.settings.portal import SETTINGS_FILE, Settings

_STYLES = Path(__file__).parents[2] / "sphinx_ext"
_STYLE_SHEETS = ("styles/content.css", "theme/guildhall/styles/guildhall.css")
"""The colours of any theme, and those that Guildhall's own has otherwise or in addition."""
_TOKEN = re.compile(r"--gh-([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\)")
# What text in the accent colour stands on, links in notes and boxes too.
_BEHIND = ("bg", "surface", "accent-soft", "warn-soft", "danger-soft", "good-soft")
_PIXELS = {"px": 1.0, "pt": 96 / 72, "rem": 16.0}
_SIZE = re.compile(r"([0-9.]{1,8})(px|pt|rem)")
_LARGE, _LARGE_BOLD = 24.0, 18.66
_BOLD = frozenset({"bold", "bolder", "700", "800", "900"})


def inline_colours(view: View) -> Iterator[SiteFault]:
    """Text whose element states both colours in its ``style``, and too little between them."""
    for node, attributes in view.marked:
        style = attributes.get("style")
        if not style or "color" not in style.lower():
            continue
        stated = _declarations(style)
        text = stated.get("color")
        behind = stated.get("background-color") or stated.get("background")
        if text is None or behind is None or "opacity" in stated or "filter" in stated:
            continue
        pair = _pair(text, behind)
        if pair is None or not _has_own_text(node) or is_hidden(node):
            continue
        ratio, needed = contrast(*pair), _needed(node, stated)
        if ratio < needed:
            shown = words(node)
            message = (
                f"{quote(shown)} is {quote(text)} on {quote(behind)}, a contrast of "
                f"{shown_ratio(ratio)}; expected {needed}:1 or more"
            )
            yield view.fault("pages.contrast", message, style)


def _declarations(style: str) -> dict[str, str]:
    """The properties of a ``style``, the last of each."""
    found = {}
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        found[name.strip().lower()] = value.lower().replace("!important", "").strip()
    return found


def _pair(text: str, behind: str) -> tuple[Rgb, Rgb] | None:
    """Both colours, where they are known and something opaque is behind."""
    try:
        back = read_rgb(behind)
        return (read_rgb(text).over(back), back) if back.alpha == 1 else None
    except ValueFault:
        return None


def _has_own_text(node: LexborNode) -> bool:
    return any(each.is_text_node and each.text().strip() for each in node.iter(include_text=True))


def _needed(node: LexborNode, stated: dict[str, str]) -> float:
    """The contrast that is needed; where no size is stated, headings may well be large."""
    match = _SIZE.fullmatch(stated.get("font-size", ""))
    if match is None:
        unknown = "font-size" in stated or "font" in stated or node.tag in {"h1", "h2", "h3"}
        return NEEDED_LARGE if unknown else NEEDED
    try:
        size = float(match[1]) * _PIXELS[match[2]]
    except ValueError:
        return NEEDED_LARGE
    is_bold = stated.get("font-weight") in _BOLD or node.tag in {"b", "strong"}
    return NEEDED_LARGE if size >= (_LARGE_BOLD if is_bold else _LARGE) else NEEDED


@cache
def theme_colours() -> dict[str, tuple[str, str]]:
    """The theme's colours on light and on dark pages, by their names in style sheets."""
    texts = ((_STYLES / name).read_text(encoding="utf-8") for name in _STYLE_SHEETS)
    found = (each for text in texts for each in _TOKEN.findall(text))
    return {name: (light, dark) for name, light, dark in found}


def accent_findings(root: Path, settings: Settings) -> Iterator[Finding]:
    """Accent colours of the settings that can't be read on the theme's backgrounds.

    Args:
        root: the portal's folder.
        settings: the portal's settings, which lie in its ``conf/portal.yml``.
    """
    theme = settings.theme
    if theme.accent is None:
        return
    dark_key = "accent" if theme.accent_dark is None else "accent_dark"
    chosen = (
        ("accent", theme.accent, 0, "light"),
        (dark_key, theme.accent_dark or theme.accent, 1, "dark"),
    )
    for key, colour, scheme, pages in chosen:
        worst = _worst(colour, scheme)
        if worst is None:
            continue
        ratio, behind = worst
        hint = ""
        if scheme and theme.accent_dark is None:
            hint = "; give `accent_dark` a lighter colour"
        message = (
            f"`theme.{key}`: {quote(colour)} has a contrast of {shown_ratio(ratio)} to "
            f"{quote(behind)} on {pages} pages, expected {NEEDED}:1 or more{hint}"
        )
        line, column = _place(root, key)
        rule = RULES["pages.accent-contrast"]
        yield Finding(SETTINGS_FILE.as_posix(), line, column, rule.id, message, rule.severity)


def _worst(colour: str, scheme: int) -> tuple[float, str] | None:
    """The least contrast, and the background that has it, where it is too little."""
    colours = theme_colours()
    ratios = []
    for name in _BEHIND:
        behind = colours[name][scheme]
        back = read_rgb(behind)
        try:
            ratios.append((contrast(read_rgb(colour).over(back), back), behind))
        except ValueFault:
            return None
    ratio, behind = min(ratios)
    return (ratio, behind) if ratio < NEEDED else None


def _place(root: Path, key: str) -> tuple[int, int]:
    try:
        _, source, _ = read_yaml(root / SETTINGS_FILE)
    except (UnreadableError, OSError):
        return (0, 0)
    mark = source.value(("theme", key))
    return (mark.line, mark.column)
