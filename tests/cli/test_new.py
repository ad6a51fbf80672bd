"""``guildhall new``: what it writes, what it asks, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.commands.lint import lint_command
from guildhall.cli.commands.new import new_command
from guildhall.cli.main import main
from guildhall.model.portal import load_portal
from guildhall.model.records.kinds.budget_line import BudgetLine
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.model.records.load import load_record
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.programme.programme import programme_of

from .test_build import guildhall


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Portal\nauthor: The group\nsources: [lessons]\n",
        "index.md": "# Home\n\n```{toctree}\nlessons/index\n```\n",
        "lessons/index.md": "# Lessons\n\n```{toctree}\n:glob:\n\n*/index\npaths/*\n```\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(new_command, arguments, input=typed)


def lesson(portal: Path, key: str) -> Lesson:
    loaded = load_record(portal / "lessons" / key / "lesson.yml", f"lessons/{key}/index")
    assert not loaded.faults
    assert isinstance(loaded.record, Lesson)
    return loaded.record


def test_a_new_lesson_is_written_with_explanations_and_said_where(portal: Path):
    result = new("lesson", "Testing software", "--episodes", "2")
    assert result.exit_code == 0
    assert result.output == (
        "Written:\n"
        "  lessons/testing-software/lesson.yml\n"
        "  lessons/testing-software/episode-1.md\n"
        "  lessons/testing-software/episode-2.md\n"
        "Replace the texts in them; they explain themselves.\n"
        "See it:         guildhall serve\n"
        "Then check it:  guildhall lint --lesson testing-software\n"
    )
    record = lesson(portal, "testing-software")
    assert record.title == "Testing software"
    assert [episode.page for episode in record.episodes] == ["episode-1", "episode-2"]
    assert [each.name for each in record.contributors] == ["The group"]


def test_a_new_lesson_passes_the_rules(portal: Path):
    new("lesson", "Testing", "--episodes", "3")
    result = CliRunner().invoke(lint_command, [str(portal)])
    assert result.output == "3 pages of 1 lesson: 0 errors, 0 notes.\n"


@pytest.mark.parametrize(
    "title",
    [
        'It\'s: #1, "quoted" & {braced} \\n',
        "yes",
        "---",
        "2025-01-01",
        "Übung Æ",
        "{{ 1 }} {% x %}",
    ],
)
def test_any_title_and_author_come_through_as_they_are(portal: Path, title: str):
    result = new("lesson", "--id", "one", "--title", title, "--author", title)
    assert result.exit_code == 0, result.output
    record = lesson(portal, "one")
    assert (record.title, record.contributors[0].name) == (title, title)


def test_flags_decide_what_is_written(portal: Path):
    arguments = ("--level", "advanced", "--language", "fi", "--author", "A", "--author", "B")
    new("lesson", "tools", "--title", "All tools", *arguments)
    record = lesson(portal, "tools")
    assert (record.title, record.level, record.language) == ("All tools", "advanced", "fi")
    assert [each.name for each in record.contributors] == ["A", "B"]


def test_without_a_terminal_a_missing_name_is_told(portal: Path):
    result = new("lesson")
    assert result.exit_code == 2
    assert "Give it a name: guildhall new lesson NAME." in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lesson", "tools"), "There is a lesson `tools` already; use another --id."),
        (("lesson", "x", "--id", "Not An Id"), "did you mean `not-an-id`?"),
        (("lesson", "x", "--language", "english?"), "nothing was written"),
        (("lesson", "there"), "exists already; nothing was written."),
        (("path", "x", "--lesson", "tool"), "There is no lesson `tool`; did you mean `tools`?"),
    ],
)
def test_what_can_not_be_written_is_refused_and_leaves_nothing(
    portal: Path, arguments: tuple[str, ...], told: str
):
    new("lesson", "tools")
    (portal / "lessons/there").mkdir()
    before = sorted(portal.rglob("*"))
    result = new(*arguments)
    assert result.exit_code in {1, 2}
    assert told in result.output
    assert sorted(portal.rglob("*")) == before


def test_a_folder_that_the_portal_does_not_read_yet_is_added_to_its_sources(portal: Path):
    text = "title: Portal  # ours\nsources: [lessons]  # so far\n"
    (portal / "conf/portal.yml").write_text(text, encoding="utf-8")
    result = new("workshop", "Spring", "--start", "2027-03-16", "--timezone", "UTC")
    assert result.exit_code == 0, result.output
    assert "  index.md (one more entry in its table of contents)\n" in result.output
    assert "  conf/portal.yml (one more folder in `sources`)\n" in result.output
    assert (portal / "conf/portal.yml").read_text(encoding="utf-8") == (
        "title: Portal  # ours\nsources: [lessons, workshops]  # so far\n"
    )
    assert ":::{workshop-catalogue}" in (portal / "workshops/index.md").read_text("utf-8")


def test_settings_that_can_not_be_changed_are_told(portal: Path):
    (portal / "conf/portal.yml").write_text("{title: Portal, sources: [pages]}\n", encoding="utf-8")
    result = new("lesson", "x")
    assert "conf/portal.yml has no `lessons` in `sources`; add it there." in result.output
    assert not (portal / "lessons/x").exists()


def test_a_new_path_is_sound(portal: Path):
    new("lesson", "tools")
    new("lesson", "tests")
    result = new("path", "All: of it", "--lesson", "tools", "--lesson", "tests")
    assert result.exit_code == 0, result.output
    registry = load_registry(portal, load_settings(portal)[0])
    assert not registry.faults
    assert registry.keys("path") == ("all-of-it",)


def test_a_path_needs_a_lesson(portal: Path):
    result = new("path", "A way")
    assert "There is no lesson yet; start with `guildhall new lesson`." in result.output


@pytest.fixture
def network(portal: Path) -> Path:
    """A portal with workshops and people."""
    files = {
        "conf/portal.yml": (
            "title: Portal\nsources: [lessons, workshops, partners]\n"
            "workshop_types: {study-group: Study group}\n"
        ),
        "index.md": (
            "# Home\n\n```{toctree}\n:glob:\n\nlessons/index\nworkshops/*\npartners/**\n```\n"
        ),
        "lessons/index.md": "# Lessons\n",
        "partners/north.yml": (
            "kind: partner\nname: The North\nshort_name: North\ncountry: NO\ncontact:\n"
            "description: A partner.\nparticipation: []\n"
        ),
        "partners/pilot.yml": (
            "kind: project\nname: Pilot\ntype: Project\nphase: Pilot\nstart: 2027-01-01\n"
            "end: 2028-12-31\nsummary: S.\n"
        ),
        "partners/2027-spring.yml": (
            "kind: activity\nproject: pilot\ntitle: Spring\nyear: 2027\ntype: workshop\n"
        ),
    }
    for name, text in files.items():
        path = portal / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return portal


def workshop(portal: Path, key: str) -> Workshop:
    loaded = load_record(portal / "workshops" / f"{key}.yml", f"workshops/{key}")
    assert not loaded.faults
    assert isinstance(loaded.record, Workshop)
    return loaded.record


def person(path: Path) -> Person:
    loaded = load_record(path, path.stem)
    assert not loaded.faults
    assert isinstance(loaded.record, Person)
    return loaded.record


SPRING = ("workshop", "Spring workshop", "--start", "2027-03-16", "--timezone", "Europe/Oslo")


def test_a_new_workshop_has_an_id_from_its_start_and_a_schedule_for_each_day(network: Path):
    result = new(*SPRING, "--end", "2027-03-18", "--fulfils", "2027-spring")
    assert result.output == (
        "Written:\n"
        "  workshops/2027-03-16-spring-workshop.yml\n"
        "Replace the texts in them; they explain themselves.\n"
        "See it:         guildhall serve\n"
        "Then check it:  guildhall check\n"
    )
    record = workshop(network, "2027-03-16-spring-workshop")
    assert (record.title, record.type, record.format) == (
        "Spring workshop",
        "full-workshop",
        "online",
    )
    assert (record.timezone, record.status, record.fulfils) == (
        "Europe/Oslo",
        "planned",
        ("2027-spring",),
    )
    programme = programme_of(record)
    assert not programme.faults
    assert [f"{day.start:%d %H:%M}-{day.end:%H:%M}" for day in programme.days] == [
        "16 09:00-12:00",
        "17 09:00-12:00",
        "18 09:00-12:00",
    ]


@pytest.mark.parametrize(
    ("arguments", "key", "title"),
    [
        (("2027-03-16-mini",), "2027-03-16-mini", "Mini"),
        (("git-for-teams", "--start", "2027-03-17"), "2027-03-17-git-for-teams", "Git for teams"),
        (("Økt: #1", "--start", "2027-03-17"), "2027-03-17-okt-1", "Økt: #1"),
        (("x", "--id", "own", "--title", "Y", "--start", "2027-03-17"), "own", "Y"),
    ],
)
def test_a_name_is_an_id_or_a_title(
    network: Path, arguments: tuple[str, ...], key: str, title: str
):
    result = new("workshop", *arguments, "--timezone", "Europe/Oslo", "--yes")
    assert result.exit_code == 0, result.output
    record = workshop(network, key)
    assert (record.title, record.start, record.end) == (title, record.start, record.start)
    assert record.start.isoformat() == key[:10] or key == "own"


def test_the_time_zone_is_that_of_the_newest_workshop(network: Path):
    new(*SPRING)
    result = new("workshop", "2027-09-21-autumn")
    assert result.exit_code == 0, result.output
    assert workshop(network, "2027-09-21-autumn").timezone == "Europe/Oslo"


def test_a_long_workshop_has_its_first_and_last_day(network: Path):
    new("workshop", "Mooc", "--start", "2027-03-01", "--end", "2027-05-31", "--timezone", "UTC")
    record = workshop(network, "2027-03-01-mooc")
    assert [str(day.date) for day in programme_of(record).days] == ["2027-03-01", "2027-05-31"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("workshop",), "Give it a name: guildhall new workshop NAME --start DATE --timezone ZONE"),
        (("workshop", "Spring"), "Give its first day: --start 2027-03-16."),
        (
            ("workshop", "Spring", "--start", "2027-03-16"),
            "Give its time zone: --timezone Europe/Stockholm.",
        ),
        (("workshop", "Spring", "--start", "16.3.2027"), "`16.3.2027`"),
        ((*SPRING, "--end", "2027-03-15"), "2027-03-15 comes before the start, 2027-03-16"),
        (
            (*SPRING[:-1], "Europe/Olso"),
            "did you mean `Europe/Oslo`?; nothing was written.",
        ),
        (
            (*SPRING, "--type", "study-grup"),
            "There is no type of workshop `study-grup`; did you mean `study-group`?",
        ),
        (
            (*SPRING, "--fulfils", "2027-sprung"),
            "There is no activity `2027-sprung`; did you mean `2027-spring`?",
        ),
        ((*SPRING, "--id", "Not An Id"), "did you mean `not-an-id`?"),
        ((*SPRING, "--id", "there"), "There is a workshop `there` already; use another --id."),
        (("person",), 'Give a name: guildhall new person "Ada Lovelace".'),
        (
            ("person", "A B", "--partner", "nord"),
            "There is no partner `nord`; did you mean `north`",
        ),
        (("person", "A B", "--orcid", "0000-0002-1825-0098"), "nothing was written"),
        (("person", "Lindi, Bjorn"), "There is a person `bjorn-lindi` of that name already."),
        (("person", "!"), "expected an id"),
    ],
)
def test_a_workshop_or_person_that_can_not_be_written_leaves_nothing(
    network: Path, arguments: tuple[str, ...], told: str
):
    if "there" in arguments:
        new(*SPRING, "--id", "there")
    if "Lindi, Bjorn" in arguments:
        new("person", "Bjørn Lindi")
    before = sorted(network.rglob("*"))
    result = new(*arguments)
    assert result.exit_code in {1, 2}
    assert told in " ".join(result.output.split())
    assert sorted(network.rglob("*")) == before


def test_a_new_person_is_named_nowhere_until_the_record_says_so(network: Path):
    result = new("person", "Bjørn Lindi", "--partner", "north")
    assert result.output == (
        "Written:\n"
        "  partners/people/bjorn-lindi.yml\n"
        "Replace the texts in them; they explain themselves.\n"
        "See it:         guildhall serve\n"
        "Then check it:  guildhall check\n"
        "The portal does not name the person until `consent` allows it.\n"
    )
    record = person(network / "partners/people/bjorn-lindi.yml")
    assert (record.name, record.sort_name) == ("Bjørn Lindi", "Lindi, Bjørn")
    assert [each.partner for each in record.affiliations] == ["north"]
    assert not record.is_listed


@pytest.mark.parametrize("consent", ["given", "public-source"])
def test_consent_is_said_by_a_flag(network: Path, consent: str):
    result = new("person", "Ada Lovelace", "--consent", consent, "--sort-name", "Lovelace, A.")
    assert "does not name the person" not in result.output
    record = person(network / "partners/people/ada-lovelace.yml")
    assert (record.consent.state, record.sort_name) == (consent, "Lovelace, A.")
    assert record.is_listed


def test_a_new_person_lies_beside_the_others(network: Path):
    file = network / "partners/contacts/ada.yml"
    file.parent.mkdir()
    file.write_text("kind: person\nname: Ada L\nsort_name: L, Ada\n", encoding="utf-8")
    new("person", "Grace Hopper")
    assert (network / "partners/contacts/grace-hopper.yml").is_file()


@pytest.mark.parametrize("name", ['It\'s: #1, "quoted" & {braced} \\n', "yes", "{{ 1 }} {% x %}"])
def test_any_title_and_name_come_through_as_they_are(network: Path, name: str):
    new(*SPRING, "--title", name, "--id", "one")
    assert workshop(network, "one").title == name
    new("person", name, "--id", "one", "--sort-name", name)
    assert person(network / "partners/people/one.yml").name == name


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal as `guildhall init` writes it, and one more record of each kind."""
    root = tmp_path_factory.mktemp("new") / "portal"
    arguments = ("--language", "sv", "--title", "Nätet", "--timezone", "Europe/Stockholm", "--yes")
    years = ("--start", "2027-01-01", "--end", "2028-12-31")
    assert CliRunner().invoke(main, ["init", str(root), *arguments, *years]).exit_code == 0
    for kind, name, *options in (
        ("person", "Åsa Öberg", "--consent", "given"),
        ("partner", "Södra", "--country", "SE", "--project", "network", "--contact", "asa-oberg"),
        ("in-kind", "sodra"),
        ("budget-line", "Lokal", "--type", "requirement", "--currency", "EUR"),
        ("activity", "Vår: kurs", "--year", "2028", "--type", "course"),
        ("risk", "Ingen tid"),
        ("benefit", "Fler kurser"),
        ("project", "Fas 2", "--start", "2029-01-01"),
        ("person", "Grace Hopper"),
        ("lesson", "Testa kod", "--episodes", "2"),
        ("path", "En väg", "--lesson", "testa-kod"),
        ("workshop", "Vårkurs", "--start", "2028-03-14", "--fulfils", "var-kurs"),
    ):
        result = new(kind, name, *options, "--root", str(root), "--yes")
        assert result.exit_code == 0, result.output
    return root


