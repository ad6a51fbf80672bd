"""Notebooks as they were saved: pasted pictures are shown, and what can't be shown is told."""

from __future__ import annotations

import binascii
import hashlib
import os
import posixpath
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from nbformat.warnings import MissingIDFieldWarning
from sphinx.transforms import SphinxTransform

from guildhall.core.markup.notebook import CellLines
from guildhall.core.values.faults import quote
from guildhall.model.base import rules
from guildhall.sphinx_ext.faults.diagnostics import log_fault

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_SCHEME = "attachment:"
_SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpeg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
}
_SHOWN = frozenset({
    *_SUFFIXES, "application/pdf", "text/html", "text/markdown", "text/latex", "text/plain",
    "application/javascript", "application/vnd.jupyter.widget-view+json",
})  # fmt: skip
"""Forms of outputs that pages show (MyST-NB, "MIME types")."""


class SavedNotebook(SphinxTransform):
    """Finishes a page that is a notebook."""

    # Before anything asks where pictures lie.
    default_priority = 100

    def apply(self, **kwargs: Any) -> None:
        """Show pasted pictures, and tell of outputs that no form is left of."""
        path = Path(self.env.doc2path(self.env.docname))
        if path.suffix != ".ipynb":
            return
        try:
            cells = CellLines(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return
        for image in self.document.findall(nodes.image):
            if str(image.get("uri", "")).startswith(_SCHEME):
                self._paste(image, cells, path)
        for number, forms in _lost_outputs(cells):
            place = cells.line(number, 1)
            message = (
                f"{place.words}nothing is shown of an output that the notebook has as "
                f"{', '.join(map(quote, forms))} alone; expected it saved as a picture, HTML or "
                "text as well"
            )
            log_fault(rules.LESSON.at(path, place.file_line, 1, message))

    def _paste(self, image: nodes.image, cells: CellLines, path: Path) -> None:
        """Write a picture that a cell holds where MyST-NB writes those of outputs."""
        name = unquote(image["uri"].removeprefix(_SCHEME))
        line = next((each.line for each in _around(image) if each.line), 0)
        place = cells.of_build(line) or cells.line(1, 1)
        found = _attachment(cells, place.cell, name)
        if found is None:
            message = (
                f"{place.words}the picture {quote(name)} isn't among those pasted into the cell; "
                "expected it pasted again, or the path of a file"
            )
            log_fault(rules.LESSON.at(path, place.file_line, 1, message))
            image.parent.replace(image, nodes.inline("", image.get("alt", "")))
            return
        suffix, data = found
        folder = Path(self.env.mystnb_config.output_folder)  # type: ignore[attr-defined]
        file = folder / f"{hashlib.sha256(data).hexdigest()}{suffix}"
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            # Another process may write the same at the same time.
            beside = file.with_name(f"{file.name}.{os.getpid()}")
            beside.write_bytes(data)
            beside.replace(file)
        relative = os.path.relpath(file.resolve(), self.env.srcdir).replace(os.sep, "/")
        image["uri"] = posixpath.join("/", relative)


def _around(node: nodes.Element) -> Iterator[nodes.Element]:
    around: nodes.Element | None = node
    while around is not None:
        yield around
        around = around.parent


def _attachment(cells: CellLines, number: int, name: str) -> tuple[str, bytes] | None:
    """The suffix and data of a picture that was pasted into a cell."""
    cell = cells.notebook["cells"][number - 1]
    forms = (cell.get("attachments") or {}).get(name)
    for form, suffix in _SUFFIXES.items():
        content = forms.get(form) if isinstance(forms, Mapping) else None
        text = "".join(content) if isinstance(content, list) else content
        if isinstance(text, str):
            try:
                return suffix, binascii.a2b_base64(text)
            except binascii.Error:
                return (suffix, text.encode()) if suffix == ".svg" else None
    return None


def _lost_outputs(cells: CellLines) -> Iterator[tuple[int, list[str]]]:
    """The outputs that only programs can show: the numbers of their cells, and their forms."""
    saved = cells.notebook.get("cells")
    for number, cell in enumerate(saved if isinstance(saved, list) else [], 1):
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else []:
            data = output.get("data") if isinstance(output, dict) else None
            if isinstance(data, dict) and data and not _SHOWN & data.keys():
                yield number, sorted(map(str, data))


def setup_notebooks(app: Sphinx) -> None:
    """Register the transform, and let libraries tell only what concerns authors."""
    app.add_transform(SavedNotebook)
    # The form that is shown is chosen from all; that others are left out is no fault.
    app.connect("config-inited", _leave_out_forms, priority=110)
    # Cells get ids when they are read, and nothing of it is kept.
    warnings.filterwarnings("ignore", category=MissingIDFieldWarning)


def _leave_out_forms(app: Sphinx, config: Any) -> None:
    config.suppress_warnings = [*config.suppress_warnings, "mystnb.unknown_mime_type"]
