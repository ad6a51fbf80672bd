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
    """Findings that the portal lives with, and why."""

    rules: tuple[Line, ...]
    """Ids of rules; `links.*` for all of an area."""
    pages: tuple[Line, ...] = ()
    """Source files that it holds for, as patterns such as `lessons/git/**`; by default all."""
    addresses: tuple[Line, ...] = ()
    """Addresses that it holds for, as patterns such as `https://a.example/*`; by default all."""
    reason: Line
    """Why."""
    until: Date | None = None
    """The last day that it holds; from then on the findings are told again."""

    def has_ended(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < today


class Checks(Model):
    """What a portal chooses of `guildhall check`."""

    levels: dict[Line, Level] = {}
    """Rules that matter more or less than they do by default: `image-size: error`."""
    silence: tuple[SettledSilence, ...] = ()
    """Findings that the portal lives with."""
    content: Content = Content()
    """What is known of the content of pages."""
    external: ExternalLinks = ExternalLinks()
    """How other sites are asked."""
