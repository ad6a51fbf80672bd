"""What was measured, as tables of text: ratios of one run, and which faults each checker finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.bench.links.faults import FAULTS
from tests.bench.links.measuring import Asked, Checker, Speed
from tests.bench.links.right import ALLOWED_NOTES
from tests.bench.links.seeds import Task
from tests.bench.links.told import Told, Verdict

OURS = "Guildhall"
AIM = 5.0
"""So many times the pages a second of the fastest checker in Node or Ruby are aimed at."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows under a head, the first column to the left and all others to the right."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def cries_wolf(told: Sequence[Told]) -> list[Told]:
    """What is said of right pages, without what may be noted there."""
    return [
        each
        for each in told
        if each.page
        and not (each.note and each.page.rpartition("/")[2].removesuffix(".html") in ALLOWED_NOTES)
    ]


def matrix(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    """Which faults each checker finds, and of how many right pages it says something."""
    names = list(verdicts)
    rows = []
    for seed in FAULTS:
        marks = ["x" if seed.name in verdicts[name].found else "." for name in names]
        beyond = " (beyond)" if seed.task is Task.BEYOND else ""
        rows.append([f"{seed.name}: {seed.what}{beyond}", *marks])
    rows.append([f"found, of {len(FAULTS)}", *(str(len(verdicts[n].found)) for n in names)])
    wrong = [len({each.page for each in cries_wolf(verdicts[n].wrong)}) for n in names]
    rows.append(["right pages of which something wrong is said", *map(str, wrong)])
    yield from table(["fault", *names], rows)
    yield from _missed(verdicts)


def _missed(verdicts: Mapping[str, Verdict]) -> Iterator[str]:
    ours = verdicts.get(OURS)
    if ours is None:
        return
    yield ""
    yield "Aim: every fault that any of them finds."
    for seed in FAULTS:
        others = [name for name, verdict in verdicts.items() if seed.name in verdict.found]
        if others and OURS not in others:
            why = f" ({seed.why_beyond})" if seed.why_beyond else ""
            yield f"  not found by {OURS}, but by {', '.join(others)}: {seed.name}{why}"


def speeds(checkers: Sequence[Checker], measured: Mapping[str, Speed]) -> Iterator[str]:
    """How fast each was, ours as 1."""
    ours = measured.get(OURS)
    if ours is None:
        return
    rows = []
    for checker in checkers:
        speed = measured.get(checker.peer.name)
        if speed is None:
            continue
        ran, times = speed.ran, "over " if speed.ran.code is None else ""
        rows.append(
            [
                f"{checker.peer.name} {checker.version} ({checker.peer.language})",
                times + _ratio(ran.wall, ours.ran.wall),
                times + _ratio(ran.cpu, ours.ran.cpu),
                _ratio(ran.peak, ours.ran.peak),
                f"{speed.pages / ran.wall:.0f}",
            ]
        )
    yield from table(["checker", "time", "processor", "memory", "pages/s"], rows)
    peers = [
        speed.ran.wall
        for checker in checkers
        if checker.peer.language in {"Node", "Ruby"}
        and (speed := measured.get(checker.peer.name)) is not None
    ]
    if peers:
        reached = min(peers) / ours.ran.wall
        yield f"Aim: {AIM:.0f} times the pages/s of the fastest in Node or Ruby; now {reached:.1f}."


def askings(checkers: Sequence[Checker], measured: Mapping[str, Asked]) -> Iterator[str]:
    """How each asked other hosts, ours as 1, and what it made of the answers."""
    ours = measured.get(OURS)
    if ours is None:
        return
    rows, notes = [], []
    for checker in checkers:
        asked = measured.get(checker.peer.name)
        if asked is None:
            continue
        ran, judged, counted = asked.ran, asked.judged, asked.counted
        rows.append(
            [
                f"{checker.peer.name} {checker.version}",
                ("over " if ran.code is None else "") + _ratio(ran.wall, ours.ran.wall),
                _ratio(ran.cpu, ours.ran.cpu),
                _ratio(ran.peak, ours.ran.peak),
                str(counted.requests),
                f"{counted.at_once} ({counted.by_host})",
                f"{judged.dead}/{judged.all_dead}",
                str(sum(judged.wrong.values())),
            ]
        )
        for word, sorts in (("missed", judged.missed), ("wrongly told", judged.wrong)):
            if sorts:
                listed = ", ".join(f"{name} {number}" for name, number in sorts.items())
                notes.append(f"  {checker.peer.name}, {word}: {listed}")
    head = ["checker", "time", "processor", "memory", "requests", "at once (a host)", "dead"]
    yield from table([*head, "wrong"], rows)
    yield from notes


def _ratio(value: float, ours: float) -> str:
    return f"{value / ours:.2f}" if ours else "-"
