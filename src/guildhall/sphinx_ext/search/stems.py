"""The stems of all words of a portal, kept from build to build: making them takes long."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from guildhall.sphinx_ext.search.content import Words
from guildhall.sphinx_ext.search.words import fold, stem

_FORM = 1
"""Raised whenever the form of what is kept changes."""


def stems_of(pages: Iterable[tuple[str, Words]], file: Path | None = None) -> dict[str, set[str]]:
    """The stems of each folded word.

    Args:
        pages: the language and the words of each page.
        file: where stems are kept from build to build; None where they aren't.
    """
    written: dict[str, set[str]] = {}
    for language, words in pages:
        some = written.setdefault(language, set())
        some.update(words.title, words.headings, words.often, words.once)
        for marked in words.marked.values():
            some.update(marked)
    before = _read(file) if file else {}
    now = {
        language: {word: known.get(word) or stem(language, word) for word in sorted(some)}
        for language, some in sorted(written.items())
        for known in (before.get(language, {}),)
    }
    if file and now != before:
        text = json.dumps({"form": _FORM, "stems": now}, ensure_ascii=False)
        file.write_text(text, encoding="utf-8")
    found: dict[str, set[str]] = {}
    for stems in now.values():
        for word, root in stems.items():
            found.setdefault(fold(word), set()).add(root)
    return found


def _read(file: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        kept: Any = json.loads(file.read_bytes())
        stems = kept["stems"] if kept["form"] == _FORM else {}
        return {str(language): dict(some) for language, some in stems.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
