"""Which settings a portal states itself, in ``conf.py`` or on the command line.

Why: Sphinx answers what a setting is, and not whether it is a default.

Without it: what ``conf/portal.yml`` says would win over ``conf.py``, or not be heard at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.config import Config


def is_in_conf(config: Config, name: str) -> bool:
    """Whether ``conf.py`` states a setting and gives it a value that counts as true."""
    return bool(config._raw_config.get(name))


def is_stated(config: Config, name: str) -> bool:
    """Whether ``conf.py`` or the command line states a setting."""
    return name in config._raw_config or name in config.overrides


def stated(config: Config) -> frozenset[str]:
    """The names of what ``conf.py`` or the command line states, settings or not."""
    return frozenset({*config._raw_config, *config.overrides})
