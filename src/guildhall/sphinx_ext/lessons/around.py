"""What each reStructuredText page of a lesson begins and ends with, as its own project has it.

Roles that are declared there are known on every page of the lesson from its first line. In Sphinx
those of an epilog come too late for the first page that is read, and are there on all later ones.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.parsers.rst.states import Body
from docutils.utils import new_document
from sphinx.parsers import RSTParser

from guildhall.sphinx_ext.compat.docutils_names import role_table
from guildhall.sphinx_ext.lessons.page_names import page_names_of
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from docutils.statemachine import StringList
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from guildhall.model.records.kinds.lesson import Lesson


_FIELD = re.compile(Body.patterns["field_marker"])
_ROLE = re.compile(r"^\.\. role::[ ]*\S.*$(?:\n(?:[ ]+\S.*|[ ]*)$)*", re.MULTILINE)


class LessonRSTParser(RSTParser):
    """Sphinx's parser, with the prolog and epilog of the page's lesson."""

    def decorate(self, content: StringList) -> None:
        """Put the prolog before the page, and the epilog after it.

        Those of the portal's ``conf.py`` are for its own pages and lessons.
        """
        env: BuildEnvironment = self.document.settings.env
        lesson = lesson_at(env, env.docname)
        is_translation = str(self.document["source"]).endswith(":<translated>")
        if is_translation and lesson is not None and lesson.is_elsewhere:
            # It may hold text alone, so there is nothing that it could lack.
            return
        if lesson is None or not lesson.is_elsewhere:
            super().decorate(content)
        if lesson is not None:
            _put_before(content, lesson)
            _put_after(content, lesson)


def _put_before(content: StringList, lesson: Lesson) -> None:
    """Put the lesson's prolog before a page, behind its fields."""
    lines = _lines(lesson, "rst_prolog")
    if not lines:
        return
    at = next((at for at, line in enumerate(content) if not _FIELD.match(line)), len(content))
    if at:
        lines.insert(0, ("", "<generated>", 0))
    for index, line in enumerate([*lines, ("", "<generated>", 0)], at):
        content.insert(index, *line)


def _put_after(content: StringList, lesson: Lesson) -> None:
    """Put the lesson's epilog after a page."""
    lines = _lines(lesson, "rst_epilog")
    if lines:
        source, number = content.info(-1) if len(content) else ("<generated>", 0)
        for line in [("", source, (number or 0) + 1), *lines]:
            content.append(*line)


def _lines(lesson: Lesson, name: str) -> list[tuple[str, str | None, int]]:
    """The lines of a text of the lesson's record, with their places in it, counted from 0."""
    text: str = getattr(lesson.build, name) or ""
    first = lesson.origin.value(("build", name)).text_line if text else 0
    path = str(lesson.origin.path)
    return [(line, path, first - 1 + index) for index, line in enumerate(text.splitlines())]


def _offer(env: BuildEnvironment, docname: str) -> tuple[dict[str, Any], dict[str, Any]]:
    lesson = lesson_at(env, docname)
    around = (lesson.build.rst_prolog, lesson.build.rst_epilog) if lesson else ()
    return {}, _declared("\n".join(_ROLE.findall("\n".join(filter(None, around)))))


@cache
def _declared(text: str) -> dict[str, Any]:
    """The roles that some lines of reStructuredText declare."""
    table = role_table()
    before = dict(table)
    settings = get_default_settings(Parser)
    # What is wrong with the lines is told where they are read as a part of a page.
    settings.report_level = settings.halt_level = 5
    Parser().parse(text, new_document("", settings))
    found = {name: role for name, role in table.items() if before.get(name) is not role}
    table.clear()
    table.update(before)
    return found


def setup_around(app: Sphinx) -> None:
    """Offer the roles; the parser is the base of the one that pages are read with."""
    page_names_of(app).offers.append(_offer)
