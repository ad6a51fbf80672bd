"""What a run of Sphinx depended on, besides the portal's own folder and installed software."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING

from sphinx.theming import Theme

from guildhall.cli.building.inputs import PACKAGES
from guildhall.sphinx_ext.incremental.outdated import files_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FILES = ("html_favicon", "html_logo", "latex_logo")
_FOLDERS = (
    *("html_extra_path", "html_static_path", "html_theme_path", "latex_additional_files"),
    "templates_path",
)
"""Settings that name files and folders beside ``conf.py``, or anywhere."""


def files_read(app: Sphinx) -> frozenset[str]:
    """The files and folders that a build depended on, absolute, as far as anybody noted them.

    Those of the portal are among them: they can lie where nobody would look for them.

    Args:
        app: an application that has built.
    """
    return frozenset({*_of_pages(app), *_of_settings(app), *_of_software()})


def _of_pages(app: Sphinx) -> Iterator[str]:
    env = app.env
    for docname in env.found_docs:
        yield from files_of(env, docname)
    for name in (*env.images, *env.dlfiles):
        yield os.path.normpath(app.srcdir / name)


def _of_settings(app: Sphinx) -> Iterator[str]:
    names = [getattr(app.config, each, None) or "" for each in _FILES]
    names += [name for each in _FOLDERS for name in getattr(app.config, each, None) or ()]
    # They may be paths.
    for name in map(str, names):
        if name and "://" not in name:
            yield os.path.normpath(app.confdir / name)
    # Catalogues alone are named from the folder of the pages.
    yield from (os.path.normpath(app.srcdir / each) for each in app.config.locale_dirs)
    theme = getattr(app.builder, "theme", None)
    if isinstance(theme, Theme):
        yield from map(str, theme.get_theme_dirs())


def _of_software() -> Iterator[str]:
    """Modules and packages that were loaded and aren't of an installed version.

    They are those that ``conf.py`` brings, and packages that are installed to be edited.
    """
    standard = os.path.join(os.path.dirname(os.__file__), "")
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        if "." in name or not isinstance(spec, ModuleSpec):
            continue
        for path in (*(spec.submodule_search_locations or ()), spec.origin or ""):
            is_own = os.path.isabs(path) and not path.startswith(standard)
            if is_own and not PACKAGES.intersection(path.split(os.sep)):
                yield path
