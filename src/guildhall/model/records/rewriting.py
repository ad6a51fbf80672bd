"""Records with some of their marked values changed or left out."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from enum import Enum, auto
from typing import Annotated, Any, TypeVar, Union

from pydantic import BaseModel

from guildhall.model.base.fields import MarkType
from guildhall.model.base.model import Model, fields_holding

M = TypeVar("M", bound=BaseModel)


class Left(Enum):
    """What a change gives for a value that is to be left out."""

    OUT = auto()


Change = Callable[[Any, tuple[Any, ...]], Any]
"""Takes a value and the marks of its field; gives the value itself, another, or ``Left.OUT``."""


def rewritten(model: M, mark_type: MarkType, change: Change) -> M | Left:
    """A model with each marked value changed.

    What is left out of a list or mapping is gone from it; a single value becomes None. A part that
    is about a value (:attr:`Model.ABOUT`) goes with it.

    Args:
        model: a record or a part of one.
        mark_type: the type of the mark.
        change: called with each value, not with models, lists and mappings.

    Returns:
        the same object where nothing changed.
    """
    updates: dict[str, Any] = {}
    for name, hint in fields_holding(type(model), mark_type):
        value = getattr(model, name)
        if value is None:
            continue
        new = _rewritten(hint, value, (), mark_type, change)
        if new is value:
            continue
        if new is Left.OUT:
            if isinstance(model, Model) and name == model.ABOUT:
                return Left.OUT
            new = None
        updates[name] = new
    return model.model_copy(update=updates) if updates else model


def _rewritten(
    hint: Any, value: Any, marks: tuple[Any, ...], mark_type: MarkType, change: Change
) -> Any:
    if isinstance(value, BaseModel):
        return rewritten(value, mark_type, change)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        return _rewritten(args[0], value, (*marks, *args[1:]), mark_type, change)
    if origin in {Union, types.UnionType}:
        (inner, *_rest) = (each for each in args if each is not type(None))
        return _rewritten(inner, value, marks, mark_type, change)
    if isinstance(value, dict) and args:
        new = {key: _rewritten(args[1], item, (), mark_type, change) for key, item in value.items()}
        return _kept_of_mapping(value, new)
    if isinstance(value, tuple) and args:
        items = tuple(_rewritten(args[0], item, (), mark_type, change) for item in value)
        return _kept_of_list(value, items)
    return change(value, marks)


def _kept_of_list(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    if all(each is item for each, item in zip(new, old, strict=True)):
        return old
    return tuple(each for each in new if each is not Left.OUT)


def _kept_of_mapping(old: dict[Any, Any], new: dict[Any, Any]) -> dict[Any, Any]:
    if all(new[key] is old[key] for key in old):
        return old
    # A list that lost all it held has nothing more to say.
    return {
        key: item
        for key, item in new.items()
        if item is not Left.OUT and (item != () or old[key] == ())
    }
