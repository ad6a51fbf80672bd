"""What a lesson's ``conf.py`` says, read as text: nothing of it is ever run or imported.

A small part of Python is followed: values written out, names given before, ``+``, ``or`` and
f-strings of such, and what ``conf.py`` files do to lists and dicts (``+=``, ``append``, ``update``,
``x[key] = value``). All else is noted with its line, and whatever depends on it is left open.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guildhall.values.characters import unseen
from guildhall.values.faults import quote

LARGEST_CONF = 200_000
"""Bytes; the largest ``conf.py`` of the real lessons has 8,000."""
LARGEST_VALUE = 10_000
"""Characters or items of one value, so that doubling it again and again ends."""


class _Unknown:
    """Stands for a value that only running the file would give."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


class UnreadableConfError(Exception):
    """The file is no Python that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was not understood.

    Args:
        line: its line, from 1.
        text: a clause.
        name: the setting that it is about, if it is about one.
    """

    line: int
    text: str
    name: str | None = None


@dataclass(slots=True)
class ForeignConf:
    """The settings of a ``conf.py``.

    Args:
        values: those that are understood, by name; parts that are not are left out of them.
        lines: where each was set last.
        notes: what was not understood, in the order of the file.
    """

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A setting that is a text, not empty and on one line."""
        value = self.values.get(name)
        return value.strip() if isinstance(value, str) and _is_line(value) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a setting that is a list."""
        value = self.values.get(name)
        if not isinstance(value, list | tuple | set):
            return ()
        return tuple(dict.fromkeys(x for x in value if isinstance(x, str) and _is_line(x)))

    def mapping(self, name: str) -> dict[str, Any]:
        """A setting that is a mapping with texts for keys."""
        value = self.values.get(name)
        if not isinstance(value, dict):
            return {}
        return {key: each for key, each in value.items() if isinstance(key, str) and _is_line(key)}


def read_conf(path: Path) -> ForeignConf:
    """Read a ``conf.py`` without running it.

    Raises:
        UnreadableConfError: where it is too large, no UTF-8, or no Python.
    """
    try:
        if path.stat().st_size > LARGEST_CONF:
            raise UnreadableConfError(f"it is larger than {LARGEST_CONF // 1000} kB")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableConfError("it is not UTF-8") from None
    except OSError as error:
        raise UnreadableConfError(f"it can't be read: {error.strerror}") from None
    return parse_conf(text)


