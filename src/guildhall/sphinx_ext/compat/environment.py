"""The environment of the application as an object of another class, and the trees that it keeps.

Why: Sphinx makes its environment itself, or reads it from a file, and has no hook to give another
class. Neither has it one to forget a single tree, or to read a page while others are written.

Without it: absolute paths on a lesson's pages begin at the portal's root, foreign pages reach out
of their lesson, and a broken file of a tree ends the build. What Sphinx could do instead is written
down in ``docs/explanation/sphinx.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def replace_environment_class(app: Sphinx, cls: type[BuildEnvironment]) -> None:
    """Make the environment an object of a subclass of Sphinx's, which keeps no more than that."""
    app.env.__class__ = cls


def forget_tree(env: BuildEnvironment, docname: str) -> None:
    """Forget a page's tree, so that its file is looked at again."""
    env._pickled_doctree_cache.pop(docname, None)


def read_page(builder: Builder, docname: str) -> None:
    """Read a page and write its tree, without keeping it for the page's own turn to be written."""
    builder.read_doc(docname, _cache=False)
