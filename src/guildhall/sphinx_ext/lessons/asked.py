"""Which pages an extension acts on: those of lessons that ask for it, and what is the portal's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guildhall.sphinx_ext.portal.scope import lesson_at

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def asks(env: BuildEnvironment, docname: str, extension: str) -> bool:
    """Whether an extension acts on a page.

    What ``conf.py`` of the portal names acts on all that is the portal's own, and never on lessons
    from elsewhere, whose pages are written for other settings.

    Args:
        env: the environment.
        docname: the page.
        extension: the extension's name.
    """
    lesson = lesson_at(env, docname)
    of_portal = extension in env.config.extensions
    if lesson is None:
        return of_portal
    return extension in lesson.build.extensions or (of_portal and not lesson.is_elsewhere)
