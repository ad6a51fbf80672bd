"""The numbers of figures that pages show."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from guildhall.sphinx_ext.compat.figure_numbers import count_in, show_figure_numbers

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


def test_sphinx_counts_in_the_trees_that_it_is_given(make_app: MakeApp):
    files = {"index.rst": f"{PAGE}\n.. toctree::\n\n   other\n", "other.rst": PAGE, "a.png": ""}
    app = make_app(files, numfig=True)

    def trees(env: BuildEnvironment) -> dict[str, nodes.Element]:
        figure = nodes.figure("", nodes.caption("", "A caption"), ids=["given"])
        return {"other": nodes.Element("", figure)}

    count_in(app, trees)
    app.build()
    assert app.env.toc_fignumbers == {
        "index": {"figure": {"id1": (1,)}},
        "other": {"figure": {"given": (2,)}},
    }
    # All others get the page as it is.
    assert app.env.get_doctree("other").astext().startswith("Home\n\nSee it.")
