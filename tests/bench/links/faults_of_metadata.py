"""Addresses that programs read, in pages and in other files."""

from __future__ import annotations

from tests.bench.links.seeds import BASE, Seed, link, redirect

_ICS = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//bench//EN\r
BEGIN:VEVENT\r
UID:{name}@portal.example\r
DTSTAMP:20250101T000000Z\r
DTSTART:20250301T090000Z\r
SUMMARY:A workshop\r
URL:{url}\r
END:VEVENT\r
END:VCALENDAR\r
"""
_ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>News</title><id>{base}{name}</id><updated>2025-01-01T00:00:00Z</updated>
<link rel="self" href="{base}{name}"/>
<entry><title>One</title><id>{base}{name}#1</id><updated>2025-01-01T00:00:00Z</updated>
<link href="{base}{target}"/></entry>
</feed>
"""
_RSS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>News</title><link>{base}index.html</link>
<description>News of the portal</description>
<item><title>One</title><link>{base}{target}</link>{more}</item>
</channel></rss>
"""


def _in_folder(name: str, what: str, text: str, extension: str, **more: str) -> Seed:
    """A fault in a file that isn't HTML; its page links to the file."""
    file = f"faults/{name}.{extension}"
    return Seed(
        name,
        what,
        body=link(f"{name}.{extension}"),
        files={file: text.format(name=file, base=BASE, **more)},
        places=(file,),
    )


METADATA = (
    Seed(
        "canonical",
        "the page's own address",
        plain=True,
        head=f'<link rel="canonical" href="{BASE}gone-canonical.html">',
    ),
    Seed(
        "og-image",
        "the image of previews",
        plain=True,
        head=f'<meta property="og:image" content="{BASE}_static/gone-og.png">',
    ),
    Seed(
        "og-url",
        "the address of previews",
        plain=True,
        head=f'<meta property="og:url" content="{BASE}gone-og-url.html">',
    ),
    Seed(
        "twitter-image",
        "the image of other previews",
        plain=True,
        head=f'<meta name="twitter:image" content="{BASE}_static/gone-card.png">',
    ),
    Seed(
        "json-ld",
        "an address in linked data",
        head='<script type="application/ld+json">{"@context": "https://schema.org",'
        f'"@type": "Event", "name": "One", "url": "{BASE}gone-ld.html"}}</script>',
    ),
    Seed(
        "redirect-missing",
        "a redirect to nothing",
        head=redirect("gone-redirect.html"),
        plain=True,
    ),
    Seed(
        "redirect-loop",
        "pages that send readers round",
        head=redirect("redirect-back.html"),
        plain=True,
        token="redirect",
        files={
            "faults/redirect-back.html": '<!DOCTYPE html>\n<html lang="en"><head>'
            '<meta charset="utf-8"><title>Back</title>'
            f"{redirect('redirect-loop.html')}"
            "</head><body><p>Back</p></body></html>\n"
        },
        places=("faults/redirect-loop.html", "faults/redirect-back.html"),
    ),
    Seed(
        "redirect-self",
        "a page that sends readers to itself",
        head=redirect("redirect-self.html"),
        plain=True,
        token="redirect-self",
    ),
    _in_folder("atom", "a feed's entry (Atom)", _ATOM, "atom", target="gone-atom.html"),
    _in_folder("rss", "a feed's item (RSS)", _RSS, "rss", target="gone-rss.html", more=""),
    _in_folder(
        "rss-text",
        "a link in a feed's text",
        _RSS,
        "rss",
        target="index.html",
        more=f'<description>&lt;a href="{BASE}gone-rss-text.html"&gt;x&lt;/a&gt;</description>',
    ),
    _in_folder("calendar", "an event's page", _ICS, "ics", url=f"{BASE}gone-event.html"),
    Seed(
        "sitemap",
        "a page of the site map",
        token="gone-sitemap",
        body="<p>The site map names a page that isn't there.</p>",
        places=("sitemap.xml",),
    ),
    Seed(
        "robots",
        "the site map of robots.txt",
        token="gone-robots",
        body="<p>The file for robots names a site map that isn't there.</p>",
        places=("robots.txt",),
    ),
    Seed(
        "web-manifest",
        "an icon of the manifest",
        head='<link rel="manifest" href="../faulty.webmanifest">',
        files={"faulty.webmanifest": '{"name": "x", "icons": [{"src": "_static/gone-app.png"}]}\n'},
        places=("faulty.webmanifest", "faults/web-manifest.html"),
    ),
    Seed(
        "orphan",
        "a page that nothing links to",
        linked=False,
        token="orphan",
        body="<p>Nobody comes here.</p>",
    ),
)
