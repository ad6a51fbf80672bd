"""Search engines and chats are told what a page is, and where it is."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from guildhall.sphinx_ext.pages import sharing

from ..portals import Build, Portal
from .conftest import FILES

BASE = "https://org.example"
PAGES = {
    "pages/first.md": (
        '# A "first" `<page>`\n\n**New**\n\n:::{note}\nA box that says a lot of things.\n:::\n\n'
        "Five words with {math}`x^2` & `<b>`{sup}`2`, [a link](plain.md).\n\n"
        "Another paragraph.\n"
    ),
    "pages/long.md": f"# Long\n\n{'Forty-two letters, in words and a blank. ' * 9}\n",
    "pages/own.md": (
        "---\nmyst:\n  html_meta:\n    description: The author's words.\n---\n\n"
        "# Own\n\nA paragraph of several words.\n"
    ),
    "pages/hidden.md": "---\nnosearch: true\n---\n\n# Hidden\n\nNothing to be found here.\n",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("sharing") / "portal")
    made.write({**FILES, **PAGES})
    svg = "<svg xmlns='http://www.w3.org/2000/svg'{}/>"
    size = " width='90' height='30'"
    made.write({f"conf/static/{name}.svg": svg.format("") for name in ("icon", "night")})
    made.write({"conf/static/img/logo.svg": svg.format(size)})
    made.write({"conf/static/text.woff2": "wOF2"})
    title = (
        "title: Small & wide\n"
        "theme: {favicon: icon.svg, logo: img/logo.svg, logo_dark: night.svg,"
        " fonts: {text: text.woff2}}\n"
        "footer_links:\n- {title: A <page>, page: pages/first.md}\n"
        "- {title: Elsewhere, url: 'https://a.example/?b&c'}"
    )
    made.change("conf/portal.yml", "title: Small", title)
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    return portal.build(GUILDHALL_BASE_URL=BASE)


def tags(built: Build, page: str) -> dict[str, str]:
    found = built.page(page).select("meta[property], meta[name=description]")
    return {str(each.get("property") or each["name"]): str(each["content"]) for each in found}


def test_a_page_is_described_by_its_first_paragraph(built: Build):
    text = "Five words with & <b>2, a link."
    assert tags(built, "pages/first.html") == {
        "description": text,
        "og:title": "A “first” <page>",
        "og:type": "article",
        "og:site_name": "Small & wide",
        "og:description": text,
        "og:url": f"{BASE}/pages/first.html",
    }


def test_a_long_paragraph_ends_with_a_word(built: Build):
    text = tags(built, "pages/long.html")["description"]
    assert len(text) <= sharing.LONGEST
    assert text.endswith("blank. Forty-two letters, in words and a…")


def test_what_an_author_states_stays(built: Build):
    assert tags(built, "pages/own.html")["description"] == "The author's words."
    assert len(built.page("pages/own.html").select("meta[name=description]")) == 1


def test_a_page_without_text_has_a_title(built: Build):
    assert tags(built, "index.html")["og:title"] == "Home"
    assert tags(built, "index.html")["og:type"] == "website"
    assert "description" not in tags(built, "index.html")
    assert tags(built, "genindex.html") == {}


def test_a_page_has_one_address_without_the_name_of_its_file(built: Build):
    for page, address in (("index.html", "/"), ("pages/index.html", "/pages/")):
        (link,) = built.page(page).select("link[rel=canonical]")
        assert link["href"] == f"{BASE}{address}"


def test_a_page_has_the_icon_of_the_portal(built: Build):
    (icon,) = built.page("pages/first.html").select("link[rel=icon]")
    assert (built.folder / "pages" / str(icon["href"]).split("?")[0]).resolve().is_file()


def test_a_page_has_the_logo_for_light_and_for_dark_colours(built: Build):
    light, dark = built.page("pages/first.html").select(".gh-brand img")
    sizes = {(each["width"], each["height"], each["alt"]) for each in (light, dark)}
    assert sizes == {("96", "32", "")}
    for image, name in ((light, "logo.svg"), (dark, "night.svg")):
        path = (built.folder / "pages" / str(image["src"])).resolve()
        assert (path.name, path.is_file()) == (name, True)


def test_a_page_has_the_fonts_of_the_portal(built: Build):
    page = built.page("pages/first.html")
    (early,) = page.select("link[rel=preload][as=font]")
    assert (built.folder / "pages" / str(early["href"])).resolve().is_file()
    (style,) = (each.text for each in page.select("head > style") if "@font-face" in each.text)
    assert f'url("{early["href"]}")' in style
    assert '--gh-own-font: "gh-text"' in style


def test_a_page_ends_with_the_links_of_the_portal(built: Build):
    links = built.page("index.html").select("footer li a")
    assert [(each.text, each["href"]) for each in links] == [
        ("A <page>", "pages/first.html"),
        ("Elsewhere", "https://a.example/?b&c"),
    ]


def test_a_page_has_one_viewport(built: Build):
    for page in ("index.html", "search.html", "404.html"):
        assert len(built.page(page).select("meta[name=viewport]")) == 1


def test_the_site_map_has_every_page_that_may_be_found(built: Build):
    root = ElementTree.fromstring((built.folder / "sitemap.xml").read_bytes())
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    addresses = [each.text for each in root.findall(".//{*}loc")]
    assert {f"{BASE}/", f"{BASE}/pages/first.html", f"{BASE}/partners/people/ada.html"} <= set(
        addresses
    )
    assert f"{BASE}/pages/hidden.html" not in addresses
    robots = (built.folder / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\nSitemap: {BASE}/sitemap.xml\n"


def test_only_a_site_with_an_address_has_a_map_and_one_of_a_whole_host_has_robots(portal: Portal):
    below = portal.build(GUILDHALL_BASE_URL=f"{BASE}/portal")
    assert f"<loc>{BASE}/portal/</loc>" in (below.folder / "sitemap.xml").read_text("utf-8")
    assert not (below.folder / "robots.txt").exists()
    nowhere = portal.build()
    assert not (nowhere.folder / "sitemap.xml").exists()
    assert "og:url" not in tags(nowhere, "pages/first.html")


def test_more_addresses_than_a_map_may_hold_are_in_several(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sharing, "MOST_IN_A_MAP", 2)
    addresses = [f"{BASE}/{name}" for name in ("a", "b&c", "d")]
    files = dict(sharing.site_maps(f"{BASE}/", addresses))
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert f"<loc>{BASE}/sitemap-2.xml</loc>" in files["sitemap.xml"]
    assert f"<loc>{BASE}/b&amp;c</loc>" in files["sitemap-1.xml"]
    assert f"<loc>{BASE}/d</loc>" in files["sitemap-2.xml"]
