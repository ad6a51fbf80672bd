"""Warnings that nobody here can mend: those of external lessons, and of sites that are away.

They never keep a site from being published. A build tells them short, the check at more length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from guildhall.cli.messages import Message
from guildhall.core.counting import counted
from guildhall.core.findings.alike import alike
from guildhall.model.checkouts import lesson_of_checkout

MOST_KINDS = 5
"""Kinds of warnings of a lesson that a build names."""
UNREACHABLE = "intersphinx.unreachable"
"""The code of messages about inventories of other sites that can't be read."""
_ADDRESS = re.compile(r"'(https?://[^'\s]+)'")


@dataclass
class SortedOut:
    """The messages of a build by who can mend what they say.

    Args:
        own: those about this portal.
        of_lessons: those about pages of external lessons, by the lesson's id.
        notes: those about sites that couldn't be reached.
    """

    own: list[Message] = field(default_factory=list)
    of_lessons: dict[str, list[Message]] = field(default_factory=dict)
    notes: list[Message] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """What a build says of those that don't count."""
        for site in sorted(unreachable(self.notes)):
            yield f"note: the inventory of {site} can't be read"
        for key, messages in sorted(self.of_lessons.items()):
            found = sorted(set(messages))
            warnings = counted(len(found), "warning")
            yield f"lessons/{key}: {warnings} in its pages, which are external:"
            yield from _kinds(found)


def sort_out(messages: Iterable[Message]) -> SortedOut:
    """Sort messages, whose paths are relative to the portal's folder."""
    found = SortedOut()
    for message in messages:
        key = lesson_of_checkout(message.path)
        if message.code == UNREACHABLE:
            found.notes.append(message)
        elif key is not None:
            found.of_lessons.setdefault(key, []).append(message)
        else:
            found.own.append(message)
    return found


def unreachable(messages: Iterable[Message]) -> list[str]:
    """The sites whose inventories some messages say can't be read."""
    found = _ADDRESS.findall(" ".join(each.text for each in messages))
    return list(dict.fromkeys(site.removesuffix("objects.inv").rstrip("/") for site in found))


def _kinds(messages: list[Message]) -> Iterator[str]:
    """The kinds of messages, the most common first, each with its first place."""
    kinds = alike(messages, lambda message: f"{message.text} [{message.code}]")
    for number, first in kinds[:MOST_KINDS]:
        yield f"  {number} × {first}"
    others = sum(number for number, _ in kinds[MOST_KINDS:])
    if others:
        yield f"  {others} of other kinds; `guildhall check` lists more of them"
