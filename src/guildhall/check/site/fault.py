"""What is wrong with a page of the built site, before its source is looked up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SiteFault:
    """Something that is wrong with a file of the site, before it is known where to mend it.

    It is no finding yet: the place in a source is looked up when all pages are read, and what comes
    from one place on many pages, such as a link of a template, is one finding.

    Args:
        page: the file, relative to the site's folder, with slashes.
        rule: the id of the rule that found it.
        message: what was found and what was expected, on one line.
        needle: what to look for in the page's source, such as the address as the page has it.
        nth: which occurrence of the needle on the page is meant, from 0; those in the page's own
            content come before those in its head, navigation, header and footer.
        target: the address that it is about, as the page has it; empty where it is about none.
        fixed: the address that would be right, where it is certain.
        others: other files that show the same thing, such as what a theme puts on every page.
    """

    page: str
    rule: str
    message: str
    needle: str = ""
    nth: int = 0
    target: str = ""
    fixed: str = ""
    others: tuple[str, ...] = ()
