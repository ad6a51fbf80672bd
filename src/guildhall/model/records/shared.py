"""Parts that several record kinds hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from guildhall.core.values.numbers import Range, plain
from guildhall.core.yaml_source import Place
from guildhall.model.base.fields import (
    AmountCell,
    Flag,
    Line,
    Prose,
    Reference,
    Slug,
    Url,
    Year,
    read_line,
    reader,
    refusal,
)
from guildhall.model.base.model import Model

PartnerRef = Annotated[Slug, Reference("partner")]
"""The id of a partner."""
ProjectRef = Annotated[Slug, Reference("project")]
"""The id of a project."""
PersonRef = Annotated[Slug, Reference("person")]
"""The id of a person."""

PersonName = Annotated[
    str, reader(read_line), Reference("person", by_name=True), WithJsonSchema({"type": "string"})
]
"""A person, as the id of the record or as a name that it gives; read as the id."""

YearlyAmounts = dict[Year, AmountCell]
"""An amount a year, such as `2025: 5-10`."""


def check_rounding(rounded_to: Decimal | None, stated: Iterable[Range]) -> None:
    """Refuse a rounding that no stated total has.

    Args:
        rounded_to: what the totals are said to be rounded to.
        stated: the totals.

    Raises:
        PydanticCustomError: where there is no total, or one isn't rounded so.
    """
    totals = list(stated)
    if rounded_to is None:
        return
    message = None
    if not totals:
        message = "`rounded_to` needs a stated total that was rounded"
    for total in totals:
        if total.low % rounded_to or total.high % rounded_to:
            message = f"the stated total {total} isn't rounded to {plain(rounded_to)}"
    if message:
        raise refusal(message, "rounded_to")


class Link(Model):
    """A link, or just a name if the source gives no address."""

    text: Line | None = None
    """The text of the link; by default its address."""
    url: Url | None = None
    """The address; omitted if the source gives none."""
    description: Line | None = None
    """What the link leads to."""
    historic: Flag = False
    """Whether the address is historic: it may be dead, and is shown as such."""


def links_in(
    value: object, *, without: frozenset[str] = frozenset(), place: Place = ()
) -> Iterator[tuple[Place, Link]]:
    """The links anywhere in a record, or in a part of one, with their places.

    Args:
        value: the record, or the part.
        without: names of fields that are left out, at any depth.
        place: where the part stands.
    """
    if isinstance(value, Link):
        yield place, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            if name not in without:
                yield from links_in(getattr(value, name), without=without, place=(*place, name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from links_in(each, without=without, place=(*place, str(key)))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from links_in(each, without=without, place=(*place, index))


def _address(raw: Any) -> Any:
    return {"url": raw} if isinstance(raw, str) else raw


class AlsoText:
    """Tells editors that a bare text will do in the place of a mapping.

    Args:
        more: what the JSON Schema says of the text.
    """

    def __init__(self, **more: Any) -> None:
        self._more = more

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", **self._more}, handler(schema)]}


Address = Annotated[Link, BeforeValidator(_address), AlsoText(format="uri")]
"""A link, written as a bare address or as a mapping of `url`, `text`, `historic`."""


class Point(Model):
    """A titled paragraph of a chapter."""

    title: Line
    """The title of the point."""
    text: Prose
    """The point."""


class Chapter(Model):
    """A chapter of a project's page."""

    id: Slug
    """The id used by pages to show the chapter."""
    title: Line
    """The heading."""
    text: Prose | None = None
    """The text before the points."""
    points: tuple[Point, ...] = ()
    """The points, in order."""
    links: tuple[Link, ...] = ()
    """The chapter's references."""
