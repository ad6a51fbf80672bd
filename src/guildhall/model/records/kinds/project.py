"""Projects: one record a project phase."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema, model_validator

from guildhall.core.values.dates import Period
from guildhall.core.values.faults import ValueFault, describe
from guildhall.core.values.numbers import parse_decimal
from guildhall.model.base.fields import (
    Amount,
    Currency,
    Date,
    DateTime,
    Flag,
    Line,
    NoteMark,
    Prose,
    Rounding,
    Slug,
    Year,
    one_of,
    reader,
    refusal,
)
from guildhall.model.base.model import Model, Record
from guildhall.model.records.kinds.activity import Format
from guildhall.model.records.kinds.workshop import WorkshopType
from guildhall.model.records.shared import (
    Address,
    AlsoText,
    Chapter,
    Link,
    PersonRef,
    check_rounding,
)

NetworkType = Annotated[
    Literal["network", "infrastructure"],
    one_of("network", "infrastructure"),
    WithJsonSchema({"enum": ["network", "infrastructure"]}),
]
EffectType = Annotated[
    Literal["depends", "may-grow"],
    one_of("depends", "may-grow"),
    WithJsonSchema({"enum": ["depends", "may-grow"]}),
]
"""`depends`: the amount comes only if the condition is met; `may-grow`: it may become larger."""


class Condition(Model):
    """What an amount depends on."""

    name: Line
    """The condition in a few words, such as `a pending grant`."""
    effect: EffectType
    """The effect of the condition on the amount."""


class Note(Model):
    """A note of a table."""

    text: Prose
    """The note."""
    condition: Condition | None = None
    """Set if the note makes amounts conditional; totals are then also shown without them."""


class StatedTotals(Model):
    """Column totals as stated in the source; each is checked against the computed one."""

    years: dict[Year, Amount] = {}
    """The stated total of each year."""
    total: Amount | None = None
    """The stated grand total."""
    rounded_to: Rounding | None = None
    """What the source rounded these totals to, such as `1`; the sums then round to them."""

    @model_validator(mode="after")
    def _totals_are_rounded(self) -> StatedTotals:
        grand = [] if self.total is None else [self.total]
        check_rounding(self.rounded_to, [*self.years.values(), *grand])
        return self


class InKindStatement(Model):
    """Information about the in-kind table as a whole."""

    text: Prose | None = None
    """The text before the table."""
    notes: dict[NoteMark, Note] = {}
    """The table's notes, by mark."""
    stated: StatedTotals | None = None
    """Totals as stated in the source."""


class Rate(Model):
    """An exchange rate."""

    rate: Amount
    """Units of the table's currency for one unit of the other."""
    date: Date | None = None
    """The date of the rate."""
    source: Line | None = None
    """The source, such as `European Central Bank`."""


def _rate(raw: Any) -> Any:
    return {"rate": raw} if isinstance(raw, str | list) else raw


RateEntry = Annotated[Rate, BeforeValidator(_rate), AlsoText()]
"""A rate, written as a bare number or as a mapping of `rate`, `date`, `source`."""


class BudgetStatement(Model):
    """Information about the budget table as a whole."""

    currency: Currency
    """The currency of the totals."""
    payer: Line
    """Who pays."""
    text: Prose | None = None
    """The text before the table."""
    notes: dict[NoteMark, Note] = {}
    """The table's notes, by mark."""
    rates: dict[Currency, RateEntry] = {}
    """Units of the table's currency for one unit of each other currency, with date and source."""
    stated: StatedTotals | None = None
    """Totals as stated in the source, if any."""


class Group(Model):
    """A group of a project that meets."""

    name: Line
    """The group's name."""
    description: Prose | None = None
    """What the group is for."""
    minutes: Address | None = None
    """Where its minutes are kept."""
    frequency: Line | None = None
    """How often it meets."""


class Network(Model):
    """A network or infrastructure that the project works with."""

    name: Line
    """Its name."""
    type: NetworkType
    """Whether it is a network of people or a research infrastructure."""
    abbreviation: Line | None = None
    """Its abbreviation."""
    url: Address | None = None
    """Its website, if given in the source."""


COMPARISONS = ("equal", "about", "at-least", "more-than", "at-most", "less-than")
Comparison = Annotated[
    Literal["equal", "about", "at-least", "more-than", "at-most", "less-than"],
    one_of(*COMPARISONS),
    WithJsonSchema({"enum": list(COMPARISONS)}),
]
"""`equal`, `about`, `at-least`, `more-than`, `at-most` or `less-than`."""


def _percent(raw: str) -> Decimal:
    expected = "percent such as `20 %`"
    number = raw.removesuffix("%").rstrip()
    if number == raw:
        mended = f"{raw} %" if raw.isdecimal() else None
        raise ValueFault(raw, expected, mended)
    try:
        percent = parse_decimal(number)
    except ValueFault:
        raise ValueFault(raw, expected) from None
    if not 0 < percent < 100:
        raise ValueFault(raw, "percent above 0 and below 100")
    return percent


Percent = Annotated[
    Decimal, reader(_percent), PlainSerializer(str), WithJsonSchema({"type": "string"})
]
"""Percent such as `20 %`."""


