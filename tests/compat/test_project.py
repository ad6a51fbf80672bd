"""The project of an application, with documents that are put in by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guildhall.sphinx_ext.compat.project import OpenProject, replace_project

from .conftest import MakeApp, html


class Project(OpenProject):
    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        self.clear()
        self.add("index", Path(self.srcdir) / "home.rst")
        self.add("lesson/index", Path(self.srcdir).parent / "elsewhere.rst")
        return self.docnames


def test_a_document_may_lie_anywhere(make_app: MakeApp, tmp_path: Path):
    outside = tmp_path / "elsewhere.rst"
    outside.write_text("Elsewhere\n=========\n", encoding="utf-8")

    app = make_app({"home.rst": "Home\n====\n\n:doc:`/lesson/index`\n", "other.rst": ""})
    project = Project(app.srcdir, app.config.source_suffix)
    replace_project(app, project)
    app.build()
    assert app.env.found_docs == {"index", "lesson/index"}
    assert 'href="lesson/index.html"' in html(app)
    assert "Elsewhere" in html(app, "lesson/index")
    assert app.env.doc2path("lesson/index") == outside
    assert (project.docname_of(Path("home.rst")), project.docname_of(Path("other.rst"))) == (
        "index",
        None,
    )
    assert (project.file_of("index"), project.file_of("lesson/index")) == (
        Path("home.rst"),
        outside,
    )
