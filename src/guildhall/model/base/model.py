"""What all record kinds share: the base model, and the walk over a record's marked fields."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self, Union

from pydantic import BaseModel, ConfigDict, PrivateAttr

from guildhall.core.yaml_source import Mark, Place, SourceMap
from guildhall.model.base.fields import Line, MarkType, ProseMark, Reference, Slug


class Model(BaseModel):
    """A part of a record: frozen, and closed to keys that it doesn't name."""

    ABOUT: ClassVar[str | None] = None
    """The field without which the part says nothing, such as the person of a contribution."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        use_attribute_docstrings=True,
    )


class Record(Model):
    """A record: one YAML file, one page."""

    KIND: ClassVar[str]
    """The kind's name, as the key `kind` and the role of the same name have it."""

    kind: Line
    """What the record describes."""
    id: Slug | None = None
    """The id that other records and pages refer to; by default the file's name without suffix."""

    _origin: SourceMap = PrivateAttr()
    _docname: str = PrivateAttr("")
    _detail: str = PrivateAttr("")

    @property
    def origin(self) -> SourceMap:
        """The file, and where each value stands in it."""
        return self._origin

    @property
    def docname(self) -> str:
        """The Sphinx document name: the path below the portal's root, without suffix."""
        return self._docname

    @property
    def key(self) -> str:
        """The record's id, from its key `id` or else its file's name."""
        return self.id or default_key(self._docname)

    @property
    def label(self) -> str:
        """The title of the record's page, and the text of links to it: its title, else its name."""
        for field in ("title", "name"):
            if field in type(self).model_fields:
                return str(getattr(self, field))
        raise NotImplementedError

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Where the record stands among those of its kind: by ``order``, then by its label."""
        return (getattr(self, "order", 0), self.label.casefold(), self.key)

    def with_detail(self, detail: str) -> Self:
        """The record with something in its label that tells it apart from another one's."""
        record = self.model_copy()
        record._detail = detail
        return record

    def bind(self, source: SourceMap, docname: str) -> None:
        """Tie the record to its file; done once, by the loader."""
        self._origin = source
        self._docname = docname

    def at(self, *place: str | int) -> Mark:
        """Where the value at ``place`` stands, such as ``at("amounts", "2025")``."""
        return self._origin.value(place)

    def mark_of(self, found: Marked) -> Mark:
        """Where a marked value, or key of a mapping, stands."""
        return (self._origin.key if found.is_key else self._origin.value)(found.place)

    def marked(self, mark_type: MarkType) -> Iterator[Marked]:
        """All values whose field carries a mark of ``mark_type``, with their places."""
        for found in _walk(self, (), mark_type):
            for mark in found.marks:
                if isinstance(mark, mark_type):
                    yield Marked(found.place, found.value, mark, found.is_key)

    def references(self) -> Iterator[Marked]:
        """All ids of other records that this one holds."""
        return self.marked(Reference)

    def prose(self) -> Iterator[Marked]:
        """All Markdown texts of this record."""
        return self.marked(ProseMark)


def default_key(docname: str) -> str:
    """The id that a record has by its place: the file's name, a lesson's being its folder's."""
    return docname.removesuffix("/index").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Marked:
    """A value of a record or a key of a mapping, its place, and the mark of its field."""

    place: Place
    value: Any
    mark: Any
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    place: Place
    value: Any
    marks: tuple[Any, ...]
    is_key: bool = False


def _walk(model: BaseModel, place: Place, mark_type: MarkType) -> Iterator[_Found]:
    for name, hint in fields_holding(type(model), mark_type):
        value = getattr(model, name)
        if value is not None:
            yield from _walk_value(hint, value, (*place, name), mark_type)


def _walk_value(hint: Any, value: Any, place: Place, mark_type: MarkType) -> Iterator[_Found]:
    if isinstance(value, BaseModel):
        yield from _walk(value, place, mark_type)
        return
    if typing.get_origin(hint) is Annotated:
        marks = typing.get_args(hint)[1:]
        if not isinstance(value, dict) and not _holds_models(value):
            yield _Found(place, value, marks)
            return
        hint = typing.get_args(hint)[0]
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in {Union, types.UnionType}:
        for arg in args:
            if arg is not type(None):
                yield from _walk_value(arg, value, place, mark_type)
                return
    elif isinstance(value, dict):
        key_marks = typing.get_args(args[0])[1:] if typing.get_origin(args[0]) is Annotated else ()
        for key, item in value.items():
            yield _Found((*place, str(key)), key, key_marks, is_key=True)
            yield from _walk_value(args[1], item, (*place, str(key)), mark_type)
    elif isinstance(value, tuple) and args:
        for index, item in enumerate(value):
            yield from _walk_value(args[0], item, (*place, index), mark_type)


def _holds_models(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value)


_Fields = tuple[tuple[str, Any], ...]
_fields: dict[tuple[type[BaseModel], MarkType], _Fields] = {}


def fields_holding(model: type[BaseModel], mark_type: MarkType) -> _Fields:
    """Names and types of a model's fields that hold values marked so, or parts with such values."""
    key = (model, mark_type)
    if key not in _fields:
        hints = typing.get_type_hints(model, include_extras=True)
        _fields[key] = tuple(
            (name, hints[name]) for name in model.model_fields if _may_hold(hints[name], mark_type)
        )
    return _fields[key]


def _may_hold(hint: Any, mark_type: MarkType) -> bool:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return bool(fields_holding(hint, mark_type))
    return any(
        isinstance(part, mark_type) or _may_hold(part, mark_type) for part in typing.get_args(hint)
    )
