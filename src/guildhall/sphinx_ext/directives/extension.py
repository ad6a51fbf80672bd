"""Registers the directives of records with Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.sphinx_ext.directives import (
    budget,
    headlines,
    in_kind,
    partners,
    plan,
    project,
    record,
    records,
)
from guildhall.sphinx_ext.directives.table_files import setup_table_files

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_directives(app: Sphinx) -> None:
    """Register all directives."""

    for module in (record, records, headlines, in_kind, partners, budget, plan, project):
        for name, directive in module.DIRECTIVES.items():
            app.add_directive(name, directive)
    setup_table_files(app)
