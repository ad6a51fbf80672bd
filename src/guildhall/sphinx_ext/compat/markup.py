"""What looks directives and roles up while a page is read, and where each of them comes from.

Why: Sphinx and docutils have no hook that sees a name before the directive or role behind it runs,
and Sphinx wraps those of domains, so that their own module can't be seen.

Without it: foreign pages can use whatever any extension of the portal brings, such as one that runs
commands.
"""

from __future__ import annotations

from inspect import getclosurevars
from typing import TYPE_CHECKING, Any

import sphinx.builders
import sphinx.util.docutils

if TYPE_CHECKING:
    from sphinx.util.docutils import sphinx_domains

_READERS = (sphinx.builders, sphinx.util.docutils)
"""Modules that look the name up when they begin a page: that of Sphinx 8, and that of Sphinx 9."""


def replace_markup(markup: type[sphinx_domains]) -> None:
    """Have directives and roles looked up by a subclass of ``sphinx_domains``."""
    for module in _READERS:
        if hasattr(module, "sphinx_domains"):
            setattr(module, "sphinx_domains", markup)  # noqa: B010


def module_of(element: Any) -> str:
    """The name of the module that a directive or role was written in."""
    name = getattr(element, "__qualname__", "")
    if name.endswith("Domain.directive.<locals>.DirectiveAdapter"):
        element = element.__mro__[1]
    elif name.endswith("Domain.role.<locals>.role_adapter"):
        wrapped = getclosurevars(element).nonlocals
        element = wrapped["self"].roles[wrapped["name"]]
    return str((element if hasattr(element, "__qualname__") else type(element)).__module__)
