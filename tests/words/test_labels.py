"""Words for kinds, fields and fixed values of records."""

from __future__ import annotations

import typing

import pytest

from guildhall.model.records.kinds import KINDS
from guildhall.model.records.kinds.activity import Activity, ActivityType, Format
from guildhall.model.records.kinds.budget_line import BudgetLine, LineType
from guildhall.sphinx_ext.rendering.labels import field_label, kind_label, value_label

FIELDS = sorted({name for kind in KINDS.values() for name in kind.model_fields})
CHOICES = [
    (Activity.KIND, "type", ActivityType),
    (Activity.KIND, "format", Format),
    (BudgetLine.KIND, "type", LineType),
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_label(kind: str):
    assert kind_label("en", kind) == kind.replace("-", " ").capitalize()
    assert kind_label("fi", kind) != kind_label("en", kind)


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_labelled_by_its_name(name: str):
    assert field_label("en", name) == name.replace("_", " ").capitalize()


@pytest.mark.parametrize(("language", "expected"), [("nb", "Kortnavn"), ("en", "Short name")])
def test_a_field_is_labelled_in_the_language(language: str, expected: str):
    assert field_label(language, "short_name") == expected


@pytest.mark.parametrize(("kind", "field", "choices"), CHOICES)
def test_every_fixed_value_has_words(kind: str, field: str, choices: object):
    (values, *_rest) = typing.get_args(choices)
    found = typing.get_args(values)
    assert found
    for value in found:
        assert value_label("en", kind, field, value) == value
        assert value_label("fi", kind, field, value) not in {"", value}


def test_free_text_stays_as_it_is_written():
    assert value_label("nb", "project", "type", "course") == "course"
    assert value_label("nb", "activity", "type", "course") == "kurs"
