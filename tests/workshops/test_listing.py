"""Workshops in lists and in the catalogue: order, headings, filters, and what comes later."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from guildhall.model.portal import Portal as Records
from guildhall.model.settings.portal import Settings
from guildhall.network.workshops.listing import (
    Choice,
    ListedWorkshop,
    facet_values,
)
from guildhall.network.workshops.lookups import listed_in
from guildhall.network.workshops.order import listed_phase, listed_span

from ..portals import Build, Portal
from .portals import lesson, load, partner, programme, schedule, workshop

TODAY = "2026-03-18"


def dated(start: str, end: str, *more: str, title: str = "W") -> str:
    return workshop(*more, title=title, start=start, end=end)


DATES = {
    "old": dated("2024-05-01", "2024-05-02"),
    "older": dated("2024-02-01", "2024-02-02"),
    "before": dated("2026-03-01", "2026-03-17"),
    "now": dated("2026-03-17", "2026-03-18"),
    "soon": dated("2026-03-19", "2026-03-20"),
    "later": dated("2026-09-01", "2026-09-02"),
    "off": dated("2026-04-01", "2026-04-02", "status: cancelled"),
    "stopped": dated("2026-03-18", "2026-03-19", "status: postponed"),
}


def entries(root: Path, files: dict[str, str], today: str = TODAY) -> tuple[ListedWorkshop, ...]:
    settings = Settings().on(date.fromisoformat(today))
    return listed_in(Records(settings, load(root, files)))


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> tuple[ListedWorkshop, ...]:
    root = tmp_path_factory.mktemp("listed")
    return entries(root, {f"workshops/{key}.yml": text for key, text in DATES.items()})


def keys(found: Any) -> str:
    return " ".join(each.workshop.key for each in found)


def test_what_runs_comes_first_then_the_soonest_then_the_newest_of_the_past(
    listed: tuple[ListedWorkshop, ...],
):
    assert [(each.workshop.key, each.phase) for each in listed] == [
        ("now", "running"),
        ("soon", "upcoming"),
        ("off", "upcoming"),
        ("later", "upcoming"),
        ("stopped", "past"),
        ("before", "past"),
        ("old", "past"),
        ("older", "past"),
    ]


RANKED = {
    "some-year": dated("2026-01-01", "2026-12-31", "dates_are_open: true"),
    "some-month": dated("2026-04-01", "2026-04-30", "dates_are_open: true"),
    "soon": dated("2026-03-19", "2026-03-20"),
    "full": dated("2026-03-25", "2026-03-26", "status: full"),
    "open": dated("2026-09-01", "2026-09-02", "registration: {url: 'https://example.org/'}"),
    "later": dated(
        "2026-06-01", "2026-06-02", "registration: {url: 'https://example.org/', opens: 2026-05-01}"
    ),
    "now": dated("2026-03-17", "2026-03-18"),
}


def test_those_open_for_registration_come_next_and_those_without_dates_last(tmp_path: Path):
    files = {f"workshops/{key}.yml": text for key, text in RANKED.items()}
    found = entries(tmp_path, files)
    assert keys(found) == "now open soon full later some-year some-month"
    assert keys(Choice(phase="upcoming", limit=4).select(found).now) == "open soon full later"
    featured = Choice(limit=1, undated=3)
    assert keys(featured.select(found).now) == "now"
    planned = [each for each in found if each.workshop.dates_are_open]
    assert keys(featured.select(planned).now) == "some-year some-month"


@pytest.mark.parametrize(
    ("choice", "now", "late"),
    [
        (Choice(), "now soon off later stopped before old older", ""),
        (Choice(phase="upcoming"), "soon off later", ""),
        (Choice(phase="running"), "now", "soon off later"),
        (Choice(phase="past"), "stopped before old older", "now soon off later"),
        (Choice(phase="upcoming", limit=1), "soon", "later"),
        (Choice(phase="past", limit=1), "before", "now soon later"),
        (Choice(limit=3), "now soon later", ""),
        # What is next is never over.
        (Choice(limit=4), "now soon later", ""),
        (Choice(type="meeting"), "", ""),
    ],
)
def test_a_list_also_holds_what_its_readers_may_see_later(
    listed: tuple[ListedWorkshop, ...], choice: Choice, now: str, late: str
):
    selection = choice.select(listed)
    assert keys(selection.now) == now
    later = [each for each in selection.entries if each.workshop.key in selection.late]
    assert keys(later) == late


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_not_held_never_runs(tmp_path: Path, status: str):
    found = programme(tmp_path, workshop(f"status: {status}")).workshop
    phases = [listed_phase(found, date(2026, 3, day)) for day in (16, 17, 18)]
    assert phases == ["upcoming", "past", "past"]
    span = listed_span(found)
    assert span.start == span.end


def test_a_workshop_runs_from_the_first_to_the_last_midnight_of_its_zone(tmp_path: Path):
    found = programme(tmp_path, workshop(start="2026-03-28", end="2026-03-29")).workshop
    span = listed_span(found)
    assert [each.isoformat() for each in (span.start, span.end) if each] == [
        "2026-03-28T00:00:00+01:00",
        # Clocks went forward in between.
        "2026-03-30T00:00:00+02:00",
    ]


FACETED = {
    "lessons/git/lesson.yml": lesson("Git"),
    "lessons/docs/lesson.yml": lesson("Docs"),
    "partners/sigma.yml": partner("Sigma"),
    "workshops/a.yml": workshop(
        "type: train-the-trainer",
        "format: hybrid",
        "languages: [en, fi]",
        "lessons: [git]",
        "partners: [sigma]",
        "places: [{name: Room, country: FI}]",
        "classrooms:",
        "  - {name: R, place: {name: Umeå, country: SE}, language: sv, partner: sigma}",
        schedule(
            "- date: 2026-03-17\n  sessions:\n"
            '    - {start: "09:00", minutes: 60, lessons: [docs, git]}'
        ),
    ),
    "workshops/b.yml": workshop("lessons: [git]", "places: [{name: Room, country: FI}]"),
}


def test_what_workshops_can_be_narrowed_by(tmp_path: Path):
    one, other = entries(tmp_path, FACETED)
    assert one.values == {
        "type": ("train-the-trainer",),
        "format": ("hybrid",),
        "country": ("fi", "no", "se"),
        "lesson": ("git", "docs"),
        "language": ("en", "fi", "sv"),
    }
    assert other.values["format"] == ()
    types = ("full-workshop", "train-the-trainer")
    assert [each.name for each in facet_values((one, other), "type", types)] == list(types)
    assert [(each.name, each.count) for each in facet_values((one, other), "country", types)] == [
        ("fi", 2),
        ("no", 1),
        ("se", 1),
    ]


def test_a_partner_has_the_workshops_that_it_supports_or_hosts(tmp_path: Path):
    found = entries(tmp_path, FACETED)
    assert keys(Choice(partner="sigma").select(found).entries) == "a"
    assert keys(Choice(lesson="docs").select(found).entries) == "a"
    assert keys(Choice(lesson="git").select(found).entries) == "a b"


# --- Pages ---

HOME = """\
# Home

