"""Nothing of a foreign lesson runs when a portal is built, whatever its pages ask for."""

from __future__ import annotations

import re

import pytest

from .attacks import HERE, HostileBuild, HostileLesson, read_attacks, read_rows
from .dangerous import CONF

ATTACKS = read_attacks(HERE / "running.md")
RECORDS = {
    "strict": "",
    # A record that allows as much as it can.
    "lenient": (
        "build:\n  execution: cache\n  myst_extensions: [substitution, colon_fence, deflist, "
        "fieldlist, attrs_inline, attrs_block, html_image, dollarmath, amsmath]\n"
        "  substitutions: {known: known words}\n"
    ),
}


TEMPLATES = read_rows(HERE / "templates.md")
OWN_PAGES = {
    f"pages/template-{at}.md": (
        "---\nmyst:\n  enable_extensions: [substitution]\n  substitutions: {key: Words}\n---\n"
        f"# Page {at}\n\nBefore {template} after.\n"
    )
    for at, (template, _, _) in enumerate(TEMPLATES)
} | {
    # Read after a foreign page that gives these roles another meaning.
    "pages/roles.md": "# Roles\n\n{kbd}`<b>bold</b>` {sub}`<i>slanted</i>`\n",
    "pages/directions.md": "# Read on\n\nPay \u202eeno\u202c now, \u2068safe\u2069.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> HostileBuild:
    lesson = HostileLesson(tmp_path_factory.mktemp("running"), ATTACKS, RECORDS)
    lesson.portal.write({"conf/conf.py": CONF, **OWN_PAGES})
    return lesson.build()


def test_the_site_is_written(built: HostileBuild):
    assert built.build.code == 0, built.build.warnings
    assert "Traceback" not in built.build.warnings
    for key in RECORDS:
        assert [each.title for each in ATTACKS if not built.html(key, each)] == []


def test_nothing_runs(built: HostileBuild):
    assert built.ran == []


def test_no_secret_leaves_its_file(built: HostileBuild):
    assert built.secrets() == []


@pytest.mark.parametrize("key", RECORDS)
def test_what_must_hold_of_each_attack(built: HostileBuild, key: str):
    assert built.failures(key, ATTACKS) == []


@pytest.mark.parametrize("number", range(len(TEMPLATES)), ids=[row[0] for row in TEMPLATES])
def test_templates_of_own_pages_compute_and_do_nothing_else(built: HostileBuild, number: int):
    html = (built.build.folder / f"pages/template-{number}.html").read_text(encoding="utf-8")
    _, verdict, shown = TEMPLATES[number]
    place = f"pages/template-{number}.md:"
    told = [line for line in built.build.warnings.splitlines() if place in line]
    if verdict == "refused":
        assert any("Substitution error" in line for line in told), told
    elif verdict == "shown":
        assert told == []
        assert f"Before {shown} after." in html
    assert "&lt;class" not in html


def test_a_role_of_a_foreign_page_ends_with_it(built: HostileBuild):
    html = (built.build.folder / "pages/roles.html").read_text(encoding="utf-8")
    assert "<b>bold</b>" not in html
    assert "<i>slanted</i>" not in html


def test_overrides_of_direction_are_told_on_own_pages(built: HostileBuild):
    told = [line for line in built.build.warnings.splitlines() if "pages/directions.md:" in line]
    assert len(told) == 1
    assert "U+202C, U+202E" in told[0]
    assert "record.direction" in told[0]


def test_latex_is_given_nothing_that_acts(built: HostileBuild):
    made = built.lesson.portal.build(builder="latex", out="latex")
    assert made.code == 0, made.warnings
    tex = (made.folder / "portal.tex").read_text(encoding="utf-8")
    for command in ("input", "directlua", "begin{input}", "csname", "immediate", "write18"):
        told = re.findall(rf"^.*\\{re.escape(command)}.*$", tex.partition("maketitle")[2], re.M)
        assert told == []
    assert "^^5c" not in tex.partition("maketitle")[2]
    assert "\\frac{a}{b}" in tex
    assert built.ran == []
