"""Where a translated text stands: in which catalogue, at which line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError, read_po
from sphinx.util.i18n import docname_to_domain

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def place_of_translation(text: str, docname: str, env: BuildEnvironment) -> str:
    """The catalogue that holds a translation, as ``path:line``.

    Args:
        text: the translation.
        docname: the page that it is for.
        env: Sphinx's environment.

    Returns:
        the place; the catalogue alone where the text isn't found in it; the page where there is
        no catalogue that people can read.
    """
    name = f"{docname_to_domain(docname, env.config.gettext_compact)}.po"
    place = docname
    for folder in env.config.locale_dirs:
        path = Path(env.srcdir) / folder / str(env.config.language) / "LC_MESSAGES" / name
        line = _line(path, text)
        if line is not None:
            return f"{path}:{line}"
        if path.is_file():
            place = str(path)
    return place


def _line(path: Path, text: str) -> int | None:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file)
    except (OSError, PoFileError, UnicodeError):
        return None
    for message in catalogue:
        if isinstance(message.string, str) and message.string and message.string == text:
            return message.lineno
    return None