def parse_conf(text: str) -> ForeignConf:
    """Like :func:`read_conf`, for text at hand."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise UnreadableConfError(f"line {error.lineno}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError):
        raise UnreadableConfError("it is no Python that can be read") from None
    reader = _Reader()
    reader.read(tree.body)
    conf = reader.conf
    conf.values = {name: x for name, x in conf.values.items() if x is not UNKNOWN}
    return conf


def _is_line(text: str) -> bool:
    return bool(text.strip()) and not unseen(text)


class _Reader:
    def __init__(self) -> None:
        self.conf = ForeignConf()

    def read(self, statements: list[ast.stmt]) -> None:
        for statement in statements:
            try:
                self._statement(statement)
            except RecursionError:
                self._forget(statement, "is nested too deeply")

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                before = len(self.conf.notes)
                found = self._value(value)
                self._name_notes(before, targets)
                for target in targets:
                    self._assign(target, found, statement)
            case ast.AnnAssign(target=target, value=value) if value is not None:
                self._assign(target, self._value(value), statement)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add() | ast.BitOr(), value=value):
                self._add(name, self._value(value), statement)
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr=method), args=arguments
                )
            ) if name in self.conf.values:
                self._call(name, method, [self._value(each) for each in arguments], statement)
            case ast.Expr(value=ast.Constant()) | ast.AnnAssign() | ast.Pass():
                pass
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                for each in names:
                    self.conf.values[(each.asname or each.name).partition(".")[0]] = UNKNOWN
            case ast.FunctionDef(name="setup"):
                self._note(statement, f"`setup()` is not run{_registered(statement)}")
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                self.conf.values[name] = UNKNOWN
            case ast.If():
                self._forget(statement, "changes under a condition")
            case _:
                self._forget(statement, "is not understood")

    def _assign(self, target: ast.expr, value: Any, statement: ast.stmt) -> None:
        match target:
            case ast.Name(id=name):
                self.conf.values[name] = value
                self.conf.lines[name] = statement.lineno
                if value is UNKNOWN:
                    self._note(statement, f"{quote(name)} is computed", name)
            case ast.Subscript(value=ast.Name(id=name), slice=key):
                self._put(name, self._value(key), value, statement)
            case _:
                self._forget(statement, "is not understood")

    def _name_notes(self, before: int, targets: list[ast.expr]) -> None:
        """Say of which setting the parts are that a value's notes speak of."""
        names = [name for target in targets for name in _names(target)]
        for index, note in enumerate(self.conf.notes[before:], before):
            name = names[0] if names else ""
            text = f"an item of {quote(name)} is computed"
            self.conf.notes[index] = Note(note.line, text, name)

    def _put(self, name: str, key: Any, value: Any, statement: ast.stmt) -> None:
        holder = self.conf.values.get(name, UNKNOWN)
        plain = isinstance(key, str | int) and value is not UNKNOWN
        if isinstance(holder, dict) and plain and len(holder) < LARGEST_VALUE:
            holder[key] = value
        elif holder is not UNKNOWN:
            self._note(statement, f"an entry of {quote(name)} is computed", name)

    def _add(self, name: str, more: Any, statement: ast.stmt) -> None:
        holder = self.conf.values.get(name, UNKNOWN)
        if isinstance(holder, list) and isinstance(more, list | tuple):
            self._extend(name, holder, more, statement)
        elif isinstance(holder, dict) and isinstance(more, dict):
            self._update(name, holder, more, statement)
        else:
            self.conf.values[name] = total = _sum(holder, more)
            if total is UNKNOWN:
                self._note(statement, f"what is added to {quote(name)} is computed", name)

    def _call(self, name: str, method: str, given: list[Any], statement: ast.stmt) -> None:
        holder = self.conf.values[name]
        match holder, method, given:
            case list(), "append", [value]:
                self._extend(name, holder, [value], statement)
            case list(), "insert", [int(), value]:
                self._extend(name, holder, [value], statement)
            case list(), "extend", [list() | tuple() as more]:
                self._extend(name, holder, more, statement)
            case list(), "remove", [value] if value in holder:
                holder.remove(value)
            case dict(), "update", [dict() as more]:
                self._update(name, holder, more, statement)
            case _:
                if holder is not UNKNOWN:
                    self._note(statement, f"a change of {quote(name)} is not understood", name)

    def _extend(
        self, name: str, holder: list[Any], more: list[Any] | tuple[Any, ...], at: ast.stmt
    ) -> None:
        known = [each for each in more if each is not UNKNOWN]
        if len(known) < len(more) or len(holder) + len(known) > LARGEST_VALUE:
            self._note(at, f"what is added to {quote(name)} is computed", name)
        holder += known[: LARGEST_VALUE - len(holder)]

    def _update(
        self, name: str, holder: dict[Any, Any], more: dict[Any, Any], at: ast.stmt
    ) -> None:
        if len(holder) + len(more) > LARGEST_VALUE:
            self._note(at, f"what is added to {quote(name)} is too much", name)
        else:
            holder.update(more)

    def _forget(self, statement: ast.stmt, why: str) -> None:
        """Leave open what a statement may do: each name that it could set or change."""
        names = dict.fromkeys(_changed(statement))
        for name in names:
            # What was set before still holds where a condition may not be met.
            self.conf.values.setdefault(name, UNKNOWN)
            self._note(statement, f"{quote(name)} {why}", name)
        if not names and not _is_harmless(statement):
            self._note(statement, f"{quote(ast.unparse(statement))} {why}")

    def _note(self, statement: ast.stmt, text: str, name: str | None = None) -> None:
        if len(self.conf.notes) < LARGEST_VALUE:
            self.conf.notes.append(Note(statement.lineno, text, name))

    def _value(self, node: ast.expr | None) -> Any:
        match node:
            case ast.Constant(value=str() | int() | float() | None as value):
                is_long = isinstance(value, str) and len(value) > LARGEST_VALUE
                return UNKNOWN if is_long else value
            case ast.Name(id=name):
                return self.conf.values.get(name, UNKNOWN)
            case ast.List(elts=items):
                return self._items(items)
            case ast.Tuple(elts=items):
                return tuple(self._items(items, keep_unknown=True))
            case ast.Set(elts=items):
                return [each for each in self._items(items) if isinstance(each, str)]
            case ast.Dict(keys=keys, values=values):
                return self._mapping(keys, values)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _sum(self._value(left), self._value(right))
            case ast.BoolOp(op=ast.Or(), values=values):
                return self._first_true(values)
            case ast.JoinedStr(values=parts):
                return self._joined(parts)
            case ast.Subscript(value=holder, slice=key):
                return _item(self._value(holder), self._value(key))
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
                named = {k.arg: self._value(k.value) for k in keywords if k.arg}
                return {key: each for key, each in named.items() if each is not UNKNOWN}
        return UNKNOWN

    def _items(self, items: list[ast.expr], *, keep_unknown: bool = False) -> list[Any]:
        found: list[Any] = []
        for item in items:
            if isinstance(item, ast.Starred):
                more = self._value(item.value)
                found += more if isinstance(more, list | tuple) else [UNKNOWN]
            else:
                found.append(self._value(item))
            if len(found) > LARGEST_VALUE:
                break
        if keep_unknown:
            return found[:LARGEST_VALUE]
        known = [each for each in found if each is not UNKNOWN]
        if len(known) < len(found) and items:
            self.conf.notes.append(Note(items[0].lineno, "an item of a list is computed"))
        return known[:LARGEST_VALUE]

    def _mapping(self, keys: list[ast.expr | None], values: list[ast.expr]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, node in zip(keys, values, strict=True):
            value = self._value(node)
            if key is None:
                found.update(value if isinstance(value, dict) else {})
                continue
            name = self._value(key)
            if isinstance(name, str | int) and value is not UNKNOWN:
                found[name] = value
            if len(found) > LARGEST_VALUE:
                break
        return found

    def _first_true(self, nodes: list[ast.expr]) -> Any:
        value: Any = UNKNOWN
        for node in nodes:
            value = self._value(node)
            if value is UNKNOWN or value:
                return value
        return value

    def _joined(self, parts: list[ast.expr]) -> Any:
        found = ""
        for part in parts:
            plain = isinstance(part, ast.FormattedValue) and part.format_spec is None
            value = self._value(part.value if plain else part)  # type: ignore[attr-defined]
            if not isinstance(value, str | int):
                return UNKNOWN
            found += str(value)
            if len(found) > LARGEST_VALUE:
                return UNKNOWN
        return found


def _sum(left: Any, right: Any) -> Any:
    alike = isinstance(left, str | list | tuple) and isinstance(right, type(left))
    return left + right if alike and len(left) + len(right) <= LARGEST_VALUE else UNKNOWN


def _item(holder: Any, key: Any) -> Any:
    if isinstance(holder, dict) and isinstance(key, str | int):
        return holder.get(key, UNKNOWN)
    if isinstance(holder, list | tuple) and isinstance(key, int) and abs(key) < len(holder):
        return holder[key]
    return UNKNOWN


def _changed(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement may set or change, in the order of the file."""
    for node in ast.walk(statement):
        match node:
            case ast.Assign(targets=targets):
                for target in targets:
                    yield from _names(target)
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
                yield from _names(target)
            case ast.For(target=target):
                yield from _names(target)
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" | "update")
            ):
                yield name


def _is_harmless(statement: ast.stmt) -> bool:
    """Whether a statement only says where Python finds modules, which are not imported here."""
    match statement:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Attribute(value=ast.Name(id="sys"), attr="path"))
            )
        ):
            return True
    return False


def _names(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            yield name
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                yield from _names(item)


def _registered(setup: ast.stmt) -> str:
    """The directives and roles that a ``setup`` function registers, as far as it names them."""
    found = []
    for node in ast.walk(setup):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="add_directive" | "add_role" as method),
                args=[ast.Constant(value=str() as name), *_],
            ):
                found.append(f"the {method.removeprefix('add_')} {quote(name)}")
            case ast.Call(func=ast.Attribute(attr="add_directive" | "add_role" as method)):
                found.append(f"{method.removeprefix('add_')}s that are computed")
    return f"; it adds {', '.join(dict.fromkeys(found))}" if found else ""
