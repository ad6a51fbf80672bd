"""Pieces of raw HTML of foreign pages, each cleaned by itself."""

from __future__ import annotations

import pytest

from guildhall.network.lessons.fragments import after_end, clean_fragment, fetches_elsewhere

KEPT = (
    "<details><summary>Open</summary>",
    "</div>",
    '<a href="../b.html#c">b</a>',
    '<td colspan="2">',
    '<svg viewBox="0 0 1 1"><linearGradient id="a"></linearGradient><path d="M0"></path></svg>',
    '<img src="a.png" alt="A" style="width:80%" />',
    '<img src="data:image/png;base64,AAAA" alt="A" />',
    "a &amp; b &lt;c&gt;",
    '<input type="checkbox" disabled="" />',
)
CHANGED = {
    "<script>alert(1)</script>a": "a",
    '<p onclick="x()">a</p>': "<p>a</p>",
    '<p class="gh-header note gh" id="gh-x">a</p>': '<p class="note">a</p>',
    '<div data-gh-player="x" data-x="y">a</div>': "<div>a</div>",
    '<a href="java&#10;script:alert(1)">a</a>': "<a>a</a>",
    '<a href="//b.example/">a</a>': '<a href="//b.example/">a</a>',
    '<img src="https://b.example/c.png" alt="C">': '<a href="https://b.example/c.png">C</a>',
    '<a href="https://c.example/"><img src="https://b.example/c.png" alt="C"></a>': (
        '<a href="https://c.example/">C</a>'
    ),
    '<iframe src="https://b.example/"></iframe>': (
        '<a href="https://b.example/">https://b.example/</a>'
    ),
    '<img src="javascript:alert(1)" alt="C">': "C",
    '<video poster="//b.example/p" controls></video>': '<video controls=""></video>',
    "<svg><path d='M0'/><rect fill='url(//b.example/#a)'/></svg>": (
        '<svg><path d="M0"></path><rect></rect></svg>'
    ),
    "<!-- a --><?php b ?>c": "c",
    "<input><input type=text>": "",
    "<title>a": "a",
    "<svg><title>a": "<svg><title>a</svg>",
    "<math><mi>a": "<math><mi>a</math>",
    '<p style="position: fixed; color: red">a</p>': '<p style="color:red">a</p>',
}


@pytest.mark.parametrize("html", KEPT)
def test_what_shows_stays(html: str):
    assert clean_fragment(html).html == html


@pytest.mark.parametrize(("html", "expected"), CHANGED.items())
def test_what_acts_goes_or_becomes_a_link(html: str, expected: str):
    cleaned = clean_fragment(html).html
    assert cleaned == expected
    assert clean_fragment(cleaned).html == cleaned


def test_an_element_that_goes_on_in_the_next_piece_is_told():
    assert clean_fragment("a<script>b").unclosed == "script"
    assert clean_fragment("a<script>b</script>").unclosed == ""
    assert after_end("b</script >c", "script") == "c"
    assert after_end("b", "script") is None


@pytest.mark.parametrize(
    ("html", "asks"),
    [
        ('<script src="https://cdn.example/a.js"></script>', True),
        ("<script>require(['https://cdn.example/a.js'])</script>", True),
        ('<link rel="stylesheet" href="//cdn.example/a.css">', True),
        ("<style>@import 'https://a.example/b.css'</style>", True),
        ('<p style="background: url(//a.example/b)">x</p>', True),
        ('<img srcset="https://a.example/b 2x" src="c.png">', True),
        ('<a href="https://a.example/">a</a>', False),
        ("<script>draw([1, 2, 3])</script>", False),
        ('<img src="data:image/png;base64,AAAA">', False),
        (f"<script>/* https://a.example/b.js */{'x' * 300_000}</script>", False),
        ("<table><tr><td>1</td></tr></table>", False),
    ],
)
def test_whether_a_piece_asks_another_site(html: str, asks: bool):
    assert fetches_elsewhere(html) is asks
