"""Methods of a builder with something around them."""

from __future__ import annotations

from typing import Any

import pytest

from guildhall.sphinx_ext.compat.methods import put_around

from .conftest import MakeApp


@pytest.mark.parametrize("name", ["read_doc", "write_doc", "write_doc_serialized"])
def test_each_page_goes_through_the_method(make_app: MakeApp, name: str):
    app = make_app({"index.rst": "Home\n====\n", "other.rst": "Other\n=====\n"})
    seen: list[str] = []

    def noting(builder: Any, method: Any, docname: str, *args: Any, **options: Any) -> None:
        assert builder is app.builder
        seen.append(docname)
        method(docname, *args, **options)

    put_around(app.builder, name, noting)
    app.build()
    assert sorted(seen) == ["index", "other"]
