"""An import, from a source to what is to be written in a portal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guildhall.cli.files import Change, content
from guildhall.cli.importers.findings import Sort, finding, of_fault
from guildhall.cli.importers.importer import Importer, Proposed
from guildhall.cli.importers.portal import Portal
from guildhall.cli.importers.records import Ask, BrokenRecordError, Writing
from guildhall.cli.importers.source import Source
from guildhall.cli.importers.state import Imported, State, state_path, state_text
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import ValueFault
from guildhall.core.values.identifiers import parse_slug
from guildhall.core.yaml_source import UnreadableError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do, or has done.

    Args:
        writing: the files.
        findings: all there is to tell.
        counts: numbers to tell, by what they count.
    """

    writing: Writing
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that somebody has to mend, decide or finish."""
        return not any(each.severity is Severity.ERROR for each in self.findings)


def run_import(
    root: Path,
    file: Path,
    importer: Importer,
    options: Mapping[str, Any],
    ask: Ask,
    *,
    again: bool = False,
) -> Outcome:
    """Bring what a file holds into a portal; nothing is written yet.

    Args:
        root: the portal's folder.
        file: the source.
        importer: what reads it.
        options: the importer's own.
        ask: asked about values that were changed by hand and in the source.
        again: whether records that were removed by hand are made again.

    Raises:
        UnreadableError: where the file, or what was imported last, can't be read.
        NotReadyError: where the portal can't take it.
    """
    portal = Portal(root, importer)
    source = Source(file)
    proposal = importer.run(source, portal, **options)
    importing = _Import(portal, Writing(root, ask, importer.kind), again=again)
    importing.counts["left_out"] = proposal.left_out
    for each, key in _paired(proposal.records, portal, file.name):
        importing.bring(each, key, file.name)
    if proposal.is_whole and not proposal.left_out:
        importing.tell_gone({each.key for each in proposal.records}, file.name)
    importing.finish()
    findings = tuple(sorted({*source.findings, *importing.writing.findings}))
    return Outcome(importing.writing, findings, importing.counts)


def _paired(records: list[Proposed], portal: Portal, file: str) -> Iterator[tuple[Proposed, str]]:
    """Each record with the name under which it was imported last, or would be.

    One with a new name is found by what stays the same, where that is one record's only.
    """
    name = portal.importer.same
    keys = {each.key for each in records}
    same = Counter(each.values.get(name) for each in records)
    left: dict[str, list[str]] = {}
    for key, last in portal.state.records.items():
        value = last.values.get(name)
        if key not in keys and last.source == file and value:
            left.setdefault(value, []).append(key)
    for each in records:
        value = each.values.get(name)
        before = left.get(value or "", [])
        is_renamed = each.key not in portal.state.records and len(before) == 1 and same[value] == 1
        yield each, before[0] if is_renamed else each.key


class _Import:
    """The records of an import, one after the other."""

    def __init__(self, portal: Portal, writing: Writing, *, again: bool) -> None:
        self.writing = writing
        self.counts: Counter[str] = Counter()
        self._portal = portal
        self._again = again
        self._imported = dict(portal.state.records)
        self._keys: set[str] = set()
        self._is_empty = True

    def bring(self, each: Proposed, key: str, file: str) -> None:
        """Make or change a record, or tell why not.

        Args:
            each: the record.
            key: the name under which it was imported last.
            file: the name of the source.
        """
        if self._refuses(each):
            self.counts["left_out"] += 1
            return
        last = self._imported.pop(key, None)
        path = self._portal.path_of(each.key, last)
        try:
            values = self._written(path, each, last)
        except (UnreadableError, BrokenRecordError) as error:
            faults = error.faults if isinstance(error, BrokenRecordError) else [error.fault]
            for fault in faults:
                if path.is_file():
                    self.writing.findings.append(of_fault(fault))
                else:
                    each.part.tell(Sort.FAULT, fault.message)
            self.counts["left_out"] += 1
            if last is not None:
                self._imported[key] = last
            return
        self._is_empty = False
        place = path.relative_to(self._portal.root).as_posix()
        self._imported[each.key] = Imported(file, place, values)

    def _refuses(self, each: Proposed) -> bool:
        """Whether the name of a record can't be that of a file, or is another one's."""
        message = f"another record has the name `{each.key}`" if each.key in self._keys else ""
        try:
            parse_slug(each.key)
        except ValueFault as fault:
            message = f"no record can have that name: {fault}"
        self._keys.add(each.key)
        if message:
            each.part.tell(Sort.FAULT, message)
        return bool(message)

    def _written(self, path: Path, each: Proposed, last: Imported | None) -> dict[str, Any]:
        """The values that count as imported from now on."""
        if path.is_file():
            base = last.values if last else {}
            values: dict[str, Any] = self.writing.update(path, base, each.values, each.derived)
            self.counts["changed" if path in self.writing.changes else "unchanged"] += 1
        elif last is not None and not self._again and not each.is_asked_for:
            message = f"`{each.key}`: its record was removed by hand, and is not made again"
            each.part.tell(Sort.KEPT, message)
            self.counts["removed"] += 1
            return last.values
        else:
            self.writing.add(path, {**each.derived, **each.values})
            self.counts["new"] += 1
            values = each.values
        if each.unfinished:
            data = self.writing.data_of(path)
            for text in each.unfinished:
                # Who wrote the right one into the record has answered.
                if text.text in _listed(data, text.key):
                    text.part.tell(Sort.UNMATCHED, text.message)
        return values

    def tell_gone(self, keys: set[str], file: str) -> None:
        """Tell of records that are gone from the source."""
        for key, each in self._imported.items():
            if each.source == file and key not in keys:
                message = f"`{key}` is no longer in {file}; the record stays as it is"
                path = self._portal.root / each.path
                self.writing.findings.append(finding(Sort.KEPT, path, 1, 1, message))

    def finish(self) -> None:
        """Add the new people and the state to what is written."""
        portal, writing = self._portal, self.writing
        records, writing.changes = writing.changes, {}
        named: dict[str, str] = {}
        people = portal.newcomers
        # People come first, so that no record names anybody who isn't there yet; the state last.
        if people is not None:
            if self._is_empty:
                people.go_back(0)
            people.tell_near()
            for key, values in people.new.items():
                writing.add(people.folder / f"{key}.yml", values)
                named[key] = str(values["name"])
            self.counts["people"] = len(people.new)
            self.counts["placeholders"] = people.placeholders
        writing.changes |= records
        state = State(self._imported, {**portal.state.people, **named})
        if state != portal.state:
            path = state_path(portal.root, portal.importer.name)
            writing.changes[path] = Change(content(path), state_text(state).encode())


def _listed(data: object, key: str) -> set[str]:
    """All texts in lists under a key, anywhere in a record."""
    found: set[str] = set()
    if isinstance(data, dict):
        found |= {each for each in data.get(key) or () if isinstance(each, str)}
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        found |= _listed(each, key)
    return found
