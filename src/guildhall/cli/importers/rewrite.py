"""New values in a YAML file of which nothing else changes: comments, order, quotes, blanks.

The text is changed only where a value is new, gone or another one. Everything else stays byte for
byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guildhall.cli.importers.identity import identities
from guildhall.core.yaml_source import UnreadableError, parse_yaml
from guildhall.core.yaml_writer import WIDTH, entry_lines, flow, item_lines, quoted


class UnchangeableError(Exception):
    """A file is written in a way that can't be changed safely; change it by hand."""


def amended(text: str, data: dict[str, Any]) -> str:
    """A YAML text that holds ``data``, as near to the given one as can be.

    Args:
        text: a file that :func:`~guildhall.core.yaml_source.parse_yaml` reads without faults.
        data: what it is to hold: texts, None, lists and mappings.

    Raises:
        UnchangeableError: where no such text could be made.
    """
    old, _, _ = parse_yaml(text, Path("record"))
    if old == data:
        return text
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None or not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise UnchangeableError
    changes = _Changes(text)
    changes.mapping(root, old, data)
    new = changes.applied()
    try:
        found, _, faults = parse_yaml(new, Path("record"))
    except UnreadableError:
        raise UnchangeableError from None
    if faults or found != data:
        raise UnchangeableError
    return new


_Entries = dict[Any, tuple[yaml.Node, yaml.Node]]


@dataclass(order=True)
class _Splice:
    start: int
    end: int
    text: str = field(compare=False)


