"""Anchors: whether the place that an address names in its page is in what the server sends."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from guildhall.check.external.outcomes import Anchor

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_:.-]+)", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# `#/route`, `#!state`, `#page=3`, `#t=10`: read by scripts and viewers (W3C Media Fragments).
_FOR_SCRIPTS = re.compile(r"[/!?]|[A-Za-z_][\w.-]*=")
_ROOTS = (
    "#root, #app, #__next, #__nuxt, #gatsby-focus-wrapper, app-root, [ng-app], [data-reactroot]"
)
_USER_CONTENT = re.compile(rb"user-content-([^\"'\\<>\s]+)")
_FEW_WORDS = 400
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def wanted(fragment: str) -> bool:
    """Whether what follows ``#`` is a place in the page that can be looked for.

    The top of the page is always there (HTML, "select the indicated part").
    """
    return bool(fragment) and fragment.lower() != "top" and not _FOR_SCRIPTS.match(fragment)


def is_html(content_type: str) -> bool:
    """Whether a ``Content-Type`` is that of pages."""
    return content_type.partition(";")[0].strip().lower() in _HTML


def find_anchors(
    content: bytes,
    content_type: str,
    fragments: Iterable[str],
    *,
    complete: bool,
    forge: bool = False,
) -> dict[str, Anchor]:
    """Look for anchors in a page.

    An anchor is the ``id`` of an element or the ``name`` of an ``a``, and must agree in case (HTML,
    "find a potential indicated element").

    Args:
        content: the page.
        content_type: the value of its ``Content-Type``.
        fragments: what follows ``#``, as it is written.
        complete: whether the page is whole.
        forge: whether the page is of a forge, whose scripts lead ``#x`` to ``user-content-x``.
    """
    left = {each for each in fragments if wanted(each)}
    found = {each: Anchor.IGNORED for each in fragments if each not in left}
    if not is_html(content_type):
        return found | dict.fromkeys(left, Anchor.IGNORED)
    scripted = not complete
    for encoding in _encodings(content, content_type):
        page = LexborHTMLParser(content.decode(encoding, "replace"))
        names = _names(page)
        here = {each for each in left if not names.isdisjoint(_spellings(each, forge=forge))}
        found |= dict.fromkeys(here, Anchor.PRESENT)
        left -= here
        if not left:
            return found
        scripted = scripted or _made_by_scripts(page)
    if forge:
        told = {each.decode("utf-8", "replace") for each in _USER_CONTENT.findall(content)}
        here = {each for each in left if not told.isdisjoint(_spellings(each))}
        found |= dict.fromkeys(here, Anchor.PRESENT)
        left -= here
        # Where no heading is sent at all, scripts make them.
        scripted = scripted or not told
    return found | dict.fromkeys(left, Anchor.UNSEEN if scripted else Anchor.MISSING)


def _spellings(fragment: str, *, forge: bool = False) -> set[str]:
    plain = {fragment, unquote(fragment)}
    if forge:
        plain |= {f"user-content-{each}" for each in plain}
        plain |= {each.lower() for each in plain}
    return plain


def _names(page: LexborHTMLParser) -> set[str]:
    names = {node.attributes.get("id") for node in page.css("[id]")}
    names |= {node.attributes.get("name") for node in page.css("a[name]")}
    return {name for name in names if name}


def _made_by_scripts(page: LexborHTMLParser) -> bool:
    if page.css_first("meta[http-equiv=refresh i]") is not None:
        return True
    if page.css_first("script") is None:
        return False
    if page.css_first(_ROOTS) is not None:
        return True
    for node in page.css("script, style, noscript, template"):
        node.decompose()
    text = page.body.text(deep=True) if page.body else ""
    return len("".join(text.split())) < _FEW_WORDS


def _encodings(content: bytes, content_type: str) -> list[str]:
    """The encodings that a page may be in: as it says, then as most are, whatever it says."""
    told = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    header = _CHARSET.search(content_type)
    told += [header[1]] if header else []
    meta = _META_CHARSET.search(content[:4096])
    told += [meta[1].decode("ascii")] if meta else []
    return list(dict.fromkeys([*filter(None, map(_codec, told)), "utf-8", "cp1252"]))


def _codec(name: str) -> str:
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Some codecs of Python turn bytes into bytes.
    is_text = getattr(info, "_is_text_encoding", False) and info.name not in {"idna", "punycode"}
    return info.name if is_text and "escape" not in info.name else ""
