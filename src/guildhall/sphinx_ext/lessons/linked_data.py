"""Linked data in the head of lessons' and paths' pages, and ``lessons.json`` beside them."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, cast

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.path import Path
from guildhall.model.records.kinds.person import Person
from guildhall.network.lessons.citation import Citation, citation_of
from guildhall.network.lessons.harvest import lessons_json
from guildhall.network.lessons.jsonld import Data, learning_path, training_material
from guildhall.network.lessons.lookups import outline_in
from guildhall.sphinx_ext.lessons.history import last_change
from guildhall.sphinx_ext.pages.generated import BUILDERS
from guildhall.sphinx_ext.pages.page_context import add_to_head, script_of
from guildhall.sphinx_ext.pages.site_files import page_address
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

FILE = "lessons.json"


class Describer:
    """Describes the lessons of one build.

    Args:
        app: the application, with an HTML builder.
    """

    def __init__(self, app: Sphinx) -> None:
        self._app = app
        self._portal = domain_of(app.env).portal

    def address(self, docname: str) -> str | None:
        """Where a document is published, where the portal's own address is known."""
        return page_address(self._app, docname)

    def citation(self, lesson: Lesson) -> Citation:
        """How a lesson is cited."""
        return citation_of(
            lesson,
            lambda key: self._portal.registry.get(Person, key),
            self._portal.settings,
            self.address(lesson.docname),
            last_change(self._app.env, lesson),
        )

    def lesson(self, lesson: Lesson) -> Data:
        """A lesson as linked data."""
        return training_material(
            lesson,
            outline_in(self._portal, lesson),
            self.citation(lesson),
            self._portal.settings,
            self.address,
            requires=lambda key: self._portal.registry.get(Lesson, key),
            changed=last_change(self._app.env, lesson),
        )

    def path(self, path: Path) -> Data:
        """A path as linked data."""
        steps: list[Data] = []
        for step in path.steps:
            kind, key = ("lesson", step.lesson) if step.lesson else ("activity", step.activity)
            record = self._portal.registry.find(kind, key) if key else None
            if record is None:
                steps.append({"@type": "CreativeWork", "name": step.title, "url": step.url})
            else:
                kind_name = "LearningResource" if step.lesson else "Event"
                address = self.address(record.docname)
                steps.append({"@type": kind_name, "name": record.label, "url": address})
        return learning_path(path, steps, self.address)

    def all(self) -> Data:
        """The content of ``lessons.json``."""
        portal = self._portal
        return lessons_json(
            portal.registry,
            portal.settings,
            partial(outline_in, portal),
            self.citation,
            self.address,
        )


def _add_to_head(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if app.builder.name not in BUILDERS:
        return
    record = domain_of(app.env).portal.registry.at_document(pagename)
    data: Data | None = None
    if isinstance(record, Lesson):
        data = Describer(app).lesson(record)
    elif isinstance(record, Path):
        data = Describer(app).path(record)
    if data is not None:
        add_to_head(context, script_of(data))


def _write_file(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name not in BUILDERS:
        return
    if not domain_of(app.env).portal.registry.of(Lesson):
        return
    data = Describer(app).all()
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    path = FilePath(cast("StandaloneHTMLBuilder", app.builder).outdir) / FILE
    # Written only when it differs, so that nothing seems to have changed.
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def setup_linked_data(app: Sphinx) -> None:
    """Describe lessons to machines."""
    app.connect("html-page-context", _add_to_head)
    app.connect("build-finished", _write_file)