class _Changes:
    def __init__(self, text: str) -> None:
        self._text = text
        self._break = "\r\n" if "\r\n" in text else "\n"
        self._splices: list[_Splice] = []

    def applied(self) -> str:
        parts, last = [], 0
        # Splices at one place stay in the order in which they were found.
        for splice in sorted(self._splices, key=lambda each: (each.start, each.end)):
            if splice.start < last:
                raise UnchangeableError
            parts += [self._text[last : splice.start], splice.text]
            last = splice.end
        return "".join([*parts, self._text[last:]])

    def _replace(self, start: int, end: int, text: str) -> None:
        self._splices.append(_Splice(start, end, text))

    def _lines(self, lines: Iterator[str]) -> str:
        return "".join(f"{line}{self._break}" for line in lines)

    def value(self, node: yaml.Node, old: Any, new: Any, *, key: yaml.Node | None) -> None:
        """Change a value."""
        if old == new:
            return
        if isinstance(old, dict) and isinstance(new, dict) and old and new:
            self.mapping(node, old, new)
        elif isinstance(old, list) and isinstance(new, list) and old and new:
            self._list(node, old, new)
        elif isinstance(old, str) and isinstance(new, str) and self._is_on_one_line(node, new):
            self._replace(node.start_mark.index, self._end(node), _quoted_as(node, new))
        elif key is not None:
            indent = key.start_mark.column
            name = self._text[key.start_mark.index : key.end_mark.index]
            lines = list(entry_lines("x", new, indent))
            first = f"{name}{lines[0][indent + 1 :]}"
            tail = "" if len(lines) == 1 else self._break + self._break.join(lines[1:])
            self._replace(key.start_mark.index, self._end(node), first + tail)
        else:
            self._replace(node.start_mark.index, self._end(node), flow(new))

    def mapping(self, node: yaml.Node, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Change what a mapping holds."""
        in_flow = _in_flow(node)
        entries = {key.value: (key, value) for key, value in node.value}
        if not any(key in new for key in entries):
            raise UnchangeableError
        for key, (at, value) in entries.items():
            if key in new:
                self.value(value, old[key], new[key], key=None if in_flow else at)
        if in_flow:
            self._in_brackets(entries, [*new], lambda key: f"{key}: {flow(new[key])}")
        else:
            self._on_lines(
                entries, [*new], lambda key, indent: entry_lines(key, new[key], indent), _start
            )

    def _list(self, node: yaml.Node, old: list[Any], new: list[Any]) -> None:
        names = identities(old)
        wanted = dict(zip(identities(new), new, strict=True))
        kept = [name for name in names if name in wanted]
        if kept != [name for name in wanted if name in set(names)] or not kept:
            # Another order, or nothing that stays: the list is written anew.
            self._whole_list(node, new)
            return
        for name, item, data in zip(names, node.value, old, strict=True):
            if name in wanted:
                self.value(item, data, wanted[name], key=None)
        entries = {name: (item, item) for name, item in zip(names, node.value, strict=True)}
        if _in_flow(node):
            self._in_brackets(entries, [*wanted], lambda name: flow(wanted[name]))
        else:
            self._on_lines(
                entries,
                [*wanted],
                lambda name, indent: item_lines(wanted[name], indent),
                self._dash,
            )

    def _in_brackets(
        self, entries: _Entries, wanted: list[Any], text: Callable[[Any], str]
    ) -> None:
        """Remove and add what stands in brackets.

        Args:
            entries: what is there, by name: where each begins, and where it ends.
            wanted: the names of what is to be there.
            text: that of a new one.
        """
        names = list(entries)
        spans = [(_start(first), self._end(last)) for first, last in entries.values()]
        for index, (start, end) in enumerate(spans):
            if names[index] in wanted:
                continue
            if index + 1 < len(spans) and not any(name in wanted for name in names[:index]):
                self._replace(start, spans[index + 1][0], "")
            else:
                self._replace(spans[index - 1][1], end, "")
        for name, anchor, is_after in _added(names, wanted):
            start, end = spans[names.index(anchor)]
            if is_after:
                self._replace(end, end, f", {text(name)}")
            else:
                self._replace(start, start, f"{text(name)}, ")

    def _on_lines(
        self,
        entries: _Entries,
        wanted: list[Any],
        lines: Callable[[Any, int], Iterator[str]],
        start_of: Callable[[yaml.Node], int],
    ) -> None:
        """Remove and add what stands on lines of its own.

        Args:
            entries: what is there, by name: where each begins, and where it ends.
            wanted: the names of what is to be there.
            lines: those of a new one, after so many blanks.
            start_of: where one begins.
        """
        names = list(entries)
        for index, (name, (first, last)) in enumerate(entries.items()):
            if name in wanted:
                continue
            start = start_of(first)
            line = self._line_start(start)
            if not self._text[line:start].strip():
                self._replace(line, self._line_end(self._end(last)), "")
                continue
            # The dash of a list's item stands before it: the next key takes its place.
            following = names[index + 1] if index + 1 < len(names) else None
            if following not in wanted:
                raise UnchangeableError
            self._replace(start, start_of(entries[following][0]), "")
        for name, anchor, is_after in _added(names, wanted):
            start, end = start_of(entries[anchor][0]), self._end(entries[anchor][1])
            line = self._line_start(start)
            new = self._lines(lines(name, start - line))
            if not is_after and not self._text[line:start].strip():
                self._replace(line, line, new)
                continue
            after = self._line_end(end)
            missing = "" if self._text[:after].endswith("\n") else self._break
            self._replace(after, after, missing + new)

    def _is_on_one_line(self, node: yaml.Node, new: str) -> bool:
        old = self._text[node.start_mark.index : self._end(node)]
        column = node.start_mark.column
        return (
            "\n" not in old + new and _style(node) not in {"|", ">"} and column + len(new) <= WIDTH
        )

    def _whole_list(self, node: yaml.Node, new: list[Any]) -> None:
        if _in_flow(node):
            self._replace(node.start_mark.index, node.end_mark.index, flow(new))
            return
        dash = self._dash(node.value[0])
        line = self._line_start(dash)
        lines = self._lines(each for item in new for each in item_lines(item, dash - line))
        self._replace(line, self._line_end(self._end(node)), lines)

    def _end(self, node: yaml.Node) -> int:
        """Where the text of a value ends, without the comments and blanks after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start, end = node.start_mark.index, node.end_mark.index
        return start + len(self._text[start:end].rstrip())

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _line_end(self, index: int) -> int:
        """The first place after the line that ``index`` is in, or is the end of."""
        found = self._text.find("\n", index)
        return len(self._text) if found < 0 else found + 1

    def _dash(self, node: yaml.Node) -> int:
        found = self._text.rfind("-", 0, node.start_mark.index)
        between = self._text[found + 1 : node.start_mark.index]
        if found < 0 or between.strip() or self._text[self._line_start(found) : found].strip():
            raise UnchangeableError
        return found


def _added(names: list[Any], wanted: list[Any]) -> Iterator[tuple[Any, Any, bool]]:
    """What is new: its name, that of what it stands beside, and whether it stands after that."""
    anchor, is_after = next(name for name in names if name in wanted), False
    for name in wanted:
        if name in names:
            anchor, is_after = name, True
        else:
            yield name, anchor, is_after


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def _in_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _quoted_as(node: yaml.Node, text: str) -> str:
    """A text in the quotes that another one stands in."""
    style = _style(node)
    if style == '"':
        return quoted(text)
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return flow(text)


def _style(node: yaml.Node) -> str | None:
    """The quotes or the indicator of a scalar; None for a plain one."""
    return node.style if isinstance(node, yaml.ScalarNode) else None
