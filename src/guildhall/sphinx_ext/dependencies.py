"""Which page shows what, and so which pages have to be read again.

A page reads records only through :class:`Shown`, which notes every look-up as a :data:`Use` with a
digest of its result. Before the next build reads anything, each noted use is looked up again; the
pages where one of them gives another result are read again, and no others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from guildhall.checking import check_records
from guildhall.ledger.budget import BudgetTable, budget_table
from guildhall.ledger.checks import Report
from guildhall.ledger.figures import Figure, Figures
from guildhall.ledger.in_kind import InKindTable, Scenario, in_kind_table, scenarios
from guildhall.lessons.outline import Outline, outline_of
from guildhall.lessons.sources import locked_commit
from guildhall.records.kinds.lesson import Lesson
from guildhall.records.kinds.project import Project
from guildhall.records.model import Record
from guildhall.records.registry import Registry, fingerprint
from guildhall.settings import Settings
from guildhall.sphinx_ext.diagnostics import log_fault
from guildhall.values.format import format_percent_range

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

R = TypeVar("R", bound=Record)

Use = tuple[str, tuple[Any, ...]]
"""A look-up: its name and arguments, all of them plain data."""

Where = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Portal:
    """Everything that a build knows of records: loaded once, never pickled."""

    settings: Settings = field(default_factory=Settings)
    complete: Registry = field(default_factory=Registry)
    root: Path = Path()
    _outlines: dict[str, Outline] = field(default_factory=dict, compare=False)

    @cached_property
    def registry(self) -> Registry:
        """The records as readers may see them; the complete ones are for checks and counts."""
        return self.complete.public()

    def outline(self, lesson: Lesson) -> Outline:
        """The outline of a lesson; its files are read once."""
        if lesson.key not in self._outlines:
            self._outlines[lesson.key] = outline_of(lesson, self.root)
        return self._outlines[lesson.key]

    @cached_property
    def figures(self) -> Figures:
        """All computed figures."""
        return Figures(self.complete, self.settings.project)

    @cached_property
    def report(self) -> Report:
        """What the checks of sums, claims, coverage and lessons found."""
        return check_records(self.complete, self.settings, self.root, self.outline)

    def select(self, kind: str, where: Where = ()) -> tuple[Record, ...]:
        """All records of a kind whose fields hold the given values."""
        return tuple(
            record
            for record in self.registry.of_kind(kind)
            if all(field_text(record, name) == value for name, value in where)
        )

    def digest(self, use: Use) -> str:
        """A digest of what a look-up gives now."""
        name, arguments = use
        return _DIGESTS[name](self, *arguments)


def field_text(record: Record, name: str) -> str:
    """A field of a record as text, for filters and groups; empty where it has no value."""
    value: Any = record
    for part in name.split("."):
        value = getattr(value, part, None)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _digest_select(portal: Portal, kind: str, where: Where, fields: tuple[str, ...] | None) -> str:
    return fingerprint(portal.select(kind, where), fields)


def _digest_record(portal: Portal, kind: str, key: str, fields: tuple[str, ...] | None) -> str:
    record = portal.registry.find(kind, key)
    return fingerprint([record] if record else [], fields)


def _digest_referring(portal: Portal, kind: str, key: str) -> str:
    record = portal.registry.find(kind, key)
    return fingerprint(portal.registry.referring_to(record) if record else [], ("label",))


def _digest_figure(portal: Portal, name: str) -> str:
    return repr(portal.figures.get(name))


def _digest_in_kind(portal: Portal, project: str, without: tuple[str, ...]) -> str:
    found = portal.registry.get(Project, project)
    return _hash(
        in_kind_table(portal.registry, found, without=frozenset(without)) if found else None
    )


def _digest_budget(portal: Portal, project: str) -> str:
    found = portal.registry.get(Project, project)
    return _hash(budget_table(portal.registry, found) if found else None)


def _digest_share(portal: Portal, project: str, partner: str) -> str:
    return portal_share(portal, project, partner) or ""


def _digest_today(portal: Portal) -> str:
    return portal.settings.today.isoformat()


def _digest_building(portal: Portal, key: str) -> str:
    lesson = portal.registry.get(Lesson, key)
    if lesson is None:
        return ""
    return _hash((lesson.build, lesson.source, lesson.language, locked_commit(lesson, portal.root)))


def _digest_outline(portal: Portal, key: str) -> str:
    lesson = portal.registry.get(Lesson, key)
    if lesson is None:
        return ""
    outline = portal.outline(lesson)
    pages = [
        (p.docname, p.title, p.teaching, p.exercises, p.optional, p.is_episode)
        for p in outline.pages
    ]
    return _hash((pages, outline.teaching, outline.exercises))


def _hash(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


_DIGESTS: dict[str, Callable[..., str]] = {
    "select": _digest_select,
    "record": _digest_record,
    "referring": _digest_referring,
    "figure": _digest_figure,
    "in-kind": _digest_in_kind,
    "budget": _digest_budget,
    "share": _digest_share,
    "today": _digest_today,
    "outline": _digest_outline,
    "building": _digest_building,
}


def portal_share(portal: Portal, project: str, partner: str) -> str | None:
    """A partner's share of a project's in-kind total, as pages show it."""
    found = portal.registry.get(Project, project)
    share = in_kind_table(portal.registry, found).share_of(partner) if found else None
    return format_percent_range(share, portal.settings.language) if share else None


class Shown:
    """The portal as one page sees it: whatever is looked up here is noted for that page.

    Args:
        portal: the portal.
        note: called with each look-up.
    """

    def __init__(self, portal: Portal, note: Callable[[Use], None]) -> None:
        self._portal = portal
        self._note = note

    @property
    def settings(self) -> Settings:
        """The portal's settings; a change of them makes Sphinx read every page."""
        return self._portal.settings

    @property
    def today(self) -> Any:
        """The day the portal is built for."""
        self._note(("today", ()))
        return self._portal.settings.today

    def select(
        self, kind: str, where: Where = (), fields: Iterable[str] | None = None
    ) -> tuple[Record, ...]:
        """All records of a kind with these values; ``fields`` are those that the page shows."""
        self._note(("select", (kind, where, _names(fields))))
        return self._portal.select(kind, where)

    def find(self, kind: str, key: str, fields: Iterable[str] | None = None) -> Record | None:
        """One record; ``fields`` are those that the page shows."""
        self._note(("record", (kind, key, _names(fields))))
        return self._portal.registry.find(kind, key)

    def get(self, kind: type[R], key: str, fields: Iterable[str] | None = None) -> R | None:
        """Like :meth:`find`, typed."""
        record = self.find(kind.KIND, key, fields)
        return record if isinstance(record, kind) else None

    def knows(self, kind: str, key: str) -> bool:
        """Whether there is such a record, sound or broken."""
        return key in self._portal.registry.keys(kind)

    def keys(self, kind: str) -> tuple[str, ...]:
        """The ids of a kind, for suggestions; not noted."""
        return self._portal.registry.keys(kind)

    def all_paths(self) -> Registry:
        """The registry, of which the page shows where lessons stand on paths."""
        self._note(("select", ("path", (), ("title", "steps", "order"))))
        return self._portal.registry

    def referring_to(self, record: Record) -> tuple[Record, ...]:
        """The records that refer to ``record``; the page shows their labels."""
        self._note(("referring", (record.KIND, record.key)))
        return self._portal.registry.referring_to(record)

    def note_building(self, lesson: Lesson) -> None:
        """Note that the page is built as the lesson's record says, from the locked commit."""
        self._note(("building", (lesson.key,)))

    def outline(self, lesson: Lesson) -> Outline:
        """The outline of a lesson: order, titles and minutes of its pages."""
        self._note(("outline", (lesson.key,)))
        return self._portal.outline(lesson)

    def figure(self, name: str) -> Figure:
        """A computed figure.

        Raises:
            UnknownFigureError: where there is none of that name.
        """
        self._note(("figure", (name,)))
        return self._portal.figures.lookup(name)

    def in_kind(self, project: Project, without: Iterable[str] = ()) -> InKindTable:
        """A project's in-kind table."""
        marks = tuple(sorted(without))
        self._note(("in-kind", (project.key, marks)))
        return in_kind_table(self._portal.registry, project, without=frozenset(marks))

    def in_kind_scenarios(self, project: Project) -> tuple[Scenario, ...]:
        """The in-kind table with and without conditional contributions."""
        self._note(("in-kind", (project.key, ())))
        self._note(("record", ("project", project.key, ("in_kind",))))
        return scenarios(self._portal.registry, project)

    def in_kind_of(self, project: Project, partner: str) -> InKindTable:
        """The rows of one partner; the page is not read again for the rows of others."""
        self._note(("select", ("in-kind", (("partner", partner),), None)))
        self._note(("record", ("project", project.key, ("in_kind", "start", "end"))))
        return in_kind_table(self._portal.registry, project, partner=partner)

    def share(self, project: str, partner: str) -> str | None:
        """A partner's share of the in-kind total, such as ``13–24 %``."""
        self._note(("share", (project, partner)))
        return portal_share(self._portal, project, partner)

    def budget(self, project: Project) -> BudgetTable:
        """A project's budget table."""
        self._note(("budget", (project.key,)))
        return budget_table(self._portal.registry, project)


def _names(fields: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if fields is None else tuple(sorted(fields))


def setup_dependencies(app: Sphinx) -> None:
    """Compare what pages show with what they showed, before Sphinx decides what to read."""
    app.connect("env-get-outdated", _compare)


def _compare(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    from guildhall.sphinx_ext.domain import domain_of
    from guildhall.sphinx_ext.loading import loader_of

    domain = domain_of(env)
    portal = domain.portal
    for fault in (*loader_of(app).faults, *portal.registry.faults):
        log_fault(fault)
    for result in portal.report.results:
        for finding in result.findings:
            log_fault(finding.fault)
    unread = added | changed | removed
    return sorted(
        docname
        for docname, uses in domain.uses.items()
        if docname not in unread
        and docname in env.all_docs
        and any(portal.digest(use) != digest for use, digest in uses.items())
    )
