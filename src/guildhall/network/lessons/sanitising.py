"""HTML of pages that strangers wrote: everything that shows, nothing that acts.

Pieces of raw HTML are cleaned one by one when a page is read
(:mod:`guildhall.network.lessons.fragments`), since other pages may show them too. The whole body of
a page is cleaned once more when it is written, as a browser would read it, so raw HTML can't hide
between two pieces. What Sphinx and Guildhall write themselves passes unchanged.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

import nh3

from guildhall.core.values.legible import without_directions
from guildhall.network.lessons.origins import asks_elsewhere, is_followed, is_picture_data

_TEXT = frozenset(
    """
a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col
colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i
img ins kbd label li main mark nav ol p picture pre progress q rp rt ruby s samp section small
source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video
audio wbr button input
""".split()  # noqa: SIM905
)
MATHML_TAGS = frozenset(
    """
math annotation maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom
mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
munderover semantics
""".split()  # noqa: SIM905
)
SVG_TAGS = frozenset(
    """
svg circle clipPath defs desc ellipse g line linearGradient marker path polygon polyline
radialGradient rect stop text title tspan
""".split()  # noqa: SIM905
)
_ANYWHERE = {
    "class", "dir", "hidden", "id", "lang", "role", "tabindex", "title", "translate", "style",
}  # fmt: skip
_OF_SVG = {
    "cx", "cy", "d", "fill", "fill-opacity", "fill-rule", "focusable", "font-family", "font-size",
    "font-weight", "height", "marker-end", "markerHeight", "markerWidth", "offset", "opacity",
    "orient", "points", "preserveAspectRatio", "r", "refX", "refY", "rx", "ry", "stop-color",
    "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity",
    "stroke-width", "text-anchor", "dominant-baseline", "transform", "version", "viewBox", "width",
    "x", "x1", "x2", "xmlns", "y", "y1", "y2", "dx", "dy",
}  # fmt: skip
_OF_MATHML = {
    "alttext", "columnalign", "columnspacing", "display", "displaystyle", "encoding", "fence",
    "form", "height", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
    "movablelimits", "rowalign", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy",
    "width", "xmlns",
    "accent", "accentunder", "columnspan", "rowspan", "depth", "voffset", "notation",
}  # fmt: skip
_OF_TAGS = {
    "a": {"download", "href", "hreflang"},
    "img": {"align", "alt", "decoding", "height", "loading", "src", "width"},
    "source": {"media", "src", "srcset", "type"},
    "video": {"controls", "height", "loop", "muted", "poster", "preload", "src", "width"},
    "audio": {"controls", "loop", "muted", "preload", "src"},
    "td": {"align", "colspan", "headers", "rowspan", "valign"},
    "th": {"abbr", "align", "colspan", "headers", "rowspan", "scope", "valign"},
    "col": {"span", "width"},
    "colgroup": {"span"},
    "ol": {"reversed", "start", "type"},
    "li": {"value"},
    "details": {"name", "open"},
    "time": {"datetime"},
    "data": {"value"},
    "progress": {"max", "value"},
    # Tabs find their panels by name.
    "button": {"disabled", "name", "type"},
    # So do tabs of another sort, and lists of tasks have boxes.
    "input": {"checked", "disabled", "name", "type"},
    "label": {"for"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "abbr": {"title"},
    "div": {"align", "name"},
    "p": {"align"},
    "table": {"align", "border", "cellpadding", "cellspacing", "summary"},
}
_STYLES = {
    "width", "height", "max-width", "max-height", "min-width", "text-align", "vertical-align",
    "margin", "margin-left", "margin-right", "float", "color", "background-color", "font-style",
    "font-weight", "text-decoration", "white-space", "aspect-ratio", "border", "padding", "display",
}  # fmt: skip
_WITH_CONTENT = {"script", "style", "template", "noscript", "object", "applet", "form"}
_LED = frozenset({"cite", "href"})
_FETCHED = frozenset({"poster", "src", "srcset"})
_PAINT = re.compile(r"url\s*\((?!\s*[\"']?\s*#)|image-set|\\|@import", re.I)
"""What makes a browser fetch something for a style or paint, or hides that it does."""
TAGS = frozenset({*_TEXT, *MATHML_TAGS, *SVG_TAGS})
"""Elements that stay."""
WITH_CONTENT = frozenset(_WITH_CONTENT)
"""Elements of which nothing stays, not even their text."""
CHOICES = frozenset({"checkbox", "radio"})
"""The types of fields that stay: nobody can write into them."""
SCHEMES = {"http", "https", "mailto", "tel"}


def sanitise(html: str) -> str:
    """Clean the body of a page that a foreign lesson gave.

    Args:
        html: the whole body, as a template would print it.

    Returns:
        the same without scripts, event handlers, styles that cover a page, forms, frames, and
        addresses of other schemes than :data:`SCHEMES`.
    """
    return without_directions(_cleaner().clean(html))


def attribute(tag: str, name: str, value: str) -> str | None:
    """What stays of an attribute of one element.

    Args:
        tag: the element's name, as HTML writes it.
        name: the attribute's name.
        value: its value, without character references.

    Returns:
        the value; or None where the attribute goes.
    """
    if name not in _allowed(tag) and not name.startswith(("aria-", "data-")):
        return None
    if name == "style":
        value = style(value)
    return _filtered(tag, name, value)


def style(value: str) -> str:
    """The properties that stay of a ``style``."""
    cleaned = _cleaner().clean(f'<p style="{escape(value)}"></p>')
    found = re.fullmatch(r'<p style="(.*)"></p>', cleaned, re.S)
    return unescape(found[1]) if found else ""


def _filtered(tag: str, name: str, value: str) -> str | None:
    if name in _LED:
        return value if is_followed(value) else None
    if name in _FETCHED:
        if name == "src" and tag == "img" and is_picture_data(value):
            return value
        return None if asks_elsewhere(value, is_set=name == "srcset") else value
    if (tag, name) == ("input", "type") and value not in CHOICES:
        return "checkbox"
    if (name == "style" or name in _OF_SVG) and _PAINT.search(value):
        return "" if name == "style" else None
    return value


@cache
def _allowed(tag: str) -> frozenset[str]:
    special = _OF_MATHML if tag in MATHML_TAGS else _OF_SVG if tag in SVG_TAGS else set()
    return frozenset({*_ANYWHERE, *special, *_OF_TAGS.get(tag, ())})


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {
        **_OF_TAGS,
        **dict.fromkeys(MATHML_TAGS, _OF_MATHML),
        **dict.fromkeys(SVG_TAGS, _OF_SVG),
        "*": _ANYWHERE,
    }
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=_WITH_CONTENT,
        attributes=attributes,
        attribute_filter=_filtered,
        generic_attribute_prefixes={"aria-", "data-"},
        # Which addresses may have the last one, the filter says.
        url_schemes={*SCHEMES, "data"},
        filter_style_properties=_STYLES,
        link_rel=None,
    )
