"""What links are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborNode

from guildhall.check.content.view import Attributes, View, has_name, is_hidden, is_labelled
from guildhall.check.lint.checks import says_nothing
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import quote

_BETWEEN = frozenset(" \t\r\n\f,;/|·•()[]–-")


def link_texts(view: View) -> Iterator[SiteFault]:
    """Links without a name, with one that says nothing, or with their neighbour's."""
    seen: Counter[str] = Counter()
    language = view.language
    for node, attributes in view.links:
        address = attributes["href"] or ""
        nth = seen[address]
        seen[address] += 1
        text = node.text().strip()
        if not text:
            if not has_name(node, attributes) and not is_hidden(node):
                message = f"the link to {quote(address)} has no text, expected words"
                yield view.fault("link-text", message, address, nth, address)
            continue
        if _says_nothing(text, language) and not _has_other_name(attributes):
            message = f"found a link {quote(text)}, expected words that say where it leads"
            yield view.fault("link-text", message, address, nth, address)
        twin = _beside(node)
        if twin is None or twin.text().strip() != text or text.isdecimal():
            continue
        other = twin.attributes
        if other.get("href") == address or is_labelled(attributes) or is_labelled(other):
            continue
        message = (
            f"two adjacent links are called {quote(text)}, to {quote(address)} and "
            f"{quote(other.get('href'))}; expected words that tell them apart"
        )
        yield view.fault("pages.adjacent-links", message, address, nth, address)


@lru_cache(maxsize=10_000)
def _says_nothing(text: str, language: str) -> bool:
    return says_nothing(text, language)


def _has_other_name(attributes: Attributes) -> bool:
    return any((attributes.get(name) or "").strip() for name in ("aria-label", "aria-labelledby"))


def _beside(node: LexborNode) -> LexborNode | None:
    """The link that follows with nothing between the two but blanks and signs."""
    after = node.next
    if after is not None and after.is_text_node:
        if set(after.text_content or "") - _BETWEEN:
            return None
        after = after.next
    if after is None or after.tag != "a" or after.attributes.get("href") is None:
        return None
    return after
