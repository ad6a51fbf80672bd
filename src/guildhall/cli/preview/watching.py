"""Which changes of files make a build worth it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

OUTPUT = frozenset({"build", "_build"})
"""Folders at the portal's top that programs write to."""
IGNORED = frozenset({"__pycache__", "node_modules", "schemas"})
LEFT_BY_EDITORS = ("~", ".swp", ".swx", ".tmp", ".pyc", ".part", "4913")


def is_source(path: Path, root: Path) -> bool:
    """Whether a change of the file may change the site.

    Args:
        path: the file, absolute.
        root: the portal's folder.
    """
    if not path.is_relative_to(root):
        return False
    parts = path.relative_to(root).parts
    if not parts or parts[0] in OUTPUT or IGNORED.intersection(parts):
        return False
    # Output of Guildhall, of Git, of notebooks, and what editors write aside begins with a dot.
    return not any(part.startswith(".") for part in parts) and not path.name.endswith(
        LEFT_BY_EDITORS
    )


async def changes(root: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[str]]:
    """The files that changed, by their paths below ``root``, as often as some did.

    Args:
        root: the portal's folder.
        stop: ends the watch when it is set.
    """
    from watchfiles import awatch

    watched = awatch(
        root,
        watch_filter=lambda change, path: is_source(Path(path), root),
        step=30,
        debounce=400,
        stop_event=stop,
    )
    async for batch in watched:
        yield frozenset(Path(path).relative_to(root).as_posix() for _, path in batch)
