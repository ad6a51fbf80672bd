"""The bench of the check of links: its site, its server, and how it reads what checkers print.

Nothing here is measured; whole runs beside the peers are for ``nox -s bench``.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bench.links.faults import FAULTS
from tests.bench.links.generate import Site, make_site
from tests.bench.links.measure import Command, Ran, run
from tests.bench.links.measuring import Asked, Checker, Speed
from tests.bench.links.outside import Judged, judge, make_outside_site
from tests.bench.links.peers import html_proofer, hyperlink, linkchecker, linkinator, lychee
from tests.bench.links.peers.guildhall import GUILDHALL
from tests.bench.links.peers.peer import Place
from tests.bench.links.peers.sphinx_linkcheck import read_outside as read_sphinx
from tests.bench.links.right import RIGHT
from tests.bench.links.seeds import Task
from tests.bench.links.server import SORTS, Counted, Expected, LinkServer, link_server
from tests.bench.links.tables import askings, cries_wolf, matrix, speeds
from tests.bench.links.told import Told, Verdict, compare
from tests.bench.links.tools import NotToBeHadError, Tools

NOT_YET: dict[str, str] = {}
"""Faults that the check doesn't find so far; one that it finds has to leave the list."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of five plain pages, and all with faults."""
    return make_site(tmp_path_factory.mktemp("bench"), 5)


