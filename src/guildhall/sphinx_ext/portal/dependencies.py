"""Which pages are read again because the portal has another answer now to what they asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from guildhall.model.lookup import Lookup
from guildhall.model.portal import Portal
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def setup_dependencies(app: Sphinx) -> None:
    """Compare what pages show with what they showed, before Sphinx decides what to read."""
    app.connect("env-get-outdated", _compare)


def _compare(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    domain = domain_of(env)
    compared = _Compared(domain.portal)
    unread = added | changed | removed
    return sorted(
        docname
        for docname, asked in domain.asked.items()
        if docname not in unread and docname in env.all_docs and compared.differ(asked)
    )


class _Compared:
    """Compares each look-up once, on however many pages it is.

    Pages that were read together share the values, so that these are told apart by identity, which
    is far quicker than by what they hold.
    """

    def __init__(self, portal: Portal) -> None:
        self._portal = portal
        self._differs: dict[tuple[int, str], bool] = {}

    def differ(self, asked: Mapping[Lookup[Any], str]) -> bool:
        return any(self._has_changed(lookup, digest) for lookup, digest in asked.items())

    def _has_changed(self, lookup: Lookup[Any], digest: str) -> bool:
        known = self._differs.get((id(lookup), digest))
        if known is None:
            known = lookup.answer(self._portal).digest != digest
            self._differs[id(lookup), digest] = known
        return known
