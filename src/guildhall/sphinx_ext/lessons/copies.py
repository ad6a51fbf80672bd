"""Copies of parts of one page for another: their ids stay unique, their links still lead home."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.util.osutil import relative_uri

from guildhall.core.values.identifiers import slug_of

Address = Callable[[str, str], str]
"""Gives the address of a document and an id in it, as the page with the copy sees it."""


def prefix_of(docname: str, root: str) -> str:
    """What the ids of a copy begin with, such as ``part-2-merging-``."""
    return slug_of(docname.removeprefix(root), None) + "--"


def seen_from(here: str, home: str, address: str) -> str:
    """An address on one page as another page has to write it.

    Args:
        here: the target URI of the page that shows it now.
        home: the target URI of the page that it was written for.
        address: the address; one of another site stays as it is.
    """
    if urlsplit(address).scheme or address.startswith("//"):
        return address
    target, anchor = urldefrag(urljoin(f"/{home}", address))
    away = relative_uri(here, target.lstrip("/"))
    return f"{away}#{anchor}" if anchor else away


def adopt(copy: nodes.Element, docname: str, prefix: str, address: Address) -> None:
    """Make a copied node fit for another page.

    Ids get a prefix, and everything in the copy that names one of them follows: links, notes, and
    the attributes of tabs. Links to other places of the page that it was copied from lead there.

    Args:
        copy: the node; it is changed.
        docname: the page that it was copied from.
        prefix: what all ids begin with.
        address: see :data:`Address`.
    """
    renamed: dict[str, str] = {
        name: prefix + name for node in _elements(copy) for name in node["ids"]
    }
    for node in _elements(copy):
        if isinstance(node, addnodes.pending_xref):
            # A reference that leads nowhere is told at the page it was copied from.
            node["refwarn"] = False
        for key, value in list(node.attributes.items()):
            if key == "ids":
                node[key] = [renamed.get(name, name) for name in value]
            elif key in {"names", "dupnames"}:
                node[key] = []
            elif key == "refid" and value not in renamed and isinstance(node, nodes.reference):
                del node["refid"]
                node["refuri"] = address(docname, value)
            elif key not in {"refuri", "uri", "reftarget", "classes"}:
                node[key] = _renamed(value, renamed)


def _elements(copy: nodes.Element) -> list[nodes.Element]:
    return list(copy.findall(nodes.Element))


def _renamed(value: Any, renamed: dict[str, str]) -> Any:
    if isinstance(value, str):
        return renamed.get(value, value)
    if isinstance(value, list):
        return [renamed.get(each, each) if isinstance(each, str) else each for each in value]
    return value
