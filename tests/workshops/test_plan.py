"""The plan against what happened: what fulfils an activity, what isn't known, what pages say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.project import Project
from guildhall.network.workshops.plan import Progress, fulfilment_of, plan_of

from ..portals import Build, Portal
from .portals import load, workshop

PROJECT = (
    "kind: project\nname: The pilot\ntype: Project\nphase: Pilot\n"
    "start: 2025-03-01\nend: 2027-02-28\nsummary: They try it.\n"
)


def activity(title: str, year: int, *more: str) -> str:
    lines = ("kind: activity", "project: pilot", f"title: {title}", f"year: {year}")
    return "\n".join((*lines, "type: workshop" if not more else more[0], ""))


def on(when: str, until: str, *more: str, title: str = "Git for teams") -> str:
    return workshop("fulfils: [spring]", *more, title=title, start=when, end=until)


def progress(root: Path, today: str, *workshops: str, outcome: str = "") -> tuple[Progress, bool]:
    files = {f"workshops/w{number}.yml": text for number, text in enumerate(workshops)}
    stated = f"type: workshop\noutcome: {outcome}" if outcome else "type: workshop"
    spring = activity("Spring", 2026, stated)
    plan = {"partners/pilot.yml": PROJECT, "partners/spring.yml": spring}
    registry = load(root, {**plan, **files})
    (planned,) = registry.of(Activity)
    found = fulfilment_of(planned, registry, date.fromisoformat(today))
    return found.progress, found.is_behind


MARCH = on("2026-03-17", "2026-03-19")
AUTUMN = on("2026-09-22", "2026-09-24")
NEXT_YEAR = on("2027-03-16", "2027-03-18")
OPEN = on("2026-09-01", "2026-09-30", "dates_are_open: true")
CANCELLED = on("2026-03-17", "2026-03-19", "status: cancelled")
POSTPONED = on("2026-03-17", "2026-03-19", "status: postponed")
ANNOUNCED = on("2026-03-17", "2026-03-19", "status: announced")


@pytest.mark.parametrize(
    ("today", "workshops", "expected"),
    [
        # Nothing fulfils it.
        ("2025-06-01", (), "planned"),
        ("2026-12-31", (), "planned"),
        ("2027-01-01", (), "unrecorded"),
        # One workshop with dates.
        ("2026-03-16", (MARCH,), "scheduled"),
        ("2026-03-17", (MARCH,), "running"),
        ("2026-03-19", (MARCH,), "running"),
        ("2026-03-20", (MARCH,), "done"),
        ("2030-01-01", (MARCH,), "done"),
        # Two parts: it is under way until the last one is over.
        ("2026-03-01", (MARCH, AUTUMN), "scheduled"),
        ("2026-06-01", (MARCH, AUTUMN), "running"),
        ("2026-09-25", (MARCH, AUTUMN), "done"),
        # Dates that are approximate, even when they have passed.
        ("2026-03-01", (OPEN,), "planned"),
        ("2026-12-31", (OPEN,), "planned"),
        ("2027-01-01", (OPEN,), "unrecorded"),
        # A record that goes on announcing what is over doesn't say that it took place.
        ("2026-03-16", (ANNOUNCED,), "scheduled"),
        ("2026-03-20", (ANNOUNCED,), "unrecorded"),
        ("2026-03-20", (ANNOUNCED, AUTUMN), "scheduled"),
        ("2027-01-01", (ANNOUNCED, AUTUMN), "done"),
        # Called off.
        ("2026-12-31", (CANCELLED,), "cancelled"),
        ("2027-01-01", (CANCELLED,), "cancelled"),
        ("2026-12-31", (POSTPONED,), "planned"),
        ("2026-12-31", (CANCELLED, POSTPONED), "planned"),
        ("2027-01-01", (POSTPONED,), "postponed"),
        ("2027-01-01", (CANCELLED, POSTPONED), "postponed"),
        ("2027-01-01", (CANCELLED, OPEN), "unrecorded"),
        # What is called off doesn't count beside what isn't.
        ("2026-06-01", (CANCELLED, AUTUMN), "scheduled"),
        ("2027-01-01", (CANCELLED, AUTUMN), "done"),
    ],
)
def test_how_far_an_activity_of_2026_has_come(
    tmp_path: Path, today: str, workshops: tuple[str, ...], expected: Progress
):
    assert progress(tmp_path, today, *workshops) == (expected, False)


@pytest.mark.parametrize(
    ("outcome", "workshops", "expected"),
    [
        ("held", (), "done"),
        ("not-held", (), "not-held"),
        ("held", (OPEN,), "done"),
        ("not-held", (POSTPONED,), "not-held"),
        ("held", (ANNOUNCED,), "done"),
        # Workshops with dates say it themselves.
        ("not-held", (AUTUMN,), "done"),
    ],
)
def test_an_activity_says_itself_what_became_of_it_where_no_workshop_does(
    tmp_path: Path, outcome: str, workshops: tuple[str, ...], expected: Progress
):
    found, _ = progress(tmp_path, "2027-01-01", *workshops, outcome=outcome)
    assert found == expected


@pytest.mark.parametrize(
    ("today", "workshops", "expected"),
    [
        ("2026-06-01", (NEXT_YEAR,), ("scheduled", True)),
        ("2027-01-01", (NEXT_YEAR,), ("scheduled", True)),
        ("2027-06-01", (CANCELLED, NEXT_YEAR), ("done", True)),
        # It began in the year of the plan.
        ("2027-01-01", (AUTUMN, NEXT_YEAR), ("running", False)),
    ],
)
def test_an_activity_that_takes_place_after_its_year_is_behind(
    tmp_path: Path, today: str, workshops: tuple[str, ...], expected: tuple[Progress, bool]
):
    assert progress(tmp_path, today, *workshops) == expected


def test_a_record_that_says_it_is_past_took_place_although_its_dates_are_open(tmp_path: Path):
    past = on("2026-09-01", "2026-09-30", "dates_are_open: true", "status: past")
    assert progress(tmp_path, "2027-01-01", past) == ("done", False)


def test_a_meeting_is_fulfilled_by_a_record_of_that_type(tmp_path: Path):
    meeting = on("2026-03-17", "2026-03-19", "type: meeting")
    retreat = activity("Spring", 2026, "type: meeting")
    registry = load(
        tmp_path,
        {
            "partners/pilot.yml": PROJECT,
            "partners/spring.yml": retreat,
            "workshops/kick-off.yml": meeting,
        },
    )
    (planned,) = registry.of(Activity)
    found = fulfilment_of(planned, registry, date(2026, 6, 1))
    assert ([each.key for each in found.workshops], found.progress) == (["kick-off"], "done")


def test_workshops_of_the_project_s_period_that_nobody_planned_are_told_apart(tmp_path: Path):
    registry = load(
        tmp_path,
        {
            "partners/pilot.yml": PROJECT,
            "partners/spring.yml": activity("Spring", 2026),
            "workshops/planned.yml": MARCH,
            "workshops/late.yml": workshop(start="2026-09-01", end="2026-09-02"),
            "workshops/early.yml": workshop(start="2025-03-01", end="2025-03-02"),
            "workshops/before.yml": workshop(start="2025-02-28", end="2025-03-02"),
            "workshops/after.yml": workshop(start="2027-03-01", end="2027-03-02"),
        },
    )
    (project,) = registry.of(Project)
    found = plan_of(project, registry, date(2026, 6, 1))
    assert [each.key for each in found.unplanned] == ["early", "late"]


FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nproject: pilot\nsources: [partners, workshops]\n",
    "index.md": "# Home\n\n```{toctree}\n:glob:\n\npartners/*\nworkshops/*\n```\n",
    "partners/plan.md": "# Plan\n\n:::{activity-plan}\n:::\n",
    "partners/second.md": "# The second year\n\n:::{activity-plan}\n:year: 2026\n:::\n",
    "partners/pilot.yml": PROJECT,
    "partners/kick-off.yml": activity("Kick-off", 2025, "type: meeting"),
    "partners/hand-over.yml": activity("Hand-over", 2025, "type: hand-over"),
    "partners/spring.yml": activity("Spring", 2026),
    "partners/summer.yml": activity("Summer", 2026),
    "partners/retreat.yml": activity("Retreat", 2026, "type: retreat"),
    "workshops/meeting.yml": workshop(
        "type: meeting",
        "fulfils: [kick-off]",
        title="We meet",
        start="2025-04-01",
        end="2025-04-02",
    ),
    "workshops/git.yml": MARCH,
    "workshops/again.yml": on("2026-09-01", "2026-09-30", "dates_are_open: true", title="Again"),
    "workshops/writing.yml": workshop(
        "fulfils: [retreat]",
        "status: cancelled",
        title="We write",
        start="2026-05-04",
        end="2026-05-05",
    ),
    "workshops/extra.yml": workshop(title="One more", start="2026-02-03", end="2026-02-03"),
}


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("plan") / "portal")
    made.write(FILES)
    build = made.build(GUILDHALL_TODAY="2026-03-01")
    assert (build.code, build.warnings) == (0, "")
    return build


def text(build: Build, page: str, selector: str) -> list[str]:
    return [
        " ".join(each.get_text(" ", strip=True).split())
        for each in build.seen(page).select(selector)
    ]


def became(build: Build) -> dict[str, str]:
    """The last cell of each activity's row."""
    tables = build.seen("partners/plan.html").select("main table")[1:]
    rows = [row.find_all(["th", "td"]) for table in tables for row in table.select("tbody tr")]
    return {
        row[0].get_text(" ", strip=True): " ".join(row[-1].get_text(" ", strip=True).split())
        for row in rows
    }


