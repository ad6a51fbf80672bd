"""Forms, buttons, frames, and what the keyboard reaches."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from guildhall.check.content.view import (
    Attributes,
    View,
    ancestors,
    beginning,
    has_name,
    is_hidden,
    is_labelled,
    is_unseen,
    words,
)
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import quote

_NAMED_BY_VALUE = frozenset({"submit", "reset", "button", "image", "hidden"})
_FOCUSABLE = frozenset({"a", "area", "button", "input", "select", "textarea", "iframe", "summary"})
_CONTROLS = ("button", "input", "select", "textarea", "iframe")


def controls(view: View) -> Iterator[SiteFault]:
    """Fields without a label, buttons and frames without a name, controls within others."""
    labels = {node.attributes.get("for"): node for node in view.all("label")}
    for node in view.all("input", "select", "textarea"):
        attributes = node.attributes
        kind = (attributes.get("type") or "text").lower() if node.tag == "input" else ""
        if kind == "button":
            if not (attributes.get("value") or "").strip() and not is_labelled(attributes):
                yield _nameless(view, node, attributes)
            continue
        if kind in _NAMED_BY_VALUE or "disabled" in attributes:
            continue
        if _is_labelled_field(node, attributes, labels) or is_hidden(node):
            continue
        name = attributes.get("id") or attributes.get("name") or ""
        shown = f"{node.tag} {quote(name)}" if name else f"a field `{node.tag}`"
        message = f"{shown} has no label, expected a `label` or an `aria-label`"
        yield view.fault("pages.control-label", message, name)
    for node in view.all("button", "summary"):
        attributes = node.attributes
        # A script gives hidden buttons their names before it shows them.
        if not has_name(node, attributes) and not is_hidden(node):
            yield _nameless(view, node, attributes)
    for node in view.all("iframe", "frame"):
        attributes = node.attributes
        if not is_labelled(attributes) and not is_hidden(node):
            address = attributes.get("src") or ""
            message = f"the frame {quote(address)} has no `title`, expected one"
            yield view.fault("pages.frame-title", message, address, target=address)
    for node in view.all(*_CONTROLS):
        around = next((each for each in ancestors(node) if _takes_clicks(each)), None)
        if around is None or (node.attributes.get("type") or "").lower() == "hidden":
            continue
        message = f"found `{node.tag}` within `{around.tag}`, expected them next to each other"
        yield view.fault("pages.nested-control", message, beginning(around)[:60])


def _nameless(view: View, node: LexborNode, attributes: Attributes) -> SiteFault:
    message = f"found `{node.tag}` without a name, expected text or an `aria-label`"
    return view.fault("pages.button-name", message, attributes.get("id") or "")


def _is_labelled_field(
    node: LexborNode, attributes: Attributes, labels: dict[str | None, LexborNode]
) -> bool:
    if is_labelled(attributes) or (attributes.get("placeholder") or "").strip():
        return True
    label = labels.get(attributes["id"]) if attributes.get("id") else None
    if label is None:
        label = next((each for each in ancestors(node) if each.tag == "label"), None)
    return label is not None and has_name(label, label.attributes)


def _takes_clicks(node: LexborNode) -> bool:
    return node.tag == "button" or (node.tag == "a" and "href" in node.attributes)


def keyboard(view: View) -> Iterator[SiteFault]:
    """Orders of their own, shared keys, and hidden elements that the keyboard reaches."""
    keys: dict[str, LexborNode] = {}
    hiding = []
    for node, attributes in view.marked:
        order = (attributes.get("tabindex") or "").strip()
        if order.isdecimal() and int(order[:9]) > 0:
            message = f"found `tabindex={quote(order)[1:-1]}`, expected 0, -1 or none"
            yield view.fault("pages.tab-order", message, words(node)[:60])
        for key in (attributes.get("accesskey") or "").casefold().split():
            first = keys.setdefault(key, node)
            if first is not node:
                message = f"found the key {quote(key)} again, expected each key once per page"
                yield view.fault("pages.access-key", message, words(node)[:60])
        if attributes.get("aria-hidden") == "true":
            hiding.append(node)
    for node in hiding:
        for reached in filter(_is_reached, node.traverse()):
            if not any(map(_is_gone, (reached, *ancestors(reached)))):
                name = words(reached) or reached.attributes.get("href") or ""
                message = (
                    f"`{reached.tag}` {quote(name)} is hidden by `aria-hidden`, but can "
                    "receive keyboard focus"
                )
                yield view.fault("pages.hidden-focus", message, name[:60])


def _is_reached(node: LexborNode) -> bool:
    attributes = node.attributes
    order = (attributes.get("tabindex") or "").strip()
    if order:
        return order.isdecimal()
    if node.tag not in _FOCUSABLE or "disabled" in attributes:
        return False
    if node.tag in {"a", "area"}:
        return "href" in attributes
    return (attributes.get("type") or "").lower() != "hidden"


def _is_gone(node: LexborNode) -> bool:
    # What a class may hide, and what a closed box hides, isn't surely reached.
    return is_unseen(node.attributes) or (node.tag == "details" and "open" not in node.attributes)
