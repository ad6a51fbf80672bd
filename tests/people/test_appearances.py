"""What people did at workshops: roles, minutes, and who came for the first time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from guildhall.model.records.kinds.lesson import ROLES
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.records.vocabularies import ROLE, words_of
from guildhall.model.settings.portal import Settings
from guildhall.network.people.affiliations import carried, members_of, support_of, takes_part
from guildhall.network.people.appearances import Appearance, appearances_at
from guildhall.network.people.collation import initial_of, name_key
from guildhall.network.people.contributions import NOTHING, Contributions
from guildhall.network.people.lists import Group, Wanted, contributor_lists
from guildhall.network.people.newcomers import Newcomers, newcomers

from ..portals import Portal, person
from .files import FILES, TODAY, workshop

DAY = date.fromisoformat(TODAY)
Found = Callable[..., dict[str, Appearance]]


@pytest.fixture
def at(tmp_path: Path) -> Found:
    """Gives everybody's part in a workshop of two days with these lines."""

    def found(
        *lines: str, zone: str = "Europe/Oslo", start: str = "2025-03-29"
    ) -> dict[str, Appearance]:
        people = {f"people/{key}.yml": person(key.title(), key.title()) for key in ("ada", "bo")}
        text = workshop("W", start, "2025-03-30", *lines).replace("Europe/Oslo", zone)
        Portal(tmp_path).write({**people, "workshops/w.yml": text})
        registry = load_registry(tmp_path, Settings(sources=("people", "workshops")))
        assert registry.faults == ()
        (only,) = registry.of(Workshop)
        return {each.person: each for each in appearances_at(only)}

    return found


def sessions(*lines: str, day: str = "2025-03-29") -> tuple[str, ...]:
    """A schedule of one day with these sessions."""
    head = ("schedule:", "  days:", f"    - date: {day}", "      sessions:")
    return (*head, *(f"        - {{{line}}}" for line in lines))


def test_people_of_the_whole_of_classrooms_and_of_sessions_count_alike(at: Found):
    found = at(
        "people: {host: [ada]}",
        "classrooms: [{name: Oslo, place: {name: Oslo}, people: {helper: [ada, bo]}}]",
        *sessions("start: '09:00', minutes: 60, title: A, people: {expert-helper: [bo]}"),
    )
    assert found["ada"].roles == ("host", "helper")
    assert found["bo"].roles == ("helper", "expert-helper")


def test_who_teaches_a_session_is_an_instructor(at: Found):
    found = at(*sessions("start: '09:00', minutes: 60, title: A, instructors: [ada]"))
    assert (found["ada"].roles, found["ada"].teaches) == (("instructor",), True)


def test_a_co_instructor_who_teaches_a_session_stays_one(at: Found):
    found = at(
        "people: {co-instructor: [ada]}",
        *sessions("start: '09:00', minutes: 60, title: A, instructors: [ada]"),
    )
    assert found["ada"].roles == ("co-instructor",)


def test_minutes_are_those_of_teaching_and_exercises_in_own_sessions(at: Found):
    found = at(
        "people: {helper: [bo]}",
        *sessions(
            "start: '09:00', minutes: 50, title: A, instructors: [ada]",
            "minutes: 10, type: break",
            "minutes: 30, type: exercises, title: B, people: {co-instructor: [ada], helper: [bo]}",
            "minutes: 20, type: social, title: C, instructors: [ada]",
        ),
    )
    assert (found["ada"].minutes, found["ada"].length) == (80, 80)
    assert found["bo"].minutes is None


def test_sessions_at_the_same_time_count_once(at: Found):
    found = at(
        *sessions(
            "start: '09:00', end: '10:00', title: A, instructors: [ada]",
            "start: '09:30', end: '10:30', title: B, instructors: [ada]",
        )
    )
    assert found["ada"].minutes == 90


def test_minutes_are_real_ones_when_clocks_change(at: Found):
    lines = sessions("start: '01:00', end: '04:00', title: A, instructors: [ada]", day="2025-03-30")
    assert at(*lines)["ada"].minutes == 120


def test_cancelled_sessions_and_days_do_not_count(at: Found):
    found = at(
        *sessions(
            "start: '09:00', minutes: 60, title: A, instructors: [ada], cancelled: true",
            "start: '10:00', minutes: 60, title: B, people: {helper: [bo]}",
        ),
        "    - date: 2025-03-30",
        "      cancelled: true",
        "      sessions: [{start: '09:00', minutes: 60, title: C, instructors: [ada]}]",
    )
    assert found.keys() == {"bo"}


def test_newcomers_are_those_of_no_earlier_year(registry: Registry):
    assert newcomers(registry, DAY) == {
        2023: Newcomers(("bjorn",), ()),
        2024: Newcomers(("ada",), ("bjorn",)),
        2025: Newcomers(("zoe",), ("ada", "bjorn")),
    }


def test_newcomers_of_another_role_and_years_without_anybody(registry: Registry):
    found = newcomers(registry, DAY, ("helper", "team-leader"))
    assert found == {
        2023: Newcomers(("ada",), ()),
        2024: Newcomers(("zoe",), ()),
        2025: Newcomers(),
    }
    assert found[2025].total == 0


