"""Right and wrong addresses: each wrong one is found once, and no right one is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guildhall.check.site.rules import RULES
from guildhall.check.site.scan import scan_site
from tests.site.sites import BASE, found, page, scan, write

SITE: dict[str, str | bytes] = {
    "index.html": page('<a href="lessons/page.html">p</a><a href="guide/">g</a>', title="Home"),
    "lessons/other.html": page('<p id="here"><p id="café"><a href="page.html">p</a>', title="O"),
    "lessons/a b.html": page('<a href="other.html">o</a>', title="Spaces"),
    "guide/index.html": page('<a href="../lessons/a%20b.html">a</a>', title="Guide"),
    "files/picture.png": b"",
    "files/icons.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g id="home"/></svg>',
    "search.html": page("", title="Search"),
    "moved.html": page(
        '<p id="stub">', head='<meta http-equiv="refresh" content="0;url=lessons/other.html">'
    ),
}

_ROW = re.compile(r"\| `(.+)` \| (links\.[\w-]+) \| ?(.*?) ?\|$")


def rows() -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "links.md").read_text(encoding="utf-8")
    matches = [_ROW.match(line) for line in text.splitlines()]
    return [match.groups() for match in matches if match]  # type: ignore[misc]


@pytest.mark.parametrize(("markup", "rule", "fixed"), rows())
def test_wrong_addresses(tmp_path: Path, markup: str, rule: str, fixed: str) -> None:
    files = {**SITE, "lessons/page.html": page(f'<p id="here">{markup}', title="Page")}
    faults = scan(tmp_path, files).faults
    assert [(fault.page, fault.rule, fault.fixed) for fault in faults] == [
        ("lessons/page.html", rule, fixed)
    ]


def test_the_table_is_read_whole() -> None:
    assert len(rows()) > 70


RIGHT = r"""
<p id="here"><p id="å b"><p id="100%"><a name="old"></a><svg><g id="picture"/></svg>
<a href="#">x</a><a href="#top">x</a><a href="#TOP">x</a><a href="#here">x</a>
<a href="#%C3%A5%20b">x</a><a href="#å b">x</a><a href="#100%">x</a><a href="#old">x</a>
<a href="#picture">x</a><a href="#:~:text=words">x</a><a href="#here:~:text=words">x</a>
<a href="#!/route">x</a><a href="?">x</a><a href="?q=1#here">x</a>
<a href="../moved.html#here">x</a><a href="../moved.html#caf%C3%A9">x</a>
<a href="../moved.html#stub">x</a><a href="../moved.html">x</a>
<iframe srcdoc="&lt;a href='other.html#here'&gt;&lt;a href='#within'&gt;&lt;p id='here'&gt;">
</iframe>
<iframe srcdoc="&lt;base href='/x/'&gt;&lt;a href='gone.html'&gt;"></iframe>
<img alt="" src="#"><embed src="other.html"><object data="other.html"></object>
<a href="other.html">x</a><a href="./other.html?v=2#caf%C3%A9">x</a>
<a href="../lessons/other.html#café">x</a><a href="../guide/">x</a>
<a href="../guide/index.html">x</a>
<a href="..">x</a><a href="../">x</a><a href="../index.html">x</a><a href="/project/">x</a>
<a href="/project">x</a><a href="/project/lessons/other.html">x</a><a href="a%20b.html">x</a>
<a href="https://example.org/project/lessons/page.html">to stay</a>
<a href="https://example.org/elsewhere/">x</a><a href="https://example.com">x</a>
<a href="HTTP://EXAMPLE.COM/?a=b c">x</a><a href="//example.com/">x</a>
<a href="webcal://example.com/x.ics">x</a><a>no link</a><a id="only">x</a>
<a href="mailto:kim@example.org?subject=A%20b&amp;body=c">x</a><a href="mailto:?subject=x">x</a>
<a href="mailto:kim.o'hara+tag@xn--exmple-cua.org,b@example.org">x</a>
<a href="tel:+47-123-45-678">x</a><a href="tel:112">x</a><a href="sms:+4712345678">x</a>
<a href="doi:10.5281/zenodo.1">x</a><a href="zotero://select/x">x</a><a href="git+ssh://h/x">x</a>
<a href="../files/picture.png" download>x</a><a href="../files/icons.svg#home">x</a>
<a href="../files/icons.svg#svgView(viewBox(0,0,1,1))">x</a>
<img alt="" src="../files/picture.png" srcset="../files/picture.png 1x, ../files/picture.png 2x">
<img alt="" src="data:image/png;base64,AA=="><form action=""></form><form action="../search.html">
</form><iframe src="about:blank"></iframe><template><a href="gone.html">x</a></template>
<!-- <a href="gone.html">x</a> --><script>let x = '<a href="gone.html">';</script>
<div data-src="gone.png"></div><svg><use href="#picture"/><use href="../files/icons.svg#home"/>
</svg><div style="background: url('../files/picture.png'); mask: url(#picture)"></div>
<pre>&lt;a href="gone.html"&gt;</pre><blockquote cite="https://example.com/">x</blockquote>
"""

RIGHT_HEAD = """
<link rel="canonical" href="https://example.org/project/lessons/page.html">
<link rel="preconnect" href="https://fonts.example.com">
<meta property="og:url" content="https://example.org/project/lessons/page.html">
<script type="application/ld+json">{"@context": "https://schema.org/gone",
"@id": "https://example.org/project/#organisation", "url": "https://example.org/project/"}</script>
"""


def test_right_addresses_give_nothing(tmp_path: Path) -> None:
    body = RIGHT.replace('"HTTP://EXAMPLE.COM/?a=b c"', '"HTTP://EXAMPLE.COM/?a=b%20c"')
    body = body.replace('"#å b"', '"#å%20b"')
    files = {
        **SITE,
        "lessons/page.html": page(body, head=RIGHT_HEAD, title="Page"),
        "404.html": page('<a href="/project/">Home</a><a href="#top">x</a>', title="Not found"),
        "old.html": page("", head='<meta http-equiv="refresh" content="0;url=guide/">'),
        "wait.html": page("", head='<meta http-equiv="refresh" content="30">'),
        "_static/own.html": page("nobody links to it"),
        "feed.atom": '<feed xmlns="http://www.w3.org/2005/Atom">'
        '<link href="https://example.org/project/feed.atom"/></feed>',
        "robots.txt": "Sitemap: https://example.org/project/sitemap.xml\n",
        "sitemap.xml": '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
        "<loc>https://example.org/project/guide/</loc></url></urlset>",
        "site.css": "a { background: url(files/picture.png) }",
    }
    files["index.html"] = page(
        '<a href="wait.html">w</a><a href="lessons/page.html">p</a><a href="guide/">g</a>'
    )
    assert found(scan(tmp_path, files)) == []


def test_an_anchor_behind_a_page_that_sends_readers_on_has_to_be_on_the_last(
    tmp_path: Path,
) -> None:
    files = {
        **SITE,
        "first.html": page("", head='<meta http-equiv="refresh" content="0;url=moved.html">'),
        "lessons/page.html": page('<a href="../moved.html#Here">x</a><a href="../first.html#no">'),
    }
    faults = [each for each in scan(tmp_path, files).faults if each.page == "lessons/page.html"]
    other, fault = faults
    assert (other.rule, other.target) == ("links.missing-anchor", "../first.html#no")
    assert (fault.rule, fault.target) == ("links.missing-anchor", "../moved.html#Here")
    assert fault.message == (
        "`../moved.html#Here` leads to no place: `moved.html` redirects to "
        "`lessons/other.html`, where no id is `Here`; did you mean `#here`?"
    )


@pytest.mark.parametrize(
    "onward",
    [
        '<meta http-equiv="refresh" content="0;url=lessons/other.html#here">',
        '<meta http-equiv="refresh" content="0;url=https://example.com/">',
        '<meta http-equiv="refresh" content="9;url=route.html">',
        (
            '<meta http-equiv="refresh" content="0;url=lessons/other.html">'
            "<script>location.replace('lessons/other.html#' + names[location.hash])</script>"
        ),
    ],
)
def test_nothing_is_said_of_an_anchor_that_another_place_may_have(
    tmp_path: Path, onward: str
) -> None:
    files = {
        **SITE,
        "route.html": page("", head=onward),
        "lessons/page.html": page('<p id="here"><a href="../route.html#old">x</a>'),
    }
    faults = scan(tmp_path, files).faults
    assert [fault.rule for fault in faults if fault.page == "lessons/page.html"] == []


def test_without_a_known_address_relative_feeds_and_paths_from_the_top_are_right(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {
        "index.html": page('<a href="/a/b.html">b</a>'),
        "a/b.html": page('<a href="/">Home</a>'),
        "feed.atom": '<feed xmlns="http://www.w3.org/2005/Atom"><link href="a/b.html"/></feed>',
    }
    assert found(scan(tmp_path, files, None)) == []


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("x.css", "a { background: url(gone.png) }", "links.missing-file"),
        (
            "x.atom",
            '<feed xmlns="http://www.w3.org/2005/Atom"><link href="index.html"/></feed>',
            "links.relative-address",
        ),
        (
            "x.atom",
            (
                '<feed xmlns="http://www.w3.org/2005/Atom">'
                '<link href="https://example.org/project/gone.html"/></feed>'
            ),
            "links.missing-page",
        ),
        (
            "sitemap.xml",
            "<urlset><url><loc>https://example.org/project/gone/</loc></url></urlset>",
            "links.missing-page",
        ),
        ("robots.txt", "Sitemap: /project/index.html", "links.relative-address"),
        ("robots.txt", "Sitemap: https://example.org/project/s.xml", "links.missing-file"),
        ("x.ics", "URL:https://example.org/project/gone.html\r\n", "links.missing-page"),
        ("x.ics", "DESCRIPTION:https://example.org/project/gone.html\r\n", "links.missing-page"),
        ("x.webmanifest", '{"icons": [{"src": "gone.png"}]}', "links.missing-file"),
        (
            "x.svg",
            '<svg xmlns="http://www.w3.org/2000/svg"><a href="gone.html"/></svg>',
            "links.missing-page",
        ),
        ("x.svg", "<svg", "links.unreadable"),
    ],
)
def test_other_files(tmp_path: Path, name: str, text: str, rule: str) -> None:
    scanned = scan(tmp_path, {"index.html": page(""), name: text})
    assert [(fault.page, fault.rule) for fault in scanned.faults] == [(name, rule)]


def test_what_a_theme_puts_on_every_page_is_one_fault(tmp_path: Path) -> None:
    names = ("index.html", "a/b.html", "gone.html")
    menu = "".join(f'<nav><a href="{{up}}{name}">x</a></nav>' for name in names)
    files: dict[str, str | bytes] = {
        "index.html": page(menu.format(up="")),
        "a/b.html": page(menu.format(up="../")),
        "a/c.html": page(menu.format(up="../") + '<a href="d.html">d</a>'),
        "a/d.html": page(menu.format(up="../") + '<a href="c.html">c</a>'),
    }
    (fault,) = scan(tmp_path, files).faults
    assert (fault.page, fault.target) == ("a/b.html", "../gone.html")
    assert fault.others == ("a/c.html", "a/d.html", "index.html")


def test_each_place_in_the_text_is_a_fault_of_its_own(tmp_path: Path) -> None:
    body = '<nav><a href="gone.html">g</a></nav>' + '<p><a href="gone.html">g</a>' * 2
    faults = scan(tmp_path, {"index.html": page(body)}).faults
    assert [(fault.target, fault.nth) for fault in faults] == [("gone.html", 0), ("gone.html", 1)]


def test_external_addresses_come_with_all_their_places(tmp_path: Path) -> None:
    away = '<a href="https://example.com/a#b">x</a>'
    files: dict[str, str | bytes] = {
        "index.html": page(f"{away}{away}<a href='//example.com/c'>x</a><a href='p.html'>p</a>"),
        "p.html": page(f"<footer>{away}</footer><a href='mailto:a@b.c'>x</a>"),
    }
    assert scan(tmp_path, files).external == {
        "https://example.com/a#b": [("index.html", 0), ("index.html", 1), ("p.html", 0)],
        "https://example.com/c": [("index.html", 0)],
    }


def test_every_rule_can_be_looked_up(tmp_path: Path) -> None:
    assert {rule for _, rule, _ in rows()} <= RULES.keys()


def test_symbolic_links_do_not_lead_out_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.html").write_text(page('<a href="gone.html">'), encoding="utf-8")
    site = write(tmp_path / "site", {"index.html": page("")})
    (site / "out").symlink_to(tmp_path / "secret")
    assert "out/x.html" not in scan_site(site, base_url=BASE).files
