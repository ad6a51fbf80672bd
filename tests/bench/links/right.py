"""What looks wrong on the generated site, but works in every browser: nothing may be said of it."""

from __future__ import annotations

from tests.bench.links.seeds import BASE, BASE_PATH, GOOD, HOST, Seed, link


def _right(name: str, what: str, *links: str) -> Seed:
    body = "".join(link(each, f"Link number {n}") for n, each in enumerate(links, 1))
    return Seed(name, what, body=body)


RIGHT: tuple[Seed, ...] = (
    _right(
        "anchors",
        "ids with letters of all sorts",
        "../targets/page.html#café",
        "../targets/page.html#caf%C3%A9",
        "../targets/page.html#a.b:c",
        "../targets/page.html#100%25",
        "../targets/page.html#%E6%97%A5%E6%9C%AC",
        "../targets/page.html#Upper",
    ),
    _right("named-anchor", "an anchor by name", "../targets/page.html#by-name"),
    _right("top", "the top of a page", "#", "#top", "../targets/page.html#", "#TOP"),
    _right(
        "text-fragment",
        "a text that browsers look for",
        "../targets/page.html#:~:text=Words",
        "../targets/page.html#part-one:~:text=Words",
    ),
    _right("no-page-anchor", "a fragment of a file that is no page", "../_static/text.pdf#page=2"),
    _right("query", "queries", "../targets/page.html?x=1#part-one", "?x=1", "../targets/?x"),
    _right(
        "names",
        "names with spaces and letters of all sorts",
        "../targets/caf%C3%A9.html",
        "../targets/café.html",
        "../targets/with%20space.html",
        "../targets/a+b&amp;c.html",
        "../targets/100%25.html",
        "../targets/Upper.html",
    ),
    _right(
        "steps",
        "steps up and down",
        "./../targets/./page.html",
        "..",
        "../",
        ".",
        "./",
        "../right/../targets/page.html",
    ),
    _right(
        "root",
        "addresses from the host's root",
        f"{BASE_PATH}targets/page.html#part-one",
        f"{BASE_PATH}",
        f"{BASE_PATH}index.html",
    ),
    _right(
        "spaces",
        "spaces around an address",
        " ../targets/page.html ",
        "\n../targets/page.html#part-one\n",
    ),
    _right(
        "folders",
        "a folder's page",
        "../targets/",
        "../targets/#in-index",
        "../targets/index.html#in-index",
    ),
    _right(
        "schemes",
        "addresses that are no pages",
        "mailto:someone@example.org?subject=A%20b",
        "mailto:a@example.org,b@example.org",
        "tel:+47-123-45-678",
        "sms:+4712345678",
        "geo:60.1,10.2",
        "urn:isbn:0451450523",
        "doi:10.1000/182",
    ),
    _right("redirect", "a page that sends readers on", "../targets/moved.html"),
    Seed(
        "anchor-without-href",
        "an anchor that is no link",
        '<p><a id="here">Words</a></p>'
        '<p><a class="placeholder">Words</a></p><p><a href="#here">A link to read</a></p>',
    ),
    Seed(
        "base",
        "a base element",
        body=link("page.html") + link("page.html#part-one"),
        head='<base href="../targets/">',
        plain=True,
    ),
    Seed(
        "base-late",
        "a second base element, which doesn't count",
        body=link("page.html"),
        head='<base href="../targets/"><base href="../nowhere/">',
        plain=True,
    ),
    Seed(
        "comment",
        "links in comments",
        '<!-- <a href="../nowhere/comment.html">x</a> <img src="nowhere.png"> --><p>Words</p>',
    ),
    Seed(
        "code",
        "addresses in code",
        f'<pre>{BASE}nowhere/code.html\n[x](nowhere.md) &lt;a href="nowhere.html"&gt;</pre>',
    ),
    Seed(
        "script-text",
        "links in a script",
        '<script>const x = \'<a href="nowhere-in-script.html">x</a><img src="nowhere.png">\';'
        "</script>",
    ),
    Seed(
        "textarea",
        "links in a text field",
        '<p><label>HTML <textarea><a href="nowhere-text.html">x</a></textarea></label></p>',
    ),
    Seed(
        "template",
        "links that a script fills in",
        '<template><a href="{{ nowhere }}">x</a><img alt="" src="{{ image }}"></template>'
        "<p>Words</p>",
    ),
    Seed(
        "data",
        "data in the address itself",
        '<p><img alt="A drawing" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>',
    ),
    Seed(
        "srcset-commas",
        "commas in addresses of srcset",
        f'<p><img alt="A drawing" src="{GOOD}" srcset="data:image/gif;base64,R0lGODlhAQABAAAAACw='
        f' 1x, ../_static/dot,comma.png 2x"><img alt="A drawing" src="{GOOD}"'
        f' srcset="{GOOD} 100w,\n{GOOD} 200w" sizes="50vw"></p>',
    ),
    Seed(
        "css",
        "right addresses in style sheets",
        head='<link rel="stylesheet" href="../_static/right.css"><style>'
        '/* url(nowhere.png) */ .a { background: url( "../_static/dot.png" ) }'
        ".b { background: url(#id) } .c::after { content: 'url(nowhere.png)' }</style>",
        body='<p id="id" style="background: url(../_static/dot.png)">Words</p>',
    ),
    Seed(
        "svg",
        "symbols that are there",
        '<svg role="img" aria-label="A drawing"><use href="../_static/symbols.svg#one"></use>'
        '<defs><path id="own-path" d="M0 0"/></defs><use xlink:href="#own-path"></use></svg>'
        '<p><a href="#own-path">A link to read</a></p>',
    ),
    Seed(
        "image-map",
        "an image map",
        f'<p><img alt="A map" src="{GOOD}" usemap="#countries"></p><map name="countries">'
        '<area alt="Norway" shape="rect" coords="0,0,1,1" href="../targets/page.html"></map>',
    ),
    Seed(
        "hints",
        "hosts to be prepared for",
        head='<link rel="preconnect" href="https://fonts.example">'
        '<link rel="dns-prefetch" href="//fonts.example">',
    ),
    Seed(
        "form",
        "forms without an address",
        '<form><button>Send it</button></form><form action="../targets/page.html">'
        "<button>Send it</button></form>",
    ),
    Seed(
        "unusual-html",
        "HTML that leaves out what may be left out",
        "<ul><li>One<li>Two</ul><p><a href=../targets/page.html>A link to read</a>"
        "<p><A HREF='../targets/page.html#part-one'>A link to read</A>",
    ),
    Seed(
        "linked-data",
        "identifiers and terms in linked data",
        head='<script type="application/ld+json">{"@context": "https://schema.org",'
        f'"@type": "Event", "name": "One", "@id": "{BASE}targets/page.html#event",'
        f'"url": "{BASE}targets/page.html", "description": "See nowhere.html"}}</script>',
    ),
    Seed(
        "iframe",
        "frames that are there",
        '<iframe title="A frame" src="../targets/page.html"></iframe>'
        '<iframe title="A frame" src="about:blank"></iframe>'
        '<iframe title="A frame" srcdoc="&lt;p&gt;Words&lt;/p&gt;"></iframe>',
    ),
    Seed(
        "picture",
        "pictures that are there",
        f'<picture><source srcset="{GOOD} 1x, {GOOD} 2x"><img alt="" src="{GOOD}"></picture>'
        f'<video controls poster="{GOOD}" src="../_static/film.mp4">'
        '<track kind="captions" srclang="en" label="English" src="../_static/film.vtt"></video>',
    ),
    Seed(
        "noscript",
        "what readers without scripts get",
        f'<noscript><p><img alt="A drawing" src="{GOOD}"></p></noscript>',
    ),
    _right(
        "own-protocol",
        "the site's own host without a scheme",
        f"//{HOST}{BASE_PATH}targets/page.html",
    ),
    _right("own-address", "the site's own address", f"{BASE}targets/page.html#part-one"),
)
"""Pages on which nothing is wrong."""

ALLOWED_NOTES = {
    "spaces": "addresses with spaces around them work, and may be noted",
    "own-protocol": "whole addresses of the site itself work, and may be noted",
    "own-address": "whole addresses of the site itself work, and may be noted",
}
"""Right pages of which a note (never an error) may be said."""
