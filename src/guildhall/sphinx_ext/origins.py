"""Remembers for the check from which source each page and each link of it comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from guildhall.core.markup.notebook import CellLines
from guildhall.core.sidecar import (
    FOLDER,
    Reference,
    Sidecar,
    file_of,
    forget_all_but,
    write_sidecar,
)
from guildhall.sphinx_ext.content.marks import is_output
from guildhall.sphinx_ext.lessons.raw_html import addresses_in, is_html
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_BUILDERS = frozenset({"html", "dirhtml", "singlehtml"})


def setup_origins(app: Sphinx) -> None:
    """Remember each page that is written, in whichever process, and forget those that are gone."""
    app.connect("html-page-context", _remember)
    app.connect("build-finished", _forget)


def _folder(app: Sphinx) -> Path:
    return Path(app.doctreedir) / FOLDER / app.builder.name


def _remember(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    if tree is None or app.builder.name not in _BUILDERS or pagename not in app.env.all_docs:
        return
    root = Path(app.srcdir)
    page = Path(app.builder.get_outfilename(pagename)).relative_to(app.outdir).as_posix()  # type: ignore[attr-defined]
    source = _relative(str(app.env.doc2path(pagename)), root)
    uses = tuple(dict.fromkeys(_uses(app.env, pagename, root)))
    references = tuple(_references(tree, source, root))
    sidecar = Sidecar(page, source, tuple(each for each in uses if each != source), references)
    write_sidecar(file_of(_folder(app), pagename), sidecar)


def _forget(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.name in _BUILDERS:
        forget_all_but(_folder(app), set(app.env.all_docs))


def _uses(env: BuildEnvironment, docname: str, root: Path) -> Iterator[str]:
    """Files that are part of the page, and those of the records that it shows."""
    for path in sorted(map(str, env.dependencies.get(docname, ()))):
        yield _relative(path, root)
    domain = domain_of(env)
    for lookup in domain.asked.get(docname, {}):
        for record in lookup.answer(domain.portal).records:
            yield _relative(str(record.origin.path), root)


def _references(tree: nodes.document, source: str, root: Path) -> Iterator[Reference]:
    known: dict[str, str] = {}
    cells: dict[str, CellLines] = {}
    for node in tree.findall(nodes.Element):
        for address in _addresses(node):
            path, line = _place(node)
            if path and path not in known:
                known[path] = _relative(path, root)
            if path.endswith(".ipynb"):
                if path not in cells:
                    cells[path] = CellLines(Path(path).read_text("utf-8-sig", errors="replace"))
                cell = cells[path].of_build(line)
                line = cell.file_line if cell else 0
            yield Reference(address, known.get(path, source), line)


def _addresses(node: nodes.Element) -> list[str]:
    if isinstance(node, nodes.raw):
        # Other elements may have the same address before it, so that its place has to be known.
        return addresses_in(node.astext()) if is_html(node) and not is_output(node) else []
    address = _address(node)
    return [address] if address else []


def _address(node: nodes.Element) -> str:
    if isinstance(node, nodes.reference):
        refid = node.get("refid")
        return str(node.get("refuri") or (f"#{refid}" if refid else ""))
    if isinstance(node, nodes.image):
        return str(node.get("uri", ""))
    if isinstance(node, addnodes.download_reference):
        return str(node.get("filename") or node.get("refuri") or "")
    return ""


def _place(node: nodes.Element) -> tuple[str, int]:
    """The file and line of a node, or of the nearest one around it that has them."""
    # The link that Sphinx puts around a picture has no line, but the picture has.
    path, line = "", next((each.line for each in node.findall(nodes.image) if each.line), 0)
    around: nodes.Element | None = node
    while around is not None and not (path and line):
        if not path and around.source and not around.source.startswith("<"):
            path = around.source
        if not line and around.line:
            line = around.line
        around = around.parent
    # docutils adds what it says of the place to the name of the file that has directives.
    return path.partition(":docstring of ")[0], line


def _relative(path: str, root: Path) -> str:
    full = Path(path)
    if not full.is_absolute():
        full = root / full
    try:
        return full.relative_to(root).as_posix()
    except ValueError:
        pass
    try:
        return full.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return full.as_posix()
