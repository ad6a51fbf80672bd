"""A catalogue of strangers translates words of a foreign page, and brings nothing else in."""

from __future__ import annotations

import re

import pytest

from .attacks import HERE, Attack, HostileBuild, HostileLesson, read_rows, spell
from .dangerous import CONF

ROWS = read_rows(HERE / "translations.md")
SOUND = {
    "md": "Ord med *trykk*, **mer**, `kode`, [lenke](https://example.org), {ref}`x` og {kbd}`a`.",
    "rst": "Ord med *trykk*, **mer**, ``kode``, `lenke <https://example.org>`_ og :kbd:`a`.",
}


def page(number: int, syntax: str, title: str, text: str) -> Attack:
    body = f"# {title}\n\n{text}\n" if syntax == "md" else f"{title}\n========\n\n{text}\n"
    return Attack(f"row {number}", {f"page.{syntax}": body}, ())


def message(original: str, translation: str) -> str:
    written = translation.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'msgid "{original}"\nmsgstr "{written}"\n\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> HostileBuild:
    root = tmp_path_factory.mktemp("translations")
    pages = [page(at, row[0], f"Title {at}", f"Original {at}.") for at, row in enumerate(ROWS)]
    for at, syntax in enumerate(SOUND, len(ROWS)):
        pages.append(page(at, syntax, f"Title {at}", f"Original {at}."))
    lesson = HostileLesson(root, pages, {"foreign": ""})
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for at, (_, translation, _) in enumerate(ROWS):
        text = translation.replace("\\n", "\n")
        words = {
            "PROOF": str(lesson.proof / f"row-{at}"),
            "SECRET": str(root / "outside/secret.txt"),
        }
        catalogue += message(f"Original {at}.", spell(text, **words))
        if "\n" not in text:
            catalogue += message(f"Title {at}", spell(text, **words))
    for at, text in enumerate(SOUND.values(), len(ROWS)):
        catalogue += message(f"Original {at}.", text)
    lesson.portal.write(
        {
            "conf/conf.py": f'{CONF}locale_dirs = ["locale"]\n',
            "conf/portal.yml": "title: Portal\nlanguage: nb\nsources: [lessons, pages]\n",
            "locale/nb/LC_MESSAGES/lessons.po": catalogue,
        }
    )
    return lesson.build()


def html(built: HostileBuild, number: int) -> str:
    path = built.build.folder / f"lessons/foreign/row-{number}/page.html"
    return path.read_text(encoding="utf-8")


def test_nothing_of_a_translation_runs_or_reads(built: HostileBuild):
    assert built.build.code == 0, built.build.warnings
    assert built.ran == []
    assert built.secrets() == []


@pytest.mark.parametrize("number", range(len(ROWS)), ids=[row[2] for row in ROWS])
def test_the_original_is_shown(built: HostileBuild, number: int):
    shown = html(built, number)
    assert f"Original {number}." in shown
    assert "HOSTILE" not in shown
    assert "evil.example" not in shown


def test_the_message_names_the_catalogue(built: HostileBuild):
    told = re.findall(r"lessons\.po:\d+: WARNING: a translation is one text", built.build.warnings)
    assert len(told) >= len(ROWS)


@pytest.mark.parametrize("number", range(len(ROWS), len(ROWS) + len(SOUND)))
def test_words_with_inline_markup_are_translated(built: HostileBuild, number: int):
    shown = html(built, number)
    assert "<em>trykk</em>" in shown
    assert 'href="https://example.org"' in shown
    assert f"Original {number}." not in shown
