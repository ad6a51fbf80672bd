"""The numbers of figures that pages show."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from guildhall.sphinx_ext.compat.figure_numbers import show_figure_numbers

from .conftest import MakeApp, html

PAGE = "Home\n====\n\nSee :numref:`it`.\n\n.. _it:\n\n.. figure:: a.png\n\n   A caption\n"


def test_pages_show_other_numbers(make_app: MakeApp):
    app = make_app({"index.rst": PAGE, "a.png": ""}, numfig=True)
    own = []

    def renumber(app: Sphinx, env: BuildEnvironment) -> list[str]:
        (name,) = env.toc_fignumbers["index"]["figure"]
        own.append(env.toc_fignumbers["index"]["figure"][name])
        show_figure_numbers(env, {"index": {"figure": {name: (7,)}}})
        return []

    app.connect("env-get-updated", renumber, priority=900)
    app.build()
    assert own == [(1,)]
    assert html(app).count("Fig. 7") == 2
