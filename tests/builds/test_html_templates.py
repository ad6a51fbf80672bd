"""Cards, entries and schedules have templates on a site, which a portal may have its own of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader
from markupsafe import Markup

from guildhall.sphinx_ext.pages.frame import FOLDER, TEMPLATES
from guildhall.sphinx_ext.templating.html_templates import HtmlTemplates
from guildhall.sphinx_ext.templating.template_values import VALUES

from ..portals import Build
from .conftest import FILES, Portal

CARD, CARDS = "guildhall/card.html.j2", "conf/templates/guildhall/card.html.j2"
OWN = (
    '<h3><a href="{{ url }}">{{ title }}</a></h3>\n<p class="of">{{ fields.country }}</p>\n'
    '<p class="word">{{ gh_word("Partner") }} {{ kind }}</p>\n'
)
LESSON = "kind: lesson\ntitle: {}\nsummary: S.\nlevel: {}\nurl: https://example.org/\n"
LESSON_CARDS = "conf/templates/guildhall/lesson-card.html.j2"


DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"```\{code-block\} .*\n:caption: (\S+)\n\n(.*?)```", re.DOTALL)
_ROW = re.compile(r"^\| `(guildhall/\S+\.j2)` \|.*\| (.*) \|$", re.MULTILINE)


def how_to() -> dict[str, str]:
    """The templates of the guide to cards, by their files."""
    return dict(_BLOCK.findall((DOCS / "how-to/change-a-card.md").read_text(encoding="utf-8")))


@dataclass
class Edits:
    """What a portal was built to, one edit after the other."""

    plain: Build
    first: Build
    clean: dict[str, bytes]
    first_snapshot: dict[str, bytes]
    first_page: str
    included: Build
    included_page: str
    broken: Build
    broken_page: str
    gone: Build
    gone_snapshot: dict[str, bytes]
    plain_snapshot: dict[str, bytes]
    filtered: str


@pytest.fixture(scope="module")
def edits(tmp_path_factory: pytest.TempPathFactory) -> Edits:
    portal = Portal(tmp_path_factory.mktemp("templates") / "portal")
    portal.write(FILES)
    portal.change("conf/portal.yml", "[partners, pages]", "[partners, pages, lessons]")
    portal.change("index.md", "pages/index\n", "pages/index\nlessons/index\n")
    portal.change("partners/organisations/a.yml", "name: Partner A", "name: A & <b>B</b>")
    portal.write(
        {
            "pages/cards.md": (
                "# Cards\n\n:::{records} partner\n:style: cards\n:columns: country\n:::\n"
            ),
            "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
            "lessons/git/lesson.yml": LESSON.format("Git", "beginner"),
            "lessons/mpi/lesson.yml": LESSON.format("MPI", "advanced"),
        }
    )

    def page() -> str:
        folder = portal.root.parent / f"{portal.root.name}-out"
        return (folder / "pages/cards.html").read_text(encoding="utf-8")

    plain = portal.build()
    assert plain.warnings == ""
    plain_snapshot = plain.snapshot()
    portal.write({CARDS: OWN, **how_to()})
    first = portal.build()
    first_page, first_snapshot = page(), first.snapshot()
    filtered = (first.folder / "lessons/by/level/beginner.html").read_text(encoding="utf-8")
    clean = portal.build(out="clean").snapshot()
    portal.write({CARDS: '{% include "guildhall/part.html.j2" %}\n'})
    part = "conf/templates/guildhall/part.html.j2"
    portal.write({part: "<p>First</p>"})
    portal.build()
    portal.write({part: "<p>Second</p>"})
    included, included_page = portal.build(), page()
    some = "{{ link }}\n{% if title == 'MPI' %}{{ 1 / (summary|length - 2) }}{% endif %}\n"
    portal.write({CARDS: "<p>{{ title }}</p>\n<p>{{ titel }}</p>\n", LESSON_CARDS: some})
    broken, broken_page = portal.build(), page()
    (portal.root / CARDS).unlink()
    (portal.root / LESSON_CARDS).unlink()
    gone = portal.build()
    return Edits(
        *(plain, first, clean, first_snapshot, first_page, included, included_page, broken),
        *(broken_page, gone, gone.snapshot(), plain_snapshot, filtered),
    )


def test_a_portal_has_its_own_card_and_what_records_say_is_escaped(edits: Edits):
    assert "<h3><a href=" in edits.first_page
    assert "A &amp; &lt;b&gt;B&lt;/b&gt;</a></h3>" in edits.first_page
    assert '<p class="of">Finland</p>' in edits.first_page
    assert '<p class="word">Partner partner</p>' in edits.first_page
    assert "gh-card-title" not in edits.first_page


def test_a_first_template_writes_the_pages_that_it_shows_and_reads_none(edits: Edits):
    assert edits.first.warnings == ""
    assert edits.first.read == set()
    # With those whose contents lists name them, which Sphinx writes too.
    around = {"index", "pages/index"}
    assert edits.first.written - around == {"pages/cards", "lessons/index"}
    assert edits.first_snapshot == edits.clean


def test_pages_of_filters_have_it_too(edits: Edits):
    assert edits.filtered.count('<p class="gh-card-title">') == 1
    assert edits.filtered.count("<p>A good first lesson.</p>") == 1


def test_so_does_what_a_template_includes(edits: Edits):
    assert edits.included.written - {"pages/index"} == {"pages/cards"}
    assert "<p>Second</p>" in edits.included_page


def test_one_that_fails_is_told_once_by_its_line_and_not_used(edits: Edits):
    line, _ = sorted(edits.broken.warnings.splitlines())
    assert line.endswith(
        "conf/templates/guildhall/card.html.j2:2: WARNING: the template failed: "
        "unknown variable `titel`; did you mean `title`? [record.template]"
    )
    assert edits.broken_page.count('<p class="gh-card-title">') == 2
    assert edits.broken_page.count('<p class="gh-card-meta">') == 2


def test_one_that_fails_with_some_values_is_told_with_their_page(edits: Edits):
    _, line = sorted(edits.broken.warnings.splitlines())
    assert line.endswith(
        "conf/templates/guildhall/lesson-card.html.j2:2: WARNING: the template failed for "
        "lessons/index: ZeroDivisionError: division by zero [record.template]"
    )


def test_without_it_all_is_as_before(edits: Edits):
    assert edits.gone_snapshot == edits.plain_snapshot


def tried(root: Path, **templates: str) -> HtmlTemplates:
    """A portal's own templates, by their names within Guildhall's."""
    own = root / "guildhall"
    own.mkdir(exist_ok=True)
    for name, text in templates.items():
        (own / f"{name}.html.j2").write_text(text, encoding="utf-8")
    return HtmlTemplates(FileSystemLoader([root, TEMPLATES]), [root])


def test_guildhall_s_own_need_no_variable_that_is_not_given(tmp_path: Path):
    assert list(tried(tmp_path).try_out()) == []


def test_each_file_has_variables_and_each_of_these_a_file():
    files = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html.j2")}
    assert files == set(VALUES)


def test_the_reference_lists_each_with_its_variables():
    reference = (DOCS / "reference/themes-and-templates.md").read_text(encoding="utf-8")
    listed = {name: re.findall(r"`(\w+)`", row) for name, row in _ROW.findall(reference)}
    assert listed == {name: list(values) for name, values in VALUES.items()}
    meanings = reference.partition("| Variable | Is |")[2].partition("\n\n")[0]
    assert {name for values in VALUES.values() for name in values} <= set(
        re.findall(r"`(\w+)`", meanings)
    )


def test_the_reference_lists_all_other_templates():
    reference = (DOCS / "reference/themes-and-templates.md").read_text(encoding="utf-8")
    for folder in (TEMPLATES, FOLDER):
        for path in folder.rglob("*.html"):
            assert f"`{path.relative_to(folder).as_posix()}`" in reference
    for path in TEMPLATES.glob("records/*"):
        assert f"`{path.name.removesuffix('.md.j2')}`" in reference


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n{% if %}", 2, "Expected an expression, got 'end of statement block'"),
        ("{{ nothing_like_it }}", 1, "unknown variable `nothing_like_it`; valid: fields, gh_lang"),
        ("\n\n{{ fields.no.way }}", 3, "UndefinedError: 'markupsafe.Markup object' has no"),
        ("{% include 'no.html' %}", 1, "TemplateNotFound: 'no.html' not found"),
        ("{{ title + 1 }}", 1, "TypeError: "),
        ("{{ title.__class__ }}", 1, "SecurityError: access to attribute '__class__'"),
        ("{{ ''.__class__.__mro__ }}", 1, "SecurityError: "),
        ("{{ fields.update({}) }}", 1, "SecurityError: "),
        ("{{ cycler.__init__.__globals__ }}", 1, "SecurityError: "),
        ("{% include 'guildhall/card.html.j2' %}", 1, "RecursionError: "),
    ],
)
def test_what_fails_is_told_by_its_line(tmp_path: Path, text: str, line: int, message: str):
    templates = tried(tmp_path, card=text)
    [fault] = templates.try_out()
    assert (fault.path, fault.line) == (str(tmp_path / CARD), line)
    assert str(fault).startswith(message)
    values = {**VALUES[CARD], "gh_word": str, "gh_language": "en", "link": Markup("<a>x</a>")}
    assert templates.render(CARD, values).startswith('<p class="gh-card-title"><a>x</a></p>')


def test_a_file_that_is_no_text_is_a_fault_too(tmp_path: Path):
    tried(tmp_path, card="")
    (tmp_path / CARD).write_bytes(b"\xff")
    [fault] = tried(tmp_path).try_out()
    assert str(fault).startswith("UnicodeDecodeError: ")


def test_a_template_that_includes_what_a_variable_says_depends_on_all(tmp_path: Path):
    card = "{% include 'guildhall/' ~ kind ~ '.html.j2' %}"
    before = tried(tmp_path, card=card, partner="A").digest(CARD)
    assert tried(tmp_path, partner="B").digest(CARD) != before
    assert tried(tmp_path, partner="A").digest(CARD) == before
