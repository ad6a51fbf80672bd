"""``guildhall import coderefinery-workshops``: what becomes of events, and of their numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.main import main
from guildhall.core.yaml_source import read_yaml
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.people import plain_name
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import load_settings
from tests.importing.samples import EVENTS, make_portal, place, scalars, snapshot

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "portal")


@pytest.fixture
def run(root: Path, tmp_path: Path) -> Run:
    def imported(text: str = EVENTS, *options: str, name: str = "full-workshops.yml") -> Result:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        command = ["import", "coderefinery-workshops", str(file), "--root", str(root), *options]
        return CliRunner().invoke(main, command)

    return imported


def records(root: Path) -> Registry:
    registry = load_registry(root, load_settings(root)[0])
    assert registry.faults == ()
    return registry


def workshop(root: Path, key: str) -> Workshop:
    found = records(root).get(Workshop, key)
    assert found is not None
    return found


ONLINE = "2026-03-17-full-online-workshop"


def test_an_event_becomes_a_record(root: Path, run: Run) -> None:
    assert run().exit_code == 0
    assert (root / f"workshops/{ONLINE}.yml").read_text(encoding="utf-8") == (
        "kind: workshop\n"
        "title: Full online CodeRefinery workshop (6 half-days)\n"
        "type: full-workshop\n"
        "format: online\n"
        "timezone: Europe/Stockholm\n"
        "start: 2026-03-17\n"
        "end: 2026-03-26\n"
        "website: https://coderefinery.github.io/2026-03-17-workshop/\n"
        "people:\n"
        "  organiser: [Diana Iusan]\n"
        "  instructor: [Bjørn Lindi, Marijn van Vliet]\n"
        "  expert-helper: [Matúš Kalaš]\n"
        "participants:\n"
        "  total: 440\n"
        "  countries:\n"
        "    FI: 158\n"
        "    NO: 76\n"
        "    GB: 70\n"
        "    PL: 5\n"
        "    GE: 11\n"
        "    CZ: 4\n"
        "  other_countries: 100\n"
        "  unknown_country: 16\n"
        "viewers:\n"
        "  - {service: Twitch, least: 71, most: 452}\n"
        "  - {service: Zoom, least: 25, most: 59}\n"
    )


def test_a_city_becomes_a_place_and_gives_its_zone_where_one_is_named_after_it(
    root: Path, run: Run
) -> None:
    result = run()
    espoo = workshop(root, "2017-12-14-espoo")
    assert espoo.title == "CodeRefinery workshop in Espoo"
    assert (espoo.format, espoo.places[0].name) == ("in-person", "Espoo")
    assert str(espoo.places[0].longitude) == "24.82909"
    assert "since no time zone is named after Espoo" in result.output
    stockholm = workshop(root, "2017-02-20-stockholm")
    assert (stockholm.timezone, stockholm.places[0].country) == ("Europe/Stockholm", "SE")


def test_nothing_is_lost(root: Path, run: Run, tmp_path: Path) -> None:
    output = run().output
    held = " ".join(
        value
        for path in [*root.glob("workshops/*.yml"), *root.glob("people/*.yml")]
        for key, value in scalars(read_yaml(path)[0])
    )
    plain = plain_name(f"{held} {output}".replace("`", " "))
    events, _, _ = read_yaml(tmp_path / "full-workshops.yml")
    for key, value in scalars(events):
        for word in plain_name(value).split():
            assert word in plain.split(), (key, value)


def test_what_has_no_place_in_a_record_is_told(run: Run) -> None:
    output = run().output
    assert (
        f"full-workshops.yml:{place(EVENTS, 'catering')}: not imported: `catering`: `sandwiches`"
        in output
    )
    assert (
        f"full-workshops.yml:{place(EVENTS, 'N. D.')}: not imported: `N. D.` stands for" in output
    )


def test_people_are_found_by_names_without_accents_and_capitals(root: Path, run: Run) -> None:
    run()
    names = {person.name for person in records(root).of(Person)}
    assert names == {"Bjørn Lindi", "Diana Iusan", "Marijn van Vliet", "Matúš Kalaš"}
    espoo = workshop(root, "2017-12-14-espoo").people
    assert espoo == {"host": ("bjorn-lindi",), "instructor": ("marijn-van-vliet", "matus-kalas")}


def test_a_new_person_may_be_named_since_the_source_names_them(root: Path, run: Run) -> None:
    run()
    person = records(root).get(Person, "marijn-van-vliet")
    assert person is not None
    assert person.sort_name == "van Vliet, Marijn"
    assert person.consent.state == "public-source"
    assert person.consent.basis == "named on coderefinery.org"


def test_an_alias_finds_a_person(root: Path, run: Run) -> None:
    record = root / "people/bjorn-lindi.yml"
    record.write_text(record.read_text(encoding="utf-8") + "aliases: [Diana Iusan]\n", "utf-8")
    run()
    assert not (root / "people/diana-iusan.yml").exists()
    assert workshop(root, ONLINE).people["organiser"] == ("bjorn-lindi",)


@pytest.mark.parametrize(
    "near", ["Bjorn Andreas Lindi", "Bjørn Linndi", "B. Lindi", "Bjørn Lindi Berg"]
)
def test_names_that_may_be_one_persons_are_told_and_kept_apart(
    root: Path, run: Run, near: str
) -> None:
    output = run(EVENTS.replace("- Diana Iusan\n    instructors", f"- {near}\n    instructors"))
    assert f"`{near}` is near to `Bjørn Lindi`; they stay two people" in output.output
    assert near in {person.name for person in records(root).of(Person)}


@pytest.mark.parametrize("other", ["Anna Lindi", "Bjørn Claremar", "Radovan Bast"])
def test_different_names_are_not_near(run: Run, other: str) -> None:
    text = EVENTS.replace("- Diana Iusan\n    instructors", f"- {other}\n    instructors")
    assert "is near to" not in run(text).output


def test_the_rest_of_a_total_is_unknown_and_told(root: Path, run: Run) -> None:
    output = run().output
    assert (
        f"full-workshops.yml:{place(EVENTS, '440')}: the stated total is 440, "
        "the countries add up to 424; the rest, 16, becomes `unknown_country` [import.assumed]"
    ) in output
    stated = workshop(root, "2017-02-20-stockholm").participants
    assert stated is not None
    assert (str(stated.total), stated.unknown_country) == ("36", 2)


def test_a_total_below_its_parts_leaves_the_event_out(root: Path, run: Run) -> None:
    text = EVENTS.replace("total: 40\n", "total: 39\n")
    result = run(text)
    assert result.exit_code == 1
    assert (
        f"full-workshops.yml:{place(text, '39')}: the stated total is 39, "
        "but the countries add up to 40; one of them is wrong [import.fault]"
    ) in result.output
    assert [path.stem for path in sorted(root.glob("workshops/*.yml"))] == [
        "2017-02-20-stockholm",
        ONLINE,
    ]


def test_doubtful_codes_of_countries_are_told(run: Run) -> None:
    output = run().output
    at = f":{place(EVENTS, 'PO:')}:"
    assert f"{at} no country has the code `PO`; taken for `PL` [import.doubt]" in output
    at = f":{place(EVENTS, 'GE:')}:"
    assert f"{at} `GE` is taken as it stands; is `DE` meant? [import.doubt]" in output
    # What was asked once, or is beside the other country, stays quiet.
    assert "is `DE` meant?" not in run().output
    both = EVENTS.replace("      GE: 11\n", "      GE: 10\n      DE: 1\n")
    assert "is `DE` meant?" not in run(both).output


def test_what_yaml_makes_of_norway_is_norway_and_told(root: Path, run: Run) -> None:
    text = EVENTS.replace("      NO: 76", "      false: 76")
    assert f":{place(text, 'false:')}: no country has the code `false`; taken for `NO`" in (
        run(text).output
    )
    participants = workshop(root, ONLINE).participants
    assert participants is not None
    assert participants.countries["NO"] == 76


@pytest.mark.parametrize("name", ["Norge", "norway", "Norja", "Noregur", "Norra"])
def test_countries_may_be_named_in_the_languages_of_the_network(
    root: Path, run: Run, name: str
) -> None:
    run(EVENTS.replace("      NO: 76", f"      {name}: 76"))
    participants = workshop(root, ONLINE).participants
    assert participants is not None
    assert participants.countries["NO"] == 76


def test_a_place_may_be_given_by_its_degrees_alone(root: Path, run: Run) -> None:
    old = "    location:\n      lat: 60.18708\n      lon: 24.82909\n"
    run(EVENTS.replace(old, "    location: 60.18708, 24.82909\n"))
    (found,) = workshop(root, "2017-12-14-espoo").places
    assert (found.name, str(found.latitude), str(found.longitude)) == (
        "Espoo",
        "60.18708",
        "24.82909",
    )


def test_all_faults_of_an_event_are_told_at_once(run: Run) -> None:
    text = EVENTS.replace("https://code", "code", 1).replace("NO: 76", "NO: many")
    output = run(text.replace("min: 25", "min: few")).output
    assert output.count("[import.fault]") == 3


def test_an_empty_item_of_a_list_names_nobody(root: Path, run: Run) -> None:
    run(EVENTS.replace("- Marijn van Vliet", '- ""\n      -\n      - Marijn van Vliet', 1))
    assert workshop(root, ONLINE).people["instructor"] == ("bjorn-lindi", "marijn-van-vliet")


@pytest.mark.parametrize(
    ("old", "new", "part", "message"),
    [
        ('"2026-03-17"', "17.3.2026", "17", "`start_date`: found `17.3.2026`, expected a date"),
        ('"2026-03-26"', "2026-03-01", "2026", "`end_date`: found `2026-03-01`, expected a day on"),
        ("NO: 76", "NO: many", "many", "`NO`: found `many`, expected a whole number from 0"),
        ("NO: 76", "NO: 1_000", "1", "`NO`: found `1_000`, expected a whole number from 0"),
        ("NO: 76", "Norwy: 76", "N", "found `Norwy`, expected a country's code such as `NO`"),
        ("lat: 60.18708", "lat: north", "north", "`lat`: found `north`, expected degrees"),
        ("https://code", "code", "code", "`website`: found `coderefinery.github"),
        ("name: Espoo", "title: Espoo", "title", "the key `name` is missing"),
        ("NO: 76\n", "NO: 76\n      FI: 1\n", "FI", "the key `FI` appears twice (first at line"),
        ("- Diana Iusan", "- [Diana, Iusan]", "[", "found a list, expected a text of one line"),
        ("helpers: []", "mentors: {Ada: 1}", "{", "`mentors`: found a mapping, expected a list"),
    ],
)
def test_what_is_malformed_is_told_by_line_and_column(
    run: Run, old: str, new: str, part: str, message: str
) -> None:
    text = EVENTS.replace(old, new, 1)
    assert text != EVENTS
    result = run(text)
    assert result.exit_code == 1
    assert f"full-workshops.yml:{place(text, new, part)}: {message}" in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("events:", "evnts:", ":1:1: the key `events` with a list is missing; is it `evnts`?"),
        ("events:", "events: [", ":2:3: not well-formed YAML: "),
    ],
)
def test_a_file_that_is_none_of_events_imports_nothing(
    root: Path, run: Run, old: str, new: str, message: str
) -> None:
    before = snapshot(root)
    result = run(EVENTS.replace(old, new, 1))
    assert result.exit_code == 1
    assert message in result.output
    assert snapshot(root) == before


def test_people_of_an_event_with_faults_are_not_made(root: Path, run: Run) -> None:
    run(EVENTS.replace("FI: 158", "FI: many"))
    assert not (root / "people/diana-iusan.yml").read_text("utf-8").count("2026")
    only = EVENTS.replace("- Marijn van Vliet", "- Grace Hopper").replace("FI: 158", "FI: many")
    run(only)
    assert not (root / "people/grace-hopper.yml").exists()


@pytest.mark.parametrize("text", ["", "[]", "events: 7", "\x00", "events:\n- a\n- [b]\n"])
def test_other_files_are_refused(root: Path, run: Run, text: str) -> None:
    before = snapshot(root)
    result = run(text)
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert snapshot(root) == before


def test_a_dry_run_writes_nothing(root: Path, run: Run) -> None:
    before = snapshot(root)
    result = run(EVENTS, "--dry-run")
    assert "Would be written:" in result.output
    assert snapshot(root) == before


def test_other_files_of_the_same_kind_go_into_the_same_portal(root: Path, run: Run) -> None:
    run()
    text = (
        "events:\n- name: 'Hackathon (Stockholm)'\n  start_date: 2019-11-06\n"
        "  end_date: 2019-11-07\n  speakers: [Diana Iusan]\n  num_participants: {total: 15}\n"
    )
    result = run(text, name="other.yml")
    assert "no longer in" not in result.output
    found = workshop(root, "2019-11-06-hackathon")
    assert (found.type, found.people) == ("meeting", {"speaker": ("diana-iusan",)})
    assert found.participants is not None
    assert found.participants.unknown_country == 15
