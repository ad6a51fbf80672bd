"""The registry: which files are records, in which order, and what a change of one changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guildhall.model.records.kinds import Activity, Partner, Person, Project
from guildhall.model.records.registry import Registry, fingerprint, load_registry
from guildhall.model.settings.portal import Settings

from ..portals import person

FILES = {
    "partners/people/ada.yml": person("Ada Lovelace", "Lovelace, Ada"),
    "partners/people/alan.yaml": person("Alan Turing", "Turing, Alan"),
    "partners/people/grace.yml": person("Grace Hopper", "hopper, Grace"),
    "partners/aalto.yml": (
        "kind: partner\nname: Aalto University\nshort_name: Aalto\ncountry: FI\ncontact: ada\n"
        "description: |\n  A *university*.\nparticipation:\n"
        "  - {project: phase, groups: G, involvement: Teaches., representative: ada}\n"
    ),
    "partners/projects/old.yml": (
        "kind: project\nname: Old\ntype: Project\nphase: One\nstart: 2016-01-01\n"
        "end: 2018-12-31\nsummary: The first.\n"
    ),
    "partners/projects/phase.yml": (
        "kind: project\nname: Phase\ntype: Project\nphase: Two\nstart: 2025-01-01\n"
        "end: 2026-12-31\nsummary: The second.\nleader: ada\n"
    ),
    "partners/plan/late.yml": (
        "kind: activity\nproject: phase\ntitle: Retreat\nyear: 2026\ntype: retreat\n"
    ),
    "partners/plan/second.yml": (
        "kind: activity\nproject: phase\ntitle: Course\nyear: 2025\ntype: course\norder: 2\n"
    ),
    "partners/plan/first.yml": (
        "kind: activity\nproject: phase\ntitle: Workshop\nyear: 2025\ntype: workshop\norder: 1\n"
    ),
}


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Registry]:
    """Loads the portal above, with some of its files changed, added or (with None) removed."""

    def loaded(changed: dict[str, str | None] | None = None) -> Registry:
        for name, text in {**FILES, **(changed or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        return load_registry(tmp_path, Settings(sources=("partners",)))

    return loaded


def test_records_stand_in_the_order_of_their_kind(load: Callable[..., Registry]):
    registry = load()
    assert registry.faults == ()
    assert [person.key for person in registry.of(Person)] == ["grace", "ada", "alan"]
    assert [activity.key for activity in registry.of(Activity)] == ["first", "second", "late"]
    assert [project.key for project in registry.of(Project)] == ["phase", "old"]
    assert registry.of_kind("person") == registry.of(Person)
    assert registry.keys("person") == ("ada", "alan", "grace")


def test_a_record_is_found_by_its_id_and_by_its_document(load: Callable[..., Registry]):
    registry = load()
    aalto = registry.get(Partner, "aalto")
    assert aalto is not None
    assert registry.find("partner", "aalto") is aalto
    assert registry.at_document("partners/aalto") is aalto
    assert registry.get(Person, "aalto") is None
    assert registry.get(Partner, None) is None
    assert registry.at_document("partners/index") is None


def test_an_id_in_the_file_goes_before_the_name_of_the_file(load: Callable[..., Registry]):
    person = FILES["partners/people/grace.yml"]
    registry = load({"partners/people/grace.yml": f"{person}id: hopper\n"})
    assert registry.keys("person") == ("ada", "alan", "hopper")
    assert registry.records["person", "hopper"].docname == "partners/people/grace"


def test_what_refers_to_a_record_is_listed_once(load: Callable[..., Registry]):
    registry = load()
    ada = registry.records["person", "ada"]
    assert [record.key for record in registry.referring_to(ada)] == ["aalto", "phase"]
    phase = registry.records["project", "phase"]
    assert [record.key for record in registry.referring_to(phase)] == [
        *("aalto", "first", "second", "late")
    ]
    assert registry.referring_to(registry.records["person", "alan"]) == ()


def test_a_file_that_comes_or_goes_changes_only_its_record(load: Callable[..., Registry]):
    before = load()
    more = load({"partners/people/mary.yml": person("Mary", "Mary")})
    assert set(more.records) - set(before.records) == {("person", "mary")}
    fewer = load({"partners/people/mary.yml": None, "partners/plan/late.yml": None})
    assert set(before.records) - set(fewer.records) == {("activity", "late")}
    assert "partners/plan/late" not in fewer.documents


def test_a_portal_without_its_folders_has_no_records(tmp_path: Path):
    assert load_registry(tmp_path, Settings(sources=("partners",))) == Registry()


CHANGES = {
    "name": ("name: Aalto University", "name: Aalto"),
    "country": ("country: FI", "country: SE"),
    "contact": ("contact: ada", "contact: alan"),
    "description": ("A *university*", "A *school*"),
    "participation": ("involvement: Teaches", "involvement: Learns"),
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_fingerprint_changes_with_the_fields_that_it_covers_only(
    field: str, load: Callable[..., Registry]
):
    before = load().of(Partner)
    old, new = CHANGES[field]
    assert old in FILES["partners/aalto.yml"]
    after = load({"partners/aalto.yml": FILES["partners/aalto.yml"].replace(old, new)}).of(Partner)
    assert fingerprint(after, [field]) != fingerprint(before, [field])
    assert fingerprint(after) != fingerprint(before)
    others = (set(Partner.model_fields) | {"label"}) - {field, "label" if field == "name" else ""}
    assert fingerprint(after, others) == fingerprint(before, others)


def test_a_fingerprint_doesnt_change_with_how_a_file_is_written(load: Callable[..., Registry]):
    before = load().of(Partner)
    text = FILES["partners/aalto.yml"].replace("country: FI", 'country:  "FI"  # Finland')
    assert fingerprint(load({"partners/aalto.yml": f"# A comment.\n\n{text}"}).of(Partner)) == (
        fingerprint(before)
    )


def test_a_fingerprint_changes_with_the_order_and_the_documents(load: Callable[..., Registry]):
    people = load().of(Person)
    assert fingerprint(reversed(people), []) != fingerprint(people, [])
    assert fingerprint(people[1:], []) != fingerprint(people, [])
    moved = load(
        {
            "partners/people/ada.yml": None,
            "partners/ada.yml": FILES["partners/people/ada.yml"],
        }
    )
    assert fingerprint(moved.of(Person), []) != fingerprint(people, [])


def test_hidden_files_and_other_files_are_no_records(load: Callable[..., Registry]):
    names = ["partners/_draft.yml", "partners/.hidden.yml", "partners/_old/a.yml", "other/a.yml"]
    registry = load(dict.fromkeys([*names, "partners/notes.txt"], "kind: none\n"))
    assert registry.faults == ()
    assert len(registry.documents) == len(FILES)


@pytest.mark.parametrize("inside", [True, False])
def test_a_link_counts_only_within_the_portal(
    inside: bool, tmp_path: Path, load: Callable[..., Registry]
):
    load()
    text = person("Mary", "Mary")
    place = tmp_path / "shared" if inside else tmp_path.parent / f"{tmp_path.name}-outside"
    place.mkdir()
    (place / "mary.yml").write_text(text, encoding="utf-8")
    (tmp_path / "partners/people/mary.yml").symlink_to(place / "mary.yml")
    registry = load_registry(tmp_path, Settings(sources=("partners",)))
    assert (("person", "mary") in registry.records) is inside
