"""Which settings a portal states itself."""

from __future__ import annotations

from guildhall.sphinx_ext.compat.stated import is_in_conf, is_stated

from .conftest import MakeApp


def test_what_is_stated_is_told_from_defaults(make_app: MakeApp, tmp_path):
    app = make_app({"index.rst": "", "conf.py": 'project = "Mine"\nnumfig = False\n'}, author="Me")
    assert [is_stated(app.config, name) for name in ("project", "author", "numfig")] == [True] * 3
    assert not is_stated(app.config, "version")
    assert is_in_conf(app.config, "project")
    assert not any(is_in_conf(app.config, name) for name in ("author", "numfig", "version"))
