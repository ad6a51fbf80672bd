"""What is found by looking at the text of a page, whatever kind of source it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from guildhall.core.values.faults import quote

BARE_URL = re.compile(r"https?://[^\s<>`\"\[\](){}|\\^]+(?:\([^\s<>()]*\)[^\s<>`\"\[\](){}|\\^]*)*")
_JEKYLL = re.compile(
    r"\{:[ \t]*[.#][\w-][^}\n]*\}|\{%-?[ \t]*\w[^\n]*?%\}|\{\{[ \t]*(?:site|page|relative_root)\."
    r"[\w.]*"
)
_IMG = re.compile(r"<img\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?P<name>[\w-]+)(?:\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>\S+)))?"
)
_EXAMPLE_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]")  # noqa: S104
_EXAMPLE_ENDS = (".example", ".test", ".invalid", ".localhost", "example.com", "example.org")


def is_example(address: str) -> bool:
    """Whether an address leads nowhere by its nature (RFC 2606), so that it can't be a link."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return True
    is_whole = "." in host or host == "localhost"
    return host in _EXAMPLE_HOSTS or host.endswith(_EXAMPLE_ENDS) or not is_whole


def jekyll_mark(text: str) -> str | None:
    """The first mark of Jekyll or Liquid in a text, if there is one."""
    found = _JEKYLL.search(text)
    return found[0] if found else None


def jekyll_marks(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each mark of Jekyll or Liquid."""
    for found in _JEKYLL.finditer(text):
        yield found.start(), found[0]


def about_jekyll(mark: str) -> str:
    """What to say of a mark of Jekyll or Liquid."""
    if mark.startswith("{:"):
        return f"found {quote(mark)}, a class in Jekyll's syntax; expected a directive around it"
    return f"found {quote(mark)}, which Jekyll would fill in; expected the text itself"


def html_images(html: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Offset and attributes of each ``<img>``."""
    for found in _IMG.finditer(html):
        attributes = {
            each["name"].lower(): each["a"] or each["b"] or each["c"] or ""
            for each in _ATTRIBUTE.finditer(found["attributes"].rstrip("/"))
        }
        yield found.start(), attributes
