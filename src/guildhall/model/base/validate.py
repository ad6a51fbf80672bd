"""Data with positions to a typed model, with one fault for each thing that is wrong."""

from __future__ import annotations

import copy
import types
import typing
from typing import Annotated, Any, TypeVar, Union

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guildhall.core.findings.finding import Finding
from guildhall.core.values.faults import describe, nearest, quote
from guildhall.core.yaml_source import Mark, Place, SourceMap
from guildhall.model.base import rules
from guildhall.model.base.fields import FAULT_TYPE

_EXPECTED = {
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
    "dict_type": "a mapping of keys and values",
    "tuple_type": "a list",
    "list_type": "a list",
}


M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], data: Any, source: SourceMap) -> tuple[M | None, list[Finding]]:
    """Validate data against a model.

    A misspelt key counts as the one that was meant, which isn't missed as well.

    Returns:
        the instance, or None where there are faults; and the faults in the order of the file.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        meant = {_meant(model, each) for each in details if each["type"] == "extra_forbidden"}
        own = (each for each in details if each["type"] != "missing" or each["loc"] not in meant)
        return None, sorted(_fault(model, each, source) for each in own)


def validate_leniently(
    model: type[M], data: dict[str, Any], source: SourceMap
) -> tuple[M, list[Finding]]:
    """Validate data against a model all of whose keys may be left out, and keep what is sound.

    A misspelt key counts as the one that was meant, so that it isn't told again by everything
    that misses it. Other faulty parts are left out.

    Returns:
        the instance, and the faults in the order of the file.
    """
    sound, faults = validate(model, data, source)
    data = copy.deepcopy(data)
    while sound is None:
        try:
            sound = model.model_validate(data)
        except ValidationError as error:
            # From the end, so that the places of list items before stay right.
            for each in sorted(error.errors(include_url=False), key=_order, reverse=True):
                _leave_out(model, data, tuple(each["loc"]), each["type"])
    return sound, faults


def _order(error: ErrorDetails) -> tuple[tuple[bool, str | int], ...]:
    return tuple((isinstance(part, str), part) for part in error["loc"])


def _leave_out(model: type[BaseModel], data: Any, place: Place, kind: str) -> None:
    if kind == "missing" or place[-1:] == ("[key]",):
        place = place[:-1]
    if not place:
        data.clear()
        return None
    holder = data
    for depth, part in enumerate(place[:-1]):
        try:
            holder = holder[part]
        except (KeyError, IndexError, TypeError):
            # The rest of the place names no part of the data but a type.
            return _leave_out(model, data, place[:depth], kind="value")
    name = place[-1]
    if isinstance(holder, dict) and name not in holder:
        return _leave_out(model, data, place[:-1], kind="value")
    value = holder.pop(name)
    if kind == "extra_forbidden":
        meant = nearest(str(name), keys_at(model, place[:-1]))
        if meant is not None and meant not in holder:
            holder[meant] = value
    return None


def _meant(model: type[BaseModel], error: ErrorDetails) -> tuple[str | int, ...] | None:
    """The place of the key that an unknown one was likely meant to be."""
    *holder, name = error["loc"]
    near = nearest(str(name), keys_at(model, tuple(holder)))
    return (*holder, near) if near else None


def _fault(model: type[BaseModel], error: ErrorDetails, source: SourceMap) -> Finding:
    loc = tuple(str(part) if isinstance(part, str) else part for part in error["loc"])
    kind = error["type"]
    if kind == "extra_forbidden":
        valid = keys_at(model, loc[:-1])
        name = str(loc[-1])
        near = nearest(name, valid)
        hint = f"did you mean `{near}`?" if near else f"valid here: {', '.join(sorted(valid))}"
        message = f"unknown key {quote(name)}; {hint}"
        return source.fault(source.key(loc), rules.UNKNOWN_KEY, message)
    if kind == "missing":
        message = f"the key `{loc[-1]}` is missing{_of(loc)}"
        return source.fault(source.value(loc[:-1]), rules.MISSING_KEY, message)
    if loc and loc[-1] == "[key]":
        loc = loc[:-1]
        mark: Mark = source.key(loc)
    else:
        mark = source.value((*loc, *_inner_place(error)))
    if kind == FAULT_TYPE:
        message = str(error.get("ctx", {}).get("message", error["msg"]))
    else:
        message = describe(error.get("input"), _EXPECTED.get(kind, error["msg"].lower()))
    prefix = _name(loc)
    return source.fault(mark, rules.VALUE, f"{prefix}{message}")


def _inner_place(error: ErrorDetails) -> Place:
    at = error.get("ctx", {}).get("at")
    return (str(at),) if at else ()


def _of(loc: Place) -> str:
    names = [part for part in loc[:-1] if isinstance(part, str)]
    return f" in `{'.'.join(names)}`" if names else ""


def _name(loc: Place) -> str:
    names = [part for part in loc if isinstance(part, str)]
    return f"`{'.'.join(names)}`: " if names else ""


def keys_at(model: type[BaseModel], place: Place) -> frozenset[str]:
    """The keys that a model allows at ``place``."""
    hint: Any = model
    for part in place:
        hint = _bare(hint)
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if isinstance(hint, type) and issubclass(hint, BaseModel) and origin is None:
            hints = typing.get_type_hints(hint, include_extras=True)
            hint = hints.get(str(part))
        elif origin is dict:
            hint = args[1]
        elif origin in {tuple, list}:
            hint = args[0]
    hint = _bare(hint)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return frozenset(hint.model_fields)
    return frozenset()


def _bare(hint: Any) -> Any:
    while True:
        origin = typing.get_origin(hint)
        if origin is Annotated:
            hint = typing.get_args(hint)[0]
        elif origin in {Union, types.UnionType}:
            hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        else:
            return hint
