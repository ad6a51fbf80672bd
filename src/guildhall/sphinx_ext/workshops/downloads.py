"""Statistics as files beside the pages, and links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes

from guildhall.core.words import word
from guildhall.network.statistics.downloads import FOLDER, PACKAGE, data_package, tables
from guildhall.network.statistics.lookups import StatisticOf, statistics_of_portal
from guildhall.sphinx_ext.pages.file_links import file_link
from guildhall.sphinx_ext.pages.site_files import SiteFiles, publishes
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.records.directive import PortalDirective
from guildhall.sphinx_ext.rendering import display

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder


class StatisticsDownloads(PortalDirective):
    """Links to the statistics as CSV files, and to the data package that describes them."""

    def build(self) -> list[nodes.Node]:
        """Build the list; nothing where no workshop has taken place."""
        if not self.shown.ask(StatisticOf("workshops")).amount.of:
            return []
        language = self.language
        files = {
            "years.csv": word(language, "All numbers by year"),
            "workshops.csv": word(language, "Workshops"),
            "learners-by-country.csv": word(language, "Learners by year and country"),
            "learners-by-career-stage.csv": word(language, "Learners by year and career stage"),
            "lessons-by-year.csv": word(language, "Lessons by year"),
            "datapackage.json": word(language, "Description of all files (Frictionless)"),
        }
        listed = nodes.bullet_list(bullet="-", classes=["gh-links"])
        for name, label in files.items():
            item = nodes.list_item()
            link = file_link("", label, file=f"{FOLDER}{name}")
            item += display.paragraph(link, nodes.Text(f" ({name.rpartition('.')[2].upper()})"))
            listed += item
        return [listed]


DIRECTIVES = {"statistics-downloads": StatisticsDownloads}


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or not publishes(app):
        return
    portal = domain_of(app.env).portal
    files = SiteFiles(cast("StandaloneHTMLBuilder", app.builder), "statistics")
    made = tables(portal.registry, statistics_of_portal(portal))
    for table in made:
        files.write(f"{FOLDER}{table.file}", table.to_csv())
    if made:
        files.write(f"{FOLDER}{PACKAGE}", data_package(made, portal.settings))
    files.keep()


def setup_downloads(app: Sphinx) -> None:
    """Register the directive, and write the files when a site has been built."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("build-finished", _write)
