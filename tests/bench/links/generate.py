"""A site of any size as Sphinx would write it, with known faults, the same bytes every time.

The site is in ``www/project/``, as a host serves it below a path; ``www`` is the host's root.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.links.faults import FAULTS
from tests.bench.links.pages import page_of
from tests.bench.links.right import RIGHT
from tests.bench.links.seeds import BASE, BASE_PATH, Seed

SECTION = 40
"""Pages of each section."""


def _dot() -> bytes:
    """The smallest picture that every program takes for one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\0")
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


DOT = _dot()

_STYLE = """\
body { background: #fff url("dot.png"); color: #111 }
.logo { background-image: url(dot.png#x) }
"""
_SYMBOLS = """\
<svg xmlns="http://www.w3.org/2000/svg"><symbol id="one" viewBox="0 0 9 9">
<path d="M0 0h9v9z"/></symbol></svg>
"""


_SITEMAP = """\
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{urls}</urlset>
"""


@dataclass(frozen=True)
class Site:
    """A site that was written.

    Args:
        root: the folder that stands for the host's root.
        folder: the folder of the site, below the root.
        pages: how many pages of HTML it has.
    """

    root: Path
    folder: Path
    pages: int


def make_site(parent: Path, number: int, without: str = "") -> Site:
    """Write a site.

    Args:
        parent: an empty folder.
        number: how many plain pages it has, besides those with the faults.
        without: a fault that is left out.
    """
    root = parent / "www"
    folder = root / BASE_PATH.strip("/")
    pages = 0
    for name, data in _files(number, without):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        pages += name.endswith(".html")
    return Site(root, folder, pages)


def _files(number: int, without: str) -> Iterator[tuple[str, str | bytes]]:
    sections = math.ceil(number / SECTION)
    listed = [f"s{n}/index.html" for n in range(sections)]
    listed += [f"s{n // SECTION}/p{n}.html" for n in range(number)]
    yield "index.html", page_of("index.html", "Home", _home(sections), sections)
    for section in range(sections):
        numbers = range(section * SECTION, min(number, (section + 1) * SECTION))
        name = f"s{section}/index.html"
        yield name, page_of(name, f"Section {section}", _contents(numbers), sections, section)
        for n in numbers:
            name = f"s{section}/p{n}.html"
            text = _text(n, number)
            yield name, page_of(name, f"Page {n}", text, sections, section, numbers)
    faults = tuple(seed for seed in FAULTS if seed.name != without)
    for group, seeds in (("faults", faults), ("right", RIGHT)):
        name = f"{group}/index.html"
        listed.append(name)
        yield name, page_of(name, group.title(), _list_of(seeds), sections)
        for seed in seeds:
            name = f"{group}/{seed.name}.html"
            yield name, _seed_page(name, seed, sections)
            yield from seed.files.items()
    yield from _targets(sections)
    yield from _assets(listed)


def _home(sections: int) -> str:
    items = [f'<li><a href="s{n}/index.html">Section number {n}</a></li>' for n in range(sections)]
    items += [
        f'<li><a href="{name}/index.html">All {name}</a></li>'
        for name in ("faults", "right", "targets")
    ]
    return f"<ul>\n{chr(10).join(items)}\n</ul>"


def _contents(numbers: range) -> str:
    items = [f'<li><a href="p{n}.html">Page number {n}</a></li>' for n in numbers]
    return f"<ul>\n{chr(10).join(items)}\n</ul>"


def _list_of(seeds: tuple[Seed, ...]) -> str:
    items = [f'<li><a href="{s.name}.html">{s.name}</a></li>' for s in seeds if s.linked]
    return f"<ul>\n{chr(10).join(items)}\n</ul>"


def _text(n: int, number: int) -> str:
    """The text of a plain page: three parts, links into other pages' parts, code and a picture."""
    parts = []
    for part in ("goals", "how-it-is-done", "what-comes-next"):
        links = []
        for step in (1, 7, 31):
            other = (n * step + step + len(part)) % number
            address = f"../s{other // SECTION}/p{other}.html#{part}"
            links.append(f'<a href="{address}">page {other} on {part}</a>')
        parts.append(
            f'<section id="{part}"><h2>{part}'
            f'<a class="headerlink" href="#{part}" aria-label="Link to {part}">¶</a></h2>\n'
            f"<p>Lessons teach <em>version control</em> and <strong>testing</strong> to "
            f"researchers, who write programs of {n} lines; compare {', '.join(links)}.</p>\n"
            "<pre><span>for</span> number <span>in</span> range(10):\n"
            "    <span>print</span>(number)\n</pre></section>\n"
        )
    picture = (
        f'<p><img alt="Figure {n}" width="1" height="1" src="../_static/dot.png"'
        ' srcset="../_static/dot.png 1x, ../_static/dot.png?2 2x"></p>\n'
    )
    return "".join(parts) + picture


