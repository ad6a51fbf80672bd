"""What changed, as plain data for programs."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from guildhall.check.differences.portal import Differences
from guildhall.core.values.numbers import Range, plain

JSON_VERSION = 1


def to_json(found: Differences) -> dict[str, Any]:
    """What changed, as plain data; numbers are texts, so that none loses a digit.

    Keys: ``version`` (of this form), ``changed``, ``base`` and ``to`` (each with ``name``,
    ``commit`` and ``is_branching_point``; ``to`` is null for the files as they lie there),
    ``figures``, ``claims``, ``addresses`` (``gone`` and ``new``), ``times`` and ``faults``.

    A figure has ``key``, ``section``, ``label``, ``old`` and ``new`` (an amount as ``low`` and
    ``high``, which is null where no upper limit is known, with ``about`` where it is approximate; a
    text, or null), ``old_unit`` and ``new_unit``, ``difference`` (``low`` and ``high``,
    or null), ``remarks``, ``names`` and ``is_cause``. A claim has ``text``, ``figure``,
    ``outcome``, and ``old`` and ``new`` with ``stated``, ``computed`` and ``verdict``. A time has
    ``workshop``, ``what``, ``label``, ``old``, ``new``, ``remarks`` and ``shift``: minutes by which
    it moves on the ``clock`` and as a ``moment``, and by which its ``length`` grows. All have
    ``place``: ``path``, ``line``, ``column``, and ``is_gone`` for a place of the earlier files.
    """
    return {
        "version": JSON_VERSION,
        "changed": not found.are_none,
        "base": _plain(found.base),
        "to": _plain(found.to),
        "figures": [
            {**_plain(each), "difference": _ends(each.difference)} for each in found.figures
        ],
        "claims": [{**_plain(each), "outcome": each.outcome} for each in found.claims],
        "addresses": _plain(found.addresses),
        "times": [
            {**_plain(each, but="of"), "old": each.old or None, "new": each.new or None}
            for each in found.times
        ],
        "faults": _plain(found.faults),
    }


def _plain(value: Any, but: str = "") -> Any:
    """A value of :class:`Differences` as JSON has it, with a key for each field but one."""
    if isinstance(value, Range):
        high = None if value.is_open else plain(value.high)
        return {"low": plain(value.low), "high": high, **({"about": True} if value.about else {})}
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if each.name != but
        }
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _ends(difference: tuple[Decimal, Decimal] | None) -> dict[str, str] | None:
    return dict(zip(("low", "high"), map(plain, difference), strict=True)) if difference else None
