"""``guildhall init``: what it writes, what it leaves, and that it builds."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from guildhall.cli.main import main
from guildhall.model.portal import load_portal
from guildhall.model.records.kinds import KINDS
from guildhall.network.ledger.checks import run_checks

from .test_build import guildhall, snapshot
from .test_readme import workflow_actions

AREAS = ("lessons", "workshops", "governance")
FOLDERS = {"lessons": "lessons", "workshops": "workshops", "governance": "partners"}

TITLE = 'Øvelser i Å: #1, "quoted" & {braced} <b>🎉</b> `a` _b_ | $x$'


def init(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["init", str(folder), "--yes", *arguments])


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fuller portal, in another language, with a title that markup could trip over."""
    root = tmp_path_factory.mktemp("init") / "portal"
    result = init(root, "--example", "--language", "nb", "--title", TITLE)
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture(scope="module")
def site(example: Path) -> Path:
    """That portal, checked and built."""
    result = guildhall("check", "--fail-on", "warning", cwd=example)
    assert result.returncode == 0, result.stdout + result.stderr
    return example / "build/html"


@pytest.mark.slow
def test_a_new_portal_passes_its_check_and_shows_each_area(site: Path):
    home = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert home.h1 is not None
    assert home.h1.text.removesuffix("#") == TITLE.replace('"quoted"', "«quoted»")
    for page, text in {
        "index": "En første workshop",
        "lessons/index": "Et første kurs",
        "lessons/first-lesson/episode-1": "Prøv selv",
        "workshops/earlier-workshop": "24",
        "partners/index": "Risikoer",
        "partners/in-kind/index": "Organisasjonen vår",
        "partners/people/ada-lovelace": "Organisasjonen vår",
    }.items():
        assert text in (site / f"{page}.html").read_text(encoding="utf-8")


def test_an_example_has_every_kind_of_record_and_states_sums_that_hold(example: Path):
    portal = load_portal(example)
    assert [kind for kind in KINDS if not portal.complete.keys(kind)] == []
    assert portal.complete.faults == ()
    report = run_checks(portal.complete, portal.settings)
    states = {each.id: each.status for each in report.results}
    assert states["in-kind.grand-total"] == states["budget.totals"] == "pass"


def test_every_record_names_its_schema_and_says_what_to_do_with_it(example: Path):
    records = [path for folder in FOLDERS.values() for path in (example / folder).rglob("*.yml")]
    assert len(records) > 10
    for path in records:
        first, second, *_ = path.read_text(encoding="utf-8").splitlines()
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).resolve().parent == example / "conf/schemas"
        assert (path.parent / schema).is_file()
        assert second.startswith("# ")


@pytest.mark.parametrize("area", AREAS)
def test_a_portal_of_one_area_has_that_one_and_no_other(tmp_path: Path, area: str):
    result = init(tmp_path / "portal", "--area", area, "--language", "es")
    assert result.exit_code == 0, result.output
    assert "Guildhall has no words in `es` yet" in result.output
    folders = {name for name in FOLDERS.values() if (tmp_path / "portal" / name).exists()}
    assert folders == {FOLDERS[area]}
    portal = load_portal(tmp_path / "portal")
    assert (portal.faults, portal.complete.faults) == ((), ())
    assert portal.settings.sources == (FOLDERS[area],)


def test_the_files_say_what_was_chosen(tmp_path: Path):
    arguments = ("--currency", "SEK", "--start", "2028-03-01", "--end", "2029-02-28")
    init(tmp_path / "p", "--area", "governance", *arguments, "--title", "A network")
    project = (tmp_path / "p/partners/projects/network.yml").read_text(encoding="utf-8")
    for line in ('name: "A network"', "start: 2028-03-01", "end: 2029-02-28", "currency: SEK"):
        assert line in project
    assert "2028: 1\n  2029: 1\n" in (
        tmp_path / "p/partners/in-kind/our-organisation.yml"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("title", ["x" * 300, "{{ 1 }} {% x %}", "---", "yes", "12"])
def test_any_title_comes_through_as_it_is(tmp_path: Path, title: str):
    assert init(tmp_path / "p", "--title", title).exit_code == 0
    portal = load_portal(tmp_path / "p")
    assert (portal.settings.title, portal.complete.faults) == (title, ())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--language", "svenska"), "expected a BCP 47 language tag"),
        (("--currency", "eur"), "did you mean `EUR`?"),
        (("--timezone", "Europe/Olso"), "did you mean `Europe/Oslo`?"),
        (("--start", "1.1.2027"), "--start"),
        (("--start", "2027-01-01", "--end", "2026-01-01"), "comes before the start"),
        (("--title", " "), "expected a text that is not empty"),
    ],
)
def test_a_value_that_can_not_be_used_is_told_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], told: str
):
    result = init(tmp_path / "portal", *arguments)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
    assert not (tmp_path / "portal").exists()


