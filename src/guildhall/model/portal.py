"""A portal as its files say: settings and records, loaded once for all that a command does."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from guildhall.core.findings.finding import Finding
from guildhall.core.history import Changes, changes_of
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings, load_settings

T = TypeVar("T")


@dataclass(frozen=True)
class Portal:
    """Everything that a command knows of a portal; never pickled.

    Args:
        settings: the settings.
        complete: all records, for checks and counts.
        root: the portal's folder.
        confdir: the folder of its configuration.
        faults: what is wrong with the settings.
    """

    settings: Settings = field(default_factory=Settings)
    complete: Registry = field(default_factory=Registry)
    root: Path = Path()
    confdir: Path = Path("conf")
    faults: tuple[Finding, ...] = ()
    _known: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def registry(self) -> Registry:
        """The records as readers may see them."""
        return self.complete.public()

    @cached_property
    def changes(self) -> Changes:
        """What git knows of the changes of pages and records; asked once."""
        return changes_of(self.root, self.settings.sources)

    def once(self, what: Hashable, compute: Callable[[], T]) -> T:
        """What is computed from this portal, the first time that it is asked for.

        Args:
            what: tells it apart from all else.
            compute: gives it; what it raises is raised each time.
        """
        if what not in self._known:
            self._known[what] = compute()
        return cast("T", self._known[what])

    def on(self, today: date) -> Portal:
        """The same portal for another day; nothing that was computed is taken over."""
        if today == self.settings.today:
            return self
        return replace(self, settings=self.settings.on(today))


def load_portal(root: Path, today: date | None = None, confdir: Path | None = None) -> Portal:
    """Read the portal at ``root``.

    Args:
        root: the portal's folder.
        today: the day of the build; see :func:`load_settings` for the default.
        confdir: the folder of its configuration; by default ``conf``.

    Raises:
        ValueError: where the environment says what is no day.
    """
    settings, faults = load_settings(root, today)
    registry = load_registry(root, settings)
    return Portal(settings, registry, root, confdir or root / "conf", tuple(faults))