TRENDS = ("increasing", "decreasing", "stable")
Trend = Annotated[
    Literal["increasing", "decreasing", "stable"],
    one_of(*TRENDS),
    WithJsonSchema({"enum": list(TRENDS)}),
]
"""`increasing`, `decreasing` or `stable`."""
Step = Annotated[
    Literal["year", "workshop"],
    one_of("year", "workshop"),
    WithJsonSchema({"enum": ["year", "workshop"]}),
]
"""`year` or `workshop`."""


class Among(Model):
    """The workshops that a claim is about."""

    type: WorkshopType | None = None
    """Only those of this type."""
    format: Format | None = None
    """Only those of this format."""
    start: Date | None = None
    """Only those that begin on this day or later."""
    end: Date | None = None
    """Only those that begin on this day or earlier."""


class Claim(Model):
    """A stated figure or trend; checked against the records."""

    text: Line
    """The text of the claim."""
    figure: Line
    """The computed figure that it speaks of, as the role `figure` names it. With `trend`, the name
    without a year, such as `learners`."""
    value: Amount | None = None
    """The figure as claimed."""
    than: Line | None = None
    """Instead of a value: the name of another figure to compare with."""
    trend: Trend | None = None
    """Instead of a value: how the figure changes. `stable` needs a `tolerance`."""
    by: Step = "year"
    """With `trend`: what the amounts are grouped by."""
    among: Among | None = None
    """The workshops that it is about; by default all."""
    compare: Comparison = "equal"
    """How to compare: `over 40` is `more-than`, `circa 500` is `about`."""
    tolerance: Percent | None = None
    """With `about` and `stable`: how far the figure may be above or below, such as `20 %`."""
    as_of: Date | None = None
    """The date of the claim; only workshops up to that day are counted."""
    source: Line | None = None
    """Where the claim is made."""
    differs: Line | None = None
    """Why the records are known to give another figure. Such a claim is told and doesn't fail;
    where it holds after all, that is told too, so that the remark doesn't outlive its reason."""

    @model_validator(mode="after")
    def _says_what_about_means(self) -> Claim:
        if self.compare == "about" and self.tolerance is None:
            raise refusal("`about` needs a `tolerance`, such as `20 %`", "compare")
        if self.trend == "stable" and self.tolerance is None:
            raise refusal("`stable` needs a `tolerance`, such as `10 %`", "trend")
        is_near = self.compare == "about" or self.trend == "stable"
        if not is_near and self.tolerance is not None:
            raise refusal("a `tolerance` is only allowed with `compare: about`", "tolerance")
        return self

    @model_validator(mode="after")
    def _says_one_thing(self) -> Claim:
        said = [name for name in ("value", "than", "trend") if getattr(self, name) is not None]
        if not said:
            raise refusal("expected `value`, `than` or `trend`: what the claim says of the figure")
        if len(said) > 1:
            raise refusal(
                f"expected one of `value`, `than` and `trend`, found {len(said)}", said[1]
            )
        if self.trend is not None and self.compare != "equal":
            raise refusal(
                "`compare` is allowed with `value` or `than`, not with `trend`", "compare"
            )
        if self.trend is None and self.by != "year":
            raise refusal("`by` is only allowed with `trend`", "by")
        return self

    @property
    def said_at(self) -> str:
        """The key under which it says something of the figure."""
        return next(name for name in ("value", "than", "trend") if getattr(self, name) is not None)


class Project(Record):
    """A project, or one phase of it."""

    KIND: ClassVar[str] = "project"

    name: Line
    """The name."""
    type: Line
    """The type, such as `Project`."""
    phase: Line
    """The phase, such as `Execution`."""
    start: Date
    """The first day."""
    end: Date
    """The last day."""
    dates_are_expected: Flag = False
    """Whether the dates are only expected, as in a proposal or plan; pages then say so."""
    review_by: Date | None = None
    """The date of the next review; `guildhall due` reports when it has passed."""
    summary: Prose
    """A short description of the project."""
    leader: PersonRef | None = None
    """Who leads it."""
    authors: tuple[PersonRef, ...] = ()
    """Who wrote the document that the record follows."""
    version: DateTime | None = None
    """The version of that document."""
    funder: Line | None = None
    """Who funds the project, or to whom it is proposed."""
    results: Address | None = None
    """Where the results are."""
    outreach: tuple[Link, ...] = ()
    """Outreach."""
    documents: tuple[Link, ...] = ()
    """Documents."""
    links: tuple[Link, ...] = ()
    """Other links."""
    groups: dict[Slug, Group] = {}
    """The groups, by id."""
    networks: tuple[Network, ...] = ()
    """Networks and infrastructures that the project works with."""
    chapters: tuple[Chapter, ...] = ()
    """Longer texts, in order."""
    in_kind: InKindStatement | None = None
    """Information about the in-kind table."""
    budget: BudgetStatement | None = None
    """Information about the budget."""
    claims: tuple[Claim, ...] = ()
    """Figures stated in texts, checked against the records."""

    @model_validator(mode="after")
    def _starts_before_it_ends(self) -> Project:
        if self.end < self.start:
            message = f"`end`: {describe(self.end, f'a day on or after the start, {self.start}')}"
            raise refusal(message, "end")
        return self

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """Newest first."""
        return (-self.start.toordinal(), self.name.casefold(), self.key)

    @property
    def period(self) -> Period:
        """From the first to the last day."""
        return Period(self.start, self.end)
