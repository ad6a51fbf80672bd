"""Atom feeds: well-formed by RFC 4287, and as new as what they tell of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.history import Change
from guildhall.core.yaml_source import SourceMap
from guildhall.model.base.validate import validate
from guildhall.model.records.kinds.workshop import Workshop
from guildhall.network.feeds import MOST, Feed, FeedEntry, newest, tag, to_atom
from guildhall.network.workshops.publishing import told_at

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://example.org/net"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def entry(name: str = "workshop/spring", updated: datetime = NOON, **about: object) -> FeedEntry:
    stated = {"title": "Spring", "link": "../workshops/spring.html", "updated": updated, **about}
    return FeedEntry(name=name, **stated)  # type: ignore[arg-type]


def feed(*entries: FeedEntry, title: str = "Net") -> Feed:
    return Feed(
        name="feeds/workshops",
        title=title,
        author="The network",
        language="en",
        entries=entries,
        own="workshops.atom",
        page="../index.html",
    )


def parsed(*entries: FeedEntry, title: str = "Net", base: str | None = BASE) -> ElementTree.Element:
    return ElementTree.fromstring(to_atom(feed(*entries, title=title), base))


def texts(root: ElementTree.Element, path: str) -> list[str | None]:
    found = root.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))
    return [each.text for each in found]


def test_a_feed_says_all_that_the_standard_asks_of_it():
    told = entry(
        published=NOON - timedelta(days=1),
        summary="About.",
        authors=("Ada",),
        categories=(("mooc", "Online course"), ("git", "Git")),
    )
    root = parsed(told)
    for name in ("id", "title", "updated"):
        assert len(texts(root, name)) == len(texts(root, f"entry/{name}")) == 1
    assert texts(root, "author/name") == ["The network"]
    assert texts(root, "entry/author/name") == ["Ada"]
    assert texts(root, "entry/summary") == ["About."]
    categories = [each.attrib for each in root.findall(f"{ATOM}entry/{ATOM}category")]
    assert categories == [
        {"term": "mooc", "label": "Online course"}, {"term": "git", "label": "Git"},
    ]  # fmt: skip
    assert texts(root, "entry/published") == ["2025-12-31T12:00:00Z"]
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert links == {"self": "workshops.atom", "alternate": "../index.html"}
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_feed_is_as_new_as_its_newest_entry():
    older, newer = entry("workshop/a"), entry("workshop/b", NOON + timedelta(days=1))
    root = parsed(older, newer)
    assert texts(root, "updated") == ["2026-01-02T12:00:00Z"]
    assert texts(root, "entry/updated") == ["2026-01-02T12:00:00Z", "2026-01-01T12:00:00Z"]


def test_moments_of_any_offset_are_in_utc():
    oslo = timezone(timedelta(hours=2))
    assert texts(parsed(entry(updated=NOON.astimezone(oslo))), "entry/updated") == [
        "2026-01-01T12:00:00Z"
    ]


def test_without_entries_no_moment_is_made_up():
    assert texts(parsed(), "updated") == ["1970-01-01T00:00:00Z"]


def test_an_id_stays_whatever_the_page_is_called():
    assert tag("workshop/spring", BASE) == "tag:example.org,2025:net/workshop/spring"
    assert tag("workshop/spring", "https://EXAMPLE.org:8000/") == (
        "tag:example.org,2025:workshop/spring"
    )
    assert tag("workshop/spring", None) == "tag:guildhall.invalid,2025:workshop/spring"
    one, other = (
        texts(parsed(entry(link=link)), "entry/id") for link in ("a.html", "b/index.html")
    )
    assert one == other


def test_of_many_entries_the_newest_are_told():
    many = [entry(f"workshop/{n:03}", NOON + timedelta(hours=n)) for n in range(MOST + 5)]
    assert [each.name for each in newest(many)] == [
        f"workshop/{n:03}" for n in range(MOST + 4, 4, -1)
    ]


SPRING = {
    "kind": "workshop",
    "title": "S",
    "timezone": "Europe/Oslo",
    "start": "2025-05-02",
    "end": "2025-05-03",
}
BEGUN, BEFORE = datetime(2025, 5, 2, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)
STATED = datetime(2025, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "stated", "expected"),
    [
        (None, {}, (BEGUN, None)),
        (Change(1, BEFORE, BEFORE), {}, (BEFORE, BEFORE)),
        (Change(2, BEFORE, NOON), {}, (NOON, BEFORE)),
        # The first commit came when all was over: the record was brought in.
        (Change(1, NOON, NOON), {}, (BEGUN, None)),
        (Change(2, NOON, NOON + timedelta(days=1)), {}, (NOON + timedelta(days=1), None)),
        (Change(1, NOON, NOON), {"changed": "2025-07-01T14:00"}, (STATED, None)),
    ],
)
def test_a_workshop_is_as_new_as_its_own_change(
    change: Change | None, stated: dict[str, str], expected: tuple[datetime, datetime | None]
):
    workshop, faults = validate(Workshop, {**SPRING, **stated}, SourceMap(Path("spring.yml")))
    assert workshop is not None
    assert faults == []
    assert told_at(workshop, change) == expected


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_any_text_of_a_record_comes_through_as_it_is(text: str):
    root = parsed(entry(title=text, summary=f"{text}."), title=text)
    assert texts(root, "title") == texts(root, "entry/title") == [text or None]
    assert texts(root, "entry/summary") == [f"{text}."]


@given(st.permutations([entry(f"workshop/{name}") for name in "abcd"]))
def test_the_order_of_records_changes_no_byte(entries: list[FeedEntry]):
    assert to_atom(feed(*entries), BASE) == to_atom(feed(*sorted(entries, key=str)), BASE)
