"""Workshops and people as linked data, by the fields that schema.org and Bioschemas ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guildhall.model.portal import Portal
from guildhall.model.records.kinds import Person, Workshop
from guildhall.model.records.registry import Registry, load_registry
from guildhall.model.settings.portal import Settings
from guildhall.model.shown import Shown
from guildhall.network.workshops.jsonld import COURSE, INSTANCE, data_of, person_data, workshop_data
from guildhall.network.workshops.publishing import Published

from ..portals import person

CONFORMS = "http://purl.org/dc/terms/conformsTo"
SCHEMA = "https://schema.org/"
# What the profiles, versions 1.0, call minimum and recommended and a record can say.
INSTANCE_FIELDS = {
    *("courseMode", "location"),
    *("startDate", "endDate", "inLanguage", "instructor", "offers", "url"),
}
COURSE_FIELDS = {"name", "description", "keywords", "hasCourseInstance", "provider", "url"}

SPRING = """kind: workshop
title: Spring
summary: How to use {lesson}`git`.
type: full-workshop
format: hybrid
languages: [en, nb]
timezone: Europe/Stockholm
start: 2026-03-27
end: 2026-03-30
places: [{name: Aula, city: Oslo, country: NO, latitude: 59.9, longitude: 10.7}]
stream: https://stream.example/live
partners: [one]
supporters: [{text: A fund, url: "https://fund.example/"}]
people:
  instructor: [ada]
  expert-helper: [grace]
  organiser: [grace]
registration:
  url: https://sign.example/
  opens: 2026-01-01
  closes: 2026-03-20T12:00
  price: 40
  currency: EUR
  seats: 30
lessons: [{lesson: git, version: v2}]
schedule:
  days:
    - date: 2026-03-27
      sessions:
        - {start: 09:00, end: 10:00, title: Welcome, room: Aula}
        - {minutes: 30, type: break}
        - {minutes: 60, lessons: [git], recordings: ["https://video.example/1"]}
    - date: 2026-03-30
      sessions:
        - {start: 09:00, end: 12:00, lessons: [git], instructors: [grace]}
