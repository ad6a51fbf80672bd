"""Field types of records: what a value's text means, and its JSON Schema.

Every reader takes the text as it stands in the YAML file and either returns a value or raises
:class:`~guildhall.core.values.faults.ValueFault`; pydantic then collects the faults of a whole
record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from guildhall.core.values import dates, identifiers
from guildhall.core.values.cells import Cell, parse_mark, parse_marks
from guildhall.core.values.characters import unseen
from guildhall.core.values.counts import parse_count
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.numbers import Range, parse_decimal, parse_degrees, readings

FAULT_TYPE = "guildhall_value"

_HIDDEN_IN_PROSE = (
    "\n\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{SOFT HYPHEN}"
    "\N{COMBINING GRAPHEME JOINER}\N{BRAILLE PATTERN BLANK}"
)


def refusal(message: str, at: str = "") -> PydanticCustomError:
    """What a validator raises, to be told as it stands.

    Args:
        message: what is wrong.
        at: the key that it is wrong of, where it isn't the value itself.
    """
    return PydanticCustomError(FAULT_TYPE, "{message}", {"message": message, "at": at})


def reader(read: Callable[[Any], object], *, takes_text: bool = True) -> PlainValidator:
    """Wrap a reader so that pydantic reports its fault.

    Args:
        read: takes the raw value and returns the meant one.
        takes_text: whether anything but text is refused before ``read`` sees it.
    """

    def validate(raw: Any) -> object:
        try:
            if takes_text and not isinstance(raw, str):
                raise ValueFault(raw, "a text of one line")
            return read(raw)
        except ValueFault as fault:
            raise refusal(str(fault)) from None

    return PlainValidator(validate)


def read_line(raw: str) -> str:
    """Read plain text on one line.

    Raises:
        ValueFault: for an empty text, for control characters, and for invisible ones where no
            language or emoji has them.
    """
    text = raw.strip()
    if not text:
        raise ValueFault(raw, "a text that is not empty")
    if unseen(text):
        raise ValueFault(raw, "a text of one line, without control characters")
    return text


def _prose(raw: str) -> str:
    if not raw.strip():
        raise ValueFault(raw, "a text that is not empty")
    if any(raw[at] not in _HIDDEN_IN_PROSE for at in unseen(raw)):
        raise ValueFault(raw, "text without tabs and control characters")
    return raw.rstrip("\n")


def _step(raw: str) -> Decimal:
    step = parse_decimal(raw)
    if step <= 0:
        raise ValueFault(raw, "a number above 0, such as `1` for whole ones or `0.5` for halves")
    return step


def _flag(raw: str) -> bool:
    if raw in {"true", "false"}:
        return raw == "true"
    yes = raw.casefold() in {"yes", "on", "y", "true"}
    no = raw.casefold() in {"no", "off", "n", "false"}
    raise ValueFault(raw, "`true` or `false`", "true" if yes else "false" if no else None)


def _whole(raw: str) -> int:
    expected = "a whole number from 0"
    try:
        number = parse_decimal(raw)
    except ValueFault:
        # No whole number has decimals, so a point or comma sets apart thousands.
        meant = next((each for each in readings(raw.strip()) if each.isdecimal()), None)
        raise ValueFault(raw, expected, meant) from None
    if number != int(number) or "." in raw or not 0 <= number <= 1_000_000_000:
        raise ValueFault(raw, expected)
    return int(number)


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field that holds the id of a record of kind ``kind``.

    Args:
        kind: the kind.
        by_name: whether a name of the record will do in the place of its id.
    """

    kind: str
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Marks a field that holds a word of a list which a portal's settings can extend."""

    name: str


@dataclass(frozen=True, slots=True)
class ProseMark:
    """Marks a field that holds Markdown."""


MarkType = type[Reference] | type[ProseMark] | type[Vocabulary]
"""What values of records can be marked as."""


def _schema(kind: str = "string", /, **more: object) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


_AS_TEXT = PlainSerializer(str, return_type=str)
_AS_ISO = PlainSerializer(lambda moment: moment.isoformat(), return_type=str)


