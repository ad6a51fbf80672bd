"""Records are pages for every builder, and the same input gives the same bytes."""

from __future__ import annotations

import pytest

from .conftest import Portal

pytestmark = pytest.mark.slow


FIGURES = {
    "text": ("partners/in-kind/index.txt", ("130–160", "37.5–45.5")),
    "latex": ("portal.tex", ("130–160",)),
}
"""Of builders whose output is read: a file, and figures that stand in it."""


@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "epub", "text", "latex", "gettext", "man", "xml"]
)
def test_the_repositorys_portal_builds_without_a_warning(own_portal: Portal, builder: str):
    # Builders share what was read, as with `make`; Sphinx wants that of `gettext` apart.
    trees = "gettext" if builder == "gettext" else "shared"
    result = own_portal.build("-W", builder=builder, out=builder, trees=trees)
    assert result.warnings == ""
    assert result.code == 0
    name, figures = FIGURES.get(builder, ("", ()))
    for figure in figures:
        assert figure in (result.folder / name).read_text(encoding="utf-8")


def test_translators_see_the_prose_at_the_records_line(portal: Portal):
    result = portal.build(builder="gettext")
    catalogue = (result.folder / "partners.pot").read_text(encoding="utf-8")
    assert 'partners/projects/phase.yml:8\nmsgid "The *phase* of {partner}`a`."' in catalogue
    assert "7–12" not in catalogue


def test_two_processes_give_the_same_bytes_as_one(own_portal: Portal):
    # One process has built it before, where the tests of this file are run together.
    serial = own_portal.build(out="html", trees="shared")
    parallel = own_portal.build("-j2", out="parallel")
    assert serial.snapshot() == parallel.snapshot()


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(portal: Portal):
    first = portal.build(out="one", PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1750000000")
    second = portal.build(out="two", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1750000000")
    assert first.snapshot() == second.snapshot()


def test_historic_links_are_left_out_of_the_link_check(portal: Portal):
    portal.change("conf/conf.py", "\n", '\nlinkcheck_ignore = [r"https://example\\.org/"]\n')
    result = portal.build(builder="linkcheck")
    report = (result.folder / "output.txt").read_text(encoding="utf-8")
    assert "gone.example" not in report + result.output
    assert result.code == 0


def test_sources_are_not_published(own_portal: Portal):
    result = own_portal.build(out="html", trees="shared")
    assert not [name for name in result.snapshot() if name.startswith("_sources")]
    assert (result.folder / ".nojekyll").exists()
