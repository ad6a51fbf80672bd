"""People."""

from __future__ import annotations

from typing import Any, ClassVar

from guildhall.records.fields import Email, Language, Line, Orcid
from guildhall.records.model import Record
from guildhall.records.shared import Link, PartnerRef


class Person(Record):
    """A person whom records name."""

    KIND: ClassVar[str] = "person"

    name: Line
    """The name as the person writes it."""
    sort_name: Line
    """The name as lists sort it, such as `Lindi, Bjørn`."""
    email: Email | None = None
    """Shown or hidden by the portal's settings."""
    orcid: Orcid | None = None
    """The ORCID iD."""
    affiliation: PartnerRef | None = None
    """The partner that the person works for."""
    languages: tuple[Language, ...] = ()
    """Languages that the person works in."""
    links: tuple[Link, ...] = ()
    """Pages of the person."""

    @property
    def label(self) -> str:
        """The name."""
        return self.name

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """By sort name."""
        return (self.sort_name.casefold(), self.key)
