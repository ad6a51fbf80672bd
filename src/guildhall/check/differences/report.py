"""What changed, laid out as sections of lines, for all ways of showing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from guildhall.check.differences.claims import ClaimChange
from guildhall.check.differences.counts import STATISTICS
from guildhall.check.differences.figures import FigureChange
from guildhall.check.differences.place import Location
from guildhall.check.differences.portal import Differences
from guildhall.check.differences.times import TimeChange
from guildhall.check.differences.words import NOTHING, moved_by, shifted, shown
from guildhall.core.counting import counted
from guildhall.core.values.format import format_text_dashes

FEWEST_TOGETHER = 3
"""So many sessions that shift alike are told in one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed.

    Args:
        label: what it is.
        old: what it was; empty where the line is about no value.
        new: what it is.
        moved: by how much it moved, or what became of it.
        remarks: what else there is to say, each a clause.
        place: where it stands.
        is_cause: whether it is what was written; None where the difference is of no matter.
    """

    label: str
    old: str = ""
    new: str = ""
    moved: str = ""
    remarks: tuple[str, ...] = ()
    place: Location | None = None
    is_cause: bool | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading.

    Args:
        title: the heading.
        lines: the lines, in order.
        is_detail: whether it can be left folded at first.
    """

    title: str
    lines: tuple[Line, ...]
    is_detail: bool = False


def summary(found: Differences) -> tuple[str, ...]:
    """What changed, in numbers, each a clause."""
    lost = sum(each.outcome.startswith("no longer") for each in found.claims)
    regained = sum(each.outcome == "now holds" for each in found.claims)
    causes = sum(each.is_cause for each in found.figures)
    numbers = (
        (lost, "claim no longer holds", "claims no longer hold"),
        (regained, "claim holds now", "claims hold now"),
        (causes, "figure was changed", "figures were changed"),
        (len(found.figures) - causes, "figure follows", "figures follow"),
        (len(found.addresses.gone), "address vanishes", "addresses vanish"),
        (len(found.addresses.new), "address is new", "addresses are new"),
        (len(found.times), "date or time changes", "dates and times change"),
        (found.faults.brought, "fault is new", "faults are new"),
        (found.faults.mended, "fault is gone", "faults are gone"),
    )
    return tuple(counted(*each) for each in numbers if each[0])


def sections(found: Differences) -> tuple[Section, ...]:
    """All sections, in the order of reports."""
    return tuple(
        section
        for section in (
            *_unread(found),
            *_figures(found.figures, is_detail=False),
            *_claims(found.claims),
            *_times(found.times),
            *_addresses(found),
            *_figures(found.figures, is_detail=True),
        )
        if section.lines
    )


def faults(found: Differences) -> str:
    """What became of faults, as the beginning of a sentence; empty where nothing did."""
    here = found.faults
    if not here.brought and not here.mended:
        return ""
    parts = [
        counted(here.brought, "fault is new", "faults are new") if here.brought else "",
        counted(here.mended, "fault is gone", "faults are gone") if here.mended else "",
        counted(here.left, "is unchanged", "are unchanged") if here.left else "",
    ]
    return f"In records, sums, claims and times {', '.join(part for part in parts if part)}"


def closer_look(found: Differences) -> str:
    """The command that lists the faults that are new; empty where none is."""
    return f"guildhall check --changed {found.base.name}" if found.faults.brought else ""


def _unread(found: Differences) -> Iterator[Section]:
    sides = (
        ("Could not be read before; figures that depend on it are compared without it",
         found.faults.unread_before),
        ("Can't be read now; figures that depend on it are computed without it",
         found.faults.unread_now),
    )  # fmt: skip
    for title, places in sides:
        yield Section(title, tuple(Line(place.location) for place in places))