def test_what_is_there_stays_and_it_is_told_what_it_lacks(tmp_path: Path):
    there = {
        "README.rst": "Ours\n====\n",
        ".gitignore": "*.log\n",
        "index.md": "# Ours\n\n```{toctree}\nlessons/index\n```\n",
        "LICENCE": "MIT\n",
        "workshops/notes.txt": "Ours.\n",
    }
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = init(tmp_path)
    assert result.exit_code == 0, result.output
    assert result.output.partition("Left as they are:\n")[2].partition("Next:")[0] == (
        "  .gitignore: add the lines `build/` and `.guildhall/`\n"
        "  LICENCE\n"
        "  README.rst\n"
        "  index.md: add `partners/index` to a toctree in it\n"
        "  workshops/\n"
    )
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in there} == there
    assert not (tmp_path / "README.md").exists()
    before = snapshot(tmp_path)
    assert "Everything is there; nothing was written." in init(tmp_path).output
    assert snapshot(tmp_path) == before


def test_a_portal_that_is_there_gets_an_area_with_its_own_title(tmp_path: Path):
    init(tmp_path, "--area", "lessons", "--title", "Ours", "--language", "sv")
    result = init(tmp_path, "--area", "governance", "--title", "Another")
    line = "conf/portal.yml: add `partners` to its `sources`; add the line `project: network`\n"
    assert line in result.output
    assert "index.md: add `partners/index` to a toctree in it" in result.output
    text = (tmp_path / "partners/projects/network.yml").read_text(encoding="utf-8")
    assert 'name: "Ours"' in text
    assert "Skriv här" in text


@pytest.mark.parametrize("name", ["conf", "workshops"])
def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path, name: str):
    (tmp_path / name).write_text("", encoding="utf-8")
    result = init(tmp_path)
    assert result.exit_code == 1
    assert result.output == (
        f"Error: {tmp_path / name} is a file, not a folder; nothing was written.\n"
    )
    assert list(tmp_path.iterdir()) == [tmp_path / name]


@pytest.mark.parametrize("moment", [1, 20])
def test_ctrl_c_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
):
    replaced = []

    def replace(path: Path, target: Path, _replace=Path.replace) -> Path:
        replaced.append(target)
        if len(replaced) == moment:
            raise KeyboardInterrupt
        return _replace(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    result = init(tmp_path / "portal")
    assert (result.exit_code, len(replaced)) == (130, moment)
    assert not (tmp_path / "portal").exists()


def git(*arguments: str, cwd: Path) -> None:
    subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True)


def test_the_workflow_is_that_of_the_repositorys_forge(tmp_path: Path):
    git("init", "-q", "-b", "trunk", cwd=tmp_path)
    git("remote", "add", "origin", "https://me:secret@github.com/us/portal.git", cwd=tmp_path)
    assert init(tmp_path).exit_code == 0
    settings = (tmp_path / "conf/portal.yml").read_text(encoding="utf-8")
    assert 'repository: "https://github.com/us/portal"\nbranch: "trunk"\n' in settings
    text = (tmp_path / ".github/workflows/portal.yml").read_text(encoding="utf-8")
    workflow = yaml.load(text, Loader=yaml.BaseLoader)
    assert workflow["on"]["push"]["branches"] == ["trunk"]
    ours = {step["uses"] for step in workflow_actions()}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert {step["uses"] for step in steps if "uses" in step} <= ours
    assert [step["run"] for step in steps if "run" in step] == [
        "pip install -q -r requirements.txt",
        "guildhall check --offline",
    ]
    written = {name: text for name, text in snapshot(tmp_path).items() if ".git/" not in name}
    assert [name for name, text in written.items() if b"me:secret" in text] == []


def test_a_workflow_is_not_written_where_no_forge_would_see_it(tmp_path: Path):
    git("init", "-q", cwd=tmp_path)
    git("remote", "add", "origin", "git@github.com:us/code.git", cwd=tmp_path)
    result = init(tmp_path / "docs", "--forge", "gitlab")
    assert result.exit_code == 2
    assert "A workflow lies at the top of its repository" in " ".join(result.output.split())
    assert not (tmp_path / "docs").exists()
    assert init(tmp_path / "docs").exit_code == 0
    assert not (tmp_path / "docs/.github").exists()
    assert "us/code" not in (tmp_path / "docs/conf/portal.yml").read_text(encoding="utf-8")


def test_gitlab_has_the_same_commands(tmp_path: Path):
    init(tmp_path, "--forge", "gitlab")
    text = (tmp_path / ".gitlab-ci.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)
    assert jobs["pages"]["script"][:2] == [
        "pip install -q -r requirements.txt",
        'GUILDHALL_BASE_URL="$CI_PAGES_URL" guildhall check --offline',
    ]
    assert jobs["pages"]["artifacts"] == {"paths": ["public"]}
