"""Files that foreign lessons hand out, and their drawings: what is sound stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.network.lessons.drawings import clean_drawing, is_data
from guildhall.network.lessons.handing import objection

SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{}</svg>"
XHTML = "xmlns='http://www.w3.org/1999/xhtml'"
RUN = "browsers or servers would run it at the portal's own address"
PAGE = "browsers may take it for a page, as it begins like HTML or XML"
DRAWING = "it is a drawing with scripts, or with parts of other sites"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "<b>", ""),
        ("a.py", "<html>", ""),
        ("a.tar.gz", "x", ""),
        ("a.html.zip", "x", ""),
        ("a.svg", SVG.format("<path d='M0 0'/>"), ""),
        ("a.xml", "<?xml version='1.0'?><a b='c'/>", ""),
        ("a.vtu", "<?xml version='1.0'?><VTKFile/>", ""),
        ("a.gpx", "<a><b/></a>", ""),
        ("a.vtu", "<VTKFile><a/></VTKFile>", ""),
        ("Makefile", "all:\n", ""),
        ("a.html", "", RUN),
        ("a.HTML.", "", RUN),
        ("a.html.gz", "", RUN),
        ("a.html.xyz1", "", RUN),
        ("a.svgz", "", RUN),
        (".htaccess", "", RUN),
        ("a.svg", SVG.format("<script/>"), DRAWING),
        ("a.xml", f"<a><script {XHTML}/></a>", PAGE),
        ("a.xml", "<?xml-stylesheet href='b.xsl'?><a/>", PAGE),
        ("a.vtu", f"<a><script {XHTML}/></a>", PAGE),
        ("README", "\ufeff \n<!DOCTYPE html><p>", PAGE),
        ("a.kml", f"<kml><a {XHTML}/></kml>", PAGE),
        ("a.unknown", "<a href='b'>", PAGE),
        ("a.unknown", "<!--b--><script>alert(1)</script>", PAGE),
        ("a.png", "<script>alert(1)</script>", PAGE),
    ],
)
def test_what_may_be_handed_out(tmp_path: Path, name: str, content: str, expected: str):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert objection(path) == expected


@pytest.mark.parametrize(
    "drawing",
    [
        "<path d='M0 0' fill='url(#a)' style='fill: red'/>",
        "<style>path { fill: url(#a); font: 1em 'A' }</style>",
        "<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>",
        "<image xlink:href='data:image/png;base64,AA'/><use href='#a'/>",
        "<a href='https://a.example/'><text>a</text></a>",
        f"<foreignObject><div {XHTML} style='color: red'>a<br/></div></foreignObject>",
        "<metadata><r:RDF xmlns:r='https://r.example/'><r:a r:b='c'/></r:RDF></metadata>",
        "<animate attributeName='opacity' from='0' to='1'/>",
    ],
)
def test_a_sound_drawing_stays_byte_for_byte(drawing: str):
    content = SVG.format(drawing).encode()
    assert clean_drawing(content) == content


@pytest.mark.parametrize(
    ("drawing", "gone"),
    [
        ("<script>alert(1)</script>", "alert"),
        ("<g onclick='alert(1)'/>", "alert"),
        ("<a xlink:href='java&#10;script:alert(1)'/>", "alert"),
        ("<set attributeName='xlink:href' to='javascript:alert(1)'/>", "alert"),
        ("<animate attributeName='onload' to='alert(1)'/>", "alert"),
        ("<use href='https://b.example/c#d'/>", "b.example"),
        ("<use href='data:image/svg+xml,x#d'/>", "data:"),
        ("<image href='//b.example/c'/>", "b.example"),
        ("<path style='fill: url(https://b.example/c)'/>", "b.example"),
        ("<path style='fill: \\75rl(https://b.example/c)'/>", "b.example"),
        ("<path mask='url( \"https://b.example/c\" )'/>", "b.example"),
        ("<style>@import 'https://b.example/c'</style>", "b.example"),
        ("<animate attributeName='fill' to='url(https://b.example/c)'/>", "b.example"),
        (f"<foreignObject><iframe {XHTML} src='https://b.example/'/></foreignObject>", "b.example"),
        (f"<metadata><a><script {XHTML}>alert(1)</script></a></metadata>", "alert"),
        ("<g xml:base='https://b.example/'><use href='#a'/></g>", "b.example"),
    ],
)
def test_what_acts_goes_and_the_rest_stays(drawing: str, gone: str):
    cleaned = clean_drawing(SVG.format(f"{drawing}<path d='M1 1'/>").encode())
    assert cleaned is not None
    assert gone not in cleaned.decode()
    assert b'd="M1 1"' in cleaned
    assert clean_drawing(cleaned) == cleaned


def test_words_behind_what_goes_stay_in_their_place():
    drawing = SVG.format("<text>one<script>x</script> two<script/> three</text><script/>")
    cleaned = clean_drawing(drawing.encode())
    assert cleaned is not None
    assert b">one two three<" in cleaned


@pytest.mark.parametrize("content", [b"", b"<html/>", b"<svg><a></svg>", b"\x89PNG", b"<svg/>"])
def test_what_is_no_drawing_is_none(content: bytes):
    assert clean_drawing(content) is None


def test_a_drawing_that_grows_without_end_is_none():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE svg [<!ENTITY a0 "aaaaaaaaaa">{entities}]>{SVG.format("&a11;")}'
    assert clean_drawing(bomb.encode()) is None
    assert clean_drawing(SVG.format("<g>" * 50_000 + "</g>" * 50_000).encode()) is not None
    deep = SVG.format("<g onload='x'>" * 50_000 + "</g>" * 50_000)
    assert clean_drawing(deep.encode()) is None


def test_xml_of_other_forms_than_text_is_no_data():
    assert is_data(b"<a/>")
    assert not is_data("<a/>".encode("utf-16"))
    assert not is_data(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")
