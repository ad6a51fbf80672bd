"""What terms mean, in short: links to a term show it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from docutils import nodes

from guildhall.sphinx_ext.portal.material import is_glossary

LONGEST = 300
"""Characters of a definition that are shown beside a link."""


def definitions_in(document: nodes.document) -> Iterator[tuple[tuple[str, str], str]]:
    """The terms of a page's glossaries, by id and in small letters, with what they mean.

    That is the first paragraph of a definition as plain text, cut to :data:`LONGEST` characters.
    """
    for glossary in document.findall(nodes.Element):
        if not is_glossary(glossary):
            continue
        for item in glossary.findall(nodes.definition_list_item):
            text = next((each.astext() for each in item.findall(nodes.paragraph)), "")
            short = textwrap.shorten(text, LONGEST, placeholder=" \N{HORIZONTAL ELLIPSIS}")
            for term in item.findall(nodes.term):
                for name in term["ids"]:
                    yield (name, term.astext().lower()), short
