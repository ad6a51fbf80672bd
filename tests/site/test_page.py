"""A page of HTML as a browser reads it."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from guildhall.check.site.elements import Kind
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.page import Page, decode, parse_page
from tests.site.sites import page


def read(body: str, head: str = "") -> Page:
    return parse_page(page(body, head=head).encode(), "x.html")


def addresses(body: str, head: str = "") -> list[tuple[str, str]]:
    return [(link.use, link.address) for link in read(body, head).links]


def test_all_elements_that_hold_addresses() -> None:
    body = """
    <a href=a.html>a</a><map name=m><area href=b.html></map>
    <img src=c.png srcset="d.png 1x, e.png 2x"><picture><source srcset=f.webp></picture>
    <video poster=g.jpg src=h.mp4><track src=i.vtt></video><audio src=j.mp3></audio>
    <iframe src=k.html></iframe><object data=l.pdf></object><embed src=m.swf>
    <form action=n.html><button formaction=o.html></button><input type=image src=p.png></form>
    <blockquote cite=q.html></blockquote><script src=r.js></script>
    <div style="background:url(s.png)"></div><style>p{background:url(t.png)}</style>
    <svg><use href="u.svg#i"/><image xlink:href=v.png /><a xlink:href=w.html></a></svg>"""
    found = [address.split("#")[0].split(".")[0] for _, address in addresses(body)]
    assert found == list("abcdefghijklmnopqrstuvw")


def test_what_is_no_address() -> None:
    body = """<div href=a src=b data-href=c></div><!-- <a href=d></a> -->
    <template><a href=e id=t></a></template><script>'<a href=f>'</script>
    <input type=text src=g><svg><use href="#i" xlink:href="#h"/></svg><textarea><a href=j></a>
    </textarea><img src="data:image/png;base64,AA==">"""
    assert addresses(body) == [("use href", "#i")]
    assert "t" not in read(body).ids


def test_the_head() -> None:
    head = """<base href="/x/"><base href="/y/"><link rel=canonical href=https://example.org/>
    <link rel=preconnect href=https://cdn.example.org><link rel="icon" href=i.png>
    <link rel=preload imagesrcset="a.png 1x, b.png 2x"><meta property=og:image content=o.png>
    <meta http-equiv=Refresh content="0; url=z.html"><meta name=robots content="NoIndex">"""
    found = read("", head)
    assert (found.base, found.canonical) == ("/x/", ("https://example.org/",))
    assert (found.refresh, found.hidden, found.language) == ("z.html", True, "en")
    kinds = {link.address: link.kind for link in found.links}
    assert kinds["https://cdn.example.org"] is Kind.HINT
    assert kinds["https://example.org/"] is Kind.METADATA
    assert kinds["i.png"] is kinds["a.png"] is Kind.RESOURCE
    assert kinds["o.png"] is Kind.METADATA
    assert kinds["z.html"] is Kind.REDIRECT


def test_readers_without_scripts_follow_links_in_noscript_but_its_ids_are_no_anchors() -> None:
    found = read("<noscript><a id=n href=a.html>a</a></noscript><p id=p>")
    assert [link.address for link in found.links] == ["a.html"]
    assert found.ids == ("p",)


def test_ids_and_anchors() -> None:
    found = read("<p id=a><p id=b><p id=a><a name=c></a><svg><g id=d></g></svg><p id=''>")
    assert (found.ids, found.repeated, found.names) == (("a", "b", "d"), ("a",), ("c",))


def test_what_stands_in_the_content_is_counted_apart_from_navigation() -> None:
    body = "<nav><a href=x></a></nav><main><a href=x></a><a href=x></a></main><footer><a href=x>"
    (link,) = read(body).links
    assert (link.own, link.frame) == (2, 2)


def test_character_references_are_read() -> None:
    assert addresses('<a href="a.html?x=1&amp;y=2&#x20;">') == [("a href", "a.html?x=1&y=2 ")]


def test_encodings() -> None:
    assert decode("å".encode()) == "å"
    assert decode(b"\xef\xbb\xbf" + "å".encode()) == "å"
    assert decode("\N{BYTE ORDER MARK}å".encode("utf-16-le")) == "å"
    assert decode(b'<meta charset="iso-8859-1">\xe5').endswith("å")
    assert decode(b"<meta charset=klingon>\xff").endswith("\N{REPLACEMENT CHARACTER}")


def test_broken_linked_data_is_a_fault() -> None:
    (fault,) = read('<script type="application/ld+json">{</script>').faults
    assert (fault.rule, fault.page) == ("links.unreadable", "x.html")


def test_rules_for_content_see_the_same_tree() -> None:
    def no_tables(tree: LexborHTMLParser, name: str) -> Iterator[SiteFault]:
        for number, _ in enumerate(tree.css("table")):
            yield SiteFault(name, "content.table", "a table", "table", number)

    data = page("<table></table><table></table>").encode()
    found = parse_page(data, "x.html", [no_tables])
    assert [fault.nth for fault in found.faults] == [0, 1]
