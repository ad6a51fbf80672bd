"""MyST-Parser's way to include a file, for a directive of our own.

Why: MyST-Parser runs its own ``include`` where a directive is docutils' class and no subclass, and
gives directives no public way to its renderer.

Without it: an included Markdown file would be read as reStructuredText.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from myst_parser.mocking import MockIncludeDirective, MockState
from sphinx.directives.other import Include
from sphinx.util.docutils import SphinxDirective


def is_markdown(directive: SphinxDirective) -> bool:
    """Whether a directive stands in Markdown."""
    return isinstance(directive.state, MockState)


def include_markdown(directive: SphinxDirective) -> list[nodes.Node]:
    """Include what a directive in Markdown names, as the directive ``include`` would."""
    state: Any = directive.state
    included = MockIncludeDirective(
        state._renderer,
        directive.name,
        Include,
        directive.arguments,
        directive.options,
        list(directive.content),
        directive.lineno,
    )
    return list(included.run())
