"""Claims of projects: what they state, what the records give, and whether the two agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from guildhall.check.differences.held import Value
from guildhall.check.differences.pairs import Pairs
from guildhall.check.differences.place import Location, place_of
from guildhall.model.records.kinds.project import Project
from guildhall.model.records.registry import Registry
from guildhall.network.ledger.claims import in_words, judge
from guildhall.network.ledger.figures import Figures, UnknownFigureError

Verdict = Literal["holds", "differs", "differs as known", "no such figure"]


@dataclass(frozen=True, slots=True)
class ClaimState:
    """A claim in one state of the portal.

    Args:
        stated: the figure as claimed, in words.
        computed: the figure as computed, or the amounts of a trend in words; None where there is
            none of that name.
        verdict: whether the records bear the claim out.
    """

    stated: str
    computed: Value
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim.

    Args:
        section: whose claims they are, in words.
        text: its words.
        figure: the name of the figure that it speaks of.
        state: what it says, and whether that is so.
        place: where it stands.
    """

    section: str
    text: str
    figure: str
    state: ClaimState
    place: Location


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim of which something changed.

    Args:
        section: whose claims they are, in words.
        text: its words.
        figure: the name of the figure that it speaks of.
        old: what it said before; None for a new claim.
        new: what it says now; None for a claim that is gone.
        place: where it stands.
    """

    section: str
    text: str
    figure: str
    old: ClaimState | None
    new: ClaimState | None
    place: Location

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        old, new = self.old, self.new
        if new is None:
            return "gone"
        if old is None:
            return f"new: {_WORDS[new.verdict]}"
        if old.verdict == new.verdict:
            return f"still {_WORDS[new.verdict]}"
        return (
            f"no longer {_WORDS['holds']}" if _is_lost(old, new) else f"now {_WORDS[new.verdict]}"
        )


_WORDS: dict[Verdict, str] = {
    "holds": "holds",
    "differs": "doesn't hold",
    "differs as known": "differs, as is known",
    "no such figure": "names no figure",
}


def _is_lost(old: ClaimState, new: ClaimState) -> bool:
    return old.verdict == "holds" and new.verdict == "differs"


def claims_of(
    registry: Registry, figures: Figures, root: Path, pairs: Pairs
) -> Iterator[tuple[tuple[str, ...], Claimed]]:
    """All claims of one state of the portal, by what stays the same of them.

    Args:
        registry: the records.
        figures: the figures that claims speak of.
        root: the portal's folder.
        pairs: the ids that records have now.
    """
    for project in registry.of(Project):
        at = pairs.present(Project.KIND, project.key)
        seen: dict[str, int] = {}
        for index, claim in enumerate(project.claims):
            number = seen[claim.figure] = seen.get(claim.figure, 0) + 1
            computed: Value = None
            stated = in_words(claim)
            verdict: Verdict = "no such figure"
            try:
                judged = judge(claim, figures, project.key)
            except UnknownFigureError:
                pass
            else:
                computed, stated = judged.computed, judged.stated
                if judged.holds:
                    verdict = "holds"
                else:
                    verdict = "differs as known" if claim.differs else "differs"
            yield (
                (at, claim.figure, str(number)),
                Claimed(
                    f"Claims of {project.name}",
                    claim.text,
                    claim.figure,
                    ClaimState(stated, computed, verdict),
                    place_of(project, ("claims", index, claim.said_at), root),
                ),
            )
