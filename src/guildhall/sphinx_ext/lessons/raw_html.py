"""Raw HTML of a page that another page shows too: its addresses have to lead home from there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from docutils import nodes

_QUOTED = r"""\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)"""
_ADDRESS = re.compile(rf"(?<=\s)(?P<name>href|src|poster|action|data){_QUOTED}", re.I | re.S)
_ID = re.compile(rf"(?<=\s)id{_QUOTED}", re.I | re.S)
_NAME = re.compile(
    r"""(?:(?<=\s)id|(?<=^<a\s)name)\s*=\s*(?P<quote>["']?)(?P<value>[^\s"'<>]+)(?P=quote)""", re.I
)
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_KEPT = re.compile(r"<!--.*?-->|<(?P<tag>script|style)\b.*?</(?P=tag)\s*>", re.I | re.S)


def ids_of(tree: nodes.document) -> frozenset[str]:
    """The ids that raw HTML gives to its elements."""
    texts = (node.astext() for node in tree.findall(nodes.raw) if is_html(node))
    return frozenset(unescape(found["value"]) for text in texts for found in _ID.finditer(text))


def anchors_in(html: str) -> list[str]:
    """The names that raw HTML gives places: ids, and the names of its anchors."""
    plain = _KEPT.sub("", html)
    return [
        unescape(found["value"]) for tag in _TAG.findall(plain) for found in _NAME.finditer(tag)
    ]


def addresses_in(html: str) -> list[str]:
    """The addresses that raw HTML names, in its order."""
    plain = _KEPT.sub("", html)
    return [
        unescape(found["value"]) for tag in _TAG.findall(plain) for found in _ADDRESS.finditer(tag)
    ]


def lead_raw(tree: nodes.document, led: Callable[[str], str]) -> None:
    """Write the addresses of raw HTML as another page has to write them.

    Comments, scripts and style sheets stay as they are.

    Args:
        tree: the page; its nodes are changed.
        led: gives the address as the other page has to write it.
    """
    for node in tree.findall(nodes.raw):
        if is_html(node):
            text = _lead(node.astext(), led)
            if text != node.astext():
                node.children = [nodes.Text(text)]


def is_html(node: nodes.raw) -> bool:
    """Whether a raw node is HTML."""
    return "html" in str(node.get("format", "")).split()


def _lead(text: str, led: Callable[[str], str]) -> str:
    parts, at = [], 0
    for kept in _KEPT.finditer(text):
        parts += [_lead_tags(text[at : kept.start()], led), kept[0]]
        at = kept.end()
    return "".join([*parts, _lead_tags(text[at:], led)])


def _lead_tags(text: str, led: Callable[[str], str]) -> str:
    def address(found: re.Match[str]) -> str:
        value = unescape(found["value"])
        new = led(value)
        if new == value:
            return found[0]
        return f"{found['name']}={found['quote']}{escape(new)}{found['quote']}"

    return _TAG.sub(lambda tag: _ADDRESS.sub(address, tag[0]), text)
