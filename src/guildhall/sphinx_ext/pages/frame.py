"""Guildhall's own theme, which is the frame of pages: header, navigation, layout, its colours.

A portal may have any other theme; what directives and records show brings its own styles.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader

from guildhall.core.picture_size import picture_size
from guildhall.model.settings.portal import Settings
from guildhall.sphinx_ext.portal.loading import loader_of
from guildhall.sphinx_ext.templating.html_templates import TEMPLATES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

NAME = "guildhall"
WIDEST = 6
"""How much wider than high a logo may be shown; a wider one is shown smaller."""
FOLDER = Path(__file__).parents[1] / "theme" / NAME


def setup_frame(app: Sphinx) -> None:
    """Register the theme, and give it the portal's settings."""
    app.add_html_theme(NAME, str(FOLDER))
    app.connect("builder-inited", _give_options)
    app.connect("builder-inited", _give_templates)


def has_own_frame(app: Sphinx) -> bool:
    """Whether the builder's theme is Guildhall's, or inherits it."""
    theme = getattr(app.builder, "theme", None)
    return theme is not None and FOLDER in map(Path, theme.get_theme_dirs())


def _give_options(app: Sphinx) -> None:
    if has_own_frame(app):
        # Other themes warn of options that they don't know, or read them in their own ways.
        builder: Any = app.builder
        options = _theme_options(loader_of(app).portal.settings)
        ratio = _logo_ratio(Path(app.confdir), app.config.html_logo)
        if ratio:
            options["logo_ratio"] = ratio
        builder.theme_options = {**options, **builder.theme_options}


def _give_templates(app: Sphinx) -> None:
    """Offer Guildhall's templates of pages behind those of the portal and of its theme."""
    templates = getattr(app.builder, "templates", None)
    if isinstance(templates, BuiltinTemplateLoader):
        templates.loaders.append(SphinxFileSystemLoader(TEMPLATES))


def _logo_ratio(confdir: Path, logo: str | None) -> str | None:
    """How much wider than high a logo is, so that its place is kept until it has been loaded."""
    if not logo:
        return None
    size = picture_size(confdir / logo)
    # What tells no size is taken for a square.
    return f"{min(size.width / size.height, WIDEST):.3f}" if size is not None else None


def _theme_options(settings: Settings) -> dict[str, Any]:
    fonts = settings.theme.fonts
    options = {
        "accent": settings.theme.accent,
        "accent_dark": settings.theme.accent_dark,
        "logo_dark": settings.theme.logo_dark,
        "fonts": {name: file for name, file in fonts if file},
        "footer_links": [
            {"title": each.title, "docname": each.docname, "url": each.url}
            for each in settings.footer_links
        ],
        "repository_url": settings.repository,
        "licence_name": settings.licence,
        "licence_url": f"https://spdx.org/licenses/{settings.licence}.html"
        if " " not in settings.licence
        else None,
        "footer_note": settings.footer,
    }
    return {name: value for name, value in options.items() if value}
