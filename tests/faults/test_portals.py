"""Faults between records, and all faults of a portal in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import load_settings

PERSON = "kind: person\nname: Ada\nsort_name: Ada\n"
PROJECT = (
    "kind: project\nname: Phase\ntype: Project\nphase: One\nstart: 2025-01-01\nend: 2025-12-31\n"
    "summary: A phase.\nleader: ada\n"
)
ROW = "kind: in-kind\nproject: phase\npartner: aalto\nname: Aalto\namounts: {2025: 1}\n"


def load(root: Path, files: dict[str, str]) -> Registry:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings, faults = load_settings(root)
    assert faults == []
    return load_registry(root, settings)


def shown(registry: Registry, root: Path) -> list[str]:
    return [str(fault.relative_to(root)) for fault in registry.faults]


def test_an_unknown_id_names_the_nearest(tmp_path: Path):
    registry = load(tmp_path, {"partners/adam.yml": PERSON, "partners/phase.yml": PROJECT})
    (fault,) = shown(registry, tmp_path)
    assert fault == (
        "partners/phase.yml:8:9: no person has the id `ada`; did you mean `adam`? "
        "[record.unknown-id]"
    )


def test_an_id_of_a_broken_record_is_not_unknown(tmp_path: Path):
    registry = load(
        tmp_path, {"partners/ada.yml": "kind: person\nname: Ada\n", "partners/phase.yml": PROJECT}
    )
    (fault,) = shown(registry, tmp_path)
    assert fault == "partners/ada.yml:1:1: the key `sort_name` is missing [record.missing-key]"


def test_two_records_of_a_kind_with_one_id(tmp_path: Path):
    registry = load(
        tmp_path, {"partners/ada.yml": PERSON, "partners/other.yml": f"{PERSON}id: ada\n"}
    )
    (fault,) = shown(registry, tmp_path)
    assert fault == (
        "partners/other.yml:4:5: the person `ada` is already in partners/ada.yml "
        "[record.duplicate-id]"
    )


def test_records_of_two_kinds_may_share_an_id(tmp_path: Path):
    registry = load(
        tmp_path,
        {"partners/people/ada.yml": PERSON, "partners/ada.yml": PROJECT.replace("Phase", "Ada")},
    )
    assert registry.faults == ()


def test_a_page_and_a_record_of_one_name(tmp_path: Path):
    registry = load(tmp_path, {"partners/ada.yml": PERSON, "partners/ada.md": "# Ada\n"})
    (fault,) = shown(registry, tmp_path)
    assert fault == (
        "partners/ada.yml:1:1: ada.yml and ada.md would be the same page; rename one of them "
        "[record.duplicate-id]"
    )


def test_a_file_name_that_is_no_id(tmp_path: Path):
    registry = load(tmp_path, {"partners/Ada L.yml": PERSON})
    (fault,) = shown(registry, tmp_path)
    assert "rename it, or give an `id`" in fault
    assert "did you mean `ada-l`?" in fault


def test_all_faults_of_all_files_come_in_one_run_in_the_order_of_the_files(tmp_path: Path):
    registry = load(
        tmp_path,
        {
            "partners/b.yml": "kind: persn\n",
            "partners/a.yml": "kind: person\nname: A\nsort_name: A\nemail: none\norcid: 1\nx: 1\n",
            "workshops/c.yml": "kind: person\nname: 'C\n",
            "lessons/d.yml": ROW,
        },
    )
    places = [line.split(": ")[0] for line in shown(registry, tmp_path)]
    assert places == [
        "lessons/d.yml:2:10",
        "lessons/d.yml:3:10",
        "partners/a.yml:4:8",
        "partners/a.yml:5:8",
        "partners/a.yml:6:1",
        "partners/b.yml:1:7",
        "workshops/c.yml:2:7",
    ]


def test_hidden_files_and_links_out_of_the_portal_are_no_records(tmp_path: Path):
    outside = tmp_path / "outside.yml"
    outside.write_text(PERSON, encoding="utf-8")
    root = tmp_path / "portal"
    registry = load(
        root,
        {"partners/_draft.yml": "kind: x\n", "partners/.hidden/a.yml": "kind: x\n"},
    )
    (root / "partners/ada.yml").symlink_to(outside)
    registry = load_registry(root, load_settings(root)[0])
    assert registry.faults == ()
    assert registry.documents == {}


@pytest.mark.parametrize(
    ("settings", "fault"),
    [
        ("titel: X\n", "1:1: unknown key `titel`; did you mean `title`? [record.unknown-key]"),
        ("show_email: yes\n", "1:13: `show_email`: found `yes`, expected `true` or `false`;"),
        ("base_url: example.org\n", "1:11: `base_url`: found `example.org`"),
        ("sources: [../other]\n", "1:11: `sources`: found `../other`, expected a folder"),
        ("sources: [/etc]\n", "1:11: `sources`: found `/etc`, expected a folder of the portal"),
        ("title: 'X\n", "1:8: not well-formed YAML: the quote that opens here is never closed"),
        ("language: English\n", "did you mean `en`?"),
        ("licence: CC BY 4.0\n", "did you mean `CC-BY-4.0`?"),
    ],
)
def test_faults_of_settings(settings: str, fault: str, tmp_path: Path):
    path = tmp_path / "conf/portal.yml"
    path.parent.mkdir()
    path.write_text(settings, encoding="utf-8")
    _, faults = load_settings(tmp_path)
    (found,) = (str(each.relative_to(tmp_path)) for each in faults)
    assert fault in found
    assert found.startswith("conf/portal.yml:")


def test_an_id_of_a_file_that_is_no_yaml_is_not_unknown(tmp_path: Path):
    registry = load(
        tmp_path, {"partners/ada.yml": "kind: 'person\n", "partners/phase.yml": PROJECT}
    )
    (fault,) = shown(registry, tmp_path)
    assert fault.startswith("partners/ada.yml:1:7: not well-formed YAML")


def test_a_name_of_a_broken_record_is_not_unknown(tmp_path: Path):
    broken = PERSON + "aliases: [A. Byron]\norcid: 1\n"
    workshop = (
        "kind: workshop\ntitle: Git\ntimezone: Europe/Oslo\nstart: 2026-03-17\nend: 2026-03-17\n"
        "people: {instructor: [ADA, A Byron, ada]}\n"
    )
    registry = load(tmp_path, {"partners/ada.yml": broken, "workshops/git.yml": workshop})
    (fault,) = shown(registry, tmp_path)
    assert fault == (
        "partners/ada.yml:5:8: `orcid`: found `1`, expected an ORCID iD such as "
        "`0000-0002-1825-0097` [record.value]"
    )


def test_an_orcid_of_two_people(tmp_path: Path):
    same = f"{PERSON}orcid: 0000-0002-1825-0097\n"
    registry = load(tmp_path, {"partners/ada.yml": same, "partners/bo.yml": same})
    (fault,) = shown(registry, tmp_path)
    assert fault == (
        "partners/bo.yml:4:8: the person `ada` has the same ORCID iD; iDs are personal "
        "[record.duplicate-id]"
    )
