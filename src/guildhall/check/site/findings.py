"""From faults of the built site to findings: at their source, each once, with a safe mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath

from guildhall.check.site.addresses import relative_to
from guildhall.check.site.fault import SiteFault
from guildhall.check.site.origins import Origin, Origins, Sure, times_in
from guildhall.check.site.quoting import quote
from guildhall.core.findings.finding import Edit, Finding
from guildhall.core.findings.rule import Rule

_RECORDS = (".yml", ".yaml")
_PROSE = (".md", ".rst")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]+:")
_OWN = "links.own-address"
_VIEW = "/view/"
_OF_ANCHORS = frozenset({"links.missing-anchor", "links.anchor-case"})
_NOT_OF_TEXTS = frozenset({"links.duplicate-id", "links.orphan", "links.jekyll"})


@dataclass
class _Group:
    """Faults that are one finding."""

    fault: SiteFault
    place: Origin
    pages: set[str] = field(default_factory=set)


def to_findings(
    faults: Iterable[SiteFault], origins: Origins, rules: Mapping[str, Rule]
) -> list[Finding]:
    """The findings that faults are, in order.

    Faults that come from the same place of a source are one finding. A record's value has to be a
    whole address, so that it is one of the site's own is no fault there.

    Args:
        faults: the faults.
        origins: knows where they come from.
        rules: all rules by their ids.
    """
    groups: dict[tuple[str, ...], _Group] = {}
    for fault in faults:
        place = origins.place(fault.page, fault.needle, fault.nth)
        if fault.rule == _OWN and place.path.endswith(_RECORDS):
            continue
        about = fault.target or fault.message
        key: tuple[str, ...]
        if place.sure is Sure.TEMPLATE and fault.target and fault.rule not in _NOT_OF_TEXTS:
            key = ("", fault.rule, about, fault.message)
        else:
            key = (f"{place.path}:{place.line}:{place.column}", fault.rule, about)
        group = groups.setdefault(key, _Group(fault, place))
        if not origins.source(group.fault.page) and origins.source(fault.page):
            # A page with a source tells more than one that the build made.
            group.fault, group.place = fault, place
        group.pages.update((fault.page, *fault.others))
    kept = _without_views(groups.values(), origins)
    return sorted(_finding(group, origins, rules[group.fault.rule]) for group in kept)


def _without_views(groups: Iterable[_Group], origins: Origins) -> Iterator[_Group]:
    """The groups without those of pages that show again what other pages have.

    Such as a lesson on one page: its faults are those of the lesson's pages, told there.
    """
    told: dict[tuple[str, str, str], _Group] = {}
    views = []
    for group in groups:
        page = group.fault.page
        lesson, view, _ = page.partition(_VIEW)
        if view and group.fault.needle and origins.is_made(page):
            views.append((lesson, group))
            continue
        folder = page
        while folder:
            folder = folder.rpartition("/")[0]
            told.setdefault((folder, *_about(group.fault)), group)
        yield group
    for lesson, group in views:
        same = told.get((lesson, *_about(group.fault)))
        if same is None:
            yield group
        else:
            same.pages |= group.pages


def _about(fault: SiteFault) -> tuple[str, str]:
    """What a fault has in common with the same one in a view, where addresses are other ones."""
    if fault.rule in _OF_ANCHORS:
        return fault.rule, fault.target.rpartition("#")[2].rpartition("--")[2]
    shown = quote(fault.target) if fault.target else ""
    return fault.rule, fault.message.replace(shown, "") if shown else fault.message


def _finding(group: _Group, origins: Origins, rule: Rule) -> Finding:
    fault, place = group.fault, group.place
    first = fault.page
    others = sorted(group.pages - {first})
    message = f"{origins.cell(place)}{fault.message}"
    if place.sure is Sure.TEMPLATE and fault.target and fault.rule not in _NOT_OF_TEXTS:
        message += " (in a template, not in the page's own text)"
    if others:
        counted = "another page" if len(others) == 1 else f"{len(others)} other pages"
        message += f"; {counted} as well" if not fault.others else f"; so on {counted}"
    return Finding(
        path=place.path,
        line=place.line,
        column=place.column,
        rule=rule.id,
        message=message,
        severity=rule.severity,
        target=fault.target,
        pages=(first, *others),
        edit=_edit(fault, place, origins),
    )


def _edit(fault: SiteFault, place: Origin, origins: Origins) -> Edit | None:
    """The change that mends it, where the source holds the address as the page has it, once."""
    if not fault.fixed or place.sure is not Sure.LITERAL or place.text != fault.needle:
        return None
    line = origins.line(place.path, place.line)
    if times_in(line, place.text) != 1 or not place.path.endswith((*_RECORDS, *_PROSE, ".html")):
        return None
    new = _in_source(fault, place, line, origins)
    return Edit(place.path, place.line, place.column, place.text, new) if new else None


def _in_source(fault: SiteFault, place: Origin, line: str, origins: Origins) -> str | None:
    """The right address, as the source has to write it; None where that isn't certain."""
    if _SCHEME.match(fault.fixed):
        return fault.fixed
    if not place.path.endswith(_PROSE):
        return None
    if place.path != origins.source(fault.page) or not _lie_alike(fault.page, place.path):
        # What is relative to the page isn't so to another file.
        return None
    before = line[place.column - 2 : place.column - 1]
    if before in {'"', "'", "="} or fault.rule != _OWN:
        return fault.fixed
    # Markdown names the source of a page, so that Sphinx can check it.
    path, _, fragment = fault.fixed.partition("#")
    folder = fault.page.rpartition("/")[0]
    source = origins.source(_page_at(normpath(f"{folder}/{path}").lstrip("/"), path))
    if not source.endswith(_PROSE) or fragment or "?" in path:
        return None
    return relative_to(source, place.path)


def _page_at(name: str, path: str) -> str:
    if path.endswith("/"):
        return "index.html" if name == "." else f"{name}/index.html"
    return name


def _lie_alike(page: str, source: str) -> bool:
    """Whether a page lies in the site where its source lies in the portal."""
    return page.rpartition(".")[0] == source.rpartition(".")[0]
