"""Sphinx's directives on pages of lessons: absolute names begin at the lesson's root."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.misc import Raw
from docutils.statemachine import StringList
from sphinx.directives.other import Include, TocTree
from sphinx.directives.patches import CSVTable, Figure
from sphinx.util.docutils import SphinxDirective

from guildhall.core.values.faults import quote
from guildhall.sphinx_ext.compat.myst_include import include_markdown, is_markdown
from guildhall.sphinx_ext.lessons.untrusted.pages import is_untrusted, tell_untrusted
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


MOST_INCLUDED = 500
"""Files that a page may include, each time counted."""
_STANDARD_FILE = re.compile(r"<[\w-]+(/[\w-]+)*\.txt>")


class LessonTocTree(TocTree):
    """``toctree``, where ``/episode`` is the lesson's own page."""

    def run(self) -> list[nodes.Node]:
        """Read the entries as the lesson means them."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is not None:
            self.content = StringList(
                [self._own(entry, lesson.root) for entry in self.content],
                items=list(self.content.items),
            )
            if is_untrusted(self.env, self.env.docname):
                self._leave_out_others(lesson.root)
        return super().run()

    def _leave_out_others(self, root: str) -> None:
        """Take out what would put pages of others below this one in the portal's navigation."""
        for index in reversed(range(len(self.content))):
            target = self.content[index].rpartition("<")[2].removesuffix(">").strip()
            folder = posixpath.dirname(self.env.docname)
            path = posixpath.normpath(posixpath.join("/", folder, target))
            if "://" not in target and not f"{path}/".startswith(f"/{root}"):
                message = f"the toctree entry {quote(target)} leads out of the lesson"
                tell_untrusted(f"{message}; it is left out", self.get_location())
                del self.content[index]

    def _own(self, entry: str, root: str) -> str:
        before, bracket, target = entry.rpartition("<")
        return f"{before}{bracket}/{root}{target[1:]}" if target.startswith("/") else entry


class _ReadsFiles(SphinxDirective):
    """A docutils directive that reads files by itself, without asking Sphinx where they lie."""

    def run(self) -> list[nodes.Node]:
        """Say which file is meant, or refuse what a foreign lesson may not read."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is not None:
            if lesson.is_elsewhere and "url" in self.options:
                raise self.warning(f"`{self.name}`: a lesson may not read from an address")
            if "file" in self.options:
                _, path = self.env.relfn2path(self.options["file"])
                # It is read from the folder of the file that is being parsed, perhaps an included
                # one.
                here = Path(str(self.state.document.current_source)).parent
                self.options["file"] = os.path.relpath(path, here)
        return list(super().run())


class LessonRaw(_ReadsFiles, Raw):
    """``raw`` with paths that stay in the lesson."""


class LessonCSVTable(_ReadsFiles, CSVTable):  # type: ignore[misc]
    """``csv-table`` with paths that stay in the lesson."""


def _of_page(env: BuildEnvironment) -> Any:
    """What is kept while a page is read."""
    return env.temp_data


class LessonInclude(SphinxDirective):
    """``include``, which reads the lesson's own files as the page is read."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        **(Include.option_spec or {}),
        # Its own type would import the module that a page names.
        "parser": directives.unchanged_required,
        "relative-images": directives.flag,
        "relative-docs": directives.path,
        "heading-offset": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """Include the file."""
        name = "".join(line.strip() for line in self.arguments[0].splitlines())
        self._count(name)
        if lesson_at(self.env, self.env.docname) is not None:
            if name.startswith("<") and not _STANDARD_FILE.fullmatch(name):
                raise self.error(f"`include`: {quote(name)} is no file of docutils")
            self.arguments[0] = name
        if "parser" in self.options:
            if is_untrusted(self.env, self.env.docname):
                raise self.error("`include`: an external lesson may not name a parser")
            self.options["parser"] = directives.parser_name(self.options["parser"])
        if is_markdown(self):
            return self._run_in_markdown()
        return list(
            Include(
                self.name,
                self.arguments,
                self.options,
                self.content,
                self.lineno,
                self.content_offset,
                self.block_text,
                self.state,
                self.state_machine,
            ).run()
        )

    def _run_in_markdown(self) -> list[nodes.Node]:
        """Include it in MyST-Parser's own way, which looks for no circles."""
        open_files = _of_page(self.env).setdefault("guildhall_including", [])
        path = str(self.env.relfn2path(self.arguments[0])[1])
        if path in open_files:
            raise self.error(f"`include`: {quote(self.arguments[0])} includes itself")
        open_files.append(path)
        try:
            return include_markdown(self)
        finally:
            open_files.pop()

    def _count(self, name: str) -> None:
        """Files that include others twice, and those others again, would never end."""
        included = _of_page(self.env).get("guildhall_included", 0) + 1
        _of_page(self.env)["guildhall_included"] = included
        if included > MOST_INCLUDED:
            message = f"a page may include {MOST_INCLUDED} files, {quote(name)} is one more"
            raise self.error(f"`include`: {message}")


class LessonFigure(Figure):
    """``figure``, which opens no picture that strangers name."""

    def run(self) -> list[nodes.Node]:
        """Leave out the width that the picture would have to be opened for."""
        if self.options.get("figwidth") == "image" and is_untrusted(
            self.state.document.settings.env, self.state.document.settings.env.docname
        ):
            del self.options["figwidth"]
        return list(super().run())


def setup_directives_of_lessons(app: Sphinx) -> None:
    """Put these directives in the place of Sphinx's own."""
    for name, directive in {
        "toctree": LessonTocTree,
        "raw": LessonRaw,
        "csv-table": LessonCSVTable,
        "include": LessonInclude,
        "figure": LessonFigure,
    }.items():
        app.add_directive(name, directive, override=True)
