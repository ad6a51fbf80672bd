"""Links to pages and places that aren't there."""

from __future__ import annotations

from tests.bench.links.seeds import BASE, BASE_PATH, GOOD, HOST, Seed, link

PAGES_AND_ANCHORS = (
    Seed("missing-page", "a page that isn't there", link("../targets/gone-page.html")),
    Seed("missing-query", "the same with a query", link("../targets/gone-query.html?x=1&amp;y=2")),
    Seed("missing-anchor", "an anchor that isn't there", link("../targets/page.html#gone-anchor")),
    Seed("missing-own-anchor", "an anchor of the page itself", link("#gone-own-anchor")),
    Seed(
        "anchor-case",
        "an anchor of other case",
        link("../targets/page.html#Part-One"),
        token="part-one",
    ),
    Seed(
        "anchor-encoded",
        "a percent-encoded anchor that isn't there",
        link("../targets/page.html#gone-caf%C3%A9"),
    ),
    Seed(
        "anchor-non-ascii",
        "a non-ASCII anchor that isn't there",
        link("../targets/page.html#gone-smörgåsbord"),
    ),
    Seed("anchor-after-query", "an anchor after a query", link("../targets/page.html?a=b#gone-q")),
    Seed(
        "anchor-behind-redirect",
        "an anchor of the page that a redirect leads to",
        link("../targets/moved.html#gone-behind"),
    ),
    Seed("path-case", "a path of other case", link("../targets/Page.html"), token="page.html"),
    Seed(
        "folder-case",
        "a folder of other case",
        link("../Targets/page.html"),
        token="targets/page.html",
    ),
    Seed(
        "no-index",
        "a folder without a page",
        link("../_static/"),
        token="_static",
        places=("faults/no-index.html", "_static", "_static/index.html"),
    ),
    Seed(
        "no-extension",
        "a page without .html",
        link("../targets/page"),
        token="targets/page",
    ),
    Seed(
        "file-with-slash",
        "a page with a slash after it",
        link("../targets/page.html/"),
        token="page.html",
    ),
    Seed(
        "folder-without-slash",
        "a folder without its slash",
        link("../targets"),
        token="targets",
    ),
    Seed("outside", "a path out of the base path", link("/gone-elsewhere/page.html")),
    Seed("climbs-out", "relative steps out of the base path", link("../../gone-above.html")),
    Seed("own-address", "the site's own address", link(f"{BASE}gone-absolute.html")),
    Seed(
        "protocol-relative",
        "the site's own host without a scheme",
        link(f"//{HOST}{BASE_PATH}gone-protocol.html"),
    ),
    Seed(
        "base-href",
        "a link that the base element moves",
        link("missing-page.html"),
        head='<base href="../targets/">',
        token="missing-page.html",
        plain=True,
    ),
    Seed("empty-href", "an empty address", '<p><a href="">A link to read</a></p>', token="href"),
    Seed("malformed", "an address that is none", link("https://[gone"), token="gone"),
    Seed("backslash", "backslashes", link("..\\targets\\gone-backslash.html")),
    Seed(
        "area",
        "an area of an image map",
        f'<p><img alt="A map" src="{GOOD}" usemap="#m"></p>'
        '<map name="m"><area alt="Norway" shape="rect" coords="0,0,1,1"'
        ' href="../targets/gone-area.html"></map>',
    ),
    Seed(
        "usemap",
        "an image map that isn't there",
        f'<p><img alt="A map" src="{GOOD}" usemap="#gone-map"></p>',
    ),
    Seed("download", "a download", '<p><a download href="../_static/gone.zip">The data</a></p>'),
    Seed(
        "form",
        "a form's action",
        '<form action="../gone-action.html"><button>Send it</button></form>',
    ),
    Seed(
        "button",
        "a button's action",
        '<form><button formaction="../gone-button.html">Send it</button></form>',
    ),
    Seed(
        "cite",
        "a quotation's source",
        '<blockquote cite="../targets/gone-cite.html"><p>Words</p></blockquote>',
    ),
    Seed(
        "svg-link",
        "a link in a drawing",
        '<svg viewBox="0 0 9 9" role="img" aria-label="A drawing">'
        '<a href="../targets/gone-svg-link.html"><text>A link</text></a></svg>',
    ),
    Seed(
        "commented-half",
        "a link after a comment",
        '<!-- ended > here --><p><a href="../targets/gone-comment.html">A link</a></p>',
    ),
    Seed(
        "unquoted",
        "an address without quotes",
        "<p><a href=../targets/gone-unquoted.html>A link to read</a></p>",
    ),
    Seed(
        "entity", "an address with character references", link("../targets/&#103;one-entity.html")
    ),
    Seed(
        "iframe", "a frame", '<iframe title="A frame" src="../targets/gone-iframe.html"></iframe>'
    ),
    Seed(
        "srcdoc",
        "a link in a frame's own text",
        '<iframe title="A frame" srcdoc="&lt;a href=&quot;gone-srcdoc.html&quot;&gt;x&lt;/a&gt;">'
        "</iframe>",
    ),
    Seed(
        "noscript",
        "a link for readers without scripts",
        '<noscript><p><a href="../targets/gone-noscript.html">A link</a></p></noscript>',
    ),
    Seed("local-file", "a file on somebody's computer", link("file:///home/gone/notes.html")),
    Seed("mail-empty", "mail to nobody", link("mailto:"), token="mailto"),
    Seed("mail-wrong", "mail to no address", link("mailto:gone.example.org")),
    Seed("phone-empty", "a telephone without number", link("tel:"), token="tel"),
    Seed(
        "script-address",
        "an address with a spelling mistake in its scheme",
        link("htps://gone.example.org/"),
        token="htps",
    ),
)
