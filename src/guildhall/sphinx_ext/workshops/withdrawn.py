"""What an earlier build left in the folder of a site of those who withdrew their consent since.

Of people who may no longer be named, no page and no picture may stay there.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from guildhall.model.base import rules
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.mentions import Mentions, told_of
from guildhall.model.records.registry import RECORD_SUFFIXES
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment


def _find_names(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> list[str]:
    """Tell where pages name in plain words who may not be named; of records, the loader tells it.

    All pages are looked at in each build, since the consent may have been withdrawn after they were
    read.
    """
    portal = domain_of(env).portal
    mentions = Mentions(each for each in portal.complete.of(Person) if not each.is_listed)
    if not mentions:
        return []
    for docname in sorted(env.found_docs):
        path = Path(env.doc2path(docname))
        if path.suffix in RECORD_SUFFIXES:
            continue
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeError):
            continue
        for line, key in dict.fromkeys(mentions.in_text(text)):
            warn(rules.CONSENT, told_of(key), (docname, line))
    return []


def _delete_files(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    portal = domain_of(app.env).portal
    for person in portal.complete.of(Person):
        if not person.is_listed:
            Path(builder.get_outfilename(person.docname)).unlink(missing_ok=True)
        if person.photo and not (person.is_listed and person.consent.photo):
            _delete_picture(builder, person.photo)


def _delete_picture(builder: StandaloneHTMLBuilder, path: str) -> None:
    """Delete the copies of a picture that no page shows any more."""
    shown = {name for _, name in builder.env.images.values()}
    picture = PurePosixPath(path)
    # Pictures of the same name get a mark each.
    name = re.compile(f"{re.escape(picture.stem)}(-[0-9a-f]{{8}})?{re.escape(picture.suffix)}")
    for copy in (Path(builder.outdir) / builder.imagedir).glob("*"):
        if name.fullmatch(copy.name) and copy.name not in shown:
            copy.unlink()


def setup_withdrawn(app: Sphinx) -> None:
    """Look for names before pages are read, and clear up when a site is written."""
    app.connect("env-get-outdated", _find_names)
    app.connect("build-finished", _delete_files)
