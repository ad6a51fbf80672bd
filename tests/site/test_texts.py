"""Addresses inside attribute values, style sheets and linked data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.site.linked_data import UnreadableDataError, in_linked_data
from guildhall.check.site.texts import in_refresh, in_srcset, in_style


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]),
        ("a.png, b.png 2x", ["a.png", "b.png"]),
        ("a,b.png 100w", ["a,b.png"]),
        ("a.png,b.png", ["a.png,b.png"]),
        (" , a.png 1x , , b.png", ["a.png", "b.png"]),
        ("a.png 1x (x,y), b.png", ["a.png", "b.png"]),
        ("data:image/png;base64,AA== 1x, b.png 2x", ["data:image/png;base64,AA==", "b.png"]),
        ("", []),
    ],
)
def test_srcset(text: str, addresses: list[str]) -> None:
    assert list(in_srcset(text)) == addresses


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a{background:url(a.png)}", ["a.png"]),
        ("a{background:URL( 'a b.png' )}", ["a b.png"]),
        ('@import "x.css" screen;@import url(y.css);', ["x.css", "y.css"]),
        ("/* url(old.png) */ b{}", []),
        ('a::after{content:"url(x.png)"}', []),
        (r"a{background:url(a\)b.png)}", ["a)b.png"]),
        (r"a{background:url(\61 .png)}", ["a.png"]),
        ("a{background:url()}", []),
        ("a{color:red}", []),
    ],
)
def test_style(text: str, addresses: list[str]) -> None:
    assert list(in_style(text)) == addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0; url=x.html", "x.html"),
        ("0;URL='x.html'", "x.html"),
        ('5 ; url = "x.html" more', "x.html"),
        ("0, x.html", "x.html"),
        ("0;x.html", "x.html"),
        (".5;url=x.html", "x.html"),
        ("30", None),
        ("0; ", None),
        ("soon; url=x.html", None),
    ],
)
def test_refresh(text: str, address: str | None) -> None:
    assert in_refresh(text) == address


def test_linked_data_gives_addresses_that_can_be_opened() -> None:
    text = """{"@context": "https://schema.org/", "@id": "https://example.org/#me",
      "url": "https://example.org/", "license": ["a", {"@id": "https://example.org/l"}],
      "about": {"image": {"contentUrl": "x.png"}}, "name": "https://example.org/no"}"""
    assert list(in_linked_data(text)) == [
        ("https://example.org/#me", True),
        ("https://example.org/", False),
        ("a", False),
        ("https://example.org/l", True),
        ("x.png", False),
    ]


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "nothing"])
def test_broken_linked_data_is_said_to_be_broken(text: str) -> None:
    with pytest.raises(UnreadableDataError):
        list(in_linked_data(text))


@given(st.text("aurl()'\"\\/*@import ;,\n1x", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(isinstance(each, str) for each in (*in_style(text), *in_srcset(text)))
    assert in_refresh(text) != ""
