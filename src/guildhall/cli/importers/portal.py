"""A portal that something is brought into: its records, and what was imported last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from guildhall.cli.importers.findings import of_fault
from guildhall.cli.importers.importer import Importer, Proposal, Proposed
from guildhall.cli.importers.names import People
from guildhall.cli.importers.source import Part, RefusedError
from guildhall.cli.importers.state import Imported, read_state
from guildhall.core.findings.finding import Finding
from guildhall.model.records.kinds.person import Person
from guildhall.model.records.people import plain_name
from guildhall.model.records.registry import load_registry
from guildhall.model.settings.portal import load_settings

_PEOPLE_FOLDERS = ("partners/people", "people")


class NotReadyError(Exception):
    """The portal can't take the import; the message says why.

    Args:
        message: why.
        faults: what has to be mended first.
    """

    def __init__(self, message: str, faults: list[Finding] | None = None) -> None:
        self.findings: list[Finding] = [of_fault(each) for each in faults or ()]
        super().__init__(message)


class Portal:
    """A portal as an importer sees it.

    Args:
        root: the portal's folder.
        importer: what brings records in.

    Raises:
        UnreadableError: where what was imported last can't be read.
        NotReadyError: where the settings have faults, or no folder for the records.
    """

    def __init__(self, root: Path, importer: Importer) -> None:
        self.root = root
        self.importer = importer
        self.settings, faults = load_settings(root)
        if faults:
            raise NotReadyError("The portal's settings have faults.", list(faults))
        top = importer.folder.split("/")[0]
        if top not in self.settings.sources:
            raise NotReadyError(f"The portal has no folder `{top}` among its `sources`.")
        self.registry = load_registry(root, self.settings)
        self.state = read_state(root, importer.name)
        self.newcomers: People | None = None

    def last(self, key: str, same: str | None = None) -> Mapping[str, Any]:
        """The values that were imported last of a record.

        Args:
            key: its name in the source.
            same: what it is found by where it has another name now; see :class:`Importer`.
        """
        if key in self.state.records:
            return self.state.records[key].values
        name = self.importer.same
        found = [each for each in self.state.records.values() if each.values.get(name) == same]
        return found[0].values if same and len(found) == 1 else {}

    def people(self, basis: str) -> People:
        """Everybody whom the portal names; whom the source names too becomes a person.

        Args:
            basis: how the portal knows new people, for their consent.

        Raises:
            NotReadyError: where there is no folder for people, or one of them can't be read.
        """
        known = self.registry.of(Person)
        folder = self._people_folder(known)
        keys = {key for kind, key in self.registry.broken if kind == Person.KIND}
        faults = self.registry.faults
        broken = [
            each
            for each in faults
            if Path(each.path).parent == folder or Path(each.path).stem in keys
        ]
        if broken:
            message = "Records of people have faults, so that people may be taken for new."
            raise NotReadyError(message, broken)
        here = {person.key for person in known}
        gone = {plain_name(name) for key, name in self.state.people.items() if key not in here}
        self.newcomers = People(known, frozenset(gone), basis, folder)
        return self.newcomers

    def _people_folder(self, known: tuple[Person, ...]) -> Path:
        folders = Counter(each.origin.path.parent for each in known)
        if folders:
            return folders.most_common(1)[0][0]
        for name in _PEOPLE_FOLDERS:
            if name.split("/")[0] in self.settings.sources:
                return self.root / name
        raise NotReadyError("The portal has no folder `partners` or `people` among its `sources`.")

    def read_each(
        self, parts: list[Part], read: Callable[[Part], Proposed], *, is_whole: bool = False
    ) -> Proposal:
        """Read all records that can be read, and tell of the values that no record holds.

        Args:
            parts: where each record stands in the source.
            read: reads one; it raises ``RefusedError`` where it can't.
            is_whole: whether the source holds all that it ever held.
        """
        records: list[Proposed] = []
        for part in parts:
            people = self.newcomers
            mark = people.mark() if people else 0
            try:
                records.append(read(part))
            except RefusedError:
                if people:
                    people.go_back(mark)
                continue
            part.source.tell_left(part)
        return Proposal(records, len(parts) - len(records), is_whole)

    def path_of(self, key: str, last: Imported | None = None) -> Path:
        """The file of a record: where it was, where it is now, or where it will be.

        Args:
            key: its id, or what was its id when it was made.
            last: what was imported last of it.
        """
        if last is not None and (self.root / last.path).is_file():
            return self.root / last.path
        kind, folder = self.importer.kind, self.importer.folder
        for each in self._keys(key, last):
            found = self.registry.find(kind, each)
            if found is not None:
                return found.origin.path
        for name in (f"{folder}/{key}.yml", f"{folder}/{key}/{kind}.yml"):
            if (self.root / name).is_file():
                return self.root / name
        return self.root / (last.path if last else f"{folder}/{key}.yml")

    def _keys(self, key: str, last: Imported | None) -> Iterator[str]:
        if last is not None:
            moved = Path(last.path)
            is_in_folder = moved.name == f"{self.importer.kind}.yml"
            yield moved.parent.name if is_in_folder else moved.stem
        yield key
