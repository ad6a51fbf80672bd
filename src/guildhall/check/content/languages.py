"""The language of a page and of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guildhall.check.content.view import View, words
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import ValueFault, quote
from guildhall.core.values.identifiers import parse_language

_PARTS = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?P<script>-[a-z]{4})?"
    r"(?P<region>-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+", re.IGNORECASE)
# Registered before RFC 5646 and still valid, though others are preferred.
_FORMER = frozenset({"iw", "in", "ji", "jw", "mo", "sh", "bh", "tl", "no"})


def languages(view: View) -> Iterator[SiteFault]:
    """A language of the page that is missing, and languages that don't exist."""
    if not view.is_redirect:
        stated = view.root.get("lang")
        if not (stated or "").strip():
            message = "the page has no language, expected `lang` on `html`, such as `en`"
            yield view.fault("pages.language", message)
        elif fault := _fault(stated or ""):
            yield view.fault("pages.language", fault, f'lang="{stated}"')
    for node, attributes in view.marked:
        stated = attributes.get("lang")
        # An empty language says that it isn't known, which is allowed.
        if stated and node.tag != "html" and (fault := _fault(stated)):
            yield view.fault("pages.language-part", fault, words(node)[:60])


@lru_cache(maxsize=512)
def _fault(tag: str) -> str | None:
    """What is wrong with a language tag, in any mix of capitals (RFC 5646, 2.1.1).

    Of languages with three letters only the form is judged, since the list at hand has but a few.
    """
    if _PRIVATE.fullmatch(tag):
        return None
    match = _PARTS.fullmatch(tag)
    if match is not None:
        language = match["language"].lower()
        region = (match["region"] or "").upper()
        known = "en" if len(language) == 3 or language in _FORMER else language
        try:
            parse_language(f"{known}{region}")
        except ValueFault:
            pass
        else:
            return None
    try:
        parse_language(tag)
    except ValueFault as fault:
        return str(fault)
    return f"found {quote(tag)}, expected a BCP 47 language tag such as `en` or `nb-NO`"
