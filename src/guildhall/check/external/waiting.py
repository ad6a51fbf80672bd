"""How long to wait before asking again: what servers say, and what we choose."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RandomSource = Callable[[float, float], float]
"""Gives a number between two numbers, as ``random.uniform`` does."""

_LONGEST = 10**9


def retry_after(value: str, date_header: str = "") -> float | None:
    """Read ``Retry-After`` (RFC 9110, 10.2.3): seconds, or a date.

    A date is compared with the server's own ``Date``, so that no clock but the server's counts.

    Args:
        value: the value of ``Retry-After``.
        date_header: the value of ``Date``.

    Returns:
        seconds from 0, or None where it can't be read.
    """
    text = value.strip()
    if re.fullmatch(r"[0-9]+", text):
        return float(min(int(text[:12]), _LONGEST))
    then, now = _moment(text), _moment(date_header)
    if then is None or now is None:
        return None
    return min(max((then - now).total_seconds(), 0.0), float(_LONGEST))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def backoff(attempt: int, random: RandomSource, *, first: float, longest: float) -> float:
    """Seconds to wait before another attempt: exponential, with full jitter.

    Full jitter takes any time between none and the exponential one, so that many who failed at
    once don't come back at once (M. Brooker, Exponential Backoff and Jitter, 2015).

    Args:
        attempt: how many attempts were made before, from 0.
        random: the source of chance.
        first: the longest wait after the first attempt, in seconds.
        longest: the longest wait at all.
    """
    return random(0.0, min(longest, first * 2 ** min(attempt, 30)))
