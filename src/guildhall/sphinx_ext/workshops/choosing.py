"""What directives that show several workshops share: which ones, and what is said of none."""

from __future__ import annotations

from typing import Any, ClassVar

from docutils.parsers.rst import directives

from guildhall.core.words import word
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.kinds.partner import Partner
from guildhall.model.records.vocabularies import WORKSHOP_TYPE, words_of
from guildhall.network.programme.state import PHASES, Phase
from guildhall.network.workshops.listing import Choice
from guildhall.sphinx_ext.records.directive import PortalDirective


class ChoosingDirective(PortalDirective):
    """A directive whose options say which workshops it shows."""

    option_spec: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("type", "partner", "lesson"), directives.unchanged_required
    )

    def choice(self) -> Choice:
        """Which workshops the options ask for.

        Raises:
            UnusableError: for a phase, type, partner or lesson that there is not.
        """
        phase = self.options.get("phase")
        if phase is not None and phase not in PHASES:
            raise self.unknown("phase", phase, PHASES)
        name = self.options.get("type")
        types = words_of(self.shown.settings, WORKSHOP_TYPE)
        if name is not None and name not in types:
            raise self.unknown("type", name, types)
        for kind in (Partner.KIND, Lesson.KIND):
            key = self.options.get(kind)
            # It is noted, so that the page is read again once there is one.
            if key is not None and self.shown.find(kind, key, ()) is None:
                raise self.unknown(kind, key, self.shown.keys(kind))
        return Choice(
            phase,
            name,
            self.options.get("partner"),
            self.options.get("lesson"),
            self.options.get("limit"),
        )


def nothing_words(language: str, phase: Phase | None) -> str:
    """What is said where no workshop of a phase, or none at all, is shown."""
    return {
        None: word(language, "No workshop is recorded yet."),
        "upcoming": word(language, "No workshop is announced at the moment."),
        "running": word(language, "No workshop is known to be running at the moment."),
        "past": word(language, "No past workshop is recorded yet."),
    }[phase]
