"""Passwords of meetings in links: found, and never said."""

from __future__ import annotations

import pytest

from guildhall.check.content.meetings import meeting_passwords


def test_passwords_of_meetings_in_links():
    text = b'<a href="https://uni-se.zoom.us/j/6512?uname=x&amp;pwd=dGhpc2lzYXB3">Join</a>'
    (fault,) = meeting_passwords("page.html", text * 2)
    assert fault.rule == "privacy.meeting-password"
    assert "dGhp" not in fault.message + fault.needle
    assert fault.needle == "https://uni-se.zoom.us/j/6512?uname=x&pwd="


@pytest.mark.parametrize("query", ["", "?pwd=xxxxxxxx", "?pwd=aaaabb"])
def test_examples_are_passed_over(query: str):
    page = f'<a href="https://uni.zoom.us/j/123456789{query}">Join</a>'
    assert list(meeting_passwords("page.html", page.encode())) == []