def test_a_new_record_of_each_kind_is_sound_and_is_where_others_are(everything: Path):
    registry = load_portal(everything).complete
    assert registry.faults == ()
    for kind, key in {
        "partner": "sodra",
        "in-kind": "sodra",
        "project": "fas-2",
        "activity": "var-kurs",
        "risk": "ingen-tid",
        "benefit": "fler-kurser",
        "person": "asa-oberg",
        "lesson": "testa-kod",
        "path": "en-vag",
        "workshop": "2028-03-14-varkurs",
    }.items():
        assert registry.find(kind, key), (kind, key)
    line = registry.find("budget-line", "lokal")
    assert isinstance(line, BudgetLine)
    assert (line.type, line.purpose, sorted(line.amounts)) == ("requirement", "Lokal", [2027, 2028])
    text = (everything / "partners/risks/ingen-tid.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../conf/schemas/risk.json\n# ")
    assert "Skriv här vad som kan hända" in text


@pytest.mark.slow
def test_all_of_them_build_without_a_finding_and_are_listed(everything: Path):
    result = guildhall("check", "--fail-on", "warning", cwd=everything)
    assert result.returncode == 0, result.stdout + result.stderr
    site = everything / "build/html"
    for page, text in {
        "partners/people/index": "Åsa Öberg",
        "partners/organisations/index": "Södra",
        "partners/in-kind/index": "Södra",
        "partners/budget/index": "Lokal",
        "partners/activities/index": "Vår: kurs",
        "partners/risks/index": "Ingen tid",
        "partners/benefits/index": "Fler kurser",
        "partners/index": "Fas 2",
        "lessons/index": "Testa kod",
        "lessons/testa-kod/episode-2": "Prova själv",
        "lessons/paths/index": "En väg",
        "workshops/index": "Vårkurs",
    }.items():
        assert text in (site / f"{page}.html").read_text(encoding="utf-8")
    assert not (site / "partners/people/grace-hopper.html").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("partner", "X", "--country", "Norwy"), "did you mean `NO`?"),
        (("partner", "X", "--project", "netwrk"), "did you mean `network`?"),
        (("partner", "X", "--contact", "asa-obreg"), "did you mean `asa-oberg`?"),
        (("in-kind",), "Name the partner that gives it: guildhall new in-kind our-organisation."),
        (("in-kind", "sodr"), "There is no partner `sodr`; did you mean `sodra`?"),
        (("in-kind", "sodra"), "There is an in-kind row `sodra` already; use another --id."),
        (("activity", "X", "--type", "seminar"), "nothing was written"),
        (("project", "X", "--start", "2029-01-01", "--end", "2028-01-01"), "before the start"),
        (("risk",), "Give it a name: guildhall new risk NAME."),
    ],
)
def test_a_record_that_can_not_be_written_is_refused(
    everything: Path, arguments: tuple[str, ...], told: str
):
    before = sorted(everything.rglob("*"))
    result = new(*arguments, "--root", str(everything), "--yes")
    assert result.exit_code in {1, 2}
    assert told in " ".join(result.output.split())
    assert sorted(everything.rglob("*")) == before


