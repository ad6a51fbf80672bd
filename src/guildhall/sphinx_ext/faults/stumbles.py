"""Pages that the programs which read and show them stumble over: each is a finding at its place.

A directive, a role or a transform may raise whatever it likes over what somebody wrote. Sphinx
would end there, and tell neither the line nor what is wrong with other pages. Here the page is
told, stands empty in the meantime, and is read again by the next build.

What an extension's handler of an event raises is the fault of the extension, and ends the build.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from sphinx.errors import ExtensionError, SphinxWarning
from sphinx.transforms import SphinxTransformer
from sphinx.util.docutils import new_document

from guildhall.model.base import rules
from guildhall.sphinx_ext.compat.frames import place_of
from guildhall.sphinx_ext.compat.methods import put_around
from guildhall.sphinx_ext.faults.at_page import at_page
from guildhall.sphinx_ext.faults.diagnostics import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

NOT_OF_PAGES = (ExtensionError, SphinxWarning, MemoryError)
"""Exceptions that are not a page's fault."""

AROUND = dict.fromkeys(("tab", "group-tab", "code-tab"), "tabs")
"""Directives that look for another one around them, and say nothing of it where there is none."""

_TEXT = "This page can't be shown; the messages of the build say why."


def setup_stumbles(app: Sphinx) -> None:
    """Guard the reading, resolving and writing of pages."""
    app.connect("builder-inited", _guard, priority=900)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-purge-doc", lambda app, env, docname: _stumbled(env).discard(docname))
    app.connect("env-merge-info", _merge)


def _guard(app: Sphinx) -> None:
    # All that reads and writes pages goes through these methods.
    put_around(app.builder, "read_doc", _read)
    put_around(app.builder, "write_doc", _write)
    put_around(app.builder, "write_doc_serialized", _write)


def _read(builder: Builder, read: Callable[..., None], docname: str, **options: Any) -> None:
    try:
        with at_page(docname):
            read(docname, **options)
    except NOT_OF_PAGES:
        raise
    except Exception as error:
        _tell(error, docname, builder)
        env = builder.env
        builder.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)
        _stumbled(env).add(docname)
        _read_stand_in(builder, docname, **options)


def _write(
    builder: Builder, write: Callable[..., None], docname: str, doctree: nodes.document
) -> None:
    try:
        with at_page(docname):
            write(docname, doctree)
    except NOT_OF_PAGES:
        raise
    except Exception as error:
        _tell(error, docname, builder)
        write(docname, stand_in_for(doctree, docname))


def _read_stand_in(builder: Builder, docname: str, **options: Any) -> None:
    """Read an empty page in the place of one that can't be read."""
    env = builder.env
    env.ref_context.clear()
    env.prepare_settings(docname)
    settings = get_default_settings(Parser)
    vars(settings).update(env.settings)
    document = new_document(str(env.doc2path(docname)), settings)
    section = _empty_section(docname)
    section["names"] = [nodes.fully_normalize_name(section[0].astext())]
    document.note_implicit_target(section, section)
    document += section
    transformer = document.transformer = SphinxTransformer(document)
    transformer.add_transforms(builder.app.registry.get_transforms())
    transformer.apply_transforms()
    env.prepare_settings("")
    env.ref_context.clear()
    builder.write_doctree(docname, document, **options)
    written = (builder.doctreedir / f"{docname}.doctree").stat().st_mtime_ns
    env.all_docs[docname] = written // 1000


def stand_in_for(doctree: nodes.document, docname: str) -> nodes.document:
    """An empty page for one that can't be resolved or written."""
    document = new_document(docname, doctree.settings)
    section = _empty_section(docname)
    section["ids"] = ["page"]
    document += section
    return document


def _empty_section(docname: str) -> nodes.section:
    title = nodes.title("", docname.rsplit("/", 1)[-1])
    return nodes.section("", title, nodes.paragraph("", _TEXT))


def _tell(error: Exception, docname: str, builder: Builder) -> None:
    path = str(builder.env.doc2path(docname))
    if not os.path.lexists(path):
        message = "the page disappeared during the build; build again"
        warn(rules.PAGE, message, f"{path}:1")
        return
    tell_stumble(error, docname, builder.env)


def tell_stumble(error: Exception, docname: str, env: BuildEnvironment) -> None:
    """Tell what a page can't be shown for, at its place."""
    path = str(env.doc2path(docname))
    what, source, line = place_of(error)
    place = source if os.path.isabs(source) else path
    warn(rules.PAGE, _message(error, what), f"{place}:{max(line, 1)}")


def _message(error: Exception, what: str) -> str:
    said = traceback.format_exception_only(error)[-1].strip()
    said = " ".join(said.split()).rstrip(".")
    if isinstance(error, RecursionError):
        said = "it is nested too deeply"
    kind, _, name = what.partition(" ")
    if name in AROUND and isinstance(error, LookupError):
        return f"`{name}` is outside `{AROUND[name]}`; put it inside one"
    if what:
        return f"the {kind} `{name}` can't be read ({said}); fix it, or remove it"
    return f"the page can't be shown ({said}); fix what it names, or remove it"


def _stumbled(env: BuildEnvironment) -> set[str]:
    if not hasattr(env, "guildhall_stumbled"):
        env.guildhall_stumbled = set()  # type: ignore[attr-defined]
    return env.guildhall_stumbled  # type: ignore[no-any-return,attr-defined]


def _read_again(app: Sphinx, env: BuildEnvironment, *sets: set[str]) -> list[str]:
    return sorted(_stumbled(env))


def _merge(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    _stumbled(env).update(_stumbled(other) & set(docnames))
