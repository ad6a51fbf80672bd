"""Directives with their arguments and options, read from their classes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from docutils.parsers.rst import Directive


@dataclass(frozen=True, slots=True)
class Described:
    """A directive in words; code stands between backticks.

    Args:
        names: its names.
        paragraphs: what it does.
        options: what is said of each option; empty where its name says it all.
    """

    names: tuple[str, ...]
    paragraphs: tuple[str, ...]
    options: dict[str, str]


def directive_modules() -> dict[str, tuple[ModuleType, ...]]:
    """The modules with directives, by the part of the reference that shows them."""
    from guildhall.sphinx_ext.directives import (
        budget,
        headlines,
        in_kind,
        partners,
        plan,
        project,
        record,
        records,
    )
    from guildhall.sphinx_ext.lessons import (
        catalogue,
        diagrams,
        embeds,
        lists,
        paths,
        summaries,
        teaching,
        timetable,
    )
    from guildhall.sphinx_ext.workshops import (
        calendars,
        contributors,
        downloads,
        featured,
        listing,
        months,
        page,
        people,
        statistics,
    )
    from guildhall.sphinx_ext.workshops import (
        map as maps,
    )

    return {
        "records": (records, headlines, in_kind, partners, budget, plan, project, record),
        "lessons": (
            *(teaching, lists, timetable, catalogue, summaries, paths),
            *(embeds, diagrams),
        ),
        "workshops": (
            *(featured, listing, months, maps, calendars, statistics, downloads),
            *(people, contributors, page),
        ),
    }


def directives_of(module: ModuleType) -> Iterator[Described]:
    """The directives of a module, each once with all of its names."""
    shared: dict[type[Directive], list[str]] = {}
    for name, directive in module.DIRECTIVES.items():
        shared.setdefault(directive, []).append(name)
    for directive, names in shared.items():
        yield _described(directive, tuple(names))


def _described(directive: type[Directive], names: tuple[str, ...]) -> Described:
    text, _, options = (inspect.getdoc(directive) or "").partition("Options:\n")
    text = text.replace("Args: ", "The argument is ")
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    counts = {(1, 0): "One argument.", (0, 1): "One argument, which may be left out."}
    count = (directive.required_arguments, directive.optional_arguments)
    if count in counts and "argument" not in text:
        paragraphs.append(counts[count])
    return Described(names, tuple(paragraphs), options_of(directive, options))


def options_of(directive: type[Directive], text: str) -> dict[str, str]:
    """Every option that a directive takes, with what its docstring says of it.

    Args:
        directive: the directive.
        text: the part of its docstring that is about options.
    """
    described = dict.fromkeys(directive.option_spec or {}, "")
    if "project" in described:
        described["project"] = "by default the portal's."
    last = ""
    for line in inspect.cleandoc(text).splitlines():
        name, colon, meaning = line.partition(":")
        if colon and name in described:
            last, described[name] = name, meaning.strip()
        elif last and line.startswith(" "):
            described[last] += f" {line.strip()}"
    return described
