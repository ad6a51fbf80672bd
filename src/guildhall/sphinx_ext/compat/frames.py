"""The directive or role that an exception comes from, and its line.

Why: neither docutils, Sphinx nor MyST says which directive or role it was in when one raises.

Without it: messages name the page alone, and authors look for the line themselves.
"""

from __future__ import annotations

import traceback
from types import FrameType

from docutils import nodes
from docutils.parsers.rst import Directive

_ROLE_IN = {"interpreted": "role", "render_myst_role": "name"}
"""Functions of docutils and MyST that call a role, and what each calls its name."""


def place_of(error: BaseException) -> tuple[str, str, int]:
    """What an exception comes from, and where that stands.

    Returns:
        what it is, as ``directive`` or ``role`` with its name, empty where there is none; its file,
        empty where only the page is known; and the line, 0 where it isn't known.
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in reversed(frames):
        found = _named(frame)
        if found:
            return found
    return "", "", next(filter(None, map(_line, reversed(frames))), 0)


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
            return int(token.map[0])
        if isinstance(node, nodes.Element) and node.line:
            return int(node.line)
    except (TypeError, ValueError):
        return 0
    return 0
