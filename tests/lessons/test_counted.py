"""What is kept of pages to count in: it gives the numbers that Sphinx finds in whole pages."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import count

import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.docutils import docutils_namespace, patch_docutils

from guildhall.sphinx_ext.lessons.counted import counted_in

PAGES = ("index", "a", "b", "c")
KINDS = ("section", "text", "toctree", "figure", "table", "listing", "equation", "topic")
Form = tuple[str, bool, bool, int, list["Form"]]
"""A node: its kind, whether it has a title and an id, the page that it may list, its children."""

forms: st.SearchStrategy[list[Form]] = st.recursive(
    st.just([]),
    lambda below: st.lists(
        st.tuples(st.sampled_from(KINDS), st.booleans(), st.booleans(), st.integers(0, 3), below),
        max_size=4,
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuildEnvironment]:
    folder = tmp_path_factory.mktemp("counted")
    (folder / "index.rst").write_text("Home\n====\n", encoding="utf-8")
    with patch_docutils(), docutils_namespace():
        settings = {"numfig": True, "source_suffix": {".rst": "restructuredtext"}}
        app = Sphinx(
            *(folder, None, folder / "out", folder / "trees", "dummy"),
            confoverrides=settings,
            status=None,
            warning=None,
        )
        # What an extension numbers has titles of its own making.
        app.env.domains.standard_domain.enumerable_nodes[nodes.topic] = (
            "topic",
            lambda node: node.get("called"),
        )
        yield app.env


def made(forms: list[Form], ids: Iterator[int]) -> Iterator[nodes.Element]:
    """The nodes of a page, as directives make them."""
    for kind, titled, named, page, below in forms:
        names = [f"id{next(ids)}"] if named or kind == "section" else []
        title = [nodes.caption("", "A caption")] if titled else []
        inside = list(made(below, ids))
        match kind:
            case "section":
                yield nodes.section("", nodes.title("", "A title"), *inside, ids=names)
            case "toctree":
                yield addnodes.toctree(entries=[(None, PAGES[page]), (None, "self")])
            case "listing":
                block = nodes.literal_block("code", "code")
                yield nodes.container("", *title, block, *inside, literal_block=True, ids=names)
            case "equation":
                yield nodes.math_block("a", "a", ids=names, number=1)
            case "topic":
                yield nodes.topic("", *inside, ids=names, called="One" if titled else None)
            case "figure":
                yield nodes.figure("", nodes.image(uri="a.png"), *title, *inside, ids=names)
            case "table":
                entry = nodes.entry("", *inside)
                titles = [nodes.title("", "A caption")] if titled else []
                yield nodes.table("", *titles, nodes.row("", entry), ids=names)
            case _:
                yield nodes.note("", nodes.paragraph("", "Text"), *inside, ids=names)


def numbers(env: BuildEnvironment, trees: dict[str, nodes.Element]) -> object:
    env.get_doctree = trees.__getitem__  # type: ignore[method-assign, assignment]
    env.toc_fignumbers = {}
    TocTreeCollector().assign_figure_numbers(env)
    return env.toc_fignumbers


@given(st.tuples(*(forms for _ in PAGES)), st.lists(st.integers(0, 20), max_size=8))
def test_the_numbers_are_those_of_the_whole_pages(
    env: BuildEnvironment, pages: tuple[list[Form], ...], numbered: list[int]
):
    ids = count()
    whole: dict[str, nodes.Element] = {}
    for docname, page in zip(PAGES, pages, strict=True):
        whole[docname] = new_document(docname)
        # Each is reached from the first one.
        listed = [(None, each) for each in PAGES] if docname == "index" else []
        whole[docname] += [*made(page, ids), addnodes.toctree(entries=listed)]
    env.toc_secnumbers = {
        docname: {f"#id{name}": (place + 1, name) for place, name in enumerate(numbered)}
        for docname in PAGES[1:]
    }
    domains = list(env.domains.sorted())
    parts = {
        docname: nodes.Element("", *counted_in(tree, domains)) for docname, tree in whole.items()
    }
    kept = pickle.loads(pickle.dumps(parts))
    assert numbers(env, kept) == numbers(env, whole)


def test_what_is_not_counted_is_not_kept(env: BuildEnvironment):
    page = new_document("page")
    page += nodes.section("", nodes.paragraph("", "Text"), ids=["a"])
    figure = nodes.figure("", nodes.caption("", "A caption"), ids=["b"])
    page += nodes.section("", nodes.note("", nodes.paragraph("", "Text"), figure), ids=["c"])
    (section,) = counted_in(page, list(env.domains.sorted()))
    assert section["ids"] == ["c"]
    assert [type(each) for each in section.findall(nodes.Element)] == [
        nodes.section,
        nodes.figure,
        nodes.caption,
    ]
    assert all(each.document is None for each in section.findall())
