"""The catalogues of words: found in the code, and brought up to date in each language's file.

``python -m tools.catalogues``, from the top of the repository, writes what has changed; languages
named after it get a new file, with nothing translated yet.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import guildhall
from guildhall.core.words import LOCALES

PACKAGE = Path(guildhall.__file__).parent
FUNCTION = "word"


def used_words(package: Path = PACKAGE) -> Catalog:
    """Every word that the package's code and templates ask for, with its places.

    Raises:
        ValueError: where the code asks for a word that isn't written out in the call.
    """
    catalog = Catalog(project="Guildhall", fuzzy=False)
    for methods, keywords in (
        ([("**.py", _words_of_code)], {FUNCTION: None}),
        ([("**.html", "jinja2"), ("**.j2", "jinja2")], {"gh_word": None, FUNCTION: None}),
    ):
        # Babel takes functions too, whatever its types say.
        found = extract_from_dir(str(package), methods, keywords=keywords)  # type: ignore[arg-type]
        for name, _line, message, _comments, _context in sorted(found, key=lambda each: each[:2]):
            # Lines would change with every edit; files are enough to find a word.
            catalog.add(message, locations=[(name, 0)])
    return catalog


def _words_of_code(
    file: IO[bytes], _keywords: object, _comments: object, options: object
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Find the second argument of each call of ``word``.

    Babel's own reader of Python finds nothing inside f-strings before Python 3.12.
    """
    del options  # Babel gives it by its name.
    for node in ast.walk(ast.parse(file.read())):
        if not (isinstance(node, ast.Call) and len(node.args) == 2):
            continue
        if not (isinstance(node.func, ast.Name) and node.func.id == FUNCTION):
            continue
        text = node.args[1]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            name = getattr(file, "name", "")
            raise ValueError(f"{name}:{node.lineno}: the word isn't written out in the call")
        yield node.lineno, FUNCTION, text.value, []


def update(added: Sequence[str] = ()) -> list[Path]:
    """Add new words to each language's file, and drop those that nothing uses.

    Args:
        added: languages that get a file.

    Returns:
        the files.
    """
    template = used_words()
    files = {path.stem: path for path in LOCALES.glob("*.po")}
    files |= {language: LOCALES / f"{language}.po" for language in added}
    for language, path in sorted(files.items()):
        catalog = _read(language, path)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, no_location=False, include_lineno=False)
    return sorted(files.values())


def _read(language: str, path: Path) -> Catalog:
    locale = Locale.parse(language, sep="-")
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=locale)
    return Catalog(
        locale=locale,
        project="Guildhall",
        version="1",
        header_comment="# Words that Guildhall itself writes on pages.",
        msgid_bugs_address="the issues of Guildhall's repository",
        last_translator="The Guildhall developers",
        language_team=locale.english_name or language,
        fuzzy=False,
    )


if __name__ == "__main__":
    for each in update(sys.argv[1:]):
        print(each)  # noqa: T201
