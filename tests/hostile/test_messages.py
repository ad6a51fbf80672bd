"""No message holds what a terminal acts on, what reads otherwise than it stands, or a password."""

from __future__ import annotations

import logging

import pytest

from guildhall.check.reports.texts import one_line
from guildhall.check.site.quoting import quote as quote_address
from guildhall.cli.building.sphinx_log import finding_of
from guildhall.cli.report.messages import annotation_of
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.markdown import shortened
from guildhall.core.values.faults import ValueFault, quote
from guildhall.core.values.identifiers import parse_git_address
from guildhall.core.values.legible import DIRECTIONS, legible, without_passwords
from guildhall.network.lessons.git import GitError, resolve

from .attacks import HERE, read_rows

ADDRESSES = read_rows(HERE / "addresses.md")
TEXTS = read_rows(HERE / "messages.md")
SOUND_ADDRESSES = (
    "https://github.com/coderefinery/git-intro.git",
    "https://gitlab.example:8443/group/sub.group/x",
    "https://[::1]/x.git",
    "https://git.sr.ht/~user/lesson",
    "https://host.example/@scope/x.git",
    "ssh://git@github.com/a/b.git",
    "ssh://git@host.example:2222/a/b.git",
    "git@github.com:coderefinery/git-intro.git",
    "file:///srv/git/x.git",
)


def characters(text: str) -> str:
    """A text of the table with its escapes read."""
    text = text.replace("\\e", "\x1b").replace("\\a", "\a")
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape")


@pytest.mark.parametrize(("address", "tried"), ADDRESSES)
def test_an_address_that_runs_something_or_holds_a_secret_is_refused(address: str, tried: str):
    with pytest.raises(ValueFault) as found:
        parse_git_address(address)
    assert "SECRET" not in str(found.value)
    assert "CRET" not in str(found.value)
    with pytest.raises(GitError) as failed:
        resolve(address, "main")
    assert "CRET" not in str(failed.value)


@pytest.mark.parametrize("address", SOUND_ADDRESSES)
def test_addresses_of_repositories_are_taken(address: str):
    assert parse_git_address(address) == address


@pytest.mark.parametrize(("text", "tried"), TEXTS)
def test_what_a_message_shows_is_only_writing(text: str, tried: str):
    written = characters(text)
    record = logging.makeLogRecord({"msg": f"found {written}", "location": f"/a/{written}.md:1"})
    finding = Finding(f"a/{written}.md", 1, 1, "rule", f"found {written}")
    for shown in (
        quote(written),
        quote_address(written),
        one_line(written),
        shortened(written),
        str(finding),
        str(finding_of(record)),
        annotation_of(finding, "error"),
    ):
        assert not DIRECTIONS & set(shown)
        assert all(char.isprintable() for char in shown.replace("%0D", "").replace("%0A", "")), (
            shown
        )


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍💻", "👨‍👩‍👧", "क्‍ष", "9 000 EUR", "Å é ß", "🏴"])
def test_writing_of_all_languages_stays(text: str):
    assert legible(text) == text
    assert quote(text) == f"`{text}`"


def test_passwords_are_left_out_wherever_an_address_stands():
    for text, shown in {
        "fatal: unable to access 'https://u:p@h/x/': no": (
            "fatal: unable to access 'https://…@h/x/': no"
        ),
        "see ftp://u:p@h and https://token@h/": "see ftp://…@h and https://…@h/",
        "ssh://git@h/x stays, mail@h too": "ssh://git@h/x stays, mail@h too",
        "https://h/@scope": "https://h/@scope",
    }.items():
        assert without_passwords(text) == shown
