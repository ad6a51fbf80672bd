"""The portal's settings: ``conf/portal.yml``, read like a record and just as strictly."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import PrivateAttr

from guildhall.core.findings.finding import Finding
from guildhall.core.values.dates import TODAY_VARIABLE, current_day, parse_date
from guildhall.core.values.faults import ValueFault
from guildhall.core.yaml_source import SourceMap, UnreadableError, read_yaml
from guildhall.model.base import rules
from guildhall.model.base.fields import Flag, Language, Licence, Line, Slug, Url, Whole
from guildhall.model.base.model import Model
from guildhall.model.base.validate import validate, validate_leniently
from guildhall.model.settings.checks import Checks
from guildhall.model.settings.looks import FooterLink, Theme, lost_pages, without_broken

SETTINGS_FILE = Path("conf/portal.yml")
BASE_URL_VARIABLE = "GUILDHALL_BASE_URL"


class Settings(Model):
    """The title, address and options of a portal."""

    title: Line = "Portal"
    """The portal's name."""
    version: Line = "1"
    """The version of the content, shown in e-books and PDFs."""
    author: Line | None = None
    """The publisher, as shown in the copyright line."""
    base_url: Url | None = None
    """The address it is published at; the variable `GUILDHALL_BASE_URL` overrides it."""
    repository: Url | None = None
    """The portal's repository."""
    branch: Line = "main"
    """The branch that pages are edited on."""
    language: Language = "en"
    """The language of the pages."""
    licence: Licence = "CC-BY-4.0"
    """The licence of the content."""
    project: Slug | None = None
    """The default project for pages that name none."""
    show_email: Flag = True
    """Whether e-mail addresses of people are shown."""
    sources: tuple[Line, ...] = ("lessons", "workshops", "partners")
    """The folders with pages and records."""
    workshop_types: dict[Slug, Line] = {}
    """Additional types of workshops, each with its label."""
    roles: dict[Slug, Line] = {}
    """Additional roles of people at workshops, each with its label."""
    career_stages: dict[Slug, Line] = {}
    """Additional career stages, each with its label."""
    suppress_below: Whole = 0
    """Counts of people below this are combined with others, so that no one can be identified."""
    checks: Checks = Checks()
    """Settings for `guildhall check`."""
    footer: Line | None = None
    """A line at the bottom of every page."""
    footer_links: tuple[FooterLink, ...] = ()
    """Links at the bottom of every page."""
    theme: Theme = Theme()
    """The appearance of the portal."""

    _today: date = PrivateAttr(default_factory=current_day)

    @property
    def today(self) -> date:
        """The day that the portal is built for; nothing else reads the clock."""
        return self._today

    def on(self, today: date) -> Settings:
        """The same settings for another day."""
        other = self.model_copy()
        other._today = today
        return other


def load_settings(root: Path, today: date | None = None) -> tuple[Settings, list[Finding]]:
    """Read the settings of the portal at ``root``.

    What isn't set, or has a fault, is as by default, so that the faults of records can still be
    told in the same run.

    Args:
        root: the portal's folder.
        today: the day of the build; by default the variable ``GUILDHALL_TODAY``, else
            ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), else the current day in UTC.
    """
    settings, faults = _read(root / SETTINGS_FILE)
    override = os.environ.get(BASE_URL_VARIABLE)
    if override:
        settings = settings.model_copy(update={"base_url": override})
    stated = today or _stated_day()
    return (settings.on(stated) if stated else settings), faults


def _read(path: Path) -> tuple[Settings, list[Finding]]:
    if not path.exists():
        return Settings(), []
    try:
        data, source, faults = read_yaml(path)
    except UnreadableError as error:
        return Settings(), [error.fault]
    if data is not None and not isinstance(data, dict):
        _, more = validate(Settings, data, source)
        return Settings(), [*faults, *more]
    settings, more = validate_leniently(Settings, data or {}, source)
    root = path.parent.parent
    settings, faults = _with_sources(root, settings, source, faults + more)
    return _with_looks(root, settings, source, faults)


def _with_sources(
    root: Path, settings: Settings, source: SourceMap, faults: list[Finding]
) -> tuple[Settings, list[Finding]]:
    """The settings with the folders of ``sources`` that lie in the portal, and what is wrong."""
    inside = []
    for index, folder in enumerate(settings.sources):
        if Path(folder).is_absolute() or ".." in Path(folder).parts:
            what = "expected a folder of the portal"
        else:
            inside.append(folder)
            if "sources" not in settings.model_fields_set or (root / folder).is_dir():
                continue
            what = "which doesn't exist; create the folder, or remove it from the list"
        mark = source.value(("sources", index))
        message = f"`sources`: found `{folder}`, {what}"
        faults.append(source.fault(mark, rules.SETTINGS, message))
    return settings.model_copy(update={"sources": tuple(inside)}), faults


def _with_looks(
    root: Path, settings: Settings, source: SourceMap, faults: list[Finding]
) -> tuple[Settings, list[Finding]]:
    """The settings without files and pages that can't be shown, and what is wrong."""
    theme, broken = without_broken(root, settings.theme)
    lost = tuple(lost_pages(root, settings.footer_links))
    for each in (*broken, *lost):
        faults.append(source.fault(source.value(each.place), rules.SETTINGS, each.message))
    indices = {fault.place[1] for fault in lost}
    links = (each for index, each in enumerate(settings.footer_links) if index not in indices)
    return settings.model_copy(update={"theme": theme, "footer_links": tuple(links)}), faults


def _stated_day() -> date | None:
    stated = os.environ.get(TODAY_VARIABLE)
    if stated:
        try:
            return parse_date(stated)
        except ValueFault as fault:
            raise ValueError(f"{TODAY_VARIABLE}: {fault}") from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    if not epoch.isdecimal():
        raise ValueError(f"SOURCE_DATE_EPOCH: found `{epoch}`, expected seconds since 1970")
    return datetime.fromtimestamp(int(epoch), UTC).date()