def _figures(changes: Iterable[FigureChange], *, is_detail: bool) -> Iterator[Section]:
    for title, group in groupby(changes, key=lambda each: each.section):
        held = list(group)
        if (held[0].key[0] == STATISTICS) != is_detail:
            continue
        unit = _common_unit(held)
        lines = tuple(_figure(each, unit) for each in held)
        is_said = not unit or title.casefold().startswith(unit)
        yield Section(title if is_said else f"{title} ({unit})", lines, is_detail)


def _common_unit(changes: Sequence[FigureChange]) -> str:
    units = Counter(unit for each in changes for unit in (each.old_unit, each.new_unit) if unit)
    return max(units, key=lambda unit: (units[unit], unit)) if units else ""


def _figure(change: FigureChange, unit: str) -> Line:
    is_told = change.old_unit != change.new_unit
    old, new = (
        shown(value, "" if own == unit and not is_told else own)
        for value, own in ((change.old, change.old_unit), (change.new, change.new_unit))
    )
    moved = moved_by(change.difference)
    return Line(change.label, old, new, moved, change.remarks, change.place, change.is_cause)


def _claims(changes: Iterable[ClaimChange]) -> Iterator[Section]:
    for title, group in groupby(changes, key=lambda each: each.section):
        yield Section(title, tuple(map(_claim, group)))


def _claim(change: ClaimChange) -> Line:
    old, new = (shown(state.computed) if state else NOTHING for state in (change.old, change.new))
    was, now = (state.stated if state else None for state in (change.old, change.new))
    claimed = f"claimed: {format_text_dashes(now or was or NOTHING)}"
    if was and now and was != now:
        claimed = f"{claimed}, before: {format_text_dashes(was)}"
    return Line(change.text, old, new, change.outcome, (claimed,), change.place)


def _addresses(found: Differences) -> Iterator[Section]:
    gone = found.addresses.gone
    lines = [
        Line(
            each.address,
            moved=f"now at {each.moved_to}" if each.moved_to else "gone",
            place=Location(each.source, 1, 1, is_gone=True) if each.source else None,
        )
        for each in gone
    ]
    yield Section("Removed addresses, without a redirect", tuple(lines))


def _times(changes: Iterable[TimeChange]) -> Iterator[Section]:
    """A section a workshop; sessions that shift alike in one line."""
    whole = []
    for title, group in groupby(changes, key=lambda each: each.title):
        held = list(group)
        if held[0].what == "workshop":
            whole.append(_workshop(held[0]))
            continue
        in_other_zone = any(each.what == "time zone" for each in held)
        yield Section(f"Times of {title}", tuple(_time_lines(held, in_other_zone)))
    yield Section("Workshops", tuple(whole))


def _workshop(change: TimeChange) -> Line:
    moved = "new" if change.new else "gone"
    return Line(
        change.title, change.old or NOTHING, change.new or NOTHING, moved, place=change.place
    )


def _time_lines(changes: Sequence[TimeChange], in_other_zone: bool) -> Iterator[Line]:
    alike = Counter(_alike(each) for each in changes)
    done = set()
    for each in changes:
        key = _alike(each)
        if key is None or alike[key] < FEWEST_TOGETHER:
            told = (shifted(each.shift, in_other_zone=in_other_zone), *each.remarks)
            label = f"session: {each.label}" if each.what == "session" else each.what
            moved, *remarks = [part for part in told if part] or [""]
            old, new = each.old or NOTHING, each.new or NOTHING
            yield Line(label, old, new, moved, tuple(remarks), each.place)
        elif key not in done:
            done.add(key)
            yield _together([other for other in changes if _alike(other) == key], in_other_zone)


def _alike(change: TimeChange) -> object:
    """What sessions have in common that can be told in one line; None for all else."""
    return change.shift if change.what == "session" and not change.remarks else None


def _together(changes: Sequence[TimeChange], in_other_zone: bool) -> Line:
    first = changes[0]
    number = counted(len(changes), "session")
    label = f"all {number}" if len(changes) == first.of else f"{number} of {first.of}"
    moved = shifted(first.shift, in_other_zone=in_other_zone)
    return Line(label, f"first {first.old}", f"first {first.new}", moved, place=first.place)
