"""Patterns of paths as Sphinx reads them, without Sphinx.

Source of the rules: https://www.sphinx-doc.org/en/master/usage/configuration.html
(``exclude_patterns``): ``*``, ``?`` and ``[...]`` as in shells, none of which matches a slash, and
``**``, which does. A pattern with an open bracket that nothing closes has it as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_SIGN = re.compile(r"\*\*|\*|\?|\[(?P<negated>!?+)(?P<members>\]?+[^]]*)\]|.", re.DOTALL)


def matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """What tells whether a path fits one of several patterns.

    Args:
        patterns: the patterns, with slashes.

    Raises:
        re.error: where a range of a pattern ends before it begins, such as ``[z-a]``.
    """
    compiled = [re.compile(_SIGN.sub(_translated, pattern) + "$") for pattern in patterns]
    return lambda path: any(each.match(path) for each in compiled)


def _translated(sign: re.Match[str]) -> str:
    text = sign[0]
    if text == "**":
        return ".*"
    if text in {"*", "?"}:
        return "[^/]*" if text == "*" else "[^/]"
    if sign["members"] is None:
        return re.escape(text)
    members = sign["members"].replace("\\", r"\\")
    if sign["negated"]:
        return f"[^/{members}]"
    return f"[\\{members}]" if members.startswith("^") else f"[{members}]"
