"""References of a lesson to another project that is a lesson of this portal too.

On its own site a lesson reaches its neighbours through intersphinx. Here they stand side by side,
so ``{external:doc}`` and names with an inventory lead to the portal's own pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import Registry
from guildhall.sphinx_ext.lessons.names import SEPARATOR
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.loading import loader_of

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config


def neighbours(registry: Registry, lesson: Lesson) -> dict[str, Lesson]:
    """The portal's lessons that a lesson knows by an inventory's name."""
    by_address = {_bare(other.url): other for other in registry.of(Lesson) if other.url}
    found = {}
    for name, address in lesson.build.intersphinx.items():
        other = registry.get(Lesson, name) or by_address.get(_bare(address))
        if other is not None:
            found[name] = other
    return found


def _bare(address: str) -> str:
    return address.partition("://")[2].rstrip("/")


def addresses_outside(registry: Registry) -> tuple[str, ...]:
    """The addresses of inventories that lessons name and that are no lessons of this portal."""
    found: dict[str, str] = {}
    for lesson in registry.of(Lesson):
        inside = neighbours(registry, lesson)
        for name, address in lesson.build.intersphinx.items():
            if name not in inside:
                found.setdefault(_bare(address), address)
    return tuple(found.values())


class LeadInside(SphinxPostTransform):
    """Resolves ``external`` references to lessons of this portal."""

    # Before intersphinx's own (9), which would look for an inventory.
    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Replace the references that lead inside."""
        registry = domain_of(self.env).portal.registry
        for node in list(self.document.findall(addnodes.pending_xref)):
            if not node.get("intersphinx"):
                continue
            page = node.get("refdoc", self.env.docname)
            lesson = registry.lesson_at(page)
            for other in self._meant(registry, lesson, node.get("inventory")):
                if self._resolve(node, other):
                    break

    def _meant(
        self, registry: Registry, lesson: Lesson | None, inventory: str | None
    ) -> Iterator[Lesson]:
        known = neighbours(registry, lesson) if lesson else {}
        if inventory is None:
            yield from known.values()
            return
        other = known.get(inventory) or registry.get(Lesson, inventory)
        if other is not None:
            yield other

    def _resolve(self, node: addnodes.pending_xref, other: Lesson) -> bool:
        standard = self.env.domains.standard_domain
        target = node["reftarget"]
        is_document = node["reftype"] == "doc"
        named = f"/{other.root}{target.lstrip('/')}" if is_document else target.lower()
        sought = named if is_document else f"{other.key}{SEPARATOR}{named}"
        asked = node.deepcopy()
        asked["reftarget"] = sought
        found = standard.resolve_xref(
            self.env,
            self.env.docname,
            self.app.builder,
            node["reftype"],
            sought,
            asked,
            cast("nodes.Element", node[0].deepcopy()),
        )
        if found is not None:
            node.replace_self(found)
        return found is not None


def setup_elsewhere(app: Sphinx) -> None:
    """Load intersphinx with the inventories that lessons name."""
    app.setup_extension("sphinx.ext.intersphinx")
    # Before intersphinx checks its mapping (800).
    app.connect("config-inited", _add_inventories, priority=200)
    app.add_post_transform(LeadInside)
    intersphinx = logging.getLogger("sphinx.sphinx.ext.intersphinx")
    intersphinx.filters = [each for each in intersphinx.filters if each is not _name_unreachable]
    intersphinx.addFilter(_name_unreachable)


def _name_unreachable(record: logging.LogRecord) -> bool:
    """Let warnings of inventories that can't be read be those of our rule for them."""
    if record.levelno == logging.WARNING and getattr(record, "location", None) is None:
        record.type, record.subtype = "lesson", "inventory"
    return True


def _add_inventories(app: Sphinx, config: Config) -> None:
    # Each inventory is loaded once, by its address; the names that lessons give them are looked up
    # by ``PortalEnvironment``, since two lessons may mean different ones by the same name.
    stated = {
        _bare(str(value[0]))
        for value in config.intersphinx_mapping.values()
        if isinstance(value, list | tuple) and value
    }
    config.intersphinx_mapping = {
        **{
            address: (address, None)
            for address in addresses_outside(loader_of(app).portal.registry)
            if _bare(address) not in stated
        },
        **config.intersphinx_mapping,
    }


def inventory_names(
    registry: Registry, lesson: Lesson | None, mapping: Mapping[str, Any]
) -> dict[str, str]:
    """The names of inventories on a page, and the keys that they are loaded under.

    Args:
        registry: the portal's records.
        lesson: the lesson of the page; None for the portal's own pages.
        mapping: the setting ``intersphinx_mapping`` as intersphinx has made it.
    """
    if lesson is None:
        ours = set(addresses_outside(registry))
        return {name: name for name in mapping if name not in ours}
    keys = {_bare(uri): name for name, (uri, _) in mapping.values()}
    named = {name: keys.get(_bare(each)) for name, each in lesson.build.intersphinx.items()}
    return {name: key for name, key in named.items() if key is not None}
