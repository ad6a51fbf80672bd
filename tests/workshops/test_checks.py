"""The checks of workshops: what they find, where, and how grave it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guildhall.check.run.catalogue import all_rules
from guildhall.core.findings.severity import Severity
from guildhall.network.workshops.checks import CHECKS
from tests.faults.tables import Case, read_cases
from tests.portals import person

from .portals import day, lesson, partner, report, schedule, told, workshop

AREAS = ("lesson.", "workshop.")
TABLE = Path(__file__).with_name("findings.md")
CASES = [pytest.param(case, id=case.title) for case in read_cases(TABLE)]
TRACKS = "tracks:\n  english: {title: In English}\n  suomi: {title: Suomeksi}\n"
ADA = {"partners/people/ada.yml": person("Ada Lovelace", "Lovelace, Ada")}


@pytest.mark.parametrize("case", CASES)
def test_a_finding_is_told_once_at_its_place(case: Case, tmp_path: Path):
    results = report(tmp_path, {"workshops/one.yml": case.text}).results
    found = [
        f"{each.line}:{each.column} {each.severity}: {each.message} [{result.id}]"
        for result in results
        for each in result.findings
    ]
    assert found == list(case.faults)


def test_the_table_is_read_whole():
    assert len(CASES) == TABLE.read_text(encoding="utf-8").count("\n## ")


def test_a_sound_workshop_passes_every_check(tmp_path: Path):
    sound = workshop(
        "registration: {url: https://example.org/, opens: 2026-02-01, closes: 2026-03-17}",
        "status: open",
        schedule(day("2026-03-17", 'start: "09:00", minutes: 60, title: Welcome')),
    )
    results = report(tmp_path, {"workshops/one.yml": sound}).results
    of_workshops = [(each.id, each.status) for each in results if each.id.startswith("workshop.")]
    assert of_workshops == [(entry.id, "pass") for entry in CHECKS]
    assert told(tmp_path, {}) == []


def test_without_workshops_there_is_nothing_to_check(tmp_path: Path):
    results = report(tmp_path, ADA).results
    of_workshops = [each for each in results if each.id.startswith("workshop.")]
    assert {(each.status, each.detail) for each in of_workshops} == {("skip", "no workshops")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("status: cancelled", ""),
        ("", "cancelled: true"),
        ("", "optional: true"),
        ("", "type: help"),
    ],
)
def test_what_is_not_held_or_need_not_be_seen_overlaps_nothing(
    one: str, other: str, tmp_path: Path
):
    second = 'start: "09:30", minutes: 60, title: B'
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 60, title: A',
        f"{second}, {other}" if other else second,
    )
    assert told(tmp_path, workshop(one, schedule(days)), "workshop.overlaps") == []


def test_a_person_on_two_tracks_at_once_is_told_at_the_name(tmp_path: Path):
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 60, title: Git, track: english, instructors: [Ada Lovelace]',
        'start: "09:30", minutes: 60, title: Suomeksi, track: suomi, people: {helper: [ada]}',
    )
    files = {**ADA, "workshops/one.yml": workshop(schedule(days, before=TRACKS))}
    assert told(tmp_path, files, "workshop.overlaps") == [
        (
            "one.yml:14:90: error: `ada` is in `Suomeksi` and in `Git` at once, "
            "on 2026-03-17 from 09:30 to 10:00"
        )
    ]


def test_sessions_that_touch_do_not_overlap(tmp_path: Path):
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 60, title: Git, track: english, instructors: [ada]',
        'start: "10:00", minutes: 60, title: Suomeksi, track: suomi, instructors: [ada]',
    )
    files = {**ADA, "workshops/one.yml": workshop(schedule(days, before=TRACKS))}
    assert told(tmp_path, files, "workshop.overlaps") == []


def test_a_person_at_two_workshops_is_told_in_the_zone_of_the_later_session(tmp_path: Path):
    one = day("2026-03-17", 'start: "09:00", minutes: 60, title: Git, instructors: [ada]')
    other = day("2026-03-17", 'start: "10:30", minutes: 60, title: Testing, instructors: [ada]')
    files = {
        **ADA,
        "workshops/one.yml": workshop(schedule(one)),
        "workshops/two.yml": workshop(
            schedule(other), title="Testing", zone="Europe/Helsinki", end="2026-03-18"
        ),
    }
    assert told(tmp_path, files, "workshop.overlaps") == [
        (
            "two.yml:10:71: error: `ada` is in `Testing` and in `Git` of `one` at once, "
            "on 2026-03-17 from 10:30 to 11:00"
        )
    ]


@pytest.mark.parametrize(
    ("here", "there", "is_one"),
    [
        ("Otaniemi", "Otaniemi", True),
        ("Otaniemi", "Blindern", False),
    ],
)
def test_a_room_is_the_same_one_in_the_same_place(
    here: str, there: str, is_one: bool, tmp_path: Path
):
    days = schedule(day("2026-03-17", 'start: "09:00", minutes: 60, title: Git, room: T1'))
    files = {
        "workshops/one.yml": workshop(f"places: [{{name: {here}}}]", days),
        "workshops/two.yml": workshop(f"places: [{{name: {there}}}]", days, title="Another"),
    }
    found = told(tmp_path, files, "workshop.overlaps")
    assert found == (
        [
            (
                "two.yml:11:59: error: `T1` is in `Git` and in `Git` of `one` at once, "
                "on 2026-03-17 from 09:00 to 10:00"
            )
        ]
        if is_one
        else []
    )


def test_the_room_of_a_track_is_that_of_its_sessions(tmp_path: Path):
    tracks = "tracks:\n  a: {title: A, room: T1}\n  b: {title: B, room: T1}\n"
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 60, title: Git, track: a',
        'start: "09:00", minutes: 60, title: Tests, track: b',
    )
    found = told(tmp_path, workshop(schedule(days, before=tracks)), "workshop.overlaps")
    assert found == [
        (
            "one.yml:14:62: error: `T1` is in `Tests` and in `Git` at once, "
            "on 2026-03-17 from 09:00 to 10:00"
        )
    ]


def test_nobody_is_in_two_classrooms_but_may_teach_from_one(tmp_path: Path):
    rooms = (
        "classrooms:\n"
        "  - {name: Espoo, place: {name: Otaniemi}, people: {host: [ada]}}\n"
        "  - {name: Oslo, place: {name: Blindern}, people: {helper: [ada]}}\n"
    )
    session = 'start: "09:00", minutes: 60, title: Git, instructors: [ada]'
    days = schedule(day("2026-03-17", session), day("2026-03-18", session))
    files = {**ADA, "workshops/one.yml": workshop(rooms, days)}
    assert told(tmp_path, files, "workshop.overlaps") == [
        (
            "one.yml:8:61: error: `ada` is in the classroom `Oslo` and in the classroom `Espoo` "
            "at once, on 2026-03-17 from 09:00 to 10:00"
        )
    ]


def git(*prerequisites: str) -> dict[str, str]:
    """Two lessons with pages of a stated length; the second asks for the first."""
    pages = {
        f"lessons/git/{name}.md": f"---\nteaching: {minutes}\n---\n# {name.title()}\n"
        for name, minutes in (("commits", 40), ("branches", 50))
    }
    return {
        **pages,
        "lessons/git/lesson.yml": lesson("Git", "episodes: [{page: commits}, {page: branches}]"),
        "lessons/review/lesson.yml": lesson(
            "Review", "teaching: 60", "prerequisites: [{lesson: git}]"
        ),
    }


def test_an_episode_that_the_lesson_does_not_have_names_the_nearest(tmp_path: Path):
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 60, lessons: [git/branchs]',
        "minutes: 60, lessons: [{lesson: git, episodes: [commits, merges]}]",
    )
    files = {**git(), "workshops/one.yml": workshop(schedule(days))}
    assert told(tmp_path, files, "workshop.episodes") == [
        "one.yml:10:51: error: the lesson `git` has no page `branchs`; did you mean `branches`?",
        "one.yml:11:69: error: the lesson `git` has no page `merges`",
    ]


def test_a_pinned_version_may_have_had_other_episodes(tmp_path: Path):
    days = schedule(day("2026-03-17", 'start: "09:00", minutes: 60, lessons: [git/merges]'))
    pinned = workshop("lessons: [{lesson: git, version: v1}]", days)
    (found,) = told(tmp_path, {**git(), "workshops/one.yml": pinned}, "workshop.episodes")
    assert ": info: the lesson `git` has no page `merges`" in found


@pytest.mark.parametrize(
    ("sessions", "finding"),
    [
        (['start: "09:00", minutes: 90, lessons: [git]'], None),
        (
            ['start: "09:00", minutes: 60, lessons: [git]'],
            "`git` takes 90 min, but its session has 60 min",
        ),
        (
            [
                'start: "09:00", minutes: 30, lessons: [git]',
                "minutes: 50, type: exercises, lessons: [git]",
            ],
            "`git` takes 90 min, but its sessions have 80 min",
        ),
        (
            ['start: "09:00", minutes: 40, lessons: [git]', "minutes: 50, lessons: [git]"],
            None,
        ),
        (
            [
                'start: "09:00", minutes: 40, lessons: [git/commits]',
                "minutes: 45, lessons: [git/branches]",
            ],
            "`git/branches` takes 50 min, but its session has 45 min",
        ),
        (
            [
                'start: "09:00", minutes: 30, lessons: [git/commits, git/branches]',
                "minutes: 45, lessons: [git/branches]",
            ],
            "`git/commits`, `git/branches` take 90 min, but their sessions have 75 min",
        ),
        (
            ['start: "09:00", minutes: 140, lessons: [git, review]'],
            "`git`, `review` take 150 min, but their session has 140 min",
        ),
        (
            ['start: "09:00", minutes: 10, type: questions, lessons: [git]'],
            None,
        ),
        (
            [
                'start: "09:00", minutes: 60, lessons: [git], track: english',
                'start: "09:00", minutes: 60, lessons: [git], track: suomi',
            ],
            "`git` takes 90 min, but its session has 60 min",
        ),
    ],
)
def test_a_lesson_that_is_longer_than_its_sessions(
    sessions: list[str], finding: str | None, tmp_path: Path
):
    days = schedule(day("2026-03-17", *sessions), before=TRACKS)
    files = {**git(), "workshops/one.yml": workshop(days)}
    found = {line.split(": ", 1)[1] for line in told(tmp_path, files, "workshop.lengths")}
    assert found == ({f"warning: {finding}"} if finding else set())


@pytest.mark.parametrize(
    ("sessions", "finding"),
    [
        (["lessons: [git]", "lessons: [review]"], None),
        (
            ["lessons: [review]", "lessons: [git]"],
            "10:51: error: `review` requires `git`, which comes later, on 2026-03-17 at 10:30",
        ),
        (["lessons: [git, review]"], None),
        (
            ["lessons: [review, git]"],
            "10:51: error: `review` requires `git`, which the same session teaches later",
        ),
        (["lessons: [git/commits]", "lessons: [review]", "lessons: [git/branches]"], None),
        (["lessons: [review]"], None),
    ],
)
def test_a_workshop_teaches_first_what_lessons_require(
    sessions: list[str], finding: str | None, tmp_path: Path
):
    timed = [f'start: "09:00", minutes: 90, {sessions[0]}'] + [
        f"minutes: 90, {each}" for each in sessions[1:]
    ]
    files = {**git(), "workshops/one.yml": workshop(schedule(day("2026-03-17", *timed)))}
    found = told(tmp_path, files, "workshop.prerequisites")
    assert found == ([f"one.yml:{finding}"] if finding else [])


def test_what_another_track_teaches_later_is_not_late(tmp_path: Path):
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 90, lessons: [review], track: english',
        'start: "10:30", minutes: 90, lessons: [git], track: suomi',
    )
    files = {**git(), "workshops/one.yml": workshop(schedule(days, before=TRACKS))}
    assert told(tmp_path, files, "workshop.prerequisites") == []


def test_once_a_workshop_is_over_its_order_is_a_warning(tmp_path: Path):
    days = day(
        "2026-03-17",
        'start: "09:00", minutes: 90, lessons: [review]',
        "minutes: 90, lessons: [git]",
    )
    files = {**git(), "workshops/one.yml": workshop(schedule(days))}
    (found,) = told(tmp_path, files, "workshop.prerequisites", date(2026, 4, 1))
    assert ": warning: `review` requires `git`" in found


ADA_MOVED = {
    "partners/aalto.yml": partner("Aalto"),
    "partners/ntnu.yml": partner("NTNU"),
    "partners/people/ada.yml": person(
        "Ada Lovelace",
        "Lovelace, Ada",
        "affiliations:",
        "  - {partner: aalto, start: 2026-03-18}",
        "  - {partner: ntnu, end: 2026-03-17}",
    ).replace("consent: given", "consent: withheld"),
    "partners/people/bo.yml": person("Bo", "Bo", "affiliations: [aalto]"),
}


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        (
            "people: {instructor: [ada]}",
            "6:23: warning: `ada` of `ntnu` teaches, but `ntnu` is not among `partners`",
        ),
        ("people: {organiser: [ada]}", None),
        ("people: {instructor: [ada]}\npartners: [ntnu]", None),
        (
            "people: {instructor: [ada]}\npartners: [aalto]",
            "6:23: warning: `ada` of `ntnu` teaches, but `ntnu` is not among `partners`",
        ),
        (
            "partners: [ntnu]\n"
            + schedule(
                day("2026-03-17", 'start: "09:00", minutes: 9, title: A, instructors: [ada]'),
                day("2026-03-18", 'start: "09:00", minutes: 9, title: B, instructors: [ada]'),
            ),
            "14:64: warning: `ada` of `aalto` teaches, but `aalto` is not among `partners`",
        ),
        # What pages tell by themselves needs no line in the record.
        ("people: {instructor: [bo]}", None),
        ("classrooms: [{name: Espoo, place: {name: Otaniemi}, partner: aalto}]", None),
    ],
)
def test_partners_of_who_teaches_and_may_not_be_named_are_acknowledged(
    more: str, finding: str | None, tmp_path: Path
):
    files = {**ADA_MOVED, "workshops/one.yml": workshop(more)}
    found = told(tmp_path, files, "workshop.partners")
    assert found == ([f"one.yml:{finding}"] if finding else [])


def test_an_activity_of_another_year_is_told(tmp_path: Path):
    files = {
        "conf/portal.yml": "title: A portal\n",
        "partners/phase.yml": (
            "kind: project\nname: Phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
            "end: 2026-12-31\nsummary: A phase.\n"
        ),
        **{
            f"partners/plan-{year}.yml": (
                f"kind: activity\nproject: phase\ntitle: A\nyear: {year}\ntype: workshop\n"
            )
            for year in (2025, 2026)
        },
        "workshops/one.yml": workshop("fulfils: [plan-2026, plan-2025]"),
    }
    assert told(tmp_path, files, "workshop.plan") == [
        "one.yml:6:22: warning: `plan-2025` is planned for 2025, not for 2026"
    ]


@pytest.mark.parametrize(
    ("stated", "is_told"),
    [((), True), (("status: cancelled",), False), (("dates_are_open: true",), False)],
)
def test_an_activity_recorded_as_not_held_that_a_workshop_fulfils_is_told(
    tmp_path: Path, stated: tuple[str, ...], is_told: bool
):
    files = {
        "conf/portal.yml": "title: A portal\n",
        "partners/phase.yml": (
            "kind: project\nname: Phase\ntype: Project\nphase: One\nstart: 2026-01-01\n"
            "end: 2026-12-31\nsummary: A phase.\n"
        ),
        "partners/plan.yml": (
            "kind: activity\nproject: phase\ntitle: A\nyear: 2026\ntype: workshop\n"
            "outcome: not-held\n"
        ),
        "workshops/one.yml": workshop("fulfils: [plan]", *stated),
    }
    expected = "one.yml:6:11: warning: `plan` is recorded as not held, but this workshop has dates"
    assert told(tmp_path, files, "workshop.plan") == ([expected] if is_told else [])


@pytest.mark.parametrize(
    ("one", "other", "finding"),
    [
        ("", "", "2:8: warning: `one` has the same dates and the same title; is it the same?"),
        (
            "website: https://example.org/w/",
            "website: https://example.org/w",
            "6:10: warning: `one` has the same dates and the same website; is it the same?",
        ),
        ("website: https://example.org/a", "website: https://example.org/b", None),
        ("", "status: cancelled", None),
    ],
)
def test_a_workshop_with_two_records_is_told(
    one: str, other: str, finding: str | None, tmp_path: Path
):
    files = {"workshops/one.yml": workshop(one), "workshops/two.yml": workshop(other)}
    found = told(tmp_path, files, "workshop.twins")
    assert found == ([f"two.yml:{finding}"] if finding else [])


def test_an_unknown_person_is_told_with_the_nearest_name(tmp_path: Path):
    from guildhall.model.records.registry import load_registry
    from guildhall.model.settings.portal import Settings

    told(tmp_path, ADA)
    path = tmp_path / "workshops/one.yml"
    path.parent.mkdir()
    path.write_text(workshop("people: {host: [Ada Lovelase]}"), encoding="utf-8")
    (fault,) = load_registry(tmp_path, Settings()).faults
    assert (fault.line, fault.column) == (6, 17)
    assert fault.message == (
        "no person has the id or name `Ada Lovelase`; did you mean `Ada Lovelace`?"
    )


def test_a_sum_that_is_wrong_is_told_with_its_figures(tmp_path: Path):
    text = workshop("participants: {total: 10, countries: {NO: 7, FI: 2}}")
    results = report(tmp_path, {"workshops/one.yml": text}).results
    ((found,),) = [each.findings for each in results if each.id == "workshop.participants"]
    assert (found.stated, found.computed, found.difference) == ("10", "9", "-1")


def test_warnings_are_found_but_nothing_fails(tmp_path: Path):
    found = report(
        tmp_path,
        {"workshops/one.yml": workshop("status: past")},
        date(2026, 3, 18),
    )
    (finding,) = found.of_level(Severity.WARNING)
    assert found.ok
    assert str(finding.relative_to(tmp_path)) == (
        "workshops/one.yml:6:9: the status is `past`, but it ends on 2026-03-19 [workshop.status]"
    )


def test_every_check_of_lessons_and_workshops_is_a_rule(tmp_path: Path):
    results = report(tmp_path, {"workshops/one.yml": workshop()}).results
    own = {each.id for each in results if each.id.startswith(AREAS)}
    # Whether an inventory can be read is seen by the build.
    rules = {name for name in all_rules() if name.startswith(AREAS)} - {"lesson.inventory"}
    assert own == rules


def test_notes_of_lessons_and_paths_are_in_the_report(tmp_path: Path):
    files = {
        **git(),
        "lessons/git/CITATION.cff": "cff-version: 1.2.0\ntype: data\n",
        "lessons/short.yml": (
            "kind: path\ntitle: Short\nsummary: S.\naudience: learner\nsteps: [review]\n"
        ),
    }
    place = f"{tmp_path}/lessons"
    assert told(tmp_path, files, "lesson.") == [
        f"{place}/short.yml:5:9: info: `review` requires `git`, which is not on this path",
        (
            f"{place}/git/CITATION.cff:2:7: info: "
            "`type`: found `data`, expected `software` or `dataset`"
        ),
    ]


@pytest.mark.parametrize(("form", "findings"), [("in-person", 0), ("hybrid", 1), ("online", 1)])
def test_of_people_in_one_room_no_recordings_are_expected(form: str, findings: int, tmp_path: Path):
    text = workshop(f"format: {form}", "participants: {total: 10}")
    found = told(tmp_path, text, "workshop.results", date(2026, 4, 1))
    assert len(found) == findings
    assert all("but its record has no `recordings`" in each for each in found)


def test_what_a_list_names_twice_is_told_at_the_second_place(tmp_path: Path):
    text = workshop(
        "partners: [north, south, north]",
        "lessons: [git, git]",
        "people: {instructor: [ada, Ada Lovelace], helper: [ada]}",
        schedule(
            day(
                "2026-03-17",
                'start: "09:00", minutes: 60, lessons: [git/a, git/b], instructors: [ada, ada]',
            )
        ),
    )
    files = {
        **ADA,
        "workshops/one.yml": text,
        "lessons/git/lesson.yml": lesson("Git"),
        "partners/north.yml": partner("North"),
        "partners/south.yml": partner("South"),
    }
    assert told(tmp_path, files, "workshop.repeats") == [
        "one.yml:6:26: error: `partners` names `north` twice",
        "one.yml:7:16: error: `lessons` names `git` twice",
        "one.yml:8:28: error: `people.instructor` names `ada` twice",
        "one.yml:13:85: error: `schedule.days.sessions.instructors` names `ada` twice",
    ]
