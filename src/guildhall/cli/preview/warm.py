"""Loads what every build needs; the processes of builds are forked from one that has done so."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import signal

import guildhall.sphinx_ext

_OTHERS = (
    "docutils.parsers.rst.states",
    "docutils.writers._html_base",
    "jinja2",
    "myst_nb.sphinx_",
    "myst_parser.sphinx_ext.main",
    "pygments.lexers",
    "sphinx.application",
    "sphinx.builders.html",
    "sphinx.domains.std",
    "sphinx.environment.collectors.toctree",
    "sphinx.ext.intersphinx",
    "sphinx.search.en",
    "sphinx.writers.html5",
    "sphinx_design.extension",
    "sphinx_lesson.directives",
)

# Ctrl-C reaches all processes of the terminal; the one that serves decides what it means.
signal.signal(signal.SIGINT, signal.SIG_IGN)
_own = pkgutil.walk_packages(guildhall.sphinx_ext.__path__, "guildhall.sphinx_ext.")
for _name in (*_OTHERS, *(module.name for module in _own)):
    # What can't be loaded fails in the build, where it is told.
    with contextlib.suppress(Exception):
        importlib.import_module(_name)
