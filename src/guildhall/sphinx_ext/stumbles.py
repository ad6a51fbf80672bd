"""Pages that the programs which read and show them stumble over: each is a finding at its place.

A directive, a role or a transform may raise whatever it likes over what somebody wrote. Sphinx
would end there, and tell neither the line nor what is wrong with other pages. Here the page is
told, stands empty in the meantime, and is read again by the next build.

What an extension's handler of an event raises is the fault of the extension, and ends the build.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.io import StringInput
from docutils.parsers.rst import Directive
from docutils.utils import DependencyList, new_document
from sphinx.errors import ExtensionError, SphinxWarning

from guildhall.model.records import rules
from guildhall.sphinx_ext.diagnostics import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

NOT_OF_PAGES = (ExtensionError, SphinxWarning, MemoryError)
"""Exceptions that are not a page's fault."""

AROUND = dict.fromkeys(("tab", "group-tab", "code-tab"), "tabs")
"""Directives that look for another one around them, and say nothing of it where there is none."""

_ROLE_IN = {"interpreted": "role", "render_myst_role": "name"}
"""Functions of docutils and MyST that call a role, and what each calls its name."""
_TEXT = "This page can't be shown; the messages of the build say why."
_NOT_PLAIN = re.compile(r"[^\w ]|_")


def setup_stumbles(app: Sphinx) -> None:
    """Guard the reading, resolving and writing of pages."""
    app.connect("builder-inited", _guard, priority=900)
    app.connect("env-get-outdated", _read_again)
    app.connect("env-purge-doc", lambda app, env, docname: _stumbled(env).discard(docname))
    app.connect("env-merge-info", _merge)


def _guard(app: Sphinx) -> None:
    # Sphinx has no hook around a page; all that reads and writes goes through these methods.
    methods: dict[str, Callable[..., None]]
    methods = {"read_doc": _read, "write_doc": _write, "write_doc_serialized": _write}
    for name, guarded in methods.items():
        setattr(app.builder, name, partial(guarded, app.builder, getattr(app.builder, name)))


def _read(builder: Builder, read: Callable[..., None], docname: str, **options: Any) -> None:
    try:
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
    publisher = env._registry.get_publisher(builder.app, "restructuredtext")
    env.current_document._parser = publisher.parser
    settings: Any = publisher.settings
    settings.record_dependencies = DependencyList()
    title = _NOT_PLAIN.sub(r"\\\g<0>", docname.rsplit("/", 1)[-1])
    text = f"{title}\n{'=' * 2 * len(title)}\n\n{_TEXT}\n"
    publisher.source = StringInput(text, source_path=str(env.doc2path(docname)))
    publisher.publish()
    document: Any = publisher.document
    env.prepare_settings("")
    env.ref_context.clear()
    builder.write_doctree(docname, document, **options)
    written = (builder.doctreedir / f"{docname}.doctree").stat().st_mtime_ns
    env.all_docs[docname] = written // 1000


def stand_in_for(doctree: nodes.document, docname: str) -> nodes.document:
    """An empty page for one that can't be resolved or written."""
    document = new_document(docname, doctree.settings)
    name = docname.rsplit("/", 1)[-1]
    document += nodes.section("", nodes.title("", name), nodes.paragraph("", _TEXT), ids=["page"])
    return document


def _tell(error: Exception, docname: str, builder: Builder) -> None:
    path = str(builder.env.doc2path(docname))
    if not os.path.lexists(path):
        message = "the page vanished while the portal was built; build again"
        warn(rules.PAGE, message, f"{path}:1")
        return
    tell_stumble(error, docname, builder.env)


def tell_stumble(error: Exception, docname: str, env: BuildEnvironment) -> None:
    """Tell what a page can't be shown for, at its place."""
    path = str(env.doc2path(docname))
    what, (source, line) = _place_of(error, path)
    warn(rules.PAGE, _message(error, what), f"{source}:{line}")


def _message(error: Exception, what: str) -> str:
    said = traceback.format_exception_only(error)[-1].strip()
    said = " ".join(said.split()).rstrip(".")
    if isinstance(error, RecursionError):
        said = "it is nested too deeply"
    kind, _, name = what.partition(" ")
    if name in AROUND and isinstance(error, LookupError):
        return f"`{name}` stands outside of `{AROUND[name]}`; put it into one"
    if what:
        return f"the {kind} `{name}` can't be read ({said}); mend it, or take it out"
    return f"the page can't be shown ({said}); mend what it names, or take it out"


def _place_of(error: Exception, path: str) -> tuple[str, tuple[str, int]]:
    """What stumbled, and where it stands: the innermost directive or role, or else the page."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in reversed(frames):
        found = _named(frame)
        if found:
            what, source, line = found
            return what, (source if source and os.path.isabs(source) else path, max(line, 1))
    return "", (path, max(next(filter(None, map(_line, reversed(frames))), 1), 1))


def _named(frame: FrameType) -> tuple[str, str, int] | None:
    subject, calling = frame.f_locals.get("self"), _ROLE_IN.get(frame.f_code.co_name)
    try:
        if calling and isinstance(frame.f_locals.get("lineno"), int):
            return f"role {frame.f_locals[calling]}", "", frame.f_locals["lineno"]
        if isinstance(subject, Directive):
            source, line = subject.state_machine.get_source_and_line(subject.lineno)
            return f"directive {subject.name}", str(source or ""), int(line or subject.lineno)
    except Exception:
        return None
    return None


def _line(frame: FrameType) -> int:
    """The line of what a frame of MyST or docutils is at; 0 where it isn't known."""
    names = frame.f_locals
    token, node = names.get("token"), names.get("node")
    try:
        if token is not None and getattr(token, "map", None):
            return int(token.map[0]) + 1
        if isinstance(node, nodes.Element) and node.line:
            return int(node.line)
    except (TypeError, ValueError):
        return 0
    return 0


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
