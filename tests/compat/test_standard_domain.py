"""The steps of the standard domain."""

from __future__ import annotations

from typing import Any

from guildhall.sphinx_ext.compat.standard_domain import OpenStandardDomain

from .conftest import MakeApp, html

PAGE = """\
Home
====

:term:`commit` :doc:`mine/other` :numref:`it`

.. glossary::

   commit
      A saved state.

.. _it:

.. figure:: a.png

   A caption
"""


class Domain(OpenStandardDomain):
    """Reads names of documents in its own way, and has a term more."""

    @property
    def terms(self) -> Any:
        found = super().terms
        assert set(found) <= {"commit"}
        return found

    def resolve_document(self, *args: Any) -> Any:
        node = args[5]
        node["reftarget"] = node["reftarget"].removeprefix("mine/")
        return super().resolve_document(*args)

    def resolve_number(self, *args: Any) -> Any:
        found = super().resolve_number(*args)
        found["classes"].append("by-number")
        return found


def test_references_go_through_the_steps(make_app: MakeApp):
    app = make_app({"index.rst": PAGE, "other.rst": "Other\n=====\n", "a.png": ""}, numfig=True)
    app.registry.domains["std"] = Domain
    app.env.domains.standard_domain.__class__ = Domain
    app.build()
    page = html(app)
    assert 'href="#term-commit"' in page
    assert 'href="other.html"' in page
    assert "by-number" in page
    assert "Fig. 1" in page


def test_terms_are_asked_for_when_they_are_read_and_referred_to(make_app: MakeApp, monkeypatch):
    asked: list[int] = []
    own: dict[str, Any] = {}
    monkeypatch.setattr(Domain, "terms", property(lambda self: asked.append(1) or own))
    app = make_app({"index.rst": PAGE, "other.rst": "Other\n=====\n", "a.png": ""}, numfig=True)
    app.env.domains.standard_domain.__class__ = Domain
    app.build()
    assert own == {"commit": ("index", "term-commit")}
    assert len(asked) > 1
