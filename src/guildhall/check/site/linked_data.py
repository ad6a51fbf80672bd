"""Addresses in linked data (JSON-LD)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_SHOWN = frozenset(
    {"url", "contentUrl", "embedUrl", "image", "logo", "sameAs", "thumbnailUrl", "license"}
    | {"mainEntityOfPage", "discussionUrl", "installUrl", "downloadUrl", "codeRepository"}
)
"""Properties of schema.org whose text is an address that can be opened."""

_DEEPEST = 100


class UnreadableDataError(Exception):
    """It is no JSON."""


def in_linked_data(text: str) -> Iterator[tuple[str, bool]]:
    """The addresses of a block of linked data, each with whether it is only an identifier.

    Identifiers (``@id``) need not lead anywhere, unless they are of the site itself. Terms of the
    vocabulary, such as ``@context``, are left out.

    Raises:
        UnreadableDataError: where it can't be read.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDataError(str(error)) from None
    yield from _within(data, 0)


def _within(data: Any, depth: int) -> Iterator[tuple[str, bool]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from _within(each, depth + 1)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "@id":
                if isinstance(value, str) and value.startswith(("http://", "https://")):
                    yield value, True
            elif key in _SHOWN:
                for each in value if isinstance(value, list) else [value]:
                    if isinstance(each, str):
                        yield each, False
                    else:
                        yield from _within(each, depth + 1)
            elif key != "@context":
                yield from _within(value, depth + 1)
