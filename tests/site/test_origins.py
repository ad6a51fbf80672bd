"""What is wrong on a page is told at the source that it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.check.site.fault import SiteFault
from guildhall.check.site.findings import to_findings
from guildhall.check.site.origins import Origins, Sure
from guildhall.check.site.rules import RULES
from guildhall.check.site.scan import scan_site
from guildhall.core.findings.finding import Finding
from guildhall.core.sidecar import FOLDER
from tests.portals import Build, Portal
from tests.site.sites import BASE, page, write

DEAD = "https://dead.example/"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nsources: [partners, pages]\nlicence: CC-BY-SA-4.0\n",
    "index.md": "# Home\n\n```{toctree}\npartners/index\npages/index\n```\n",
    "pages/index.md": "# Pages\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "partners/index.md": "# Partners\n\n```{toctree}\n:glob:\n\n*/*\n```\n",
    "pages/raw.md": (
        '# Raw\n\nFirst <a href="gone.html">x</a>.\n\nText.\n\n'
        "<p><a\n  href='gone.html'>x</a></p>\n"
        '\n<a href="OTHER.html">x</a>\n\n<b id="twice">x</b> <b id="twice">y</b>\n'
    ),
    "pages/other.md": (
        f"# Other\n\nA paragraph with a first line,\nthen [one]({DEAD}a) and [two]({DEAD}b) and\n"
        f"again [one]({DEAD}a).\n\n- [in a list]({DEAD}a)\n\n"
        "```{include} ../parts/part.txt\n```\n\n"
        f"Percent: <{DEAD}%C3%A5>, and <{DEAD}?a=1&b=2>.\n\n"
        f'[own]({BASE}pages/raw.html) and <a href="{BASE}pages/raw.html#x">raw</a>.\n'
    ),
    "conf/templates/guildhall/card.html.j2": '{{ link }}\n<a href="no-page.html">More</a>\n',
    "parts/part.txt": f"Included: <{DEAD}part>.\n",
    "pages/list.md": "# List\n\n:::{records} partner\n:::\n\n:::{records} project\n:::\n",
    "partners/organisations/a.yml": (
        "kind: partner\nname: Partner A\nshort_name: A\ncountry: FI\n# A comment.\n"
        f"url: {DEAD}partner\ndescription: |\n  The text\n  with [a link]({DEAD}text).\n"
    ),
    "partners/projects/phase.yml": (
        "kind: project\nname: The phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        f"end: 2026-12-31\nsummary: The phase.\nlinks:\n  - {{text: Gone, url: {DEAD}project}}\n"
    ),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("origins") / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    run = portal.build()
    assert run.code == 0, run.output
    return run


def origins_of(portal: Portal, build: Build) -> Origins:
    return Origins(Path(f"{build.folder}-trees"), portal.root, build.folder)


@pytest.fixture(scope="module")
def origins(portal: Portal, built: Build) -> Origins:
    return origins_of(portal, built)


def places(origins: Origins, page: str, needle: str, times: int = 1) -> list[str]:
    found = [origins.place(page, needle, nth) for nth in range(times)]
    return [f"{place.path}:{place.line}:{place.column}" for place in found]


def test_links_of_one_paragraph_and_their_repetitions(origins: Origins) -> None:
    assert places(origins, "pages/other.html", f"{DEAD}a", 3) == [
        "pages/other.md:4:12",
        "pages/other.md:5:13",
        "pages/other.md:7:15",
    ]
    assert places(origins, "pages/other.html", f"{DEAD}b") == ["pages/other.md:4:46"]


def test_an_included_file(origins: Origins) -> None:
    assert places(origins, "pages/other.html", f"{DEAD}part") == ["parts/part.txt:1:12"]


def test_addresses_that_are_encoded_on_the_page(origins: Origins) -> None:
    assert places(origins, "pages/other.html", f"{DEAD}%C3%A5") == ["pages/other.md:12:11"]
    assert places(origins, "pages/other.html", f"{DEAD}?a=1&b=2") == ["pages/other.md:12:46"]


def test_raw_html(origins: Origins) -> None:
    assert places(origins, "pages/raw.html", "gone.html", 2) == [
        "pages/raw.md:3:16",
        "pages/raw.md:8:9",
    ]
    # A tag stands on its own, also right after a letter.
    assert places(origins, "pages/raw.html", "</b>", 2) == [
        "pages/raw.md:12:16",
        "pages/raw.md:12:36",
    ]


@pytest.mark.parametrize("shown_on", ["partners/organisations/a.html", "pages/list.html"])
def test_the_value_of_a_record_wherever_it_is_shown(origins: Origins, shown_on: str) -> None:
    expected = "partners/organisations/a.yml:6:6"
    assert places(origins, shown_on, f"{DEAD}partner") == [expected]


def test_the_text_of_a_record(origins: Origins) -> None:
    shown = places(origins, "partners/organisations/a.html", f"{DEAD}text")
    assert shown == ["partners/organisations/a.yml:9:17"]


def test_a_value_within_a_list_of_a_record(origins: Origins) -> None:
    assert places(origins, "partners/projects/phase.html", f"{DEAD}project") == [
        "partners/projects/phase.yml:9:23"
    ]


def test_what_the_theme_makes_of_a_setting(origins: Origins) -> None:
    address = "https://spdx.org/licenses/CC-BY-SA-4.0.html"
    assert places(origins, "pages/raw.html", address) == ["conf/portal.yml:3:10"]


def test_what_a_template_of_the_portal_says(origins: Origins) -> None:
    expected = "conf/templates/guildhall/card.html.j2:2:10"
    assert places(origins, "pages/list.html", "no-page.html") == [expected]


def test_what_only_the_theme_knows(origins: Origins) -> None:
    place = origins.place("pages/raw.html", "../_static/nowhere.js")
    assert (place.path, place.line, place.sure) == ("pages/raw.md", 1, Sure.TEMPLATE)


def test_the_page_itself(origins: Origins) -> None:
    place = origins.place("partners/organisations/a.html")
    assert (place.path, place.line) == ("partners/organisations/a.yml", 1)


@pytest.fixture(scope="module")
def found(origins: Origins, built: Build) -> list[Finding]:
    return to_findings(scan_site(built.folder, base_url=BASE).faults, origins, RULES)


def test_findings_of_a_whole_portal(found: list[Finding]) -> None:
    assert [(each.location, each.rule) for each in found if each.path.startswith("pages/")] == [
        ("pages/other.md:14:7", "links.own-address"),
        ("pages/other.md:14:64", "links.missing-anchor"),
        ("pages/raw.md:3:16", "links.missing-page"),
        ("pages/raw.md:8:9", "links.missing-page"),
        ("pages/raw.md:10:10", "links.case"),
        ("pages/raw.md:12:8", "links.duplicate-id"),
    ]
    assert all(each.pages and each.rule in RULES for each in found)


def test_mends_are_written_as_the_source_needs_them(found: list[Finding]) -> None:
    edits = {each.rule: each.edit for each in found if each.edit}
    assert edits["links.case"].new == "other.html"
    assert (edits["links.own-address"].old, edits["links.own-address"].new) == (
        f"{BASE}pages/raw.html",
        "raw.md",
    )


def test_what_many_pages_show_of_one_record_is_one_finding(origins: Origins) -> None:
    faults = [
        SiteFault(name, "links.malformed", "broken", f"{DEAD}partner", target=f"{DEAD}partner")
        for name in ("pages/list.html", "partners/organisations/a.html")
    ]
    (finding,) = to_findings(faults, origins, RULES)
    assert finding.location == "partners/organisations/a.yml:6:6"
    assert finding.pages == ("pages/list.html", "partners/organisations/a.html")


def test_what_a_theme_puts_on_several_pages_is_one_finding(origins: Origins) -> None:
    faults = [
        SiteFault(
            name, "links.missing-file", "gone", "../_static/gone.js", target="../_static/gone.js"
        )
        for name in ("pages/list.html", "pages/other.html", "404.html")
    ]
    (finding,) = to_findings(faults, origins, RULES)
    assert (finding.path, finding.line) == ("pages/list.md", 1)
    assert "template" in finding.message
    assert len(finding.pages) == 3


def test_whole_addresses_are_right_in_records(origins: Origins) -> None:
    fault = SiteFault(
        "partners/organisations/a.html",
        "links.own-address",
        "own",
        f"{DEAD}partner",
        target=f"{DEAD}partner",
        fixed="x.html",
    )
    assert to_findings([fault], origins, RULES) == []


def sidecars(build: Build) -> dict[str, str]:
    folder = Path(f"{build.folder}-trees") / FOLDER
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*.json")
    }


def test_several_processes_remember_the_same(portal: Portal, built: Build) -> None:
    parallel = portal.build("-j", "2", out="parallel")
    assert sidecars(parallel) == sidecars(built)
    assert not list(parallel.folder.rglob("*origins*"))


def test_changed_and_deleted_pages(tmp_path: Path) -> None:
    portal = Portal(tmp_path / "portal")
    portal.write(FILES)
    first = portal.build()
    assert "html/pages/raw.json" in sidecars(first)
    portal.change("pages/other.md", "A paragraph", "New.\n\nA paragraph")
    portal.change("partners/organisations/a.yml", "# A comment.\n", "")
    (portal.root / "pages/raw.md").unlink()
    second = portal.build()
    assert "partners/projects/phase" not in second.read
    after = origins_of(portal, second)
    assert places(after, "pages/other.html", f"{DEAD}a") == ["pages/other.md:6:12"]
    assert places(after, "pages/list.html", f"{DEAD}partner") == [
        "partners/organisations/a.yml:5:6"
    ]
    assert "html/pages/raw.json" not in sidecars(second)
    assert "html/pages/list.json" in sidecars(second)


def test_a_site_of_another_program_is_told_in_its_built_files(tmp_path: Path) -> None:
    body = '\n<a href="gone.html?a&amp;b">x</a>\n<a href="gone.html?a&amp;b">x</a>'
    site = write(tmp_path / "site", {"index.html": page(body)})
    scanned = scan_site(site)
    findings = to_findings(scanned.faults, Origins(None, tmp_path, site), RULES)
    assert [each.location for each in findings] == ["index.html:2:10", "index.html:3:10"]
