"""The catalogues of words: found in the code, and brought up to date in each language's file.

``python -m guildhall.reference.catalogues`` writes what has changed.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from guildhall.words import LOCALES

PACKAGE = Path(__file__).parents[1]
_PYTHON = [("**.py", "python")]
_TEMPLATES = [("**.html", "jinja2"), ("**.j2", "jinja2")]


def used_words() -> Catalog:
    """Every word that the package's code and templates ask for, with its places."""
    catalog = Catalog(project="Guildhall", fuzzy=False)
    for methods, keywords in (
        (_PYTHON, {"word": (2,)}),
        (_TEMPLATES, {"gh_word": None, "word": None}),
    ):
        found = extract_from_dir(str(PACKAGE), methods, keywords=keywords)
        for name, _line, message, _comments, _context in sorted(found, key=lambda each: each[:2]):
            # Lines would change with every edit; files are enough to find a word.
            catalog.add(message, locations=[(name, 0)])
    return catalog


def update() -> list[Path]:
    """Add new words to each language's file, and drop those that nothing uses.

    Returns:
        the files.
    """
    template = used_words()
    written = []
    for path in sorted(LOCALES.glob("*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.stem.replace("-", "_"))
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, no_location=False, include_lineno=False)
        written.append(path)
    return written


if __name__ == "__main__":
    for each in update():
        print(each)  # noqa: T201
