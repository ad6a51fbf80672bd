"""Roles: a link to a record of each kind, and a computed figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from guildhall.core.values.format import format_range
from guildhall.model.base import rules
from guildhall.model.records.kinds import KINDS
from guildhall.network.ledger.figures import UnknownFigureError
from guildhall.network.ledger.lookups import FigureOf
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.portal.domain import NAME, domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class RecordRole(XRefRole):
    """A link to a record: ``{partner}`aalto```, or in other words ``{partner}`we <aalto>```."""

    def __init__(self) -> None:
        super().__init__(innernodeclass=nodes.inline, warn_dangling=True)

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the role's name one of the domain, however it was written."""
        if ":" not in self.name:
            self.name = f"guildhall:{self.name}"
        return super().run()

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Show the record's label, and note that the page does."""
        kind = str(refnode["reftype"])
        record = domain_of(env).shown_on(env.docname).find(kind, target, ("label",))
        if has_explicit_title or record is None:
            return title, target
        return record.label, target


class FigureRole(SphinxRole):
    """A computed figure in a sentence: ``{figure}`in_kind.total``` gives ``130–160``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Look the figure up, and note that the page shows it."""
        shown = domain_of(self.env).shown_on(self.env.docname)
        name = self.text.strip()
        try:
            figure = shown.ask(FigureOf(name))
        except UnknownFigureError as error:
            warn(rules.REFERENCE, str(error), self.get_location())
            return [nodes.problematic(self.rawtext, self.rawtext)], []
        text = format_range(figure.value, shown.settings.language)
        return [nodes.inline(self.rawtext, text, classes=["gh-figure"])], []


def setup_roles(app: Sphinx) -> None:
    """Add the roles to the domain, and make them available without its name before them."""
    roles = {**{kind: RecordRole() for kind in KINDS}, "figure": FigureRole()}
    for name, role in roles.items():
        app.add_role_to_domain(NAME, name, role)
        app.add_role(name, role)
