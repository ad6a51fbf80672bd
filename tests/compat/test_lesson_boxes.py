"""The boxes of sphinx-lesson that ours derive from."""

from __future__ import annotations

from typing import Any

import pytest
from sphinx_lesson import directives

from guildhall.sphinx_ext.compat.lesson_boxes import Box, lesson_boxes
from guildhall.sphinx_ext.lessons.teaching import teaching_directives


class Registrations:
    """Stands for Sphinx while the package registers what it has."""

    def __init__(self) -> None:
        self.directives: dict[str, Any] = {}

    def add_directive(self, name: str, directive: Any) -> None:
        self.directives[name] = directive

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: None


def test_the_boxes_are_what_the_extension_registers():
    app = Registrations()
    directives.setup(app)
    assert app.directives == lesson_boxes()
    assert {"exercise", "solution", "type-along", "prereq"} <= app.directives.keys()


def test_ours_derive_from_them_under_their_names():
    ours = teaching_directives()
    for name, box in lesson_boxes().items():
        assert issubclass(ours[name], box)
        assert ours[name].get_cssname() == box.get_cssname()
        assert set(box.option_spec) < set(ours[name].option_spec)
        assert ours[name].extra_classes[: len(box.extra_classes)] == box.extra_classes


def test_a_box_that_the_package_adds_is_ours_too(monkeypatch: pytest.MonkeyPatch):
    added = type(
        "Warm_UpDirective",
        (Box,),
        {"extra_classes": ["tip"], "option_spec": {**Box.option_spec, "level": str}},
    )
    monkeypatch.setattr(directives, "Warm_UpDirective", added, raising=False)
    ours = teaching_directives()["warm-up"]
    assert issubclass(ours, added)
    assert ours.extra_classes == ["tip"]
    assert {"level", "minutes", "class", "name"} == set(ours.option_spec)
