"""Parts of pages that have templates in HTML: cards, entries of lists, schedules.

Such a part is a node, whose children every builder can show. Where a site is written, a template
gets what the children are as HTML, and what it makes of them is shown instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes
from markupsafe import Markup
from sphinx.jinja2glue import BuiltinTemplateLoader

from guildhall.core.words import word
from guildhall.model.base import rules
from guildhall.sphinx_ext.faults.diagnostics import warn
from guildhall.sphinx_ext.portal.domain import domain_of
from guildhall.sphinx_ext.portal.scope import page_language
from guildhall.sphinx_ext.rendering.assets import is_site
from guildhall.sphinx_ext.rendering.nodes import add_html_node
from guildhall.sphinx_ext.templating.html_templates import HtmlTemplates
from guildhall.sphinx_ext.templating.template_faults import TemplateFault
from guildhall.sphinx_ext.templating.template_values import VALUES, Named

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

ToHtml = Callable[[Iterable[nodes.Node]], Markup]
"""Gives the HTML of nodes as the builder's translator writes them."""


class templated(nodes.General, nodes.Element):  # noqa: N801
    """What the template ``node["template"]`` shows on a site; elsewhere its children are shown.

    The template has ``node["values"]``, and each :class:`part` among the children as HTML.
    """

    def given(self, html: ToHtml) -> dict[str, object]:
        """The template's variables.

        Args:
            html: gives the HTML of nodes.
        """
        found = {name: _empty(sample) for name, sample in VALUES[self["template"]].items()}
        found |= self["values"]
        for each in _parts_in(self):
            name, shown = each["part"], html(each.children)
            now = found[name]
            if isinstance(now, Named):
                now[each["key"]] = shown
            else:
                found[name] = [*now, shown] if isinstance(now, list) else shown
            if name == "link":
                target = next(iter(each.findall(nodes.reference)), None)
                found["title"] = each.astext()
                found["url"] = "" if target is None else target.get("refuri", "")
        return found


def _empty(sample: object) -> object:
    if isinstance(sample, Named):
        return Named({}, type(sample.empty)())
    return type(sample)() if isinstance(sample, Markup | list) else ""


class part(nodes.Inline, nodes.TextElement):  # noqa: N801
    """Words that are the variable ``node["part"]``; one of several, or that of ``node["key"]``."""


class block_part(nodes.General, nodes.Element):  # noqa: N801
    """Paragraphs and the like that are the variable ``node["part"]``."""


def _parts_in(node: nodes.Element) -> Iterator[part | block_part]:
    """The parts of a node, without those of others within it."""
    for child in node.children:
        if isinstance(child, part | block_part):
            yield child
        elif isinstance(child, nodes.Element) and not isinstance(child, templated):
            yield from _parts_in(child)


def inline_part(name: str, *content: nodes.Node, key: str = "") -> part:
    """Inline nodes as a variable of the template around them.

    Args:
        name: the variable's name; where it is a list, each part of that name is an entry.
        content: the nodes.
        key: the key of the entry, where the variable is a mapping.
    """
    built = part("", "", *content, part=name)
    if key:
        built["key"] = key
    return built


def inline_parts(
    name: str, contents: Iterable[Sequence[nodes.Node]], between: str
) -> list[nodes.Node]:
    """Inline nodes as entries of a variable that is a list, for other builders set apart."""
    built: list[nodes.Node] = []
    for content in contents:
        if built:
            built.append(nodes.Text(between))
        built.append(inline_part(name, *content))
    return built


_templates: WeakKeyDictionary[Builder, HtmlTemplates] = WeakKeyDictionary()


def template_digests(builder: Builder, names: Iterable[str]) -> tuple[str, ...]:
    """Digests of the templates that a page is shown by; none where the builder uses none."""
    templates = _templates.get(builder)
    return tuple(templates.digest(name) for name in names) if templates else ()


def setup_templated(app: Sphinx) -> None:
    """Register the nodes, and find the templates of each build."""
    add_html_node(app, part, _nothing, _nothing)
    add_html_node(app, block_part, _nothing, _nothing)
    add_templated(app, templated)
    app.connect("env-before-read-docs", _find_templates)
    app.connect("doctree-read", _note)


def add_templated(app: Sphinx, node: type[templated]) -> None:
    """Register a node that has a template."""
    add_html_node(app, node, _visit_templated, _nothing)


def _find_templates(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    loader = getattr(app.builder, "templates", None)
    if not is_site(app) or not isinstance(loader, BuiltinTemplateLoader):
        return
    folders = [Path(app.confdir) / each for each in app.config.templates_path]
    templates = _templates[app.builder] = HtmlTemplates(loader, folders)
    for fault in templates.try_out():
        _tell(fault, "the template failed")


def _note(app: Sphinx, doctree: nodes.document) -> None:
    used = {str(node["template"]) for node in doctree.findall(templated)}
    if used:
        domain_of(app.env).templates[app.env.docname] = tuple(sorted(used))


def _visit_templated(translator: Any, node: templated) -> None:
    builder = translator.builder
    templates = _templates.get(builder)
    if templates is None:
        return
    page = builder.current_docname
    language = page_language(builder.env, page)
    words = {"gh_word": partial(word, language), "gh_language": language}
    values = {**node.given(partial(_html, translator)), **words}
    try:
        shown = templates.render(node["template"], values)
    except TemplateFault as fault:
        if templates.is_news(page, fault):
            _tell(fault, f"the template failed for {page}")
        shown = templates.render_original(node["template"], values)
    translator.body.append(shown)
    raise nodes.SkipNode


def _html(translator: Any, content: Iterable[nodes.Node]) -> Markup:
    around, translator.body = translator.body, []
    try:
        for node in content:
            node.walkabout(translator)
        return Markup("".join(translator.body))  # noqa: S704  (what a translator writes is escaped)
    finally:
        translator.body = around


def _tell(fault: TemplateFault, what: str) -> None:
    warn(rules.TEMPLATE, f"{what}: {fault}", f"{fault.path}:{fault.line}")


def _nothing(translator: Any, node: nodes.Element) -> None:
    """Leave a node to its children."""
