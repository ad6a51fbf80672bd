"""Which page shows what, and so which pages have to be read again.

A page reads records only through :class:`Shown`, which notes every look-up as a :data:`Use` with a
digest of its result. Before the next build reads anything, each noted use is looked up again; the
pages where one of them gives another result are read again, and no others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from guildhall.check.reports.history import History, read_history
from guildhall.check.reports.live import LiveArea, live_areas
from guildhall.check.run.judge import judged_report
from guildhall.check.run.portal import check_records
from guildhall.core.findings.severity import Severity
from guildhall.core.history import Changes, changes_of
from guildhall.core.values.format import format_percent_range
from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.lesson import ROLES, Lesson
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.model import Record
from guildhall.model.records.registry import Registry, fingerprint
from guildhall.model.records.vocabularies import ROLE, words_of
from guildhall.model.settings import Settings
from guildhall.network.ledger.budget import BudgetTable, budget_table
from guildhall.network.ledger.checks import Report
from guildhall.network.ledger.claims import Judged, judge
from guildhall.network.ledger.figure import Figure
from guildhall.network.ledger.figures import Figures, UnknownFigureError
from guildhall.network.ledger.in_kind import InKindTable, Scenario, in_kind_table, scenarios
from guildhall.network.lessons.outline import Outline, outline_of
from guildhall.network.lessons.sources import locked_commit
from guildhall.network.people.affiliations import (
    Carried,
    Member,
    Support,
    carried_by,
    members_of,
    support_of,
)
from guildhall.network.people.contributions import Contribution, Contributions
from guildhall.network.people.lists import Group, Wanted, contributor_lists
from guildhall.network.people.newcomers import Newcomers, newcomers
from guildhall.network.statistics.by_year import By, Statistic, Statistics, Topic, Years
from guildhall.network.workshops import listing
from guildhall.network.workshops.plan import Fulfilment, Plan, fulfilment_of, plan_of
from guildhall.network.workshops.taught import TaughtAt, in_order, taught_at
from guildhall.network.workshops.timeline import Standing, standing_of
from guildhall.sphinx_ext.diagnostics import log_fault

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

R = TypeVar("R", bound=Record)

OWN_TEMPLATES = "templates"
"""The folder of the portal's own templates, below that of its configuration."""

Use = tuple[str, tuple[Any, ...]]
"""A look-up: its name and arguments, all of them plain data."""

