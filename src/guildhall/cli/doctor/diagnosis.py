"""What a look at one thing found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one thing.

    Args:
        text: what was found.
        mend: how to mend it; empty where nothing is wrong.
        is_wrong: whether it keeps something from working; else it is only worth knowing.
    """

    text: str
    mend: str = ""
    is_wrong: bool = True

    @property
    def state(self) -> str:
        """A word for it."""
        if not self.mend:
            return "ok"
        return "wrong" if self.is_wrong else "note"
