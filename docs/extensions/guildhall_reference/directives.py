"""Directives that show the code's own account of itself."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Sequence

import click
from docutils import nodes
from pydantic import BaseModel
from sphinx.util.docutils import SphinxDirective

from guildhall.cli.reference.directives import Described, directive_modules, directives_of
from guildhall.cli.reference.models import keys_of, modules_of, parts_of
from guildhall.model.records.kinds import KINDS
from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell


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
            caption = f"Keys of {name if each is model else _with_article(each.__name__)}"
            built += self.table(caption, ("Key", "Holds", "Required", "Meaning"), rows)
        return built


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


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
        from guildhall.model.settings.portal import Settings

        return self.models(Settings, "conf/portal.yml")


class FrontMatterReference(_Reference):
    """The keys that lessons use of a page's front matter."""

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        from guildhall.network.lessons.frontmatter import FrontMatter

        return self.models(FrontMatter, "a page's front matter")


class DirectiveReference(_Reference):
    """Directives with their arguments and options: of ``records``, ``lessons``, ``workshops``."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build a list of definitions."""
        listed = nodes.definition_list()
        for module in directive_modules()[(self.arguments or ["records"])[0]]:
            self.depends_on(module)
            for directive in directives_of(module):
                item = nodes.definition_list_item()
                term = nodes.term()
                for name in directive.names:
                    if len(term):
                        term += nodes.Text(", ")
                    term += nodes.literal("", f"{{{name}}}")
                item += term
                definition = nodes.definition()
                definition += self._described(directive)
                item += definition
                listed += item
        return [listed]

    def _described(self, directive: Described) -> list[nodes.Node]:
        built: list[nodes.Node] = [
            nodes.paragraph("", "", *self.inline(part)) for part in directive.paragraphs
        ]
        if directive.options:
            listed = nodes.bullet_list(bullet="-")
            for name, meaning in directive.options.items():
                item = nodes.list_item()
                words = f"`:{name}:` {meaning}".rstrip()
                item += nodes.paragraph("", "", *self.inline(words))
                listed += item
            built.append(listed)
        return built


class RuleReference(_Reference):
    """The rules of one area of the check, each with its own anchor."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build a list of definitions."""
        from guildhall.check.run import catalogue

        area = self.arguments[0]
        known = catalogue.areas().get(area)
        if known is None:
            raise self.error(f"no area of the check has the name {area!r}")
        self.depends_on(catalogue, *catalogue.modules_of(area))
        listed = nodes.definition_list()
        for rule in known.values():
            item = nodes.definition_list_item()
            label = nodes.make_id(f"rule-{rule.id}")
            term = nodes.term("", "", nodes.literal("", rule.id), ids=[label])
            self.state.document.note_explicit_target(term)
            term += nodes.Text(f" ({rule.severity})")
            about = nodes.definition()
            about += nodes.paragraph("", "", *self.inline(f"{rule.title}."))
            about += nodes.paragraph("", "", *self.inline(f"{rule.why} {rule.mend}"))
            if rule.source:
                about += nodes.paragraph("", "", *self.inline(f"Source: {rule.source}."))
            item += [term, about]
            listed += item
        return [listed]


class CommandReference(_Reference):
    """All commands with their own help."""

    def run(self) -> list[nodes.Node]:
        """Build a section's worth of blocks for each command."""
        from guildhall.cli import main

        self.depends_on(main)
        built: list[nodes.Node] = []
        for path, context in _commands(click.Context(main.main, info_name="guildhall")):
            self.depends_on(context.command.callback)
            built.append(nodes.rubric("", path))
            text = context.command.get_help(context)
            built.append(nodes.literal_block(text, text, language="none"))
        return built


def _commands(context: click.Context) -> Iterator[tuple[str, click.Context]]:
    """All commands of a group and of the groups in it, each under its whole name."""
    if not isinstance(context.command, click.Group):
        return
    for name in sorted(context.command.list_commands(context)):
        command = context.command.get_command(context, name)
        if command is None:
            continue
        own = click.Context(command, info_name=name, parent=context, max_content_width=90)
        yield own.command_path, own
        yield from _commands(own)


class VocabularyReference(_Reference):
    """The words of a list that portals can extend, with their labels."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        from guildhall.model.records import vocabularies
        from guildhall.model.settings.portal import Settings
        from guildhall.sphinx_ext.rendering import labels

        self.depends_on(vocabularies, labels)
        name = self.arguments[0]
        known = vocabularies.BUILT_IN.get(name)
        if known is None:
            raise self.error(f"no list of words has the name {name!r}")
        rows = [[f"`{each}`", labels.term("en", name, each, Settings())] for each in known]
        caption = {
            vocabularies.WORKSHOP_TYPE: "Types of workshops",
            vocabularies.ROLE: "Roles of people",
            vocabularies.CAREER_STAGE: "Career stages",
        }[name]
        return self.table(caption, ("Word", "Label"), rows)


DIRECTIVES: dict[str, type[_Reference]] = {
    "record-kind-reference": RecordKindReference,
    "settings-reference": SettingsReference,
    "front-matter-reference": FrontMatterReference,
    "directive-reference": DirectiveReference,
    "rule-reference": RuleReference,
    "command-reference": CommandReference,
    "vocabulary-reference": VocabularyReference,
}