def test_workshops_to_come_have_no_newcomers(registry: Registry):
    assert list(newcomers(registry, date(2023, 12, 31))) == [2023]
    assert newcomers(registry, date(2020, 1, 1)) == {}


def test_a_contribution_is_all_that_a_person_did(registry: Registry):
    ada = Contributions(registry).of("ada")
    assert [each.workshop.key for each in ada.held(DAY)] == [
        "2025-spring",
        "2024-spring",
        "2023-spring",
    ]
    assert [each.workshop.key for each in ada.appearances if each.is_coming(DAY)] == ["2025-autumn"]
    assert [each.workshop.key for each in ada.past(date(2025, 1, 1))] == [
        "2024-spring",
        "2023-spring",
    ]
    assert [(each.lesson.key, each.roles) for each in ada.writings] == [
        ("git", ("author", "maintainer"))
    ]
    assert [(each.office, each.record.key) for each in ada.holdings] == [
        ("leader", "phase"),
        ("author", "phase"),
        ("contact", "north"),
    ]


def test_a_running_workshop_is_held_and_not_past(registry: Registry):
    ada = Contributions(registry).of("ada")
    on_the_last_day = date(2025, 5, 21)
    assert ada.held(on_the_last_day)[0].workshop.key == "2025-spring"
    assert ada.past(on_the_last_day)[0].workshop.key == "2024-spring"


def test_who_did_nothing_has_an_empty_contribution(registry: Registry):
    found = Contributions(registry).of("nobody")
    assert found is NOTHING
    assert found.is_empty


def test_people_of_a_partner_now_and_before(registry: Registry):
    people = registry.of(Person)
    found = members_of("north", people, DAY, "en")
    assert [(each.person.key, each.is_current) for each in found] == [
        ("ada", True),
        ("zoe", True),
        ("bjorn", False),
    ]
    before = members_of("north", people, date(2023, 6, 1), "en")
    assert [(each.person.key, each.is_current) for each in before] == [
        ("bjorn", True),
        ("zoe", True),
    ]


def test_a_partner_carries_what_it_supports_and_what_its_people_of_the_time_do(
    registry: Registry,
):
    found = [(each.workshop.key, each.support) for each in carried(registry, DAY)["north"]]
    assert [(key, each.is_stated, each.people) for key, each in found] == [
        ("2025-spring", False, (("ada", ("instructor",)), ("zoe", ("instructor",)))),
        ("2024-spring", False, (("ada", ("co-instructor",)), ("zoe", ("team-leader",)))),
        ("2023-spring", True, (("bjorn", ("instructor",)),)),
    ]
    assert [each.teachers for _, each in found] == [("ada", "zoe"), ("ada",), ("bjorn",)]


MOVED = {
    **FILES,
    "partners/organisations/south.yml": FILES["partners/organisations/north.yml"].replace(
        "North", "South"
    ),
    "partners/people/ada.yml": person(
        "Ada Lovelace",
        "Lovelace, Ada",
        "affiliations:",
        "  - {partner: south, start: 2024-03-13}",
        "  - {partner: north, end: 2024-03-12}",
    ),
}
SESSIONS = """schedule:
  days:
    - {date: 2024-03-12, sessions: [{start: "09:00", end: "10:00", title: A, instructors: [zoe]}]}
    - {date: 2024-03-13, sessions: [{start: "09:00", end: "10:00", title: B, instructors: [ada]}]}
"""


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        # On the workshop's first day, or on that of the session.
        ("people: {helper: [ada]}", [("north", False, False, {"ada": ("helper",)})]),
        (
            SESSIONS,
            [
                ("north", False, False, {"zoe": ("instructor",)}),
                ("south", False, False, {"ada": ("instructor",)}),
            ],
        ),
        # As the record says, and nothing of people whose affiliation isn't known for the day.
        ("partners: [south]", [("south", True, False, {})]),
        ("people: {instructor: [bjorn]}", []),
        (
            (
                "partners: [north]\nclassrooms: [{name: R, place: {name: R}, partner: south}]\n"
                "people: {host: [zoe]}"
            ),
            [("north", True, False, {"zoe": ("host",)}), ("south", False, True, {})],
        ),
        # That a partner takes part in the project that planned it says nothing.
        ("fulfils: [plan]", []),
    ],
)
def test_partners_support_what_is_known_of_them(tmp_path: Path, lines: str, known: object):
    made = {**MOVED, "workshops/one.yml": workshop("One", "2024-03-12", "2024-03-13", lines)}
    Portal(tmp_path).write(made)
    loaded = load_registry(tmp_path, Settings(sources=("lessons", "workshops", "partners")))
    one = loaded.get(Workshop, "one")
    assert one is not None
    found = support_of(one, partial(loaded.get, Person))
    assert [
        (each.partner, each.is_stated, each.hosts, dict(each.people)) for each in found
    ] == known


