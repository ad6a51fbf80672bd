"""Plain data as YAML, the way people write records."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any

import yaml

WIDTH = 100
"""The longest line, in characters, where a value allows for it."""
_INDENT = 2


def rendered(data: dict[str, Any]) -> str:
    """A mapping as a file."""
    return "".join(f"{line}\n" for line in mapping_lines(data, 0))


def mapping_lines(data: dict[str, Any], indent: int) -> Iterator[str]:
    """The lines of a mapping.

    Args:
        data: the mapping.
        indent: blanks before each key.
    """
    for key, value in data.items():
        yield from entry_lines(key, value, indent)


def entry_lines(key: str, value: Any, indent: int) -> Iterator[str]:
    """The lines of a key with its value."""
    blanks = " " * indent
    name = scalar(key)
    if isinstance(value, dict) and value:
        yield f"{blanks}{name}:"
        yield from mapping_lines(value, indent + _INDENT)
    elif isinstance(value, list) and value:
        short = f"{blanks}{name}: {flow(value)}"
        if _is_short(value) and len(short) <= WIDTH:
            yield short
        else:
            yield f"{blanks}{name}:"
            for item in value:
                yield from item_lines(item, indent + _INDENT)
    else:
        yield from _text_lines(f"{blanks}{name}: ", value, indent + _INDENT)


def item_lines(value: Any, indent: int) -> Iterator[str]:
    """The lines of an item of a list, the dash after ``indent`` blanks."""
    blanks = " " * indent
    if isinstance(value, dict) and value:
        short = f"{blanks}- {flow(value)}"
        if len(value) > 1 and all(_is_short(each) for each in value.values()) and len(short) <= 80:
            yield short
            return
        lines = list(mapping_lines(value, indent + _INDENT))
        yield f"{blanks}- {lines[0][indent + _INDENT :]}"
        yield from lines[1:]
    else:
        yield from _text_lines(f"{blanks}- ", value, indent + _INDENT)


def flow(value: Any) -> str:
    """A value on one line, in brackets where it holds others."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value, in_flow=True)


def _is_short(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= 4 and all(isinstance(x, str) and len(x) <= 40 for x in value)
    return isinstance(value, str) and "\n" not in value


def _text_lines(start: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict | list):
        yield f"{start}{flow(value)}"
        return
    text = scalar(value)
    if (len(start) + len(text) <= WIDTH or " " not in text) and "\n" not in text:
        yield f"{start}{text}"
        return
    folded = _folded(value, indent)
    if folded is None:
        yield f"{start}{text}"
        return
    yield f"{start}>-"
    for line in folded:
        yield f"{' ' * indent}{line}"


def _folded(value: str, indent: int) -> list[str] | None:
    """The lines of a folded scalar that holds exactly that text; None where there is none."""
    if "\n" in value or "  " in value or value != value.strip():
        return None
    wide = max(WIDTH - indent, 40)
    lines = textwrap.wrap(value, wide, break_long_words=False, break_on_hyphens=False)
    return lines if " ".join(lines) == value else None


def scalar(value: Any, *, in_flow: bool = False) -> str:
    """A text on one line, without quotes where it is read as the same text.

    Args:
        value: the text, or anything whose ``str`` is what is written; None is ``null``.
        in_flow: whether it stands in brackets.
    """
    if value is None:
        return "null"
    text = str(value)
    return text if _is_plain(text, in_flow=in_flow) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, whatever it holds; JSON is a part of YAML 1.2."""
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether a text can stand without quotes, by asking a reader of YAML."""
    if not text or not text.isprintable() or text in {"~", "null", "Null", "NULL"}:
        return False
    trial = f"[{text}, {text}]" if in_flow else f"- {text}\n- {text}\n"
    try:
        events = list(yaml.parse(trial, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False
    found = [each for each in events if isinstance(each, yaml.ScalarEvent)]
    plain = all(
        each.value == text and not each.style and not each.tag and not each.anchor for each in found
    )
    key = f"{text}: x\n"
    try:
        keys = list(yaml.parse(key, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False
    as_key = [each.value for each in keys if isinstance(each, yaml.ScalarEvent)]
    others = (yaml.AliasEvent, yaml.MappingStartEvent)
    return (
        plain
        and len(found) == 2
        and not any(isinstance(each, others) for each in events)
        and as_key == [text, "x"]
    )
