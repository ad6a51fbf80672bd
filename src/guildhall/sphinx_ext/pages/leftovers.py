"""What earlier builds left in the folder of a site and a clean build would not write there.

That are the pages of documents that are gone, pictures and downloads that no page shows any more,
and static files that were taken away. They are deleted before pages are written, so that whatever
else is written in their place stays.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from guildhall.sphinx_ext.pages.generated import BUILDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

Thing = tuple[str, str]
"""A sort of thing that is written, and its name."""

PAGE, PICTURE, DOWNLOAD, STATIC, EXTRA = "page", "picture", "download", "static", "extra"


def setup_leftovers(app: Sphinx) -> None:
    """Note what is to be written, and delete what was and isn't any more."""
    app.connect("env-get-updated", _note, priority=999)
    app.connect("write-started", _delete)


def _written(app: Sphinx, env: BuildEnvironment) -> Iterator[Thing]:
    yield from ((PAGE, docname) for docname in env.all_docs)
    yield from ((PICTURE, name) for _, name in env.images.values())
    yield from ((DOWNLOAD, path.as_posix()) for _, path in env.dlfiles.values())
    for sort, folders in (
        (STATIC, app.config.html_static_path),
        (EXTRA, app.config.html_extra_path),
    ):
        for folder in folders:
            yield from ((sort, name) for name in _files(Path(app.confdir) / folder))


def _files(top: Path) -> Iterator[str]:
    if top.is_file():
        yield top.name
    for folder, _, names in os.walk(top):
        for name in names:
            # Sphinx fills in templates, and takes the ending from their names.
            plain = name.removesuffix(".jinja").removesuffix("_t")
            yield Path(folder, plain).relative_to(top).as_posix()


def _note(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Note what is gone, for good: builders share the environment, and each deletes its own."""
    now = set(_written(app, env))
    before: set[Thing] = getattr(env, "guildhall_written", set())
    gone: set[Thing] = getattr(env, "guildhall_gone", set())
    env.guildhall_written = now  # type: ignore[attr-defined]
    env.guildhall_gone = (gone | before) - now  # type: ignore[attr-defined]
    return []


def _delete(app: Sphinx, builder: Builder) -> None:
    if builder.name not in BUILDERS:
        return
    site = cast("StandaloneHTMLBuilder", builder)
    # Sphinx keeps the form of the last build beside the site's pages.
    (Path(site.outdir) / ".buildinfo.bak").unlink(missing_ok=True)
    for sort, name in getattr(site.env, "guildhall_gone", ()):
        _delete_file(_place(site, sort, name), Path(site.outdir))


def _place(builder: StandaloneHTMLBuilder, sort: str, name: str) -> Path:
    if sort == PAGE:
        return Path(builder.get_outfilename(name))
    folder = {PICTURE: builder.imagedir, DOWNLOAD: "_downloads", STATIC: "_static", EXTRA: "."}
    return Path(builder.outdir, folder[sort], name)


def _delete_file(path: Path, top: Path) -> None:
    """Delete a file, and the folders that are empty without it."""
    with contextlib.suppress(OSError):
        path.unlink()
        for folder in path.parents:
            if folder == top or not folder.is_relative_to(top):
                break
            folder.rmdir()