def _amount_schema(**limits: int) -> dict[str, object]:
    return {
        "anyOf": [
            {"type": "number", **limits},
            {"type": "string"},
            {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        ]
    }


def _cell_schema(amount: dict[str, Any]) -> WithJsonSchema:
    notes = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    marked = {
        "type": "object",
        "properties": {"amount": amount, "notes": notes},
        "required": ["amount"],
        "additionalProperties": False,
    }
    return WithJsonSchema({"anyOf": [*amount["anyOf"], marked]})


_AMOUNT_SCHEMA = _amount_schema(minimum=0)
_DEGREES_SCHEMA = WithJsonSchema({"type": "number"})

Line = Annotated[str, reader(read_line), WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""Plain text on one line."""
Prose = Annotated[str, reader(_prose), ProseMark(), _schema()]
"""Markdown, of one or more paragraphs."""
SourceText = Annotated[str, reader(_prose), _schema()]
"""Lines of markup, taken as they are."""
Count = Annotated[
    Range,
    reader(parse_count, takes_text=False),
    _AS_TEXT,
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string"}]}),
]
"""How many people: `40`, or what is known of it: `ca. 40`, `30-40`, `at least 25`."""
Slug = Annotated[str, reader(identifiers.parse_slug), _schema(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
"""An id: small letters, digits, hyphens."""
Flag = Annotated[bool, reader(_flag), _schema("boolean")]
"""`true` or `false`."""
Whole = Annotated[int, reader(_whole), _schema("integer", minimum=0)]
"""A whole number from 0."""
Amount = Annotated[
    Range, reader(Range.parse, takes_text=False), _AS_TEXT, WithJsonSchema(_AMOUNT_SCHEMA)
]
"""A number or a range, such as `7.5`, `5-10` or `[5, 10]`."""
AmountCell = Annotated[
    Cell, reader(Cell.parse, takes_text=False), _AS_TEXT, _cell_schema(_AMOUNT_SCHEMA)
]
"""An amount with its note marks, such as `5-10 [a, c]`."""
SignedCell = Annotated[
    Cell,
    reader(partial(Cell.parse, below_zero=True), takes_text=False),
    _AS_TEXT,
    _cell_schema(_amount_schema()),
]
"""An amount with its note marks, which may be below 0."""
Rounding = Annotated[Decimal, reader(_step), _AS_TEXT, _schema("number", exclusiveMinimum=0)]
"""What a figure was rounded to: `1` for whole numbers, `0.5`, `1000`."""
NoteMark = Annotated[str, reader(parse_mark), _schema()]
"""A note mark, such as `a`."""
Marks = Annotated[
    tuple[str, ...],
    reader(parse_marks, takes_text=False),
    # Without it, some releases of pydantic warn that JSON has a list in the place of a tuple.
    PlainSerializer(list, return_type=list[str]),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "uniqueItems": True}),
]
"""Note marks, such as `[a, c]`."""
Year = Annotated[int, reader(dates.parse_year), WithJsonSchema({"type": ["integer", "string"]})]
"""A year of four digits."""
Date = Annotated[dt.date, reader(dates.parse_date), _AS_ISO, _schema(format="date")]
"""A date, ISO 8601: `2025-03-01`."""
DateTime = Annotated[dt.datetime, reader(dates.parse_datetime), _AS_ISO, _schema()]
"""A date and time, ISO 8601: `2025-01-24T10:00`."""
DateOrTime = Annotated[dt.date | dt.datetime, reader(dates.parse_date_or_time), _AS_ISO, _schema()]
"""A date, or a date and time without an offset: `2025-03-01`, `2025-03-01T12:00`."""
Clock = Annotated[str, reader(dates.parse_clock), _schema(pattern="^[0-2][0-9]:[0-5][0-9]$")]
"""A time of day: `09:30`."""
Country = Annotated[str, reader(identifiers.parse_country), _schema(pattern="^[A-Z]{2}$")]
"""An ISO 3166-1 alpha-2 country code: `NO`."""
Seat = Annotated[str, reader(identifiers.parse_seat), _schema(pattern="^([A-Z]{2}|international)$")]
"""Where an organisation belongs: a country's code, or `EU`, `UN` or `international`."""
Currency = Annotated[str, reader(identifiers.parse_currency), _schema(pattern="^[A-Z]{3}$")]
"""An ISO 4217 currency code: `EUR`."""
Language = Annotated[str, reader(identifiers.parse_language), _schema()]
"""A BCP 47 language tag: `en`, `nb-NO`."""
Licence = Annotated[str, reader(identifiers.parse_licence), _schema()]
"""An SPDX licence expression: `CC-BY-4.0`."""
Url = Annotated[str, reader(identifiers.parse_url), _schema(format="uri", pattern="^https?://")]
"""A web address with `https://` or `http://`."""
LinkAddress = Annotated[str, reader(identifiers.parse_link_address), _schema()]
"""A web address with `%s` where a text goes in, such as `https://example.org/issues/%s`."""
Email = Annotated[str, reader(identifiers.parse_email), _schema(format="email")]
"""An e-mail address."""
Orcid = Annotated[str, reader(identifiers.parse_orcid), _schema()]
"""An ORCID iD, with its check character verified."""
Ror = Annotated[str, reader(identifiers.parse_ror), _schema()]
"""A ROR id, with its check digits verified."""

TimeZone = Annotated[str, reader(dates.parse_time_zone), _schema()]
"""A time zone of the IANA database: `Europe/Stockholm`."""
Latitude = Annotated[Decimal, reader(partial(parse_degrees, limit=90)), _AS_TEXT, _DEGREES_SCHEMA]
"""Degrees north, from -90 to 90."""
Longitude = Annotated[Decimal, reader(partial(parse_degrees, limit=180)), _AS_TEXT, _DEGREES_SCHEMA]
"""Degrees east, from -180 to 180."""
Doi = Annotated[str, reader(identifiers.parse_doi), _schema()]
"""A DOI, such as `10.5281/zenodo.8280234`."""
GitAddress = Annotated[str, reader(identifiers.parse_git_address), _schema()]
"""The address of a git repository."""
PicturePath = Annotated[str, reader(identifiers.parse_picture_path), _schema()]
"""The path of a picture below the portal's folder, such as `partners/people/photos/ada.jpg`."""
PagePath = Annotated[str, reader(identifiers.parse_page_path), _schema()]
"""The path of a page or folder below another one."""


def one_of(*choices: str) -> PlainValidator:
    """Read one word of a fixed list, the nearest named where it is none of them."""

    def read(raw: str) -> str:
        from guildhall.core.values.faults import nearest

        if raw in choices:
            return raw
        listed = ", ".join(f"`{choice}`" for choice in choices)
        raise ValueFault(raw, f"one of {listed}", nearest(raw, choices))

    return reader(read)
