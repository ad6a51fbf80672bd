"""Two people or workshops of one name are told apart for readers, as far as the records can."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.kinds import Person, Workshop
from guildhall.model.records.namesakes import not_apart
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings

from ..portals import Portal, person
from ..workshops.portals import workshop

ORCID, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"
PARTNERS = {
    f"partners/{key}.yml": (
        f"kind: partner\nname: University of the {key.title()}\nshort_name: {key.title()}\n"
        "country: NO\ncontact:\ndescription: A.\nparticipation: []\n"
    )
    for key in ("north", "south")
}


def load(root: Path, *people: str) -> Registry:
    files = {
        f"people/anna-{at}.yml": person("Anna Svensson", "Svensson, Anna", *lines.splitlines())
        for at, lines in enumerate(people)
    }
    Portal(root).write({**PARTNERS, **files})
    found = load_registry(root, Settings(sources=("partners", "people")))
    assert found.faults == ()
    return found


@pytest.mark.parametrize(
    ("people", "labels"),
    [
        (("affiliations: [north]", "affiliations: [south]"), ("(North)", "(South)")),
        (("affiliations: [north]", ""), ("(North)", "")),
        # The latest comes first.
        (
            ("affiliations: [north, south]", "affiliations: [south, north]"),
            ("(North)", "(South)"),
        ),
        (("affiliations: [{name: A mill}]", "affiliations: [north]"), ("(A mill)", "(North)")),
        ((f"orcid: {ORCID}", f"orcid: {OTHER}"), (f"({ORCID})", f"({OTHER})")),
        ((f"orcid: {ORCID}", ""), (f"({ORCID})", "")),
        (
            (f"affiliations: [north]\norcid: {ORCID}", "affiliations: [north]"),
            (f"(North, {ORCID})", "(North)"),
        ),
        (
            ("affiliations: [north]", "affiliations: [south]", f"orcid: {ORCID}", ""),
            ("(North)", "(South)", f"({ORCID})", ""),
        ),
    ],
)
def test_people_of_one_name_have_labels_of_their_own(
    tmp_path: Path, people: tuple[str, ...], labels: tuple[str, ...]
):
    registry = load(tmp_path, *people)
    found = [registry.get(Person, f"anna-{at}") for at in range(len(people))]
    assert [each and each.label for each in found] == [
        f"Anna Svensson {label}".strip() for label in labels
    ]
    assert {each and each.name for each in found} == {"Anna Svensson"}
    assert not_apart(registry.of(Person)) == ()


@pytest.mark.parametrize("same", ["", "affiliations: [north]"])
def test_people_of_whom_nothing_differs_are_told(tmp_path: Path, same: str):
    registry = load(tmp_path, same, same)
    assert [[each.key for each in group] for group in not_apart(registry.of(Person))] == [
        ["anna-0", "anna-1"]
    ]


def test_who_is_the_only_one_that_may_be_named_goes_by_the_name_alone(tmp_path: Path):
    registry = load(tmp_path, "affiliations: [north]", "affiliations: [south]")
    path = tmp_path / "people/anna-1.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("consent: given", "consent: withheld"), encoding="utf-8")
    registry = load_registry(tmp_path, Settings(sources=("partners", "people")))
    assert [each.label for each in registry.public().of(Person)] == ["Anna Svensson"]


@pytest.mark.parametrize(
    ("workshops", "language", "labels"),
    [
        (("Git 2026-03-17", "Docs 2026-03-17"), "en", ("Git", "Docs")),
        (("Git 2026-03-17", "git 2025-09-01"), "en", ("Git, March 2026", "git, September 2025")),
        (("Git 2026-03-17", "Git 2025-09-01"), "sv", ("Git, mars 2026", "Git, september 2025")),
        (("Git 2026", "Git 2027"), "en", ("Git, 2026", "Git, 2027")),
        # What the title says is not said twice.
        (
            ("Git2026 2026-03-17", "Git2026 2026-09-01"),
            "en",
            ("Git2026, March", "Git2026, September"),
        ),
        (("Git 2026-03-17", "Git 2026-03-24"), "en", ("Git, 17 March 2026", "Git, 24 March 2026")),
        (
            ("Git 2026-03-17 Oslo", "Git 2026-03-17 Lund", "Git 2025-09-01"),
            "en",
            ("Git, 17 March 2026, Oslo", "Git, 17 March 2026, Lund", "Git, September 2025"),
        ),
    ],
)
def test_workshops_of_one_title_say_when_they_are(
    tmp_path: Path, workshops: tuple[str, ...], language: str, labels: tuple[str, ...]
):
    for at, each in enumerate(workshops):
        title, when, *place = each.split()
        start, end = (when, when) if "-" in when else (f"{when}-01-01", f"{when}-12-31")
        lines = ["dates_are_open: true"] if "-" not in when else []
        lines += [f"places: [{{name: {name}}}]" for name in place]
        text = workshop(*lines, title=title, start=start, end=end)
        Portal(tmp_path).write({f"workshops/w-{at}.yml": text})
    registry = load_registry(tmp_path, Settings(sources=("workshops",), language=language))
    assert registry.faults == ()
    found = [registry.public().get(Workshop, f"w-{at}") for at in range(len(workshops))]
    assert [each and each.label for each in found] == list(labels)
