"""The style sheet of what directives and records show, in whatever theme.

It is one file, joined of small ones, which a browser asks for once for all pages. With Guildhall's
theme it begins with the theme's own.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from guildhall.sphinx_ext.pages.frame import FOLDER, has_own_frame
from guildhall.sphinx_ext.rendering.assets import PRIORITY, is_site

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLE_SHEET = "guildhall-styles.css"
_STYLES = Path(__file__).parents[1] / "styles"
_SHEETS = ("content", "teaching", "catalogue", "workshop", "listing", "home", "people", "plan")
_FRAME_SHEETS = ("guildhall", "lesson")
# No string in these sheets has either.
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LEFT_OUT = re.compile(r"\s*\n\s*")


def setup_styles(app: Sphinx) -> None:
    """Let all pages load the style sheet."""
    app.connect("builder-inited", _publish)


def _publish(app: Sphinx) -> None:
    if not is_site(app):
        return
    sheets = [_STYLES / f"{name}.css" for name in _SHEETS]
    if has_own_frame(app):
        sheets[:0] = [FOLDER / "styles" / f"{name}.css" for name in _FRAME_SHEETS]
    folder = Path(app.doctreedir) / "guildhall-styles"
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    text = _LEFT_OUT.sub("\n", _COMMENT.sub("", text))
    (folder / STYLE_SHEET).write_text(text, encoding="utf-8")
    # The portal's own folders come later, and may hold another file of that name.
    app.config.html_static_path.insert(0, str(folder))
    app.add_css_file(STYLE_SHEET, priority=PRIORITY)