@pytest.fixture(scope="module")
def ours(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """What ``guildhall check`` says of it, as a process of its own."""
    place = Place(GUILDHALL.find(Tools(Path())), site, "", tmp_path_factory.mktemp("ours"))
    assert GUILDHALL.faults is not None
    ran = run(GUILDHALL.faults(place), 120)
    return compare(GUILDHALL.read(ran.output, place))


@pytest.fixture
def server() -> Iterator[LinkServer]:
    """The server, with three hosts."""
    with link_server(hosts=3, seconds=60) as running:
        yield running


def _place(site: Site) -> Place:
    return Place([], site, "", Path())


def _ask(address: str, method: str = "GET") -> tuple[int, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request(method, parts.path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.headers.get("Location", "")


def test_the_site_is_the_same_each_time(site: Site, tmp_path: Path) -> None:
    again = make_site(tmp_path, 5)
    names = sorted(path.relative_to(site.root) for path in site.root.rglob("*") if path.is_file())
    assert names == sorted(p.relative_to(again.root) for p in again.root.rglob("*") if p.is_file())
    assert all((site.root / n).read_bytes() == (again.root / n).read_bytes() for n in names)
    assert site.pages == sum(name.suffix == ".html" for name in names)


def test_each_fault_and_each_right_thing_has_a_page_of_its_own(site: Site) -> None:
    for group, seeds in (("faults", FAULTS), ("right", RIGHT)):
        names = [seed.name for seed in seeds]
        assert len(names) == len(set(names))
        assert all((site.folder / group / f"{name}.html").is_file() for name in names)


def test_a_fault_can_be_left_out_for_checkers_that_fail_at_it(tmp_path: Path) -> None:
    site = make_site(tmp_path, 1, without="malformed")
    assert not (site.folder / "faults/malformed.html").exists()
    assert "malformed" not in (site.folder / "faults/index.html").read_text(encoding="utf-8")


def test_the_check_finds_every_fault_that_is_its_business(ours: Verdict) -> None:
    wanted = {seed.name for seed in FAULTS if seed.task is not Task.BEYOND}
    assert wanted - ours.found == set(NOT_YET)


def test_the_check_says_nothing_of_right_pages(ours: Verdict) -> None:
    assert cries_wolf(ours.wrong) == []


def test_what_is_beyond_says_why() -> None:
    for seed in FAULTS:
        assert bool(seed.why_beyond) is (seed.task is Task.BEYOND), seed.name


def test_a_finding_counts_on_the_page_of_its_fault_only() -> None:
    verdict = compare(
        [
            Told("faults/missing-page.html", "../targets/GONE-page.html isn't there"),
            Told("faults/image.html", "no title"),
            Told("right/names.html", "../targets/caf%C3%A9.html isn't there"),
        ]
    )
    assert verdict.found == {"missing-page"}
    assert [each.page for each in verdict.besides] == ["faults/image.html"]
    assert [each.page for each in verdict.wrong] == ["right/names.html"]


def test_the_matrix_tells_what_others_find_and_we_do_not() -> None:
    ours = Verdict(frozenset({"image"}), (), ())
    other = Verdict(frozenset({"image", "srcset"}), (Told("right/top.html", "#"),), ())
    lines = list(matrix({"Guildhall": ours, "other": other}))
    assert "  not found by Guildhall, but by other: srcset" in lines
    assert not any("but by other: image" in line for line in lines)
    found = next(line for line in lines if line.startswith("found, of"))
    assert found.split()[-2:] == ["1", "2"]
    assert next(line for line in lines if line.startswith("right pages")).split()[-2:] == ["0", "1"]


def _ran(wall: float, code: int | None = 0) -> Ran:
    return Ran("", "", code, wall, cpu=2 * wall, peak=1000)


def test_speeds_are_ratios_to_ours_and_say_whether_the_aim_is_reached() -> None:
    checkers = [
        Checker(peer, [], "1") for peer in (GUILDHALL, linkinator.LINKINATOR, lychee.LYCHEE)
    ]
    measured = {
        "Guildhall": Speed(_ran(2), 100),
        "linkinator": Speed(_ran(13, code=None), 100),
        "lychee": Speed(_ran(1), 100),
    }
    lines = list(speeds(checkers, measured))
    assert lines[2].split()[-4:] == ["1.00", "1.00", "1.00", "50"]
    assert lines[3].split()[-6:-2] == ["over", "6.50", "over", "6.50"]
    assert lines[-1].endswith("of the fastest in Node or Ruby; now 6.5.")


def test_askings_tell_what_the_server_counted_and_which_sorts_were_missed() -> None:
    judged = Judged(3, 4, {"flaky": 2}, {"loop": 1})
    asked = Asked(_ran(2), Counted(9, {"GET": 9}, at_once=4, by_host=2), judged)
    lines = list(askings([Checker(GUILDHALL, [], "1")], {"Guildhall": asked}))
    assert lines[2].split()[-5:] == ["9", "4", "(2)", "3/4", "2"]
    assert lines[3:] == ["  Guildhall, missed: loop 1", "  Guildhall, wrongly told: flaky 2"]


def test_linkinator_is_read(site: Site) -> None:
    output = """{"links": [
        {"url": "http://localhost:1/project/a.png", "status": 404, "state": "BROKEN",
         "parent": "http://localhost:1/project/faults/image.html"},
        {"url": "http://localhost:1/project/b.png", "status": 200, "state": "OK"}]}"""
    assert list(linkinator.read(output, _place(site))) == [
        Told("faults/image.html", "http://localhost:1/project/a.png 404")
    ]
    assert list(linkinator.read_outside(output)) == ["http://localhost:1/project/a.png"]


def test_hyperlink_is_read(site: Site) -> None:
    output = """TAP version 13
ok 1 load project/index.html
not ok 2 load project/targets/gone-page.html
  ---
    operator: load
    at: project/faults/missing-page.html:26:13 <a href="../targets/gone-page.html">...</a>
  ...
not ok 3 external-check http://127.0.0.1:1/missing/1
  ---
    at: project/p1.html:3:4 <a>
  ...
ok 4 load project/b.html
"""
    told = list(hyperlink.read(output, _place(site)))
    assert [each.page for each in told] == ["faults/missing-page.html", "p1.html"]
    assert "gone-page" in told[0].plain
    assert "http://127.0.0.1:1/missing/1" in list(hyperlink.read_outside(output))


def test_html_proofer_is_read_and_its_repetitions_are_not(site: Site) -> None:
    output = """Ran on 2 files!


- ./project/faults/image.html
  *  internal image ../_static/gone.png does not exist (line 26)
     <img>
  *  internal image ../_static/gone.png does not exist (line 26)
     <img>
- ./project/p1.html
  *  External link http://127.0.0.1:1/gone/2 failed: 410 No error
"""
    told = list(html_proofer.read(output, _place(site)))
    assert [each.page for each in told] == ["faults/image.html", "p1.html"]
    assert list(html_proofer.read_outside(output)) == ["http://127.0.0.1:1/gone/2"]


def test_linkchecker_is_read_and_its_warnings_are_notes(site: Site) -> None:
    folder = f"file://{site.folder}"
    output = f"""# created by LinkChecker
urlname;parentname;base;result;warningstring;infostring;valid;url
../gone.html;{folder}/faults/x.html;;Error: no such file;;;False;{folder}/gone.html
#here;{folder}/right/y.html;;;Anchor `here' not found.;;True;{folder}/right/y.html
"""
    told = list(linkchecker.read(output, _place(site)))
    assert [(each.page, each.note) for each in told] == [
        ("faults/x.html", False),
        ("right/y.html", True),
    ]
    assert list(linkchecker.read_outside(output)) == ["../gone.html", "#here"]


def test_lychee_is_read(site: Site) -> None:
    output = f"""{{"error_map": {{"{site.folder}/faults/image.html": [
        {{"url": "file:///gone.png", "status": {{"text": "File not found"}}}}]}}}}"""
    assert list(lychee.read(output, _place(site))) == [
        Told("faults/image.html", "file:///gone.png File not found")
    ]
    assert list(lychee.read_outside(output)) == ["file:///gone.png"]


def test_sphinx_is_read() -> None:
    output = '{"status": "broken", "uri": "http://127.0.0.1:1/gone/2"}\n{"status": "working"}\n'
    assert list(read_sphinx(output)) == ["http://127.0.0.1:1/gone/2"]


def test_a_checker_that_is_not_there_says_how_to_get_it(tmp_path: Path) -> None:
    tools = Tools(tmp_path, install=False)
    with pytest.raises(NotToBeHadError, match="not in PATH; ask someone"):
        tools.from_path("no-such-checker-of-links", "ask someone")
    with pytest.raises(NotToBeHadError, match="isn't installed in"):
        tools.from_pypi("nothing==1", "nothing")
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_measured_and_stopped_in_time(tmp_path: Path) -> None:
    ran = run(Command(["sh", "-c", "echo said; echo told >&2; exit 3"], tmp_path), 30)
    assert (ran.output, ran.errors, ran.code) == ("said\n", "told\n", 3)
    assert ran.peak > 0
    assert run(Command(["sleep", "30"], tmp_path), 0.2).code is None


@pytest.mark.parametrize(
    ("path", "method", "answers"),
    [
        ("/page/1", "GET", [200, 200]),
        ("/empty/1", "GET", [204]),
        ("/missing/1", "GET", [404]),
        ("/gone/1", "GET", [410]),
        ("/forbidden/1", "GET", [403]),
        ("/broken/1", "GET", [500, 500]),
        ("/flaky/1", "GET", [500, 200]),
        ("/busy/1", "GET", [429, 200]),
        ("/no-head/1", "HEAD", [405]),
        ("/no-head/1", "GET", [200]),
        ("/head-lies/1", "HEAD", [404]),
        ("/moved/1", "GET", [301]),
        ("/permanent/1", "GET", [308]),
        ("/anchor/1", "HEAD", [200]),
        ("/nothing", "GET", [404]),
    ],
)
def test_the_server_answers_as_the_path_says(
    server: LinkServer, path: str, method: str, answers: list[int]
) -> None:
    assert [_ask(server.origins[0] + path, method)[0] for _ in answers] == answers
    assert server.counted().requests == len(answers)
    server.reset()
    assert server.counted().requests == 0
    assert _ask(server.origins[0] + path, method)[0] == answers[0]


def test_loops_lead_to_themselves(server: LinkServer) -> None:
    assert _ask(server.origins[1] + "/loop/7") == (302, "/loop/7")


def test_the_server_has_all_sorts_in_their_shares(server: LinkServer) -> None:
    addresses = server.addresses(2000)
    assert len(addresses) == sum(sort.share for sort in SORTS) == 2000
    assert {sort.name for sort in addresses.values()} == {sort.name for sort in SORTS}
    assert list(addresses) == list(server.addresses(2000))


def test_what_is_said_of_addresses_is_judged(server: LinkServer, tmp_path: Path) -> None:
    addresses = server.addresses(100)
    dead = [name for name, sort in addresses.items() if sort.expected is Expected.DEAD]
    alive = next(name for name, sort in addresses.items() if sort.name == "anchor-encoded")
    judged = judge([*dead[1:], alive.replace("%C3%A9", "é")], addresses)
    assert (judged.dead, judged.all_dead) == (len(dead) - 1, len(dead))
    assert dict(judged.wrong) == {"anchor-encoded": 1}
    assert dict(judged.missed) == {addresses[dead[0]].name: 1}
    site = make_outside_site(tmp_path, addresses)
    written = "".join(p.read_text(encoding="utf-8") for p in site.folder.glob("p*.html"))
    assert all(f'href="{address}"' in written for address in addresses)
