"""Directives that show the code's own account of itself."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from typing import Any

import click
from docutils import nodes
from docutils.parsers.rst import Directive
from pydantic import BaseModel
from sphinx.util.docutils import SphinxDirective

from guildhall.records.kinds import KINDS
from guildhall.reference.models import keys_of, modules_of, parts_of
from guildhall.sphinx_ext.tables import TableBuilder, TableCell


class _Reference(SphinxDirective):
    """A directive whose page is read again when the code behind it changed."""

    def table(self, caption: str, header: Sequence[str], rows: list[list[str]]) -> list[nodes.Node]:
        """A table of Markdown or reStructuredText inline texts."""
        serial = self.env.new_serialno("guildhall-reference")
        builder = TableBuilder(
            caption=caption,
            prefix=f"gh-reference-{serial}",
            header=[TableCell(name) for name in header],
            rows=[[TableCell(self.inline(text)) for text in row] for row in rows],
        )
        return builder.build(self.state.document)

    def inline(self, text: str) -> list[nodes.Node]:
        """Text with words between backticks set as code."""
        built: list[nodes.Node] = []
        for index, part in enumerate(text.replace("``", "`").split("`")):
            if part:
                built.append(nodes.literal("", part) if index % 2 else nodes.Text(part))
        return built

    def depends_on(self, *things: object) -> None:
        """Note the modules that the things come from."""
        for thing in things:
            module = inspect.getmodule(thing) or sys.modules.get(type(thing).__module__)
            if module is not None and module.__file__:
                self.env.note_dependency(module.__file__)

    def models(self, model: type[BaseModel], name: str) -> list[nodes.Node]:
        """The keys of a model, then those of its parts."""
        built: list[nodes.Node] = []
        for each in (model, *parts_of(model)):
            self.depends_on(each, *(sys.modules[name] for name in modules_of(each)))
            rows = [
                [f"`{key.name}`", key.holds, "yes" if key.is_required else "no", key.description]
                for key in keys_of(each)
            ]
            caption = f"Keys of {name}" if each is model else f"Keys of a {each.__name__}"
            built += self.table(caption, ("Key", "Holds", "Required", "Meaning"), rows)
        return built


def directive_modules() -> dict[str, tuple[Any, ...]]:
    """The modules with directives, by the part of the reference that shows them."""
    from guildhall.sphinx_ext.directives import budget, in_kind, plan, project, record, records
    from guildhall.sphinx_ext.lessons import (
        catalogue,
        diagrams,
        embeds,
        lists,
        paths,
        teaching,
        timetable,
    )

    return {
        "records": (records, in_kind, budget, plan, project, record),
        "lessons": (teaching, lists, timetable, catalogue, paths, embeds, diagrams),
    }


class RecordKindReference(_Reference):
    """The keys of one record kind."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build the tables."""
        model = KINDS.get(self.arguments[0])
        if model is None:
            raise self.error(f"no record kind has the name {self.arguments[0]!r}")
        text = nodes.paragraph("", inspect.getdoc(model) or "")
        return [text, *self.models(model, self.arguments[0])]


class SettingsReference(_Reference):
    """The keys of ``conf/portal.yml``."""

    def run(self) -> list[nodes.Node]:
        """Build the tables."""
        from guildhall.settings import Settings

        return self.models(Settings, "conf/portal.yml")


class DirectiveReference(_Reference):
    """Directives with their arguments and options: those of ``records``, or of ``lessons``."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build a list of definitions."""
        listed = nodes.definition_list()
        for module in directive_modules()[(self.arguments or ["records"])[0]]:
            self.depends_on(module)
            shared: dict[type[Directive], list[str]] = {}
            for name, directive in module.DIRECTIVES.items():
                shared.setdefault(directive, []).append(name)
            for directive, names in shared.items():
                item = nodes.definition_list_item()
                term = nodes.term()
                for name in names:
                    if len(term):
                        term += nodes.Text(", ")
                    term += nodes.literal("", f"{{{name}}}")
                item += term
                definition = nodes.definition()
                definition += self._described(directive)
                item += definition
                listed += item
        return [listed]

    def _described(self, directive: type[Directive]) -> list[nodes.Node]:
        text, _, options = (inspect.getdoc(directive) or "").partition("Options:\n")
        text = text.replace("Args: ", "The argument is ")
        built: list[nodes.Node] = [
            nodes.paragraph("", "", *self.inline(" ".join(part.split())))
            for part in text.split("\n\n")
            if part.strip()
        ]
        counts = {(1, 0): "One argument.", (0, 1): "One argument, which may be left out."}
        count = (directive.required_arguments, directive.optional_arguments)
        if count in counts and "argument" not in text:
            built.append(nodes.paragraph("", counts[count]))
        described = _options_of(directive, options)
        if described:
            listed = nodes.bullet_list(bullet="-")
            for name, meaning in described.items():
                item = nodes.list_item()
                words = f"`:{name}:` {meaning}".rstrip()
                item += nodes.paragraph("", "", *self.inline(words))
                listed += item
            built.append(listed)
        return built


def _options_of(directive: type[Directive], text: str) -> dict[str, str]:
    """Every option that a directive takes, with what its docstring says of it."""
    described = dict.fromkeys(directive.option_spec or {}, "")
    if "project" in described:
        described["project"] = "by default the portal's."
    for line in inspect.cleandoc(text).splitlines():
        name, colon, meaning = line.partition(":")
        if colon and name in described:
            described[name] = meaning.strip()
    return described


class CheckReference(_Reference):
    """All checks by id."""

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        from guildhall.ledger import checks

        self.depends_on(checks)
        rows = [[f"`{entry.id}`", entry.title] for entry in checks.CHECKS]
        return self.table("Checks", ("Id", "What it checks"), rows)


class WarningReference(_Reference):
    """All subtypes of warnings."""

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        from guildhall.records import faults

        self.depends_on(faults)
        rows = [[f"`guildhall.{each}`", each.description] for each in faults.Subtype]
        return self.table("Warnings", ("Type", "Meaning"), rows)


class CommandReference(_Reference):
    """All commands with their own help."""

    def run(self) -> list[nodes.Node]:
        """Build a section's worth of blocks for each command."""
        from guildhall.cli import main

        self.depends_on(main)
        built: list[nodes.Node] = []
        context = click.Context(main.main, info_name="guildhall")
        for name, command in sorted(main.main.commands.items()):
            own = click.Context(command, info_name=name, parent=context, max_content_width=90)
            built.append(nodes.rubric("", f"guildhall {name}"))
            text = command.get_help(own)
            built.append(nodes.literal_block(text, text, language="none"))
        return built


DIRECTIVES: dict[str, type[_Reference]] = {
    "record-kind-reference": RecordKindReference,
    "settings-reference": SettingsReference,
    "directive-reference": DirectiveReference,
    "check-reference": CheckReference,
    "warning-reference": WarningReference,
    "command-reference": CommandReference,
}
