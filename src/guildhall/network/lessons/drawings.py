"""Drawings (SVG) of strangers: what shows stays, what runs or asks another site goes.

In a page such a file is only a picture. Opened by itself it is a document of the site, with scripts
that may do there what the site's own may.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from guildhall.network.lessons.origins import is_followed

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"
_KNOWN = frozenset({_SVG, _XHTML, "http://www.w3.org/1998/Math/MathML"})
"""What browsers draw; elements of other names do nothing in them."""
_SHAPES = frozenset(
    """
a animate animateMotion animateTransform circle clipPath defs desc ellipse filter foreignObject g
hatch image line linearGradient marker mask metadata mpath path pattern polygon polyline
radialGradient rect set solidcolor stop style svg switch symbol text textPath title tref tspan use
view
""".split()  # noqa: SIM905
)
_WORDS = frozenset(
    """
b big blockquote body br caption center code dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i ins kbd
li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul
var
""".split()  # noqa: SIM905
)
_INSIDE = re.compile(r"""\s*["']?\s*(?:#|data:(?:image|font|application/(?:x-)?font))""", re.I)
_ADDRESS = re.compile(r"url\s*\((?P<address>[^)]*)\)?", re.I)
_HIDES = re.compile(r"\\|@import|image-set|expression\s*\(|-moz-binding|behavior\s*:", re.I)
_PICTURE = re.compile(r"\s*data:image/", re.I)
_OF_ITS_OWN = re.compile(rb"<!DOCTYPE[^>]*\[|<!ENTITY|<!ATTLIST", re.I)


def clean_drawing(content: bytes) -> bytes | None:
    """Clean a drawing.

    Args:
        content: the file.

    Returns:
        the same bytes where nothing in it acts; a clean drawing otherwise; None where the file is
        no drawing that can be read.
    """
    read = _read(content)
    if read is None or _name(read[0]) != (_SVG, "svg"):
        return None
    root, acts = read
    acts |= bool(_OF_ITS_OWN.search(content)) or not _is_utf8(content)
    acts |= _clean(root)
    if not acts:
        return content
    for prefix, name in (("", _SVG), ("xlink", _XLINK), ("xhtml", _XHTML)):
        ElementTree.register_namespace(prefix, name)
    try:
        written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    except RecursionError:
        return None
    return written


def is_data(content: bytes) -> bool:
    """Whether a file is XML in which a browser finds nothing to draw or to run.

    Args:
        content: the file.
    """
    read = _read(content)
    if read is None or read[1] or _OF_ITS_OWN.search(content) or not _is_utf8(content):
        return False
    return not any(_name(each)[0] in _KNOWN for each in read[0].iter())


def _read(content: bytes) -> tuple[ElementTree.Element, bool] | None:
    """The root of an XML file, and whether it gives instructions to programs."""
    builder = _Builder()
    try:
        # Expat fetches nothing, and ends with an error where entities grow.
        root = ElementTree.XML(content, ElementTree.XMLParser(target=builder))  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return root, builder.instructs


class _Builder(ElementTree.TreeBuilder):
    instructs = False

    def pi(self, target: str, text: str | None = None) -> ElementTree.Element:
        self.instructs = True
        return super().pi(target, text)


def _clean(root: ElementTree.Element) -> bool:
    """Clean an element and all in it; says whether anything had to go."""
    changed = False
    waiting = [root]
    while waiting:
        element = waiting.pop()
        changed |= _clean_attributes(element)
        for child in list(element):
            if _stays(child):
                waiting.append(child)
            else:
                # The words behind it are no part of it.
                _keep_tail(element, child)
                element.remove(child)
                changed |= _acts(child)
    return changed


def _stays(element: ElementTree.Element) -> bool:
    space, name = _name(element)
    if space == _XHTML:
        return name in _WORDS
    if space != _SVG or not (name in _SHAPES or name.startswith("fe")):
        return False
    if name == "style":
        return len(element) == 0 and not _asks(element.text or "")
    changes = element.get("attributeName", "").lower().rpartition(":")[2]
    return changes != "href" and not changes.startswith("on")


def _acts(element: ElementTree.Element) -> bool:
    """Whether an element that goes could do anything; notes of drawing programs can't."""
    return any(_name(each)[0] in _KNOWN for each in element.iter())


def _clean_attributes(element: ElementTree.Element) -> bool:
    unfit = [name for name, value in element.attrib.items() if not _fits(element, name, value)]
    for name in unfit:
        del element.attrib[name]
    return bool(unfit)


def _fits(element: ElementTree.Element, attribute: str, value: str) -> bool:
    name = attribute.rpartition("}")[2].lower()
    if name.startswith("on") or name in {"base", "src", "srcset", "ping", "action", "formaction"}:
        return False
    if name == "href":
        kind = _name(element)[1]
        if kind == "a":
            return is_followed(value)
        if kind in {"image", "feImage"} and _PICTURE.match(value):
            return True
        return value.strip().startswith("#")
    return not _asks(value)


def _asks(style: str) -> bool:
    if _HIDES.search(style) and (":" in style or "@" in style or "url" in style.lower()):
        return True
    return any(not _INSIDE.match(found["address"]) for found in _ADDRESS.finditer(style))


def _keep_tail(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    if not child.tail:
        return
    at = list(parent).index(child)
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
    else:
        parent.text = (parent.text or "") + child.tail


def _name(element: ElementTree.Element) -> tuple[str, str]:
    # Notes and instructions to programs have no name.
    if not isinstance(element.tag, str):
        return "", ""
    space, _, name = element.tag.rpartition("}")
    return space.lstrip("{"), name


def _is_utf8(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    said = re.match(r"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)", text)
    return said is None or said[1].lower() in {"utf-8", "utf8", "us-ascii", "ascii"}
