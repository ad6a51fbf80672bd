"""What parts of records and settings refuse: each says one thing, and what it says can be."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from guildhall.model.records.kinds.activity import Activity
from guildhall.model.records.kinds.lesson import Contributor, LinkRole, Prerequisite
from guildhall.model.records.kinds.person import Affiliation
from guildhall.model.records.kinds.project import Note
from guildhall.model.settings.external import Allowed, ExternalLinks

ALLOWED = {"address": "https://example.org/*", "reason": "It is slow."}


@pytest.mark.parametrize(
    ("model", "stated", "message"),
    [
        (Affiliation, {}, "expected one of `partner` and `name`"),
        (Affiliation, {"partner": "a", "name": "A"}, "expected one of `partner` and `name`"),
        (
            Affiliation,
            {"name": "A", "start": "2025-02-02", "end": "2025-02-01"},
            "expected an end on or after the start, 2025-02-02",
        ),
        (Prerequisite, {}, "expected a `lesson`, a `text` or both"),
        (
            Prerequisite,
            {"text": "T", "alternatives": ["git"]},
            "expected a `lesson` that the `alternatives` stand for",
        ),
        (Contributor, {}, "expected one of `person`, `name`, `family_names`"),
        (
            Contributor,
            {"name": "A", "person": "a"},
            "expected one of `person`, `name`, `family_names`",
        ),
        (
            LinkRole,
            {"address": "https://example.org/%s", "caption": "issue"},
            "expected `%s` once in the `caption`",
        ),
        (Allowed, ALLOWED | {"answers": ["tmeout"]}, "did you mean `timeout`?"),
        (
            Allowed,
            ALLOWED | {"answers": ["99"]},
            "expected a status code or one of `anchor`, `dns`",
        ),
        (ExternalLinks, {"connections": "0"}, "expected a whole number from 1"),
        (ExternalLinks, {"connections": "some"}, "expected a whole number from 1"),
        (Note, {"text": " \n"}, "expected a text that is not empty"),
        (Note, {"text": "a\tb"}, "expected text without tabs and control characters"),
    ],
)
def test_a_part_says_one_thing_that_can_be(
    model: type[BaseModel], stated: dict[str, Any], message: str
):
    with pytest.raises(ValidationError, match=re.escape(message)):
        model.model_validate(stated)


def test_what_can_be_is_taken():
    day = {"name": "A", "start": "2025-02-02", "end": "2025-02-02"}
    assert Affiliation.model_validate(day).partner is None
    assert Prerequisite.model_validate({"lesson": "git", "alternatives": ["hg"]}).lessons == (
        "git",
        "hg",
    )
    assert Prerequisite.model_validate({"text": "Patience."}).lessons == ()
    assert Contributor.model_validate({"family_names": "Berg"}).roles == ("author",)
    assert LinkRole.model_validate({"address": "https://example.org/%s", "caption": "#%s"})
    taken = Allowed.model_validate(ALLOWED | {"answers": ["403", "timeout"]})
    assert taken.answers == ("403", "timeout")
    assert ExternalLinks.model_validate({"connections": "1"}).connections == 1
    plan = {"kind": "activity", "project": "p", "title": "Git", "year": "2026", "type": "course"}
    assert Activity.model_validate(plan).label == "Git (2026)"