Where = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Portal:
    """Everything that a build knows of records: loaded once, never pickled."""

    settings: Settings = field(default_factory=Settings)
    complete: Registry = field(default_factory=Registry)
    root: Path = Path()
    confdir: Path = Path("conf")
    _outlines: dict[str, Outline] = field(default_factory=dict, compare=False)
    _digests: dict[Use, str] = field(default_factory=dict, compare=False)

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
        return Figures(self.complete, self.settings.project, self.settings.today)

    @cached_property
    def statistics(self) -> Statistics:
        """Tables of workshops and learners by year."""
        return Statistics(self.complete, self.settings.today, self.settings.suppress_below)

    @cached_property
    def report(self) -> Report:
        """What the checks of sums, claims, coverage and lessons found, but for what is silenced."""
        found = check_records(self.complete, self.settings, self.root, self.outline)
        return judged_report(found, self.settings, self.root)

    def check_history(self, file: str) -> History:
        """How the portal stood when it was checked; ``file`` is relative to the portal's folder."""
        return read_history(self.root / file)

    @cached_property
    def changes(self) -> Changes:
        """What git knows of the changes of pages and records; asked once."""
        return changes_of(self.root, self.settings.sources)

    @cached_property
    def contributions(self) -> Contributions:
        """What everybody did whom readers may know of."""
        return Contributions(self.registry)

    @cached_property
    def everybodys_contributions(self) -> Contributions:
        """What everybody did; for counts, never for names."""
        return Contributions(self.complete)

    def contributor_lists(self, wanted: Wanted) -> tuple[Group, ...]:
        """Who contributed; those who may not be named only count."""
        order = ROLES if wanted.of_lessons else words_of(self.settings, ROLE)
        people = {person.key: person for person in self.registry.of(Person)}
        return contributor_lists(
            wanted,
            self.everybodys_contributions,
            people,
            self.settings.today,
            order,
            self.settings.language,
        )

    def newcomers(self, roles: tuple[str, ...]) -> dict[int, Newcomers]:
        """First-time and returning people by year; those who may not be named have no id."""
        people = {person.key for person in self.registry.of(Person)}
        found = newcomers(self.complete, self.settings.today, roles)
        return {year: each.naming(people) for year, each in found.items()}

    def members_of(self, partner: str) -> tuple[Member, ...]:
        """Who belongs, or belonged, to a partner."""
        settings = self.settings
        return members_of(partner, self.registry.of(Person), settings.today, settings.language)

    def support_of(self, workshop: Workshop) -> tuple[Support, ...]:
        """The partners that are known to support a workshop, and how."""
        return support_of(workshop, partial(self.registry.get, Person))

    def carried_by(self, partner: str) -> tuple[Carried, ...]:
        """The workshops that a partner carried."""
        return carried_by(partner, self.registry, self.settings.today)

    @cached_property
    def listed_workshops(self) -> tuple[listing.Entry, ...]:
        """All workshops as lists show them."""
        workshops, today = self.registry.of(Workshop), self.settings.today
        return listing.entries(workshops, Shown(self, lambda use: None), today)

    @cached_property
    def taught_at(self) -> dict[str, tuple[TaughtAt, ...]]:
        """The workshops that teach each lesson."""
        return taught_at(self.registry.of(Workshop))

    def select(self, kind: str, where: Where = ()) -> tuple[Record, ...]:
        """All records of a kind whose fields hold the given values."""
        return tuple(
            record
            for record in self.registry.of_kind(kind)
            if all(field_text(record, name) == value for name, value in where)
        )

    def digest(self, use: Use) -> str:
        """A digest of what a look-up gives now; many pages look up the same."""
        if use not in self._digests:
            name, arguments = use
            self._digests[use] = _DIGESTS[name](self, *arguments)
        return self._digests[use]


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


def _digest_figure(portal: Portal, name: str, project: str | None, day: date | None) -> str:
    figures = portal.figures.on(day) if day else portal.figures
    return repr(figures.get(name, project))


def _digest_claim(portal: Portal, project: str, index: int) -> str:
    found = portal.registry.get(Project, project)
    if found is None or index >= len(found.claims):
        return ""
    try:
        return repr(judge(found.claims[index], portal.figures, project))
    except UnknownFigureError as error:
        return str(error)


def _digest_statistic(portal: Portal, *asked: Any) -> str:
    return _hash(portal.statistics.of(*asked))


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


def _digest_month(portal: Portal) -> str:
    return f"{portal.settings.today:%Y-%m}"


def _digest_workshops(portal: Portal, *choice: Any) -> str:
    found = listing.Choice(*choice).select(portal.listed_workshops)
    return _hash(listing.selection_digest(found, portal.settings.today))


def _digest_standing(portal: Portal, key: str) -> str:
    found = portal.registry.get(Workshop, key)
    return repr(standing_of(found, portal.settings.today)) if found else ""


def _digest_contribution(portal: Portal, person: str) -> str:
    return _hash(portal.contributions.of(person).digest(portal.settings.today))


def _digest_contributors(portal: Portal, *wanted: Any) -> str:
    return _hash(portal.contributor_lists(Wanted(*wanted)))


def _digest_newcomers(portal: Portal, roles: tuple[str, ...]) -> str:
    return _hash(portal.newcomers(roles))


def _digest_members(portal: Portal, partner: str) -> str:
    return _hash([each.digest() for each in portal.members_of(partner)])


def _digest_carried(portal: Portal, partner: str) -> str:
    return _hash([each.digest() for each in portal.carried_by(partner)])


def _digest_support(portal: Portal, key: str) -> str:
    workshop = portal.registry.get(Workshop, key)
    return _hash(portal.support_of(workshop) if workshop else ())


