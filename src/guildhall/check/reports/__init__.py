"""How the check reports: one outcome, shown to people, to programs, and on the site itself."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guildhall.check.reports.outcome import Outcome

FORMS = ("text", "github", "json", "sarif", "junit")
"""The forms of reports."""


def render(form: str, outcome: Outcome, root: Path, *, color: bool = False) -> str:
    """A report that ends with a newline, or is empty where annotations have nothing to say.

    Args:
        form: one of :data:`FORMS`.
        outcome: what the check found.
        root: the portal's folder.
        color: whether text is for a terminal that takes colours.

    Raises:
        ValueError: for another form.
    """
    from guildhall.check.reports import as_json, github, junit, sarif, text

    top = github.top_of_checkout()
    match form:
        case "text":
            width = get_terminal_size().columns if color else None
            return text.render(outcome, root, colour=color, width=width)
        case "github":
            return github.render(outcome, root, top=top)
        case "json":
            return as_json.render(outcome, root)
        case "sarif":
            return sarif.render(outcome, root, top=top)
        case "junit":
            return junit.render(outcome, root)
    raise ValueError(f"found the form `{form}`, expected one of {', '.join(FORMS)}")
