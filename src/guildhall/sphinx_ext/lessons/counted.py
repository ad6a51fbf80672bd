"""What Sphinx counts of each page: its figures, tables, listings and equations that get a number.

Sphinx counts through the trees of all pages at each build. What it looks at is kept of each page,
so that only trees of pages that were read again are opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.domains.std import StandardDomain

from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def counted_trees(env: BuildEnvironment) -> dict[str, nodes.Element]:
    """What is counted of each page, in the sections that give it their numbers.

    Args:
        env: the environment, with all pages read.
    """
    kept = domain_of(env).counted
    domains = list(env.domains.sorted())
    for docname in sorted(env.all_docs.keys() - kept.keys()):
        tree = env.get_doctree(docname)
        kept[docname] = nodes.Element("", *counted_in(tree, domains))
    return kept


def counted_in(tree: nodes.Element, domains: Sequence[Domain]) -> Iterator[nodes.Element]:
    """What is counted in a tree, with its sections and the tables of contents that lead on.

    Args:
        tree: the tree of a page, or a part of it.
        domains: all domains, which say what they number.
    """
    for node in tree.children:
        if isinstance(node, nodes.section):
            found = list(counted_in(node, domains))
            if found:
                yield nodes.section("", *found, ids=node["ids"])
        elif isinstance(node, addnodes.toctree):
            yield addnodes.toctree(entries=node["entries"])
        elif isinstance(node, nodes.Element):
            if node["ids"] and _is_counted(node, domains):
                # With all that is in it: its title is asked for again, and it may hold others.
                yield _apart(node)
            else:
                yield from counted_in(node, domains)


def _is_counted(node: nodes.Element, domains: Sequence[Domain]) -> bool:
    return any(
        domain.get_enumerable_node_type(node)
        # Of what the standard domain knows, only that with a title has a number.
        and (not isinstance(domain, StandardDomain) or domain.get_numfig_title(node))
        for domain in domains
    )


def _apart(node: nodes.Element) -> nodes.Element:
    """A copy that doesn't hold on to the tree of the page."""
    copied = node.deepcopy()
    for each in copied.findall():
        each.document = None  # type: ignore[assignment]
    return copied
