"""The keys of record kinds and settings, read from their models."""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union

from pydantic import BaseModel
from sphinx.pycode import ModuleAnalyzer

from guildhall.model.base import fields
from guildhall.model.base.fields import Reference
from guildhall.model.records import shared

_PROPER_NAMES = ("Markdown",)
_PLAIN = {str: "text", int: "a whole number", bool: "`true` or `false`"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record or of a part of it.

    Args:
        name: the key.
        holds: what it holds, in words.
        is_required: whether it must be there.
        description: what it means.
    """

    name: str
    holds: str
    is_required: bool
    description: str


def keys_of(model: type[BaseModel]) -> Iterator[Key]:
    """The keys of a model, in the order of its definition."""
    hints = typing.get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        description = " ".join((field.description or "").split())
        holds = in_words(hints[name], model.__module__)
        yield Key(name, holds, field.is_required(), description)


def parts_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models that a model's keys hold, each once, in the order of their first use."""
    found: dict[type[BaseModel], None] = {}
    for hint in typing.get_type_hints(model, include_extras=True).values():
        for part in models_in(hint):
            found[part] = None
            found.update(dict.fromkeys(parts_of(part)))
    return list(found)


def modules_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The modules whose text :func:`keys_of` shows: the model's own, and those of field types."""
    return (model.__module__, *(module.__name__ for module in (fields, shared)))


def in_words(hint: Any, module: str) -> str:
    """What a field holds, in words.

    Args:
        hint: the field's type.
        module: the module of its model, where types of its own are described.
    """
    name = _documented(hint, module)
    if name is not None:
        return name
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        for mark in arguments[1:]:
            if isinstance(mark, Reference):
                return f"the id of a {mark.kind}"
        return in_words(arguments[0], module)
    if origin in {Union, UnionType}:
        return in_words(next(each for each in arguments if each is not type(None)), module)
    if origin is tuple:
        return f"a list; each: {in_words(arguments[0], module)}"
    if origin is dict:
        key, value = (in_words(each, module) for each in arguments)
        return f"a mapping; each key: {key}; each value: {value}"
    if origin is typing.Literal:
        return " or ".join(f"`{each}`" for each in arguments)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return f"a mapping, {hint.__name__}"
    return _PLAIN.get(hint, str(getattr(hint, "__name__", hint)))


def models_in(hint: Any) -> Iterator[type[BaseModel]]:
    """The models that a type has in it, such as that of the items of a list."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for argument in typing.get_args(hint):
        yield from models_in(argument)


def _documented(hint: Any, module: str) -> str | None:
    """The docstring of a named field type, as the end of a sentence."""
    for name in dict.fromkeys((module, fields.__name__, shared.__name__)):
        for alias, text in _docstrings(name).items():
            if getattr(sys.modules[name], alias) == hint:
                return text
    return None


@cache
def _docstrings(module: str) -> dict[str, str]:
    """The docstrings of a module's field types; only the source has them."""
    documented = ModuleAnalyzer.for_module(module).find_attr_docs()
    found = {}
    for (owner, name), lines in documented.items():
        value = getattr(sys.modules[module], name, None) if not owner else None
        if typing.get_origin(value) in {Annotated, dict}:
            text = " ".join(" ".join(lines).split()).removesuffix(".")
            found[name] = text if text.startswith(_PROPER_NAMES) else text[:1].lower() + text[1:]
    return found
