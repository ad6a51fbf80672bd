"""Pages of strangers without the settings that they bring along.

MyST-Parser and MyST-NB take settings from the top of a page and from the metadata of a notebook:
syntax, templates, kernels, and how outputs are shown. Of an untrusted page only what names its
language of code is kept, and what concerns the page alone. Lines stay where they are, so that
messages name the right ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin
from myst_parser.config.main import TopmatterReadError, read_topmatter

from guildhall.sphinx_ext.content.notebook_pages import may_be_notebook

SETTINGS = ("myst", "mystnb", "substitutions", "html_meta")
"""Keys of a page that MyST-Parser and MyST-NB take settings from."""

METADATA = frozenset({"nocomments", "nosearch", "orphan", "tocdepth"})
"""What an untrusted page may say of itself to Sphinx; none of it touches another page."""

_OF_CODE = {
    "kernelspec": ("name", "display_name", "language"),
    "language_info": ("name", "pygments_lexer", "file_extension", "mimetype"),
}
_NEWLINE = re.compile(r"\r\n?")
_LONGEST_NAME = 100
_RULE = re.compile(r"---+[ \t]*$", re.MULTILINE)


def without_settings(text: str) -> tuple[str, tuple[str, ...]]:
    """A Markdown page without its front matter.

    Args:
        text: the page.

    Returns:
        the page, with front matter of as many lines that holds what is kept; and the settings
        that it asked for, by name.
    """
    if not text.startswith("---"):
        return text, ()
    text = _NEWLINE.sub("\n", text)
    front = _front_matter(text)
    kept_front = _kept(front)
    if _is_notebook(text):
        kept_front["file_format"] = "mystnb"
    end = _end_of_front_matter(text)
    if end is None:
        # Not closed, so that Markdown takes it for text, while MyST may take settings from it.
        sign = "***" if _RULE.match(text) else "\\---"
        return sign + text[3:], settings_in(front)
    lines = text.split("\n")
    kept = [""] * end
    if kept_front and end >= 3:
        # JSON is YAML, but for its way to write signs beyond 16 bits.
        kept[:2], kept[-1] = ["---", json.dumps(kept_front, ensure_ascii=False)], "---"
    return "\n".join([*kept, *lines[end:]]), settings_in(front)


def _is_notebook(text: str) -> bool:
    if not may_be_notebook(text.encode()):
        return False
    # It loads Jupyter's libraries.
    from myst_nb.core.read import is_myst_markdown_notebook

    return bool(is_myst_markdown_notebook(text))


def notebook_without_settings(text: str) -> tuple[str, tuple[str, ...]]:
    """A Jupyter notebook without the settings in its metadata.

    Args:
        text: the notebook, as JSON.

    Returns:
        the notebook and the settings that it asked for, by name; what is no notebook stays as it
        is, for Sphinx to tell.
    """
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        return text, ()
    if not isinstance(notebook, dict) or not isinstance(notebook.get("metadata"), dict):
        return text, ()
    metadata = notebook["metadata"]
    notebook["metadata"] = _kept(metadata)
    if isinstance(metadata.get("widgets"), dict):
        notebook["metadata"]["widgets"] = metadata["widgets"]
    return json.dumps(notebook), settings_in(metadata)


def settings_in(front: Mapping[str, Any]) -> tuple[str, ...]:
    """The settings that a page asks for, such as ``myst.enable_extensions``."""
    asked: list[str] = []
    for key in SETTINGS:
        value = front.get(key)
        if isinstance(value, dict) and key.startswith("myst"):
            asked += (f"{key}.{name}" for name in value)
        elif value is not None:
            asked.append(key)
    return tuple(asked)


def _front_matter(text: str) -> Mapping[str, Any]:
    try:
        read = read_topmatter(text)
    except (TopmatterReadError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _end_of_front_matter(text: str) -> int | None:
    """The number of lines that Markdown takes for front matter."""
    parser = MarkdownIt("zero").use(front_matter_plugin)
    first: Iterable[Any] = parser.parse(text)[:1]
    for token in first:
        if token.type == "front_matter" and token.map:
            return int(token.map[1])
    return None


def _kept(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """What a page may say of itself, and which language its code is in; no kernel is started."""
    found = {name: metadata[name] for name in METADATA if _is_plain(metadata.get(name))}
    for key, names in _OF_CODE.items():
        about = metadata.get(key)
        if isinstance(about, dict):
            kept = {name: about[name] for name in names if _is_name(about.get(name))}
            if kept:
                found[key] = kept
    if "kernelspec" in found:
        # The format of notebooks asks for both.
        found["kernelspec"] = {"name": "none", "display_name": "none", **found["kernelspec"]}
    return found


def _is_plain(value: Any) -> bool:
    return isinstance(value, bool | int) or _is_name(value)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_NAME
