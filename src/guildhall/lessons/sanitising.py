"""HTML of pages that strangers wrote: everything that shows, nothing that acts.

The whole body of a page is cleaned at once, as a browser would read it, so raw HTML can't hide
between two fragments. What Sphinx and Guildhall write themselves passes unchanged.
"""

from __future__ import annotations

from functools import cache

import nh3

from guildhall.values.legible import without_directions

_TEXT = frozenset(
    """
a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col
colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i
img ins kbd label li main mark nav ol p picture pre progress q rp rt ruby s samp section small
source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video
audio wbr button
""".split()  # noqa: SIM905
)
_MATHML = frozenset(
    """
math annotation maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom
mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
munderover semantics
""".split()  # noqa: SIM905
)
_SVG = frozenset(
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


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {
        **_OF_TAGS,
        **dict.fromkeys(_MATHML, _OF_MATHML),
        **dict.fromkeys(_SVG, _OF_SVG),
        "*": _ANYWHERE,
    }
    return nh3.Cleaner(
        tags={*_TEXT, *_MATHML, *_SVG},
        clean_content_tags=_WITH_CONTENT,
        attributes=attributes,
        generic_attribute_prefixes={"aria-", "data-"},
        url_schemes=SCHEMES,
        filter_style_properties=_STYLES,
        link_rel=None,
    )
