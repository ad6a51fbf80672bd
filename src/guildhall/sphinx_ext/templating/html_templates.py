"""Finds, tries and renders the HTML templates of cards, entries of lists and schedules.

A portal has its own template by a file of that name in a folder of ``templates_path``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from guildhall.core.values.faults import nearest, quote
from guildhall.sphinx_ext.templating.template_faults import FAILURES, TemplateFault, fault_of
from guildhall.sphinx_ext.templating.template_values import VALUES

TEMPLATES = Path(__file__).parents[1] / "templates"
"""Guildhall's own templates, those of pages that any theme has among them."""

_UNDEFINED = re.compile(r"'(?P<name>\w+)' is undefined")


class HtmlTemplates:
    """The templates of one build of a site.

    Args:
        loader: finds templates: the portal's own, the theme's, Guildhall's.
        folders: the folders that the portal has its own in.
    """

    def __init__(self, loader: BaseLoader, folders: Iterable[Path]) -> None:
        self._loader = loader
        self._environment = _environment(loader)
        self._original = _environment(FileSystemLoader(TEMPLATES))
        self._folders = tuple(folders)
        self._broken: set[str] = set()
        self._told: set[tuple[str, str, int]] = set()
        self.digest = cache(self._digest)

    def try_out(self) -> Iterable[TemplateFault]:
        """Try each template with a sample of its variables; one that fails is not used."""
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
            undefined = _UNDEFINED.fullmatch(str(error))
            if undefined is None:
                raise fault from None
            near = nearest(undefined["name"], values)
            hint = f"did you mean `{near}`?" if near else f"valid: {', '.join(sorted(values))}"
            message = f"unknown variable {quote(undefined['name'])}; {hint}"
            raise TemplateFault(fault.path, fault.line, message) from None

    def _digest(self, name: str) -> str:
        """A digest of a template, with all that it includes."""
        digest = hashlib.sha256()
        for file in sorted(self._files(name)):
            digest.update(Path(file).read_bytes())
        return digest.hexdigest()[:16]

    def _files(self, name: str) -> set[str]:
        """The files that a template is made of: its own, and those that it includes or extends."""
        names, files = [name], dict[str, str]()
        while names:
            each = names.pop()
            if each in files:
                continue
            try:
                source, file, _ = self._loader.get_source(self._environment, each)
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
            _, file, _ = self._loader.get_source(self._environment, name)
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
