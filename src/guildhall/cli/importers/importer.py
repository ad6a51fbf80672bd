"""What an importer is, and what it gives: records, each as plain data with its place in the source.

The module is light, so that the help of all importers is quick; an importer imports its work in
``run``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from guildhall.cli.importers.source import Part


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that can be imported; an entry point of the group ``guildhall.importers``.

    Args:
        name: the command below ``guildhall import``, and the entry point's name.
        help: what it does, the first sentence alone in lists; FILE stands for the source.
        kind: the kind of its records.
        folder: where new ones go, from the portal's folder.
        run: called as ``run(source, portal, **options)`` with a
            :class:`~guildhall.cli.importers.source.Source` and a
            :class:`~guildhall.cli.importers.portal.Portal`; gives a :class:`Proposal`. It may raise
            ``UnreadableError`` and ``NotReadyError``, and ``click.UsageError`` for options.
        options: its own options; their values go to ``run`` by name.
        same: the key of a record's values by which one is found again whose name or dates changed
            in the source, such as the address of its site; empty for none.
    """

    name: str
    help: str
    kind: str
    folder: str
    run: Callable[..., Proposal]
    options: tuple[click.Option, ...] = ()
    same: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an importer found in a source.

    Args:
        records: the records that could be read.
        left_out: how many couldn't, for their faults.
        is_whole: whether the source holds all that it ever held, so that what is missing is gone.
    """

    records: list[Proposed]
    left_out: int = 0
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A record as the source has it.

    Args:
        key: what tells it from others of the source for good, and the id of a new record, in small
            letters, digits and hyphens.
        part: where it stands.
        values: what the source says of it: texts, None, lists and mappings, by the keys of records.
        derived: values that follow from others. They take the place of those in the record, and
            aren't remembered as imported.
        unfinished: texts that were taken over, and that somebody has to finish.
        is_asked_for: whether the user named it, so that it is made even where its record was
            removed by hand.
    """

    key: str
    part: Part
    values: dict[str, Any]
    derived: dict[str, Any] = field(default_factory=dict)
    unfinished: tuple[Unfinished, ...] = ()
    is_asked_for: bool = False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A text that was taken over, told of as long as the record has it.

    Args:
        part: where it stands in the source.
        key: the key of the record that it stands under, in a list.
        text: the text.
        message: what to do about it.
    """

    part: Part
    key: str
    text: str
    message: str
