"""One thing that is wrong on the generated site, or that looks wrong but is right.

Each has a page of its own, so that what a checker says about a page can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

HOST = "portal.example"
BASE_PATH = "/project/"
BASE = f"https://{HOST}{BASE_PATH}"
"""Where the generated site is published; RFC 2606 gives ``.example`` to nobody."""


class Task(StrEnum):
    """What a fault is about."""

    LINKS = "links"
    CONTENT = "content"
    BEYOND = "beyond"
    """What some checker looks for, but no reader is harmed by; the entry says why."""


@dataclass(frozen=True)
class Seed:
    """One fault, or one thing that is right.

    Args:
        name: the name of its page, without ``.html``.
        what: what is wrong, or why it is right, in a few words.
        body: HTML of its page's content.
        head: HTML of its page's head.
        token: text that tells a finding about this fault from others on the same page, in small
            letters; empty where any finding is about it.
        files: further files, by name relative to the site.
        places: the files that a finding may name; empty for the entry's own page.
        task: what it is about.
        plain: whether the page has none of what all pages have in their heads and navigation.
        linked: whether another page links to it.
        doctype: whether the page has a doctype.
        why_beyond: why it is none of our business.
    """

    name: str
    what: str
    body: str = ""
    head: str = ""
    token: str = "gone"
    files: dict[str, str | bytes] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    task: Task = Task.LINKS
    plain: bool = False
    linked: bool = True
    doctype: bool = True
    why_beyond: str = ""


def link(address: str, text: str = "A link to read") -> str:
    """A paragraph with a link."""
    return f'<p><a href="{address}">{text}</a></p>'


def image(source: str) -> str:
    """A paragraph with a picture."""
    return f'<p><img alt="A drawing" width="4" height="4" {source}></p>'


GOOD = "../_static/dot.png"
"""A picture that is there."""


def redirect(to: str) -> str:
    """What sends readers on."""
    return f'<meta http-equiv="refresh" content="0; url={to}">'
