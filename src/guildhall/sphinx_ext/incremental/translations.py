"""Catalogues of translations: where a text stands in them, and which are compiled anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError, read_po
from sphinx.util.i18n import CatalogRepository, docname_to_domain

from guildhall.sphinx_ext.incremental.file_digests import FileDigests, moment_in

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.i18n import CatalogInfo


class Compiled:
    """Which compiled catalogues come from which sources; plain data, kept in the environment."""

    def __init__(self) -> None:
        self.digests = FileDigests()
        self._known: dict[str, str] = {}

    def is_stale(self, catalogue: CatalogInfo) -> bool:
        """Whether a compiled catalogue has to be made anew, whatever the times of files say."""
        source, compiled = (
            self.digests.of(str(path)) for path in (catalogue.po_path, catalogue.mo_path)
        )
        return bool(compiled) and self._known.get(compiled) != source

    def note(self, catalogue: CatalogInfo) -> None:
        """Note that a catalogue has just been compiled."""
        compiled = self.digests.of(str(catalogue.mo_path))
        self._known[compiled] = self.digests.of(str(catalogue.po_path))


def setup_translations(app: Sphinx) -> None:
    """Compile catalogues by what they hold; Sphinx does so by their times."""
    app.connect("builder-inited", _compile, priority=900)


def _compile(app: Sphinx) -> None:
    if not app.config.gettext_auto_build or not app.builder.use_message_catalog:
        return
    known: Compiled | None = getattr(app.env, "guildhall_compiled", None)
    if known is None:
        known = app.env.guildhall_compiled = Compiled()  # type: ignore[attr-defined]
    known.digests.moment = moment_in(Path(app.doctreedir))
    config = app.config
    repository = CatalogRepository(
        app.srcdir, config.locale_dirs, str(config.language), config.source_encoding
    )
    for catalogue in repository.catalogs:
        if known.is_stale(catalogue) or not catalogue.mo_path.exists():
            catalogue.write_mo(str(config.language), config.gettext_allow_fuzzy_translations)
            known.note(catalogue)


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
