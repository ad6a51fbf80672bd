"""Prose of a record, and its translation, publish no file that was not put among the pages.

Every attack goes through a real build: what counts is what lies in the site afterwards.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ..portals import Build, Portal

SECRET = "what nobody may read"
GIF = "GIF89a" + SECRET
RECORD = "kind: risk\nproject: phase\ntitle: A risk\nmitigation: Care.\ndescription: |\n  {}\n"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nproject: phase\nsources: [partners, pages]\n",
    "conf/secret.txt": SECRET,
    "conf/secret.gif": GIF,
    "README.md": SECRET,
    "index/secret.txt": SECRET,
    "notes/secret.txt": SECRET,
    "index.md": "# Home\n\n```{toctree}\n:glob:\n\npartners/**\npages/*\n```\n",
    "pages/list.md": "# List\n\n:::{risk-register}\n:::\n",
    "partners/phase.yml": (
        "kind: project\nname: Phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        "end: 2025-12-31\nsummary: A phase.\n"
    ),
    "partners/_drafts/secret.txt": SECRET,
    "partners/_draft.md": SECRET,
    "partners/.hidden.txt": SECRET,
    "partners/code.py": SECRET,
    "partners/frame.html": SECRET,
    "partners/budget.csv": "offered",
    "partners/plan.gif": "GIF89a offered",
}

FOLDERS = "leads to a file outside the folders of pages; put it below `partners` or `pages`"
REFUSED = {
    "the configuration": (
        "[x](/conf/conf.py)",
        "the link `/conf/conf.py` leads to a Python file; link to a page that shows it",
    ),
    "the settings": (
        "[x](/conf/portal.yml)",
        (
            "the link `/conf/portal.yml` leads to a YAML file; "
            "name a record by its role, such as {partner}`aalto`"
        ),
    ),
    "a file beside the configuration": (
        "[x](/conf/secret.txt)",
        f"the link `/conf/secret.txt` {FOLDERS}",
    ),
    "a page that is none": ("[x](/README.md)", f"the link `/README.md` {FOLDERS}"),
    "a file of no folder of pages": (
        "<a href='/'>",
        "raw HTML `<a href='/'>`; records allow only Markdown",
    ),
    "a path with written signs": (
        "[x](/notes/%73ecret.txt)",
        f"the link `/notes/secret.txt` {FOLDERS}",
    ),
    "a path with a mark": ("[x](/notes/secret.txt#a)", f"the link `/notes/secret.txt#a` {FOLDERS}"),
    "a path that goes on the spot": (
        "[x](/./notes//secret.txt)",
        f"the link `/./notes//secret.txt` {FOLDERS}",
    ),
    "a definition": (
        "[x][y]\n\n  [y]: /notes/secret.txt",
        f"the link `/notes/secret.txt` {FOLDERS}",
    ),
    "a folder that is left out": (
        "[x](_drafts/secret.txt)",
        (
            "the link `_drafts/secret.txt` leads to a file that is not published, "
            "as `_` begins its name; rename it"
        ),
    ),
    "a page that is left out": (
        "[x](/partners/_draft.md)",
        (
            "the link `/partners/_draft.md` leads to a file that is not published, "
            "as `_` begins its name; rename it"
        ),
    ),
    "a hidden file": (
        "[x](.hidden.txt)",
        "the link `.hidden.txt` leads to a hidden file",
    ),
    "code among the pages": (
        "[x](code.py)",
        "the link `code.py` leads to a Python file; link to a page that shows it",
    ),
    "a file that browsers run": (
        "[x](frame.html)",
        "the link `frame.html` leads to a file that browsers run; link to a page",
    ),
    "a picture beside the configuration": (
        "![x](/conf/secret.gif)",
        f"the link `/conf/secret.gif` {FOLDERS}",
    ),
    "a picture of any kind": (
        "![x](/partners/plan.*)",
        "the image `/partners/plan.*` does not name a single file; add its suffix",
    ),
    "a link that leads out": (
        "[x](out.txt)",
        "the link `out.txt` leads out of the portal by a symbolic link; put the file itself there",
    ),
    "a picture that leads out": (
        "![x](/partners/out.gif)",
        (
            "the link `/partners/out.gif` leads out of the portal by a symbolic link; "
            "put the file itself there"
        ),
    ),
    "a folder that leads out": (
        "[x](beyond/secret.txt)",
        (
            "the link `beyond/secret.txt` leads out of the portal by a symbolic link; "
            "put the file itself there"
        ),
    ),
    "a folder named as the front page": (
        "[x](/index/secret.txt)",
        f"the link `/index/secret.txt` {FOLDERS}",
    ),
    "the portal itself": ("[x](/)", "the link `/` names no file"),
    "links in a circle": (
        "[x](circle.txt)",
        "the link `circle.txt` names no file that can be read",
    ),
    "a name that no file can have": (
        f"[x](/partners/{'a' * 300})",
        f"the link `/partners/{'a' * 50}…` names no file that can be read",
    ),
    "a link to the configuration": (
        "[x](inner.txt)",
        f"the link `inner.txt` is a symbolic link to `conf/secret.txt`, which {FOLDERS}",
    ),
}


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    beyond = tmp_path / "beyond"
    beyond.mkdir()
    (beyond / "secret.txt").write_text(SECRET, encoding="utf-8")
    (beyond / "secret.gif").write_text(GIF, encoding="utf-8")
    for name, target in {
        "out.txt": beyond / "secret.txt",
        "out.gif": beyond / "secret.gif",
        "beyond": beyond,
        "inner.txt": made.root / "conf/secret.txt",
        "circle.txt": made.root / "partners/circle.txt",
    }.items():
        (made.root / "partners" / name).symlink_to(target)
    return made


def published(build: Build) -> list[str]:
    """The files of the site that hold what nobody may read."""
    return [name for name, content in build.snapshot().items() if SECRET.encode() in content]


@pytest.mark.parametrize(("text", "fault"), REFUSED.values(), ids=REFUSED)
def test_no_file_gets_out(portal: Portal, text: str, fault: str):
    portal.write({"partners/risk.yml": RECORD.format(text)})
    result = portal.build()
    assert f": {fault} [record.prose]" in result.warnings
    assert published(result) == []


def test_a_fault_stands_at_its_place(portal: Portal):
    portal.write({"partners/risk.yml": RECORD.format("Text\n  and [x](/conf/secret.txt)")})
    result = portal.build()
    assert f"partners/risk.yml:7:11: WARNING: the link `/conf/secret.txt` {FOLDERS}" in (
        result.warnings
    )


def test_files_and_pictures_among_the_pages_are_offered(portal: Portal):
    text = (
        "[table](/partners/budget.csv) ![plan](/partners/plan.gif) "
        "[page](/pages/list.md) [home](/index.md)"
    )
    portal.write({"partners/risk.yml": RECORD.format(text)})
    result = portal.build()
    assert result.warnings == ""
    page = result.page("partners/risk.html").article
    links = {link.get_text(): link["href"] for link in page.find_all("a")}
    assert links["page"] == "../pages/list.html"
    assert links["home"] == "../index.html"
    assert links["table"].endswith("/budget.csv")
    assert page.img["src"].endswith("/plan.gif")


def test_a_path_that_means_another_file_on_another_page_is_taken_out_there(portal: Portal):
    # Beside the record there is nothing of that name; beside the front page there is.
    portal.write(
        {
            "partners/risk.yml": RECORD.format("[x](conf/secret.txt) ![words](conf/secret.gif)"),
            "index.md": FILES["index.md"] + "\n:::{risk-register}\n:::\n",
        }
    )
    result = portal.build()
    assert published(result) == []
    assert (
        f"partners/risk.yml:6:7: WARNING: the link `conf/secret.txt` {FOLDERS} [record.prose]"
    ) in result.warnings
    assert f"the link `conf/secret.gif` {FOLDERS} [record.prose]" in result.warnings
    assert "words" in result.page("index.html").article.get_text()


def test_the_picture_of_a_language_does_not_lead_out(portal: Portal):
    (portal.root / "partners/plan.nb.gif").symlink_to(portal.root.parent / "beyond/secret.gif")
    portal.change("conf/portal.yml", "title: Small", "title: Small\nlanguage: nb")
    portal.write({"partners/risk.yml": RECORD.format("![x](plan.gif)")})
    result = portal.build()
    assert published(result) == []
    assert "the link `plan.gif` leads out of the portal [record.prose]" in result.warnings


def test_in_a_lesson_paths_begin_at_its_root_and_end_there(portal: Portal):
    portal.change("conf/portal.yml", "pages]", "pages, lessons]")
    portal.write(
        {
            "lessons/one/lesson.yml": (
                "kind: lesson\ntitle: One\nsummary: |\n  [table](/data.csv) and text.\n"
                "level: beginner\nstatus: draft\n"
            ),
            "lessons/one/data.csv": "offered",
            "lessons/one/start.md": "# Start\n",
        }
    )
    result = portal.build()
    assert "data.csv" not in result.warnings
    portal.change("lessons/one/lesson.yml", "/data.csv", "/notes/secret.txt")
    result = portal.build()
    assert "the link `/notes/secret.txt` leads to a file outside" in result.warnings
    assert published(result) == []


TRANSLATED = {
    "raw HTML": (
        "<script>alert(1)</script>",
        "raw HTML `<script>alert(1)</script>`; records allow",
    ),
    "raw HTML in a line": ("a <b onclick='x'>b</b>", "raw HTML `<b onclick='x'>`; "),
    "a directive that reads files": (
        "```{include} /conf/secret.txt\n```",
        "the directive `include` may not be used in records; allowed: ",
    ),
    "a directive that writes HTML": (
        "```{raw} html\n<script>alert(1)</script>\n```",
        "the directive `raw` may not be used in records; allowed: ",
    ),
    "a role that offers files": (
        "{download}`/conf/secret.txt`",
        "the role `download` may not be used in records; allowed: ",
    ),
    "a script as a link": (
        "[x](javascript:alert(1))",
        "the link `javascript:alert(1)` has a scheme other than https, http and mailto",
    ),
    "the configuration": ("[x](/conf/secret.txt)", f"the link `/conf/secret.txt` {FOLDERS}"),
    "a picture": ("![x](/conf/secret.gif)", f"the link `/conf/secret.gif` {FOLDERS}"),
    "a link that leads out": ("[x](out.txt)", "the link `out.txt` leads out of the portal by a"),
    "a heading": ("# Loud", "a heading; "),
}


def catalogue(**messages: str) -> str:
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"', ""]
    for message, translation in messages.items():
        written = translation.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines += [f'msgid "{message}"', f'msgstr "{written}"', ""]
    return "\n".join(lines)


def translated(portal: Portal, **messages: str) -> Build:
    portal.change("conf/portal.yml", "title: Small", "title: Small\nlanguage: nb")
    portal.write(
        {
            "conf/conf.py": 'extensions = ["guildhall"]\nlocale_dirs = ["locale"]\n',
            "partners/risk.yml": RECORD.format("The original."),
            "locale/nb/LC_MESSAGES/partners.po": catalogue(**messages),
        }
    )
    return portal.build()


@pytest.mark.parametrize(("text", "fault"), TRANSLATED.values(), ids=TRANSLATED)
def test_a_translation_holds_no_more_than_a_record(portal: Portal, text: str, fault: str):
    result = translated(portal, **{"The original.": text})
    place = "locale/nb/LC_MESSAGES/partners.po:4: WARNING: "
    warnings = [line.split(place)[1] for line in result.warnings.splitlines() if place in line]
    assert warnings[0].startswith(fault)
    assert all(line.endswith("; the translation is left out [record.prose]") for line in warnings)
    page = result.page("partners/risk.html").article
    assert "The original." in page.get_text()
    assert "alert" not in str(page)
    assert "onclick" not in str(page)
    assert published(result) == []


def test_a_translated_title_holds_no_more_either(portal: Portal):
    result = translated(portal, **{"Risk: A risk": "En <img src=x onerror=alert(1)> risiko"})
    assert "raw HTML `<img src=x onerror=alert(1)>`; records allow only Markdown" in result.warnings
    assert result.page("partners/risk.html").h1.get_text().startswith("Risk: A risk")


def test_translations_without_anything_of_that_are_shown(portal: Portal):
    result = translated(
        portal,
        **{
            "The original.": "*Den* [norske](https://example.org/a), `<b>`.",
            "Risk: A risk": "Risiko: En *risiko*",
        },
    )
    assert result.warnings == ""
    page = result.page("partners/risk.html").article
    assert page.h1.get_text().startswith("Risiko: En risiko")
    assert [each.get_text() for each in page.select("h1 em, p em")] == ["risiko", "Den"]
    assert page.find("a", href="https://example.org/a").get_text() == "norske"
