"""One page of HTML, with what a theme puts around its text."""

from __future__ import annotations

from urllib.parse import quote

from tests.bench.links.seeds import BASE

_NEIGHBOURS = 8
_MENU = 16


def page_of(
    name: str,
    title: str,
    body: str,
    sections: int = 0,
    section: int = 0,
    numbers: range = range(0),
    *,
    head: str = "",
    plain: bool = False,
    doctype: bool = True,
) -> str:
    """One page of HTML, with what a theme puts around its text, unless it is plain."""
    up = "../" * name.count("/")
    plain = plain or not sections
    around = "" if plain else _head(name, title, up)
    menu = "" if plain else _menu(up, sections, section, numbers)
    start = "<!DOCTYPE html>\n" if doctype else ""
    return f"""{start}<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} — Bench</title>
{around}{head}
</head>
<body>
{menu}<main id="main-content">
<h1>{title}</h1>
{body}
</main>
{"" if plain else _foot(up)}</body>
</html>
"""


def _head(name: str, title: str, up: str) -> str:
    address = BASE + quote(name)
    return f"""<link rel="stylesheet" href="{up}_static/style.css">
<link rel="icon" href="{up}_static/dot.png">
<link rel="canonical" href="{address}">
<link rel="alternate" type="application/atom+xml" title="News" href="{BASE}news.xml">
<meta property="og:title" content="{title}">
<meta property="og:url" content="{address}">
<meta property="og:image" content="{BASE}_static/dot.png">
<script src="{up}_static/script.js" defer></script>
"""


def _menu(up: str, sections: int, section: int, numbers: range) -> str:
    first = max(0, min(section - _MENU // 2, sections - _MENU))
    shown = range(first, min(sections, first + _MENU))
    items = [f'<li><a href="{up}index.html">Home</a></li>']
    items += [f'<li><a href="{up}s{n}/index.html">Section {n}</a></li>' for n in shown]
    items += [f'<li><a href="p{n}.html">Page {n}</a></li>' for n in numbers[:_NEIGHBOURS]]
    return (
        '<a class="skip" href="#main-content">Skip to the text</a>\n'
        f'<nav aria-label="Site"><ul>\n{chr(10).join(items)}\n</ul></nav>\n'
    )


def _foot(up: str) -> str:
    return (
        f'<footer><p><a href="{up}about.html">About this site</a>\n'
        f'<a href="{up}search.html">Search</a></p></footer>\n'
    )
