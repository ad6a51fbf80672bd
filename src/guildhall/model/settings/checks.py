"""What a portal chooses of the check: levels of rules, silences, budgets, other sites."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import PlainSerializer, WithJsonSchema

from guildhall.core.findings.severity import Severity
from guildhall.core.values.faults import ValueFault, nearest
from guildhall.model.base.fields import Date, Line, reader
from guildhall.model.base.model import Model
from guildhall.model.settings.content import Content
from guildhall.model.settings.external import ExternalLinks


def _read_severity(text: str) -> Severity:
    valid = [str(each) for each in Severity]
    if text in valid:
        return Severity(text)
    raise ValueFault(text, "one of `error`, `warning`, `info`", nearest(text, valid))


Level = Annotated[
    Severity,
    reader(_read_severity),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "enum": [str(each) for each in Severity]}),
]
"""`error`, `warning` or `info`."""


class SettledSilence(Model):
    """Findings that the portal accepts, and why."""

    rules: tuple[Line, ...]
    """Ids of rules; `links.*` for all rules of an area."""
    pages: tuple[Line, ...] = ()
    """Source files to which it applies, as patterns such as `lessons/git/**`; by default all."""
    addresses: tuple[Line, ...] = ()
    """Addresses to which it applies, as patterns such as `https://a.example/*`; by default all."""
    reason: Line
    """The reason."""
    until: Date | None = None
    """The last day on which it applies; afterwards the findings are reported again."""

    def has_ended(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


class Checks(Model):
    """A portal's settings for `guildhall check`."""

    levels: dict[Line, Level] = {}
    """Levels of rules that differ from the default: `image-size: error`."""
    silence: tuple[SettledSilence, ...] = ()
    """Findings that the portal accepts."""
    content: Content = Content()
    """Settings for the content of pages."""
    external: ExternalLinks = ExternalLinks()
    """How other sites are checked."""
