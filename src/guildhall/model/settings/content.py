"""What a portal chooses of the check of its pages' content."""

from __future__ import annotations

from guildhall.model.base.fields import Line, Whole
from guildhall.model.base.model import Model


class Budgets(Model):
    """Size limits for pages and images; a KB is 1,000 bytes, and 0 means no limit."""

    image: Whole = 500
    """The size of an image, in KB."""
    image_width: Whole = 3000
    """The width of an image, in pixels."""
    page: Whole = 1500
    """The size of a page with its styles, scripts and images, in KB."""
    html: Whole = 300
    """The size of a page's HTML, in KB."""


class Content(Model):
    """A portal's settings for the content of its pages."""

    budgets: Budgets = Budgets()
    """Size limits for pages and images."""
    addresses: tuple[Line, ...] = ()
    """E-mail addresses beyond those of people's records that are meant to be public; `@host` for
    all of a host."""
    names: tuple[Line, ...] = ("GitHub", "GitLab", "JupyterLab")
    """Further names with a fixed spelling, such as `GitHub`."""
