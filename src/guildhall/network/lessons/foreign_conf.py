"""What a lesson's ``conf.py`` says, read as text: nothing of it is ever run or imported.

A small part of Python is followed: plain values (:mod:`guildhall.network.lessons.plain_python`),
what they do to lists and dicts (``+=``, ``append``, ``update``, ``x[key] = value``), and
names that come from modules beside the file. All else is noted with its line, and whatever depends
on it is left open.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

from guildhall.core.values.characters import unseen
from guildhall.core.values.faults import quote
from guildhall.network.lessons.plain_python import (
    LARGEST_VALUE,
    UNKNOWN,
    Evaluator,
    Function,
    Module,
    NotFollowedError,
    plain_sum,
)

LARGEST_CONF = 200_000
"""Bytes; the largest ``conf.py`` of the real lessons has 8,000."""
MOST_MODULES = 10
"""Modules beside a ``conf.py`` that are looked into."""


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

    def lines_of(self, name: str) -> str | None:
        """A setting that is a text of any number of lines, not empty."""
        value = self.values.get(name)
        if not isinstance(value, str) or not value.strip():
            return None
        lines = [line.expandtabs(8).rstrip() for line in value.splitlines()]
        return "\n".join(lines).strip("\n") if all(map(str.isprintable, lines)) else None

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
    return parse_conf(_text_of(path), path.parent)


def parse_conf(text: str, folder: Path | None = None) -> ForeignConf:
    """Like :func:`read_conf`, for text at hand.

    Args:
        text: the text.
        folder: where modules lie that it takes names from; none are looked into without it.
    """
    reader = _Reader(Evaluator(), _Modules(folder))
    reader.read(_parsed(text))
    conf = reader.conf
    conf.values = {name: x for name, x in conf.values.items() if _is_data(x)}
    return conf


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_CONF:
            raise UnreadableConfError(f"it is larger than {LARGEST_CONF // 1000} kB")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableConfError("it is not UTF-8") from None
    except OSError as error:
        raise UnreadableConfError(f"it can't be read: {error.strerror}") from None


def _parsed(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except SyntaxError as error:
        raise UnreadableConfError(f"line {error.lineno}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError):
        raise UnreadableConfError("it is not valid Python") from None


def _is_data(value: Any) -> bool:
    return value is not UNKNOWN and not isinstance(value, Function | Module) and not callable(value)


class _Modules:
    """The modules beside a ``conf.py``."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, Module] = {}

    def get(self, name: str, evaluator: Evaluator) -> Module:
        """The names of a module; none where it isn't there or can't be read."""
        if name in self._read:
            return self._read[name]
        # Known before it is read, so that modules which name each other end.
        found = self._read[name] = Module()
        path = self._path(name)
        if path is not None and len(self._read) <= MOST_MODULES:
            try:
                reader = _Reader(evaluator, self)
                reader.read(_parsed(_text_of(path)))
            except UnreadableConfError:
                return found
            found.update(reader.conf.values)
        return found

    def _path(self, name: str) -> Path | None:
        if self._folder is None or not all(part.isidentifier() for part in name.split(".")):
            return None
        inside = self._folder.resolve()
        base = self._folder / name.replace(".", "/")
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file() and path.resolve().is_relative_to(inside):
                return path
        return None


def _is_line(text: str) -> bool:
    return bool(text.strip()) and not unseen(text)


class _Reader:
    def __init__(self, evaluator: Evaluator, modules: _Modules) -> None:
        self.conf = ForeignConf()
        self._evaluator = evaluator
        self._modules = modules

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
            case ast.Import(names=names):
                for each in names:
                    module = self._modules.get(each.name, self._evaluator)
                    self.conf.values[(each.asname or each.name).partition(".")[0]] = module
            case ast.ImportFrom(module=str() as module, names=names):
                self._take_from(module, names)
            case ast.ImportFrom(names=names):
                self.conf.values.update({each.asname or each.name: UNKNOWN for each in names})
            case ast.FunctionDef(name="setup"):
                self._note(statement, f"`setup()` is not run{_registered(statement)}")
            case ast.FunctionDef(name=name):
                self.conf.values[name] = Function(statement, self.conf.values)
            case ast.ClassDef(name=name):
                self.conf.values[name] = UNKNOWN
            case ast.For():
                self._loop(statement)
            case ast.If():
                self._forget(statement, "changes under a condition")
            case _:
                self._forget(statement, "is not understood")

    def _take_from(self, name: str, names: list[ast.alias]) -> None:
        module = self._modules.get(name, self._evaluator)
        for each in names:
            found = module.get(each.name, UNKNOWN)
            if (name, each.name) == ("textwrap", "dedent"):
                found = dedent
            if each.name == "*":
                self.conf.values.update({k: x for k, x in module.items() if not k.startswith("_")})
            else:
                self.conf.values[each.asname or each.name] = found

    def _loop(self, statement: ast.For) -> None:
        names = dict(self.conf.values)
        try:
            self._evaluator.follow([statement], names)
        except NotFollowedError:
            self._forget(statement, "is not understood")
            return
        for name in dict.fromkeys(_changed(statement)):
            self.conf.values[name] = names[name]
            self.conf.lines[name] = statement.lineno

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
            self.conf.values[name] = total = plain_sum(holder, more)
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
        found = self._evaluator.value(node, self.conf.values)
        if isinstance(found, list) and any(each is UNKNOWN for each in found):
            line = node.lineno if node else 0
            self.conf.notes.append(Note(line, "an item of a list is computed"))
            return [each for each in found if each is not UNKNOWN]
        return found


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
