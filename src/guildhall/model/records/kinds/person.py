"""People."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from guildhall.model.base.fields import (
    Date,
    Email,
    Flag,
    Language,
    Line,
    Orcid,
    PicturePath,
    Prose,
    one_of,
    refusal,
)
from guildhall.model.base.model import Model, Record
from guildhall.model.records.shared import Address, AlsoText, Link, PartnerRef

CONSENTS = ("given", "public-source", "withheld")
ConsentState = Annotated[
    Literal["given", "public-source", "withheld"],
    one_of(*CONSENTS),
    WithJsonSchema({"enum": list(CONSENTS)}),
]
"""`given` by the person, taken over from a `public-source`, or `withheld`."""


class Consent(Model):
    """Whether the portal may name a person, and the basis for it."""

    state: ConsentState
    """`given`, `public-source` or `withheld`; people who withhold it appear nowhere."""
    photo: Flag = False
    """Whether the photo may be shown."""
    date: Date | None = None
    """Since when."""
    basis: Line | None = None
    """The basis, such as the public page that names the person."""


def _consent(raw: Any) -> Any:
    return {"state": raw} if isinstance(raw, str) else raw


ConsentEntry = Annotated[Consent, BeforeValidator(_consent), AlsoText(enum=list(CONSENTS))]
"""Consent, written as a bare word or as a mapping of `state`, `photo`, `date`, `basis`."""


class Affiliation(Model):
    """Where a person worked, and when."""

    partner: PartnerRef | None = None
    """The partner."""
    name: Line | None = None
    """The organisation, if it is not a partner of the portal."""
    start: Date | None = None
    """The first day, if known."""
    end: Date | None = None
    """The last day; omitted if it is current."""
    source: Address | None = None
    """A page that confirms it."""

    @model_validator(mode="after")
    def _names_one(self) -> Affiliation:
        if (self.partner is None) == (self.name is None):
            message = "expected one of `partner` and `name`"
            raise refusal(message)
        if self.start and self.end and self.end < self.start:
            message = f"expected an end on or after the start, {self.start}"
            raise refusal(message, "end")
        return self


def _affiliation(raw: Any) -> Any:
    return {"partner": raw} if isinstance(raw, str) else raw


AffiliationEntry = Annotated[Affiliation, BeforeValidator(_affiliation), AlsoText()]
"""An affiliation, written as a bare partner id or as a mapping."""


class FormerName(Model):
    """A former name of the person."""

    name: Line
    """The name."""
    shown: Flag = False
    """Whether it is shown on the person's page."""


def _former(raw: Any) -> Any:
    return {"name": raw} if isinstance(raw, str) else raw


FormerEntry = Annotated[FormerName, BeforeValidator(_former), AlsoText()]
"""A former name, written as a bare name or as a mapping."""


class Person(Record):
    """A person named in records."""

    KIND: ClassVar[str] = "person"

    name: Line
    """The name as the person writes it."""
    sort_name: Line
    """The name for sorting, such as `Lindi, Bjørn`."""
    aliases: tuple[Line, ...] = ()
    """Other spellings of the name in records and sources; never shown."""
    former_names: tuple[FormerEntry, ...] = ()
    """Names that the person had before: records and sources that have them mean the person. No page
    shows one, unless it says `shown: true`."""
    consent: ConsentEntry = Consent(state="withheld")
    """Whether the portal may name the person; without it, the person appears nowhere."""
    email: Email | None = None
    """Shown or hidden by the portal's settings."""
    orcid: Orcid | None = None
    """The ORCID iD."""
    affiliations: tuple[AffiliationEntry, ...] = ()
    """Current and former affiliations, the latest first."""
    languages: tuple[Language, ...] = ()
    """Languages that the person works in."""
    links: tuple[Link, ...] = ()
    """The person's web pages."""
    photo: PicturePath | None = None
    """An image in the portal's folder; shown if the consent covers it."""
    about: Prose | None = None
    """A short text about the person."""

    @property
    def label(self) -> str:
        """The name, with what tells the person apart from another one of that name."""
        return f"{self.name} ({self._detail})" if self._detail else self.name

    @property
    def other_names(self) -> tuple[str, ...]:
        """Aliases and former names, by which records and sources may call the person."""
        return (*self.aliases, *(each.name for each in self.former_names))

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """By sort name."""
        return (self.sort_name.casefold(), self.key)

    @property
    def is_listed(self) -> bool:
        """Whether the portal may name the person."""
        return self.consent.state != "withheld"
