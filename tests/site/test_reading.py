"""A site is read in several processes, and only what changed is read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from guildhall.check.site import reading, sources
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.scan import Scan, scan_site
from tests.site.sites import BASE, page, write

_REST = '<p id=x><table></table><img src="é.png">'


def make(folder: Path, pages: int = 6) -> Path:
    files: dict[str, str | bytes] = {
        f"p{n}.html": page(
            f'<a href="p{n + 1}.html#x">x</a><p id=x><table></table><img src="é.png">'
        )
        for n in range(pages)
    }
    return write(
        folder, {**files, "index.html": page('<a href="p0.html">x</a>'), "a.css": "url(b)"}
    )


def tables(tree: LexborHTMLParser, name: str) -> Iterator[SiteFault]:
    if tree.css_first("table"):
        yield SiteFault(name, "content.table", "a table", "table", others=("x",))


def test_several_processes_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make(tmp_path / "site", 40)
    alone = scan_site(site, base_url=BASE, content=[tables])
    monkeypatch.setattr(reading, "_WORTH_A_PROCESS", 2)
    monkeypatch.setattr(reading, "_AT_ONCE", 3)
    together = scan_site(site, base_url=BASE, content=[tables], jobs=3)
    assert alone == together
    assert any(fault.rule == "content.table" for fault in together.faults)


def again(site: Path, cache: Path, salt: str = "") -> Scan:
    return scan_site(site, base_url=BASE, content=[tables], cache=cache, salt=salt)


def test_the_second_time_all_is_known_and_found_again(tmp_path: Path) -> None:
    site, cache = make(tmp_path / "site"), tmp_path / "memory" / "site.json"
    first, second = again(site, cache), again(site, cache)
    assert (first.unchanged, second.unchanged) == (0, 8)
    assert second.faults == first.faults
    assert second.pages == first.pages
    assert second.external == first.external


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    site, cache = make(tmp_path / "site"), tmp_path / "site.json"
    again(site, cache)
    (site / "p1.html").write_text(page('<a href="gone.html">x</a>'), encoding="utf-8")
    (site / "p2.html").unlink()
    found = again(site, cache)
    assert found.unchanged == 6
    assert ("p1.html", "gone.html") in {(fault.page, fault.target) for fault in found.faults}
    assert "p2.html" not in found.pages
    assert set(json.loads(cache.read_bytes())["pages"]) == set(found.pages)


def test_other_rules_and_settings_make_the_memory_worthless(tmp_path: Path) -> None:
    site, cache = make(tmp_path / "site"), tmp_path / "site.json"
    again(site, cache)
    assert again(site, cache, salt="other").unchanged == 0
    assert scan_site(site, base_url=BASE, cache=cache).unchanged == 0


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"version": 1}', b"\xff", b'"x"'])
def test_a_broken_memory_is_as_none(tmp_path: Path, broken: bytes) -> None:
    site, cache = make(tmp_path / "site"), tmp_path / "site.json"
    first = again(site, cache)
    cache.write_bytes(broken)
    assert again(site, cache) == first


def test_a_memory_whose_entries_are_of_another_form_is_as_none(tmp_path: Path) -> None:
    site, cache = make(tmp_path / "site"), tmp_path / "site.json"
    first = again(site, cache)
    data = json.loads(cache.read_bytes())
    data["pages"]["p1.html"][1] = [1, 2]
    cache.write_text(json.dumps(data), encoding="utf-8")
    assert again(site, cache) == first


def test_files_that_are_too_large_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write(tmp_path, {"index.html": page("x" * 1000), "a.css": ""})
    monkeypatch.setattr(sources, "LARGEST", 500)
    (fault,) = scan_site(site).faults
    assert (fault.page, fault.rule) == ("index.html", "links.unreadable")
