"""The keys of record kinds, read from their models."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union

from pydantic import BaseModel

from guildhall.records import fields, shared
from guildhall.records.fields import Reference

_NAMES = {
    id(value): name
    for module in (fields, shared)
    for name, value in vars(module).items()
    if typing.get_origin(value) is Annotated
}
_WORDS = {
    "Line": "a line of text",
    "Prose": "Markdown",
    "Slug": "an id",
    "Flag": "`true` or `false`",
    "Whole": "a whole number",
    "Amount": "a number or range",
    "AmountCell": "a number or range, with note marks",
    "Marks": "a list of note marks",
    "Year": "a year",
    "Date": "a date",
    "DateTime": "a date and time",
    "Country": "a country code (ISO 3166-1)",
    "Currency": "a currency code (ISO 4217)",
    "Language": "a language tag (BCP 47)",
    "Licence": "a licence (SPDX)",
    "Url": "a web address",
    "Email": "an e-mail address",
    "Orcid": "an ORCID iD",
    "Ror": "a ROR id",
    "Address": "a web address, or a link",
}


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
        yield Key(name, in_words(hints[name]), field.is_required(), description)


def parts_of(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models that a model's keys hold, each once, in the order of their first use."""
    found: dict[type[BaseModel], None] = {}
    for hint in typing.get_type_hints(model, include_extras=True).values():
        for part in _models(hint):
            found[part] = None
            found.update(dict.fromkeys(parts_of(part)))
    return list(found)


def _models(hint: Any) -> Iterator[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for argument in typing.get_args(hint):
        yield from _models(argument)


def in_words(hint: Any) -> str:
    """What a field holds, in words."""
    name = _NAMES.get(id(hint))
    if name in _WORDS:
        return _WORDS[name]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        for mark in arguments[1:]:
            if isinstance(mark, Reference):
                return f"the id of a {mark.kind}"
        return _named_or(arguments[0], hint)
    if origin in {Union, UnionType}:
        return in_words(next(each for each in arguments if each is not type(None)))
    if origin is tuple:
        return f"a list; each: {in_words(arguments[0])}"
    if origin is dict:
        return (
            f"a mapping; each key: {in_words(arguments[0])}; each value: {in_words(arguments[1])}"
        )
    if origin is typing.Literal:
        return " or ".join(f"`{each}`" for each in arguments)
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return f"a {hint.__name__}"
    return "text" if hint is str else str(getattr(hint, "__name__", hint))


def _named_or(bare: Any, hint: Any) -> str:
    for module in (fields, shared):
        for name, value in vars(module).items():
            if name in _WORDS and value == hint:
                return _WORDS[name]
    return in_words(bare)
