"""Records that an import makes and changes: all of them at once, or none."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guildhall.cli.files import Change, write_all
from guildhall.cli.importers.findings import Sort, finding
from guildhall.cli.importers.merge import ABSENT, Conflict, Decision, Merged, merge
from guildhall.cli.importers.rewrite import UnchangeableError, amended
from guildhall.core.findings.finding import Finding
from guildhall.core.rules import UNREADABLE
from guildhall.core.values.faults import quote
from guildhall.core.yaml_source import UnreadableError, decode, parse_yaml
from guildhall.core.yaml_writer import rendered
from guildhall.model.base import rules
from guildhall.model.base.model import Record
from guildhall.model.base.validate import validate
from guildhall.model.records.kinds import KINDS
from guildhall.model.records.prose import prose_faults

Ask = Callable[[Finding, Conflict], bool | None]
"""Asked about a conflict; see :data:`guildhall.cli.importers.merge.Decision`."""


class BrokenRecordError(Exception):
    """A record can't be changed, or what was imported doesn't fit it.

    Args:
        faults: what is wrong with it.
    """

    def __init__(self, faults: list[Finding]) -> None:
        self.faults = faults
        super().__init__(str(faults[0]))


@dataclass
class Writing:
    """Files to be written, and the conflicts that nobody decided.

    Args:
        root: the portal's folder.
        ask: asked about each conflict.
        kind: the kind of records that don't say it.
        changes: what becomes of files, in the order in which they are written.
        new: the records among them that aren't there yet.
        findings: the conflicts, with their places.
    """

    root: Path
    ask: Ask
    kind: str
    changes: dict[Path, Change] = field(default_factory=dict)
    new: set[Path] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def add(self, path: Path, values: Mapping[str, Any]) -> None:
        """Make a record.

        Raises:
            BrokenRecordError: where it would have faults.
        """
        data = {"kind": self.kind, **values}
        schema = self.root / "conf" / "schemas" / f"{data['kind']}.json"
        text = rendered(data)
        if schema.is_file():
            up = "../" * (len(path.relative_to(self.root).parts) - 1)
            text = f"# yaml-language-server: $schema={up}conf/schemas/{schema.name}\n{text}"
        _check(path, text)
        self.changes[path] = Change(None, text.encode())
        self.new.add(path)

    def update(
        self,
        path: Path,
        base: Mapping[str, Any],
        values: Mapping[str, Any],
        derived: Mapping[str, Any],
    ) -> Any:
        """Change a record where the source has changed.

        Args:
            path: the record.
            base: the values that were imported last.
            values: those to import.
            derived: values that take the place of those in the record, whatever they are.

        Returns:
            the values that count as imported from now on.

        Raises:
            UnreadableError: where the file can't be read.
            BrokenRecordError: where it has faults, or would have.
        """
        raw = path.read_bytes()
        text = decode(raw, path)
        ours, source, faults = parse_yaml(text, path)
        if faults:
            raise BrokenRecordError(list(faults))
        if not isinstance(ours, dict):
            message = f"found {quote(ours)}, expected a mapping of keys and values"
            raise UnreadableError(source.fault(source.value(()), rules.VALUE, message))
        if ours.get("kind") != self.kind:
            message = f"found the kind {quote(ours.get('kind'))}, expected `{self.kind}`"
            fault = source.fault(source.value(("kind",)), rules.UNKNOWN_KIND, message)
            raise BrokenRecordError([fault])

        def told(conflict: Conflict) -> Finding:
            mark = source.key(conflict.place)
            return finding(Sort.CONFLICT, path, mark.line, mark.column, _says(conflict))

        def decide(conflict: Conflict) -> bool | None:
            return self.ask(told(conflict), conflict)

        unchanged = {name: ours[name] for name in derived if name in ours}
        theirs = {**values, **derived}
        merged = merge({**base, **unchanged}, ours, theirs, decide)
        merged = _adding_up(merged, ours, theirs, decide)
        self.findings += [told(conflict) for conflict in merged.conflicts]
        if merged.value != ours:
            try:
                new = amended(text, merged.value)
            except UnchangeableError:
                message = (
                    "the source has changed, but the file is written in a way that can't be "
                    "changed safely; change it by hand, or write it in block style"
                )
                raise BrokenRecordError([UNREADABLE.at(path, 1, 1, message)]) from None
            _check(path, new)
            mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
            self.changes[path] = Change(raw, mark + new.encode())
        return {name: value for name, value in merged.base.items() if name not in derived}

    def data_of(self, path: Path) -> Any:
        """The plain data that a record has, or will have once it is written."""
        raw = self.changes[path].after if path in self.changes else path.read_bytes()
        return parse_yaml(decode(raw, path), path)[0]

    def write(self) -> None:
        """Write all files, or none.

        Raises:
            ChangedError: where one was changed in the meantime.
            OSError: where one can't be written.
        """
        write_all(self.changes)


def _adding_up(merged: Merged, ours: Any, theirs: Any, decide: Decision) -> Merged:
    """What was joined, with the participants of one side where those of both don't add up."""
    name = "participants"
    sides = [each.get(name) for each in (merged.value, ours, theirs)]
    if not all(isinstance(each, dict) for each in sides) or _adds_up(sides[0]):
        return merged
    if not (_adds_up(sides[1]) and _adds_up(sides[2])):
        return merged
    conflict = Conflict((name,), ABSENT, sides[1], sides[2])
    taken = decide(conflict)
    value = {**merged.value, name: sides[2] if taken else sides[1]}
    return Merged(value, merged.base, (*merged.conflicts, *([conflict] if taken is None else [])))


def _adds_up(participants: Any) -> bool:
    countries = participants.get("countries")
    parts = [*countries.values()] if isinstance(countries, dict) else []
    parts += [participants.get(name, "0") for name in ("other_countries", "unknown_country")]
    numbers = [str(each) for each in (*parts, participants.get("total"))]
    if not all(number.isdigit() for number in numbers):
        return False
    return sum(map(int, numbers[:-1])) in {0, int(numbers[-1])}


def _says(conflict: Conflict) -> str:
    name = ".".join(each for each in conflict.place if isinstance(each, str))
    ours, theirs = map(_shown, (conflict.ours, conflict.theirs))
    return f"`{name}`: {ours} by hand, {theirs} in the source"


def _shown(value: Any) -> str:
    return "removed" if value is ABSENT else quote(value)


def _check(path: Path, text: str) -> None:
    """Check a record before anything is written.

    Raises:
        BrokenRecordError: where it would have faults.
    """
    data, source, faults = parse_yaml(text, path)
    model: type[Record] | None = KINDS.get(str(data.get("kind"))) if data else None
    if model is None:
        message = f"expected a record, found the kind {quote(data.get('kind'))}"
        raise BrokenRecordError([source.fault(source.value(()), rules.UNKNOWN_KIND, message)])
    record, wrong = validate(model, data, source)
    if record is not None:
        record.bind(source, path.stem)
        wrong = [*wrong, *prose_faults(record)]
    if faults or wrong:
        raise BrokenRecordError(sorted([*faults, *wrong]))
