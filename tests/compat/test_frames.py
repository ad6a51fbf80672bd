"""The directive or role that an exception comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docutils.parsers.rst import Directive
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from guildhall.sphinx_ext.compat.frames import place_of

from .conftest import MakeApp


class Fails(Directive):
    has_content = True

    def run(self) -> list[Any]:
        raise ValueError("no way")


def fails(*args: Any, **kwargs: Any) -> Any:
    raise ValueError("no way")


CASES = {
    "a directive": ("rst", "Home\n====\n\n.. fails::\n", ("directive fails", 4)),
    "one in another": (
        "rst",
        "Home\n====\n\n.. note::\n\n   .. fails::\n",
        ("directive fails", 6),
    ),
    "a role": ("rst", "Home\n====\n\nA :fails:`text`\n", ("role fails", 4)),
    "a directive in Markdown": ("md", "# Home\n\n```{fails}\n```\n", ("directive fails", 3)),
    "a role in Markdown": ("md", "# Home\n\nA {fails}`text`\n", ("role fails", 3)),
    "what is neither": ("md", "# Home\n\nText\n\nA **strong** one\n", ("", 5)),
}


@pytest.mark.parametrize(("suffix", "text", "expected"), CASES.values(), ids=CASES)
def test_it_is_named_with_its_line(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    text: str,
    expected: tuple[str, int],
):
    monkeypatch.setattr(SphinxRenderer, "render_strong", fails)
    app = make_app({f"index.{suffix}": text}, extensions=["myst_parser"])
    app.add_directive("fails", Fails)
    app.add_role("fails", fails)
    with pytest.raises(ValueError, match="no way") as error:
        app.build()
    what, source, line = place_of(error.value)
    assert (what, line) == expected
    assert not source or Path(source).name == f"index.{suffix}"