## Next

:::{workshop-list}
:phase: upcoming
:limit: 1
:::

## With Sigma

:::{workshop-list}
:partner: sigma
:phase: past
:::

## Meetings

:::{workshop-list}
:type: meeting
:empty: No meeting.
:::

```{toctree}
:hidden:

workshops/index
lessons/index
partners/index
pages/plain
pages/start
```
"""
START = """\
# Start

:::{workshop-next}
:::

:::{container} gh-doors
- {doc}`I want to learn <plain>`

  Lessons.
:::

:::{portal-numbers}
:::

:::{records} partner
:style: line
:::
"""
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": (
        "title: Small\nsources: [lessons, workshops, partners, pages]\n"
        "base_url: https://example.org/portal/\n"
    ),
    "index.md": HOME,
    "pages/plain.md": "# Plain\n",
    "pages/start.md": START,
    "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
    "lessons/git/lesson.yml": lesson("Git"),
    "lessons/git/one.md": "# One\n",
    "partners/index.md": "# Partners\n\n```{toctree}\nsigma\n```\n",
    "partners/sigma.yml": partner("Sigma"),
    "workshops/index.md": "# Workshops\n\n:::{workshop-catalogue}\n:::\n",
    "workshops/now.yml": dated(
        "2026-03-17", "2026-03-18", "format: online", "summary: It *runs*. More.", title="Now"
    ),
    "workshops/soon.yml": dated(
        "2026-03-25",
        "2026-03-26",
        "format: in-person",
        "lessons: [git]",
        "places: [{name: Room, city: Espoo, country: FI}]",
        "registration: {url: 'https://example.org/', closes: 2026-03-20}",
        title="Soon",
    ),
    "workshops/off.yml": dated("2026-03-20", "2026-03-21", "status: cancelled", title="Off"),
    "workshops/x/workshop.yml": dated(
        "2025-03-17", "2025-03-18", "partners: [sigma]", title="R & D"
    ),
    "workshops/old.yml": dated(
        "2024-03-17", "2024-03-18", "partners: [sigma]", "participants: 40", title="Old"
    ),
}
INDEX = "workshops/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    made = Portal(tmp_path_factory.mktemp("listing") / "portal")
    made.write(FILES)
    build = made.build(GUILDHALL_TODAY=TODAY)
    assert (build.code, build.warnings) == (0, "")
    return build


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


def is_hidden(tag: Tag) -> bool:
    return any(each.has_attr("hidden") for each in (tag, *tag.parents))


def titles(root: Tag) -> list[str]:
    """The headings and entries that are shown, in order."""
    found = root.select(".gh-part-title, .gh-card-title")
    return [each.get_text(" ", strip=True) for each in found if not is_hidden(each)]


def lists(build: Build, page: str = "index.html") -> list[Tag]:
    return list(build.page(page).select(".gh-listing"))


def card(build: Build, title: str) -> Tag:
    (found,) = (
        each
        for each in build.page(INDEX).select(".gh-card")
        if each.select(".gh-card-title")[0].get_text() == title
    )
    return found


def shown_text(tag: Tag) -> str:
    for each in tag.select("[hidden]"):
        each.decompose()
    return " ".join(tag.get_text(" ", strip=True).replace("\N{THIN SPACE}", "").split())


def test_the_catalogue_has_its_headings_with_counts(built: Build):
    (found,) = lists(built, INDEX)
    assert titles(found) == [
        *("Running now (1)", "Now"),
        *("Upcoming workshops (2)", "Soon", "Off"),
        *("Past workshops (2)", "2025 (1)", "R & D", "2024 (1)", "Old"),
    ]
    levels = [each.name for each in found.select(".gh-part-title") if not is_hidden(each)]
    assert levels == ["h2", "h2", "h2", "h3", "h3"]


def test_years_of_the_catalogue_are_linked_where_they_have_a_workshop(built: Build):
    page = built.page(INDEX)
    links = {each.get_text(): each for each in page.select("nav.gh-jumps[aria-label=Years] a")}
    # The year that is on has none that is over, until a script says so.
    assert [(year, is_hidden(each)) for year, each in links.items()] == [
        ("2026", True),
        ("2025", False),
        ("2024", False),
    ]
    (part,) = page.select(str(links["2025"]["href"]))
    assert titles(part) == ["2025 (1)", "R & D"]


def test_an_entry_says_when_and_what_and_its_state_in_words(built: Build):
    assert shown_text(card(built, "Soon")) == (
        "Soon 25\N{EN DASH}26 March 2026 registration open "
        "Full workshop · in-person · Espoo, Finland · English"
    )
    assert shown_text(card(built, "Now")) == (
        "Now 17\N{EN DASH}18 March 2026 running It runs. Full workshop · online · English"
    )
    assert "cancelled" in shown_text(card(built, "Off"))
    assert card(built, "R & D").a["href"] == "x/index.html"


def test_an_entry_carries_its_moments_for_the_script(built: Build):
    found = card(built, "Soon")
    assert {name: found[f"data-{name}"] for name in ("start", "end", "rank", "open")} == {
        "start": "2026-03-25T00:00+01:00",
        "end": "2026-03-27T00:00+01:00",
        "rank": "open",
        "open": "/2026-03-21T00:00+01:00",
    }
    part = built.page(INDEX).select('[data-phase="past"][data-year="2026"]')
    assert [each.has_attr("hidden") for each in part] == [True]


def test_lists_on_other_pages_choose_and_say_so_where_there_is_none(built: Build):
    upcoming, sigma, meetings = lists(built)
    assert titles(upcoming) == ["Soon"]
    assert titles(sigma) == ["2025 (1)", "R & D", "2024 (1)", "Old"]
    assert titles(meetings) == []
    empties = built.page("index.html").select(".gh-listing-empty")
    assert [each.get_text(strip=True) for each in empties if not is_hidden(each)] == ["No meeting."]


def test_pages_with_lists_have_the_scripts_and_no_others(built: Build):
    def scripts(page: str) -> set[str]:
        found = built.page(page).select("script[src]")
        return {str(each["src"]).split("/")[-1].split("?")[0] for each in found}

    wanted = {"listing.js", "catalogue.js", "workshop.js"}
    assert wanted <= scripts("index.html")
    assert wanted <= scripts(INDEX)
    assert not wanted & scripts("pages/plain.html")


def test_a_start_page_has_the_next_workshop_and_what_to_do_about_it(built: Build):
    page = built.page("pages/start.html")
    shown, *later = page.select(".gh-featured-card")
    assert shown_text(shown) == (
        "Now 17\N{EN DASH}18 March 2026 running Full workshop · online · English "
        "Add to calendar , Subscribe Copy address"
    )
    assert [(is_hidden(each), each.select_one(".gh-card-title").get_text()) for each in later] == [
        (True, "Soon")
    ]
    assert later[0].select_one(".gh-button")["href"] == "https://example.org/"
    assert is_hidden(page.select_one(".gh-listing-empty"))


def test_numbers_of_a_start_page_say_only_what_records_say(built: Build):
    page = built.page("pages/start.html")
    tiles = [each.get_text(" ", strip=True) for each in page.select(".gh-numbers li")]
    # Nobody wrote down where they came from.
    assert tiles == ["3 workshops held", "40 learners known for 1 of 3 workshops", "1 partner"]


def filters(build: Build, page: str = INDEX) -> dict[str, list[str]]:
    return {
        part.select("summary")[0].get_text(): [link.get_text() for link in part("a")]
        for part in build.page(page).select(".gh-filter")
    }


def test_filters_are_links_to_pages_that_stand_alone(built: Build):
    assert filters(built) == {
        "Format": ["Online (1)", "In-person (1)"],
        "Country": ["Norway (2)", "Finland (1)"],
    }
    for link in built.page(INDEX).select(".gh-filter a"):
        assert (built.folder / "workshops" / str(link["href"])).is_file()
    page = built.page("workshops/by/country/no.html")
    assert page.h1.get_text() == "Country: Norway"
    assert titles(page) == ["Past workshops (2)", "2025 (1)", "R & D", "2024 (1)", "Old"]
    assert page.select("[role=status]")[0].get_text() == "2 of 5 workshops"
    assert page.select(".gh-card a")[0]["href"] == "../../x/index.html"


def sidebar(build: Build, page: str) -> list[str]:
    (nav,) = build.page(page).select(".gh-sidebar")
    return [each.get_text(strip=True) for each in nav.select("a, .gh-tree-caption")]


def test_the_navigation_has_what_is_to_come_and_past_ones_on_pages_of_their_year(built: Build):
    coming = ["Workshops", "Now", "Soon", "Off"]
    assert sidebar(built, INDEX) == [*coming, "… 2 more in Workshops"]
    assert sidebar(built, "workshops/soon.html") == [*coming, "… 2 more in Workshops"]
    assert sidebar(built, "workshops/old.html") == [
        *coming,
        *("2024", "Old", "… 1 more in Workshops"),
    ]


def test_pages_follow_the_day_of_the_build_and_no_others_are_read(portal: Portal):
    portal.build(GUILDHALL_TODAY=TODAY)
    assert portal.build(GUILDHALL_TODAY=TODAY).read == set()
    build = portal.build(GUILDHALL_TODAY="2026-03-19")
    # On the home page nothing is another: what comes next is still to come.
    assert "workshops/index" in build.read
    assert not {"index", "pages/plain"} & build.read
    assert titles(lists(build, INDEX)[0])[:4] == [
        *("Upcoming workshops (2)", "Soon", "Off"),
        "Past workshops (3)",
    ]
    page = build.page("workshops/by/format/online.html")
    assert titles(page) == ["Past workshops (1)", "2026 (1)", "Now"]
    # Registration for what comes next is open until the end of the 20th.
    assert "index" not in portal.build(GUILDHALL_TODAY="2026-03-20").read
    assert "index" in portal.build(GUILDHALL_TODAY="2026-03-21").read


def test_pages_of_filters_follow_the_records(portal: Portal):
    portal.build(GUILDHALL_TODAY=TODAY)
    portal.change("workshops/soon.yml", "country: FI", "country: SE")
    build = portal.build(GUILDHALL_TODAY=TODAY)
    assert filters(build)["Country"] == ["Norway (2)", "Sweden (1)"]
    assert not (build.folder / "workshops/by/country/fi.html").exists()
    portal.change("workshops/old.yml", "title: Old", "title: Soon")
    build = portal.build(GUILDHALL_TODAY=TODAY)
    assert "Soon, March 2024" in titles(build.page("workshops/by/country/no.html"))
    # Two have one title now, and are told apart wherever they are named.
    page = build.page("workshops/soon.html")
    assert page.h1.find(string=True) == "Soon, March 2026"
    assert page.title.string.count("2026") == 1
    assert sidebar(build, "workshops/soon.html")[1:4] == ["Now", "Soon, March 2026", "Off"]
    assert "Soon, March 2024" in sidebar(build, "workshops/old.html")
    feed = (build.folder / "feeds/workshops.atom").read_text("utf-8")
    assert "<title>Soon, March 2024</title>" in feed


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (":phase: comming", "unknown phase `comming`; did you mean `upcoming`?"),
        (":type: meting", "unknown type `meting`; did you mean `meeting`?"),
        (":partner: sigm", "unknown partner `sigm`; did you mean `sigma`?"),
        (":lesson: gitt", "unknown lesson `gitt`; did you mean `git`?"),
        (":style: cars", "unknown style `cars`; did you mean `cards`?"),
    ],
)
def test_an_option_that_cannot_be_used(portal: Portal, option: str, message: str):
    portal.write({"pages/plain.md": f"# Plain\n\n:::{{workshop-list}}\n{option}\n:::\n"})
    build = portal.build()
    assert (
        f"pages/plain.md:3: WARNING: `workshop-list`: {message} [record.directive]"
        in build.warnings
    )


def test_a_page_has_one_catalogue(portal: Portal):
    text = "# Plain\n\n:::{lesson-catalogue}\n:::\n\n:::{workshop-catalogue}\n:::\n"
    portal.write({"pages/plain.md": text})
    assert (
        "pages/plain.md:6: WARNING: `workshop-catalogue`: this page already has a catalogue; "
        "put each on its own page [record.directive]"
    ) in portal.build().warnings


def test_a_portal_without_workshops_says_so(portal: Portal):
    for name in FILES:
        if name.startswith("workshops/") and name.endswith(".yml"):
            (portal.root / name).unlink()
    build = portal.build()
    assert (build.code, build.warnings) == (0, "")
    assert "No workshop is recorded yet." in build.page(INDEX).get_text()
    page = build.page("pages/start.html")
    assert [each.get_text(strip=True) for each in page.select(".gh-listing-empty")] == [
        "No dates yet"
    ]
    assert [each.get_text(" ", strip=True) for each in page.select(".gh-numbers li")] == [
        "1 partner"
    ]


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text", "latex"])
def test_other_builders_have_plain_lists(portal: Portal, builder: str):
    build = portal.build(builder=builder, out=builder, GUILDHALL_TODAY=TODAY)
    assert build.code == 0
    assert [line for line in build.warnings.splitlines() if "workshop" in line] == []
    name = {
        "singlehtml": "index.html",
        "epub": "workshops/index.xhtml",
        "text": "workshops/index.txt",
    }
    names = sorted(path.name for path in build.folder.glob("*.tex"))
    text = (build.folder / name.get(builder, names[0] if names else "")).read_text("utf-8")
    assert "Running now" in text
    assert "Filter" not in text
    assert "of 5 workshops" not in text
    if builder in {"text", "latex"}:
        assert "No workshop is announced" not in text
    if builder == "text":
        start = (build.folder / "pages/start.txt").read_text("utf-8")
        assert "Now" in start
        assert not any(each in start for each in ("Soon", "Register", "No dates yet"))
