"""Sphinx extensions that lessons ask for: which are there, which may be loaded, which never are.

Sphinx loads an extension for the whole project. So none is loaded because a lesson asks for it:
what is common has a form of its own here that acts on the pages of that lesson alone, and the rest
is left out or refused. What lets a page name a program, an expression or a module is always
refused, however common it is, since the pages of lessons that live elsewhere are untrusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec

from guildhall.core.values.faults import nearest


class Verdict(Enum):
    """What is done with an extension that a lesson names."""

    ALWAYS = "every lesson has it, or the same from Guildhall"
    ASKED_FOR = "acts on the lesson that names it"
    LEFT_OUT = "left out without harm to the pages"
    REFUSED = "never loaded"


_TABLE: dict[Verdict, dict[str, str]] = {
    Verdict.ALWAYS: {
        "IPython.sphinxext.ipython_console_highlighting": "its lexers are always known",
        "myst_nb": "Guildhall reads Markdown and notebooks with it",
        "myst_parser": "MyST-NB brings it",
        "sphinx.ext.extlinks": "its roles are the lesson's `extlinks`",
        "sphinx.ext.githubpages": "every portal has it",
        "sphinx.ext.intersphinx": "every portal has it",
        "sphinx.ext.mathjax": "formulas are always shown",
        "sphinx.ext.todo": "every lesson has it; `todos` says whether its notes are shown",
        "sphinx_copybutton": "every lesson has it",
        "sphinx_design": "every lesson has it",
        "sphinx_lesson": "every lesson has its directives",
        "sphinx_lesson.directives": "every lesson has its directives",
        "sphinx_localtime": "its role is Guildhall's own",
        "sphinx_minipres": "slides are Guildhall's own",
        "sphinx_tabs": "every lesson has it",
        "sphinx_tabs.tabs": "every lesson has it",
        "sphinx_togglebutton": "hidden solutions are Guildhall's own",
        "sphinxcontrib.mermaid": "its directive is Guildhall's own",
        "sphinxcontrib.video": "its directive is Guildhall's own",
        "sphinxcontrib.youtube": "its directives are Guildhall's own",
    },
    Verdict.ASKED_FOR: {
        "sphinx.ext.autosectionlabel": "makes labels of headings",
        "sphinxcontrib.bibtex": "cites what BibTeX files hold",
    },
    Verdict.LEFT_OUT: {
        "lesson_metadata": "Guildhall reads metadata.yml itself",
        "notfound.extension": "the portal has its own “Page not found” page",
        "sphinx.ext.duration": "measures builds, pages don't change",
        "sphinx.ext.imgconverter": "runs a program over pictures, which websites don't need",
        "sphinx.ext.linkcode": "links to source code that lessons don't document",
        "sphinx.ext.napoleon": "reads docstrings, which lessons don't have",
        "sphinx_aaltoscicomp_branding": "branding; the portal has its own",
        "sphinx_bioschemas": "Guildhall describes lessons for machines itself",
        "sphinx_book_theme": "a theme; the portal has its own",
        "sphinx_coderefinery_branding": "branding; the portal has its own",
        "sphinx_evita": "a theme and branding; the portal has its own",
        "sphinx_hoverxref": "shows other pages in pop-ups",
        "hoverxref.extension": "shows other pages in pop-ups",
        "sphinx_favicon": "branding; the portal has its own",
        "sphinx_rtd_theme": "a theme; the portal has its own",
        "sphinx_rtd_theme_ext_color_contrast": "colours of another theme",
        "sphinx_rtd_dark_mode": "colours of another theme",
        "sphinx_sitemap": "lists the addresses of a whole site; the portal's conf.py may load it",
        "sphinx_thebe": "its button runs code on a server elsewhere",
        "sphinx_last_updated_by_git": "Guildhall shows the last change itself",
        "sphinxcontrib.googleanalytics": "analytics; pages make no requests to other sites",
        "sphinxcontrib.matomo": "analytics; pages make no requests to other sites",
        "sphinxemoji.sphinxemoji": "substitutions for emoji, which can be written as they are",
        "sphinxext.opengraph": "previews for social media",
        "sphinxext.rediraffe": "redirects of another site",
        "sphinx_reredirects": "redirects of another site",
        "furo": "a theme; the portal has its own",
        "pydata_sphinx_theme": "a theme; the portal has its own",
    },
    Verdict.REFUSED: {
        "autoapi.extension": "reads packages that the portal doesn't have",
        "IPython.sphinxext.ipython_directive": "runs code of pages",
        "jupyter_sphinx": "runs code of pages",
        "matplotlib.sphinxext.plot_directive": "runs code of pages",
        "nbsphinx": "runs notebooks, and reads them instead of MyST-NB",
        "numpydoc": "imports the packages that it documents",
        "sphinx.ext.apidoc": "imports the packages that it documents",
        "sphinx.ext.autodoc": "imports the packages that it documents",
        "sphinx.ext.autosummary": "imports the packages that it documents",
        "sphinx.ext.coverage": "imports the packages that it looks at",
        "sphinx.ext.doctest": "runs code of pages",
        # Its option `layout` is the name of the program that is run (render_dot in Sphinx 8.2).
        "sphinx.ext.graphviz": "lets a page name a program that is then run; `mermaid` draws too",
        # Sphinx 8.2 gives the directive's argument to eval().
        "sphinx.ext.ifconfig": "runs expressions of pages",
        "sphinx.ext.imgmath": "runs LaTeX over formulas; MathJax shows them",
        "sphinx.ext.inheritance_diagram": "imports the packages that it draws",
        "sphinx.ext.viewcode": "imports the packages that it shows",
        "sphinx_exec_code": "runs code of pages",
        "sphinx_gallery.gen_gallery": "runs scripts",
        "sphinx_click": "imports the programs that it documents",
        "sphinx_inline_tabs": "its `tab` is another one than that of sphinx_tabs in other lessons; "
        "`tab-set` and `tab-item` of sphinx_design show the same",
        "sphinxarg.ext": "imports the programs that it documents",
        "sphinxcontrib.autoprogram": "imports the programs that it documents",
        "sphinxcontrib.programoutput": "runs commands of pages",
    },
}
_BROUGHT_BY = {"sphinxcontrib.bibtex": "guildhall[bibtex]"}
"""What to install for an extension that Guildhall doesn't always bring."""
_LEFT_OUT_BY_NAME = {
    "branding": "branding; the portal has its own",
    "theme": "a theme; the portal has its own",
    "analytics": "analytics; pages make no requests to other sites",
}


