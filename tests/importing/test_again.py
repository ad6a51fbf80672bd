"""Importing again: what the source changed is taken over, what people changed stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.kinds.workshop import Workshop
from tests.importing.samples import EVENTS, snapshot
from tests.importing.test_workshops import ONLINE, Run, records, root, run, workshop

__all__ = ["root", "run"]


@pytest.fixture
def record(root: Path, run: Run) -> Path:
    assert run().exit_code == 0
    return root / f"workshops/{ONLINE}.yml"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def records_of(root: Path) -> dict[str, bytes]:
    return {name: text for name, text in snapshot(root).items() if not name.startswith("conf/")}


def test_the_same_source_changes_not_one_byte(root: Path, run: Run, record: Path) -> None:
    before = snapshot(root)
    assert run().exit_code == 0
    assert snapshot(root) == before


def test_a_change_of_the_source_is_taken_over(root: Path, run: Run, record: Path) -> None:
    text = EVENTS.replace("NO: 76", "NO: 80").replace("total: 440", "total: 444")
    text = text.replace("      - Marijn van Vliet\n", "      - Ada Lovelace\n")
    run(text)
    found = workshop(root, ONLINE)
    assert found.participants is not None
    assert found.participants.countries["NO"] == 80
    assert found.people["instructor"] == ("bjorn-lindi", "ada-lovelace")


def test_a_change_by_hand_stays_with_comments_order_and_quotes(
    root: Path, run: Run, record: Path
) -> None:
    change(record, "end: 2026-03-26", "'end': '2026-03-26'   # half a day")
    change(record, "kind: workshop", "# By hand.\nkind: workshop\nsummary: |\n  Git,\n  tests.")
    change(record, "instructor: [Bjørn Lindi, ", 'instructor: [ "Bjørn Lindi",  ')
    mine = record.read_text(encoding="utf-8")
    run()
    assert record.read_text(encoding="utf-8") == mine
    run(EVENTS.replace("- Marijn van Vliet", "- Marijn van Vliet\n      - Ada Lovelace"))
    new = mine.replace(
        '"Bjørn Lindi",  Marijn van Vliet', '"Bjørn Lindi",  Marijn van Vliet, Ada Lovelace'
    )
    assert record.read_text(encoding="utf-8") == new


def test_what_was_assumed_once_is_not_assumed_anew(root: Path, run: Run, record: Path) -> None:
    run(EVENTS, "--timezone", "Europe/Helsinki")
    before = records_of(root)
    assert "Europe/Helsinki" in record.read_text(encoding="utf-8")
    # Nothing in the name of this file says that it holds full workshops.
    output = run(EVENTS, name="copy.yml").output
    assert "`type` is taken to be" not in output
    assert records_of(root) == before
    run(EVENTS, "--type", "course", name="copy.yml")
    assert "type: course" in record.read_text(encoding="utf-8")


def test_a_conflict_is_kept_and_told_with_its_place(root: Path, run: Run, record: Path) -> None:
    change(record, "title: Full online CodeRefinery workshop", "title: Spring workshop")
    mine = record.read_bytes()
    text = EVENTS.replace("(6 half-days)", "(6 days)")
    result = run(text)
    assert result.exit_code == 1
    assert (
        f"workshops/{ONLINE}.yml:2:1: `title`: `Spring workshop (6 half-days)` by hand, "
        "`Full online CodeRefinery workshop (6 days)` in the source [import.conflict]"
    ) in result.output
    assert record.read_bytes() == mine
    assert run(text).exit_code == 1


@pytest.mark.parametrize(
    ("choice", "title"),
    [
        ("keep", "Spring workshop (6 half-days)"),
        ("take", "Full online CodeRefinery workshop (6 days)"),
    ],
)
def test_a_conflict_can_be_decided_for_good(
    root: Path, run: Run, record: Path, choice: str, title: str
) -> None:
    change(record, "title: Full online CodeRefinery workshop", "title: Spring workshop")
    text = EVENTS.replace("(6 half-days)", "(6 days)")
    assert run(text, "--on-conflict", choice).exit_code == 0
    assert workshop(root, ONLINE).title == title
    assert run(text).exit_code == 0
    assert workshop(root, ONLINE).title == title


def test_numbers_of_both_sides_that_do_not_add_up_are_a_conflict(
    root: Path, run: Run, record: Path
) -> None:
    change(record, "FI: 158", "FI: 168")
    change(record, "unknown_country: 16", "unknown_country: 6")
    mine = record.read_bytes()
    text = EVENTS.replace("NO: 76", "NO: 86")
    result = run(text)
    assert result.exit_code == 1
    assert "`participants" in result.output
    assert record.read_bytes() == mine


def test_a_name_removed_by_hand_stays_removed(root: Path, run: Run, record: Path) -> None:
    change(record, "[Bjørn Lindi, Marijn van Vliet]", "[Bjørn Lindi]")
    run(EVENTS.replace("NO: 76", "NO: 77"))
    assert workshop(root, ONLINE).people["instructor"] == ("bjorn-lindi",)


def test_a_record_removed_by_hand_is_not_made_again(root: Path, run: Run, record: Path) -> None:
    record.unlink()
    result = run()
    assert result.exit_code == 0
    assert f"`{ONLINE}`: its record was removed by hand, and is not made again" in result.output
    assert not record.exists()
    run(EVENTS, "--on-conflict", "take")
    assert record.exists()


def test_a_person_removed_by_hand_is_not_made_again(root: Path, run: Run, record: Path) -> None:
    (root / "people/diana-iusan.yml").unlink()
    change(record, "  organiser: [Diana Iusan]\n", "")
    change(root / "workshops/2017-02-20-stockholm.yml", "people:\n  organiser: [Diana Iusan]\n", "")
    result = run()
    assert "not imported: `Diana Iusan`, whose record was removed by hand" in result.output
    assert not (root / "people/diana-iusan.yml").exists()
    assert records(root).get(Workshop, ONLINE) is not None


def test_a_record_that_moved_into_a_folder_is_found(root: Path, run: Run, record: Path) -> None:
    folder = root / "workshops" / ONLINE
    folder.mkdir()
    record.rename(folder / "workshop.yml")
    result = run(EVENTS.replace("NO: 76", "NO: 77").replace("total: 440", "total: 441"))
    assert result.exit_code == 0
    assert not record.exists()
    assert "NO: 77" in (folder / "workshop.yml").read_text(encoding="utf-8")


def test_an_event_that_moved_is_found_by_its_site(root: Path, run: Run, record: Path) -> None:
    run(EVENTS.replace('start_date: "2026-03-17"', 'start_date: "2026-03-18"'))
    assert str(workshop(root, ONLINE).start) == "2026-03-18"
    assert len(list(root.glob("workshops/*.yml"))) == 3


def test_an_event_that_is_gone_leaves_its_record(root: Path, run: Run, record: Path) -> None:
    result = run(EVENTS[: EVENTS.index("  - name: Stockholm")])
    assert "`2017-02-20-stockholm` is no longer in full-workshops.yml" in result.output
    assert (root / "workshops/2017-02-20-stockholm.yml").exists()


def test_without_the_state_equal_values_are_no_conflicts(
    root: Path, run: Run, record: Path
) -> None:
    before = snapshot(root)
    (root / "conf/imports/coderefinery-workshops.json").unlink()
    assert run().exit_code == 0
    after = snapshot(root)
    state = "conf/imports/coderefinery-workshops.json"
    assert {k: v for k, v in after.items() if k != state} == {
        k: v for k, v in before.items() if k != state
    }


def test_a_broken_state_is_told(root: Path, run: Run, record: Path) -> None:
    state = root / "conf/imports/coderefinery-workshops.json"
    state.write_text('{"events": [', encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "coderefinery-workshops.json:1:13: not well-formed JSON: " in result.output


def test_broken_records_are_told_and_left(root: Path, run: Run, record: Path) -> None:
    change(record, "title:", "titel:")
    mine = record.read_bytes()
    result = run(EVENTS.replace("NO: 76", "NO: 77").replace("total: 440", "total: 441"))
    assert result.exit_code == 1
    assert record.read_bytes() == mine
    assert f"workshops/{ONLINE}.yml:" in result.output


def test_broken_people_stop_the_import(root: Path, run: Run, record: Path) -> None:
    change(root / "people/diana-iusan.yml", "sort_name", "sortname")
    before = snapshot(root)
    result = run()
    assert result.exit_code == 1
    assert "people may be taken for new. Nothing was imported." in result.output
    assert snapshot(root) == before
