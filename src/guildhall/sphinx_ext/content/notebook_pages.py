"""Loads MyST-NB where a page may be a notebook, and MyST-Parser alone where none is.

MyST-NB brings Jupyter's libraries, which take longer to load than all else together. It has to be
loaded before Sphinx looks for pages. So the files that can be pages are looked through for what
MyST-NB alone understands, and it is loaded in doubt. Where that changes from one build to the next,
every page is read again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from guildhall.model.checkouts import CACHE
from guildhall.sphinx_ext.compat.stated import is_stated, stated
from guildhall.sphinx_ext.portal.loading import loader_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STACK = "myst_nb"
NAMES = ("code-cell", "eval", "glue", "nb-download", "nb-exec-table", "raw-cell")
"""The directives and roles of MyST-NB."""

SETTINGS = ("nb_", "jupyter_", "execution_")
"""What the names of its settings begin with, those that it had before too."""
_USED = re.compile(rf"(?:\{{|:|\.\. +)(?:{'|'.join(NAMES)})(?:\}}| ?:)".encode())
_TEXTS = (".inc", ".j2", ".md", ".py", ".rst", ".txt", ".yaml", ".yml")
"""Suffixes of pages, and of what pages include or are made of."""
_PASSED_BY = frozenset({".git", ".ipynb_checkpoints", "__pycache__", "node_modules"})


def setup_notebook_pages(app: Sphinx) -> None:
    """Load what reads Markdown and, if there may be any, notebooks."""
    loads = needs_notebooks(app)
    # It is another value than before where the first notebook was added, or the last one deleted.
    app.add_config_value("guildhall_notebooks", loads, "env", bool)
    if not loads:
        app.setup_extension("myst_parser")
        app.connect("builder-inited", _forget)
        app.connect("write-started", lambda app, builder: _delete_style(Path(app.outdir)))
        return
    # It brings MyST-Parser itself; the two can't be loaded side by side.
    app.setup_extension(STACK)
    # Jupyter's libraries are loaded only here.
    from guildhall.sphinx_ext.content.notebooks import setup_notebooks

    setup_notebooks(app)


def has_notebooks(app: Sphinx) -> bool:
    """Whether MyST-NB is loaded."""
    return STACK in app.extensions


def needs_notebooks(app: Sphinx) -> bool:
    """Whether a page may be a notebook, or the configuration says something of notebooks."""
    config = app.config
    if STACK in (*app.extensions, *config.extensions):
        return True
    if any(name.startswith(SETTINGS) for name in stated(config)):
        return True
    root = Path(app.srcdir)
    sources = loader_of(app).portal.settings.sources
    tops = [root] if is_stated(config, "include_patterns") else [root / each for each in sources]
    own = (each for each in root.iterdir() if each.is_file())
    found = _files(root, (Path(app.confdir), *tops, root / CACHE))
    return any(map(may_hold_notebooks, chain(own, found)))


def _files(root: Path, tops: Iterable[Path]) -> Iterator[Path]:
    """All files below some folders; links are followed, but not out of ``root``."""
    inside = os.path.join(os.path.realpath(root), "")
    seen = set()
    for top in tops:
        for folder, folders, names in os.walk(top, followlinks=True):
            real = os.path.realpath(folder)
            if real in seen or not (real.startswith(inside) or folder == str(top)):
                folders.clear()
                continue
            seen.add(real)
            folders[:] = [each for each in folders if each not in _PASSED_BY]
            yield from (Path(folder, name) for name in names)


def may_hold_notebooks(path: Path) -> bool:
    """Whether a file is a notebook, or says what only MyST-NB understands."""
    if path.suffix == ".ipynb":
        return True
    if path.suffix not in _TEXTS or not path.is_file():
        return False
    try:
        held = path.read_bytes()
    except OSError:
        # It is told when it is read.
        return False
    text = held.removeprefix(b"\xef\xbb\xbf")
    return may_be_notebook(text) or _USED.search(text) is not None


def may_be_notebook(text: bytes) -> bool:
    """Whether MyST-NB could take a Markdown page for a notebook; False is sure.

    Args:
        text: the page.
    """
    if not text.startswith(b"---"):
        return False
    head = re.split(rb"\n(?:---|\.\.\.)", text[3:], maxsplit=1)[0]
    # In YAML, letters can be written as their numbers, after a backslash.
    return any(sign in head for sign in (b"mystnb", b"jupytext", b"\\"))


def _forget(app: Sphinx) -> None:
    """Forget what MyST-NB kept of notebooks that were deleted."""
    for name in ("mystnb_config", "nb_metadata", "nb_new_exec_data"):
        vars(app.env).pop(name, None)


def _delete_style(site: Path) -> None:
    for path in (site / "_static").glob("mystnb.*.css"):
        path.unlink()
