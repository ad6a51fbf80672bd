"""The records and pages that a new portal begins with, area by area."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from guildhall.cli.init.answers import Answers
from guildhall.cli.scaffold.new import lesson_files
from guildhall.cli.scaffold.new_workshop import workshop_text
from guildhall.cli.scaffold.places import FOLDERS, area_page
from guildhall.cli.scaffold.render import render
from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import LESSON_FILE

PROJECT = "network"
"""The id of the project that pages are about."""
_LISTED = ("partner", "in-kind", "budget-line", "activity", "risk", "benefit")
"""The kinds that have a page of their own in the area of governance, in its order."""
_PEOPLE = {
    "ada-lovelace": ("Ada Lovelace", "Lovelace, Ada"),
    "grace-hopper": ("Grace Hopper", "Hopper, Grace"),
}
_COSTS = {"travel": 2000, "meetings": 500}


def lessons(answers: Answers) -> dict[str, str]:
    """The area of lessons: its page and a lesson; as an example, two of them and a path.

    Args:
        answers: what is known of the portal.

    Returns:
        the texts of files by their paths, as for the other areas.
    """
    language, settings = answers.settings.language, answers.settings
    files = {"lessons/index.md": area_page("lesson", language)}
    titles = {"first-lesson": word(language, "A first lesson")}
    if answers.example:
        titles["second-lesson"] = word(language, "A second lesson")
    for key, title in titles.items():
        home = f"{FOLDERS['lesson']}/{key}"
        record, pages = lesson_files(
            home,
            settings.licence,
            title=title,
            level="beginner",
            language=language,
            count=2 if answers.example else 1,
            by=[settings.author or settings.title],
        )
        files |= {f"{home}/{LESSON_FILE}": record, **pages}
    if answers.example:
        files[f"{FOLDERS['path']}/index.md"] = area_page("path", language)
        files[f"{FOLDERS['path']}/first-steps.yml"] = render(
            "path.yml.j2",
            language,
            title=word(language, "A learning path"),
            audience="learner",
            lessons=list(titles),
        )
        files["lessons/index.md"] += "\n```{toctree}\n:hidden:\n\npaths/index\n```\n"
    return files


def workshops(answers: Answers) -> dict[str, str]:
    """The area of workshops: its page and a workshop to come; as an example, a past one too."""
    language, settings = answers.settings.language, answers.settings
    people: dict[str, list[str]] = {}
    partners: list[str] = []
    if answers.example and "governance" in answers.areas:
        people = {"organiser": ["Ada Lovelace"], "instructor": ["Ada Lovelace", "Grace Hopper"]}
        partners = ["our-organisation"]
    common: dict[str, Any] = {
        "timezone": answers.timezone,
        "people": people,
        "partners": partners,
        "lesson": "first-lesson" if answers.example and "lessons" in answers.areas else None,
    }
    coming = _next_tuesday(settings.today + timedelta(days=60))
    files = {
        "workshops/index.md": area_page("workshop", language),
        "workshops/first-workshop.yml": workshop_text(
            settings,
            title=word(language, "A first workshop"),
            start=coming,
            end=coming + timedelta(days=1),
            fulfils="first-workshop" if "governance" in answers.areas else None,
            **common,
        ),
    }
    if answers.example:
        past = _next_tuesday(settings.today - timedelta(days=100))
        files["workshops/earlier-workshop.yml"] = workshop_text(
            settings,
            title=word(language, "An earlier workshop"),
            start=past,
            end=past,
            participants=24,
            **common,
        )
    return files


def governance(answers: Answers) -> dict[str, str]:
    """The area of governance: a project, and of each kind of its records one.

    As an example, there are two partners with contacts, and the project states totals.
    """
    language, settings = answers.settings.language, answers.settings
    years = list(range(answers.start.year, answers.end.year + 1))
    example = answers.example
    partners = {"our-organisation": word(language, "Our organisation")}
    costs = {"travel": word(language, "Travel")}
    contacts: dict[str, str] = {}
    if example:
        partners["other-organisation"] = word(language, "Another organisation")
        costs["meetings"] = word(language, "Meetings")
        contacts = dict(zip(partners, _PEOPLE, strict=True))
    records: dict[str, dict[str, dict[str, Any]]] = {
        "project": {
            PROJECT: {
                "name": settings.title,
                "phase": "1",
                "start": answers.start,
                "end": answers.end,
                "currency": answers.currency,
                "payer": settings.author or settings.title,
                "in_kind_total": len(partners) * len(years) if example else None,
                "budget_total": sum(_COSTS.values()) * len(years) if example else None,
            }
        },
        "partner": {
            key: {
                "name": name,
                "short_name": name,
                "country": "international",
                "contact": contacts.get(key),
            }
            for key, name in partners.items()
        },
        "in-kind": {
            key: {"partner": key, "name": name, "years": years, "amount": 1}
            for key, name in partners.items()
        },
        "budget-line": {
            key: {
                "name": name,
                "type": "cost",
                "purpose": name,
                "currency": answers.currency,
                "years": years,
                "amount": _COSTS[key],
            }
            for key, name in costs.items()
        },
        "activity": {
            "first-workshop": {
                "title": word(language, "A first workshop"),
                "year": _within(_next_tuesday(settings.today + timedelta(days=60)).year, years),
                "type": "workshop",
                "format": "online",
            }
        },
        "risk": {"first-risk": {"title": word(language, "A first risk")}},
        "benefit": {"first-benefit": {"title": word(language, "A first benefit")}},
    }
    if example:
        records["person"] = {
            key: {
                "name": name,
                "sort_name": by,
                "consent": "given",
                "partner": partner,
                "orcid": None,
            }
            for (key, (name, by)), partner in zip(_PEOPLE.items(), partners, strict=True)
        }
    listed = [kind for kind in (*_LISTED, "person") if kind in records]
    folders = [FOLDERS[kind].removeprefix("partners/") for kind in listed]
    files = {
        "partners/index.md": render(
            "portal/governance.md.j2", language, project=PROJECT, folders=folders
        )
    }
    files |= {f"{FOLDERS[kind]}/index.md": area_page(kind, language) for kind in listed}
    for kind, found in records.items():
        for key, values in found.items():
            files[f"{FOLDERS[kind]}/{key}.yml"] = render(
                f"{kind}.yml.j2", language, **{"project": PROJECT, **values}
            )
    return files


def _next_tuesday(day: date) -> date:
    return day + timedelta(days=(1 - day.weekday()) % 7)


def _within(year: int, years: list[int]) -> int:
    return min(max(year, years[0]), years[-1])
