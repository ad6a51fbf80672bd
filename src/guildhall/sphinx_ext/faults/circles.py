"""Tables of contents that lead round in a circle: the entry that closes it is told and left out.

Sphinx goes round such a circle until Python ends it. So the entry is taken out of what Sphinx knows
before anything walks along the tables, and put back before the next build reads pages: another
page's change may have opened the circle by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx import addnodes

from guildhall.model.base import rules
from guildhall.sphinx_ext.faults.diagnostics import warn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


def closing_entries(
    includes: Mapping[str, Sequence[str]], root: str
) -> Iterator[tuple[str, str, list[str]]]:
    """The entries that lead back to a page above them.

    Args:
        includes: the pages that each page's tables of contents list.
        root: the page to begin with; the others follow in the order of their names.

    Yields:
        the page with the entry, the page that it names, and the way from the one to the other.
    """
    done: set[str] = set()
    for start in (root, *sorted(includes)):
        if start in done:
            continue
        path, waiting = [start], [iter(includes.get(start, ()))]
        while path:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
                done.add(path.pop())
            elif child in path:
                yield path[-1], child, path[path.index(child) :]
            elif child not in done:
                path.append(child)
                waiting.append(iter(includes.get(child, ())))


def setup_circles(app: Sphinx) -> None:
    """Open circles before Sphinx and others walk along tables of contents."""
    app.connect("config-inited", _tell_once)
    app.connect("env-get-outdated", _close, priority=100)
    app.connect("env-updated", _open, priority=50)


def _tell_once(app: Sphinx, config: Config) -> None:
    # Sphinx tells some circles too, once for each page that shows them.
    config.suppress_warnings = [*config.suppress_warnings, "toc.circular"]


def _close(app: Sphinx, env: BuildEnvironment, *sets: set[str]) -> list[str]:
    for docname, children in getattr(env, "guildhall_circles", {}).items():
        if docname in env.toctree_includes:
            env.toctree_includes[docname] = children
    env.guildhall_circles = {}  # type: ignore[attr-defined]
    return []


def _open(app: Sphinx, env: BuildEnvironment) -> None:
    found = list(closing_entries(env.toctree_includes, env.config.root_doc))
    whole = {docname: list(env.toctree_includes[docname]) for docname, _, _ in found}
    for docname, child, way in found:
        _tell(env, docname, child, way)
        kept = env.toctree_includes[docname]
        env.toctree_includes[docname] = [each for each in kept if each != child]
    env.guildhall_circles = whole  # type: ignore[attr-defined]


def _tell(env: BuildEnvironment, docname: str, child: str, way: list[str]) -> None:
    path = " lists ".join(f"`{each}`" for each in (*way, child))
    message = f"tables of contents form a circle: {path}; remove one of the entries"
    warn(rules.TOCTREE, message, f"{env.doc2path(docname)}:{_line(env, docname, child)}")


def _line(env: BuildEnvironment, docname: str, child: str) -> int:
    tables = env.tocs[docname].findall(addnodes.toctree) if docname in env.tocs else ()
    lists = (table for table in tables if any(ref == child for _, ref in table["entries"]))
    return next((table.line for table in lists if table.line), 1)
