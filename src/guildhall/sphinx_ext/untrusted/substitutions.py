"""MyST's substitutions, which are templates of Jinja, without what lets a template run programs.

On foreign pages a substitution is a name and nothing else. On the portal's own pages templates are
read in a sandbox: they compute with text and numbers, and look at what Sphinx knows of the page.
"""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from guildhall.core.values.faults import quote
from guildhall.sphinx_ext.compat.templates import render_substitution, replace_templates
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
    from sphinx.application import Sphinx

_PLAIN = frozenset({str, int, float, bool, list, tuple, dict, set, frozenset, dt.date, dt.datetime})
"""Types whose methods a template may call."""


class PlainTemplates(ImmutableSandboxedEnvironment):
    """A sandbox that looks at any object, and calls the methods of plain data alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.globals.clear()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may look at something."""
        return super().is_safe_attribute(obj, attr, value) and not isinstance(value, ModuleType)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something, where a template may."""
        if not self.is_safe_callable(obj):
            name = getattr(obj, "__name__", type(obj).__name__)
            raise SecurityError(f"a template may not call {quote(name)}")
        return super().call(context, obj, *args, **kwargs)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something."""
        return type(getattr(obj, "__self__", None)) in _PLAIN and super().is_safe_callable(obj)


def _render(renderer: SphinxRenderer, token: SyntaxTreeNode, inline: bool) -> None:
    """Render a substitution: as MyST-Parser does, or on a foreign page without any template."""
    env = renderer.sphinx_env
    if env is None or not is_untrusted(env, env.docname):
        render_substitution(renderer, token, inline)
        return
    name = token.content.strip()
    known = renderer.md_config.substitutions
    if name in known:
        # It is looked up by its name, before anything is read as a template.
        render_substitution(renderer, token, inline)
        return
    line = token.map[0] + 1 if token.map else 1
    message = f"{quote(name)} names no substitution of the lesson's record; it is shown as text"
    tell_untrusted(message, (env.docname, line))
    shown = nodes.Text(f"{{{{{token.content}}}}}")
    renderer.current_node.append(shown if inline else nodes.paragraph("", "", shown))


def setup_substitutions(app: Sphinx) -> None:
    """Put the sandbox, and the plain names, in the place of MyST-Parser's own."""
    replace_templates(PlainTemplates, _render)
