"""Records with some of their marked values changed or left out."""

from __future__ import annotations

import typing
from collections.abc import Callable
from enum import Enum, auto
from typing import Annotated, Any, TypeVar, Union

from pydantic import BaseModel

from guildhall.records.model import Model, hints_of

M = TypeVar("M", bound=BaseModel)


class Left(Enum):
    """What a change gives for a value that is to be left out."""

    OUT = auto()


Change = Callable[[Any, tuple[Any, ...]], Any]
"""Takes a value and the marks of its field; gives the value itself, another, or ``Left.OUT``."""


def rewritten(model: M, change: Change) -> M | Left:
    """A model with each marked value changed.

    What is left out of a list or mapping is gone from it; a single value becomes None. A part that
    is about a value (:attr:`Model.ABOUT`) goes with it.

    Args:
        model: a record or a part of one.
        change: called with each value that isn't a model, a list or a mapping.

    Returns:
        the same object where nothing changed.
    """
    updates: dict[str, Any] = {}
    for name, hint in hints_of(type(model)).items():
        value = getattr(model, name)
        if value is None:
            continue
        new = _rewritten(hint, value, (), change)
        if new is value:
            continue
        if new is Left.OUT:
            if isinstance(model, Model) and name == model.ABOUT:
                return Left.OUT
            new = None
        updates[name] = new
    return model.model_copy(update=updates) if updates else model


def _rewritten(hint: Any, value: Any, marks: tuple[Any, ...], change: Change) -> Any:
    if isinstance(value, BaseModel):
        return rewritten(value, change)
    if typing.get_origin(hint) is Annotated:
        hint, *own = typing.get_args(hint)
        return _rewritten(hint, value, (*marks, *own), change)
    args = typing.get_args(hint)
    if typing.get_origin(hint) in {Union, typing.get_origin(int | None)}:
        return _rewritten(
            next(each for each in args if each is not type(None)), value, marks, change
        )
    if isinstance(value, dict) and args:
        return _mapping(args[1], value, change)
    if isinstance(value, tuple) and args:
        new = tuple(_rewritten(args[0], item, (), change) for item in value)
        if all(each is item for each, item in zip(new, value, strict=True)):
            return value
        return tuple(each for each in new if each is not Left.OUT)
    return change(value, marks)


def _mapping(hint: Any, value: dict[Any, Any], change: Change) -> dict[Any, Any]:
    new = {key: _rewritten(hint, item, (), change) for key, item in value.items()}
    if all(new[key] is value[key] for key in value):
        return value
    # A list that lost all it held has nothing more to say.
    return {
        key: item
        for key, item in new.items()
        if item is not Left.OUT and (item != () or value[key] == ())
    }
