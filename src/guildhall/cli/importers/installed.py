"""The importers that are installed: entry points of the group ``guildhall.importers``.

They are found as the packaging guide has it (https://packaging.python.org, "Entry points
specification"); none is imported before it is asked for.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from guildhall.cli.importers.importer import Importer

GROUP = "guildhall.importers"


class LoadError(Exception):
    """An importer can't be used; the message says which and why, in one line."""


def names() -> list[str]:
    """The names of all importers, sorted."""
    return sorted({each.name for each in entry_points(group=GROUP)})


def load(name: str) -> Importer | None:
    """The importer of a name; None where none has it.

    Raises:
        LoadError: where its package doesn't load, or doesn't hold an importer of that name, or two
            packages have one.
    """
    found = [*entry_points(group=GROUP, name=name)]
    if not found:
        return None
    packages = " and ".join(sorted(each.dist.name if each.dist else each.value for each in found))
    if len(found) > 1:
        raise LoadError(f"the importer `{name}` is in {packages}; uninstall one of them")
    try:
        importer = found[0].load()
    # Whatever somebody's package does when it is imported, other importers work.
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise LoadError(f"the importer `{name}` of {packages} can't be loaded: {reason}") from error
    if not isinstance(importer, Importer) or importer.name != name:
        message = f"{found[0].value} is no importer called `{name}`"
        raise LoadError(f"the importer `{name}` of {packages} can't be loaded: {message}")
    return importer
