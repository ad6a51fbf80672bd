"""The lists of ignored addresses and allowed answers, and which of their entries are of use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from guildhall.check.external.outcomes import Anchor, Grade, Kind, Outcome
from guildhall.model.settings.external import Allowed, ExternalLinks, Ignored

_WORDS = {
    Kind.NO_HOST: "dns",
    Kind.DNS_FAILED: "dns",
    Kind.LOOP: "loop",
    Kind.REFUSED: "refused",
    Kind.TIMEOUT: "timeout",
    Kind.PERMANENT: "redirect",
    Kind.FRONT_PAGE: "redirect",
    Kind.DOWNGRADED: "redirect",
    Kind.TLS_EXPIRED: "tls",
    Kind.TLS_HOST: "tls",
    Kind.TLS_SELF_SIGNED: "tls",
    Kind.TLS_BROKEN: "tls",
    Kind.TLS_UNKNOWN: "tls",
}


@dataclass(frozen=True, slots=True, order=True)
class Exemption:
    """An entry of one of the lists.

    Args:
        section: ``ignore`` or ``allow``.
        index: its place in the list, from 0.
        address: its pattern.
        reason: its reason.
        until: the last day on which it holds, None where it has no end.
    """

    section: str
    index: int
    address: str
    reason: str
    until: date | None


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    text = "".join(".*" if part == "*" else re.escape(part) for part in re.split(r"(\*)", glob))
    scheme = "" if "://" in glob or re.match("(mailto|doi):", glob) else "https?://"
    return re.compile(f"{scheme}{text}", re.DOTALL)


def matches(glob: str, address: str) -> bool:
    """Whether a pattern stands for the whole of an address, with or without its fragment.

    ``*`` stands for any characters; all others, ``?`` too, for themselves.
    """
    found = _pattern(glob).fullmatch
    return bool(found(address) or found(address.partition("#")[0]))


class Entries:
    """The entries of the settings on one day; remembers which were of use."""

    def __init__(self, settings: ExternalLinks, today: date) -> None:
        self._ignore = list(_listed("ignore", settings.ignore))
        self._allow = [
            (entry, frozenset(each.answers))
            for entry, each in zip(_listed("allow", settings.allow), settings.allow, strict=True)
        ]
        self._today = today
        self._used: set[Exemption] = set()

    def ignored(self, address: str) -> Exemption | None:
        """The entry by which an address is not asked, if there is one."""
        found = [each for each in self._ignore if matches(each.address, address)]
        self._used.update(found)
        return next(filter(self._holds, found), None)

    def allowed(
        self, address: str, outcome: Outcome, anchor: Anchor | None, *, secure: bool
    ) -> str:
        """The reason for which an answer is fine; empty where it isn't allowed.

        Args:
            address: the address as written.
            outcome: what became of it.
            anchor: what became of its anchor, None where it has none.
            secure: whether it would answer to ``https`` as well.
        """
        answers = _answers(outcome, anchor, secure=secure)
        reason = ""
        for entry, fine in self._allow:
            if matches(entry.address, address):
                # An answer that comes and goes must not make its entry come and go.
                self._used.add(entry)
                if fine & answers and self._holds(entry):
                    reason = reason or entry.reason
        return reason

    def ended(self) -> list[Exemption]:
        """Entries whose last day has passed."""
        return [each for each in self._all() if not self._holds(each)]

    def unused(self) -> list[Exemption]:
        """Entries that hold, and that no address matches."""
        return [each for each in self._all() if self._holds(each) and each not in self._used]

    def _all(self) -> list[Exemption]:
        return [*self._ignore, *(entry for entry, _ in self._allow)]

    def _holds(self, entry: Exemption) -> bool:
        return entry.until is None or entry.until >= self._today


def _listed(section: str, listed: Iterable[Ignored | Allowed]) -> Iterable[Exemption]:
    for index, each in enumerate(listed):
        yield Exemption(section, index, each.address, each.reason, each.until)


def _answers(outcome: Outcome, anchor: Anchor | None, *, secure: bool) -> set[str]:
    answers = {str(outcome.status)} if outcome.status else set()
    if outcome.kind in _WORDS:
        answers.add(_WORDS[outcome.kind])
    if outcome.grade is Grade.SOFT:
        answers.add("unsure")
    if anchor in {Anchor.MISSING, Anchor.UNSEEN}:
        answers.add("anchor")
    if secure or outcome.kind is Kind.DOWNGRADED:
        answers.add("insecure")
    return answers
