"""How MyST-Parser fills in substitutions, which are templates of Jinja.

Why: it makes an environment of Jinja without a sandbox for each, and has no hook.

Without it: whoever writes a page runs programs where the site is built.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import jinja2
from myst_parser.mdit_to_docutils import base
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

Render = Callable[[Any, Any, bool], None]
"""Is given MyST-Parser's renderer, the token, and whether it stands within a line."""

render_substitution: Render = SphinxRenderer.render_substitution
"""MyST-Parser's own way."""


def replace_templates(environment: type[jinja2.Environment], render: Render) -> None:
    """Have substitutions filled in by another environment of Jinja, and in another way."""
    module = SimpleNamespace(
        Environment=environment, StrictUndefined=jinja2.StrictUndefined, nodes=jinja2.nodes
    )
    setattr(base, "jinja2", module)  # noqa: B010
    setattr(SphinxRenderer, "render_substitution", render)  # noqa: B010
