"""Fills the templates of new records and pages, in the language of who reads them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guildhall.core.words import word
from guildhall.core.yaml_writer import quoted
from guildhall.model.records.schema import SCHEMAS
from guildhall.sphinx_ext.templating.layout import escape_markdown


def render(template: str, language: str, /, **values: Any) -> str:
    """Fill a template of this folder.

    Args:
        template: its name, such as ``lesson.yml.j2``.
        language: the language of the words that it asks for; the template knows it too.
        values: what it asks for; given texts go through the filter ``yaml`` or ``markdown``.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - YAML and Markdown; HTML's escapes would show in them
    )
    environment.filters["yaml"] = quoted
    environment.filters["markdown"] = escape_markdown
    environment.globals["word"] = partial(word, language)
    return environment.get_template(template).render(language=language, **values)


def with_schema(name: str, path: str, text: str) -> str:
    """A record that tells editors which JSON Schema it follows.

    Args:
        name: the schema's name, such as ``partner``.
        path: the record's path below the portal's folder.
        text: the record.
    """
    folder = PurePosixPath(path).parent
    schema = os.path.relpath(SCHEMAS / f"{name}.json", folder).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={schema}\n{text}"
