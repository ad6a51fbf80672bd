"""The part of the check that asks other sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from guildhall.check.external.cache import Cache
from guildhall.check.external.check import Progress, check_external
from guildhall.check.external.findings import Mention, findings_of
from guildhall.check.external.outcomes import Grade, Kind
from guildhall.check.external.result import Checked as Asked
from guildhall.check.reports.outcome import Checked
from guildhall.check.run.from_site import Outward
from guildhall.check.run.part import Part
from guildhall.check.run.portal import Sources
from guildhall.check.site.origins import Sure
from guildhall.core.yaml_source import UnreadableError, read_yaml
from guildhall.model.records.registry import Registry
from guildhall.model.records.shared import links_in
from guildhall.model.settings.portal import SETTINGS_FILE

_CHOSEN = frozenset({Kind.IGNORED, Kind.HISTORIC})
"""What became of addresses that the portal itself asks to leave alone."""
_MOST_PLACES = 20
"""So many places of one address are told; who mends one finds the others by its text."""


def external_part(
    sources: Sources,
    outward: Outward,
    cache: Path,
    *,
    offline: bool,
    progress: Progress | None = None,
) -> Part:
    """Ask other sites whether the pages that the portal links to are there.

    Args:
        sources: the portal's files.
        outward: the addresses on the built site.
        cache: the file that keeps what other sites answered, and when.
        offline: whether nothing is asked.
        progress: told of each page that is done.
    """
    settings = sources.settings
    asked = check_external(
        outward.scan.external,
        settings.checks.external,
        Cache.load(cache),
        settings.today,
        historic={*historic_addresses(sources.registry)},
        offline=offline,
        progress=progress,
    )
    findings = tuple(findings_of(asked, _places(outward), _entry_places(sources.root)))
    ran = frozenset() if asked.offline or asked.away else frozenset({"external"})
    return Part(findings, (_checked(asked),), ran)


def historic_addresses(registry: Registry) -> Iterator[str]:
    """The addresses that records keep as history."""
    for record in registry.records.values():
        yield from (link.url for _, link in links_in(record) if link.historic and link.url)


def _places(outward: Outward) -> Callable[[str], list[Mention]]:
    """Where an address stands in the sources, each place once with the pages that show it.

    What a template of the theme puts on pages is one link, told at the first page with a source.
    """

    def places(address: str) -> list[Mention]:
        found: dict[tuple[str, int, int, bool], list[str]] = {}
        standing = [
            (page, outward.place(page, address, nth))
            for page, nth in outward.scan.external.get(address, ())
        ]
        of_theme = [(at.path == page, at) for page, at in standing if at.sure is Sure.TEMPLATE]
        shared = min(of_theme, key=lambda each: each[0])[1] if of_theme else None
        for page, each in standing:
            at = shared if shared and each.sure is Sure.TEMPLATE else each
            key = (at.path, at.line, at.column, at.text == address)
            pages = found.setdefault(key, [])
            if page not in pages:
                pages.append(page)
        return [
            Mention(path, line, column, tuple(pages), exact)
            for (path, line, column, exact), pages in sorted(found.items())[:_MOST_PLACES]
        ]

    return places


def _entry_places(root: Path) -> Callable[[str, int], Mention]:
    """Where entries of the settings stand."""
    try:
        source = read_yaml(root / SETTINGS_FILE)[1]
    except UnreadableError:
        return lambda section, index: Mention(SETTINGS_FILE.as_posix())

    def place(section: str, index: int) -> Mention:
        mark = source.value(("checks", "external", section, index))
        return Mention(SETTINGS_FILE.as_posix(), mark.line, mark.column)

    return place


def _checked(asked: Asked) -> Checked:
    """How many addresses were looked at, and how they came out."""
    chosen = Counter(
        str(result.outcome.kind) for result in asked.results if result.outcome.kind in _CHOSEN
    )
    grades = Counter(
        result.outcome.grade for result in asked.results if result.outcome.kind not in _CHOSEN
    )
    left_out = grades.pop(Grade.LEFT_OUT, 0)
    why = "offline" if asked.offline else "no network" if asked.away else "left for the next run"
    outcomes = tuple((str(grade), grades[grade]) for grade in Grade if grades[grade])
    return Checked(
        "external",
        "External links",
        sum(grades.values()),
        "address",
        left_out,
        why if left_out else "",
        outcomes=(*outcomes, *sorted(chosen.items())),
    )
