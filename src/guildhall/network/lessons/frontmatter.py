"""What pages of a lesson say of themselves before their text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ConfigDict

from guildhall.core.findings.finding import Finding
from guildhall.core.yaml_source import UnreadableError, parse_yaml
from guildhall.model.base.fields import Flag, Line, Whole
from guildhall.model.base.model import Model
from guildhall.model.base.validate import validate

_HEADER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_RST_FIELD = re.compile(r"^:(?P<name>[a-z_]+):[ \t]+(?P<value>.+)$")
_MARKDOWN_TITLE = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t]*#*$", re.MULTILINE)
_RST_TITLE = re.compile(r"^(?P<title>\S.*)\n(?P<rule>([=\-~^\"'#*+:.])\3{2,})[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^(?P<fence>```+|~~~+|:::+).*?^(?P=fence)", re.DOTALL | re.MULTILINE)
LARGEST_PAGE = 20_000_000
"""Bytes; a larger page, such as a notebook full of pictures, is not looked into."""


class FrontMatter(Model):
    """The keys of a page's front matter that lessons use; others are left to Sphinx."""

    model_config = ConfigDict(extra="ignore")

    teaching: Whole | None = None
    """Minutes of teaching."""
    exercises: Whole | None = None
    """Minutes of exercises."""
    optional: Flag = False
    """Whether the lesson's length leaves the page out."""
    questions: tuple[Line, ...] = ()
    """Questions that the page answers."""
    objectives: tuple[Line, ...] = ()
    """What learners can do afterwards."""
    keypoints: tuple[Line, ...] = ()
    """What learners should remember."""
    for_leaders: Line | None = None
    """What group leaders and data stewards should know of the page, in a sentence or two."""


class PageHead:
    """Title and front matter of one page.

    Args:
        title: the first heading, or else the file's name.
        front_matter: the keys that lessons use.
        faults: what is wrong with them.
    """

    def __init__(
        self, title: str, front_matter: FrontMatter, faults: tuple[Finding, ...] = ()
    ) -> None:
        self.title = title
        self.front_matter = front_matter
        self.faults = faults


def read_head(path: Path) -> PageHead:
    """Read title and front matter of a Markdown, reStructuredText or notebook file."""
    try:
        if path.stat().st_size > LARGEST_PAGE:
            return PageHead(path.stem, FrontMatter())
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return PageHead(path.stem, FrontMatter())
    if path.suffix == ".rst":
        return _read_rst(text, path)
    if path.suffix == ".ipynb":
        return _read_notebook(text, path)
    return _read_markdown(text, path)


def _read_markdown(text: str, path: Path) -> PageHead:
    header = _HEADER.match(text)
    body = text[header.end() :] if header else text
    title = _MARKDOWN_TITLE.search(_FENCED.sub("", body))
    name = _plain(title["title"]) if title else path.stem
    if header is None:
        return PageHead(name, FrontMatter())
    # The opening rule is YAML's own mark of a document, so lines are those of the file.
    return _validated("---\n" + header["yaml"], path, name)


def _read_rst(text: str, path: Path) -> PageHead:
    title = _RST_TITLE.search(text)
    name = _plain(title["title"]) if title else path.stem
    fields = []
    for line in text.split("\n"):
        found = _RST_FIELD.match(line)
        if found is None:
            break
        fields.append(f"{found['name']}: {json.dumps(found['value'].strip())}")
    return _validated("\n".join(fields), path, name) if fields else PageHead(name, FrontMatter())


def _validated(text: str, path: Path, title: str) -> PageHead:
    try:
        data, source, _ = parse_yaml(text, path)
    except UnreadableError:
        # MyST says what is wrong with it, at the page's own lines.
        return PageHead(title, FrontMatter())
    if not isinstance(data, dict):
        return PageHead(title, FrontMatter())
    faults: list[Finding] = []
    sound = {}
    for name, value in data.items():
        if name not in FrontMatter.model_fields:
            continue
        # Each by itself, so that one slip takes nothing else away.
        _, found = validate(FrontMatter, {name: value}, source)
        faults += (replace(fault, rule="lesson.pages") for fault in found)
        if not found:
            sound[name] = value
    front_matter, _ = validate(FrontMatter, sound, source)
    given = data.get("title")
    if isinstance(given, str) and given.strip():
        title = given.strip()
    return PageHead(title, front_matter or FrontMatter(), tuple(faults))


def _read_notebook(text: str, path: Path) -> PageHead:
    """The keys stand in the notebook's metadata, where Jupyter keeps what is said of it."""
    try:
        notebook = json.loads(text)
        metadata, cells = notebook.get("metadata", {}), notebook.get("cells", [])
        first: dict[str, Any] = next(
            (cell for cell in cells if cell.get("cell_type") == "markdown"), {}
        )
        source = first.get("source", "")
    except (ValueError, AttributeError):
        return PageHead(path.stem, FrontMatter())
    body = "".join(source) if isinstance(source, list) else str(source)
    title = _MARKDOWN_TITLE.search(body)
    name = _plain(title["title"]) if title else path.stem
    known = {key: metadata[key] for key in FrontMatter.model_fields if key in metadata}
    # JSON is YAML, so that the same reader sees the same values.
    return _validated(json.dumps(known), path, name)


def _plain(title: str) -> str:
    """A heading without the marks of emphasis, code and links."""
    title = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", title)
    title = re.sub(r"\{[a-z:]+\}`([^`<]+)(<[^`]*>)?`", r"\1", title)
    return re.sub(r"[`*]+", "", title).strip()
