"""Where a portal keeps what is not its own files: builds, and lessons from other repositories."""

from __future__ import annotations

from pathlib import Path

MEMORY = ".guildhall"
"""The folder of what is kept between runs; nothing in it is lost for good when it is deleted."""
CACHE = Path(MEMORY, "lessons")
"""The checkouts of lessons from other repositories, below the portal's folder."""
SHORT = 12
"""Digits of a commit's id that name its folder."""


def folder_name(commit: str) -> str:
    """The name of a commit's folder."""
    return commit[:SHORT]


def lesson_of_checkout(path: str) -> str | None:
    """The lesson from another repository that a file belongs to.

    Args:
        path: its path relative to the portal's folder, with slashes.

    Returns:
        the lesson's id; None for files of the portal itself.
    """
    parts = path.split("/")
    depth = len(CACHE.parts)
    return parts[depth] if tuple(parts[:depth]) == CACHE.parts and len(parts) > depth else None
