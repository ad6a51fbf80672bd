"""How a portal looks: logo, icon, colours, fonts and footer, and the files that they lie in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import WithJsonSchema, model_validator

from guildhall.core.values.colours import parse_colour
from guildhall.core.values.faults import describe, nearest, quote
from guildhall.model.base.fields import Line, Url, reader, refusal
from guildhall.model.base.model import Model

STATIC = "static"
"""The folder beside ``portal.yml`` that the files lie in."""

Colour = Annotated[str, reader(parse_colour), WithJsonSchema({"type": "string"})]
"""A colour as CSS writes it: `#0b6e4f`, `rgb(11 110 79)`, `oklch(50% 0.12 165)` or `teal`."""


class Fonts(Model):
    """Fonts that the portal brings along, as WOFF2 files in `conf/static/`.

    A variable font is named twice, for text and for bold text."""

    text: Line | None = None
    """The font of text and headings."""
    text_bold: Line | None = None
    """The same in bold; without it, browsers make letters bold themselves."""
    text_italic: Line | None = None
    """The same in italics; without it, browsers slant letters themselves."""
    code: Line | None = None
    """The font of code."""


class Theme(Model):
    """The appearance of the portal."""

    accent: Colour | None = None
    """The accent colour on light pages."""
    accent_dark: Colour | None = None
    """The accent colour on dark pages."""
    logo: Line | None = None
    """An image in `conf/static/`, shown before the title, and above that of the start page."""
    logo_dark: Line | None = None
    """An image in `conf/static/` that takes the place of `logo` on dark pages."""
    favicon: Line | None = None
    """An image in `conf/static/`, shown by browsers in tabs and bookmarks."""
    fonts: Fonts = Fonts()
    """Fonts of its own."""


class FooterLink(Model):
    """A link at the bottom of every page, to a page of the portal or to another site."""

    title: Line
    """The words of the link."""
    page: Line | None = None
    """The source file of the page, such as `pages/accessibility.md`."""
    url: Url | None = None
    """The address, if it is on another site."""

    @model_validator(mode="after")
    def _leads_to_one_place(self) -> FooterLink:
        if (self.page is None) == (self.url is None):
            raise refusal(f"{quote(self.title)} needs either `page` or `url`")
        return self

    @property
    def docname(self) -> str | None:
        """The Sphinx document name of the page."""
        return self.page.rpartition(".")[0] if self.page else None


@dataclass(frozen=True, slots=True)
class LookFault:
    """A file of the settings that can't be used.

    Args:
        place: the keys that lead to its name.
        message: what is wrong.
    """

    place: tuple[str | int, ...]
    message: str


_SVG = re.compile(rb"\s*(<\?xml|<!--|<!DOCTYPE|<svg)", re.IGNORECASE)
_PICTURES: Mapping[str, re.Pattern[bytes]] = {
    ".svg": _SVG,
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
_ICONS = {".svg": _SVG, ".png": _PICTURES[".png"], ".ico": re.compile(rb"\x00\x00\x01\x00")}
_FONTS = {".woff2": re.compile(rb"wOF2")}
_PLAIN = re.compile(r"[\w./ -]+")
_READ = 256


def without_broken(root: Path, theme: Theme) -> tuple[Theme, tuple[LookFault, ...]]:
    """Leave out what can't be shown.

    Args:
        root: the portal's folder.
        theme: what its settings say of its looks.

    Returns:
        the looks without files that aren't there or hold something else, and what is wrong.
    """
    faults = tuple(_faults(root / "conf" / STATIC, theme))
    of_fonts = {str(each.place[-1]): None for each in faults if each.place[1] == "fonts"}
    others = {str(each.place[-1]): None for each in faults if each.place[1] != "fonts"}
    fonts = theme.fonts.model_copy(update=of_fonts)
    return theme.model_copy(update={**others, "fonts": fonts}), faults


def lost_pages(root: Path, links: Iterable[FooterLink]) -> Iterator[LookFault]:
    """Links at the bottom of pages whose page isn't there.

    Args:
        root: the portal's folder.
        links: the links.
    """
    for index, link in enumerate(links):
        if link.page is None:
            continue
        path = Path(link.page)
        if path.is_absolute() or ".." in path.parts or not (root / path).is_file():
            beside = (each for each in (root / path).parent.glob(f"*{path.suffix}"))
            near = nearest(path.name, (each.name for each in beside))
            close = path.with_name(near).as_posix() if near else None
            message = f"`footer_links.page`: {describe(link.page, 'a file of the portal', close)}"
            yield LookFault(("footer_links", index, "page"), message)


def _faults(folder: Path, theme: Theme) -> Iterator[LookFault]:
    for key, kinds in (("logo", _PICTURES), ("logo_dark", _PICTURES), ("favicon", _ICONS)):
        yield from _faults_of(folder, ("theme", key), getattr(theme, key), kinds)
    if theme.logo_dark and not theme.logo:
        yield LookFault(
            ("theme", "logo_dark"),
            f"`theme.logo_dark`: {describe(theme.logo_dark, '`theme.logo` beside it')}",
        )
    for key in Fonts.model_fields:
        yield from _faults_of(folder, ("theme", "fonts", key), getattr(theme.fonts, key), _FONTS)
    for key in ("text_bold", "text_italic"):
        name = getattr(theme.fonts, key)
        if name and not theme.fonts.text:
            message = f"`theme.fonts.{key}`: {describe(name, '`theme.fonts.text` beside it')}"
            yield LookFault(("theme", "fonts", key), message)


def _faults_of(
    folder: Path, place: tuple[str, ...], name: str | None, kinds: Mapping[str, re.Pattern[bytes]]
) -> Iterator[LookFault]:
    if name is None:
        return
    path = folder / name
    suffix = path.suffix.lower()
    expected, near = "", None
    if not _PLAIN.fullmatch(name) or Path(name).is_absolute() or ".." in Path(name).parts:
        expected = "a file in `conf/static/`, named with letters, digits, `.`, `_` and `-`"
    elif suffix not in kinds:
        *others, last = (f"`{each}`" for each in kinds)
        expected = f"a file in {' or '.join(filter(None, (', '.join(others), last)))}"
    elif not path.is_file():
        expected = "a file in `conf/static/`"
        files = (each for each in folder.rglob("*") if each.suffix.lower() in kinds)
        near = nearest(name, (each.relative_to(folder).as_posix() for each in files))
    elif not kinds[suffix].match(_start_of(path)):
        expected = f"a file that holds what `{suffix}` says"
    if expected:
        yield LookFault(place, f"`{'.'.join(place)}`: {describe(name, expected, near)}")


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # Some editors begin a text with a mark of its encoding.
            return file.read(_READ).removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return b""
