"""A method of one object, with something of ours around it.

Why: Sphinx has no event around the reading or the writing of one page.

Without it: a page that a directive stumbles over ends the build, and says neither where nor why.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any


def put_around(holder: Any, name: str, around: Callable[..., Any]) -> None:
    """Replace a method of one object; its class stays as it is.

    Args:
        holder: the object.
        name: the method's name.
        around: is called with the object, the method as it was, and its arguments.
    """
    setattr(holder, name, partial(around, holder, getattr(holder, name)))