def test_the_timeline_draws_what_is_known_of_each_and_leads_to_its_place(built: Build):
    page = built.seen("partners/plan.html")
    rows = page.select(".gh-timeline a")
    drawn = {}
    for row in rows:
        bars = [bar["fill"].split("#")[0] for bar in row.select(".gh-bar")]
        is_planned = bool(row.select("[stroke-dasharray]"))
        drawn[" ".join(row.get_text(" ", strip=True).split())] = (is_planned, bars)
    assert drawn == {
        "Hand-over: no record": (True, []),
        "Kick-off": (True, ["currentColor"]),
        "Retreat: cancelled": (True, []),
        "Spring": (True, ["url("]),
        "Summer": (True, []),
        "One more (Not in the plan)": (False, ["currentColor"]),
    }
    places = [page.select_one(row["href"]).get_text(strip=True) for row in rows]
    assert [label.startswith(place) for label, place in zip(drawn, places, strict=True)]
    assert not built.seen("partners/second.html").select(".gh-timeline")


def test_columns_that_no_activity_fills_are_left_out(built: Build):
    headers = text(built, "partners/plan.html", "main table thead th")
    assert headers[-3:] == ["Activity", "Type", "Outcome"]
    assert "—" not in " ".join(text(built, "partners/plan.html", "main td"))


