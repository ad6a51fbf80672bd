"""Fills the templates of new records and pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guildhall.core.yaml_writer import quoted


def render(template: str, **values: Any) -> str:
    """Fill a template of this folder.

    Args:
        template: its name, such as ``lesson.yml.j2``.
        values: what it asks for; given texts go through the filter ``yaml``.
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
    return environment.get_template(template).render(values)
