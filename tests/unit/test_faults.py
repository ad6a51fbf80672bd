"""All faults of a portal are told in one run, in the order of files and lines, each once."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent

from .conftest import Files, Portal

PROJECT = """\
kind: project
name: One
type: Project
phase: Only
start: 2025-01-01
end: 2025-12-31
summary: A project.
in_kind:
  stated:
    years: {2025: 12}
    total: 12
claims:
  - text: two partners
    figure: partners.count
    value: 2
"""
PERSON = "kind: person\nname: Ada\nsort_name: Ada\n"


def partner(name: str) -> str:
    return (
        f"kind: partner\nname: {name}\nshort_name: {name}\ncountry: NO\ncontact: ada\n"
        "description: A place.\n"
        "participation:\n  - {project: one, groups: All., involvement: All.}\n"
    )


def row(name: str, amount: str) -> str:
    return (
        f"kind: in-kind\nproject: one\npartner: {name}\nname: {name}\n"
        f"amounts: {{2025: {amount}}}\ntotal: {amount}\n"
    )


SOUND: Files = {
    "conf/portal.yml": "title: Small\nproject: one\nsources: [partners]\n",
    "partners/one.yml": PROJECT,
    "partners/people/ada.yml": PERSON,
    "partners/organisations/alpha.yml": partner("alpha"),
    "partners/organisations/beta.yml": partner("beta"),
    "partners/rows/alpha.yml": row("alpha", "5"),
    "partners/rows/beta.yml": row("beta", "7"),
}

Read = Callable[[Files], Portal]


def told(text: str) -> list[str]:
    """Faults as they are told, one a line; a line that is indented further goes on."""
    return re.sub(r"\n {2,}", " ", dedent(text).strip()).split("\n")


def test_a_sound_portal_has_no_fault(portal: Read):
    read = portal(SOUND)
    assert read.faults == []
    assert read.report.ok


def test_every_fault_of_every_file_is_told_once_and_in_order(portal: Read):
    read = portal(
        {
            **SOUND,
            "conf/portal.yml": "titel: Small\nsources: [partners]\n",
            "partners/people/ada.yml": PERSON + "orcid: 0000-0002-1825-0098\nemail: ada@\n",
            "partners/people/bob.yml": "kind: persn\n",
            "partners/people/cyd.yml": PERSON.encode("utf-16"),
            "partners/people/dee.yml": PERSON + "name: Dee\nlinks:\n  - {url: 'ftp://a.b'}\n",
            "partners/people/eve.yml": PERSON + "affiliations: [alhpa]\n",
            "partners/rows/beta.yml": row("beta", "1.2 million across two grants"),
            "partners/rows/gamma.yml": row("alpha", "10:00").replace("project", "projekt"),
        }
    )
    assert read.faults == told("""
        conf/portal.yml:1:1: unknown key `titel`; did you mean `title`? [record.unknown-key]
        partners/people/ada.yml:4:8: `orcid`: found `0000-0002-1825-0098`, expected an ORCID iD
          whose check character is right (here `7`) [record.value]
        partners/people/ada.yml:5:8: `email`: found `ada@`, expected an e-mail address such as
          `name@example.org` [record.value]
        partners/people/bob.yml:1:7: unknown kind `persn`; did you mean `person`?
          [record.unknown-kind]
        partners/people/cyd.yml:1:1: the file is not UTF-8 (it looks like UTF-16 or binary data)
          [record.unreadable]
        partners/people/dee.yml:4:1: the key `name` appears twice (first at line 2)
          [record.duplicate-key]
        partners/people/dee.yml:6:11: `links.url`: found `ftp://a.b`, expected a web address that
          starts with `https://` or `http://` [record.value]
        partners/people/eve.yml:4:16: no partner has the id `alhpa`; did you mean `alpha`?
          [record.unknown-id]
        partners/rows/beta.yml:5:17: `amounts.2025`: found `1.2 million across two grants`, expected
          a number such as `7.5` or a range such as `5-10` [record.value]
        partners/rows/beta.yml:6:8: `total`: found `1.2 million across two grants`, expected a
          number such as `7.5` or a range such as `5-10` [record.value]
        partners/rows/gamma.yml:2:1: unknown key `projekt`; did you mean `project`?
          [record.unknown-key]
        partners/rows/gamma.yml:5:17: `amounts.2025`: found `10:00`, expected a number such as `7.5`
          or a range such as `5-10` [record.value]
        partners/rows/gamma.yml:6:8: `total`: found `10:00`, expected a number such as `7.5` or a
          range such as `5-10` [record.value]
    """)


def test_a_broken_row_makes_no_sum_wrong(portal: Read):
    read = portal({**SOUND, "partners/rows/beta.yml": row("beta", "seven")})
    status = {result.id: result.status for result in read.report.results}
    assert len(read.faults) == 2
    assert "fail" not in status.values()
    assert status["in-kind.grand-total"] == status["coverage.partners"] == "skip"
    assert status["in-kind.row-totals"] == "pass"


def test_a_broken_partner_makes_no_id_unknown_and_no_claim_wrong(portal: Read):
    spoilt = partner("beta").replace("country: NO", "country: false")
    read = portal({**SOUND, "partners/organisations/beta.yml": spoilt})
    assert read.faults == told("""
        partners/organisations/beta.yml:4:10: `country`: found `false`, expected an ISO 3166-1
          country code of two capitals, such as `NO`, or `EU`, `UN` or `international` for an
          international body [record.value]
    """)
    status = {result.id: result.status for result in read.report.results}
    assert "fail" not in status.values()
    assert status["claims"] == "skip"


def test_a_broken_project_leaves_its_rows_without_a_fault(portal: Read):
    read = portal({**SOUND, "partners/one.yml": PROJECT.replace("2025-12-31", "2025-02-30")})
    assert read.faults == told("""
        partners/one.yml:6:6: `end`: found `2025-02-30`, expected a day that exists
          [record.value]
    """)
    looked = {result.id for result in read.report.results if result.status != "skip"}
    # Partners and people are sound, and have their own days.
    assert looked == {"coverage.ended"}
