"""Look-ups of pages: each is asked once, can be kept, and knows the records of its answer."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guildhall.model.lookup import Answer, Lookup, NoAnswerError
from guildhall.model.portal import Portal, load_portal
from guildhall.model.record_lookups import RecordOf, RecordsOf, ReferringTo
from guildhall.model.shown import BuildDay, Shown
from guildhall.network.ledger.figures import UnknownFigureError
from guildhall.network.ledger.lookups import FigureOf, InKindOf, ShareOf
from guildhall.network.lessons.lookups import OutlineOf
from guildhall.network.people.lookups import CarriedBy, ContributionOf
from guildhall.network.workshops.listing import Choice
from guildhall.network.workshops.lookups import StandingOf, Teaching, WorkshopsIn

from ..portals import person
from ..workshops.portals import lesson, load, partner, workshop

FILES = {
    "conf/portal.yml": "title: P\nproject: phase\n",
    "partners/a.yml": partner("A"),
    "partners/ada.yml": person("Ada", "Ada"),
    "partners/phase.yml": (
        "kind: project\nname: The phase\ntype: Project\nphase: One\nsummary: S.\n"
        "start: 2025-01-01\nend: 2025-12-31\nin_kind: {text: Work.}\n"
    ),
    "partners/row.yml": (
        "kind: in-kind\nproject: phase\npartner: a\nname: Work\ntotal: 2\namounts: {2025: 2}\n"
    ),
    "lessons/git/lesson.yml": lesson("Git"),
    "workshops/one.yml": workshop("lessons: [git]", "partners: [a]", "people: {instructor: [ada]}"),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    root = tmp_path_factory.mktemp("lookups")
    load(root, FILES)
    return load_portal(root)


@dataclass(frozen=True)
class Counted(Lookup[str]):
    """Counts how often it is computed."""

    name: str

    def result(self, portal: Portal) -> str:
        COMPUTED.append(self.name)
        if self.name == "unknown":
            raise NoAnswerError(self.name)
        return self.name


COMPUTED: list[str] = []


def test_equal_look_ups_are_computed_once(portal: Portal):
    COMPUTED.clear()
    noted: list[Answer[Any]] = []
    shown = Shown(portal, noted.append)
    assert [shown.ask(Counted(name)) for name in ("a", "b", "a")] == ["a", "b", "a"]
    assert COMPUTED == ["a", "b"]
    assert noted[0] is noted[2]
    assert noted[0].digest != noted[1].digest


def test_what_has_no_answer_is_noted_and_raised_each_time(portal: Portal):
    COMPUTED.clear()
    noted: list[Answer[Any]] = []
    shown = Shown(portal, noted.append)
    for _ in range(2):
        with pytest.raises(NoAnswerError, match="unknown"):
            shown.ask(Counted("unknown"))
    assert COMPUTED == ["unknown"]
    assert noted[0] is noted[1]
    assert noted[0].records == ()
    assert noted[0].digest == Counted("unknown").answer(Portal()).digest


def test_a_figure_that_there_is_not_is_named(portal: Portal):
    with pytest.raises(UnknownFigureError, match="learner"):
        Shown(portal).ask(FigureOf("learner"))


@pytest.mark.parametrize(
    ("lookup", "files"),
    [
        (RecordOf("partner", "a", ("label",)), ["partners/a.yml"]),
        (RecordOf("partner", "b"), []),
        (RecordsOf("workshop", (("timezone", "Europe/Stockholm"),)), ["workshops/one.yml"]),
        (ReferringTo("lesson", "git"), ["workshops/one.yml"]),
        (BuildDay(), []),
        (WorkshopsIn(Choice(lesson="git")), ["workshops/one.yml"]),
        (Teaching("git"), ["workshops/one.yml"]),
        (StandingOf("one"), ["workshops/one.yml"]),
        (ContributionOf("ada"), ["workshops/one.yml"]),
        (CarriedBy("a"), ["workshops/one.yml"]),
        (OutlineOf("git"), ["lessons/git/lesson.yml"]),
        (OutlineOf("unknown"), []),
        (InKindOf("phase"), ["partners/phase.yml", "partners/row.yml"]),
        (ShareOf("phase", "a"), ["partners/phase.yml", "partners/row.yml"]),
    ],
    ids=str,
)
def test_a_look_up_can_be_kept_and_leads_back_to_records(
    portal: Portal, lookup: Lookup[Any], files: list[str]
):
    kept = pickle.loads(pickle.dumps(lookup))
    assert kept == lookup
    assert kept.answer(portal) is lookup.answer(portal)
    assert list(_files(lookup.answer(portal), portal.root)) == files
    again = load_portal(portal.root, portal.settings.today)
    assert lookup.answer(again).digest == lookup.answer(portal).digest


def _files(answer: Answer[Any], root: Path) -> Iterator[str]:
    for record in answer.records:
        yield record.origin.path.relative_to(root).as_posix()
