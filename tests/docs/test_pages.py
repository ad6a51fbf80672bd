"""What the pages of the documentation say is what the code has."""

from __future__ import annotations

import inspect
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from guildhall.check.run.catalogue import all_rules, areas
from guildhall.cli.reference.directives import directive_modules, options_of
from guildhall.cli.reference.models import keys_of
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings
from guildhall.network.ledger.checks import CHECKS
from guildhall.network.ledger.figures import Figures
from guildhall.network.workshops.checks import CHECKS as WORKSHOP_CHECKS
from guildhall.sphinx_ext.workshops.listing import WorkshopList
from guildhall.sphinx_ext.workshops.page import _CHAPTERS
from tests.cli.test_build import guildhall

from .conftest import Built

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "build" not in path.parts)
_FENCE = re.compile(r"^( *)(```+|:::+).*?^\1\2$", re.DOTALL | re.MULTILINE)
_WORDS = {
    "YEAR": r"[0-9]{4}",
    "PARTNER": r"[a-z0-9-]+",
    "LINE": r"[a-z0-9-]+",
    "MARK": r"[a-z]",
    "PURPOSE": r"[a-z_]+",
    "TYPE": r"[a-z0-9-]+",
}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference as plain text pages."""
    folder = tmp_path_factory.mktemp("docs") / "text"
    result = guildhall("build", "docs", "-b", "text", "-o", str(folder), cwd=REPOSITORY)
    assert result.returncode == 0, result.stderr
    return folder / "reference"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_a_page_has_one_title_and_skips_no_level_of_headings(page: Path):
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_figures_page_names_every_figure_and_no_other():
    settings, _ = load_settings(REPOSITORY)
    names = set(Figures(load_registry(REPOSITORY, settings), None, date(2026, 11, 1)).of("phase-4"))
    rows = re.findall(r"^\| (`.*?) \|", (DOCS / "reference/figures.md").read_text(), re.MULTILINE)
    patterns = [pattern for row in rows for pattern in re.findall(r"`([^`]+)`", row)]
    found = {pattern: {n for n in names if _as_regex(pattern).fullmatch(n)} for pattern in patterns}
    assert [pattern for pattern, matched in found.items() if not matched] == []
    assert names - set().union(*found.values()) == set()


def _as_regex(pattern: str) -> re.Pattern[str]:
    parts = (_WORDS.get(part, re.escape(part)) for part in re.split(r"([A-Z]+)", pattern))
    return re.compile("".join(parts))


@pytest.mark.slow
def test_the_reference_has_every_kind_warning_and_directive(reference: Path):
    def page(name: str) -> str:
        return (reference / f"{name}.txt").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"Keys of {kind}" not in page("records")] == []
    modules = [module for found in directive_modules().values() for module in found]
    for module in modules:
        for name, directive in module.DIRECTIVES.items():
            assert f'"{{{name}}}"' in page("directives")
            for option in directive.option_spec or ():
                assert f'":{option}:"' in page("directives")


@pytest.mark.slow
def test_every_rule_has_its_anchor_on_the_checks_page_and_no_other(built: Built):
    result, folder = built
    assert result.returncode == 0, result.stderr
    page = (folder / "reference/checks.html").read_text(encoding="utf-8")
    anchors = re.findall(r'<dt id="(rule-[^"]+)">\s*<code[^>]*>(?:<span[^>]*>)?([^<]+)', page)
    expected = [(f"rule-{name.replace('.', '-')}", name) for name in all_rules()]
    assert sorted(anchors) == sorted(expected)


@pytest.mark.slow
def test_tutorials_follow_each_other_and_guides_only_those_of_their_matter(built: Built):
    _, folder = built
    for page, expected in (
        ("tutorial/index", {"next": "first-portal.html"}),
        ("tutorial/first-portal", {"prev": "index.html", "next": "first-workshop.html"}),
        ("tutorial/first-workshop", {"prev": "first-portal.html"}),
        ("how-to/import-from-coderefinery", {"prev": "subscribe-to-calendars.html"}),
        ("how-to/add-a-person", {"next": "leave-a-person-out.html"}),
        ("index", {}),
    ):
        text = (folder / f"{page}.html").read_text(encoding="utf-8")
        assert dict(re.findall(r'<link rel="(prev|next)"[^>]* href="([^"]+)"', text)) == expected
        assert dict(re.findall(r'<a class="gh-(prev|next)"[^>]* href="([^"]+)"', text)) == expected


def test_every_area_of_the_check_is_on_the_checks_page_once():
    text = (DOCS / "reference/checks.md").read_text(encoding="utf-8")
    listed = re.findall(r"^:::\{rule-reference\} (\S+)$", text, re.MULTILINE)
    assert sorted(listed) == sorted(areas())


def test_every_check_of_sources_is_a_rule():
    checks = {each.id for each in (*CHECKS, *WORKSHOP_CHECKS)}
    assert checks <= all_rules().keys()


def test_rules_that_the_checks_page_speaks_of_exist():
    text = (DOCS / "reference/checks.md").read_text(encoding="utf-8")
    levels = text.partition("have different levels")[2].partition("## ")[0]
    rows = re.findall(r"^\| `([a-z.-]+)` \|", levels, re.MULTILINE)
    assert rows
    assert [name for name in rows if name not in all_rules()] == []


def test_all_that_is_said_of_an_option_is_in_the_reference():
    said = options_of(WorkshopList, inspect.getdoc(WorkshopList).partition("Options:\n")[2])
    assert said["limit"].endswith("Cancelled and postponed ones are left out.")
    assert said["empty"] == "what is shown if there are none."


def test_the_directives_page_names_every_chapter_of_a_workshop():
    text = (DOCS / "reference/directives.md").read_text(encoding="utf-8")
    listed = text.partition("The chapters of `workshop-chapters`")[2]
    assert tuple(re.findall(r"`([a-z]+)`", listed)) == tuple(_CHAPTERS)


@pytest.mark.parametrize(
    ("kind", "key", "holds"),
    [
        (
            "partner",
            "country",
            "where an organisation belongs: a country's code, or `EU`, `UN` or `international`",
        ),
        ("partner", "contact", "the id of a person"),
        ("partner", "description", "Markdown, of one or more paragraphs"),
        ("partner", "participation", "a list; each: a mapping, Participation"),
        ("in-kind", "total", "an amount with its note marks, such as `5-10 [a, c]`"),
        ("activity", "format", "`online`, `in-person`, `hybrid` or `asynchronous`"),
    ],
)
def test_a_key_is_described_by_the_docstring_of_its_type(kind: str, key: str, holds: str):
    assert {each.name: each.holds for each in keys_of(KINDS[kind])}[key] == holds