def _seed_page(name: str, seed: Seed, sections: int) -> str:
    return page_of(
        name,
        f"{seed.what[0].upper()}{seed.what[1:]} ({name.partition('/')[0]})",
        seed.body or "<p>Words</p>",
        sections,
        head=seed.head,
        plain=seed.plain,
        doctype=seed.doctype,
    )


_PARTS = """\
<section id="part-one"><h2>Part one</h2><p>Words</p></section>
<p id="café">Words</p><p id="a.b:c">Words</p><p id="100%">Words</p><p id="日本">Words</p>
<p id="Upper">Words</p><p><a name="by-name"></a>Words</p>
"""


def _targets(sections: int) -> Iterator[tuple[str, str]]:
    """Pages that the faults and the right links lead to."""
    names = {
        "page": "page.html",
        "café": "caf%C3%A9.html",
        "with space": "with%20space.html",
        "a+b&c": "a+b&amp;c.html",
        "100%": "100%25.html",
        "Upper": "Upper.html",
        "moved": "moved.html",
    }
    items = [f'<li><a href="{address}">{address}</a></li>' for address in names.values()]
    body = f'<ul id="in-index">\n{chr(10).join(items)}\n</ul>'
    yield "targets/index.html", page_of("targets/index.html", "Targets", body, sections)
    for title in names:
        name = f"targets/{title}.html"
        if title == "moved":
            head = (
                '<meta http-equiv="refresh" content="0; url=page.html">'
                f'<link rel="canonical" href="{BASE}targets/page.html">'
            )
            link = '<p><a href="page.html">It has moved</a></p>'
            yield name, page_of(name, "Moved", link, sections, head=head, plain=True)
        else:
            shown = title.replace("&", "&amp;")
            yield name, page_of(name, f"Target {shown}", _PARTS, sections)
    yield "about.html", page_of("about.html", "About", "<p>A site for measuring.</p>", sections)
    form = '<form action="search.html"><p><label>Words <input name="q"></label></p></form>'
    yield "search.html", page_of("search.html", "Search", form, sections)


def _assets(listed: list[str]) -> Iterator[tuple[str, str | bytes]]:
    yield ".nojekyll", ""
    yield "_static/style.css", _STYLE
    yield "_static/right.css", "/* url(nowhere.png) */\n.a { background: url( 'dot.png' ) }\n"
    yield "_static/script.js", 'document.documentElement.className = "js";\n'
    yield "_static/symbols.svg", _SYMBOLS
    yield "_static/film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
    yield "_static/film.vtt", "WEBVTT\n"
    yield "_static/text.pdf", b"%PDF-1.4\n%%EOF\n"
    yield "_static/dot.png", DOT
    yield "_static/dot,comma.png", DOT
    search = ",".join(f'"{name}"' for name in listed)
    yield "searchindex.js", f"Search.setIndex({{docnames:[{search}]}})\n"
    yield (
        "robots.txt",
        f"User-agent: *\nSitemap: {BASE}sitemap.xml\nSitemap: {BASE}gone-robots.xml\n",
    )
    urls = "".join(
        f"<url><loc>{BASE}{name}</loc></url>\n" for name in (*listed, "gone-sitemap.html")
    )
    yield "sitemap.xml", _SITEMAP.format(urls=urls)
    yield "news.xml", _news()


def _news() -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{BASE}">
<title>News</title><id>{BASE}news.xml</id><updated>2025-01-01T00:00:00Z</updated>
<author><name>Bench</name></author>
<link rel="self" href="{BASE}news.xml"/>
<entry><title>One</title><id>{BASE}news.xml#1</id><updated>2025-01-01T00:00:00Z</updated>
<link href="{BASE}targets/page.html"/></entry>
</feed>
"""
