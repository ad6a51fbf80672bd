"""Addresses lead where a browser goes."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.site.addresses import (
    Addresses,
    Where,
    cleaned,
    fragment_ids,
    relative_to,
    written_like,
)

SITE = Addresses("https://example.org/project/")
PAGE = "lessons/git/index.html"


@pytest.mark.parametrize(
    ("address", "path", "fragment"),
    [
        ("", PAGE, ""),
        ("#", PAGE, ""),
        ("#setup", PAGE, "setup"),
        ("?q=git", PAGE, ""),
        ("part.html", "lessons/git/part.html", ""),
        ("./part.html?v=1#a", "lessons/git/part.html", "a"),
        ("../../index.html", "index.html", ""),
        ("..", "lessons/", ""),
        (".", "lessons/git/", ""),
        ("a/./b/../c.html", "lessons/git/a/c.html", ""),
        ("/project/x.html", "x.html", ""),
        ("/project", "", ""),
        ("https://example.org/project/x.html", "x.html", ""),
        ("HTTPS://EXAMPLE.ORG:443/project/x.html", "x.html", ""),
        ("//example.org/project/x.html", "x.html", ""),
        ("webcal://example.org/project/all.ics", "all.ics", ""),
        ("caf%C3%A9.html", "lessons/git/café.html", ""),
        ("café.html", "lessons/git/café.html", ""),
        ("a b.html", "lessons/git/a b.html", ""),
        ("a%20b.html", "lessons/git/a b.html", ""),
        ("..\\x.html", "lessons/x.html", ""),
        (" \t x\n.html ", "lessons/git/x.html", ""),
        ("x.html#:~:text=words", "lessons/git/x.html", ""),
        ("x.html#a:~:text=words", "lessons/git/x.html", "a"),
        ("%2e%2e/x.html", "lessons/x.html", ""),
    ],
)
def test_own_addresses(address: str, path: str, fragment: str) -> None:
    target = SITE.resolve(PAGE, address)
    assert (target.where, target.path, target.fragment) == (Where.OWN, path, fragment)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/x.html", Where.OUTSIDE),
        ("../../../x.html", Where.OUTSIDE),
        ("/projects/x.html", Where.OUTSIDE),
        ("https://example.org/", Where.OUTSIDE),
        ("https://example.com/project/", Where.WEB),
        ("http://example.org:8080/project/", Where.WEB),
        ("//cdn.example.com/x.js", Where.WEB),
        ("mailto:kim@example.org", Where.SCHEME),
        ("javascript:void(0)", Where.SCHEME),
        ("https://", Where.MALFORMED),
        ("http://exa mple.org/", Where.MALFORMED),
        ("https://[::1/", Where.MALFORMED),
        ("https://example.org:99999/", Where.MALFORMED),
    ],
)
def test_other_addresses(address: str, where: Where) -> None:
    assert SITE.resolve(PAGE, address).where is where


def test_a_base_element_moves_all_that_is_relative() -> None:
    base = SITE.base_of(PAGE, "../../other/")
    assert SITE.resolve(PAGE, "x.html", base).path == "other/x.html"
    assert SITE.resolve(PAGE, "#top", base).path == "other/"


def test_a_base_that_is_no_address_is_left_out() -> None:
    assert SITE.base_of(PAGE, "https://") == SITE.folder_url(PAGE)
    assert SITE.base_of(PAGE, "data:text/html,x") == SITE.folder_url(PAGE)


def test_climbing_above_the_top_is_noticed_where_browsers_hide_it() -> None:
    top = Addresses(None)
    assert top.resolve("a/b.html", "../../x.html").climbs
    assert not top.resolve("a/b.html", "../x.html").climbs
    assert not top.resolve("a/b.html", "../a/../x.html").climbs


@pytest.mark.parametrize(
    ("fragment", "ids"),
    [
        ("", ()),
        ("a", ("a",)),
        ("%C3%A5", ("%C3%A5", "å")),
        ("a%20b", ("a%20b", "a b")),
        ("%FF", ("%FF", "\N{REPLACEMENT CHARACTER}")),
    ],
)
def test_fragments_mean_ids_as_they_are_or_decoded(fragment: str, ids: tuple[str, ...]) -> None:
    assert fragment_ids(fragment) == ids


names = st.text("abcxyz019_-", min_size=1, max_size=5)
paths = st.lists(st.one_of(names, st.sampled_from(["..", "."])), min_size=1, max_size=6)
files = st.lists(names, min_size=1, max_size=4).map("/".join)


@given(files, paths, st.booleans())
def test_plain_relative_addresses_resolve_as_the_standard_library_does(
    page: str, steps: list[str], slash: bool
) -> None:
    address = "/".join(steps) + ("/" if slash else "")
    expected = urlsplit(urljoin(SITE.url_of(page), address)).path
    target = SITE.resolve(page, address)
    own = target.path if target.where is Where.OUTSIDE else f"/project/{target.path}"
    if expected != "/project":
        assert own == expected


@given(files, files)
def test_relative_addresses_lead_where_they_should(page: str, other: str) -> None:
    assert SITE.resolve(page, relative_to(other, page)).path == other


@given(files, files.map("{}.html".format))
def test_relative_addresses_are_as_short_as_can_be(page: str, other: str) -> None:
    start = posixpath.dirname(f"/{page}")
    assert relative_to(other, page) == posixpath.relpath(f"/{other}", start)


@given(st.text(max_size=30))
def test_no_address_is_too_odd(address: str) -> None:
    target = SITE.resolve(PAGE, address)
    assert target.where in Where
    assert not cleaned(address).startswith(" ")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("../a/Old.html?x#y", "../a/New.html?x#y"),
        ("/project/a/Old.html", "/project/a/New.html"),
        ("https://example.org/project/a/Old.html", "https://example.org/project/a/New.html"),
    ],
)
def test_a_mended_address_is_written_as_the_old_one_was(address: str, expected: str) -> None:
    assert written_like(address, "b/x.html", "a/New.html", "/project/") == expected
