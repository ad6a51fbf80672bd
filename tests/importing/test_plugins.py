"""Importers of other packages: found where they are installed, and no harm to others."""

from __future__ import annotations

import inspect
import shlex
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from textwrap import dedent

import click
import pytest
from click.testing import CliRunner, Result

from guildhall.cli.importers.installed import GROUP
from guildhall.cli.main import main
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall_reference.directives import _commands
from tests.docs.test_docs import _BLOCK, DOCS
from tests.importing.samples import make_portal, place, snapshot

GUIDE = {
    block["caption"]: dedent(block["text"])
    for block in _BLOCK.finditer((DOCS / "how-to/write-an-importer.md").read_text("utf-8"))
}
TABLE = GUIDE["meetings.csv"]
OURS = ["coderefinery-schedule", "coderefinery-workshops"]

Install = Callable[[str, dict[str, str], dict[str, str]], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs packages as pip does: modules, and a folder with metadata beside them."""
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(site)

    def installed(package: str, modules: dict[str, str], entries: dict[str, str]) -> None:
        for name, text in modules.items():
            (site / f"{name}.py").write_text(text, encoding="utf-8")
            monkeypatch.delitem(sys.modules, name, raising=False)
        info = site / f"{package.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = [f"[{GROUP}]", *(f"{name} = {value}" for name, value in entries.items())]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n")

    return installed


@pytest.fixture
def meetings(install: Install) -> None:
    """The package of the how-to guide."""
    project = tomllib.loads(GUIDE["pyproject.toml"])["project"]
    module = {"meeting_importer": GUIDE["meeting_importer.py"]}
    install(project["name"], module, project["entry-points"][GROUP])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_portal(tmp_path / "portal")
    (root / "meetings.csv").write_text(TABLE, encoding="utf-8")
    return root


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", *arguments])


def run(root: Path, text: str = TABLE, *options: str) -> Result:
    (root / "meetings.csv").write_text(text, encoding="utf-8")
    return command("meetings", str(root / "meetings.csv"), "--root", str(root), *options)


def commands() -> list[str]:
    listed = command("--help").stdout.partition("Commands:\n")[2]
    return [line.split()[0] for line in listed.splitlines()]


def test_the_installed_package_has_the_entry_points_of_the_checkout() -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    found = {each.name: each.value for each in entry_points(group=GROUP)}
    assert found == project["entry-points"][GROUP], "install the checkout again: pip install -e ."


def test_the_how_to_guide_says_what_happens(
    meetings: None, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert commands() == [*OURS, "meetings"]
    program, *arguments = shlex.split(GUIDE["works"].removeprefix("$ "))
    result = CliRunner().invoke(main, arguments)
    assert (program, result.exit_code) == ("guildhall", 0)
    assert GUIDE["output"].split("\n") == result.stdout.split("\n")
    assert GUIDE["told"] in result.stderr
    registry = load_registry(root, load_settings(root)[0])
    assert registry.faults == ()
    meeting = registry.get(Workshop, "2027-03-02-get-together")
    assert meeting is not None
    assert meeting.people == {"host": ("ada-lovelace", "bjorn-lindi")}
    before = snapshot(root)
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert snapshot(root) == before


def test_a_changed_row_leaves_what_was_written_by_hand(meetings: None, root: Path) -> None:
    run(root)
    record = root / "workshops/2027-03-02-get-together.yml"
    mine = record.read_text(encoding="utf-8") + "summary: We meet.  # soon\n"
    record.write_text(mine, encoding="utf-8")
    assert run(root, TABLE.replace(" and Bjørn Lindi", "")).exit_code == 0
    new = record.read_text(encoding="utf-8")
    assert new == mine.replace("[Ada Lovelace, Bjørn Lindi]", "[Ada Lovelace]")


def test_options_are_the_importers_own(meetings: None, root: Path) -> None:
    run(root, TABLE, "--timezone", "Europe/Helsinki")
    text = (root / "workshops/2027-03-02-get-together.yml").read_text(encoding="utf-8")
    assert "timezone: Europe/Helsinki" in text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2027-03-02", "2 March", "`Date`: found `2 March`, expected a date"),
        ("Get-together", "", "`Title`: found nothing, expected a text of one line"),
        ("Get-together", '"Get-\ntogether', "a quote that is never closed"),
        ("B12", "B12;x", "a cell too many; the first row has 4"),
        ("Hosts", "Date", "the column `Date` appears twice"),
        ("Hosts", "", "a column without a name"),
        ("Get-together;", "–;", "no record can have that name: found `2027-03-02-`"),
    ],
)
def test_what_is_malformed_is_told_by_line_and_column(
    meetings: None, root: Path, old: str, new: str, message: str
) -> None:
    result = run(root, TABLE.replace(old, new, 1))
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (root / "workshops/2027-03-02-get-together.yml").exists()


def test_a_place_in_a_table_is_that_of_its_cell(meetings: None, root: Path) -> None:
    text = TABLE.replace("B12", '"B; ""12""\nbehind"').replace("2027-05-11", "May")
    result = run(root, text.replace("\n", "\r\n"))
    room = place(text, '"B')
    assert f'meetings.csv:{room}: not imported: `Room`: `B; "12"' in result.stderr
    assert f"meetings.csv:{place(text, 'May')}: `Date`: found `May`" in result.stderr


def test_what_makes_no_record_is_told_at_its_place_in_the_source(
    meetings: None, root: Path
) -> None:
    result = run(root, TABLE, "--timezone", "Nowhere")
    assert result.exit_code == 1
    for line in (2, 3):
        assert f"meetings.csv:{line}:1: `timezone`: found `Nowhere`" in result.stderr
    assert not (root / "people/ada-lovelace.yml").exists()


@pytest.mark.parametrize("separator", [",", "\t"])
def test_commas_and_tabs_separate_too(meetings: None, root: Path, separator: str) -> None:
    assert run(root, TABLE.replace(";", separator)).exit_code == 0
    assert (root / "workshops/2027-05-11-planning-the-autumn.yml").is_file()


def test_two_rows_of_one_name_are_told(meetings: None, root: Path) -> None:
    result = run(root, TABLE + "Get-together;2027-03-02;;\n")
    assert result.exit_code == 1
    assert "4:1: another record has the name `2027-03-02-get-together`" in result.stderr


def test_a_record_of_another_kind_is_left(meetings: None, root: Path) -> None:
    other = root / "workshops/2027-03-02-get-together.yml"
    other.write_text("title: Together\nkind: benefit\nsummary: We meet.\n", encoding="utf-8")
    before = other.read_bytes()
    result = run(root)
    assert result.exit_code == 1
    message = "workshops/2027-03-02-get-together.yml:2:7: found the kind `benefit`"
    assert f"{message}, expected `workshop` [import.fault]" in result.stderr
    assert other.read_bytes() == before


def test_a_folder_that_the_portal_lacks_is_told(meetings: None, root: Path) -> None:
    settings = root / "conf/portal.yml"
    settings.write_text("title: Trial\nsources: [people]\n", encoding="utf-8")
    result = run(root)
    assert result.exit_code == 2
    assert "The portal has no folder `workshops` among its `sources`." in result.stderr


BROKEN = {
    "no-module": ("missing_module:X", "ModuleNotFoundError: No module named 'missing_module'"),
    "no-name": ("fine:MISSING", "AttributeError: module 'fine' has no attribute 'MISSING'"),
    "raises": ("raising:X", "ZeroDivisionError: division by zero"),
    "no-importer": ("fine:NUMBER", "fine:NUMBER is no importer called `no-importer`"),
    "another-name": ("fine:MEETINGS", "fine:MEETINGS is no importer called `another-name`"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_importer_that_fails_to_load_is_told_and_harms_no_other(
    install: Install, meetings: None, root: Path, name: str
) -> None:
    value, reason = BROKEN[name]
    fine = GUIDE["meeting_importer.py"] + "NUMBER = 1\n"
    install("broken", {"fine": fine, "raising": "1 / 0\n"}, {name: value})
    message = f"the importer `{name}` of broken can't be loaded: {reason}."
    help_text = command("--help")
    assert help_text.exit_code == 0
    assert help_text.stderr == f"{message}\n"
    assert commands() == [*OURS, "meetings"]
    assert run(root).exit_code == 0
    result = command(name, "file")
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: {message}\n")
    assert command("nothing").exit_code == 2


def test_the_reference_of_commands_has_all_importers(meetings: None) -> None:
    context = click.Context(main, info_name="guildhall")
    found = {path: each.command for path, each in _commands(context)}
    for name in commands():
        assert f"guildhall import {name}" in found
    module = inspect.getmodule(found["guildhall import meetings"].callback)
    assert module is sys.modules["meeting_importer"]


def test_two_packages_with_one_name_are_told(install: Install, meetings: None) -> None:
    install("second", {}, {"meetings": "meeting_importer:MEETINGS"})
    assert commands() == OURS
    assert (
        "the importer `meetings` is in meeting-importer and second; uninstall one of them."
        in command("meetings", "file").stderr
    )
