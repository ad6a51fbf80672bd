"""What a page is made of, as far as rules ask for it; the same for all kinds of source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from guildhall.check.lint.rules import RULES
from guildhall.core.findings.finding import Finding

E = TypeVar("E")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something begins in a page.

    Args:
        line: the line, from 1.
        column: the column, from 1.
    """

    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page itself, not one within a directive.

    Args:
        place: where it is.
        level: 1 for a title.
        text: its text.
    """

    place: Place
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image.

    Args:
        place: where it is.
        target: its file or address.
        form: ``figure``, ``image`` or ``<img>``.
        has_text: whether it says what it shows, or that it shows nothing.
        has_place: whether its place is kept while it loads. The build measures all pictures but
            those that are written in HTML.
    """

    place: Place
    target: str
    form: str
    has_text: bool
    has_place: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address or by a role.

    Args:
        place: where it is.
        text: what readers see.
        target: the address, or the name that a role refers to.
        is_bare: whether the address stands in the text as it is.
    """

    place: Place
    text: str
    target: str
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code that names no language.

    Args:
        place: where it is.
        form: how it is written: ``fence``, ``indented``, ``literal`` or ``directive``.
    """

    place: Place
    form: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive.

    Args:
        place: where it is.
        name: its name.
        argument: what stands after the name.
        options: its options; without values where these can't be read.
    """

    place: Place
    name: str
    argument: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    def is_a(self, *names: str) -> bool:
        """Whether the directive, or a class that it is given, has one of these names."""
        return self.name in names or not set(names).isdisjoint(
            self.options.get("class", "").replace(",", " ").split()
        )


@dataclass(frozen=True, slots=True)
class Silence:
    """A comment that silences rules.

    Args:
        place: where the comment is.
        rules: ids of rules as they are written.
        reason: why; may be empty.
        lines: first line and the line after the last, that it is about; None for the whole page.
        until: the last day that it holds, as it is written; empty where it holds for good.
    """

    place: Place
    rules: tuple[str, ...]
    reason: str
    lines: tuple[int, int] | None
    until: str = ""


Element = Heading | Image | Link | Code | Directive


def finding_at(place: Place, rule: str, message: str) -> Finding:
    """A finding on a page whose file is not known here.

    Args:
        place: where it is on the page.
        rule: the id of the rule.
        message: what was found, what was expected, and how to mend it.
    """
    return RULES[rule].at("", place.line, place.column, message)


@dataclass
class Content:
    """What was found on a page, in its order.

    Args:
        elements: its parts.
        findings: source that is read as something else than what was meant.
        silences: comments that silence rules.
        front_matter: what the page says of itself; None where it can't be read.
    """

    elements: list[Element] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    front_matter: Mapping[str, Any] | None = field(default_factory=dict)

    def of(self, kind: type[E]) -> list[E]:
        """The elements of one kind."""
        return [each for each in self.elements if isinstance(each, kind)]
