"""Roles, the inventory for other sites, and faults in builds."""

from __future__ import annotations

from sphinx.util.inventory import InventoryFile

from .conftest import Portal


def test_roles_link_with_the_label_or_words_of_their_own(portal: Portal):
    page = portal.build().page("pages/old.html")
    links = {link.text: link["href"] for link in page.select("article p a")}
    assert links["Partner A"] == "../partners/organisations/a.html"
    assert links["the second"] == "../partners/organisations/b.html"


def test_figures_stand_in_the_sentence_where_they_are_written(portal: Portal):
    page = portal.build().page("pages/sentence.html")
    assert "In all 12–17 months, with Partner B." in page.text


def test_every_record_is_in_the_inventory(portal: Portal):
    result = portal.build()
    inventory = InventoryFile.loads((result.folder / "objects.inv").read_bytes(), uri="")
    assert inventory["guildhall:partner", "a"].uri == "partners/organisations/a.html"
    assert inventory["guildhall:partner", "a"].display_name == "Partner A"
    assert inventory["guildhall:person", "ada"].display_name == "Ada Lovelace"


def test_another_site_links_to_a_record(portal: Portal, tmp_path):
    result = portal.build()
    other = Portal(tmp_path / "other")
    other.write(
        {
            "conf/conf.py": (
                'extensions = ["guildhall", "sphinx.ext.intersphinx"]\n'
                f'intersphinx_mapping = {{"small": ("https://s.example/", '
                f'"{result.folder}/objects.inv")}}\n'
            ),
            "index.md": "# Other\n\n{external+small:guildhall:partner}`a`\n",
        }
    )
    built = other.build()
    assert built.warnings == ""
    link = built.page("index.html").select_one("article p a")
    assert link["href"] == "https://s.example/partners/organisations/a.html"


def test_an_unknown_id_names_the_nearest_where_it_stands(portal: Portal):
    portal.write({"pages/list.md": "# List\n\nText.\n\n{person}`adda` {figure}`in_kind.totl`\n"})
    portal.change("partners/projects/phase.yml", "The *phase* of {partner}`a`.", "{partner}`aa`")
    warnings = portal.build().warnings
    assert (
        "pages/list.md:5: WARNING: no person has the id `adda`; did you mean `ada`? "
        "[record.reference]"
    ) in warnings
    assert "no figure has the name `in_kind.totl`; did you mean `in_kind.total`?" in warnings
    assert "partners/projects/phase.yml:8: WARNING: no partner has the id `aa`" in warnings


def test_a_fault_of_a_record_is_one_warning_at_its_place(portal: Portal):
    portal.change("partners/organisations/a.yml", "country: FI", "country: Finland")
    result = portal.build()
    (line,) = result.warnings.splitlines()
    assert line.endswith(
        "partners/organisations/a.yml:4:10: WARNING: `country`: found `Finland`, expected an "
        "ISO 3166-1 country code of two capitals, such as `NO`; did you mean `FI`? "
        "[record.value]"
    )
    assert result.code == 0
    assert portal.build("-W", out="strict").code == 1


def test_a_wrong_sum_is_one_warning_at_its_cell(portal: Portal):
    portal.change("partners/in-kind/row-b.yml", "total: 5", "total: 6")
    (line,) = portal.build().warnings.splitlines()
    assert "partners/in-kind/row-b.yml:6:8: WARNING: total of the row `Row B`" in line
    assert line.endswith("stated 6, computed 5, difference -1 [in-kind.row-totals]")


def test_warnings_can_be_suppressed_by_type(portal: Portal):
    portal.change("partners/in-kind/row-b.yml", "total: 5", "total: 6")
    portal.change("conf/conf.py", "\n", '\nsuppress_warnings = ["in-kind.row-totals"]\n')
    assert portal.build("-W").code == 0


def test_a_failing_template_names_its_line_and_the_record(portal: Portal):
    portal.write(
        {"conf/templates/records/person.md.j2": "# {{ record.name }}\n\n{{ record.nam }}\n"}
    )
    (line,) = portal.build().warnings.splitlines()
    assert "conf/templates/records/person.md.j2:3: WARNING: " in line
    assert "partners/people/ada.yml" in line
    assert line.endswith("[record.template]")


def test_a_template_that_cannot_be_parsed_names_its_line(portal: Portal):
    portal.write({"conf/templates/records/person.md.j2": "# A\n\n{% if %}\n"})
    (line,) = portal.build().warnings.splitlines()
    assert "person.md.j2:3: WARNING: the template failed for partners/people/ada.yml" in line


def test_a_fault_in_a_templates_markdown_names_the_templates_line(portal: Portal):
    portal.write(
        {"conf/templates/records/person.md.j2": "# {{ record.name }}\n\n:::{nothing}\n:::\n"}
    )
    (line,) = portal.build().warnings.splitlines()
    assert "conf/templates/records/person.md.j2:3: WARNING: Unknown directive type" in line


def test_text_of_records_is_data(portal: Portal):
    hostile = "'<img src=x> *b* {{ 1 }} [x](javascript:y) `c` {raw}`d`'"
    portal.change("partners/people/ada.yml", "name: Ada Lovelace\nsort", f"name: {hostile}\nsort")
    result = portal.build()
    # Shown as it stands, and told, since readers see the marks.
    (told,) = result.warnings.splitlines()
    assert "found `[x](javascript:y)` as text, a link" in told
    heading = result.page("partners/people/ada.html").h1
    assert heading.find("img") is None
    assert heading.text.startswith("<img src=x> *b* {{ 1 }} [x](javascript:y) `c` {raw}`d`")


def test_a_portal_below_a_path_knows_its_address(portal: Portal):
    result = portal.build(GUILDHALL_BASE_URL="https://org.example/portal")
    page = result.page("pages/list.html")
    canonical = page.find("link", rel="canonical")["href"]
    assert canonical == "https://org.example/portal/pages/list.html"
    missing = result.page("404.html")
    assert missing.base["href"] == "/portal/"
