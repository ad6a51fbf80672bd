"""The names that pages give to the values of a lesson's record, in the page's language."""

from __future__ import annotations

from guildhall.core.words import word


def level(language: str, value: str) -> str:
    """The name of a level."""
    return {
        "beginner": word(language, "Beginner"),
        "intermediate": word(language, "Intermediate"),
        "advanced": word(language, "Advanced"),
    }[value]


def audience(language: str, value: str) -> str:
    """The name of an audience."""
    return {
        "learner": word(language, "Learners"),
        "instructor": word(language, "Instructors"),
        "data-steward": word(language, "Data stewards"),
        "group-leader": word(language, "Group leaders"),
    }[value]


def form(language: str, value: str) -> str:
    """The name of a lesson's format."""
    return {
        "lesson": word(language, "Lesson"),
        "manual": word(language, "Manual"),
        "notebook": word(language, "Notebook"),
        "slides": word(language, "Slides"),
        "video": word(language, "Video"),
    }[value]


def status(language: str, value: str) -> str:
    """The name of a status."""
    return {
        "draft": word(language, "Draft"),
        "beta": word(language, "Beta"),
        "stable": word(language, "Stable"),
        "archived": word(language, "Archived"),
    }[value]


def role(language: str, value: str) -> str:
    """The name of what a contributor did."""
    return {
        "author": word(language, "Authors"),
        "editor": word(language, "Editors"),
        "contributor": word(language, "Contributors"),
        "maintainer": word(language, "Maintainers"),
        "reviewer": word(language, "Reviewers"),
        "translator": word(language, "Translators"),
    }[value]
