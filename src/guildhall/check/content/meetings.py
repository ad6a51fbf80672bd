"""Links that let anybody into a meeting, since they hold its password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guildhall.check.site.fault import SiteFault

_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*zoom(?:gov)?\.(?:us|com)/[jsw]/[0-9]+\?(?:[\w-]+=[\w.-]*(?:&amp;|&))*"
    r"pwd=([\w.-]{4,})"
)
_PLACEHOLDER = re.compile(
    r"example|sample|dummy|secret|token|x{4}|0{5}|\*{3}|\.{3}|your|1234|abcd|(.)\1{4}",
    re.IGNORECASE,
)


def meeting_passwords(page: str, source: bytes) -> Iterator[SiteFault]:
    """The links of Zoom in a page that hold the meeting's password, each once.

    Args:
        page: the file that holds it, relative to the site's folder.
        source: the page's source.
    """
    if b"pwd=" not in source:
        return
    told = set()
    for match in _MEETING.finditer(source.decode("utf-8", "replace")):
        password = match[1]
        address = match[0][: match.start(1) - match.start()].replace("&amp;", "&")
        if address in told or _PLACEHOLDER.search(password) or len(set(password)) < 3:
            continue
        told.add(address)
        message = f"the link `{address}…` holds the meeting's password, expected it without"
        yield SiteFault(page, "privacy.meeting-password", message, address)
