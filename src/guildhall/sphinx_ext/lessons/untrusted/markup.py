"""Directives and roles on foreign pages: those alone that Guildhall knows to be harmless.

A portal may load any extension for its own pages, such as one that runs commands. What strangers
may write is decided by where a directive or role comes from, whatever its name. What a page defines
for itself ends with the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive
from docutils.parsers.rst.directives import unchanged
from sphinx.util.docutils import SphinxDirective, SphinxRole, sphinx_domains

from guildhall.core.values.faults import quote
from guildhall.network.lessons.extensions import Verdict, named
from guildhall.sphinx_ext.compat.docutils_names import role_table
from guildhall.sphinx_ext.compat.markup import module_of, replace_markup
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted
from guildhall.sphinx_ext.portal.domain import NAME

if TYPE_CHECKING:
    from types import ModuleType

    from docutils.utils import Reporter
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_KNOWN = (
    "docutils.parsers.rst",
    "sphinx.directives",
    "sphinx.domains",
    "sphinx.roles",
    "sphinx.ext.intersphinx",
    "sphinx_design",
    "sphinx_lesson",
    "sphinx_tabs",
    "myst_parser",
    "myst_nb",
    "guildhall.sphinx_ext.lessons",
)
"""Packages whose directives and roles foreign pages may use."""

_REFUSED = {"tabularcolumns": "it is written into LaTeX as it is"}
"""Directives of these packages that foreign pages may not use, with the reason."""


class _AnyOptions(dict[str, Any]):
    """Takes any option, as text."""

    def __contains__(self, name: object) -> bool:
        return True

    def __getitem__(self, name: str) -> Any:
        return unchanged

    def __bool__(self) -> bool:
        return True


class RefusedDirective(SphinxDirective):
    """Stands for a directive that foreign pages may not use; shows nothing, and says so."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[Any] = _AnyOptions()

    def run(self) -> list[nodes.Node]:
        """Say it."""
        tell_untrusted(_message("directive", self.name), self.get_location())
        return []


class RefusedRole(SphinxRole):
    """Stands for a role that foreign pages may not use; its text is shown."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Say it."""
        tell_untrusted(_message("role", self.name), self.get_location())
        return [nodes.literal(self.rawtext, self.text)], []


def _message(what: str, name: str) -> str:
    reason = _REFUSED.get(name.lower())
    why = f": {reason}" if reason else ""
    return f"an external lesson may not use the {what} {quote(name)}{why}; it is left out"


def _is_known(element: Any, name: str) -> bool:
    """Whether a directive or role comes from a package that was looked at."""
    if name.lower().rpartition(":")[2] in _REFUSED:
        return False
    module = f"{module_of(element)}."
    return any(module.startswith(f"{known}.") for known in (*_KNOWN, *named(Verdict.ASKED_FOR)))


class GuardedMarkup(sphinx_domains):
    """What looks directives and roles up while a page is read."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._env = env
        self._roles: dict[str, Any] = {}

    def enable(self) -> None:
        """Begin a page."""
        # The directive `role` of any page adds its own to docutils' table.
        self._roles = dict(role_table())
        super().enable()

    def disable(self) -> None:
        """End a page, and with it the roles that it defined."""
        super().disable()
        role_table().clear()
        role_table().update(self._roles)

    def directive(
        self, directive_name: str, language_module: ModuleType, document: nodes.document
    ) -> tuple[type[Directive] | None, list[nodes.system_message]]:
        """The directive of a name."""
        found, messages = super().directive(directive_name, language_module, document)
        if found is None or _is_known(found, directive_name) or not self._is_untrusted():
            return found, messages
        return RefusedDirective, messages

    def role(
        self, role_name: str, language_module: ModuleType, lineno: int, reporter: Reporter
    ) -> tuple[Any, list[nodes.system_message]]:
        """The role of a name."""
        found, messages = super().role(role_name, language_module, lineno, reporter)
        if found is None or _is_known(found, role_name) or not self._is_untrusted():
            return found, messages
        return RefusedRole(), messages

    def _is_untrusted(self) -> bool:
        # The same process may read another project later, which isn't Guildhall's.
        is_portal = NAME in self._env.domains
        return is_portal and is_untrusted(self._env, self._env.docname)


def setup_markup(app: Sphinx) -> None:
    """Put this in the place of what Sphinx looks directives and roles up with."""
    replace_markup(GuardedMarkup)