def test_the_plan_is_one_file_which_takes_no_silence_for_a_fact(built: Build):
    file = built.folder / "tables/partners/plan/activities.csv"
    assert file.read_text(encoding="utf-8").splitlines() == [
        "Year,Activity,Type,Format,Length,Venue,Outcome,Fulfilled by",
        "2025,Hand-over,hand over,,,,no record,",
        '2025,Kick-off,meeting,,,,done,"We meet, 1–2 April 2025"',
        '2026,Retreat,retreat,,,,cancelled,"We write, 4–5 May 2026 (cancelled)"',
        (
            '2026,Spring,workshop,,,,scheduled,"Git for teams, 17–19 March 2026 (announced); '
            'Again, September 2026 (planned)"'
        ),
        "2026,Summer,workshop,,,,no dates recorded,",
    ]


def test_each_activity_shows_what_became_of_it(built: Build):
    assert became(built) == {
        "Kick-off": "done We meet , 1–2 April 2025",
        "Hand-over": "no record",
        "Spring": (
            "scheduled Git for teams , 17–19 March 2026 announced ; Again , September 2026 planned"
        ),
        "Summer": "no dates recorded",
        "Retreat": "cancelled We write , 4–5 May 2026 cancelled",
    }


def test_a_summary_counts_by_year(built: Build):
    table = built.page("partners/plan.html").select("main table")[0]
    rows = [[cell.get_text(strip=True) for cell in row(["th", "td"])] for row in table("tr")]
    assert rows == [
        ["Year", "Planned", "done", "scheduled", "no dates recorded", "no record", "cancelled"],
        ["2025", "2", "1", "0", "0", "1", "0"],
        ["2026", "3", "0", "1", "1", "0", "1"],
        ["All", "5", "1", "1", "1", "1", "1"],
    ]


