"""Tables as files beside the pages: CSV, and XLSX for spreadsheet programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from guildhall.core.sheets import Sheet
from guildhall.core.words import word
from guildhall.sphinx_ext.pages.file_links import file_link, file_links
from guildhall.sphinx_ext.pages.site_files import SiteFiles, publishes
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.records.directive import PortalDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

_FOLDER = "tables/"


def offer(
    directive: PortalDirective, prefix: str, sheet: Sheet, label: str | None = None
) -> nodes.Node:
    """A line with links to the files of a table, which the end of the build writes.

    Args:
        directive: the directive that shows the table.
        prefix: the beginning of the table's ids, such as ``gh-budget-0``.
        sheet: the table.
        label: the words before the links; by default those for the table above them.
    """
    docname = directive.env.docname
    what, _, count = prefix.removeprefix("gh-").rpartition("-")
    name = what if count == "0" else f"{what}-{int(count) + 1}"
    domain_of(directive.env).sheets.setdefault(docname, {})[name] = sheet
    line = file_links(translatable=False, classes=["gh-computed"])
    label = label or word(directive.language, "Download this table:")
    line += nodes.Text(f"{label} ")
    for suffix in ("csv", "xlsx"):
        if suffix != "csv":
            line += nodes.Text(", ")
        line += file_link("", suffix.upper(), file=_file(docname, name, suffix))
    return line


def _file(docname: str, name: str, suffix: str) -> str:
    return f"{_FOLDER}{docname}/{name}.{suffix}"


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or not publishes(app):
        return
    files = SiteFiles(cast("StandaloneHTMLBuilder", app.builder), "tables")
    for docname, sheets in domain_of(app.env).sheets.items():
        for name, sheet in sheets.items():
            files.write(_file(docname, name, "csv"), sheet.to_csv())
            files.write(_file(docname, name, "xlsx"), sheet.to_xlsx())
    files.keep()


def setup_table_files(app: Sphinx) -> None:
    """Write the files when a site has been built."""
    app.connect("build-finished", _write)
