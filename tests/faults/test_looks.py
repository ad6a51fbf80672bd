"""Logo, icon, fonts and footer of the settings: what can't be shown is told, and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.settings.looks import Fonts, FooterLink, Theme
from guildhall.model.settings.portal import Settings, load_settings

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
FILES = {
    "conf/static/logo.svg": b"\xef\xbb\xbf<?xml version='1.0'?>\n" + SVG,
    "conf/static/img/night.png": b"\x89PNG\r\n\x1a\n",
    "conf/static/photo.png": b"\xff\xd8\xff\xe0",
    "conf/static/icon.ico": b"\0\0\1\0",
    "conf/static/text.woff2": b"wOF2",
    "conf/static/saved.woff2": b"<!DOCTYPE html>",
    "pages/access.md": b"# Access\n",
}


def load(root: Path, text: str) -> tuple[Settings, list[str]]:
    for name, content in {**FILES, "conf/portal.yml": text.encode()}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    settings, faults = load_settings(root)
    return settings, [str(each.relative_to(root)) for each in faults]


def test_files_that_are_what_their_names_say_are_taken(tmp_path: Path):
    settings, faults = load(
        tmp_path,
        "theme: {logo: logo.svg, logo_dark: img/night.png, favicon: icon.ico,"
        " fonts: {text: text.woff2, text_bold: text.woff2, code: text.woff2}}\n"
        "footer_links: [{title: Access, page: pages/access.md}]\n",
    )
    assert faults == []
    fonts = Fonts(text="text.woff2", text_bold="text.woff2", code="text.woff2")
    looks = {"logo": "logo.svg", "logo_dark": "img/night.png", "favicon": "icon.ico"}
    assert settings.theme == Theme(**looks, fonts=fonts)  # type: ignore[arg-type]
    (link,) = settings.footer_links
    assert link.docname == "pages/access"


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        (
            "theme: {logo: logos.svg}",
            (
                "1:15: `theme.logo`: found `logos.svg`, expected a file in `conf/static/`; did you "
                "mean `logo.svg`?"
            ),
        ),
        (
            "theme: {logo: logo.pdf}",
            (
                "1:15: `theme.logo`: found `logo.pdf`, expected a file in `.svg`, `.png`, `.jpg`, "
                "`.jpeg` or `.webp`"
            ),
        ),
        (
            "theme: {favicon: photo.png}",
            "1:18: `theme.favicon`: found `photo.png`, expected a file that holds what `.png` says",
        ),
        (
            "theme: {logo: ../../pages/a.svg}",
            (
                "1:15: `theme.logo`: found `../../pages/a.svg`, expected a file in `conf/static/`, "
                "named with letters, digits, `.`, `_` and `-`"
            ),
        ),
        (
            "theme: {logo_dark: logo.svg}",
            "1:20: `theme.logo_dark`: found `logo.svg`, expected `theme.logo` beside it",
        ),
        (
            "theme: {fonts: {code: saved.woff2}}",
            (
                "1:23: `theme.fonts.code`: found `saved.woff2`, expected a file that holds what "
                "`.woff2` says"
            ),
        ),
        (
            "theme: {fonts: {text_bold: text.woff2}}",
            (
                "1:28: `theme.fonts.text_bold`: found `text.woff2`, expected `theme.fonts.text` "
                "beside it"
            ),
        ),
        (
            "footer_links: [{title: A, page: pages/acces.md}]",
            (
                "1:33: `footer_links.page`: found `pages/acces.md`, expected a file of the portal; "
                "did you mean `pages/access.md`?"
            ),
        ),
    ],
)
def test_what_can_not_be_shown_is_told_once_and_left_out(settings: str, fault: str, tmp_path: Path):
    kept, faults = load(tmp_path, f"{settings}\n")
    assert faults == [f"conf/portal.yml:{fault} [record.settings]"]
    assert (kept.theme, kept.footer_links) == (Theme(), ())


@pytest.mark.parametrize("more", ["", ", page: pages/access.md, url: https://a.example/"])
def test_a_link_leads_to_one_place(more: str, tmp_path: Path):
    kept, (fault,) = load(tmp_path, f"footer_links: [{{title: Access{more}}}]\n")
    assert "`Access` needs either `page` or `url`" in fault
    assert kept.footer_links == ()
    assert FooterLink(title="Access", page="pages/access.md").docname == "pages/access"