def _digest_plan(portal: Portal, project: str) -> str:
    found = portal.registry.get(Project, project)
    if found is None:
        return ""
    plan = plan_of(found, portal.registry, portal.settings.today)
    return _hash(
        (
            [_fulfilment_seen(portal, each) for each in plan.fulfilments],
            [_workshop_seen(portal, each) for each in plan.unplanned],
            plan.is_followed,
        )
    )


def _digest_fulfilment(portal: Portal, key: str) -> str:
    found = portal.registry.get(Activity, key)
    if found is None:
        return ""
    fulfilment = _fulfilment(portal, found)
    return _hash(_fulfilment_seen(portal, fulfilment)) if fulfilment else ""


def _digest_taught(portal: Portal, key: str) -> str:
    return _hash(
        [(_workshop_seen(portal, each.workshop), each.pinned) for each in _taught(portal, key)]
    )


def _fulfilment_seen(portal: Portal, found: Fulfilment) -> tuple[object, ...]:
    workshops = [_workshop_seen(portal, each) for each in found.workshops]
    return (found.activity.key, found.progress, found.is_behind, workshops)


def _workshop_seen(portal: Portal, workshop: Workshop) -> tuple[object, ...]:
    """What lists show of a workshop."""
    state = standing_of(workshop, portal.settings.today).state
    dates = (workshop.start, workshop.end, workshop.dates_are_open)
    return (workshop.key, workshop.docname, workshop.label, dates, state)


def _fulfilment(portal: Portal, activity: Activity) -> Fulfilment | None:
    if not portal.registry.of(Workshop):
        return None
    return fulfilment_of(activity, portal.registry, portal.settings.today)


def _taught(portal: Portal, key: str) -> tuple[TaughtAt, ...]:
    return in_order(portal.taught_at.get(key, ()), portal.settings.today)


def _digest_check_history(portal: Portal, file: str) -> str:
    return _hash(portal.check_history(file))


def _digest_live_areas(portal: Portal) -> str:
    return _hash(live_areas(portal.report))


def _digest_building(portal: Portal, key: str) -> str:
    lesson = portal.registry.get(Lesson, key)
    if lesson is None:
        return ""
    return _hash((lesson.build, lesson.source, lesson.language, locked_commit(lesson, portal.root)))


