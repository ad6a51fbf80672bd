"""How many decimals amounts of money are shown with."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import get_currency_precision

from guildhall.core.values.numbers import Range


def decimals_of(amounts: Iterable[Range], currency: str, *, computed: bool = False) -> int:
    """The decimals that all of some amounts are shown with, so that they line up.

    None where all are whole; otherwise those of the currency's minor unit, such as two of the euro
    (ISO 4217), and more where a stated amount has more.

    Args:
        amounts: the amounts.
        currency: the code of their currency.
        computed: whether they are computed with a rate, and so rounded to the minor unit.
    """
    most = max((_decimals(end) for each in amounts for end in (each.low, each.high)), default=0)
    unit = get_currency_precision(currency)
    if computed:
        return min(most, unit) and unit
    return most and max(most, unit)


def smallest_unit(currency: str) -> Decimal:
    """The smallest amount of a currency, such as 0.01 EUR (ISO 4217)."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
