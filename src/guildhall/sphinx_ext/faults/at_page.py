"""The page that a failing build was at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_PAGE = "guildhall_page"


@contextmanager
def at_page(docname: str) -> Iterator[None]:
    """Let what is raised in here say at which page that was; the innermost page counts."""
    try:
        yield
    except BaseException as error:
        if not page_of(error):
            setattr(error, _PAGE, docname)
        raise


def page_of(error: BaseException) -> str:
    """The page at which something was raised; empty where it was at none."""
    return getattr(error, _PAGE, "")
