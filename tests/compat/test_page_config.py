"""The settings of MyST-Parser and MyST-NB for one page."""

from __future__ import annotations

import dataclasses
import json

from sphinx.application import Sphinx

from guildhall.sphinx_ext.compat.page_config import NAMES, page_configs, set_page_config

from .conftest import MakeApp, html

NOTEBOOK = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
        {
            "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
            "source": "answer()",
        },
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python"}},
    "nbformat": 4,
    "nbformat_minor": 4,
}  # fmt: skip


def test_each_page_is_read_with_its_own(make_app: MakeApp):
    fence = "# Title\n\n:::{note}\nText.\n:::\n"
    book = json.dumps(NOTEBOOK)
    files = {"index.md": fence, "other.md": fence, "own.ipynb": book, "plain.ipynb": book}
    app = make_app(files, extensions=["myst_nb"], nb_execution_mode="off")
    portal = page_configs(app.env)
    assert set(portal) == set(NAMES)

    def change(app: Sphinx, docname: str, source: list[str]) -> None:
        syntax = {"colon_fence"} if docname == "other" else set()
        myst = dataclasses.replace(portal["myst_config"], enable_extensions=syntax)
        set_page_config(app.env, "myst_config", myst)
        hidden = dataclasses.replace(portal["mystnb_config"], remove_code_source=docname == "own")
        set_page_config(app.env, "mystnb_config", hidden)

    app.connect("source-read", change)
    app.build()
    assert [":::" in html(app, name) for name in ("index", "other")] == [True, False]
    assert ["answer" in html(app, name) for name in ("own", "plain")] == [False, True]
