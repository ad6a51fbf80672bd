"""A record file is a Sphinx document: validated, laid out by its kind's template, and parsed."""

from __future__ import annotations

import logging as std_logging
import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx.util.logging import NAMESPACE

from guildhall.core.words import word
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.records.prose import PROSE_CONFIG, Targets, objections_to
from guildhall.network.people.lookups import CarriedBy, ContributionOf, MembersOf, NamedElsewhere
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.incremental.translations import place_of_translation
from guildhall.sphinx_ext.portal.domain import GuildhallDomain, domain_of
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.records.prose import is_rendering_prose, prose_parser, take_out_files
from guildhall.sphinx_ext.rendering.places import place_the_rest
from guildhall.sphinx_ext.templating.layout import OWN_TEMPLATES, Layouts, OwnTemplate, Rendered
from guildhall.sphinx_ext.templating.template_faults import TemplateFault

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FILE_TYPE = "guildhall-record"
_INVALID = (
    "# {title}\n\n:::{{error}}\nThis record has faults; the messages of the build name them.\n:::\n"
)

# How Sphinx hands over the translation of a title.
_UNDERLINED = re.compile(r"(?<=[^\n])\n==+\Z")


class RecordParser(MystParser):
    """Parses record files."""

    supported: tuple[str, ...] = (FILE_TYPE,)  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Lay the record out and parse the Markdown that its template gives.

        Args:
            inputstring: the file's text; the registry has read it already. Only the text of a
                translation (``sphinx.transforms.i18n``) is parsed, as prose of a record is.
            document: the document to fill.
        """
        env: BuildEnvironment = document.settings.env
        if str(document["source"]).endswith(":<translated>"):
            self._parse_translation(inputstring, document)
            return
        domain = domain_of(env)
        record = domain.portal.registry.at_document(env.docname)
        if record is None:
            title = env.docname.rsplit("/", 1)[-1]
            self._parse_markdown(_INVALID.format(title=title), document)
            return
        domain.note_record(env.docname, record)
        rendered = self._lay_out(record, domain, env)
        if rendered is None:
            self._parse_markdown(_INVALID.format(title=record.key), document)
            return
        with _point_at_template(rendered, record, env.docname):
            self._parse_markdown(rendered.text, document)
        place_the_rest(document, record)

    def _parse_translation(self, text: str, document: nodes.document) -> None:
        """Parse a message of a catalogue; where it holds what records may not, leave it out.

        Sphinx then shows the text that should have been translated.
        """
        env: BuildEnvironment = document.settings.env
        docname = env.docname
        portal = domain_of(env).portal
        record, sources = portal.registry.at_document(docname), portal.settings.sources
        targets = (
            Targets.of(record, sources)
            if record
            else Targets(posixpath.dirname(docname), Path(env.srcdir), sources)
        )
        is_title = _UNDERLINED.search(text) is not None
        found = objections_to(text, targets, is_title=is_title)
        if not found:
            prose_parser(document).render(text)
            found = [message for _, message in take_out_files(document, env)]
        if found:
            document.clear()
            place = place_of_translation(_UNDERLINED.sub("", text), docname, env)
            for message in found:
                warn(rules.PROSE, f"{message}; the translation is left out", place)

    def _parse_markdown(self, text: str, document: nodes.document) -> None:
        parser = create_md_parser(PROSE_CONFIG, SphinxRenderer)
        parser.options["document"] = document
        parser.render(text)

    def _lay_out(
        self, record: Record, domain: GuildhallDomain, env: BuildEnvironment
    ) -> Rendered | None:
        name = f"records/{record.KIND}.md.j2"
        shown = domain.shown_on(env.docname)
        # The title changes with other files, where two people have one name.
        shown.find(record.KIND, record.key, ("label",))
        context: dict[str, Any] = {
            "record": record,
            "shown": shown,
            "MembersOf": MembersOf,
            "CarriedBy": CarriedBy,
            "NamedElsewhere": NamedElsewhere,
            "ContributionOf": ContributionOf,
            "settings": shown.settings,
            "markdown": Markup,
            "word": partial(word, page_language(env, env.docname)),
        }
        layouts = domain.layouts
        shown.ask(OwnTemplate(name))
        try:
            rendered = layouts.render(name, context)
        except TemplateFault as fault:
            env.note_dependency(fault.path)
            shown_path = _relative(record.origin.path, env)
            warn(
                rules.TEMPLATE,
                f"the template failed for {shown_path}: {fault}",
                f"{fault.path}:{fault.line}",
            )
            return None
        for each in rendered.names:
            shown.ask(OwnTemplate(each))
        for file in rendered.files:
            env.note_dependency(file)
        return rendered


def _relative(path: Path, env: BuildEnvironment) -> str:
    root = Path(env.srcdir)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


@contextmanager
def _point_at_template(rendered: Rendered, record: Record, docname: str) -> Iterator[None]:
    """Let warnings about the template's Markdown name the template's line, not the record's."""
    document = f"{record.origin.path}:"

    def line_of(location: object) -> int | None:
        if isinstance(location, tuple) and location[0] == docname:
            return location[1]  # type: ignore[no-any-return]
        if isinstance(location, str) and location.startswith(document):
            rest = location.removeprefix(document)
            return int(rest) if rest.isdigit() else None
        return None

    def relocate(message: std_logging.LogRecord) -> bool:
        line = None if is_rendering_prose() else line_of(getattr(message, "location", None))
        if line is not None and 0 < line <= len(rendered.lines):
            path, template_line = rendered.lines[line - 1]
            message.location = f"{path}:{template_line}"
        return True

    handlers = list(std_logging.getLogger(NAMESPACE).handlers)
    for handler in handlers:
        handler.filters.insert(0, relocate)
    try:
        yield
    finally:
        for handler in handlers:
            handler.filters.remove(relocate)


def setup_parser(app: Sphinx) -> None:
    """Make ``.yml`` and ``.yaml`` files documents."""
    app.add_source_suffix(".yml", FILE_TYPE)
    app.add_source_suffix(".yaml", FILE_TYPE)
    app.add_source_parser(RecordParser)
    app.connect("builder-inited", _prepare_layouts)


def _prepare_layouts(app: Sphinx) -> None:
    domain = domain_of(app.env)
    domain.layouts = Layouts(Path(app.confdir) / OWN_TEMPLATES, str(app.config.language))