def test_what_no_record_tells_of_is_named_in_words_above_the_tables(built: Build):
    (said,) = text(built, "partners/plan.html", "main p.gh-unrecorded > strong")
    assert said == "Past their planned dates, with no outcome recorded:"
    assert text(built, "partners/plan.html", "main p.gh-unrecorded + ul > li") == [
        "Hand-over (2025)"
    ]
    # In its row the word stands out as well.
    assert text(built, "partners/plan.html", "main td strong") == ["no record"]


def test_what_nobody_planned_comes_last(built: Build):
    assert text(built, "partners/plan.html", "main .rubric + ul.gh-unplanned > li") == [
        "One more , 3 February 2026"
    ]


def test_one_year_of_the_plan(built: Build):
    captions = text(built, "partners/second.html", "main table caption")
    assert [each.rstrip(" #") for each in captions] == [
        "Planned and actual",
        "Planned for 2026",
    ]
    assert not built.page("partners/second.html").select("main p.gh-unrecorded")
    assert text(built, "partners/second.html", "main ul.gh-unplanned > li") == [
        "One more , 3 February 2026"
    ]


def test_the_page_of_an_activity_shows_the_same(built: Build):
    def facts(page: str) -> dict[str, str]:
        terms = text(built, page, "dl.gh-facts > dt")
        return dict(zip(terms, text(built, page, "dl.gh-facts > dd"), strict=True))

    found = facts("partners/spring.html")
    assert found["Progress"] == "scheduled"
    assert found["Fulfilled by"] == (
        "Git for teams , 17–19 March 2026 announced Again , September 2026 planned"
    )
    unknown = facts("partners/hand-over.html")
    assert unknown["Progress"] == "no record"
    assert "Fulfilled by" not in unknown


def test_a_portal_without_records_of_workshops_claims_nothing_of_what_happened(portal: Portal):
    for path in (portal.root / "workshops").iterdir():
        path.unlink()
    portal.change("index.md", "workshops/*\n", "")
    build = portal.build(GUILDHALL_TODAY="2026-03-01")
    assert build.warnings == ""
    page = build.page("partners/plan.html").select_one("main")
    assert page is not None
    assert len(page.select("table")) == 2
    assert "no record" not in page.get_text()
    assert "Progress" not in text(build, "partners/hand-over.html", "dl.gh-facts > dt")


def test_pages_are_read_again_on_the_day_that_changes_them_and_no_other(portal: Portal):
    portal.build(GUILDHALL_TODAY="2026-03-01")
    before = portal.build(GUILDHALL_TODAY="2026-03-16")
    # The project's own page shows how much of its time is over.
    assert before.read <= {"index", "partners/pilot"}
    running = portal.build(GUILDHALL_TODAY="2026-03-17")
    assert {"partners/plan", "partners/second", "partners/spring"} <= running.read
    assert not running.read & {"partners/summer", "partners/hand-over"}
    assert became(running)["Spring"].startswith("under way Git for teams")


def test_a_new_workshop_reaches_the_plan_and_its_own_activity(portal: Portal):
    portal.build(GUILDHALL_TODAY="2026-03-01")
    summer = workshop("fulfils: [summer]", title="In June", start="2026-06-02", end="2026-06-03")
    portal.write({"workshops/june.yml": summer})
    build = portal.build(GUILDHALL_TODAY="2026-03-01")
    assert {"partners/plan", "partners/second", "partners/summer", "workshops/june"} <= build.read
    assert not build.read & {"partners/spring", "partners/hand-over", "workshops/git"}
    assert became(build)["Summer"] == "scheduled In June , 2–3 June 2026 announced"
