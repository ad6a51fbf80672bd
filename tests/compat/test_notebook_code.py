"""The files that cells of notebooks name."""

from __future__ import annotations

from typing import Any

import pytest
from myst_nb.core import read

from guildhall.sphinx_ext.compat.notebook_code import load_code, replace_load_code

from .conftest import MakeApp, html

PAGE = """\
---
file_format: mystnb
kernelspec: {name: python3}
---
# Home

```{code-cell} python3
:load: code.py

```
"""


def test_they_are_read_in_the_way_that_was_put_there(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(read, "_load_code_from_file", load_code)

    def load(page: Any, name: str, token: Any, lines: list[str]) -> list[str]:
        assert name == "code.py"
        return [line.upper() for line in load_code(page, name, token, lines)]

    replace_load_code(load)
    files = {"index.md": PAGE, "code.py": "answer()\n"}
    app = make_app(files, extensions=["myst_nb"], nb_execution_mode="off")
    app.build()
    assert "ANSWER" in html(app)
