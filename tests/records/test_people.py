"""People in records: names become ids, and nobody is named who withholds consent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.model.records.kinds import Lesson, Partner, Person, Project, Workshop
from guildhall.model.records.people import plain_name
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings

from ..portals import person


def unlisted(name: str, sort_name: str, *more: str) -> str:
    """The record of a person who hasn't consented to anything."""
    return "\n".join((f"kind: person\nname: {name}\nsort_name: {sort_name}", *more, ""))


WORKSHOP = "workshops/spring/workshop.yml"
FILES = {
    "people/bjorn-lindi.yml": person("Bjørn Lindi", "Lindi, Bjørn"),
    "people/marijn.yml": person("Marijn van Vliet", "van Vliet, Marijn", "aliases: [M. van Vliet]"),
    "people/ghost.yml": unlisted(
        "Gásper Højland", "Højland, Gásper", "aliases: [Gasper]", "orcid: 0000-0002-1825-0097"
    ),
    WORKSHOP: (
        "kind: workshop\nid: spring\ntitle: Spring\ntimezone: Europe/Oslo\n"
        "start: 2026-03-17\nend: 2026-03-18\n"
        "people:\n"
        "  instructor: [bjørn  LINDI, Marijn Van-Vliet, Gasper]\n"
        "  host: [Gásper Højland]\n"
        "classrooms:\n"
        "  - {name: Oslo, place: {name: Oslo}, people: {host: [Bjorn Lindi, ghost]}}\n"
        "schedule:\n"
        "  days:\n"
        "    - date: 2026-03-17\n"
        "      sessions:\n"
        "        - {start: 10:00, end: 11:00, title: A, instructors: [m van vliet, Gasper]}\n"
    ),
}


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Registry]:
    """Loads the portal above, with some of its files changed or added."""

    def loaded(changed: dict[str, str] | None = None, settings: Settings | None = None) -> Registry:
        for name, text in {**FILES, **(changed or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found = settings or Settings()
        return load_registry(
            tmp_path,
            found.model_copy(update={"sources": ("people", "workshops", "lessons", "partners")}),
        )

    return loaded


def spring(registry: Registry) -> Workshop:
    found = registry.get(Workshop, "spring")
    assert found is not None
    return found


def test_names_become_ids_wherever_a_record_holds_them(load: Callable[..., Registry]):
    registry = load()
    assert registry.faults == ()
    workshop = spring(registry)
    assert workshop.people == {
        "instructor": ("bjorn-lindi", "marijn", "ghost"),
        "host": ("ghost",),
    }
    assert workshop.classrooms[0].people == {"host": ("bjorn-lindi", "ghost")}
    assert workshop.schedule is not None
    assert workshop.schedule.days[0].sessions[0].instructors == ("marijn", "ghost")
    assert workshop in registry.referring_to(registry.records["person", "bjorn-lindi"])


def test_a_workshop_in_a_folder_is_the_page_of_the_folder(load: Callable[..., Registry]):
    workshop = spring(load())
    assert (workshop.docname, workshop.root) == ("workshops/spring/index", "workshops/spring/")


ROBIN = person(
    "Robin Berg", "Berg, Robin", "former_names: [Karin Lind, {name: R. Lund, shown: true}]"
)


def test_a_former_name_means_the_person_and_is_public_only_where_that_is_wished(
    load: Callable[..., Registry],
):
    text = FILES[WORKSHOP].replace("Marijn Van-Vliet", "Lind, Karin")
    text = text.replace("Lind, Karin", "Karin LIND").replace("m van vliet", "R. Lund")
    registry = load({"people/robin.yml": ROBIN, WORKSHOP: text})
    assert registry.faults == ()
    found = spring(registry)
    assert found.people["instructor"] == ("bjorn-lindi", "robin", "ghost")
    assert found.schedule is not None
    assert found.schedule.days[0].sessions[0].instructors == ("robin", "ghost")
    public = registry.public()
    robin = public.get(Person, "robin")
    assert robin is not None
    assert [each.name for each in robin.former_names] == ["R. Lund"]
    assert "Karin" not in "".join(each.model_dump_json() for each in public.records.values())


def test_a_former_name_of_who_withholds_consent_is_a_mention(load: Callable[..., Registry]):
    withheld = ROBIN.replace("consent: given", "consent: withheld")
    text = f"{FILES[WORKSHOP]}summary: Thanks to Karin Lind.\n"
    (fault,) = load({"people/robin.yml": withheld, WORKSHOP: text}).faults
    assert fault.message.startswith("this names `robin`, who withholds consent")


def test_an_unknown_name_is_told_with_the_nearest(load: Callable[..., Registry]):
    text = FILES[WORKSHOP].replace("Marijn Van-Vliet", "Marijn van Vleit")
    (fault,) = load({WORKSHOP: text}).faults
    assert (fault.line, fault.column) == (8, 30)
    assert fault.message == (
        "no person has the id or name `Marijn van Vleit`; did you mean `Marijn van Vliet`?"
    )


def test_an_unknown_name_with_none_near_asks_for_a_record(load: Callable[..., Registry]):
    text = FILES[WORKSHOP].replace("Marijn Van-Vliet", "Qq")
    (fault,) = load({WORKSHOP: text}).faults
    assert fault.message == (
        "no person has the id or name `Qq`; add a person's record, or an alias to one"
    )


def test_a_name_that_two_people_have_asks_for_the_id(load: Callable[..., Registry]):
    twin = person("Björn Lindi", "Lindi, Björn")
    faults = load({"people/bjorn-too.yml": twin}).faults
    message = "several people are called {}; give the id: `bjorn-lindi`, `bjorn-too`"
    assert [fault.message for fault in faults] == [
        message.format("`bjørn  LINDI`"),
        message.format("`Bjorn Lindi`"),
    ]


def test_who_withholds_consent_is_in_no_public_record(load: Callable[..., Registry]):
    files = {
        "lessons/git/lesson.yml": (
            "kind: lesson\ntitle: Git\nsummary: Git.\ncontributors:\n"
            "  - person: ghost\n  - name: Gasper Hojland\n  - person: bjorn-lindi\n"
            "  - {given_names: Gásper, family_names: Højland}\n"
            "  - {name: G. H., orcid: 0000-0002-1825-0097}\n  - name: Somebody Else\n"
        ),
        "partners/one.yml": (
            "kind: partner\nname: One\nshort_name: One\ncountry: NO\ncontact: ghost\n"
            "description: One.\nparticipation:\n"
            "  - {project: two, groups: G, involvement: I, representative: ghost}\n"
        ),
        "partners/two.yml": (
            "kind: project\nname: Two\ntype: Project\nphase: P\nstart: 2025-01-01\n"
            "end: 2026-12-31\nsummary: S.\nleader: ghost\nauthors: [ghost, bjorn-lindi]\n"
        ),
    }
    complete = load(files)
    assert complete.faults == ()
    public = complete.public()
    assert public.get(Person, "ghost") is None
    assert "people/ghost" not in public.documents
    workshop = spring(public)
    assert workshop.people == {"instructor": ("bjorn-lindi", "marijn")}
    assert workshop.classrooms[0].people == {"host": ("bjorn-lindi",)}
    assert workshop.schedule is not None
    assert workshop.schedule.days[0].sessions[0].instructors == ("marijn",)
    lesson = public.get(Lesson, "git")
    assert lesson is not None
    assert [each.person or each.name for each in lesson.contributors] == [
        "bjorn-lindi",
        "Somebody Else",
    ]
    partner, project = public.get(Partner, "one"), public.get(Project, "two")
    assert partner is not None
    assert project is not None
    assert (partner.contact, partner.participation[0].representative) == (None, None)
    assert (project.leader, project.authors) == (None, ("bjorn-lindi",))
    dumped = "".join(record.model_dump_json() for record in public.records.values())
    assert "ghost" not in dumped
    assert "Højland" not in dumped
    assert complete.get(Person, "ghost") is not None


def test_without_withheld_people_the_public_records_are_the_records(load: Callable[..., Registry]):
    given_ = FILES["people/ghost.yml"] + "consent: {state: public-source, basis: a page}\n"
    registry = load({"people/ghost.yml": given_})
    assert registry.public() is registry


def test_a_word_that_no_list_has_is_told_with_the_nearest(load: Callable[..., Registry]):
    text = FILES[WORKSHOP].replace("  host: [", "  hots: [")
    (fault,) = load({WORKSHOP: text}).faults
    assert (fault.line, fault.column) == (9, 3)
    assert fault.message.startswith("`people.hots`: found `hots`, expected one of `instructor`,")
    assert fault.message.endswith("; did you mean `host`?")


def test_a_portal_adds_words_of_its_own(load: Callable[..., Registry]):
    text = FILES[WORKSHOP].replace("  host: [", "  juror: [")
    settings = Settings(roles={"juror": "Member of the jury"})
    assert load({WORKSHOP: text}, settings).faults == ()


def test_a_file_of_a_folder_holds_the_record_of_its_kind(load: Callable[..., Registry]):
    wrong = person("Ada", "Ada")
    (fault,) = load({"workshops/autumn/workshop.yml": wrong}).faults
    assert fault.message == "a file named workshop.yml holds the record of a workshop"


def test_a_page_beside_the_record_of_a_folder_is_told(load: Callable[..., Registry]):
    (fault,) = load({"workshops/spring/index.md": "# Spring\n"}).faults
    assert "workshop.yml and index.md would be the same page" in fault.message


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Bjørn Lindi", "bjorn lindi"),
        ("Matias  Jääskeläinen ", "MATIAS JAASKELAINEN"),
        ("Anne-Marie Ó Dúill", "Anne Marie O Duill"),
        ("عل\u06cc\u200cرضا", "عل\u06ccرضا"),
        ("Ada Love\u200clace", "Ada Lovelace"),
        ("Łukasz Æther", "lukasz aether"),
        ("J. S. Jørgensen", "j s jorgensen"),
    ],
)
def test_names_are_compared_without_accents_capitals_and_marks(name: str, same: str):
    assert plain_name(name) == plain_name(same)


@given(st.text())
def test_comparing_a_name_twice_changes_nothing(name: str):
    assert plain_name(plain_name(name)) == plain_name(name)
