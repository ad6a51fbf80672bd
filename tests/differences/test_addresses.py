"""Which addresses of the site a change takes away."""

from __future__ import annotations

import pytest

from guildhall.check.differences.addresses import GoneAddress

from ..portals import person
from ..workshops.portals import lesson, workshop
from .conftest import Make
from .repositories import Repository

FILES = {
    "conf/portal.yml": "title: Pages\n",
    "index.md": "# Pages\n",
    "workshops/index.md": "# Workshops\n",
    "workshops/one.yml": workshop(),
    "lessons/git/lesson.yml": lesson("Git"),
    "lessons/git/index.md": "# Git\n\n```{toctree}\nbranches\n```\n",
    "lessons/git/branches.md": "# Branches\n\nA text that is long enough to be known again.\n",
    "partners/people/ada.yml": person("Ada Berg", "Berg, Ada"),
    "partners/_draft.md": "# Nothing that is published\n",
}


@pytest.fixture
def portal(make: Make) -> Repository:
    return make(FILES, only=True)


def test_a_page_that_is_removed(portal: Repository):
    (portal.root / "workshops/index.md").unlink()
    (portal.root / "partners/_draft.md").unlink()
    addresses = portal.compare().addresses
    assert addresses.gone == (GoneAddress("workshops/index.html", "workshops/index.md"),)
    assert addresses.new == ()


def test_a_page_under_another_name_leaves_its_address_behind(portal: Repository):
    page = portal.root / "lessons/git/branches.md"
    page.rename(page.with_name("branching.md"))
    portal.commit()
    addresses = portal.compare("HEAD~1").addresses
    assert addresses.gone == (
        GoneAddress(
            "lessons/git/branches.html", "lessons/git/branches.md", "lessons/git/branching.html"
        ),
    )
    assert addresses.new == ("lessons/git/branching.html",)


def test_a_workshop_under_another_name_leaves_its_calendar_behind_too(portal: Repository):
    record = portal.root / "workshops/one.yml"
    record.rename(record.with_name("two.yml"))
    gone = [(each.address, each.moved_to) for each in portal.compare().addresses.gone]
    assert gone == [
        ("workshops/one.html", "workshops/two.html"),
        ("workshops/one.ics", "workshops/two.ics"),
    ]


def test_the_last_workshop_of_a_sort_takes_its_calendar_along(portal: Repository):
    (portal.root / "workshops/one.yml").unlink()
    gone = {each.address for each in portal.compare().addresses.gone}
    assert {"calendars/all.ics", "calendars/type/full-workshop.ics", "workshops/one.html"} <= gone


def test_the_page_of_somebody_who_withholds_consent_vanishes(portal: Repository):
    portal.change("partners/people/ada.yml", "consent: given", "consent: withheld")
    assert [each.address for each in portal.compare().addresses.gone] == [
        "partners/people/ada.html"
    ]


def test_a_record_that_breaks_keeps_its_address(portal: Repository):
    portal.change("workshops/one.yml", "title:", "titel:")
    assert "workshops/one.html" not in {each.address for each in portal.compare().addresses.gone}