def test_what_belongs_to_a_project_needs_one(portal: Path):
    assert "start with `guildhall new project`" in new("risk", "X").output


def test_a_record_that_no_page_lists_gets_an_entry_and_a_page_where_there_is_none(portal: Path):
    (portal / "lessons/index.md").write_bytes(b"# Lessons\r\n\r\n```{toctree}\r\none\r\n```\r\n")
    result = new("lesson", "First")
    assert "lessons/index.md (one more entry in its table of contents)\n" in result.output
    text = (portal / "lessons/index.md").read_bytes()
    assert text == b"# Lessons\r\n\r\n```{toctree}\r\none\r\nfirst/index\r\n```\r\n"
    result = new("path", "A way")
    assert "  lessons/paths/index.md\n" in result.output
    assert "paths/index\r\n" in (portal / "lessons/index.md").read_bytes().decode()
    assert ":::{learning-paths}" in (portal / "lessons/paths/index.md").read_text("utf-8")
    before = (portal / "lessons/index.md").read_bytes()
    new("path", "Another way")
    assert (portal / "lessons/index.md").read_bytes() == before


def test_a_workshop_names_the_portals_own_types_and_roles(network: Path):
    settings = network / "conf/portal.yml"
    settings.write_text(f"{settings.read_text('utf-8')}roles: {{tutor: Tutor}}\n", encoding="utf-8")
    new(*SPRING, "--type", "study-group")
    text = (network / "workshops/2027-03-16-spring-workshop.yml").read_text(encoding="utf-8")
    assert "tutor;\n" in text
    assert "study-group;\n" in text
