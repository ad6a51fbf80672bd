"""Which pages outside lessons follow each other.

An author's order is one of reading where a table of contents names written pages one by one. What
a pattern gathers, pages of records, and sections with pages of their own only stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sphinx import addnodes

from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

Neighbours = tuple[str | None, str | None]
"""The page before and the page after."""


def neighbours_in(env: BuildEnvironment, section: str) -> dict[str, Neighbours]:
    """The neighbours of the pages that a section's tables of contents name.

    A section with a single table begins it, except for the start page, from which doors lead on.

    Args:
        env: the environment, when all pages are read.
        section: the document with the tables.

    Returns:
        what stands before and after each page; pages that nothing does are left out.
    """
    orders = [list(_in_order(env, table)) for table in env.tocs[section].findall(addnodes.toctree)]
    if len(orders) == 1 and section != env.config.root_doc and not _is_record(env, section):
        orders[0].insert(0, section)
    found: dict[str, Neighbours] = {}
    for order in orders:
        for previous, following in pairwise(order):
            found[previous] = (found.get(previous, (None, None))[0], following)
            found[following] = (previous, found.get(following, (None, None))[1])
    return found


def _in_order(env: BuildEnvironment, table: addnodes.toctree) -> Iterator[str]:
    if table.get("glob"):
        return
    for _, target in table["entries"]:
        has_own = env.toctree_includes.get(target)
        if target in env.titles and not has_own and not _is_record(env, target):
            yield target


def _is_record(env: BuildEnvironment, docname: str) -> bool:
    return domain_of(env).portal.registry.at_document(docname) is not None
