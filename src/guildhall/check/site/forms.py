"""How an address of the built site may be written in the source that it came from."""

from __future__ import annotations

import posixpath
import re
from html import escape
from urllib.parse import quote, unquote

_PUBLISHED = re.compile(r"_(?:images|downloads|static)/(?:[0-9a-f]{32}/)?([^/?#]+)")
_HOST = re.compile(r"https?://[^/]+/")
_SOURCES = (".md", ".rst", ".ipynb", "")
_SHORTEST = 3


def as_written(needle: str) -> list[str]:
    """The address itself, in each way that means the same."""
    forms = [needle, unquote(needle), escape(needle, quote=False), escape(needle)]
    forms.append(quote(needle, safe="%/-._~!$&'()*+,;=:@?#[]"))
    return _distinct(forms)


def alike(needle: str) -> list[str]:
    """Other texts that the address may have been made from, the nearest first."""
    head, hash_, fragment = needle.partition("#")
    head, _, _ = head.partition("?")
    forms: list[str] = []
    host = _HOST.match(head)
    if host:
        # Records hold identifiers, such as of a DOI or a repository, without the host.
        forms += [head[host.end() :], head[host.end() :].rstrip("/").removesuffix(".git")]
    published = _PUBLISHED.search(head)
    if published:
        forms += [published[1], unquote(published[1])]
    if head.endswith(".html"):
        stem = head.removesuffix(".html")
        for tail in (f"#{fragment}", "") if hash_ else ("",):
            forms += [f"{stem}{suffix}{tail}" for suffix in _SOURCES]
    if head and hash_:
        forms.append(head)
    if fragment:
        forms += [f"#{unquote(fragment)}", unquote(fragment)]
    name = posixpath.basename(head)
    forms += [name, name.removesuffix(".html")]
    return [form for form in _distinct([*forms, *map(unquote, forms)]) if len(form) >= _SHORTEST]


def _distinct(forms: list[str]) -> list[str]:
    return [form for form in dict.fromkeys(forms) if form.strip("./#")]
