"""Calendars, feeds and linked data of a built site: where they lie, and what a next build does."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..portals import Build, Portal, person
from .icalendars import events_of, read

WORKSHOP = (
    "kind: workshop\ntitle: {title}\ntimezone: Europe/Oslo\n"
    "start: 2026-03-0{day}\nend: 2026-03-0{day}\n"
)
AUTUMN = "workshops/autumn/workshop.yml"
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "lessons/.gitkeep": "",
    "conf/portal.yml": "title: Net & more\nsources: [people, partners, workshops, lessons]\n",
    "index.md": "# Home\n\n```{toctree}\n:glob:\n\n**\n```\n",
    "people/ada.yml": person("Ada", "Ada"),
    "partners/one.yml": (
        "kind: partner\nname: One\nshort_name: One\ncountry: NO\ncontact: ada\n"
        "description: One.\nparticipation: []\n"
    ),
    "workshops/calendars.md": "# Calendars\n\n```{calendar-links}\n```\n",
    "workshops/spring.yml": WORKSHOP.format(title="Spring", day=1) + "partners: [one]\n",
    AUTUMN: "type: meeting\n" + WORKSHOP.format(title="Autumn", day=2),
    "workshops/autumn/more.md": "---\norphan: true\n---\n\n# More\n",
}
ALL = {
    "calendars/all.ics",
    "calendars/country/no.ics",
    "calendars/type/full-workshop.ics",
    "calendars/type/meeting.ics",
    "feeds/workshops.atom",
    "workshops/autumn.ics",
    "workshops/spring.ics",
}


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


def published(build: Build) -> set[str]:
    return {name for name in build.snapshot() if name.endswith((".ics", ".atom", ".part"))}


def links(build: Build, page: str) -> list[str]:
    found = build.page(page).select('a[href$=".ics"]')
    return [str(link["href"]) for link in found]


def feeds(build: Build, page: str) -> list[str]:
    found = build.page(page).select('link[type="application/atom+xml"]')
    return [str(link["href"]) for link in found]


def linked_data(build: Build, page: str) -> Any:
    script = build.page(page).select_one('script[type="application/ld+json"]')
    return json.loads(script.string or "") if script else None


def commit(root: Path, day: int) -> None:
    who = {
        f"GIT_{each}_{what}": "a@b"
        for each in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    when = {f"GIT_{each}_DATE": f"2026-01-{day:02d}T12:00:00Z" for each in ("AUTHOR", "COMMITTER")}
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *arguments], cwd=root, env={**os.environ, **who, **when}, check=True)


@pytest.mark.parametrize(
    ("builder", "page"), [("html", "calendars.html"), ("dirhtml", "calendars/index.html")]
)
def test_links_of_a_site_lead_to_its_files_without_its_address(
    portal: Portal, builder: str, page: str
):
    build = portal.build(builder=builder)
    assert build.warnings == ""
    assert published(build) == ALL
    here = build.folder / "workshops" / page
    found = links(build, f"workshops/{page}")
    assert {
        (here.parent / each).resolve().relative_to(build.folder).as_posix() for each in found
    } == {name for name in ALL if name.startswith("calendars/")}
    assert "webcal" not in here.read_text(encoding="utf-8")
    for name in ALL:
        if name.endswith(".ics"):
            read((build.folder / name).read_bytes())


def test_with_its_address_programs_can_subscribe(portal: Portal):
    build = portal.build(GUILDHALL_BASE_URL="https://example.org/net/")
    found = links(build, "workshops/calendars.html")
    assert found[:2] == ["../calendars/all.ics", "webcal://example.org/net/calendars/all.ics"]
    # What is no site has no files beside it, but can name those of the site.
    text = portal.build(builder="latex", out="tex", GUILDHALL_BASE_URL="https://example.org/net/")
    assert not published(text)
    written = (text.folder / "portal.tex").read_text(encoding="utf-8")
    assert r"\sphinxhref{https://example.org/net/calendars/all.ics}" in written


def test_no_day_and_no_order_changes_a_byte(portal: Portal):
    commit(portal.root, 3)
    first = portal.build(GUILDHALL_TODAY="2020-01-01")
    second = portal.build("-j", "2", out="again", GUILDHALL_TODAY="2030-01-01")
    for name in ALL:
        assert first.snapshot()[name] == second.snapshot()[name]


def test_a_change_that_is_committed_is_a_later_revision_and_nothing_else_changes(portal: Portal):
    commit(portal.root, 3)
    before = portal.build().snapshot()
    portal.change("workshops/spring.yml", "2026-03-01", "2026-03-04")
    commit(portal.root, 5)
    build = portal.build()
    after = build.snapshot()
    changed = {name for name in ALL if after[name] != before[name]}
    assert changed == {
        "calendars/all.ics",
        "calendars/country/no.ics",
        "calendars/type/full-workshop.ics",
        "feeds/workshops.atom",
        "workshops/spring.ics",
    }
    old, new = (events_of(read(each["workshops/spring.ics"]))[0] for each in (before, after))
    assert old["UID"] == new["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (1, 2)
    assert new["LAST-MODIFIED"].to_ical() == b"20260105T120000Z"
    feed = after["feeds/workshops.atom"].decode()
    assert feed.index("Spring") < feed.index("Autumn")
    assert feed.count("2026-01-05T12:00:00Z") == 2


def test_what_stays_the_same_is_not_written_again(portal: Portal):
    folder = portal.build().folder
    for name in ALL:
        os.utime(folder / name, (0, 0))
    portal.change("workshops/spring.yml", "Spring", "Springtime")
    portal.build()
    untouched = {name for name in ALL if (folder / name).stat().st_mtime == 0}
    assert untouched == {"calendars/type/meeting.ics", "workshops/autumn.ics"}


def test_files_of_a_removed_workshop_are_gone(portal: Portal):
    build = portal.build()
    # What others put beside them is none of Guildhall's.
    own = build.folder / "calendars" / "own.ics"
    own.write_bytes(b"")
    (portal.root / "workshops/spring.yml").unlink()
    assert published(portal.build()) == {
        "calendars/all.ics",
        "calendars/own.ics",
        "calendars/type/meeting.ics",
        "feeds/workshops.atom",
        "workshops/autumn.ics",
    }
    (portal.root / AUTUMN).unlink()
    last = portal.build()
    assert published(last) == {"calendars/own.ics"}
    assert links(last, "workshops/calendars.html") == []
    assert feeds(last, "index.html") == []


def test_every_page_names_the_feeds_that_there_are(portal: Portal):
    build = portal.build()
    assert feeds(build, "people/ada.html") == ["../feeds/workshops.atom"]
    assert feeds(build, "index.html") == ["feeds/workshops.atom"]
    portal.write(
        {
            "lessons/git/lesson.yml": (
                "kind: lesson\ntitle: Git\nsummary: Git.\nreleased: 2025-02-01\n"
            ),
            "lessons/git/index.md": "# Git\n",
        }
    )
    build = portal.build()
    assert feeds(build, "people/ada.html") == ["../feeds/workshops.atom", "../feeds/lessons.atom"]
    assert "2025-02-01T00:00:00Z" in (build.folder / "feeds/lessons.atom").read_text("utf-8")


def test_linked_data_follow_the_records_that_they_show(portal: Portal):
    portal.change("workshops/spring.yml", "partners:", "format: online\npartners:")
    base = {"GUILDHALL_BASE_URL": "https://example.org/net"}
    page = "workshops/spring.html"
    event, course = linked_data(portal.build(**base), page)["@graph"]
    assert event["url"] == "https://example.org/net/workshops/spring.html"
    assert course["provider"][0]["name"] == "One"
    portal.change("partners/one.yml", "name: One\nshort", "name: Uno\nshort")
    build = portal.build(**base)
    assert linked_data(build, page)["@graph"][1]["provider"][0]["name"] == "Uno"
    assert linked_data(build, "people/ada.html")["@type"] == "Person"
    assert linked_data(build, "workshops/calendars.html") is None
    # The text of a record can't end the element that holds it.
    portal.change("workshops/spring.yml", "title: Spring", "title: </script><b>Spring")
    assert linked_data(portal.build(**base), page)["@graph"][0]["name"] == "</script><b>Spring"
