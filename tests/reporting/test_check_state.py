"""The page on the state of the portal: in every form, in its language, and never stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guildhall.check.reports.history import HISTORY_FILE, entry_of, line_of
from guildhall.check.reports.outcome import Checked, Outcome

from ..portals import Portal, person
from .outcomes import CLEAN, HOSTILE, SMALL

NONE_YET = "has not been noted yet"
ROW = (
    "kind: in-kind\nproject: phase\npartner: a\nname: Row\namounts: {2025: 5, 2026: 6}\ntotal: 11\n"
)


def on(day: str, outcome: Outcome = SMALL) -> str:
    return line_of(entry_of(replace(outcome, today=date.fromisoformat(day))))


@pytest.fixture
def portal(tmp_path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(
        {
            "conf/conf.py": 'extensions = ["guildhall"]\n',
            "conf/portal.yml": "title: Small\nproject: phase\nsources: [pages, partners]\n",
            "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*\npartners/*\n```\n",
            "pages/checks.md": "# State\n\n:::{check-state}\n:::\n",
            "pages/plain.md": "# Plain\n\nNothing.\n",
            "partners/phase.yml": (
                "kind: project\nname: The phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
                "end: 2026-12-31\nsummary: The phase.\n"
            ),
            "partners/a.yml": (
                "kind: partner\nname: Partner\nshort_name: A\ncountry: FI\ncontact: ada\n"
                "description: Is.\n"
                "participation:\n  - project: phase\n    groups: A.\n    involvement: Teaches.\n"
            ),
            "partners/row.yml": ROW,
            "partners/ada.yml": person("Ada", "Ada"),
        }
    )
    return made


def history(*lines: str) -> dict[str, str]:
    return {HISTORY_FILE.as_posix(): "".join(lines)}


def cells(page, caption: str) -> list[list[str]]:
    (table,) = [
        each for each in page.find_all("table") if each.caption.get_text().startswith(caption)
    ]
    return [
        [cell.get_text(strip=True) for cell in row.find_all(["td", "th"])]
        for row in table.find_all("tr")
    ]


def test_without_a_history_the_page_says_so_and_shows_what_the_build_knows(portal: Portal):
    built = portal.build()
    assert built.warnings == ""
    page = built.page("pages/checks.html")
    assert NONE_YET in page.get_text()
    assert page.find("svg", attrs={"role": "img"}) is None
    assert cells(page, "Checked as this page was built") == [
        ["Area", "Checks", "Errors", "Warnings", "Notes"],
        ["Sums, claims and notes", "7", "0", "0", "0"],
        ["Lessons", "0", "0", "0", "0"],
        ["Workshops", "0", "0", "0", "0"],
    ]


def test_the_newest_day_in_words_and_numbers_and_the_course_over_time(portal: Portal):
    outcomes = (("ok", 1200), ("dead", 2), ("soft", 0), ("odd-one", 1))
    links = Checked("external", "Elsewhere", 1203, "link", 7, "not due", outcomes=outcomes)
    newest = replace(SMALL, checked=(*SMALL.checked[:3], links))
    portal.write(history(on("2025-05-30", CLEAN), on("2025-05-31", newest)))
    built = portal.build()
    assert built.warnings == ""
    page = built.page("pages/checks.html")
    text = " ".join(page.get_text().split())
    assert "on 31 May 2025, something was found that has to be mended; errors: 3" in text
    assert "External links: in order: 1,200, dead: 2, odd-one: 1." in text
    assert NONE_YET not in text
    assert cells(page, "The whole check of 31 May 2025") == [
        ["Area", "Looked at", "Errors", "Warnings", "Notes", "Left out"],
        ["Sums, claims and notes", "120", "2", "0", "0", "0"],
        ["Lesson pages", "1,234", "0", "0", "1", "0"],
        ["Internal links", "20,345", "1", "0", "0", "0"],
        ["External links", "1,203", "0", "1", "0", "7"],
    ]
    assert cells(page, "Errors and warnings over time") == [
        ["Day", "Sums, claims and notes", "Lesson pages", "Internal links", "External links"],
        ["31 May 2025", "2", "0", "1", "1"],
        ["30 May 2025", "0", "—", "0", "—"],
    ]
    svg = page.select_one("figure svg")
    assert (
        "2025-05-31: Sums, claims and notes 2, Internal links 1, External links 1" in svg.get_text()
    )


def test_a_clean_day_and_one_with_warnings_only_are_told_as_that(portal: Portal):
    portal.write(history(on("2025-05-31", CLEAN)))
    page = portal.build().page("pages/checks.html")
    assert "no errors or warnings were found" in " ".join(page.get_text().split())
    portal.write(history(on("2025-05-31", replace(SMALL, findings=SMALL.findings[:1]))))
    text = " ".join(portal.build().page("pages/checks.html").get_text().split())
    assert "nothing was found that keeps the site from being published" in text


@pytest.mark.parametrize("builder", ["text", "latex", "man", "epub"])
def test_other_forms_hold_the_numbers_too(portal: Portal, builder: str):
    portal.write(history(on("2025-05-30", CLEAN), on("2025-05-31")))
    built = portal.build("-W", builder=builder, out=builder)
    assert (built.warnings, built.code) == ("", 0)
    name = {
        "text": "pages/checks.txt",
        "latex": "*.tex",
        "man": "*.1",
        "epub": "pages/checks.xhtml",
    }
    (found,) = built.folder.glob(name[builder])
    text = found.read_text(encoding="utf-8")
    assert "20,345" in text
    assert "30 May 2025" in text


def test_the_page_speaks_the_portals_language(portal: Portal):
    portal.change("conf/portal.yml", "title: Small\n", "title: Small\nlanguage: sv\n")
    portal.write(history(on("2025-05-31")))
    text = portal.build().page("pages/checks.html").get_text()
    for words in ("Interna länkar", "Utelämnat", "Fel och varningar över tid", "20 345"):
        assert words in " ".join(text.split())


def test_a_new_day_is_read_by_this_page_and_no_other(portal: Portal):
    portal.build()
    assert portal.build().read == set()
    portal.write(history(on("2025-05-30")))
    again = portal.build()
    assert again.read == {"pages/checks"}
    assert NONE_YET not in again.page("pages/checks.html").get_text()
    portal.write(history(on("2025-05-30"), on("2025-05-31")))
    assert portal.build().read == {"pages/checks"}
    assert portal.build().read == set()
    (portal.root / HISTORY_FILE).unlink()
    last = portal.build()
    assert last.read == {"pages/checks"}
    assert NONE_YET in last.page("pages/checks.html").get_text()


def test_a_changed_sum_reaches_the_page(portal: Portal):
    portal.build()
    portal.write({"partners/row.yml": ROW.replace("total: 11\n", "")})
    again = portal.build()
    assert "pages/checks" in again.read
    assert cells(again.page("pages/checks.html"), "Checked as")[1][1] == "5"


def test_a_bad_line_is_told_at_its_place(portal: Portal):
    portal.write(history(on("2025-05-30"), "=======\n"))
    built = portal.build()
    assert f"{HISTORY_FILE.as_posix()}:2:1: WARNING: expected an object of JSON" in built.warnings
    assert "[record.history]" in built.warnings
    assert "30 May 2025" in built.page("pages/checks.html").get_text()


def test_texts_of_the_history_do_nothing_on_the_page(portal: Portal):
    portal.write(history(on("2025-05-31", HOSTILE)))
    built = portal.build()
    assert built.warnings == ""
    page = built.page("pages/checks.html")
    assert [each for each in page.find_all("script") if "alert" in each.get_text()] == []
    assert "<script>alert(1)</script>" in page.select_one("table").parent.parent.get_text()


def test_days_and_file_can_be_chosen(portal: Portal):
    portal.write({"conf/other.jsonl": "".join(on(f"2025-05-{day:02}") for day in range(1, 32))})
    portal.change("pages/checks.md", "\n:::\n", "\n:history: conf/other.jsonl\n:days: 2\n:::\n")
    rows = cells(portal.build().page("pages/checks.html"), "Errors and warnings over time")
    assert [row[0] for row in rows] == ["Day", "31 May 2025", "30 May 2025"]


def test_options_that_cannot_be_used_are_told_at_the_directive(portal: Portal):
    wrong = ("history: ../secret.jsonl", "history: /etc/passwd", "days: 0", "days: many")
    page = "".join(f":::{{check-state}}\n:{option}\n:::\n\n" for option in wrong)
    portal.write({"pages/checks.md": f"# State\n\n{page}"})
    warnings = portal.build().warnings
    for line, option in zip((3, 7, 11, 15), wrong, strict=True):
        name, _, value = option.partition(": ")
        told = (
            f"pages/checks.md:{line}: WARNING: `check-state`: `{name}`: found `{value}`, expected"
        )
        assert told in warnings


def test_labels_of_days_lie_within_the_chart(portal: Portal):
    days = (date(2025, 5, 1) + timedelta(number) for number in range(20))
    portal.write(history(*(on(day.isoformat()) for day in days)))
    svg = portal.build().page("pages/checks.html").select_one("figure svg")
    width = float(svg["viewbox" if svg.has_attr("viewbox") else "viewBox"].split()[2])
    last = max((each for each in svg.find_all("text") if each.get_text().strip() == "2025-05-20"),
               key=lambda each: float(each["x"]))  # fmt: skip
    # At the largest text, a digit is 14 units wide, and the label is centred.
    assert float(last["x"]) + 5 * 14 <= width
