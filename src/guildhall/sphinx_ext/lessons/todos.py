"""The directive ``todo``: every lesson has it, and says whether its readers see the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.ext.todo import Todo, todolist

from guildhall.core.words import word
from guildhall.sphinx_ext.lessons.lists import LessonList
from guildhall.sphinx_ext.portal.scope import lesson_at, page_language

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MARK = "admonition-todo"


class LessonTodo(Todo):
    """A note of something to do; on pages of lessons an admonition like others."""

    def run(self) -> list[nodes.Node]:
        """Build the note, or nothing where the lesson keeps its notes to itself."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is None:
            return super().run()
        if not lesson.build.todos:
            return []
        title = word(page_language(self.env, self.env.docname), "To do")
        note = nodes.admonition("", nodes.title(title, title))
        note["classes"] += [*self.options.get("class", ()), MARK]
        self.set_source_info(note)
        note += self.parse_content_to_nodes()
        self.add_name(note)
        return [note]


class LessonTodoList(LessonList):
    """The notes of all pages of a lesson that shows them; elsewhere, of the portal's own pages."""

    kind = "admonitions"
    include = (MARK,)

    def build(self) -> list[nodes.Node]:
        """Mark the place of the list, or of nothing where the lesson keeps its notes to itself."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is None:
            return [todolist("")]
        return super().build() if lesson.build.todos else []


def setup_todos(app: Sphinx) -> None:
    """Put these directives in the place of Sphinx's own."""
    app.setup_extension("sphinx.ext.todo")
    app.add_directive("todo", LessonTodo, override=True)
    app.add_directive("todolist", LessonTodoList, override=True)
