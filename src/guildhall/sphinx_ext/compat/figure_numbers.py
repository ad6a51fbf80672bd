"""The numbers of figures, tables and listings that pages show, and the trees they are counted in.

Why: Sphinx counts through the whole project, and shows the numbers that it keeps to compare them
with those of the next build. For each count it opens the tree of every page and looks at all of it.

Without it: the first figure of a site's second lesson has a number after the last one of the first,
and an edit of one sentence costs more the larger the site is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sphinx.environment.collectors.toctree import TocTreeCollector

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def show_figure_numbers(
    env: BuildEnvironment, numbers: dict[str, dict[str, dict[str, tuple[int, ...]]]]
) -> None:
    """Have pages show other numbers; Sphinx's own have to be back before it counts again.

    Args:
        env: the environment.
        numbers: by document, kind and id.
    """
    env.toc_fignumbers = numbers


def count_in(
    app: Sphinx, trees_of: Callable[[BuildEnvironment], Mapping[str, nodes.Element]]
) -> None:
    """Have Sphinx count in other trees than those of the pages, and only count in them.

    Args:
        app: the application, whose own collectors are connected.
        trees_of: gives the trees by document; a document that it leaves out is opened.
    """
    for listener in app.events.listeners["env-get-updated"]:
        collector = getattr(listener.handler, "__self__", None)
        if isinstance(collector, TocTreeCollector):
            _put_around(collector, trees_of)


def _put_around(
    collector: TocTreeCollector,
    trees_of: Callable[[BuildEnvironment], Mapping[str, nodes.Element]],
) -> None:
    counted = collector.assign_figure_numbers

    def count(env: BuildEnvironment) -> list[str]:
        if not env.config.numfig:
            return counted(env)
        trees, opened = trees_of(env), env.get_doctree

        def tree_of(docname: str) -> Any:
            return trees[docname] if docname in trees else opened(docname)

        env.get_doctree = tree_of  # type: ignore[method-assign]
        try:
            return counted(env)
        finally:
            del env.get_doctree

    collector.assign_figure_numbers = count  # type: ignore[method-assign]
