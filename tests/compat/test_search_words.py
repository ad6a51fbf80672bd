"""What the search index holds of each page."""

from __future__ import annotations

from pathlib import Path

from guildhall.sphinx_ext.compat.search_words import (
    SCRIPTS,
    OpenIndex,
    before_writing,
    remove_search,
    without_index,
)

from .conftest import MakeApp

FILES = {
    "index.rst": "Home\n====\n\n.. glossary::\n\n   commit\n      Saved.\n\n.. index:: state\n",
    "other.rst": "Other\n=====\n\nSection of words\n----------------\n\n.. py:function:: go\n\n",
}


def test_an_index_of_parts_is_that_of_the_whole(make_app: MakeApp):
    app = make_app(FILES)
    app.build()
    whole = app.builder.indexer.freeze()
    index = OpenIndex(app.env, "en", {}, "")
    parts = {}
    for name in ("other", "index"):
        index.clear()
        title = app.env.titles[name].astext()
        index.feed(name, f"{name}.rst", title, app.env.get_doctree(name))
        parts[name] = index.page(name)
    index.fill({name: parts[name] for name in sorted(parts)})
    assert index.freeze() == whole
    assert "commit" in str(parts["index"].entries)
    assert "section" in parts["other"].title_words


def test_the_index_is_prepared_once_before_pages_are_written(make_app: MakeApp):
    app = make_app(FILES)
    asked: list[set[str]] = []
    before_writing(app.builder, lambda docnames: asked.append(set(docnames)))
    app.build()
    assert asked == [{"index", "other"}]


def test_a_site_is_built_without_the_index(make_app: MakeApp):
    app = make_app(FILES)
    without_index(app.builder)
    app.build()
    out = Path(app.outdir)
    assert not (out / "searchindex.js").exists()
    assert (out / "search.html").is_file()
    (out / "searchindex.js").write_text("of an earlier build")
    assert all((out / "_static" / name).is_file() for name in SCRIPTS)
    remove_search(app.builder)
    assert not (out / "searchindex.js").exists()
    assert not any((out / "_static" / name).exists() for name in SCRIPTS)
