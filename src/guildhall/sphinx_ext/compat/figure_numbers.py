"""The numbers of figures, tables and listings that pages show.

Why: Sphinx counts through the whole project, and shows the numbers that it keeps to compare them
with those of the next build.

Without it: the first figure of a site's second lesson has a number after the last one of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
