"""Every rule finds what is wrong once, in words that mend it, and passes over what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.check.content.check import content_rules
from guildhall.check.content.rules import RULES
from guildhall.check.lint.rules import RULES as LINT_RULES
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import parse_page
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.content import Content
from guildhall.model.settings.portal import Settings

from ..portals import person
from .tables import Case, read_cases

TABLES = sorted(Path(__file__).parent.glob("*.md"))
CASES = [
    pytest.param(case, id=f"{table.stem}: {case.title}")
    for table in TABLES
    for case in read_cases(table)
]
SITE_WIDE = {
    *("images.heavy", "images.large", "pages.heavy", "pages.heavy-html", "pages.title-repeated"),
    "pages.empty-file",
    *("pages.accent-contrast", "pages.site-address", "privacy.meeting-password"),
}
OF_BUILD = {
    *("pages.conflict", "pages.heading-html", "pages.marks", "pages.money"),
    *("pages.table-cells", "pages.unclosed-html"),
}
"""Told as pages are read, at the line of their source; `tests/builds/test_marks.py` has them."""
SHARED = {"image-alt", "heading-order", "one-title", "link-text"}

PEOPLE = (
    ("Radovan Bast", "Bast, Radovan", ""),
    ("Bjørn Lindi", "Lindi, Bjørn", "aliases: [Bjorn Olav Lindi]"),
    ("Matias Jääskeläinen", "Jääskeläinen, Matias", ""),
    ("Will Usher", "Usher, Will", ""),
    (
        "Robin Berg",
        "Berg, Robin",
        "former_names: [Karin Berg, Karin Holm, {name: R. Lund, shown: true}]",
    ),
    ("Kim Ek", "Ek, Kim", "aliases: [Ove Dahl, Kim A. Ek]"),
    ("João M. da Silva", "da Silva, João M.", ""),
    ("Evelien Van Dijk", "Van Dijk, Evelien", ""),
    ("Mikael Andersen", "Andersen, Mikael", ""),
    ("Ada Lovelace", "Lovelace, Ada", "email: ada@kth.se"),
)
PARTNERS = (
    ("Aalto University", "Aalto"),
    ("University of Iceland", "UoI"),
    ("CSC – IT Center for Science", "CSC"),
    ("ENCCS", "ENCCS"),
    ("CHC/DeiC", "CHC/DeiC"),
    ("CodeRefinery", "CodeRefinery"),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    root = tmp_path_factory.mktemp("portal")
    folder = root / "partners"
    folder.mkdir()
    for number, (name, sort_name, more) in enumerate(PEOPLE):
        text = person(name, sort_name, *filter(None, [more]))
        (folder / f"person-{number}.yml").write_text(text, encoding="utf-8")
    for number, (name, short) in enumerate(PARTNERS):
        text = (
            f"kind: partner\nname: {name}\nshort_name: {short}\ncountry: FI\ncontact: person-0\n"
            "description: Teaches.\nparticipation: []\n"
        )
        (folder / f"partner-{number}.yml").write_text(text, encoding="utf-8")
    registry = load_registry(root, Settings(sources=("partners",)))
    assert registry.faults == ()
    return registry


def faults_of(page: str, registry: Registry, settings: Settings | None = None) -> list[SiteFault]:
    settings = settings or Settings(base_url="https://portal.example/")
    rules = content_rules(settings, registry, Content(addresses=("@public.se",)))
    return list(parse_page(page.encode(), "page.html", rules).faults)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_told_once_and_what_is_right_never(case: Case, registry: Registry):
    found = [f"{fault.rule}: {fault.message}" for fault in faults_of(case.page, registry)]
    assert found == list(case.faults)


def test_the_tables_hold_what_they_say():
    assert len(CASES) >= 60
    headings = sum(table.read_text(encoding="utf-8").count("\n## ") for table in TABLES)
    assert headings == len(CASES)


def test_every_rule_has_a_case():
    told = {line.partition(":")[0] for case in CASES for line in case.values[0].faults}
    assert told | SITE_WIDE | OF_BUILD == {*RULES, *SHARED}
    assert set(LINT_RULES) >= SHARED


def test_every_rule_says_why_and_how_to_mend():
    for rule in RULES.values():
        assert rule.title
        assert rule.why.endswith(".")
        assert rule.mend.endswith(".")
        assert not rule.title.endswith(".")


def test_addresses_of_people_are_told_where_the_portal_hides_them(registry: Registry):
    page = read_cases(TABLES[-1])[0].page.replace("x</p>", "ada@kth.se</p>")
    hidden = Settings(base_url="http://portal.example/", show_email="false")
    assert [fault.rule for fault in faults_of(page, registry, hidden)] == ["privacy.email"]


def test_a_fault_says_which_occurrence_it_is(registry: Registry):
    page = read_cases(TABLES[0])[0].page.replace(
        '<img src="a.png">', '<img src="a.png" alt="A tree"><img src="a.png">'
    )
    (fault,) = faults_of(page, registry)
    assert (fault.needle, fault.nth, fault.target) == ("a.png", 1, "a.png")