def _digest_template(portal: Portal, name: str) -> str:
    return "own" if (portal.confdir / OWN_TEMPLATES / name).is_file() else ""


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
    "claim": _digest_claim,
    "statistic": _digest_statistic,
    "in-kind": _digest_in_kind,
    "budget": _digest_budget,
    "share": _digest_share,
    "template": _digest_template,
    "today": _digest_today,
    "outline": _digest_outline,
    "standing": _digest_standing,
    "workshops": _digest_workshops,
    "month": _digest_month,
    "building": _digest_building,
    "plan": _digest_plan,
    "fulfilment": _digest_fulfilment,
    "taught": _digest_taught,
    "contribution": _digest_contribution,
    "contributors": _digest_contributors,
    "newcomers": _digest_newcomers,
    "members": _digest_members,
    "carried": _digest_carried,
    "support": _digest_support,
    "check-history": _digest_check_history,
    "live-areas": _digest_live_areas,
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

    @property
    def month(self) -> date:
        """The first day of the month that the portal is built in."""
        self._note(("month", ()))
        return self._portal.settings.today.replace(day=1)

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

    def standing(self, workshop: Workshop) -> Standing:
        """Where a workshop stands on the day of the build; noted as that, not as the day."""
        self._note(("standing", (workshop.key,)))
        return standing_of(workshop, self._portal.settings.today)

    def contribution(self, person: str) -> Contribution:
        """What a person did, as on the day of the build; noted as that, not as the day."""
        self._note(("contribution", (person,)))
        return self._portal.contributions.of(person)

    def contributor_lists(self, wanted: Wanted) -> tuple[Group, ...]:
        """Who contributed; those who may not be named only count."""
        self._note(("contributors", astuple(wanted)))
        return self._portal.contributor_lists(wanted)

    def newcomers(self, roles: tuple[str, ...]) -> dict[int, Newcomers]:
        """First-time and returning people by year; those who may not be named have no id."""
        self._note(("newcomers", (roles,)))
        return self._portal.newcomers(roles)

    def members_of(self, partner: str) -> tuple[Member, ...]:
        """Who belongs, or belonged, to a partner; noted as that, not as the day."""
        self._note(("members", (partner,)))
        return self._portal.members_of(partner)

    def carried_by(self, partner: str) -> tuple[Carried, ...]:
        """The workshops that a partner carried."""
        self._note(("carried", (partner,)))
        return self._portal.carried_by(partner)

    def support_of(self, workshop: Workshop) -> tuple[Support, ...]:
        """The partners that are known to support a workshop, and how."""
        self._note(("support", (workshop.key,)))
        return self._portal.support_of(workshop)

    def check_history(self, file: str) -> History:
        """How the portal stood when it was checked; noted as that, whether there is a file or not.

        Args:
            file: the history, relative to the portal's folder.
        """
        self._note(("check-history", (file,)))
        return self._portal.check_history(file)

    def live_areas(self) -> tuple[LiveArea, ...]:
        """How sums, lessons and workshops stand in this build."""
        self._note(("live-areas", ()))
        return live_areas(self._portal.report)

    def plan(self, project: Project) -> Plan:
        """What a project plans against what happened; noted as that, not as the day."""
        self._note(("plan", (project.key,)))
        return plan_of(project, self._portal.registry, self._portal.settings.today)

    def fulfilment(self, activity: Activity) -> Fulfilment | None:
        """What became of a planned activity; noted as that, not as the day.

        None where the portal has no records of workshops, so that nothing is known of it.
        """
        self._note(("fulfilment", (activity.key,)))
        return _fulfilment(self._portal, activity)

    def taught_at(self, lesson: Lesson) -> tuple[TaughtAt, ...]:
        """The workshops that teach a lesson, as readers look for them."""
        self._note(("taught", (lesson.key,)))
        return _taught(self._portal, lesson.key)

    def workshops(self, choice: listing.Choice) -> listing.Selection:
        """The workshops that a list shows, with all that it shows of them."""
        self._note(("workshops", astuple(choice)))
        return choice.select(self._portal.listed_workshops)

    def note_template(self, name: str) -> None:
        """Note that the page is laid out by a template, the portal's own or Guildhall's.

        What is in its file is a dependency in Sphinx's own way; here is noted whose it is.
        """
        self._note(("template", (name,)))

    def note_building(self, lesson: Lesson) -> None:
        """Note that the page is built as the lesson's record says, from the locked commit."""
        self._note(("building", (lesson.key,)))

    def outline(self, lesson: Lesson) -> Outline:
        """The outline of a lesson: order, titles and minutes of its pages."""
        self._note(("outline", (lesson.key,)))
        return self._portal.outline(lesson)

    def figure(self, name: str, project: str | None = None, day: date | None = None) -> Figure:
        """A computed figure.

        Args:
            name: the figure's name.
            project: what names without a project speak of; by default the portal's project.
            day: the day that figures of workshops speak of; by default that of the build.

        Raises:
            UnknownFigureError: where there is none of that name.
        """
        self._note(("figure", (name, project, day)))
        figures = self._portal.figures.on(day) if day else self._portal.figures
        return figures.lookup(name, project)

    def claim(self, project: Project, index: int) -> Judged:
        """A claim of a project beside the records.

        Raises:
            UnknownFigureError: where it speaks of a figure that there is not.
        """
        self._note(("claim", (project.key, index)))
        return judge(project.claims[index], self._portal.figures, project.key)

    def statistic(
        self,
        topic: Topic,
        by: By | None = None,
        project: str | None = None,
        years: Years | None = None,
    ) -> Statistic:
        """A table by year, of the records with everybody; see :class:`Statistics`."""
        asked = (topic, by, project, years)
        self._note(("statistic", asked))
        return self._portal.statistics.of(*asked)

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
    for finding in portal.report.of_level(Severity.ERROR):
        log_fault(finding)
    unread = added | changed | removed
    return sorted(
        docname
        for docname, uses in domain.uses.items()
        if docname not in unread
        and docname in env.all_docs
        and any(portal.digest(use) != digest for use, digest in uses.items())
    )
