"""What a portal chooses of the check of its pages' content."""

from __future__ import annotations

from guildhall.model.base.fields import Line, Whole
from guildhall.model.base.model import Model


class Budgets(Model):
    """How heavy pages and images may be; a KB is 1,000 bytes, and 0 is no limit."""

    image: Whole = 500
    """The weight of an image, in KB."""
    image_width: Whole = 3000
    """The width of an image, in pixels."""
    page: Whole = 1500
    """The weight of a page with its styles, scripts and images, in KB."""
    html: Whole = 300
    """The weight of a page's HTML alone, in KB."""


class Content(Model):
    """What a portal says of the content of its pages."""

    budgets: Budgets = Budgets()
    """How heavy pages and images may be."""
    addresses: tuple[Line, ...] = ()
    """E-mail addresses beyond those of people's records that are meant to be public; `@host` for
    all of a host."""
    names: tuple[Line, ...] = ("GitHub", "GitLab", "JupyterLab")
    """Names beyond those of records that have one right spelling, such as `GitHub`."""
