"""What the settings of a lesson's own ``conf.py`` would do to its pages, and to no others."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.network.lessons.lookups import BuildingOf
from guildhall.sphinx_ext.compat.page_config import page_configs, set_page_config
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

ALWAYS_ON = frozenset({"html_image"})
"""MyST extensions of every lesson: pictures written as HTML are found and copied too. sphinx-lesson
rewrites sources for that, those of all pages of a site and what stands in their code blocks."""


class PageSettings:
    """Changes the settings of MyST and MyST-NB to those of the page that is read next."""

    def __init__(self) -> None:
        self._portal: dict[str, Any] = {}

    def remember(self, app: Sphinx) -> None:
        """Keep the portal's own settings, which its own pages have."""
        self._portal = page_configs(app.env)

    def change(self, app: Sphinx, docname: str, source: list[str]) -> None:
        """Set what the page ``docname`` needs."""
        lesson = lesson_at(app.env, docname)
        if lesson is not None:
            domain_of(app.env).shown_on(docname).ask(BuildingOf(lesson.key))
        for name, portal in self._portal.items():
            config = _FOR_LESSON[name](portal, lesson) if lesson else portal
            set_page_config(app.env, name, config)


def _myst(portal: Any, lesson: Lesson) -> Any:
    build = lesson.build
    return dataclasses.replace(
        portal,
        enable_extensions={*build.myst_extensions, *ALWAYS_ON},
        heading_anchors=build.heading_anchors,
        substitutions=dict(build.substitutions),
    )


def _notebooks(portal: Any, lesson: Lesson) -> Any:
    if lesson.is_elsewhere:
        # The portal's own readers of other formats, and its kernels, are not for strangers.
        return dataclasses.replace(
            portal, execution_mode="off", custom_formats={}, kernel_rgx_aliases={}
        )
    return dataclasses.replace(portal, execution_mode=lesson.build.execution)


_FOR_LESSON = {"myst_config": _myst, "mystnb_config": _notebooks}


class LessonPage(SphinxTransform):
    """Gives pages of lessons the lesson's code language and abbreviations."""

    # After docutils has taken the front matter from the top (340), before Sphinx looks for the
    # language of code blocks (400).
    default_priority = 350

    def apply(self, **kwargs: Any) -> None:
        """Change the document."""
        lesson = lesson_at(self.env, self.env.docname)
        if lesson is None:
            return
        if lesson.build.highlight_language:
            first = next(iter(self.document.findall(nodes.section)), None)
            self.document.insert(
                self.document.index(first) if first in self.document.children else 0,
                addnodes.highlightlang(
                    lang=lesson.build.highlight_language,
                    force=False,
                    linenothreshold=sys.maxsize,
                ),
            )
        for node in self.document.findall(nodes.abbreviation):
            explanation = lesson.build.abbreviations.get(node.astext())
            if explanation and not node.get("explanation"):
                node["explanation"] = explanation


def lessons_of(env: BuildEnvironment) -> tuple[Lesson, ...]:
    """All lessons of the portal, in the catalogue's order."""
    return domain_of(env).portal.registry.of(Lesson)


def setup_page_settings(app: Sphinx) -> None:
    """Change settings before each page is read."""
    settings = PageSettings()
    # After MyST-Parser and MyST-NB have made theirs.
    app.connect("builder-inited", settings.remember, priority=900)
    app.connect("source-read", settings.change)
    app.add_transform(LessonPage)
