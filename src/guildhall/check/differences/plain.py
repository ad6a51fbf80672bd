"""What changed, as plain data for programs."""

from __future__ import annotations

from typing import Any

from guildhall.check.differences.claims import ClaimState
from guildhall.check.differences.held import Value
from guildhall.check.differences.place import Location
from guildhall.check.differences.portal import Differences
from guildhall.check.differences.revisions import Revision
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
        "base": _revision(found.base),
        "to": _revision(found.to),
        "figures": [
            {
                "key": list(each.key),
                "section": each.section,
                "label": each.label,
                "old": _value(each.old),
                "new": _value(each.new),
                "old_unit": each.old_unit,
                "new_unit": each.new_unit,
                "difference": (
                    {"low": plain(each.difference[0]), "high": plain(each.difference[1])}
                    if each.difference
                    else None
                ),
                "remarks": list(each.remarks),
                "names": list(each.names),
                "is_cause": each.is_cause,
                "place": _place(each.place),
            }
            for each in found.figures
        ],
        "claims": [
            {
                "section": each.section,
                "text": each.text,
                "figure": each.figure,
                "outcome": each.outcome,
                "old": _state(each.old),
                "new": _state(each.new),
                "place": _place(each.place),
            }
            for each in found.claims
        ],
        "addresses": {
            "gone": [
                {"address": each.address, "source": each.source, "moved_to": each.moved_to}
                for each in found.addresses.gone
            ],
            "new": list(found.addresses.new),
        },
        "times": [
            {
                "workshop": each.workshop,
                "title": each.title,
                "what": each.what,
                "label": each.label,
                "old": each.old or None,
                "new": each.new or None,
                "shift": (
                    {
                        "clock": each.shift.clock,
                        "moment": each.shift.moment,
                        "length": each.shift.length,
                    }
                    if each.shift
                    else None
                ),
                "remarks": list(each.remarks),
                "place": _place(each.place),
            }
            for each in found.times
        ],
        "faults": {
            "brought": found.faults.brought,
            "mended": found.faults.mended,
            "left": found.faults.left,
            "unread_before": [_place(each) for each in found.faults.unread_before],
            "unread_now": [_place(each) for each in found.faults.unread_now],
        },
    }


def _revision(found: Revision | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "name": found.name,
        "commit": found.commit,
        "is_branching_point": found.is_branching_point,
    }


def _value(value: Value) -> dict[str, Any] | str | None:
    if not isinstance(value, Range):
        return value
    ends = {"low": plain(value.low), "high": None if value.is_open else plain(value.high)}
    return {**ends, "about": True} if value.about else ends


def _state(state: ClaimState | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {
        "stated": state.stated,
        "computed": _value(state.computed),
        "verdict": state.verdict,
    }


def _place(place: Location | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "is_gone": place.is_gone,
    }
