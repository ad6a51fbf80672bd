"""What is read again after a change: every page that shows what changed, and no other."""

from __future__ import annotations

from ..portals import person
from .conftest import Portal

ROW_A = "partners/in-kind/row-a.yml"


def assert_like_a_clean_build(portal: Portal, name: str) -> None:
    again = portal.build()
    clean = portal.build(out=name)
    assert again.snapshot() == clean.snapshot()


def test_nothing_changed_nothing_is_read_or_written(portal: Portal):
    first = portal.build()
    assert first.warnings == ""
    before = first.snapshot()
    again = portal.build()
    assert again.read == set()
    assert again.written == set()
    assert again.snapshot() == before


def test_a_changed_figure_is_read_by_the_pages_that_show_it_and_no_other(portal: Portal):
    portal.build()
    portal.change(ROW_A, "5-10", "5-11")
    portal.change(ROW_A, "7-12", "7-13")
    again = portal.build()
    assert again.read == {
        "partners/in-kind/row-a",
        "partners/organisations/a",
        # Its share of the total moved with the total.
        "partners/organisations/b",
        "pages/tables",
        "pages/sentence",
    }
    assert "12–18" in again.page("pages/sentence.html").text
    assert_like_a_clean_build(portal, "clean")


def test_a_changed_text_is_read_by_its_own_page_only(portal: Portal):
    portal.build()
    portal.change("partners/organisations/b.yml", "The partner.", "Another text.")
    assert portal.build().read == {"partners/organisations/b"}
    assert_like_a_clean_build(portal, "clean")


def test_a_changed_name_reaches_every_page_that_says_it(portal: Portal):
    portal.build()
    portal.change("partners/organisations/b.yml", "name: Partner B", "name: Partner Bee")
    again = portal.build()
    assert {"pages/list", "pages/sentence", "partners/in-kind/row-b"} <= again.read
    assert "pages/plain" not in again.read
    assert_like_a_clean_build(portal, "clean")


def test_a_new_record_reaches_the_lists(portal: Portal):
    portal.build()
    portal.write(
        {
            "partners/people/grace.yml": person("Grace", "Grace"),
        }
    )
    again = portal.build()
    assert again.read >= {"partners/people/grace", "pages/old"}
    assert "pages/tables" not in again.read
    assert "Grace" in again.page("pages/old.html").text
    assert_like_a_clean_build(portal, "clean")


def test_a_renamed_record_leaves_no_stale_link(portal: Portal):
    portal.write({"partners/people/grace.yml": person("Grace", "Grace")})
    portal.build()
    people = portal.root / "partners/people"
    (people / "grace.yml").rename(people / "hopper.yml")
    again = portal.build()
    links = {link["href"] for link in again.page("pages/old.html").select("article a[href]")}
    assert "../partners/people/hopper.html" in links
    assert "../partners/people/grace.html" not in links


def test_a_deleted_record_is_missed_where_it_was_named(portal: Portal):
    portal.build()
    (portal.root / "partners/organisations/b.yml").unlink()
    (portal.root / "partners/in-kind/row-b.yml").unlink()
    again = portal.build()
    assert "pages/sentence.md:3: WARNING: no partner has the id `b`" in again.warnings
    assert "pages/old.rst:4: WARNING: no partner has the id `b`" in again.warnings
    assert "Partner B" not in again.page("pages/list.html").text


def test_a_changed_template_is_read_by_the_records_of_its_kind(portal: Portal):
    template = "conf/templates/records/person.md.j2"
    portal.write({template: "# {{ record.name }}\n\nFirst.\n"})
    portal.build()
    portal.write({template: "# {{ record.name }}\n\nSecond.\n"})
    again = portal.build()
    assert again.read == {"partners/people/ada"}
    assert "Second." in again.page("partners/people/ada.html").text


def test_a_new_template_takes_the_place_of_guildhall_s_own(portal: Portal):
    portal.build()
    template = "conf/templates/records/person.md.j2"
    portal.write({template: "# {{ record.name }}\n\nOur own.\n"})
    again = portal.build()
    assert again.read == {"partners/people/ada"}
    assert "Our own." in again.page("partners/people/ada.html").text
    (portal.root / template).unlink()
    last = portal.build()
    assert last.read == {"partners/people/ada"}
    assert "Our own." not in last.page("partners/people/ada.html").text


def test_changed_settings_are_read_by_all(portal: Portal):
    first = portal.build()
    assert "ada@example.org" in first.page("partners/people/ada.html").text
    portal.change("conf/portal.yml", "title: Small\n", "title: Small\nshow_email: false\n")
    again = portal.build()
    assert b"ada@example.org" not in b"".join(again.snapshot().values())


def test_another_day_is_read_by_the_pages_that_show_it(portal: Portal):
    portal.build()
    again = portal.build(GUILDHALL_TODAY="2025-07-01")
    assert again.read == {"partners/projects/phase"}


def test_memory_of_other_look_ups_is_thrown_away(portal: Portal):
    first = portal.build()
    memory = portal.root.parent / f"{first.folder.name}-trees/environment.pickle"
    kept = memory.read_bytes()
    # As if it had been written before a look-up got another name.
    assert b"RecordsOf" in kept
    memory.write_bytes(kept.replace(b"RecordsOf", b"RecordsIn"))
    again = portal.build()
    assert (again.code, again.warnings) == (0, "")
    assert again.read == first.read
    assert again.snapshot() == first.snapshot()


def test_edits_in_a_row_end_like_a_clean_build(portal: Portal):
    portal.build()
    portal.change("partners/organisations/a.yml", "country: FI", "country: SE")
    portal.build()
    portal.change("partners/risks/loss.yml", "title: People leave", "title: People go")
    portal.build()
    portal.change("partners/budget/meetings.yml", "2025: 100,", "2025: 200,")
    portal.change("partners/budget/meetings.yml", "total: 1100", "total: 1200")
    portal.build()
    portal.change("pages/plain.md", "# Plain", "# Plainer")
    assert_like_a_clean_build(portal, "clean")
