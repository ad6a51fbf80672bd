"""Small projects that Sphinx builds in this process, without Guildhall."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

MakeApp = Callable[..., Sphinx]


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Makes an application of some files; settings are given by name, ``parallel`` among them."""
    with patch_docutils(), docutils_namespace():

        def make(files: dict[str, str], parallel: int = 1, **settings: Any) -> Sphinx:
            source = tmp_path / "source"
            for name, text in files.items():
                path = source / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            # Sphinx changes its own default, for all applications of the process.
            settings.setdefault("source_suffix", {".rst": "restructuredtext"})
            return Sphinx(
                source,
                source if "conf.py" in files else None,
                tmp_path / "out",
                tmp_path / "trees",
                "html",
                confoverrides={"html_theme": "basic", **settings},
                status=None,
                warning=io.StringIO(),
                parallel=parallel,
            )

        yield make


def html(app: Sphinx, name: str = "index") -> str:
    """What was written of a page."""
    return (Path(app.outdir) / f"{name}.html").read_text(encoding="utf-8")
