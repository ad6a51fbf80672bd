"""What several parts of a run find of one thing is told once."""

from __future__ import annotations

from guildhall.check.run.judge import once
from guildhall.check.run.part import Part
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.severity import Severity


def finding(place: str, rule: str, message: str = "", target: str = "") -> Finding:
    path, line, column = place.split(":")
    return Finding(path, int(line), int(column), rule, message, Severity.ERROR, target=target)


def told(*parts: list[Finding]) -> list[str]:
    found = once(Part(tuple(each), ()) for each in parts)
    return [f"{each.path}:{each.line}:{each.column} {each.rule}" for each in found]


WARNED = finding("a.md:3:0", "build.warning", "target not found: 'gone.md' [myst.xref_missing]")


def test_a_rule_of_sources_and_pages_is_told_of_the_source():
    source, page = finding("a.md:3:5", "image-alt"), finding("a.md:3:9", "image-alt")
    assert told([source], [page]) == ["a.md:3:5 image-alt"]


def test_two_things_of_one_part_at_one_place_are_two():
    found = [finding("a.md:3:5", "image-alt", "one"), finding("a.md:3:5", "image-alt", "two")]
    assert len(told(found)) == 2


def test_a_warning_of_the_build_takes_the_place_of_the_link_that_leads_nowhere():
    link = finding("a.md:4:9", "links.missing-anchor", target="#gone.md")
    assert told([WARNED], [link]) == ["a.md:4:9 build.warning"]


def test_a_second_link_of_a_paragraph_is_told_for_itself():
    links = [
        finding("a.md:4:9", "links.missing-anchor", target="#gone.md"),
        finding("a.md:5:2", "links.missing-anchor", target="#gone.md"),
    ]
    assert told([WARNED], links) == ["a.md:4:9 build.warning", "a.md:5:2 links.missing-anchor"]


def test_other_links_pages_and_rules_are_told_beside_a_warning():
    for other in (
        finding("a.md:4:9", "links.missing-page", target="other.html"),
        finding("b.md:4:9", "links.missing-anchor", target="#gone.md"),
        finding("a.md:2:9", "links.missing-anchor", target="#gone.md"),
        finding("a.md:4:9", "link-text", target="#gone.md"),
    ):
        assert len(told([WARNED], [other])) == 2


def test_a_page_in_no_table_of_contents_is_no_orphan_as_well():
    warned = finding("a.md:0:0", "build.warning", "not included in any toctree [toc.not_included]")
    assert told([warned], [finding("a.md:1:1", "links.orphan")]) == ["a.md:1:1 build.warning"]


def test_a_lesson_on_one_page_tells_nothing_again():
    warned = finding(
        "lessons/git/a.md:3:0", "build.warning", "not found: 'gone.md' [myst.xref_missing]"
    )
    seen = finding("lessons/git/view/all.html:9:1", "links.missing-anchor", target="#a--gone.md")
    assert told([warned], [seen]) == ["lessons/git/a.md:3:0 build.warning"]
