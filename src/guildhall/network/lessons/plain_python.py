"""Values of Python expressions that are plain data, worked out without running Python.

What is followed: values written out, names given before, ``+`` and ``%`` of texts, comparisons,
f-strings, ``format``, ``join`` and a few other methods of texts, comprehensions, and functions that
do no more than that. All else has the value ``UNKNOWN``, and so has what is made of it. The work
and the size of what comes of it are limited.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

LARGEST_VALUE = 10_000
"""Items of one value, so that doubling it again and again ends."""
LARGEST_TEXT = 200_000
"""Characters of one text."""
MOST_STEPS = 300_000
"""Steps that one file may take."""
DEEPEST_CALL = 8


class _Unknown:
    """Stands for a value that only running the file would give."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()
Names = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the file; its body is followed where it is called.

    Args:
        definition: what was written.
        names: the names of its module, as they are when it is called.
    """

    definition: ast.FunctionDef
    names: Names


class NotFollowedError(Exception):
    """Something that only running it would tell."""


class _Returned(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, other: one in other,
    ast.NotIn: lambda one, other: one not in other,
}
_TEXT_METHODS = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "replace", "removeprefix", "removesuffix"}
    | {"split", "splitlines"}
)
_FIELD = re.compile(r"\{\{|\}\}|\{(?P<name>\w*)\}|[{}]")
_PERCENT = re.compile(r"%(?:\((?P<name>\w+)\))?(?P<kind>.)", re.DOTALL)


class Evaluator:
    """Works out values, up to a limit of work."""

    def __init__(self) -> None:
        self._steps = 0
        self._depth = 0

    def value(self, node: ast.expr | None, names: Names) -> Any:
        """The value of an expression, or ``UNKNOWN``.

        Args:
            node: the expression.
            names: what is known of the names around it.
        """
        try:
            self._count()
            return self._value(node, names)
        except NotFollowedError:
            return UNKNOWN

    def follow(self, statements: list[ast.stmt], names: Names) -> None:
        """Do what some statements do to the names around them.

        Raises:
            NotFollowedError: where anything in them is not plain; the names may be changed then.
        """
        for statement in statements:
            self._count()
            self._statement(statement, names)

    def _count(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise NotFollowedError

    def _known(self, node: ast.expr | None, names: Names) -> Any:
        found = self.value(node, names)
        if found is UNKNOWN or isinstance(found, Function):
            raise NotFollowedError
        return found

    def _value(self, node: ast.expr | None, names: Names) -> Any:
        match node:
            case ast.Constant(value=str() | int() | float() | None as value):
                return _bounded(value)
            case ast.Name(id=name):
                return names.get(name, UNKNOWN)
            case ast.List(elts=items):
                return self._items(items, names)
            case ast.Tuple(elts=items):
                return tuple(self._items(items, names))
            case ast.Set(elts=items):
                return [each for each in self._items(items, names) if isinstance(each, str)]
            case ast.Dict(keys=keys, values=values):
                return self._mapping(keys, values, names)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return plain_sum(self.value(left, names), self.value(right, names))
            case ast.BinOp(left=left, op=ast.Mod(), right=right):
                return _filled(self._known(left, names), self._known(right, names))
            case ast.BoolOp(op=op, values=values):
                return self._either(op, values, names)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self._known(operand, names)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                number = self._known(operand, names)
                return -number if isinstance(number, int | float) else UNKNOWN
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(op, self._known(left, names), self._known(right, names))
            case ast.IfExp(test=test, body=body, orelse=other):
                return self.value(body if self._known(test, names) else other, names)
            case ast.JoinedStr(values=parts):
                return self._joined(parts, names)
            case ast.Subscript(value=holder, slice=key):
                return _item(self.value(holder, names), self.value(key, names))
            case (
                ast.ListComp(elt=item, generators=generators)
                | ast.GeneratorExp(elt=item, generators=generators)
            ):
                inner = self._each(generators, names)
                return _bounded([self._known(item, around) for around in inner])
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                found = names.get(module, UNKNOWN)
                return found.get(name, UNKNOWN) if isinstance(found, Module) else UNKNOWN
            case ast.Call(func=func, args=given, keywords=named):
                return self._call(func, given, named, names)
        return UNKNOWN

    def _items(self, items: list[ast.expr], names: Names) -> list[Any]:
        found: list[Any] = []
        for item in items:
            if isinstance(item, ast.Starred):
                more = self.value(item.value, names)
                found += more if isinstance(more, list | tuple) else [UNKNOWN]
            else:
                found.append(self.value(item, names))
            if len(found) > LARGEST_VALUE:
                break
        return found[:LARGEST_VALUE]

    def _mapping(
        self, keys: list[ast.expr | None], values: list[ast.expr], names: Names
    ) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key, node in zip(keys, values, strict=True):
            value = self.value(node, names)
            if key is None:
                found.update(value if isinstance(value, dict) else {})
                continue
            name = self.value(key, names)
            if isinstance(name, str | int) and value is not UNKNOWN:
                found[name] = value
            if len(found) > LARGEST_VALUE:
                break
        return found

    def _either(self, op: ast.boolop, nodes: list[ast.expr], names: Names) -> Any:
        value: Any = UNKNOWN
        for node in nodes:
            value = self.value(node, names)
            if value is UNKNOWN or bool(value) is isinstance(op, ast.Or):
                return value
        return value

    def _compared(self, op: ast.cmpop, left: Any, right: Any) -> Any:
        compare = _COMPARISONS.get(type(op))
        try:
            return compare(left, right) if compare else UNKNOWN
        except TypeError:
            return UNKNOWN

    def _joined(self, parts: list[ast.expr], names: Names) -> Any:
        found = ""
        for part in parts:
            if isinstance(part, ast.FormattedValue):
                if part.format_spec is not None or part.conversion != -1:
                    return UNKNOWN
                value = self.value(part.value, names)
            else:
                value = self.value(part, names)
            if not isinstance(value, str | int):
                return UNKNOWN
            found += str(value)
            if len(found) > LARGEST_TEXT:
                return UNKNOWN
        return found

    def _each(self, generators: list[ast.comprehension], names: Names) -> Iterator[Names]:
        if not generators:
            yield names
            return
        first, *others = generators
        for item in self._items_of(first.iter, names):
            around = dict(names)
            _bind(first.target, item, around)
            if all(self._known(test, around) for test in first.ifs):
                yield from self._each(others, around)

    def _items_of(self, node: ast.expr, names: Names) -> list[Any]:
        found = self._known(node, names)
        if isinstance(found, dict):
            found = list(found)
        if not isinstance(found, list | tuple) or any(each is UNKNOWN for each in found):
            raise NotFollowedError
        self._count(len(found))
        return list(found)

    def _call(
        self, func: ast.expr, given: list[ast.expr], named: list[ast.keyword], names: Names
    ) -> Any:
        spreads = any(isinstance(each, ast.Starred) for each in given)
        if spreads or any(each.arg is None for each in named):
            return UNKNOWN
        if isinstance(func, ast.Name) and func.id == "dict" and not given:
            pairs = {str(k.arg): self.value(k.value, names) for k in named}
            return {key: each for key, each in pairs.items() if each is not UNKNOWN}
        values = [self._known(each, names) for each in given]
        options = {str(k.arg): self._known(k.value, names) for k in named}
        called = self.value(func, names) if not isinstance(func, ast.Attribute) else UNKNOWN
        if isinstance(func, ast.Attribute):
            called = self.value(func, names)
            if not isinstance(called, Function):
                return self._method(self._known(func.value, names), func.attr, values, options)
        if isinstance(called, Function):
            return self._result(called, values, options)
        if called is dedent and len(values) == 1 and isinstance(values[0], str):
            return dedent(values[0])
        return UNKNOWN

    def _method(self, holder: Any, name: str, given: list[Any], named: Names) -> Any:
        match holder, name, given:
            case str(), "format", _:
                return _formatted(holder, given, named)
            case str(), "join", [list() | tuple() as parts] if not named:
                if not all(isinstance(part, str) for part in parts):
                    return UNKNOWN
                size = sum(map(len, parts)) + len(holder) * len(parts)
                return holder.join(parts) if size <= LARGEST_TEXT else UNKNOWN
            case str(), _, _ if name in _TEXT_METHODS and not named:
                if not all(isinstance(each, str) for each in given):
                    return UNKNOWN
                if name == "replace" and (len(given) != 2 or not given[0]):
                    return UNKNOWN
                if name == "replace" and len(holder) * (1 + len(given[1])) > LARGEST_TEXT:
                    return UNKNOWN
                try:
                    return _bounded(getattr(holder, name)(*given))
                except (TypeError, ValueError):
                    return UNKNOWN
            case dict(), "items" | "keys" | "values", []:
                return list(getattr(holder, name)())
            case dict(), "get", [str() | int() as key]:
                return holder.get(key)
        return UNKNOWN

    def _result(self, function: Function, given: list[Any], named: Names) -> Any:
        arguments = function.definition.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.posonlyargs:
            return UNKNOWN
        wanted = [each.arg for each in arguments.args]
        if function.definition.decorator_list or len(given) > len(wanted):
            return UNKNOWN
        around = dict(function.names)
        defaults = arguments.defaults
        for name, node in zip(wanted[len(wanted) - len(defaults) :], defaults, strict=True):
            around[name] = self.value(node, function.names)
        around.update(zip(wanted, given, strict=False))
        around.update({name: value for name, value in named.items() if name in wanted})
        stated = {*wanted[: len(given)], *named, *wanted[len(wanted) - len(defaults) :]}
        if set(wanted) - stated or set(named) - set(wanted) or self._depth >= DEEPEST_CALL:
            return UNKNOWN
        self._depth += 1
        try:
            self.follow(function.definition.body, around)
        except _Returned as returned:
            return returned.value
        finally:
            self._depth -= 1
        return None

    def _statement(self, statement: ast.stmt, names: Names) -> None:
        match statement:
            case ast.Assign(targets=[target], value=value):
                _bind(target, self._known(value, names), names)
            case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
                _bind(target, self._known(value, names), names)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                found = plain_sum(names.get(name, UNKNOWN), self._known(value, names))
                if found is UNKNOWN:
                    raise NotFollowedError
                names[name] = found
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" as method),
                    args=[value],
                    keywords=[],
                )
            ) if isinstance(names.get(name), list):
                more = self._known(value, names)
                found = plain_sum(names[name], [more] if method == "append" else more)
                if found is UNKNOWN:
                    raise NotFollowedError
                names[name] = found
            case ast.For(target=target, iter=items, body=body, orelse=[]):
                for item in self._items_of(items, names):
                    _bind(target, item, names)
                    self.follow(body, names)
            case ast.If(test=test, body=body, orelse=other):
                self.follow(body if self._known(test, names) else other, names)
            case ast.Return(value=value):
                raise _Returned(self._known(value, names) if value else None)
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case _:
                raise NotFollowedError


class Module(dict[str, Any]):
    """The names of a module that was read."""


def plain_sum(left: Any, right: Any) -> Any:
    """The sum of two texts, lists, tuples or numbers, unless it is too large."""
    if isinstance(left, bool | int | float) and isinstance(right, int | float):
        return left + right
    alike = isinstance(left, str | list | tuple) and isinstance(right, type(left))
    return _bounded(left + right) if alike else UNKNOWN


def _bounded(value: Any) -> Any:
    most = LARGEST_TEXT if isinstance(value, str) else LARGEST_VALUE
    return UNKNOWN if isinstance(value, str | list | tuple) and len(value) > most else value


def _bind(target: ast.expr, value: Any, names: Names) -> None:
    match target:
        case ast.Name(id=name):
            names[name] = value
        case ast.Tuple(elts=targets) | ast.List(elts=targets):
            if not isinstance(value, list | tuple) or len(value) != len(targets):
                raise NotFollowedError
            for each, part in zip(targets, value, strict=True):
                _bind(each, part, names)
        case _:
            raise NotFollowedError


def _item(holder: Any, key: Any) -> Any:
    if isinstance(holder, dict) and isinstance(key, str | int):
        return holder.get(key, UNKNOWN)
    if isinstance(holder, list | tuple) and isinstance(key, int) and abs(key) < len(holder):
        return holder[key]
    return UNKNOWN


def _formatted(text: str, given: list[Any], named: Names) -> Any:
    """What ``str.format`` gives where only names and numbers stand in the brackets."""
    count = iter(range(len(given)))
    parts: list[str] = []
    at = 0
    for found in _FIELD.finditer(text):
        parts.append(text[at : found.start()])
        at = found.end()
        if found[0] in {"{{", "}}"}:
            parts.append(found[0][0])
            continue
        name = found["name"]
        if name is None:
            return UNKNOWN
        index = next(count, None) if name == "" else int(name) if name.isdecimal() else None
        value = named.get(name) if index is None else given[index] if index < len(given) else None
        if not isinstance(value, str | int):
            return UNKNOWN
        parts.append(str(value))
        if sum(map(len, parts[-2:])) > LARGEST_TEXT:
            return UNKNOWN
    return _bounded("".join([*parts, text[at:]]))


def _filled(text: Any, given: Any) -> Any:
    """What ``%`` gives for a text with ``%s`` and ``%d`` in it."""
    if not isinstance(text, str):
        return UNKNOWN
    values = list(given) if isinstance(given, tuple) else [given]
    parts: list[str] = []
    at = 0
    for found in _PERCENT.finditer(text):
        parts.append(text[at : found.start()])
        at = found.end()
        if found["kind"] == "%":
            parts.append("%")
            continue
        if found["name"] is not None:
            value = given.get(found["name"]) if isinstance(given, dict) else None
        else:
            value = values.pop(0) if values else None
        if found["kind"] not in "sd" or not isinstance(value, str | int):
            return UNKNOWN
        parts.append(str(value))
    return _bounded("".join([*parts, text[at:]]))