"""
FILES = {
    "people/ada.yml": person(
        "Ada Lovelace",
        "Lovelace, Ada",
        "orcid: 0000-0002-1825-0097",
        "email: ada@example.org",
        "languages: [en]",
        "affiliations:",
        "  - one",
        "  - {name: Elsewhere, end: 2020-01-01}",
        "links: [{url: 'https://ada.example/'}, {url: 'https://old.example/', historic: true}]",
        "about: Likes *numbers*.",
    ),
    "people/grace.yml": person("Grace", "Grace"),
    "partners/one.yml": (
        "kind: partner\nname: One University\nshort_name: One\ncountry: NO\ncontact: ada\n"
        "description: One.\nparticipation: []\nror: https://ror.org/05xg72x27\n"
        "homepage: https://one.example/\n"
    ),
    "lessons/git/lesson.yml": (
        "kind: lesson\ntitle: Git, gently\nsummary: Git.\ntopics: [git]\noutcomes: [To branch]\n"
    ),
}
SETTINGS = Settings(
    title="Net",
    base_url="https://example.org",
    sources=("people", "workshops", "lessons", "partners"),
)
Describe = Callable[..., Any]


def published(registry: Registry, settings: Settings) -> Published:
    base = settings.base_url
    return Published(
        settings,
        Shown(Portal(settings, registry)),
        lambda docname: f"{base}/{docname}.html" if base else None,
        lambda workshop: None,
        lambda workshop: "Full workshop",
        lambda roles: " and ".join(roles),
    )


@pytest.fixture
def portal(tmp_path: Path) -> Callable[..., tuple[Registry, Published]]:
    """Loads the portal above, its workshop being another where one is given."""

    def loaded(spring: str = SPRING, **stated: Any) -> tuple[Registry, Published]:
        for name, text in {**FILES, "workshops/spring.yml": spring}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        settings = SETTINGS.model_copy(update=stated)
        registry = load_registry(tmp_path, settings)
        assert registry.faults == ()
        return registry, published(registry, settings)

    return loaded


@pytest.fixture
def describe(portal: Callable[..., tuple[Registry, Published]]) -> Describe:
    """The event, and the course where there is one."""

    def described(*arguments: str, **stated: Any) -> tuple[Any, Any]:
        registry, published_ = portal(*arguments, **stated)
        workshop = registry.get(Workshop, "spring")
        assert workshop is not None
        data = workshop_data(workshop, published_)
        assert data["@context"] == SCHEMA
        return tuple(data["@graph"]) if "@graph" in data else (data, None)

    return described


def short(**more: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in more.items())
    stated = "kind: workshop\ntitle: T\ntimezone: Europe/Oslo\nstart: 2026-03-01\nend: 2026-03-02\n"
    return stated + lines


def test_a_workshop_keeps_the_profiles_of_course_and_instance(describe: Describe):
    event, course = describe()
    assert set(event) >= INSTANCE_FIELDS
    assert set(course) >= COURSE_FIELDS
    assert event[CONFORMS] == {"@type": "CreativeWork", "@id": INSTANCE}
    assert course[CONFORMS] == {"@type": "CreativeWork", "@id": COURSE}
    assert event["@type"] == ["CourseInstance", "EducationEvent"]
    assert course["hasCourseInstance"] == [{"@id": event["@id"]}]
    assert event["@id"] == "https://example.org/workshops/spring.html#workshop"
    assert course["keywords"] == ["Full workshop", "git"]
    assert course["teaches"] == ["To branch"]


def test_times_have_the_offset_of_their_day(describe: Describe):
    event, _ = describe()
    assert event["startDate"] == "2026-03-27T09:00:00+01:00"
    # Summer time began on the 29th.
    assert event["endDate"] == "2026-03-30T12:00:00+02:00"
    assert event["courseWorkload"] == "PT5H"


def test_where_and_how_people_take_part(describe: Describe):
    event, _ = describe()
    assert event["eventAttendanceMode"] == f"{SCHEMA}MixedEventAttendanceMode"
    assert event["courseMode"] == ["blended", "synchronous"]
    assert event["inLanguage"] == ["en", "nb"]
    place, online = event["location"]
    assert place == {
        "@type": "Place",
        "name": "Aula",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Oslo",
            "addressCountry": "NO",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 59.9, "longitude": 10.7},
    }
    assert online == {"@type": "VirtualLocation", "url": "https://stream.example/live"}


def test_who_makes_it(describe: Describe):
    event, _ = describe()
    ada, grace = event["instructor"]
    assert ada == {
        "@type": "Person",
        "@id": "https://orcid.org/0000-0002-1825-0097",
        "name": "Ada Lovelace",
        "url": "https://example.org/people/ada.html",
    }
    assert grace["name"] == "Grace"
    assert event["contributor"] == [grace]
    one = {
        "@type": "Organization",
        "@id": "https://ror.org/05xg72x27",
        "name": "One University",
        "url": "https://one.example/",
    }
    assert event["organizer"] == [one, grace]
    fund = {"@type": "Organization", "name": "A fund", "url": "https://fund.example/"}
    assert event["funder"] == [one, fund]


def test_how_to_sign_up(describe: Describe):
    event, _ = describe()
    assert event["offers"] == {
        "@type": "Offer",
        "url": "https://sign.example/",
        "price": "40",
        "priceCurrency": "EUR",
        "availability": f"{SCHEMA}InStock",
        "validFrom": "2026-01-01",
        "validThrough": "2026-03-20T12:00:00+01:00",
    }
    assert event["maximumAttendeeCapacity"] == 30
    assert event["isAccessibleForFree"] is False


def test_a_full_workshop_is_sold_out_unless_there_is_a_waiting_list(describe: Describe):
    full, _ = describe(f"{SPRING}status: full\n")
    assert full["offers"]["availability"] == f"{SCHEMA}SoldOut"
    waiting, _ = describe(
        f"{SPRING}status: full\n".replace("seats: 30", "seats: 30\n  waiting_list: true")
    )
    assert waiting["offers"]["availability"] == f"{SCHEMA}InStock"


def test_each_session_but_breaks_is_a_part(describe: Describe):
    event, _ = describe()
    welcome, git, _ = event["subEvent"]
    assert welcome["location"] == {"@type": "Place", "name": "Aula"}
    assert git == {
        "@type": "Event",
        "name": "Git, gently",
        "startDate": "2026-03-27T10:30:00+01:00",
        "endDate": "2026-03-27T11:30:00+01:00",
        "eventStatus": f"{SCHEMA}EventScheduled",
        "recordedIn": [{"@type": "VideoObject", "url": "https://video.example/1"}],
        "workFeatured": event["workFeatured"],
    }
    assert event["workFeatured"] == [
        {
            "@type": "LearningResource",
            "name": "Git, gently",
            "url": "https://example.org/lessons/git/index.html",
            "version": "v2",
        }
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("cancelled", "EventCancelled"), ("postponed", "EventPostponed"), ("full", "EventScheduled")],
)
def test_the_status_is_told_of_the_whole_and_its_parts(
    describe: Describe, status: str, expected: str
):
    event, _ = describe(f"{SPRING}status: {status}\n")
    assert {event["eventStatus"], *(each["eventStatus"] for each in event["subEvent"])} == {
        f"{SCHEMA}{expected}"
    }
    assert ("offers" in event) is (status != "cancelled")


def test_parts_of_a_cancelled_day_are_cancelled(describe: Describe):
    event, _ = describe(
        SPRING.replace("date: 2026-03-30", "date: 2026-03-30\n      cancelled: true")
    )
    assert [each["eventStatus"].removeprefix(SCHEMA) for each in event["subEvent"]] == [
        "EventScheduled",
        "EventScheduled",
        "EventCancelled",
    ]


def test_a_meeting_is_an_event_and_no_course(describe: Describe):
    event, course = describe(short(type="meeting", format="online"))
    assert course is None
    assert event["@type"] == "Event"
    assert CONFORMS not in event
    assert (event["startDate"], event["endDate"]) == ("2026-03-01", "2026-03-02")


def test_one_place_is_told_as_one(describe: Describe):
    event, _ = describe(short(places="[{name: Aula}]"))
    assert event["location"] == {"@type": "Place", "name": "Aula"}
    assert event["courseMode"] == ["onsite", "synchronous"]


def test_what_cannot_keep_the_profile_does_not_claim_it(describe: Describe):
    event, course = describe(short(type="full-workshop"))
    assert course is None
    assert CONFORMS not in event
    assert "location" not in event


def test_open_dates_are_told_as_months(describe: Describe):
    event, _ = describe(short(dates_are_open="true"))
    assert (event["startDate"], event["endDate"]) == ("2026-03", "2026-03")


def test_without_an_address_ids_are_those_of_the_page_itself(describe: Describe):
    event, course = describe(base_url=None)
    assert (event["@id"], course["@id"]) == ("#workshop", "#course")
    assert "url" not in event
    assert course["provider"] == event["organizer"][:1]


def test_a_person_is_described(portal: Callable[..., tuple[Registry, Published]]):
    registry, published_ = portal()
    ada = registry.get(Person, "ada")
    assert ada is not None
    assert person_data(ada, published_) == {
        "@context": SCHEMA,
        "@type": "Person",
        "@id": "https://orcid.org/0000-0002-1825-0097",
        "identifier": "https://orcid.org/0000-0002-1825-0097",
        "name": "Ada Lovelace",
        "familyName": "Lovelace",
        "givenName": "Ada",
        "url": "https://example.org/people/ada.html",
        "mainEntityOfPage": "https://example.org/people/ada.html",
        "description": "Likes numbers.",
        "email": "ada@example.org",
        "knowsLanguage": ["en"],
        "sameAs": ["https://ada.example/"],
        "affiliation": [
            {
                "@type": "Organization",
                "@id": "https://ror.org/05xg72x27",
                "name": "One University",
                "url": "https://one.example/",
            }
        ],
    }


def test_an_address_that_the_settings_hide_is_in_no_data(
    portal: Callable[..., tuple[Registry, Published]],
):
    registry, published_ = portal(show_email=False)
    ada = registry.get(Person, "ada")
    assert ada is not None
    assert "email" not in person_data(ada, published_)


def test_other_records_are_described_elsewhere(
    portal: Callable[..., tuple[Registry, Published]],
):
    registry, published_ = portal()
    assert data_of(registry.find("lesson", "git"), published_) is None
    assert data_of(None, published_) is None
