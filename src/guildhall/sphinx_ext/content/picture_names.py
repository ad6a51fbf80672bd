"""Pictures are found whatever letters and blanks their names have.

Markdown writes addresses in percent signs, docutils leaves blanks out, and some systems write ``å``
as a letter and a ring.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#")


class PictureNames(SphinxTransform):
    """Gives pictures the names that their files have."""

    # After a page's own parts are put together, before Sphinx collects pictures.
    default_priority = 110

    def apply(self, **kwargs: Any) -> None:
        """Change the addresses of the document's pictures."""
        for image in self.document.findall(nodes.image):
            address = str(image.get("uri", ""))
            if address and not _ELSEWHERE.match(address) and not address.endswith(".*"):
                image["uri"] = self._named(address)

    def _named(self, address: str) -> str:
        page = Path(self.env.doc2path(self.env.docname)).parent
        if address.startswith("/"):
            whole = Path(self.env.relfn2path(address, self.env.docname)[1])
            depth = len(posixpath.normpath(address).strip("/").split("/"))
            folder = whole.parents[depth - 1] if depth <= len(whole.parents) else page
        else:
            folder = page
        found = _as_file(folder, address.lstrip("/"))
        return address if found is None else f"{'/' * address.startswith('/')}{found}"


def _as_file(folder: Path, address: str) -> str | None:
    """The path of the one file that an address can mean; None where it is right or means none."""
    if (folder / address).exists():
        return None
    plain = unquote(address)
    if (folder / plain).exists():
        return plain
    parts: list[str] = []
    for part in plain.split("/"):
        here = folder.joinpath(*parts)
        if part in {"", ".", ".."} or (here / part).exists():
            parts.append(part)
            continue
        try:
            named = [each.name for each in here.iterdir() if _bare(each.name) == _bare(part)]
        except OSError:
            return None
        if len(named) != 1:
            return None
        parts += named
    return "/".join(parts)


def _bare(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", name))


def setup_picture_names(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(PictureNames)
