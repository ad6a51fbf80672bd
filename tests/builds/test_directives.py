"""Directives and their options, on Markdown and reStructuredText pages."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from ..portals import person
from .conftest import FILES, Portal


def show(portal: Portal, text: str) -> BeautifulSoup:
    portal.write({"pages/list.md": f"# List\n\n{text}\n"})
    result = portal.build()
    assert result.warnings == ""
    return result.page("pages/list.html").article


def rows(article: BeautifulSoup) -> list[list[str]]:
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        for row in article.find_all("tr")
    ]


def test_a_table_of_records_has_the_columns_that_one_of_them_fills(portal: Portal):
    article = show(
        portal,
        ":::{records} partner\n:style: table\n:columns: country, homepage, contact\n:sort: -name\n"
        ":caption: All partners\n:::",
    )
    assert article.caption.get_text(strip=True).startswith("All partners")
    assert rows(article) == [
        ["Partner", "Country", "Contact"],
        ["Partner B", "Norway", "Ada Lovelace (ada@example.org)"],
        ["Partner A", "Finland", "Ada Lovelace (ada@example.org)"],
    ]


def test_a_filter_and_words_for_none(portal: Portal):
    article = show(portal, ":::{records} partner\n:filter: country=NO\n:::")
    assert [item.text.strip() for item in article.select("li")] == ["Partner B"]
    article = show(portal, ":::{records} partner\n:filter: country=SE\n:empty: Nobody.\n:::")
    assert "Nobody." in article.text


def test_groups_and_cards(portal: Portal):
    article = show(
        portal, ":::{records} partner\n:group: country\n:style: cards\n:columns: short_name\n:::"
    )
    assert [rubric.text for rubric in article.select(".rubric")] == ["Finland", "Norway"]
    assert [card.p.text for card in article.select(".gh-card")] == ["Partner A", "Partner B"]


def test_people_stand_under_initials_with_links_to_these(portal: Portal):
    for name, sort_name in (("Bo Ek", "Ek, Bo"), ("Li Lo", "Lo, Li"), ("Ada Öst", "Öst, Ada")):
        file = f"partners/people/{sort_name[-2:].lower()}.yml"
        portal.write({file: person(name, sort_name)})
    article = show(portal, ":::{records} person\n:group: initial\n:::")
    found = {
        link.text: [each.text for each in article.select(f"{link['href']} + ul > li")]
        for link in article.select("nav[aria-label=Letters] a")
    }
    assert found == {
        "E": ["Bo Ek"],
        "L": ["Li Lo", "Ada Lovelace"],
        "O": ["Ada Öst"],
    }
    assert [heading.name for heading in article.select("[id^=gh-initial]")] == ["h2"] * 3


def test_the_in_kind_table(portal: Portal):
    article = show(portal, ":::{in-kind-table}\n:::")
    assert rows(article) == [
        ["Contribution", "2025", "2026", "Total"],
        ["Row A", "5–10", "2 a", "7–12 a"],
        ["Row B", "2.5", "2.5", "5"],
        ["Total", "7.5–12.5", "4.5", "12–17"],
    ]


def test_the_in_kind_table_without_conditional_amounts(portal: Portal):
    article = show(portal, ":::{in-kind-table}\n:without: a\n:::")
    assert rows(article)[-1] == ["Total", "7.5–12.5", "2.5", "10–15"]


def test_totals_with_and_without_conditional_amounts(portal: Portal):
    article = show(portal, ":::{in-kind-scenarios}\n:::")
    assert [row[-1] for row in rows(article)] == ["Total", "12–17", "10–15"]


def test_one_partners_rows(portal: Portal):
    article = show(portal, ":::{in-kind-table}\n:partner: b\n:::")
    assert [row[0] for row in rows(article)] == ["Contribution", "Row B"]


def test_allocations_are_never_added_to_costs(portal: Portal):
    article = show(portal, ":::{budget-summary}\n:::")
    assert rows(article) == [
        ["Total (EUR)", "2025", "2026", "Total"],
        ["Required for travel", "100", "1,000", "1,100"],
        ["Allocated towards travel", "10", "20", "30"],
        ["Not covered for travel", "90", "980", "1,070"],
        ["Total required", "100", "1,000", "1,100"],
    ]
    assert "The source states no totals" in article.text


def test_tables_are_files_too_which_go_with_their_directive(portal: Portal):
    portal.write(
        {
            "partners/budget/hosting.yml": (
                "kind: budget-line\nproject: phase\nname: =1+1\ntype: cost\npurpose: venue\n"
                "currency: EUR\namounts: {2025: 0.5, 2026: 1-2}\n"
            )
        }
    )
    tables = (":::{budget-table}\n:::", ":::{budget-table}\n:::", ":::{in-kind-table}\n:::")
    article = show(portal, "\n\n".join(tables))
    site = portal.root.parent / "portal-out"
    folder = site / "tables/pages/list"
    links = [link["href"] for link in article.select("p.gh-computed a")]
    assert links == [
        f"../tables/pages/list/{name}.{suffix}"
        for name in ("budget", "budget-2", "in-kind")
        for suffix in ("csv", "xlsx")
    ]
    assert (folder / "budget.csv").read_text(encoding="utf-8").splitlines() == [
        "Line (EUR),Type,2025,2026,Total",
        "'=1+1,cost,0.50,1.00–2.00,1.50–2.50",
        "Meetings,requirement,100.00,1000.00,1100.00",
        "Travel money,allocation,10.00,20.00,30.00",
        'Total required,,100.50,"1,001.00–1,002.00","1,101.50–1,102.50"',
    ]
    show(portal, "No tables.")
    assert not list(folder.glob("*"))
    assert (site / "tables/pages/tables/budget.xlsx").is_file()


def tiles(article: BeautifulSoup) -> list[list[str]]:
    found = article.select(".gh-numbers li")
    return [[" ".join(each.get_text().split()) for each in tile.select("p")] for tile in found]


def test_a_project_in_four_tiles_which_link_to_their_tables(portal: Portal):
    portal.write(
        {
            "partners/activities/course.yml": (
                "kind: activity\nproject: phase\ntitle: A course\ntype: workshop\nyear: 2025\n"
            ),
        }
    )
    article = show(portal, ":::{project-numbers}\n:in-kind: tables\n:::")
    time, *others = tiles(article)
    assert time[1:] == ["1 January 2025 – 31 December 2026"]
    assert others == [
        ["12–17 person-months in kind", "10–15 without conditional contributions"],
        [
            "1,100 EUR required",
            "30 EUR allocated towards travel",
            "1,070 EUR not covered for travel",
        ],
        ["1 activity planned"],
    ]
    (link,) = article.select(".gh-numbers a")
    assert (link["href"], link.text) == ("tables.html", "person-months in kind")
    portal.write({"pages/list.md": "# List\n\n:::{project-numbers}\n:plan: plans\n:::\n"})
    assert "list.md:3" in (told := portal.build().warnings)
    assert "unknown document: 'plans'" in told


def line(name: str, kind: str, currency: str, amounts: str, more: str = "") -> str:
    return (
        f"kind: budget-line\nproject: phase\nname: {name}\ntype: {kind}\npurpose: venue\n"
        f"currency: {currency}\namounts: {amounts}\n{more}"
    )


def test_lines_in_other_currencies_stand_in_both_with_even_decimals(portal: Portal):
    project = (portal.root / "partners/projects/phase.yml").read_text(encoding="utf-8")
    rates = (
        "  payer: The funder\n  rates:\n"
        "    NOK: {rate: 0.0853, date: 2025-01-02, source: Norges Bank}\n"
    )
    portal.write(
        {
            "partners/projects/phase.yml": project.replace("  payer: The funder\n", rates),
            "partners/budget/hosting.yml": line("Hosting", "cost", "NOK", "{2025: 10000, 2026: 5}"),
            "partners/budget/back.yml": line("Deposit", "refund", "EUR", "{2025: 0, 2026: -200}"),
            "partners/budget/rent.yml": line(
                "Rent", "cost", "EUR", "{2025: 9.6, 2026: 0}", "total: 10\nrounded_to: 1\n"
            ),
        }
    )
    article = show(
        portal,
        ":::{budget-table}\n:::\n\n:::{budget-summary}\n:::\n\n:::{budget-chart}\n:by: line\n:::",
    )
    assert article.caption.get_text(strip=True).startswith("Budget lines, each in its own currency")
    assert rows(article)[:10] == [
        ["Line", "Type", "Currency", "2025", "2026", "Total"],
        ["Deposit", "refund", "EUR", "0.00", "-200.00", "-200.00"],
        ["Hosting", "cost", "NOK", "10,000", "5", "10,005"],
        ["Hosting, in EUR", "converted", "EUR", "853.00", "0.43", "853.43"],
        ["Meetings", "requirement", "EUR", "100.00", "1,000.00", "1,100.00"],
        ["Rent", "cost", "EUR", "9.60", "0.00", "9.60"],
        ["Travel money", "allocation", "EUR", "10.00", "20.00", "30.00"],
        ["Total required", "", "EUR", "962.60", "800.43", "1,763.03"],
        ["Total (EUR)", "2025", "2026", "Total"],
        ["Required for travel", "100.00", "1,000.00", "1,100.00"],
    ]
    assert ["Total required", "962.60", "800.43", "1,763.03"] in rows(article)
    assert "Converted at 1 NOK = 0.0853 EUR (2 January 2025, Norges Bank)." in article.text
    assert "Totals as rounded by their source: Rent: 10, computed 9.6." in article.text
    assert "Hosting (cost): 853.43" in article.desc.text
    assert "Deposit (refund): -200.00" in article.desc.text


def test_without_a_rate_the_table_says_that_there_is_no_total(portal: Portal):
    portal.write(
        {
            "partners/budget/hosting.yml": line("Hosting", "cost", "NOK", "{2025: 9, 2026: 5}"),
            "pages/list.md": "# List\n\n:::{budget-table}\n:::\n\n:::{budget-summary}\n:::\n",
        }
    )
    article = portal.build().page("pages/list.html").article
    assert ["Hosting", "cost", "NOK", "9", "5", "14"] in rows(article)
    said = "No exchange rate to EUR is given for NOK, so there is no total across currencies."
    assert article.text.count(said) == 2
    assert "converted" not in article.text
    assert "Total required" not in article.text


def test_pages_of_partners_say_what_became_of_them(portal: Portal):
    text = (portal.root / "partners/organisations/a.yml").read_text(encoding="utf-8")
    text = text.replace("project: phase\n", "project: phase\n    end: 2025-06-30\n", 1)
    history = (
        "ended: 2025-06-30\nbecame: b\nformerly: [{name: Old School, until: 2010-12-31}, Older]\n"
    )
    rows_of_a = (portal.root / "partners/in-kind/row-a.yml").read_text(encoding="utf-8")
    portal.write(
        {
            "partners/organisations/a.yml": text + history,
            "partners/in-kind/row-a.yml": rows_of_a.replace(', 2026: "2 [a]"', "").replace(
                "7-12 [a]", "5-10"
            ),
        }
    )
    result = portal.build()
    former = result.page("partners/organisations/a.html").article
    facts = {term.text: term.find_next("dd").text.strip() for term in former.select("dt")}
    assert facts["Ended"] == "30 June 2025"
    assert facts["Succeeded by"] == "Partner B"
    assert facts["Formerly"].split("\n") == ["Old School, until 31 December 2010", "Older"]
    assert "In the project until 30 June 2025." in former.text
    present = result.page("partners/organisations/b.html").article
    facts = {term.text: term.find_next("dd").text.strip() for term in present.select("dt")}
    assert facts["Successor of"] == "Partner A, until 30 June 2025"


def test_header_cells_say_what_they_head(portal: Portal):
    article = show(portal, ":::{in-kind-table}\n:::")
    assert {cell["scope"] for cell in article.select("thead th")} == {"col"}
    assert all(row.find()["scope"] == "row" for row in article.select("tbody tr"))
    region = article.select_one(".gh-table-scroll")
    assert region["role"] == "region"
    assert region["tabindex"] == "0"
    assert region["aria-label"]


def test_notes_are_linked_both_ways_and_ids_are_unique(portal: Portal):
    article = portal.build().page("pages/tables.html")
    ids = [tag["id"] for tag in article.find_all(id=True)]
    assert len(ids) == len(set(ids))
    marks = article.select(".gh-mark a")
    assert marks
    for mark in marks:
        note = article.find(id=mark["href"].removeprefix("#"))
        assert note is not None
        back = note.find("a")["href"].removeprefix("#")
        assert article.find(id=back) is not None


def test_a_chart_has_a_title_a_description_and_a_table(portal: Portal):
    figure = show(portal, ":::{in-kind-chart}\n:::").find("figure")
    svg = figure.svg
    named = [figure.find(id=each).text for each in svg["aria-labelledby"].split()]
    assert named[0] == "In-kind contributions by partner"
    assert "A: 7–12" in named[1]
    assert rows(figure.details)[1:] == [["A", "7–12"], ["B", "5"]]


@pytest.mark.parametrize(
    ("directive", "fault"),
    [
        (":::{records} partnr\n:::", "unknown kind `partnr`; did you mean `partner`?"),
        (":::{records} partner\n:sort: nam\n:::", "unknown field `nam`; did you mean `name`?"),
        (":::{records} partner\n:style: tabel\n:::", "did you mean `table`?"),
        (":::{records} partner\n:filter: country\n:::", "expected `field=value`"),
        (":::{records} partner\n:columns: contry\n:::", "did you mean `country`?"),
        (":::{in-kind-table}\n:project: phse\n:::", "did you mean `phase`?"),
        (":::{in-kind-table}\n:without: b\n:::", "unknown note `b`"),
        (":::{in-kind-table}\n:partner: c\n:::", "unknown partner `c`"),
        (":::{project-chapter} background\n:::", "unknown chapter `background`"),
        (":::{record-text} description\n:::", "this page is not one"),
    ],
)
def test_what_cannot_be_used_is_named_at_the_directives_line(
    portal: Portal, directive: str, fault: str
):
    portal.write({"pages/list.md": f"# List\n\nText.\n\n{directive}\n"})
    (line,) = portal.build().warnings.splitlines()
    assert "pages/list.md:5: WARNING: " in line
    assert fault in line
    assert line.endswith("[record.directive]")


def test_risks_are_shown_with_what_is_done_about_them(portal: Portal):
    article = show(portal, ":::{risk-register}\n:::")
    assert "Knowledge is lost." in article.text
    assert "Mitigation: Write it down." in article.text


def test_historic_links_are_marked_and_those_without_an_address_are_words(portal: Portal):
    project = "partners/projects/phase.yml"
    portal.write({project: FILES[project] + "  - text: A letter\n"})
    article = show(portal, ":::{project-documents}\n:::")
    gone = article.find("a", href="http://gone.example/")
    assert "historic" in gone.parent.text
    assert "historic" not in article.find("a", href="https://example.org/").parent.text
    assert article.select(".gh-links li")[-1].text.strip() == "A letter"
