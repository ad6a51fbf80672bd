"""Pages in reStructuredText: how an address is spelled at its place, and how a page reads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from guildhall.check.fixes.changes import are_explained
from guildhall.check.fixes.source import Placed, RefusedError

if TYPE_CHECKING:
    from docutils import nodes

_TARGET = re.compile(r"(?:^|[\r\n])[ \t]*(?:\.\.[ \t]+_[^\r\n]+?:|__)[ \t]+[^\r\n]*$")
_EMBEDDED = re.compile(r"`[^`<>]*<[^`<>]*$")
_ATTRIBUTES = ("refuri", "uri", "refname", "names", "name", "alt", "target", "format", "language")


def spelled(text: str, start: int, end: int, new: str) -> str:
    """How a text is written at a place of a page.

    Raises:
        RefusedError: where it can't be written there.
    """
    before, after = text[max(start - 2000, 0) : start], text[end : end + 1]
    is_embedded = bool(_EMBEDDED.search(before))
    if not is_embedded and not _TARGET.search(before):
        return new
    if re.search(r"[\s`<>]" if is_embedded else r"\s", new):
        raise RefusedError("the new address can't be written there")
    # An address that ends with `_` would be the name of another target.
    is_last = after in {">", "", "\r", "\n"}
    return f"{new[:-1]}\\_" if is_last and new.endswith("_") else new


def check(before: str, after: str, edits: tuple[Placed, ...]) -> None:
    """Make sure that a page reads as before but for what edits change.

    Raises:
        RefusedError: where anything else is read differently.
    """
    pairs = [pair for each in edits if not each.is_blank for pair in _pairs(each)]
    if not are_explained(reading(before), reading(after), pairs):
        raise RefusedError("the page would be read differently")


def _pairs(placed: Placed) -> Iterator[tuple[str, str]]:
    old = placed.edit.old
    yield old, placed.new
    yield _unescaped(old), placed.edit.new


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def reading(text: str) -> list[str]:
    """All that a page says, as a list of texts.

    Raises:
        RefusedError: where docutils can't read it.
    """
    from docutils.core import publish_doctree

    settings = {
        "_disable_config": True,
        "file_insertion_enabled": False,
        "raw_enabled": False,
        "syntax_highlight": "none",
        # What directives and roles of Sphinx hold is kept in messages that they are unknown.
        "report_level": 1,
        "halt_level": 5,
        "warning_stream": io.StringIO(),
        "doctitle_xform": False,
    }
    try:
        with _only_docutils():
            tree = publish_doctree(text, settings_overrides=settings)
    except Exception as error:
        # Whatever docutils fails at, the file stays as it is.
        raise RefusedError(f"the page can't be read: {type(error).__name__}") from None
    return list(_flat(tree))


def _flat(tree: nodes.document) -> Iterator[str]:
    from docutils.nodes import Element, Text

    for node in tree.findall():
        yield type(node).__name__
        if isinstance(node, Text):
            yield str(node)
        elif isinstance(node, Element):
            for name in _ATTRIBUTES:
                value = node.get(name)
                yield "" if value is None else str(value)


@contextmanager
def _only_docutils() -> Iterator[None]:
    """Take away directives and roles of others, which need an application around them."""
    from docutils.parsers.rst import directives, roles

    registries = ((directives, "_directives"), (roles, "_roles"))
    kept = [getattr(module, name) for module, name in registries]
    for module, name in registries:
        setattr(module, name, {})
    try:
        yield
    finally:
        for (module, name), registry in zip(registries, kept, strict=True):
            setattr(module, name, registry)
