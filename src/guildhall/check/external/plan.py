"""Which addresses are asked, by their pages, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guildhall.check.external.addresses import Address, Form, names_local_host, read_address
from guildhall.check.external.cache import CacheEntry
from guildhall.check.external.entries import Entries
from guildhall.check.external.outcomes import Grade, Kind, Outcome
from guildhall.check.external.result import Checked, Result
from guildhall.model.settings.external import ExternalLinks


class Plan:
    """What is to be asked, and what is known so far.

    Args:
        addresses: the addresses as they are written, in order.
        settings: the settings.
        today: the day.
        historic: those of them that are kept as history.
    """

    def __init__(
        self,
        addresses: list[str],
        settings: ExternalLinks,
        today: date,
        historic: frozenset[str],
    ) -> None:
        self.settings = settings
        self.today = today
        self._historic = {_same(read_address(each)) for each in historic}
        self.entries = Entries(settings, today)
        self.addresses = addresses
        self.outcomes: dict[str, Outcome] = {}
        self.pages: dict[str, list[Address]] = {}
        self.known: dict[str, CacheEntry] = {}
        for written in addresses:
            read = read_address(written)
            outcome = self._without_asking(read)
            if outcome:
                self.outcomes[written] = outcome
            else:
                self.pages.setdefault(read.page, []).append(read)

    def _without_asking(self, read: Address) -> Outcome | None:
        if entry := self.entries.ignored(read.written):
            return Outcome(Kind.IGNORED, 0, entry.reason)
        if self._is_historic(read) and not self.settings.historic:
            return Outcome(Kind.HISTORIC)
        if read.form is Form.MALFORMED:
            return Outcome(Kind.MALFORMED, 0, read.fault)
        if read.form is Form.READ:
            return Outcome(Kind.OK)
        if read.form is Form.OTHER:
            return Outcome(Kind.OTHER_SCHEME, 0, f"`{read.host}:` isn't checked")
        if not self.settings.private and names_local_host(read.host):
            return Outcome(Kind.LOCAL)
        return None

    def _is_historic(self, read: Address) -> bool:
        return bool(self._historic) and _same(read) in self._historic

    def leave_out(self, kind: Kind, detail: str = "") -> None:
        """Leave out all pages of which nothing is known."""
        for page, listed in self.pages.items():
            if page not in self.known:
                for read in listed:
                    self.outcomes[read.written] = Outcome(kind, 0, detail)

    def fragments(self, page: str) -> frozenset[str]:
        """The anchors of a page that are looked for."""
        if not self.settings.anchors:
            return frozenset()
        return frozenset(read.fragment for read in self.pages[page] if read.fragment)

    def results(self) -> Iterator[Result]:
        """One result an address, in order."""
        by_written = {
            read.written: (page, read) for page, listed in self.pages.items() for read in listed
        }
        for written in self.addresses:
            historic = self._is_historic(read_address(written))
            if written in self.outcomes:
                yield Result(written, self.outcomes[written], historic=historic)
                continue
            page, read = by_written[written]
            entry = self.known[page]
            alive = entry.outcome.grade in {Grade.OK, Grade.REDIRECTED}
            looked_for = self.settings.anchors and alive
            anchor = entry.anchors.get(read.fragment) if looked_for else None
            secure = bool(entry.secure) and self.settings.secure
            archived = entry.archived if self.settings.archive else ""
            yield Result(
                written,
                entry.outcome,
                anchor,
                entry.checked,
                entry.since,
                self.entries.allowed(written, entry.outcome, anchor, secure=secure),
                secure,
                archived,
                historic,
            )

    def checked(
        self, *, asked: int = 0, remembered: int = 0, offline: bool = False, away: bool = False
    ) -> Checked:
        """All that became of the addresses."""
        results = tuple(self.results())
        for each in results:
            # What isn't asked this time may still be what an entry is for.
            if each.outcome.grade is Grade.LEFT_OUT:
                self.entries.allowed(each.address, each.outcome, None, secure=False)
        return Checked(
            results,
            asked,
            remembered,
            offline,
            away,
            tuple(self.entries.unused()),
            tuple(self.entries.ended()),
        )


def _same(read: Address) -> tuple[str, str]:
    """What two spellings of an address share, such as those of a record and of its page."""
    return (read.page or read.written, read.fragment)
