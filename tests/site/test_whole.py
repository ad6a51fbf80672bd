"""What only the whole site shows: redirects, orphans, canonical addresses, the page for 404."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import BASE, found, page, scan


def to(address: str) -> str:
    return page("", head=f'<meta http-equiv="refresh" content="0; url={address}">')


def home(*names: str) -> str:
    return page("".join(f'<a href="{name}">x</a>' for name in names), title="Home")


def test_a_circle_is_one_fault(tmp_path: Path) -> None:
    files = {"index.html": home("b.html"), "a.html": to("b.html"), "b.html": to("a.html")}
    (fault,) = scan(tmp_path, files).faults
    assert (fault.page, fault.rule, fault.others) == ("a.html", "links.redirect-loop", ("b.html",))
    assert "a.html → b.html → a.html" in fault.message


def test_a_page_that_sends_readers_to_itself(tmp_path: Path) -> None:
    assert found(scan(tmp_path, {"index.html": home("a.html"), "a.html": to("a.html")})) == [
        ("a.html", "links.redirect-loop", "a.html")
    ]


def test_a_way_into_a_circle_is_no_second_fault(tmp_path: Path) -> None:
    files = {"index.html": home(), "a.html": to("b.html"), "b.html": to("c.html")}
    files["c.html"] = to("b.html")
    assert [rule for _, rule, _ in found(scan(tmp_path, files))] == ["links.redirect-loop"]


def test_a_chain(tmp_path: Path) -> None:
    files = {"index.html": home("c.html"), "old/a.html": to("../b.html"), "b.html": to("c.html")}
    (fault,) = scan(tmp_path, {**files, "c.html": page("", title="C")}).faults
    assert (fault.page, fault.rule, fault.fixed) == (
        "old/a.html",
        "links.redirect-chain",
        "../c.html",
    )


def test_a_redirect_that_leads_nowhere(tmp_path: Path) -> None:
    assert found(scan(tmp_path, {"index.html": home(), "a.html": to("gone.html")})) == [
        ("a.html", "links.missing-page", "gone.html")
    ]


def test_orphans(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": home("a.html", "genindex.html"),
        "a.html": page('<iframe src="framed.html"></iframe>'),
        "framed.html": page(""),
        "alone.html": page('<a href="alone.html">myself</a>'),
        "genindex.html": page(""),
        "404.html": page(""),
        "google0123456789abcdef.html": "google-site-verification",
    }
    assert found(scan(tmp_path, files)) == [("alone.html", "links.orphan", "")]


@pytest.mark.parametrize(
    ("address", "is_wrong"),
    [
        (f"{BASE}a.html", False),
        ("a.html", False),
        ("https://example.com/a.html", False),
        (f"{BASE}view.html", False),
        (f"{BASE}", True),
        (f"{BASE}old.html", True),
    ],
)
def test_canonical_addresses(tmp_path: Path, address: str, *, is_wrong: bool) -> None:
    files = {
        "index.html": home("a.html", "view.html"),
        "a.html": page("", title="A", head=f'<link rel="canonical" href="{address}">'),
        "view.html": page("", title="A"),
        "old.html": to("index.html"),
    }
    rules = [rule for _, rule, _ in found(scan(tmp_path, files))]
    assert rules == (["links.canonical"] if is_wrong else [])


def test_a_canonical_address_of_a_page_that_is_gone(tmp_path: Path) -> None:
    head = f'<link rel="canonical" href="{BASE}gone.html">'
    assert [rule for _, rule, _ in found(scan(tmp_path, {"index.html": page("", head=head)}))] == [
        "links.missing-page"
    ]


def test_two_canonical_addresses(tmp_path: Path) -> None:
    head = "".join(f'<link rel="canonical" href="{BASE}{name}">' for name in ("", "index.html"))
    assert [rule for _, rule, _ in found(scan(tmp_path, {"index.html": page("", head=head)}))] == [
        "links.canonical"
    ]


def test_relative_addresses_on_the_page_for_404_are_one_fault(tmp_path: Path) -> None:
    body = '<a href="index.html">h</a><img alt="" src="x.png"><a href="/project/">h</a>'
    (fault,) = scan(tmp_path, {"index.html": home(), "404.html": page(body), "x.png": b""}).faults
    assert (fault.rule, fault.target) == ("links.not-found-page", "index.html")
    assert "and 1 more" in fault.message


def test_a_base_element_serves_the_page_for_404(tmp_path: Path) -> None:
    not_found = page('<a href="index.html">h</a>', head='<base href="/project/">')
    assert found(scan(tmp_path, {"index.html": home(), "404.html": not_found})) == []


def test_a_base_outside_of_the_site_is_one_fault(tmp_path: Path) -> None:
    not_found = page('<a href="index.html">h</a><a href="search">', head='<base href="/">')
    files = {"index.html": home(), "404.html": not_found, "search/index.html": page("")}
    assert ("404.html", "links.outside", "/") in found(scan(tmp_path, files))


def test_folders_with_underscores_need_nojekyll(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page('<link rel="stylesheet" href="_static/x.css">'),
        "_static/x.css": "",
    }
    assert found(scan(tmp_path / "a", files)) == []
    (tmp_path / "a" / ".nojekyll").unlink()
    from guildhall.check.site.scan import scan_site

    assert found(scan_site(tmp_path / "a", base_url=BASE)) == [("index.html", "links.jekyll", "")]
