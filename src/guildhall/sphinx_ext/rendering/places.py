"""Where nodes made from records stand: in the record's file, at the line of the value."""

from __future__ import annotations

from typing import TypeVar

from docutils import nodes

from guildhall.model.base.model import Record

N = TypeVar("N", bound=nodes.Node)

_MARK = "guildhall_placed"


def place_node(node: N, path: str, line: int | None) -> N:
    """Give a node its file and line, for good.

    Args:
        node: the node.
        path: the record's file.
        line: the line in it, from 1.
    """
    node.source, node.line = path, line
    setattr(node, _MARK, True)
    return node


def place_the_rest(document: nodes.document, record: Record) -> None:
    """Give all other nodes of a record's page the record's first line.

    Their own lines are those of the Markdown that the template gave, which no one ever sees.
    """
    path = str(record.origin.path)
    for node in document.findall(nodes.Element):
        if node.__dict__.pop(_MARK, None) is None:
            node.source, node.line = path, 1
