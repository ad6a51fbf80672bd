"""Parts of pages that have templates in HTML: cards, entries of lists, schedules.

Such a part is a node, whose children every builder can show. Where a site is written, a template
gets what the children are as HTML, and what it makes of them is shown instead. A portal has its own
template by a file of that name in a folder of ``templates_path``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from docutils import nodes
from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from sphinx.jinja2glue import BuiltinTemplateLoader

from guildhall.core.values.faults import nearest, quote
from guildhall.core.words import word
from guildhall.model.base import rules
from guildhall.sphinx_ext.assets import is_site
from guildhall.sphinx_ext.diagnostics import warn
from guildhall.sphinx_ext.domain import domain_of
from guildhall.sphinx_ext.frame import TEMPLATES
from guildhall.sphinx_ext.nodes import add_html_node
from guildhall.sphinx_ext.scope import page_language
from guildhall.sphinx_ext.template_faults import FAILURES, TemplateFault, fault_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class Named(dict[str, object]):
    """Values by name, of which one that isn't there is empty.

    Args:
        values: the values.
        empty: what a name without a value has.
    """

    def __init__(self, values: Mapping[str, object], empty: Markup | tuple[str, ...]) -> None:
        super().__init__(values)
        self.empty = empty

    def __missing__(self, name: str) -> object:
        return self.empty


_LINK: Mapping[str, object] = {"link": Markup("<a>"), "title": "title", "url": "index.html"}
_HTML = Markup("<b>")
_FIELDS = Named({"name": _HTML}, _HTML)
_FACETS = Named({"name": ("value",)}, ("value",))
VALUES: Mapping[str, Mapping[str, object]] = {
    "guildhall/card.html.j2": {**_LINK, "kind": "partner", "fields": _FIELDS},
    "guildhall/classroom.html.j2": {"name": _HTML, "facts": _HTML, "text": _HTML},
    "guildhall/contributor.html.j2": {**_LINK, "facts": [_HTML], "number": 3},
    "guildhall/entry.html.j2": {**_LINK, "kind": "partner", "fields": _FIELDS},
    "guildhall/lesson-card.html.j2": {
        **_LINK,
        "summary": _HTML,
        "facts": [_HTML],
        "status": _HTML,
        "elsewhere": _HTML,
        "facets": _FACETS,
    },
    "guildhall/path-entry.html.j2": {
        **_LINK,
        "summary": _HTML,
        "facts": [_HTML],
        "audience": "learners",
    },
    "guildhall/schedule-day.html.j2": {
        "id": "id1",
        "label": "label",
        "title": _HTML,
        "caption": _HTML,
        "columns": [_HTML],
        "rows": [{"time": _HTML, "cells": [{"html": _HTML, "colspan": 2, "rowspan": 2}]}],
    },
    "guildhall/session.html.j2": {
        "name": _HTML,
        "labels": _FIELDS,
        "facts": [_HTML],
        "lessons": [_HTML],
        "text": _HTML,
        "links": [_HTML],
        "type": "teaching",
        "cancelled": True,
    },
    "guildhall/workshop-card.html.j2": {
        **_LINK,
        "when": _HTML,
        "summary": _HTML,
        "facts": [_HTML],
        "phase": "upcoming",
        "year": 2025,
        "facets": _FACETS,
    },
}
VALUES = {**VALUES, "guildhall/workshop-row.html.j2": VALUES["guildhall/workshop-card.html.j2"]}
"""The templates, each with its variables and a sample of each, by which a portal's own is tried."""

_UNDEFINED = re.compile(r"'(?P<name>\w+)' is undefined")


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
        parts: Any = self.findall(_is_part)
        for each in parts:
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


def _is_part(node: nodes.Node) -> bool:
    return isinstance(node, part | block_part)


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


class HtmlTemplates:
    """The templates of one build of a site.

    Args:
        loader: finds templates: the portal's own, the theme's, Guildhall's.
        folders: the folders that the portal has its own in.
    """

    def __init__(self, loader: BuiltinTemplateLoader, folders: Iterable[Path]) -> None:
        self._environment = _environment(loader)
        self._original = _environment(FileSystemLoader(TEMPLATES))
        self._folders = tuple(folders)
        self._broken: set[str] = set()
        self._told: set[tuple[str, str, int]] = set()
        self.digest = cache(self._digest)

    def try_out(self) -> Iterable[TemplateFault]:
        """Try each template that isn't Guildhall's; one that fails is not used in this build."""
        told = set()
        for name, samples in VALUES.items():
            try:
                self._render(name, {**samples, "gh_word": str, "gh_language": "en"})
            except TemplateFault as fault:
                self._broken.add(name)
                # Two may include a third, and fail in it.
                if (fault.path, fault.line) not in told:
                    told.add((fault.path, fault.line))
                    yield fault

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The HTML that a template makes of values.

        Raises:
            TemplateFault: with the template's line, where it fails with these.
        """
        if name in self._broken:
            return self.render_original(name, values)
        return self._render(name, values)

    def is_news(self, page: str, fault: TemplateFault) -> bool:
        """Whether this line has not failed on the page before; many cards may be on one."""
        known, told = len(self._told), (page, fault.path, fault.line)
        self._told.add(told)
        return len(self._told) > known

    def render_original(self, name: str, values: Mapping[str, object]) -> str:
        """The HTML that Guildhall's own template makes of values."""
        return self._original.get_template(name).render(values)

    def _render(self, name: str, values: Mapping[str, object]) -> str:
        try:
            return self._environment.get_template(name).render(values)
        except FAILURES as error:
            fault = fault_of(error, self._file(name))
        undefined = _UNDEFINED.fullmatch(str(fault).partition(": ")[2])
        if undefined:
            near = nearest(undefined["name"], values)
            hint = f"did you mean `{near}`?" if near else f"valid: {', '.join(sorted(values))}"
            message = f"unknown variable {quote(undefined['name'])}; {hint}"
            raise TemplateFault(fault.path, fault.line, message)
        raise fault

    def _digest(self, name: str) -> str:
        """A digest of a template, with all that it includes."""
        digest = hashlib.sha256()
        for file in sorted(self._files(name)):
            digest.update(Path(file).read_bytes())
        return digest.hexdigest()[:16]

    def _files(self, name: str) -> set[str]:
        names, files = [name], dict[str, str]()
        while names:
            each = names.pop()
            if each in files:
                continue
            try:
                source, file, _ = self._environment.loader.get_source(self._environment, each)  # type: ignore[union-attr]
                files[each] = str(file)
                named = list(meta.find_referenced_templates(self._environment.parse(source)))
            except FAILURES:
                continue
            names += filter(None, named)
            if None in named:
                # Which one it includes shows only when it is rendered.
                own = (path for folder in self._folders for path in folder.rglob("*.j2"))
                files.update((str(path), str(path)) for path in own)
        return set(files.values())

    def _file(self, name: str) -> str:
        try:
            _, file, _ = self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]
        except FAILURES:
            return name
        return str(file)


def _environment(loader: BaseLoader) -> Environment:
    return ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_templates: WeakKeyDictionary[Builder, HtmlTemplates] = WeakKeyDictionary()


def template_digests(builder: Builder, names: Iterable[str]) -> tuple[str, ...]:
    """Digests of the templates that a page is shown by; none where the builder uses none."""
    templates = _templates.get(builder)
    return tuple(templates.digest(name) for name in names) if templates else ()


def setup_html_templates(app: Sphinx) -> None:
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
