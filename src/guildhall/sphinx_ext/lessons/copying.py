"""What buttons that copy code take along: of a session in a terminal its commands alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

COMMANDS = Path(__file__).with_name("commands.js")


def setup_copying(app: Sphinx) -> None:
    """Load sphinx-copybutton, with functions of our own in the place of its patterns."""
    app.setup_extension("sphinx_copybutton")
    # After sphinx-copybutton has put its own there (500).
    app.connect("config-inited", _take_commands, priority=600)


def _take_commands(app: Sphinx, config: Config) -> None:
    if config.copybutton_prompt_text:
        # The portal says itself what its prompts are.
        return
    functions = COMMANDS.read_text(encoding="utf-8")
    config.html_context = {**config.html_context, "copybutton_format_func": functions}
