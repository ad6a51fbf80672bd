"""The page of a workshop, built as people build it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from ..portals import Build, Portal
from .page_example import FILES

AUTUMN = "workshops/autumn/workshop.yml"
PAGE = "workshops/autumn/index.html"
DAY = {"GUILDHALL_TODAY": "2026-09-01"}


def words(node: Any) -> str:
    return " ".join(node.get_text().split())


def portal_in(folder: Path) -> Portal:
    portal = Portal(folder / "portal")
    portal.write(FILES)
    return portal


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return portal_in(tmp_path_factory.mktemp("page")).build(**DAY)


@pytest.fixture(scope="module")
def page(built: Build) -> BeautifulSoup:
    assert built.warnings == ""
    assert built.code == 0
    return built.page(PAGE)


@pytest.fixture(scope="module")
def over(built: Build) -> BeautifulSoup:
    return built.page("workshops/spring.html")


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return portal_in(tmp_path)


def chapter(page: BeautifulSoup, name: str) -> Tag:
    found = page.find(id=f"workshop-{name}")
    assert isinstance(found, Tag)
    return found


def fact(part: Any, label: str) -> Tag:
    [term] = [each for each in part.select("dl.gh-facts > dt") if words(each) == label]
    found = term.find_next_sibling("dd")
    assert isinstance(found, Tag)
    return found


def seen(part: Any) -> str:
    """The words that a reader without JavaScript sees."""
    copy = BeautifulSoup(str(part), "html.parser")
    for hidden in copy.select("[hidden]"):
        hidden.decompose()
    return words(copy)


def rows(part: Any) -> list[list[str]]:
    return [[words(cell) for cell in row.select("th, td")] for row in part.select("tbody tr")]


# --- At a glance ---


def test_when_and_where_stand_at_the_top(page: BeautifulSoup):
    box = page.select_one(".gh-workshop")
    assert words(fact(box, "When")) == (
        "22–24 September 2026 2 days, the first on Tuesday, 22 September 2026, 09:00–15:00 "
        "All times are local to Stockholm "
        "(Europe/Stockholm; Central European Summer Time, UTC+2)."
    )
    assert words(fact(box, "Where")) == (
        "Hybrid Room A, Main street 1, Espoo, Finland 2 local classrooms"
    )
    assert words(fact(box, "Language")) == "English and Finnish"
    assert words(fact(box, "For")) == "Doctoral students and Research engineers"
    assert words(fact(box, "Length")) == "5 h 45 min of teaching and exercises"


def test_optional_days_are_counted_besides(portal: Portal):
    portal.write(
        {
            AUTUMN: (
                "kind: workshop\ntitle: Days\ntimezone: Europe/Stockholm\n"
                "start: 2026-09-22\nend: 2026-09-23\nschedule:\n  days:\n"
                "    - date: 2026-09-21\n"
                '      sessions: [{start: "14:00", end: "15:00", title: Help, optional: true}]\n'
                "    - date: 2026-09-22\n"
                '      sessions: [{start: "09:00", end: "12:00", title: A}]\n'
                "    - date: 2026-09-23\n"
                '      sessions: [{start: "09:00", end: "12:00", title: B}]\n'
            )
        }
    )
    when = words(fact(portal.build(**DAY).page(PAGE).select_one(".gh-workshop"), "When"))
    assert when.startswith("22–23 September 2026 2 days, 09:00–12:00 plus 1 optional day ")


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2026-07-31", "announced"),
        ("2026-08-01", "registration open"),
        ("2026-09-16", "announced"),
        ("2026-09-22", "running"),
        ("2026-09-25", "past"),
    ],
)
def test_the_state_is_the_one_of_the_day_of_the_build(portal: Portal, today: str, state: str):
    page = portal.build(GUILDHALL_TODAY=today).page(PAGE)
    assert seen(page.select_one(".gh-workshop-kind")) == f"Full workshop ({state})"


def test_all_states_wait_for_the_browser_with_their_moments(page: BeautifulSoup):
    found = [
        (each.get("data-since"), each.get("data-until"), words(each))
        for each in page.select(".gh-workshop-kind .gh-dated")
    ]
    assert found == [
        (None, "2026-08-01T00:00+02:00", "announced"),
        ("2026-08-01T00:00+02:00", "2026-09-16T00:00+02:00", "registration open"),
        ("2026-09-16T00:00+02:00", "2026-09-22T00:00+02:00", "announced"),
        ("2026-09-22T00:00+02:00", "2026-09-25T00:00+02:00", "running"),
        ("2026-09-25T00:00+02:00", None, "past"),
    ]


@pytest.mark.parametrize(
    ("status", "title"),
    [("cancelled", "This workshop is cancelled"), ("postponed", "This workshop is postponed")],
)
def test_what_is_not_held_says_so_above_everything_else(portal: Portal, status: str, title: str):
    portal.change(AUTUMN, "type: full-workshop", f"status: {status}")
    page = portal.build(**DAY).page(PAGE)
    notice = page.select_one(".gh-workshop-notice")
    assert notice
    assert words(notice.select_one(".admonition-title")) == title
    assert page.select(".gh-workshop-notice ~ .gh-workshop")
    assert not page.select(".gh-button")
    assert not page.select("#workshop-join")


def test_what_is_only_announced_and_over_is_not_told_as_held(portal: Portal):
    portal.change(AUTUMN, "type: full-workshop", "status: announced")
    page = portal.build(GUILDHALL_TODAY="2026-09-25").page(PAGE)
    assert seen(page.select_one(".gh-workshop-kind")).endswith("(no record that it took place)")
    assert words(page.select_one(".gh-workshop-notice .admonition-title")) == (
        "No record that it took place"
    )
    page = portal.build(GUILDHALL_TODAY="2026-09-24").page(PAGE)
    assert not page.select(".gh-workshop-notice")


def test_open_dates_are_shown_as_months(portal: Portal):
    portal.change(AUTUMN, "end: 2026-09-24", "end: 2026-10-31\ndates_are_open: true")
    page = portal.build(**DAY).page(PAGE)
    assert words(fact(page, "When")).startswith(
        "September 2026 – October 2026 Dates to be announced."
    )


# --- How to join ---


def test_the_button_leads_to_the_registration_while_it_is_open(page: BeautifulSoup):
    button = page.select_one(".gh-workshop-actions .gh-button")
    assert button
    assert button["href"] == "https://sign.example/up"
    assert words(button) == "Register"
    holder = button.parent
    assert holder
    assert holder["data-since"] == "2026-08-01T00:00+02:00"
    assert holder["data-until"] == "2026-09-15T12:00+02:00"
    assert "hidden" not in holder.attrs


@pytest.mark.parametrize(
    ("today", "registration", "is_hidden"),
    [
        ("2026-07-31", "opens on 1 August 2026, closes on 15 September 2026, 12:00", True),
        ("2026-09-01", "Register, closes on 15 September 2026, 12:00", False),
        ("2026-09-16", "closed", True),
    ],
)
def test_registration_is_told_as_it_is_on_the_day(
    portal: Portal, today: str, registration: str, is_hidden: bool
):
    page = portal.build(GUILDHALL_TODAY=today).page(PAGE)
    assert seen(fact(chapter(page, "join"), "Registration")) == registration
    button = page.select_one(".gh-button")
    assert button
    assert button.parent
    assert ("hidden" in button.parent.attrs) == is_hidden


def test_all_that_is_needed_to_join_stands_together(page: BeautifulSoup):
    join = chapter(page, "join")
    assert words(fact(join, "Price")) == "Free of charge"
    assert words(fact(join, "Seats")) == "60, then a waiting list"
    assert fact(join, "Stream").select("a[href='https://stream.example/']")
    assert words(fact(join, "Chat")) == "The chat"
    assert fact(join, "Collaborative notes").select("a[href='https://notes.example/']")
    assert join.select("em")[0].get_text() == "laptop"


def test_a_full_workshop_offers_its_waiting_list(portal: Portal):
    portal.change(AUTUMN, "type: full-workshop", "status: full")
    page = portal.build(**DAY).page(PAGE)
    assert seen(page.select_one(".gh-workshop-kind")) == "Full workshop (full)"
    assert words(page.select_one(".gh-button")) == "Join the waiting list"


def test_a_full_workshop_without_a_waiting_list_has_no_button(portal: Portal):
    portal.change(AUTUMN, "type: full-workshop", "status: full")
    portal.change(AUTUMN, "  waiting_list: true\n", "")
    assert not portal.build(**DAY).page(PAGE).select(".gh-button")


def test_a_workshop_that_costs_something_says_how_much(portal: Portal):
    portal.change(AUTUMN, "price: 0", "price: 1200\n  currency: SEK")
    page = portal.build(**DAY).page(PAGE)
    assert words(fact(chapter(page, "join"), "Price")) == "1,200 SEK"


def test_a_workshop_is_added_to_a_calendar_with_one_link(page: BeautifulSoup):
    [link] = page.select(".gh-workshop-calendar a[href$='.ics']:not([href^='webcal'])")
    assert words(link) == "Add to calendar"


def test_nobody_can_join_what_is_over(over: BeautifulSoup):
    assert not over.select(".gh-button, #workshop-join, .gh-workshop-calendar")


# --- Schedule ---


def test_each_day_is_a_table_with_a_column_for_each_track(page: BeautifulSoup):
    days = chapter(page, "schedule").select("section.gh-day")
    assert [words(day.select_one("h3")).removesuffix("#") for day in days] == [
        "Tuesday, 22 September 2026: Version control",
        "Wednesday, 23 September 2026",
        "Thursday, 24 September 2026",
    ]
    assert [day["id"] for day in days] == ["schedule-day-1", "schedule-day-2", "schedule-day-3"]
    assert words(days[0].select_one("caption")).startswith("22 September 2026, 09:00–15:00 (UTC+2)")
    heads = [words(each) for each in days[0].select("thead th")]
    assert heads == ["Time", "Main room", "Suomeksi Finnish, Room B, Stream"]
    assert rows(days[0]) == [
        ["09:00–09:15", "Connecting (social)"],
        [
            "09:15–10:30",
            "Branches and merges With Grace Hopper What everybody needs. Recording · Notes",
        ],
        ["10:30–10:45", "Break"],
        ["10:45–12:00", "Exercises Room: Room A"],
        ["13:00", "Talk 13:00–14:30", "The shell 13:00–13:30 · With Ada Lovelace"],
        ["13:45–14:30", "Apua (help optional)"],
        ["14:30–15:00", "Both Branches and merges, The shell"],
    ]
    assert [words(each) for each in days[1].select("thead th")] == ["Time", "Session"]


def test_what_is_for_all_tracks_spans_them_and_what_lasts_spans_rows(page: BeautifulSoup):
    table = page.select_one("#schedule-day-1 table")
    assert table
    spans = [(cell.get("colspan"), cell.get("rowspan")) for cell in table.select("tbody td")]
    assert spans == [
        *[("2", None)] * 4,
        (None, "2"),
        (None, None),
        (None, None),
        ("2", None),
    ]


def test_each_row_is_headed_by_its_time(page: BeautifulSoup):
    table = page.select_one("#schedule-day-1 table")
    assert table
    assert all(row.select("th[scope=row] time") for row in table.select("tbody tr"))
    times = table.select("tbody th time")
    assert times[0]["datetime"] == "2026-09-22T09:00+02:00"
    assert times[1]["datetime"] == "2026-09-22T09:15+02:00"


def test_titles_and_links_come_from_lessons_and_their_pages(page: BeautifulSoup):
    day = page.select_one("#schedule-day-1")
    assert day
    found = {words(link): link["href"] for link in day.select(".gh-session-title a")}
    assert found == {
        "Connecting": "../../lessons/shell/index.html",
        "Branches and merges": "../../lessons/git/branches.html",
        "Exercises": "../../lessons/git/index.html",
        "Talk": "https://talk.example/",
        "The shell": "../../lessons/shell/index.html",
    }


def test_recordings_and_notes_stand_beside_their_session(page: BeautifulSoup):
    [session] = [
        each
        for each in page.select("#schedule-day-1 .gh-session")
        if "Branches and merges With" in words(each)
    ]
    found = {words(link): link["href"] for link in session.select(".gh-session-links a")}
    assert found == {"Recording": "https://video.example/1", "Notes": "https://notes.example/1"}


def test_what_is_cancelled_says_so_in_words(page: BeautifulSoup):
    assert rows(page.select_one("#schedule-day-2"))[1] == [
        "09:15–10:30",
        "Testing (cancelled) What everybody needs.",
    ]
    day = page.select_one("#schedule-day-3")
    assert day
    assert words(day.select_one("p")) == "This day is cancelled."
    assert day.select(".gh-session[data-cancelled]")


def test_texts_of_records_are_shown_as_they_are(page: BeautifulSoup):
    assert rows(page.select_one("#schedule-day-2"))[3] == ["10:45–12:00", "Free <b> time"]
    assert not page.select("#schedule-day-2 b")


def test_a_change_of_clocks_inside_the_workshop_is_said_on_each_day(portal: Portal):
    portal.write(
        {
            AUTUMN: (
                "kind: workshop\ntitle: Clocks\ntimezone: Europe/Stockholm\n"
                "start: 2026-10-24\nend: 2026-10-25\nschedule:\n  days:\n"
                "    - date: 2026-10-24\n"
                '      sessions: [{start: "10:00", end: "11:00", title: A}]\n'
                "    - date: 2026-10-25\n      sessions:\n"
                '        - {start: "02:00", end: "04:00", title: B}\n'
                '        - {start: "10:00", end: "11:00", title: C}\n'
            )
        }
    )
    page = portal.build(**DAY).page(PAGE)
    assert "Central European Summer Time, UTC+2" in words(page.select_one(".gh-zone-note"))
    captions = [words(each) for each in page.select(".gh-schedule caption")]
    assert captions[0].startswith("24 October 2026, 10:00–11:00 (UTC+2)")
    assert captions[1].startswith("25 October 2026, 02:00–11:00 (UTC+2, UTC+1)")
    assert [row[0] for row in rows(page.select_one("#schedule-day-2"))] == [
        "02:00–04:00 (UTC+2)",
        "10:00–11:00 (UTC+1)",
    ]


# --- Preparation and lessons ---


def test_lessons_say_what_to_know_before_but_not_what_is_taught_here(page: BeautifulSoup):
    before = chapter(page, "preparation")
    assert [words(each) for each in before.select(".gh-asked > li")] == [
        "Editors for Version control, The shell To write with.",
        "A laptop. (for Version control)",
    ]


def test_what_a_workshop_teaches_itself_is_not_asked_for(portal: Portal):
    portal.change(
        "lessons/editors/lesson.yml",
        "url:",
        "prerequisites:\n  - {lesson: basics, alternatives: [git], text: Or so.}\nurl:",
    )
    portal.write({"lessons/basics/lesson.yml": "kind: lesson\ntitle: Basics\nsummary: S.\n"})
    portal.change(AUTUMN, "  - {lesson: shell}", "  - {lesson: shell}\n  - {lesson: editors}")
    before = chapter(portal.build(**DAY).page(PAGE), "preparation")
    assert [words(each) for each in before.select(".gh-asked > li")] == [
        "A laptop. (for Version control)",
    ]
    portal.change("lessons/editors/lesson.yml", ", alternatives: [git]", "")
    before = chapter(portal.build(**DAY).page(PAGE), "preparation")
    assert words(before.select_one(".gh-asked > li")) == "Basics for Editors Or so."


def test_pages_on_installation_are_found_in_the_lessons(page: BeautifulSoup):
    [link] = chapter(page, "preparation").select("ul:not(.gh-asked) a[href*='setup']")
    assert words(link) == "Install Git"


def test_versions_that_are_taught_lead_to_the_repository(page: BeautifulSoup):
    lessons = chapter(page, "lessons")
    assert rows(lessons) == [["Version control", "v2.1"], ["The shell", ""]]
    assert lessons.select("a[href='https://github.com/org/git-lesson/tree/v2.1']")


# --- People and partners ---


def test_people_stand_by_their_roles_those_of_sessions_too(page: BeautifulSoup):
    people = chapter(page, "people")
    assert words(fact(people, "Organiser")) == "Ada Lovelace"
    assert words(fact(people, "Team leader")) == "Grace Hopper"
    assert words(fact(people, "Instructor")) == "Grace Hopper, Ada Lovelace"
    assert people.select("a[href$='people/ada.html']")


def test_partners_are_acknowledged_for_what_is_known_and_those_of_the_project_as_such(
    page: BeautifulSoup,
):
    partners = chapter(page, "partners")
    assert words(partners).endswith(
        "This workshop is made possible by the work of these partners: "
        "University of the North, Finland: local classroom, Grace Hopper (Instructor and "
        "Team leader) It is also supported by: The fund "
        "This workshop is part of The phase. Our thanks go to all partners of the project: "
        "University of the North"
    )
    assert partners.select("a[href='../../partners/north.html']")


def test_local_classrooms_say_where_with_whom_and_for_how_many(page: BeautifulSoup):
    first, second = chapter(page, "classrooms").select(".gh-card")
    assert words(fact(first, "Where")) == "Library, Espoo, Finland"
    assert words(fact(first, "Hosted by")) == "University of the North"
    assert words(fact(first, "Host")) == "Ada Lovelace"
    assert seen(fact(first, "Registration")) == "Register, closes after 10 September 2026"
    assert words(fact(first, "Seats")) == "12"
    assert words(fact(second, "Hosted by")) == "A society"
    assert words(fact(second, "Language")) == "Swedish"


def test_the_planned_activity_is_named(page: BeautifulSoup):
    [link] = chapter(page, "fulfils").select("li a")
    assert words(link) == "Autumn events (2026)"


def test_who_withholds_consent_is_gone_and_comes_back_with_it(portal: Portal):
    portal.change("partners/people/grace.yml", "consent: given", "consent: withheld")
    assert "Grace" not in words(portal.build(**DAY).page(PAGE))
    portal.change("partners/people/grace.yml", "consent: withheld", "consent: given")
    assert words(fact(chapter(portal.build(**DAY).page(PAGE), "people"), "Team leader")) == (
        "Grace Hopper"
    )


# --- Afterwards ---


def test_once_it_is_over_numbers_and_recordings_come_first(over: BeautifulSoup):
    found = [each["id"] for each in over.select(".gh-workshop-chapter")]
    assert found == ["workshop-numbers", "workshop-materials"]


def test_numbers_add_up_and_say_what_is_not_known(over: BeautifulSoup):
    numbers = chapter(over, "numbers")
    assert words(fact(numbers, "Registered")) == "100"
    countries, stages = numbers.select("table")
    assert rows(countries) == [
        ["Norway", "60"],
        ["Sweden", "30"],
        ["Other countries", "2"],
        ["Not known", "8"],
        ["All", "100"],
    ]
    assert rows(stages) == [
        ["PhD student", "70"],
        ["Postdoc", "3"],
        ["Not known", "27"],
        ["All", "100"],
    ]
    assert words(fact(numbers, "Peak viewers, Twitch")) == "20–45"
    assert words(fact(numbers, "Feedback")) == "What people said"


def test_small_numbers_are_shown_together_where_the_portal_asks_for_it(portal: Portal):
    portal.change("conf/portal.yml", "title: Small\n", "title: Small\nsuppress_below: 5\n")
    numbers = chapter(portal.build(**DAY).page("workshops/spring.html"), "numbers")
    tables = numbers.select("table")
    shown = [cell for table in tables for row in rows(table) for cell in row]
    assert "2" not in shown
    assert "3" not in shown
    assert "Postdoc" not in shown
    assert "Numbers below 5 are combined with others." in words(numbers)


def test_recordings_and_notes_can_be_found_afterwards(over: BeautifulSoup):
    materials = chapter(over, "materials")
    assert [words(each) for each in fact(materials, "Recordings").select("a")] == [
        "Recording 1",
        "Recording 2",
    ]
    assert words(fact(materials, "Collaborative notes")) == "Notes of all days"


def test_recordings_of_sessions_are_pointed_to(page: BeautifulSoup):
    materials = chapter(page, "materials")
    assert fact(materials, "Recordings").select("a[href='#workshop-schedule']")
    assert words(fact(materials, "Material")) == "Slides"
    assert fact(materials, "DOI").select("a[href='https://doi.org/10.5281/zenodo.1234']")


# --- More pages ---


def test_further_pages_of_the_folder_are_listed_and_part_of_the_navigation(page: BeautifulSoup):
    more = [words(each) for each in chapter(page, "pages").select("li a")]
    assert more == ["The room", "How to get there"]
    assert {"The room", "How to get there"} <= {
        words(each) for each in page.select(".gh-sidebar a")
    }


def test_a_new_page_is_listed_in_the_next_build(portal: Portal):
    portal.build(**DAY)
    portal.write({"workshops/autumn/party.md": "# The party\n\nOn Tuesday.\n"})
    again = portal.build(**DAY)
    assert again.warnings == ""
    more = [words(each) for each in chapter(again.page(PAGE), "pages").select("li a")]
    assert more == ["The party", "The room", "How to get there"]


# --- Builds ---


def test_a_page_is_read_again_when_its_state_changes_and_not_before(portal: Portal):
    portal.build(GUILDHALL_TODAY="2026-09-01")
    pages = {"workshops/autumn/index", "workshops/spring"}
    assert not portal.build(GUILDHALL_TODAY="2026-09-02").read & pages
    # Registration at the first classroom is over.
    again = portal.build(GUILDHALL_TODAY="2026-09-11")
    assert again.read & pages == {"workshops/autumn/index"}
    again = portal.build(GUILDHALL_TODAY="2026-09-16")
    assert again.read & pages == {"workshops/autumn/index"}


def test_a_page_is_read_again_when_what_it_teaches_is_renamed(portal: Portal):
    portal.build(**DAY)
    portal.change("lessons/git/branches.md", "# Branches and merges", "# Branching")
    again = portal.build(**DAY)
    assert rows(again.page(PAGE).select_one("#schedule-day-1"))[1][1].startswith("Branching With")


def test_the_same_portal_gives_the_same_page(portal: Portal):
    first = (portal.build(**DAY).folder / PAGE).read_bytes()
    second = (portal.build("-j", "2", out="parallel", **DAY).folder / PAGE).read_bytes()
    assert first == second


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "latex", "man", "texinfo", "xml", "gettext"]
)
def test_every_builder_makes_something_of_it(portal: Portal, builder: str):
    built = portal.build(builder=builder, out=builder, **DAY)
    assert built.code == 0
    assert built.warnings == ""


def test_text_says_all_that_holds_and_nothing_else(portal: Portal):
    built = portal.build(builder="text", out="text", **DAY)
    text = (built.folder / "workshops/autumn/index.txt").read_text(encoding="utf-8")
    assert "Full workshop (registration open)" in text
    assert "running" not in text
    assert "Register, closes on 15 September 2026, 12:00" in " ".join(text.split())
    assert "Testing (cancelled)" in text
