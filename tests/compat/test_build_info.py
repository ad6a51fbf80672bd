"""The file that says which settings a site was built with."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.sphinx_ext.compat.build_info import mistrust

from .conftest import MakeApp


@pytest.mark.parametrize("text", [None, "", "broken", "# Sphinx build info version 1\n\nx\n"])
def test_without_it_all_pages_are_written(make_app: MakeApp, text: str | None):
    app = make_app({"index.rst": "Home\n====\n"})
    app.build()
    file = Path(app.outdir) / ".buildinfo"
    before = file.read_bytes()
    mistrust(Path(app.outdir))
    assert file.read_bytes() == before
    assert list(app.builder.get_outdated_docs()) == []
    file.unlink()
    assert list(app.builder.get_outdated_docs()) == []
    if text is not None:
        file.write_text(text, encoding="utf-8")
    mistrust(Path(app.outdir))
    assert list(app.builder.get_outdated_docs()) == ["index"]
