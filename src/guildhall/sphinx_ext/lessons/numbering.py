"""Numbers of figures, tables and listings: anew in each lesson that wants them.

Sphinx counts through the whole project once ``numfig`` is on. Its numbers are kept aside, since it
compares them with those of the next build, and those that pages show are made from them. Equations
take part in that; where figures aren't numbered, theirs are those that they have without
``numfig``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from docutils import nodes

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.sphinx_ext.compat.figure_numbers import count_in, show_figure_numbers
from guildhall.sphinx_ext.compat.stated import is_in_conf
from guildhall.sphinx_ext.lessons.counted import counted_trees
from guildhall.sphinx_ext.lessons.names import SEPARATOR
from guildhall.sphinx_ext.lessons.page_settings import lessons_of
from guildhall.sphinx_ext.portal.loading import loader_of
from guildhall.sphinx_ext.portal.reading_order import reading_order
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

Numbers = dict[str, dict[str, dict[str, tuple[int, ...]]]]
"""Numbers by document, kind and id, as Sphinx keeps them."""


def renumber(numbers: Numbers, order: list[str]) -> Numbers:
    """Count anew through some documents.

    Args:
        numbers: Sphinx's numbers.
        order: the documents of one lesson in the order of reading.

    Returns:
        the numbers of these documents: the number of the section stays, as in the lesson's own
        site, and the count after it begins with 1.
    """
    counts: dict[tuple[str, tuple[int, ...]], int] = defaultdict(int)
    found: Numbers = {}
    for docname in order:
        for kind, by_id in numbers.get(docname, {}).items():
            for name, number in by_id.items():
                counts[kind, number[:-1]] += 1
                counted = (*number[:-1], counts[kind, number[:-1]])
                found.setdefault(docname, {}).setdefault(kind, {})[name] = counted
    return found


def equation_numbers(env: BuildEnvironment) -> dict[str, dict[str, tuple[int, ...]]]:
    """The numbers of equations by document and id, counted anew on each page."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for name, (docname, number) in env.domains.math_domain.data["objects"].items():
        lesson = lesson_at(env, docname)
        label = name.removeprefix(f"{lesson.key}{SEPARATOR}") if lesson else name
        found.setdefault(docname, {})[nodes.make_id(f"equation-{label}")] = (number,)
    return found


def _use_sphinx_numbers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    show_figure_numbers(env, getattr(env, "guildhall_fignumbers", env.toc_fignumbers))
    return []


def _use_lesson_numbers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    if not env.config.numfig:
        return []
    raw = env.toc_fignumbers
    env.guildhall_fignumbers = raw  # type: ignore[attr-defined]
    shown: Numbers = {}
    for lesson in lessons_of(env):
        if lesson.build.numbered_figures:
            shown.update(renumber(raw, reading_order(env, lesson)))
    only_lessons = _only_for_lessons(app)
    for docname, numbers in equation_numbers(env).items():
        if only_lessons or lesson_at(env, docname) is not None:
            shown.setdefault(docname, {"displaymath": numbers})
    if not only_lessons:
        rest = {name: found for name, found in raw.items() if lesson_at(env, name) is None}
        shown.update(rest)
    before = getattr(env, "guildhall_shown_fignumbers", {})
    show_figure_numbers(env, shown)
    env.guildhall_shown_fignumbers = shown  # type: ignore[attr-defined]
    return sorted(name for name in env.all_docs if shown.get(name) != before.get(name))


def _only_for_lessons(app: Sphinx) -> bool:
    return not is_in_conf(app.config, "numfig") and "numfig" not in app.config.overrides


def _turn_on(app: Sphinx, config: Config) -> None:
    lessons = loader_of(app).portal.registry.of(Lesson)
    if any(lesson.build.numbered_figures for lesson in lessons):
        config.numfig = True


def setup_numbering(app: Sphinx) -> None:
    """Number figures within lessons."""
    count_in(app, counted_trees)
    app.connect("config-inited", _turn_on, priority=200)
    # Around Sphinx's own handler (500).
    app.connect("env-get-updated", _use_sphinx_numbers, priority=100)
    app.connect("env-get-updated", _use_lesson_numbers, priority=900)
