"""What a page asks of a portal, as a value that can be kept and asked again."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar, cast, final

from guildhall.core.values.faults import quote
from guildhall.model.base.model import Record
from guildhall.model.portal import Portal

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class NoAnswerError(LookupError):
    """The portal has no answer; the message says why, and is what pages depend on then."""


class Lookup(ABC, Generic[T]):
    """A question to a portal.

    Each kind is a frozen dataclass of plain data, in the package that it asks about: it is pickled
    with Sphinx's environment, and equal ones are asked once.
    """

    @abstractmethod
    def result(self, portal: Portal) -> T:
        """The answer, computed.

        Raises:
            NoAnswerError: where there is none.
        """

    def digest(self, result: T, portal: Portal) -> str:
        """A digest of all that pages show of an answer, the same in every process."""
        del portal  # Some tell by its day what is shown.
        return digest_of(result)

    def records(self, result: T, portal: Portal) -> Iterable[Record]:
        """The records that an answer is made from; by default those that it holds."""
        del portal  # Some answers hold ids only.
        return records_in(result)

    @final
    def answer(self, portal: Portal) -> Answer[T]:
        """The answer; what was asked before is not computed again."""
        return portal.once(self, lambda: Answer(self, portal))


class Answer(Generic[T]):
    """What a look-up gave.

    Args:
        lookup: the first of all equal look-ups.
        portal: the portal that is asked.
    """

    def __init__(self, lookup: Lookup[T], portal: Portal) -> None:
        self.lookup = lookup
        self._portal = portal
        self._error: NoAnswerError | None = None
        self._result: T | None = None
        try:
            self._result = lookup.result(portal)
        except NoAnswerError as error:
            self._error = error.with_traceback(None)

    @property
    def result(self) -> T:
        """The answer.

        Raises:
            NoAnswerError: where there is none.
        """
        if self._error is not None:
            raise self._error
        return cast("T", self._result)

    @cached_property
    def digest(self) -> str:
        """A digest of all that pages show of it."""
        if self._error is not None:
            return digest_of(self._error)
        return self.lookup.digest(self.result, self._portal)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The records that it is made from."""
        return () if self._error else tuple(self.lookup.records(self.result, self._portal))


def existing(portal: Portal, kind: type[R], key: str) -> R:
    """The record that a look-up is about.

    Raises:
        NoAnswerError: where there is none of that kind and id.
    """
    found = portal.registry.get(kind, key)
    if found is None:
        raise NoAnswerError(f"no {kind.KIND} has the id {quote(key)}")
    return found


def digest_of(shown: object) -> str:
    """A digest of plain data, by its ``repr``."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def records_in(value: Any) -> Iterator[Record]:
    """The records that a value holds, in tuples, mappings and dataclasses too."""
    if isinstance(value, Record):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from records_in(each)
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from records_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from records_in(getattr(value, each.name))
