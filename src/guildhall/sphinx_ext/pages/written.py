"""Which pages are written again: those that are made of something else than when they were written.

Sphinx compares the times of files, and writes what was read in the same build. Here a digest is
kept, for each builder, of all that a page was written from: the page as it was read, what it shows
of others, its navigation and its numbers. It is kept when a build has ended well, so a build that
was broken off leaves nothing out in the next one.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guildhall.sphinx_ext.compat.build_info import mistrust
from guildhall.sphinx_ext.pages.borrowed import borrowed_digests
from guildhall.sphinx_ext.pages.generated import BUILDERS
from guildhall.sphinx_ext.pages.navigation import navigation_digests
from guildhall.sphinx_ext.pages.templated import template_digests

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_FILE = "guildhall-written-{builder}.json"


def setup_written(app: Sphinx) -> None:
    """Compare pages with those of the last build, and keep what they are made of."""
    app.connect("builder-inited", _mistrust)
    # After all numbers are given.
    app.connect("env-get-updated", _changed, priority=950)
    app.connect("build-finished", _keep)


def made_of(builder: Any, docname: str) -> str:
    """A digest of all that a page is written from in this build; empty for pages that are none."""
    digests: dict[str, str] = getattr(builder, "guildhall_made_of", {})
    return digests.get(docname, "")


def borrowed_of(builder: Any, docname: str) -> str:
    """A digest of what a page shows of others in this build; empty for pages that are none."""
    digests: dict[str, str] = getattr(builder, "guildhall_borrowed", {})
    return digests.get(docname, "")


def navigation_around(builder: Any, docname: str) -> str:
    """A digest of a page's navigation in this build; empty for pages that are none."""
    digests: dict[str, str] = getattr(builder, "guildhall_navigation", {})
    return digests.get(docname, "")


def _mistrust(app: Sphinx) -> None:
    if app.builder.name in BUILDERS:
        mistrust(Path(app.outdir))


def _changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    navigation, borrowed = (
        navigation_digests(env),
        borrowed_digests(env, partial(template_digests, app.builder)),
    )
    now = {}
    for docname, read in env.all_docs.items():
        numbers = env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)
        parts = (read, navigation[docname], borrowed[docname], numbers)
        now[docname] = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    setattr(app.builder, "guildhall_made_of", now)  # noqa: B010
    setattr(app.builder, "guildhall_borrowed", borrowed)  # noqa: B010
    setattr(app.builder, "guildhall_navigation", navigation)  # noqa: B010
    before = _read(app)
    return sorted(docname for docname, digest in now.items() if before.get(docname) != digest)


def _keep(app: Sphinx, error: Exception | None) -> None:
    now = getattr(app.builder, "guildhall_made_of", None)
    if error is None and now is not None:
        _file(app).write_text(json.dumps(now, sort_keys=True), encoding="utf-8")


def _file(app: Sphinx) -> Path:
    return Path(app.doctreedir) / _FILE.format(builder=app.builder.name)


def _read(app: Sphinx) -> dict[str, str]:
    try:
        found = json.loads(_file(app).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
