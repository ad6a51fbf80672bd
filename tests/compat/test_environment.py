"""The class of the environment, and the trees that it keeps."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from sphinx.environment import BuildEnvironment

from guildhall.sphinx_ext.compat.environment import (
    forget_tree,
    read_page,
    replace_environment_class,
)

from .conftest import MakeApp


class Environment(BuildEnvironment):
    """Notes what it is asked for."""

    asked: list[str] = []

    def relfn2path(self, filename: str | Path, docname: str | None = None) -> tuple[str, str]:
        self.asked.append(str(filename))
        return super().relfn2path(filename, docname)

    def get_and_resolve_doctree(self, docname: str, *args: object, **kwargs: object) -> object:
        self.asked.append(f"resolved {docname}")
        return super().get_and_resolve_doctree(docname, *args, **kwargs)


def test_sphinx_asks_the_subclass(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Environment, "asked", [])
    app = make_app({"index.rst": "Home\n====\n\n.. literalinclude:: a.txt\n", "a.txt": "text"})
    replace_environment_class(app, Environment)
    app.build()
    assert Environment.asked == ["a.txt", "resolved index"]


def test_an_environment_of_an_earlier_build_becomes_one_too(make_app: MakeApp):
    files = {"index.rst": "Home\n====\n"}
    first = make_app(files)
    replace_environment_class(first, Environment)
    first.build()
    second = make_app(files)
    assert second.env.all_docs.keys() == {"index"}
    replace_environment_class(second, Environment)
    assert isinstance(second.env, Environment)


def test_a_tree_that_is_forgotten_is_looked_for_in_its_file(make_app: MakeApp):
    app = make_app({"index.rst": "Home\n====\n"})
    app.build()
    tree = app.env.get_doctree("index")
    (Path(app.doctreedir) / "index.doctree").write_bytes(b"broken")
    assert app.env.get_doctree("index").astext() == tree.astext()
    forget_tree(app.env, "index")
    with pytest.raises(pickle.UnpicklingError):
        app.env.get_doctree("index")


def test_a_page_can_be_read_between_others(make_app: MakeApp):
    app = make_app({"index.rst": "Home\n====\n"})
    app.build()
    file = Path(app.doctreedir) / "index.doctree"
    file.unlink()
    forget_tree(app.env, "index")
    read_page(app.builder, "index")
    assert app.env.get_doctree("index").astext() == "Home"
    assert file.is_file()
