"""The settings of MyST-Parser and MyST-NB for the page that is read next.

Why: both make one object of settings for the whole project, and keep it in the environment.

Without it: what one lesson turns on (a syntax, substitutions, running notebooks) is on in all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

NAMES = ("myst_config", "mystnb_config")
"""What the two keep, by name; they are dataclasses."""


def page_configs(env: BuildEnvironment) -> dict[str, Any]:
    """The settings as they are now, by the names of :data:`NAMES`."""
    return {name: getattr(env, name) for name in NAMES if hasattr(env, name)}


def set_page_config(env: BuildEnvironment, name: str, config: Any) -> None:
    """Set what the next page is read with."""
    setattr(env, name, config)
