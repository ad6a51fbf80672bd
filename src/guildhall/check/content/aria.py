"""Roles and references of WAI-ARIA and HTML."""

from __future__ import annotations

from collections.abc import Iterator

from guildhall.check.content.view import View, words
from guildhall.check.site.fault import SiteFault
from guildhall.core.values.faults import nearest, quote

_ROLES = """
    alert alertdialog application article banner blockquote button caption cell checkbox code
    columnheader combobox comment complementary contentinfo definition deletion dialog directory
    document emphasis feed figure form generic grid gridcell group heading image img insertion
    link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox
    menuitemradio meter navigation none note option paragraph presentation progressbar radio
    radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton
    status strong subscript suggestion superscript switch tab table tablist tabpanel term textbox
    time timer toolbar tooltip tree treegrid treeitem
    graphics-document graphics-object graphics-symbol
    doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry
    doc-bibliography doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit
    doc-credits doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue doc-errata
    doc-example doc-footnote doc-foreword doc-glossary doc-glossref doc-index doc-introduction
    doc-noteref doc-notice doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist doc-part
    doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle doc-tip doc-toc
"""
ROLES = frozenset(_ROLES.split())
"""The roles of WAI-ARIA 1.3 that authors may use, of its graphics module and of DPUB-ARIA 1.1."""

_ON = {
    "for": ("label", "output"),
    "headers": ("td", "th"),
    "list": ("input",),
    "form": ("button", "fieldset", "input", "object", "output", "select", "textarea"),
}
_ANYWHERE = ("aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "aria-owns")


def roles(view: View) -> Iterator[SiteFault]:
    """Roles of which none is known; a browser takes the first that it knows."""
    for node, attributes in view.marked:
        stated = (attributes.get("role") or "").lower().split()
        if stated and ROLES.isdisjoint(stated):
            near = nearest(stated[0], ROLES)
            hint = f"; did you mean `{near}`?" if near else ""
            message = f"found the role {quote(' '.join(stated))} that doesn't exist{hint}"
            yield view.fault("pages.role", message, words(node)[:60])


def references(view: View) -> Iterator[SiteFault]:
    """Ids in attributes that no element of the page has."""
    for node, attributes in view.marked:
        for name, value in attributes.items():
            if not value or not (name in _ANYWHERE or node.tag in _ON.get(name, ())):
                continue
            if name == "aria-controls" and _is_closed(attributes):
                continue
            many = name in _ANYWHERE or name in {"headers"} or node.tag == "output"
            missing = [key for key in (value.split() if many else (value,)) if key not in view.ids]
            for key in missing:
                message = f"`{name}` refers to {quote(key)}, but no element has that id"
                yield view.fault("pages.reference", message, key)


def _is_closed(attributes: dict[str, str | None]) -> bool:
    # What it controls may be made only when it is opened.
    return "false" in (attributes.get("aria-expanded"), attributes.get("aria-selected"))
