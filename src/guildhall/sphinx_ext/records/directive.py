"""What all of Guildhall's directives share."""

from __future__ import annotations

from abc import abstractmethod
from typing import TypeVar, final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from guildhall.core.values.faults import nearest, quote
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.project import Project
from guildhall.model.shown import Shown
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.rendering.nodes import mark_as_made

R = TypeVar("R", bound=Record)


class UnusableError(Exception):
    """An argument or option that a directive can't use; the message says what it can."""


def words(argument: str | None) -> tuple[str, ...]:
    """Read an option of words set apart by commas."""
    return tuple(each.strip() for each in (argument or "").split(",") if each.strip())


class PortalDirective(SphinxDirective):
    """A directive that shows something of the portal's records."""

    has_content = False

    @property
    def shown(self) -> Shown:
        """The portal as this page sees it."""
        return domain_of(self.env).shown_on(self.env.docname)

    @property
    def language(self) -> str:
        """The language of the page's words and numbers."""
        return self.shown.settings.language

    @final
    def run(self) -> list[nodes.Node]:
        """Build the nodes, or say at the directive's line why that isn't possible."""
        try:
            built = self.build()
            mark_as_made(built)
            return built
        except UnusableError as error:
            warn(rules.DIRECTIVE, f"`{self.name}`: {error}", self.get_location())
            return []

    @abstractmethod
    def build(self) -> list[nodes.Node]:
        """Build the nodes.

        Raises:
            UnusableError: when an argument or option can't be used.
        """

    def prefix(self, what: str) -> str:
        """A beginning for ids, unique on the page."""
        return f"gh-{what}-{self.env.new_serialno(f'guildhall-{what}')}"

    def unknown(self, what: str, name: str, valid: tuple[str, ...]) -> UnusableError:
        """The fault of a name that isn't one of ``valid``."""
        near = nearest(name, valid)
        hint = f"did you mean `{near}`?" if near else f"valid: {', '.join(valid) or 'none'}"
        return UnusableError(f"unknown {what} {quote(name)}; {hint}")

    def project(self, *fields: str, key: str | None = None) -> Project:
        """The project that the directive speaks of.

        That is ``key``, or else the directive's argument, its option, or the portal's own project.

        Args:
            fields: the project's fields that the page shows.

        Raises:
            UnusableError: when there is no such project.
        """
        named = self.arguments[0] if self.arguments else self.options.get("project")
        key = key or named or self.shown.settings.project
        if key is None:
            raise UnusableError("name a project, or set `project` in conf/portal.yml")
        found = self.shown.get(Project, key, (*fields, "label"))
        if found is None:
            if self.shown.knows(Project.KIND, key):
                raise UnusableError(f"the project {quote(key)} has faults and can't be shown")
            raise self.unknown("project", key, self.shown.keys(Project.KIND))
        return found

    def lesson(self) -> Lesson:
        """The lesson that the directive speaks of: its option ``lesson``, or the page's own.

        Raises:
            UnusableError: when there is no such lesson, or the page is of none.
        """
        key = self.options.get("lesson")
        if key is None:
            own = domain_of(self.env).portal.registry.lesson_at(self.env.docname)
            if own is None:
                raise UnusableError("this page has no lesson; name one with the option `lesson`")
            return own
        found = self.shown.get(Lesson, key, ())
        if found is None:
            raise self.unknown("lesson", key, self.shown.keys(Lesson.KIND))
        return found

    def own_record_of(self, kind: type[R]) -> R:
        """The record that this page is, which must be of one kind.

        Raises:
            UnusableError: on a page that is none.
        """
        record = self.own_record()
        if not isinstance(record, kind):
            raise UnusableError(f"only for templates of the kind {kind.KIND}")
        return record

    def own_record(self) -> Record:
        """The record that this page is.

        Raises:
            UnusableError: on a page that is no record.
        """
        record = domain_of(self.env).portal.registry.at_document(self.env.docname)
        if record is None:
            raise UnusableError("only for templates of records; this page is not one")
        return record