@pytest.mark.parametrize(
    ("lines", "takes"),
    [
        ("", True),
        ("start: 2024-03-13", True),
        ("start: 2024-03-14", False),
        ("end: 2024-03-12", True),
        ("end: 2024-03-11", False),
        ("ended: 2024-03-11", False),
        ("ended: 2024-03-12", True),
    ],
)
def test_partners_of_a_project_are_those_of_the_days_of_the_workshop(
    tmp_path: Path, lines: str, takes: bool
):
    north = FILES["partners/organisations/north.yml"]
    if lines.startswith("ended"):
        north += f"{lines}\n"
    else:
        north = north.replace("  - project: phase\n", f"  - project: phase\n    {lines}\n")
    made = {**MOVED, "partners/organisations/north.yml": north}
    made["workshops/one.yml"] = workshop("One", "2024-03-12", "2024-03-13")
    Portal(tmp_path).write(made)
    loaded = load_registry(tmp_path, Settings(sources=("lessons", "workshops", "partners")))
    partner, one = loaded.get(Partner, "north"), loaded.get(Workshop, "one")
    assert partner is not None
    assert one is not None
    assert takes_part(partner, "phase", one) is takes
    assert not takes_part(partner, "another", one)


def lists(registry: Registry, wanted: Wanted, language: str = "en") -> tuple[Group, ...]:
    people = {each.key: each for each in registry.of(Person)}
    order = ROLES if wanted.of_lessons else words_of(Settings(), ROLE)
    return contributor_lists(wanted, Contributions(registry), people, DAY, order, language)


def test_contributors_in_one_list_by_name(registry: Registry):
    (group,) = lists(registry, Wanted())
    assert [(each.name, each.roles, each.number, each.years) for each in group.people] == [
        ("Bjørn Åsen", ("instructor",), 3, (2023, 2025)),
        ("Ada Lovelace", ("instructor", "co-instructor", "helper"), 3, (2023, 2025)),
        ("Zoé Zorn", ("instructor", "team-leader"), 2, (2024, 2025)),
    ]
    assert group.total == 3


def test_contributors_by_role_in_the_order_of_roles(registry: Registry):
    found = lists(registry, Wanted(group_by="role"))
    assert [(group.key, [each.person for each in group.people]) for group in found] == [
        ("instructor", ["bjorn", "ada", "zoe"]),
        ("co-instructor", ["ada"]),
        ("helper", ["ada"]),
        ("team-leader", ["zoe"]),
    ]


def test_contributors_by_year_the_latest_first(registry: Registry):
    found = lists(registry, Wanted(roles=("instructor",), group_by="year"))
    assert [(group.key, group.total) for group in found] == [("2025", 3), ("2024", 1), ("2023", 1)]


def test_contributors_of_lessons_by_role(registry: Registry):
    found = lists(registry, Wanted(group_by="role", of_lessons=True))
    assert [(group.key, [each.person for each in group.people]) for group in found] == [
        ("author", ["ada"]),
        ("maintainer", ["ada"]),
        ("reviewer", ["bjorn"]),
    ]


def test_who_may_not_be_named_only_counts(registry: Registry):
    people = {each.key: each for each in registry.of(Person) if each.key != "bjorn"}
    order = words_of(Settings(), ROLE)
    wanted = Wanted(roles=("instructor",))
    (group,) = contributor_lists(wanted, Contributions(registry), people, DAY, order, "en")
    assert ([each.person for each in group.people], group.total) == (["ada", "zoe"], 3)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Åberg", "Ærø", "Öberg", "Østby", "Zorn"]),
        ("nb-NO", ["Zorn", "Ærø", "Öberg", "Østby", "Åberg"]),
        ("sv", ["Zorn", "Åberg", "Ærø", "Öberg", "Østby"]),
        ("is", ["Adam", "Ádám", "Baldur", "Dis", "Ðis", "Zorn", "Þór", "Ögmundur"]),
        ("en", ["عل\u06cc\u200cرضا, آ", "عل\u06ccرضا, ب", "عل\u06cc\u200cرضا, ت"]),
        ("en", ["de Vries, B", "Lindi, Bjørn", "Lindi Berg, Ada", "O'Neill, C", "van Vliet, M"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(language: str, names: list[str]):
    mixed = [*names[1::2], *names[::2]]
    assert sorted(mixed, key=lambda name: name_key(name, language)) == names


@pytest.mark.parametrize(
    ("language", "names", "letters"),
    [
        ("en", ["Åberg", "de Vries", "O'Neill", "'t Hooft", "Ærø", "7 of 9", "42"], "ADOTAO#"),
        ("nb", ["Åberg", "Ærø", "Äng", "Østby"], "ÅÆÆØ"),
        ("sv", ["Åberg", "Ærø", "Öberg"], "ÅÄÖ"),
        ("is", ["Ádám", "Þór", "Ögmundur"], "ÁÞÖ"),
    ],
)
def test_names_stand_under_letters_of_the_language(language: str, names: list[str], letters: str):
    assert "".join(initial_of(name, language) for name in names) == letters
