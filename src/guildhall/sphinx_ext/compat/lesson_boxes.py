"""The boxes of sphinx-lesson, by the names under which its extension registers them.

Why: a portal's boxes derive from these, but can't be had by loading the extension, which also
rewrites the source of every page and adds a stylesheet to it. The base of all boxes has a private
name, though lessons derive from it in their own ``conf.py``.

Without it: names, classes and options of boxes would be a copy that falls behind.
"""

from __future__ import annotations

from typing import Any

from sphinx_lesson import directives

Box: Any = directives._BaseCRDirective
"""What all boxes derive from; the name of a class says which directive and CSS class it is."""


def lesson_boxes() -> dict[str, type[Any]]:
    """The boxes by the names of their directives; two names may share a class."""
    return {
        directives.class_name_to_slug(name): box
        for name, box in vars(directives).items()
        if name.endswith("Directive") and not name.startswith("_") and issubclass(box, Box)
    }
