"""Other files that hold addresses."""

from __future__ import annotations

import pytest

from guildhall.check.site.sources import is_read, read_data


def addresses(name: str, text: str) -> list[str]:
    return [link.address for link in read_data(text.encode(), name).links]


def test_pictures() -> None:
    text = """<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/d.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">
    <style>a{fill:url(f.svg)}</style><g id="one"/><a x:href="a.html"/><use href="#one"/></svg>"""
    found = read_data(text.encode(), "x.svg")
    assert [link.address for link in found.links] == ["f.svg", "a.html", "#one"]
    assert found.ids == ("one",)


def test_atom() -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/b/">
    <link href="a.html"/><logo>l.png</logo><entry><link href="b.html"/>
    <content type="html">&lt;a href="c.html"&gt;</content></entry><entry>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><img src="d.png"/></div>
    </content></entry></feed>"""
    assert addresses("x.atom", text) == ["a.html", "l.png", "b.html", "c.html", "d.png"]
    assert read_data(text.encode(), "x.atom").base == "https://example.org/b/"


def test_rss() -> None:
    text = """<rss><channel><link>https://example.org/</link><image><url>i.png</url></image><item>
    <link> a.html </link><guid>b.html</guid><enclosure url="c.mp3"/></item><item>
    <guid isPermaLink="false">tag:x</guid><description>&lt;a href="d.html"&gt;</description></item>
    </channel></rss>"""
    assert addresses("x.xml", text) == [
        *("https://example.org/", "i.png", "a.html", "b.html", "c.mp3", "d.html"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "sitemap.xml",
            (
                '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
                "<loc> a </loc></url></urlset>"
            ),
            ["a"],
        ),
        (
            "robots.txt",
            "User-agent: *\nSitemap: https://example.org/s.xml # x\n",
            ["https://example.org/s.xml"],
        ),
        (
            "search.xml",
            (
                '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
                '<Url template="search.html?q={searchTerms}"/><Image>i.png</Image>'
                "</OpenSearchDescription>"
            ),
            ["search.html?q=", "i.png"],
        ),
        (
            "x.webmanifest",
            '{"start_url": "a", "icons": [{"src": "b"}, 1], "shortcuts": [{"url": "c"}]}',
            ["a", "b", "c"],
        ),
        (
            "x.ics",
            (
                "URL:https://example.org/a\r\nATTACH;FMTTYPE=a/b:https://example.org/\r\n b\r\n"
                "DESCRIPTION:See https://example.org/c\\, or\\n(https://example.org/d).\r\n"
                "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\r\n"
            ),
            [f"https://example.org/{name}" for name in "abcd"],
        ),
        ("x.css", '@import "a.css"; b{c:url(d.png)} /* url(e) */', ["a.css", "d.png"]),
    ],
)
def test_other_files(name: str, text: str, expected: list[str]) -> None:
    assert addresses(name, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        "<svg>",
        "",
        "<a>" * 600,
    ],
)
def test_dangerous_and_broken_xml_is_refused(text: str) -> None:
    found = read_data(text.encode(), "x.svg")
    assert [fault.rule for fault in found.faults] == ["links.unreadable"]
    assert not found.links


def test_a_manifest_that_is_no_json_is_told() -> None:
    (fault,) = read_data(b"{", "x.webmanifest").faults
    assert fault.rule == "links.unreadable"


def test_which_files_are_read() -> None:
    assert all(map(is_read, ("a/B.HTML", "x.css", "y.svg", "robots.txt", "manifest.json")))
    assert not any(map(is_read, ("objects.inv", "a/robots.txt", "x.js", "x.png", "x.json")))
