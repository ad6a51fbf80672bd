"""Files in forges: where their text can be had, and which lines an address names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guildhall.check.external.addresses import url_of

_LINES = re.compile(r"L(?P<first>[0-9]{1,9})(?:C[0-9]+)?(?:-L?(?P<last>[0-9]{1,9})(?:C[0-9]+)?)?")
_GITHUB = re.compile(r"/(?P<repository>[^/]+/[^/]+)/(?P<view>blob|blame)/(?P<path>[^/]+/.+)")
_GITLAB = re.compile(r"(?P<repository>/.+?)/-/(?P<view>blob|blame)/(?P<path>[^/]+/.+)")
_FORGEJO = re.compile(r"(?P<repository>/[^/]+/[^/]+)/src/(?P<path>(?:branch|tag|commit)/[^/]+/.+)")
# What GitHub's own scripts make when the page is open.
_GITHUB_SCRIPTED = re.compile(
    r"(?:issuecomment-|issue-|discussion_r|discussioncomment-|pullrequestreview-|event-"
    r"|commitcomment-|r)[0-9]+|ref-(?:issue|pullrequest|commit)-.+|diff-[0-9a-f]{32,}.*|step:.+"
    r"|readme(?:-ov-file)?|start-of-content",
    re.IGNORECASE,
)
_FORGES = re.compile(r"(?:.+\.)?(?:github\.com|gitlab\.[a-z.]+|codeberg\.org)|gitlab\..+|git\..+")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file, from 1."""

    first: int
    last: int


def lines_of(fragment: str) -> Lines | None:
    """The lines that ``L10``, ``L10-L20``, ``L10C5-L20C8`` or ``L10-20`` names."""
    match = _LINES.fullmatch(fragment)
    if not match:
        return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    return Lines(min(first, last), max(first, last))


def is_forge(host: str) -> bool:
    """Whether a host is a forge by its name."""
    return bool(_FORGES.fullmatch(host))


def raw_address(page: str, github_raw: str) -> str:
    """Where the text of a file is that a page of a forge shows; empty where it shows none.

    Args:
        page: the page's address.
        github_raw: where GitHub's files are, without a slash at the end.
    """
    url = url_of(page)
    path = url.raw_path.partition(b"?")[0].decode("ascii")
    origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
    if url.host == "github.com":
        match = _GITHUB.fullmatch(path)
        return f"{github_raw}/{match['repository']}/{match['path']}" if match else ""
    if match := _GITLAB.fullmatch(path):
        return f"{origin}{match['repository']}/-/raw/{match['path']}"
    if is_forge(url.host) and (match := _FORGEJO.fullmatch(path)):
        return f"{origin}{match['repository']}/raw/{match['path']}"
    return ""


def made_by_forge(page: str, fragment: str) -> bool:
    """Whether a fragment is one that GitHub's own scripts make, or show a part of the page by."""
    host = url_of(page).host
    if host == "gist.github.com" and fragment.startswith("file-"):
        return True
    return host in {"github.com", "gist.github.com"} and bool(_GITHUB_SCRIPTED.fullmatch(fragment))


def count_lines(content: bytes) -> int:
    """How many lines a text has, as forges count them."""
    ends = content.count(b"\n")
    return ends + (not content.endswith(b"\n")) if content else 0
