"""New values in a YAML file of which nothing else changes: comments, order, quotes, blanks.

The text is changed only where a value is new, gone or another one. Everything else stays byte for
byte.
"""

from __future__ import annotations

from collections.abc import Iterator
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
        text: a file that :func:`~guildhall.records.yaml_source.parse_yaml` reads without faults.
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
        entries = {key.value: (key, value) for key, value in node.value}
        kept = [key for key in entries if key in new]
        if not kept:
            raise UnchangeableError
        for key, (at, value) in entries.items():
            if key in new:
                self.value(value, old[key], new[key], key=None if self._in_flow(node) else at)
        if self._in_flow(node):
            self._flow_removals(
                [(at.start_mark.index, self._end(v), k in new) for k, (at, v) in entries.items()]
            )
        else:
            self._mapping_removals(list(entries.values()), [key in new for key in entries])
        before: str | None = None
        for key, value in new.items():
            if key in entries:
                before = key
            elif self._in_flow(node):
                self._add_in_flow(entries, kept, before, f"{key}: {flow(value)}")
            else:
                self._add_key(entries, kept, before, key, value)

    def _mapping_removals(
        self, entries: list[tuple[yaml.Node, yaml.Node]], keeps: list[bool]
    ) -> None:
        for index, (key, value) in enumerate(entries):
            if keeps[index]:
                continue
            start = key.start_mark.index
            line = self._line_start(start)
            if self._text[line:start].strip():
                # The dash of a list's item stands before it: the next key takes its place.
                following = next((n for n in range(index, len(keeps)) if keeps[n]), None)
                if following is None:
                    raise UnchangeableError
                if any(not keep for keep in keeps[index + 1 : following]):
                    raise UnchangeableError
                self._replace(start, entries[following][0].start_mark.index, "")
            else:
                self._replace(line, self._line_end(self._end(value)), "")

    def _add_key(
        self,
        entries: dict[str, tuple[yaml.Node, yaml.Node]],
        kept: list[str],
        before: str | None,
        key: str,
        value: Any,
    ) -> None:
        anchor = entries[before if before is not None else kept[0]]
        indent = anchor[0].start_mark.column
        lines = self._lines(entry_lines(key, value, indent))
        start = anchor[0].start_mark.index
        line = self._line_start(start)
        if before is None and not self._text[line:start].strip():
            self._replace(line, line, lines)
        else:
            self._insert_after(self._end(anchor[1]), lines)

    def _list(self, node: yaml.Node, old: list[Any], new: list[Any]) -> None:
        names, wanted = identities(old), identities(new)
        kept = [name for name in names if name in set(wanted)]
        if kept != [name for name in wanted if name in set(names)] or not kept:
            # Another order, or nothing that stays: the list is written anew.
            self._whole_list(node, new)
            return
        nodes = dict(zip(names, node.value, strict=True))
        for name, item, data in zip(names, node.value, old, strict=True):
            if name in wanted:
                self.value(item, data, new[wanted.index(name)], key=None)
        if self._in_flow(node):
            self._flow_removals(
                [(x.start_mark.index, self._end(x), n in wanted) for n, x in nodes.items()]
            )
        else:
            for name, item in nodes.items():
                if name not in wanted:
                    dash = self._dash(item)
                    line = self._line_start(dash)
                    self._replace(line, self._line_end(self._end(item)), "")
        before = None
        for name, data in zip(wanted, new, strict=True):
            if name in nodes:
                before = name
            elif self._in_flow(node):
                spans = {each: (item, item) for each, item in nodes.items()}
                self._add_in_flow(spans, kept, before, flow(data))
            else:
                self._add_item(nodes, kept, before, data)

    def _add_item(self, nodes: Any, kept: Any, before: Any, data: Any) -> None:
        anchor = nodes[before if before is not None else kept[0]]
        dash = self._dash(anchor)
        line = self._line_start(dash)
        lines = self._lines(item_lines(data, dash - line))
        if before is None:
            self._replace(line, line, lines)
        else:
            self._insert_after(self._end(anchor), lines)

    def _is_on_one_line(self, node: yaml.Node, new: str) -> bool:
        old = self._text[node.start_mark.index : self._end(node)]
        column = node.start_mark.column
        return (
            "\n" not in old + new and _style(node) not in {"|", ">"} and column + len(new) <= WIDTH
        )

    def _whole_list(self, node: yaml.Node, new: list[Any]) -> None:
        if self._in_flow(node):
            self._replace(node.start_mark.index, node.end_mark.index, flow(new))
            return
        dash = self._dash(node.value[0])
        line = self._line_start(dash)
        lines = self._lines(each for item in new for each in item_lines(item, dash - line))
        self._replace(line, self._line_end(self._end(node)), lines)

    def _flow_removals(self, spans: list[tuple[int, int, bool]]) -> None:
        for index, (start, end, stays) in enumerate(spans):
            if stays:
                continue
            following = spans[index + 1][0] if index + 1 < len(spans) else None
            if following is not None and not any(keep for *_, keep in spans[:index]):
                self._replace(start, following, "")
            else:
                self._replace(spans[index - 1][1], end, "")

    def _add_in_flow(self, spans: Any, kept: Any, before: Any, text: str) -> None:
        if before is None:
            start = spans[kept[0]][0].start_mark.index
            self._replace(start, start, f"{text}, ")
        else:
            end = self._end(spans[before][1])
            self._replace(end, end, f", {text}")

    def _insert_after(self, end: int, lines: str) -> None:
        line = self._line_end(end)
        missing = "" if self._text[:line].endswith("\n") else self._break
        self._replace(line, line, missing + lines)

    def _in_flow(self, node: yaml.Node) -> bool:
        if isinstance(node, yaml.CollectionNode):
            return bool(node.flow_style)
        return False

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
