"""Whether a site knows where it is published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guildhall.check.content.rules import RULES
from guildhall.core.findings.finding import Finding
from guildhall.model.settings.portal import BASE_URL_VARIABLE, SETTINGS_FILE, Settings


def site_address(root: Path, settings: Settings) -> Iterator[Finding]:
    """A portal whose address neither its settings nor the one who builds it states.

    Args:
        root: the portal's folder.
        settings: the portal's settings, with what the environment says.
    """
    if settings.base_url is None:
        message = (
            f"`base_url`: found nothing, and no variable `{BASE_URL_VARIABLE}`; expected the "
            "address that the site is published at, such as `https://training.example.org/`"
        )
        rule = RULES["pages.site-address"]
        place = (1, 1) if (root / SETTINGS_FILE).is_file() else (0, 0)
        yield Finding(SETTINGS_FILE.as_posix(), *place, rule.id, message, rule.severity)
