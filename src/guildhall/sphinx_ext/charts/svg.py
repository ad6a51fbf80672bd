"""The SVG templates of charts."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def chart_template(name: str) -> Template:
    """The template of that name; what it prints is escaped for SVG."""
    environment = Environment(
        loader=PackageLoader("guildhall.sphinx_ext.charts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
