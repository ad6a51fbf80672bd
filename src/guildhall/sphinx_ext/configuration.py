"""The portal's settings become Sphinx's configuration, where ``conf.py`` leaves it open."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guildhall.model.settings.looks import STATIC
from guildhall.model.settings.portal import Settings
from guildhall.sphinx_ext.compat.stated import is_stated
from guildhall.sphinx_ext.content.notebook_pages import has_notebooks
from guildhall.sphinx_ext.portal.loading import loader_of
from guildhall.sphinx_ext.templating.layout import OWN_TEMPLATES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_OF_NOTEBOOKS: dict[str, Any] = {
    # Notebooks are shown as saved; a lesson's record can ask for more.
    "nb_execution_mode": "off",
    # Saved widgets would ask other sites for scripts; they are shown as text or a picture.
    "nb_ipywidgets_js": {},
    "nb_mime_priority_overrides": [
        ("*", "application/vnd.jupyter.widget-view+json", 190),
        ("*", "application/javascript", 200),
    ],
}

PAGE_SUFFIXES = ("md", "rst", "ipynb", "yml", "yaml")


def setup_configuration(app: Sphinx) -> None:
    """Read the settings before anything else looks at the configuration."""
    app.add_config_value("guildhall_settings", {}, "env", dict)
    app.add_config_value("guildhall_today", "", "", str)
    # What Sphinx doesn't compare, or by its time alone: modules beside conf.py, and templates.
    app.add_config_value("guildhall_modules", "", "env", str)
    app.add_config_value("guildhall_templates", "", "html", str)
    # Before Sphinx's own handlers (800), which fix source suffixes, copyright and language.
    app.connect("config-inited", _apply_settings, priority=100)


def _apply_settings(app: Sphinx, config: Config) -> None:
    settings = loader_of(app).portal.settings
    # Kept as plain data, so that a change of the settings makes Sphinx read every page anew.
    config.guildhall_settings = settings.model_dump(mode="json")
    derived = {**_derived(settings), **_own_folders(Path(app.confdir))}
    if has_notebooks(app):
        derived |= _OF_NOTEBOOKS
    for name, value in derived.items():
        if not is_stated(config, name):
            setattr(config, name, value)
    confdir = Path(app.confdir)
    modules = (each for each in confdir.rglob("*.py") if each.name != "conf.py")
    config.guildhall_modules = _digest(confdir, modules)
    around = (*_page_templates(confdir, config), *_linked(confdir, config))
    config.guildhall_templates = _digest(confdir, around)


def _page_templates(confdir: Path, config: Config) -> Iterator[Path]:
    """The portal's own templates of pages; others are dependencies of the pages that use them."""
    for folder in {"templates", *config.templates_path}:
        for path in (confdir / folder).rglob("*"):
            within = path.relative_to(confdir / folder).parts
            if within[0] != "records" and not (within[0] == "guildhall" and path.suffix == ".j2"):
                yield path


def _linked(confdir: Path, config: Config) -> Iterator[Path]:
    """The portal's own files of which pages tell what is in them: styles, scripts, the logo."""
    if config.html_logo:
        yield confdir / config.html_logo
    for each in (*config.html_css_files, *config.html_js_files):
        name = each if isinstance(each, str) else each[0]
        for folder in config.html_static_path:
            if name and "://" not in name:
                yield confdir / folder / name


def _digest(top: Path, paths: Iterable[Path]) -> str:
    """A digest of the names of files and of what they hold."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{os.path.relpath(path, top)}\0".encode(errors="surrogateescape"))
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _derived(settings: Settings) -> dict[str, Any]:
    author = settings.author or settings.title
    derived: dict[str, Any] = {
        "project": settings.title,
        "author": author,
        "version": settings.version,
        "release": settings.version,
        "copyright": author,
        "language": settings.language,
        "include_patterns": ["index.*", *(f"{source}/**" for source in settings.sources)],
        "exclude_patterns": ["**/_*", "**/.*", "build", "**/node_modules"],
        "myst_enable_extensions": ["colon_fence", "deflist"],
        "copybutton_exclude": ".linenos",
        "html_math_renderer": "guildhall",
        "html_theme": "guildhall",
        "html_title": settings.title,
        "html_short_title": settings.title,
        # Sources hold more than pages show: comments, and addresses that the settings hide.
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_show_sphinx": False,
        "html_permalinks_icon": "#",
        "epub_show_urls": "no",
        "epub_exclude_files": [".nojekyll", "CNAME", "404.xhtml"],
        "latex_documents": [("index", "portal.tex", settings.title, author, "manual")],
        "latex_engine": "lualatex",
        "gettext_location": True,
        "gettext_uuid": False,
        "linkcheck_timeout": 20,
        # Without one, a site that never answers holds the build up for ever.
        "intersphinx_timeout": 20,
    }
    if settings.theme.favicon:
        derived["html_favicon"] = f"{STATIC}/{settings.theme.favicon}"
    if settings.theme.logo:
        derived["html_logo"] = f"{STATIC}/{settings.theme.logo}"
    if settings.base_url:
        derived["html_baseurl"] = settings.base_url.rstrip("/") + "/"
    return derived


def _own_folders(confdir: Path) -> dict[str, Any]:
    """The folders of the portal's own templates and static files.

    That of templates need not be there: a first template must not look like a changed setting.
    """
    static = [STATIC] if (confdir / STATIC).is_dir() else []
    return {"templates_path": [OWN_TEMPLATES], "html_static_path": static}
