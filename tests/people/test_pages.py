"""Pages of people and partners, lists of contributors, and certificates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup, Tag

from ..portals import Build, Portal, person
from ..workshops.icalendars import events_of, read
from .files import FILES, PICTURE, workshop

ADA = "partners/people/ada.html"
ORCID = "0000-0001-5109-3700"
CERTIFICATE = "partners/people/ada/certificate.html"


def text_of(found: Tag | BeautifulSoup | None) -> str:
    assert found is not None
    parts = (each for each in found.strings if "headerlink" not in each.parent.get("class", ()))
    return " ".join("".join(parts).split())


def texts(found: Iterable[Tag]) -> list[str]:
    return [text_of(each) for each in found]


def rows(table: Tag | None) -> list[list[str]]:
    assert table is not None
    return [texts(row.select("td, th")) for row in table.select("tbody tr")]


def facts(found: Tag | BeautifulSoup | None, at: int = 0) -> dict[str, str]:
    assert found is not None
    listed = found.select("dl.gh-facts")[at]
    return dict(zip(texts(listed.select("dt")), texts(listed.select("dd")), strict=True))


def test_the_head_of_a_page_says_who_the_person_is(site: Build):
    page = site.page(ADA)
    assert facts(page) == {
        "Affiliations": "The North University, since 2024 The mill, 2021–2023",
        "E-mail": "ada@example.org",
        "ORCID": "https://orcid.org/0000-0002-1825-0097",
        "Languages": "English and French",
        "Links": "Her page",
    }
    assert page.select_one('a[href="https://orcid.org/0000-0002-1825-0097"]')
    assert "Writes notes." in text_of(page.select_one("article"))


def test_a_former_name_is_shown_where_the_person_wishes_and_else_nowhere(portal: Portal):
    names = "former_names: [Ada Byron, {name: Ada King, shown: true}]\norcid:"
    portal.change("partners/people/ada.yml", "orcid:", names)
    portal.change("workshops/2025-spring.yml", "instructor: [ada", "instructor: [Ada Byron")
    built = portal.build()
    assert built.warnings == ""
    assert facts(built.page(ADA))["Former names"] == "Ada King"
    assert "Ada Lovelace" in text_of(built.page("workshops/2025-spring.html"))
    files = [each for each in built.folder.rglob("*") if each.is_file()]
    assert [each for each in files if b"Byron" in each.read_bytes()] == []


def test_e_mail_addresses_are_hidden_where_the_settings_say_so(portal: Portal):
    portal.change("conf/portal.yml", "project:", "show_email: false\nproject:")
    assert "E-mail" not in facts(portal.build().page(ADA))


def test_workshops_stand_once_with_roles_and_the_time_taught(site: Build):
    page = site.page(ADA)
    table = page.select_one("#person-workshops table")
    assert table is not None
    assert texts(table.select("thead th")) == ["Workshop", "Dates", "Roles", "Length", "Taught"]
    assert rows(table) == [
        ["Spring 2025", "20–21 May 2025", "Instructor", "", ""],
        ["Spring 2024", "12–13 March 2024", "Co-instructor", "2 h 30 min", "1 h 30 min"],
        ["Spring 2023", "14–16 March 2023", "Helper", "18 h", ""],
        ["Total taught", "", "", "", "1 h 30 min"],
    ]
    assert [each["href"] for each in table.select("tbody a")] == [
        "../../workshops/2025-spring.html",
        "../../workshops/2024-spring.html",
        "../../workshops/2023-spring.html",
    ]
    assert text_of(page.select_one("article")).count("Spring 2024") == 1


def test_workshops_to_come_stand_apart_and_cancelled_ones_nowhere(site: Build):
    page = site.seen(ADA)
    assert texts(page.select("#person-coming > ul > li > p")) == [
        "Autumn 2025, 16–18 September 2025: Instructor, Helper, and Organiser announced"
    ]
    assert "Called off" not in text_of(page.select_one("article"))


def test_a_workshop_to_come_has_the_sessions_in_which_the_person_does_something(site: Build):
    page = site.seen(ADA)
    assert texts(page.select("#person-coming .gh-zone-note")) == [
        "All times are local to Oslo (Europe/Oslo; Central European Summer Time, UTC+2)."
    ]
    sessions = page.select("#person-coming .gh-agenda li")
    # What is cancelled, alone or with its day, is no part of it.
    assert texts(sessions) == [
        "Tuesday, 16 September 2025, 09:00–10:00 (UTC+2): Git · Room: Aula · Instructor",
        (
            "Tuesday, 16 September 2025, 11:00–12:00 (UTC+2): "
            "Help · Blue group · Room: Room 2 · Helper"
        ),
        "Thursday, 18 September 2025, 10:00–10:30 (UTC+2): End · Instructor",
    ]
    assert [each["data-until"] for each in page.select("#person-coming .gh-agenda .gh-dated")] == [
        "2025-09-16T10:00+02:00",
        "2025-09-16T12:00+02:00",
        "2025-09-18T10:30+02:00",
    ]
    link = sessions[0].select_one("a")
    assert link is not None
    assert link["href"] == "../../lessons/git/index.html"
    others = site.seen("partners/people/zoe.html")
    assert len(others.select("#person-coming .gh-agenda li")) == 1


def test_people_who_do_something_to_come_have_a_calendar_of_it(site: Build):
    files = {each.name for each in (site.folder / "calendars/people").iterdir()}
    assert files == {"ada.ics", "zoe.ics"}
    links = site.page(ADA).select(".gh-person-calendar a")
    assert [(each.get_text(), each["href"]) for each in links] == [
        ("Add to calendar", "../../calendars/people/ada.ics"),
        ("Subscribe", "webcal://guild.github.io/portal/calendars/people/ada.ics"),
    ]
    assert site.page("partners/people/bjorn.html").select(".gh-person-calendar") == []
    calendar = read((site.folder / "calendars/people/ada.ics").read_bytes())
    assert str(calendar["NAME"]) == "Guild: Ada Lovelace"
    assert str(calendar["URL"]) == f"https://guild.github.io/portal/{ADA}"
    events = events_of(calendar)
    assert [
        (str(each["UID"]).partition("@")[0], str(each["SUMMARY"]), str(each["STATUS"]))
        for each in events
    ] == [
        ("2024-spring.day-1.session.1.ada", "Spring 2024: A", "CONFIRMED"),
        ("2025-autumn.day-1.session.1.ada", "Autumn 2025: Git", "CONFIRMED"),
        ("2025-autumn.day-1.session.2.ada", "Cancelled: Autumn 2025: Off", "CANCELLED"),
        ("2025-autumn.day-1.session.3.ada", "Autumn 2025: Help", "CONFIRMED"),
        ("2025-autumn.day-2.session.1.ada", "Cancelled: Autumn 2025: Lost", "CANCELLED"),
        ("2025-autumn.day-3.slot.first.ada", "Autumn 2025: End", "CONFIRMED"),
    ]
    assert [str(each["TRANSP"]) for each in events[:3]] == ["OPAQUE", "OPAQUE", "TRANSPARENT"]
    help_event = events[3]
    assert help_event.decoded("DTSTART") == datetime(
        2025, 9, 16, 11, tzinfo=ZoneInfo("Europe/Oslo")
    )
    assert help_event["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert str(help_event["LOCATION"]) == "Room 2"
    address = "https://guild.github.io/portal/workshops/2025-autumn.html"
    assert str(help_event["URL"]) == address
    assert str(help_event["DESCRIPTION"]) == f"Helper\nBlue group\n{address}"
    # Who co-teaches the workshop co-teaches its sessions.
    assert str(events[0]["DESCRIPTION"]).startswith("Co-instructor\n")


def test_what_is_over_leaves_the_page_and_at_last_the_calendar_goes(portal: Portal):
    portal.change("conf/portal.yml", "base_url: https://guild.github.io/portal/\n", "")
    built = portal.build(GUILDHALL_TODAY="2025-09-17")
    assert built.warnings == ""
    page = built.seen(ADA)
    assert texts(page.select("#person-coming .gh-agenda li")) == [
        "Thursday, 18 September 2025, 10:00–10:30 (UTC+2): End · Instructor"
    ]
    assert texts(page.select(".gh-person-calendar")) == ["Add to calendar"]
    assert built.seen("partners/people/zoe.html").select("#person-coming") == []
    assert (built.folder / "calendars/people/zoe.ics").is_file()
    text = portal.build(builder="text", out="text", GUILDHALL_TODAY="2025-09-17")
    written = (text.folder / "partners/people/ada.txt").read_text(encoding="utf-8")
    assert "18 September 2025, 10:00–10:30 (UTC+2): End · Instructor" in " ".join(written.split())
    assert "calendar" not in written
    # Moved within its day, a session is the same to calendars.
    portal.change("workshops/2025-autumn.yml", "'10:00', minutes: 30", "'13:00', minutes: 30")
    built = portal.build(GUILDHALL_TODAY="2025-09-17")
    assert "13:00–13:30" in text_of(built.seen(ADA).select_one("#person-coming .gh-agenda li"))
    last = events_of(read((built.folder / "calendars/people/ada.ics").read_bytes()))[-1]
    assert str(last["UID"]) == "2025-autumn.day-3.slot.first.ada@guildhall.invalid"
    built = portal.build(GUILDHALL_TODAY="2025-09-19")
    assert not list((built.folder / "calendars/people").iterdir())
    assert built.seen(ADA).select("#person-coming, .gh-person-calendar") == []


def test_lessons_and_offices_are_named_with_what_the_person_is(site: Build):
    page = site.page(ADA)
    assert texts(page.select("#person-lessons li")) == ["Git (Author and Maintainer)"]
    assert facts(page.select_one("#person-offices")) == {
        "Contact person of": "The North University",
        "Leader of": "The phase",
        "Author of": "The phase",
    }
    seat = site.page("partners/people/zoe.html").select_one("#person-offices")
    assert facts(seat) == {"Seat in the steering group for": "The North University (The phase)"}


def test_pages_of_records_have_no_pages_before_and_after(site: Build):
    for name in (ADA, "workshops/2024-spring.html", "partners/organisations/north.html"):
        assert site.page(name).select('[rel="prev"], [rel="next"], .gh-prev-next') == []


def test_what_is_said_is_not_said_again(site: Build):
    assert "Where this person appears" not in text_of(site.page(ADA))


def test_a_person_who_did_nothing_yet_has_a_page_that_says_so(portal: Portal):
    new = "kind: person\nname: New\nsort_name: New\nconsent: given\n"
    portal.write({"partners/people/new.yml": new})
    built = portal.build()
    article = built.page("partners/people/new.html").select_one("article")
    assert "Where this person appears No other record refers to it." in text_of(article)
    assert not (built.folder / "partners/people/new").exists()


@pytest.mark.parametrize("consent", ["given", "{state: given, photo: true}"])
def test_a_photo_is_shown_only_where_the_consent_covers_it(portal: Portal, consent: str):
    portal.change("partners/people/ada.yml", "consent: given", f"consent: {consent}")
    portal.change("partners/people/ada.yml", "about:", "photo: partners/people/ada.png\nabout:")
    (portal.root / "partners/people/ada.png").write_bytes(PICTURE)
    built = portal.build()
    shown = [(each["alt"], each["src"]) for each in built.page(ADA).select("article img")]
    expected = [("Photo of Ada Lovelace", "../../_images/ada.png")]
    assert shown == (expected if "true" in consent else [])
    assert (built.folder / "_images/ada.png").exists() == bool(shown)


def test_a_photo_outside_the_folders_of_pages_is_a_fault(portal: Portal):
    portal.change(
        "partners/people/ada.yml", "consent: given", "consent: {state: given, photo: true}"
    )
    portal.change("partners/people/ada.yml", "about:", "photo: conf/ada.png\nabout:")
    (portal.root / "conf/ada.png").write_bytes(PICTURE)
    built = portal.build()
    (warning,) = built.warnings.splitlines()
    assert warning.endswith(
        "partners/people/ada.yml:8:8: WARNING: `photo`: the link `/conf/ada.png` leads to a file "
        "outside the folders of pages; put it below `lessons`, `workshops` or `partners` "
        "[record.value]"
    )
    assert built.page(ADA).select("article img") == []


def test_pages_follow_when_people_move_or_get_a_namesake(portal: Portal):
    portal.build()
    zoe, spring = "partners/people/zoe", "workshops/2025-spring"
    portal.change(f"{zoe}.yml", "affiliations: [north]", "affiliations: [{name: A mill}]")
    moved = portal.build()
    assert spring in moved.read
    listed = moved.page(f"{spring}.html").select_one("#workshop-partners")
    assert "Zoé Zorn" not in text_of(listed)
    portal.write({f"{zoe}-too.yml": person("Zoé Zorn", "Zorn, Zoé")})
    met = portal.build()
    assert {spring, zoe} <= set(met.read)
    assert "Zoé Zorn (A mill)" in text_of(met.page(f"{spring}.html"))
    assert text_of(met.page(f"{zoe}.html").select_one("h1")) == "Zoé Zorn (A mill)"


def test_people_of_one_name_are_told_apart_wherever_they_are_listed(portal: Portal):
    twin = FILES["partners/people/zoe.yml"].replace("affiliations: [north]", f"orcid: {ORCID}")
    portal.write({"partners/people/zoe-too.yml": twin})
    portal.change("workshops/2025-spring.yml", "zoe]", "zoe, zoe-too]")
    portal.change("workshops/2023-spring.yml", "helper: [ada]", "helper: [ada, zoe-too]")
    portal.change("lessons/git/lesson.yml", "{person: bjorn", "{person: zoe-too")
    built = portal.build()
    assert built.warnings == ""
    for name in ("workshops/2025-spring", "partners/contributors", "partners/people/zoe-too"):
        listed = text_of(built.page(f"{name}.html").select_one("article"))
        assert f"Zoé Zorn ({ORCID})" in listed, name
    assert "Zoé Zorn (North)" in text_of(built.page("workshops/2025-spring.html"))
    assert f"Zoé Zorn ({ORCID})" in text_of(built.page("lessons/git/index.html"))
    certificate = built.page("partners/people/zoe-too/certificate.html")
    assert f"Zoé Zorn ({ORCID})" in text_of(certificate.select_one(".gh-certificate-name"))
    data = built.page("workshops/2025-spring.html").select_one('script[type*="ld+json"]')
    assert f'"Zoé Zorn ({ORCID})"' not in str(data)


def test_a_partner_has_its_people_now_and_before(site: Build):
    people = site.page("partners/organisations/north.html").select_one("#people")
    assert people is not None
    assert texts(people.select("li")) == [
        "Ada Lovelace, since 2024 Contact",
        "Zoé Zorn Seat in the steering group",
        "Bjørn Åsen, until 2023",
    ]
    assert texts(people.select(".rubric")) == ["Earlier"]


def test_a_partner_begins_with_its_facts_and_says_nothing_twice(site: Build):
    page = site.page("partners/organisations/north.html")
    assert facts(page) == {
        "Country": "Norway",
        "Contact": "Ada Lovelace (ada@example.org)",
        "Seat in the steering group": "yes, held by Zoé Zorn",
    }
    part = page.select_one("#role-in-the-phase")
    assert facts(part) == {"Groups involved": "G", "Involvement of the partner": "I"}
    assert "Where this partner appears" not in text_of(page.select_one("article"))


def test_a_partner_names_what_nothing_else_on_its_page_has(portal: Portal):
    portal.change("workshops/2025-autumn.yml", "schedule:", "partners: [north]\nschedule:")
    portal.change("lessons/git/lesson.yml", "level:", "partners: [north]\nlevel:")
    page = portal.build().page("partners/organisations/north.html")
    others = page.select_one("#where-this-partner-appears")
    assert facts(others) == {"Lesson": "Git", "Workshop": "Autumn 2025"}


def test_a_partner_has_the_workshops_that_it_carried_and_how(site: Build):
    page = site.page("partners/organisations/north.html")
    chapter = page.select_one("#workshops-that-north-contributed-to")
    assert chapter is not None
    assert text_of(chapter.select_one("h2")) == "Workshops that North contributed to"
    assert rows(chapter.select_one("table")) == [
        ["Spring 2025", "20–21 May 2025", "taught by Ada Lovelace, Zoé Zorn"],
        ["Spring 2024", "12–13 March 2024", "taught by Ada Lovelace; Zoé Zorn (Team leader)"],
        ["Spring 2023", "14–16 March 2023", "supported the workshop; taught by Bjørn Åsen"],
    ]


def test_lists_of_contributors_have_counts(site: Build):
    page = site.page("partners/contributors.html")
    assert texts(page.select(".gh-contributors")[0].select("li")) == [
        "Bjørn Åsen, Instructor; 3 workshops; 2023–2025",
        "Ada Lovelace, Instructor, Co-instructor, and Helper; 3 workshops; 2023–2025",
        "Zoé Zorn, Instructor and Team leader; 2 workshops; 2024–2025",
    ]
    assert texts(page.select(".rubric")) == [
        *("Instructor (3)", "Co-instructor (1)", "Helper (1)", "Team leader (1)"),
        *("2025 (3)", "2024 (3)", "2023 (2)"),
        *("Author (1)", "Maintainer (1)", "Reviewer (1)"),
    ]
    assert rows(page.select_one("table")) == [
        ["2023", "1", "0", "1", "Bjørn Åsen"],
        ["2024", "1", "1", "2", "Ada Lovelace"],
        ["2025", "1", "2", "3", "Zoé Zorn"],
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (":role: instuctor", "unknown role `instuctor`; did you mean `instructor`?"),
        (":of: lesson", "unknown value of `of` `lesson`; did you mean `lessons`?"),
        (":group-by: years", "unknown grouping `years`; did you mean `year`?"),
        (":year: 23", "`year`: found `23`, expected a year with four digits, such as `2025`"),
        (
            ":of: lessons\n:year: 2023",
            "lessons have no years; leave `year` out, and group by role",
        ),
    ],
)
def test_what_a_list_can_not_use_is_told(portal: Portal, options: str, message: str):
    portal.write({"partners/list.md": f"# List\n\n:::{{contributors}}\n{options}\n:::\n"})
    (warning,) = portal.build().warnings.splitlines()
    expected = f"partners/list.md:3: WARNING: `contributors`: {message} [record.directive]"
    assert warning.endswith(expected)


def test_a_certificate_states_what_was_done_and_who_says_so(site: Build):
    page = site.page(CERTIFICATE)
    box = page.select_one(".gh-certificate")
    assert box is not None
    assert texts(page.select("h1, h2")) == ["Certificate of contribution", "Lessons"]
    assert text_of(box).startswith("Guild certifies the contribution of Ada Lovelace")
    assert facts(box) == {
        "ORCID": "https://orcid.org/0000-0002-1825-0097",
        "Period": "14 March 2023 – 21 May 2025",
        "Roles": "Instructor, Co-instructor, and Helper",
    }
    table = box.select_one("table")
    assert table is not None
    assert texts(table.select("thead th")) == ["Workshop", "Dates", "Roles", "Length", "Taught"]
    assert rows(table) == [
        ["Spring 2025", "20–21 May 2025", "Instructor", "", ""],
        ["Spring 2024", "12–13 March 2024", "Co-instructor", "2 h 30 min", "1 h 30 min"],
        ["Spring 2023", "14–16 March 2023", "Helper", "18 h", ""],
        ["Total taught", "", "", "", "1 h 30 min"],
    ]
    assert texts(box.select("li")) == ["Git (Author and Maintainer)"]
    assert facts(box, at=-1) == {
        "Issued by": "Guild, The guild of teachers",
        "Verify at": "https://guild.github.io/portal/partners/people/ada/certificate.html",
    }
    assert texts(box.select(".gh-certificate-signed p")) == ["Date", "Name and signature"]


def test_a_certificate_leads_to_what_it_states_and_to_its_person(site: Build):
    page = site.page(CERTIFICATE)
    links = {text_of(each): each["href"] for each in page.select("article a")}
    assert links["Ada Lovelace"] == "../ada.html"
    assert links["Spring 2024"] == "../../../workshops/2024-spring.html"
    assert links["Git"] == "../../../lessons/git/index.html"
    (way,) = site.page(ADA).select(".gh-person-certificates a")
    assert (text_of(way), way["href"]) == ("Certificate of contribution", "ada/certificate.html")


def test_certificates_are_for_no_search(site: Build):
    robots = site.page(CERTIFICATE).select_one('meta[name="robots"]')
    assert robots is not None
    assert robots["content"] == "noindex"
    found = {
        path.relative_to(site.folder / "_search/text").as_posix()
        for path in (site.folder / "_search/text").rglob("*.json")
    }
    assert "partners/people/ada.json" in found
    assert [name for name in found if "certificate" in name] == []
    assert "certificate" not in (site.folder / "a-z.html").read_text(encoding="utf-8")


def test_what_is_not_over_is_not_certified(portal: Portal):
    on_the_last_day = portal.build(GUILDHALL_TODAY="2025-05-21")
    assert rows(on_the_last_day.page(CERTIFICATE).select_one("table"))[0][0] == "Spring 2024"
    the_day_after = portal.build(GUILDHALL_TODAY="2025-05-22")
    assert rows(the_day_after.page(CERTIFICATE).select_one("table"))[0][0] == "Spring 2025"
    assert "partners/people/ada" in the_day_after.read


def test_a_day_on_which_nothing_changes_reads_no_person_again(portal: Portal):
    portal.build(GUILDHALL_TODAY="2025-06-01")
    later = portal.build(GUILDHALL_TODAY="2025-06-02")
    assert not {each for each in later.read if each.startswith("partners/people/")}


def test_a_certificate_goes_when_there_is_nothing_left_to_certify(portal: Portal):
    assert (portal.build().folder / "partners/people/zoe/certificate.html").exists()
    portal.change("workshops/2024-spring.yml", ", team-leader: [zoe]", "")
    portal.change("workshops/2025-spring.yml", ", zoe", "")
    built = portal.build()
    assert not (built.folder / "partners/people/zoe/certificate.html").exists()
    assert built.page("partners/people/zoe.html").select(".gh-person-certificates") == []


def test_one_change_gives_the_same_site_as_a_fresh_build(portal: Portal, tmp_path: Path):
    portal.build()
    portal.change("workshops/2025-spring.yml", "[ada, bjorn, zoe]", "[zoe]")
    portal.write(
        {
            "workshops/2022.yml": workshop(
                "Spring 2024", "2022-01-10", "2022-01-11", "people: {host: [ada]}"
            )
        }
    )
    portal.change("partners/people/zoe.yml", "affiliations: [north]", "orcid: 0000-0001-5109-3700")
    after, fresh = portal.build(), portal.build(out="fresh")
    but = (".buildinfo", "objects.inv")
    changed, new = after.snapshot(*but), fresh.snapshot(*but)
    assert [name for name in new if changed.get(name) != new[name]] == []
    for page in ("partners/organisations/north.html", CERTIFICATE, ADA):
        listed = text_of(after.page(page).select_one("article"))
        assert "Spring 2024, March" in listed, page
    assert {name for name in changed if "certificate" in name} == {
        name for name in new if "certificate" in name
    }


@pytest.mark.parametrize(
    "builder", ["dirhtml", "singlehtml", "epub", "text", "latex", "man", "xml"]
)
def test_every_format_has_people_and_only_sites_have_certificates(portal: Portal, builder: str):
    built = portal.build(builder=builder)
    assert built.warnings == ""
    found = {path.relative_to(built.folder).as_posix() for path in built.folder.rglob("certif*")}
    expected = {f"partners/people/{who}/certificate" for who in ("ada", "bjorn", "zoe")}
    assert expected <= found if builder == "dirhtml" else not found
    if builder == "text":
        page = (built.folder / "partners/people/ada.txt").read_text(encoding="utf-8")
        assert "Certificate" not in page
        (row,) = (each for each in page.splitlines() if "Spring 2024" in each)
        assert "Co-instructor" in row
