"""What only the whole site tells: weights and shared titles."""

from __future__ import annotations

import pickle
import struct
import zlib
from pathlib import Path

from guildhall.check.content.check import content_rules, site_content
from guildhall.check.site.page import Page, parse_page
from guildhall.model.records.registry import Registry
from guildhall.model.settings.content import Budgets
from guildhall.model.settings.portal import Settings

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head>'
    "<body><h1>T</h1>{body}</body></html>"
)


def _png(width: int, weight: int) -> bytes:
    """A picture of so many pixels and bytes; only its header is read."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, 10, 8, 2, 0, 0, 0))
    return head + chunk(b"tEXt", b"x" * (weight - len(head) - 12))


class Site:
    def __init__(self, folder: Path, base_url: str | None = None) -> None:
        self.folder = folder
        self.settings = Settings(base_url=base_url)
        self.pages: list[Page] = []

    def page(self, path: str, body: str = "", head: str = "", title: str = "") -> None:
        text = PAGE.format(title=title or path, head=head, body=body)
        self.file(path, text.encode())
        self.pages.append(parse_page(text.encode(), path))

    def file(self, path: str, data: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)

    def faults(self, **budgets: str) -> list[tuple[str, str, str]]:
        found = site_content(
            self.folder, self.pages, self.settings, Budgets.model_validate(budgets)
        )
        return [(fault.page, fault.rule, fault.message) for fault in found]


def test_an_image_over_budget_is_told_once_where_it_is_first_shown(tmp_path: Path):
    site = Site(tmp_path)
    site.file("_images/big.png", _png(200, 600_001))
    site.file("_images/fine.png", _png(200, 500_000))
    images = '<img src="{0}_images/big.png?v=1" alt="x"><img src="{0}_images/fine.png" alt="x">'
    site.page("a/index.html", images.format("../"))
    site.page("b.html", images.format("./"))
    assert site.faults() == [
        (
            "a/index.html",
            "images.heavy",
            "`_images/big.png` weighs 601 KB, expected 500 KB or less",
        )
    ]


def test_images_with_too_many_pixels(tmp_path: Path):
    site = Site(tmp_path)
    site.file("wide.png", _png(4000, 1000))
    site.file("broken.png", b"no picture")
    site.page("a.html", '<img src="wide.png" alt="x"><img src="broken.png" alt="x">')
    message = "`wide.png` is 4000 pixels wide, expected 3000 or less"
    assert site.faults() == [("a.html", "images.large", message)]
    assert site.faults(image_width="0") == []


def test_a_page_weighs_what_it_loads_each_file_once(tmp_path: Path):
    site = Site(tmp_path)
    site.file("a.png", _png(10, 400_000))
    site.file("b.png", _png(10, 450_000))
    site.file("s.css", b"x" * 400_000)
    site.file("s.js", b"x" * 300_000)
    head = '<link rel="stylesheet" href="s.css"><script src="s.js"></script>'
    body = '<img src="a.png" alt="x"><img src="b.png" alt="x" loading="lazy">'
    site.page("heavy.html", body * 3, head)
    site.page("light.html", '<img src="a.png" alt="x">', head)
    ((page, rule, message),) = site.faults()
    assert (page, rule) == ("heavy.html", "pages.heavy")
    assert message == (
        "the page weighs 1\N{NO-BREAK SPACE}551 KB with its styles, scripts and images, `b.png` "
        "alone 450 KB; expected 1500 KB or less"
    )


def test_what_is_not_loaded_with_the_page_does_not_count(tmp_path: Path):
    site = Site(tmp_path)
    for name in ("film.mp4", "slides.pdf", "x2.png"):
        site.file(name, b"x" * 2_000_000)
    site.file("x1.png", _png(10, 100))
    site.page(
        "a.html",
        '<video src="film.mp4"></video><a href="slides.pdf">Slides</a>'
        '<img src="x1.png" srcset="x1.png 1x, x2.png 2x" alt="x">'
        '<img src="https://elsewhere.example/y.png" alt="x"><img src="gone.png" alt="x">',
        head='<link rel="alternate" href="slides.pdf">',
    )
    assert site.faults() == []


def test_html_alone_has_a_budget(tmp_path: Path):
    site = Site(tmp_path)
    site.page("a.html", "<p>" + "word " * 62_000)
    message = "the HTML of the page weighs 311 KB, expected 300 KB or less"
    assert site.faults() == [("a.html", "pages.heavy-html", message)]
    assert site.faults(html="400") == []


def test_files_are_found_under_a_base_path_and_whole_addresses(tmp_path: Path):
    site = Site(tmp_path, "https://org.example/project/")
    site.file("big.png", _png(10, 600_000))
    site.page("x/a.html", '<img src="https://org.example/project/big.png" alt="x">')
    site.page("x/b.html", '<img src="/project/big.png" alt="x">')
    assert [fault[:2] for fault in site.faults()] == [("x/a.html", "images.heavy")]
    site.pages.pop(0)
    assert [fault[:2] for fault in site.faults()] == [("x/b.html", "images.heavy")]


def test_addresses_do_not_lead_out_of_the_site(tmp_path: Path):
    inside = tmp_path / "site"
    (tmp_path / "secret.png").write_bytes(_png(10, 600_000))
    site = Site(inside)
    site.page("a.html", '<img src="..%2fsecret.png" alt="x"><img src="../secret.png" alt="x">')
    assert site.faults() == []


def test_pages_with_the_same_title(tmp_path: Path):
    site = Site(tmp_path)
    site.page("a.html", title="Workshop")
    site.page("b.html", title=" Workshop ")
    site.page("c.html", title="Another")
    site.page("d.html", title="Workshop", head='<meta name="robots" content="noindex">')
    refresh = '<meta http-equiv="refresh" content="0; url=a.html">'
    site.page("e.html", title="Workshop", head=refresh)
    canonical = '<link rel="canonical" href="https://org.example/a.html">'
    site.page("f.html", title="Workshop", head=canonical)
    own = '<link rel="canonical" href="https://org.example/g/">'
    site.page("g/index.html", title="Another", head=own)
    assert site.faults() == [
        (
            "b.html",
            "pages.title-repeated",
            "the title `Workshop` is also used by `a.html`, expected its own",
        ),
        (
            "g/index.html",
            "pages.title-repeated",
            "the title `Another` is also used by `c.html`, expected its own",
        ),
    ]


def test_rules_can_be_sent_to_other_processes():
    (rule,) = content_rules(Settings(), Registry())
    copy = pickle.loads(pickle.dumps(rule))
    text = PAGE.format(title="T", head="", body="<img src=a.png>").encode()
    assert parse_page(text, "a.html", [copy]).faults == parse_page(text, "a.html", [rule]).faults
    assert len(copy.names.alone) == 3


def test_files_without_a_byte_are_told_once_where_a_page_first_leads_to_them(tmp_path: Path):
    site = Site(tmp_path)
    for name in ("slides.pdf", "tree.png", "__init__.py", "hours.csv", "own.css"):
        site.file(name, b"")
    site.file("full.pdf", b"%PDF")
    site.file("alone.pdf", b"")
    links = '<a href="slides.pdf#page=2">s</a><a href="full.pdf">f</a><img src="tree.png" alt="x">'
    rest = '<a href="__init__.py">i</a><a href="hours.csv">h</a><a href="gone.pdf">g</a>'
    away = '<a href="https://elsewhere.example/slides.pdf">e</a>'
    site.page("a.html", f"{links}{rest}{away}", '<link rel="stylesheet" href="own.css">')
    site.page("b.html", links)
    wanted = "is empty, expected a file with content"
    assert site.faults() == [
        ("a.html", "pages.empty-file", f"`slides.pdf` {wanted}"),
        ("a.html", "pages.empty-file", f"`tree.png` {wanted}"),
    ]