@dataclass(frozen=True, slots=True)
class Extension:
    """What Guildhall does with an extension.

    Args:
        name: its name, as ``conf.py`` gives it.
        verdict: what is done with it.
        reason: why, in a few words.
        nearest: a name of the list that may have been meant, for a name that is not in it.
    """

    name: str
    verdict: Verdict
    reason: str
    nearest: str | None = None


def judge(name: str) -> Extension:
    """Look an extension up.

    Args:
        name: its name; nothing is imported but the packages around those that may be loaded.
    """
    for verdict, names in _TABLE.items():
        if name in names:
            if verdict is Verdict.ASKED_FOR and not is_installed(name):
                mend = f"; install `{_BROUGHT_BY[name]}`" if name in _BROUGHT_BY else ""
                return Extension(name, Verdict.REFUSED, f"it is not installed here{mend}")
            return Extension(name, verdict, names[name])
    for part, reason in _LEFT_OUT_BY_NAME.items():
        if part in name:
            return Extension(name, Verdict.LEFT_OUT, reason)
    near = nearest(name, [*_TABLE[Verdict.ALWAYS], *_TABLE[Verdict.ASKED_FOR]])
    return Extension(name, Verdict.REFUSED, "it is not in Guildhall's list", near)


def named(verdict: Verdict) -> tuple[str, ...]:
    """The extensions of one verdict."""
    return tuple(_TABLE[verdict])


def refused(names: Iterable[str]) -> tuple[Extension, ...]:
    """Those of the extensions that a record names which pages have to do without.

    Args:
        names: as the record gives them.

    Returns:
        each with the reason and perhaps the name that was meant; what every lesson has, and what is
        left out without harm, is not among them.
    """
    judged = (judge(name) for name in dict.fromkeys(names))
    return tuple(each for each in judged if each.verdict is Verdict.REFUSED)


def is_installed(name: str) -> bool:
    """Whether an extension is there; nothing is imported but the packages around it."""
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False
