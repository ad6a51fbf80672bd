"""The documentation builds, and its tutorial does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_build import guildhall

REPOSITORY = Path(__file__).parents[2]
TUTORIAL = REPOSITORY / "docs/tutorial/first-portal.md"
_BLOCK = re.compile(
    r"```\{code-block\} \w+\n:caption: (?P<caption>\S+)\n\n(?P<text>.*?)```", re.DOTALL
)


def test_following_the_tutorial_word_for_word(tmp_path: Path):
    output = ""
    done = []
    for block in _BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")):
        caption, text = block["caption"], block["text"]
        done.append(caption)
        if caption in {"works", "fails"}:
            for line in text.splitlines():
                program, *arguments = line.removeprefix("$ ").split()
                assert program == "guildhall"
                result = guildhall(*arguments, cwd=tmp_path)
                output = result.stdout + result.stderr
                assert result.returncode == (0 if caption == "works" else 1), output
        elif caption == "output":
            assert text.strip() in output
        else:
            path = tmp_path / caption
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    assert done.count("works") == done.count("fails") == done.count("output") == 1
    page = (tmp_path / "build/html/partners/index.html").read_text(encoding="utf-8")
    assert "9–13" in page


@pytest.mark.slow
def test_the_documentation_builds_without_a_finding(tmp_path: Path):
    result = guildhall("build", "docs", "-o", str(tmp_path / "docs"), cwd=REPOSITORY)
    assert result.returncode == 0, result.stderr
    reference = (tmp_path / "docs/reference/records.html").read_text(encoding="utf-8")
    assert "an ISO 3166-1 alpha-2 country code" in reference
    assert "the id of a person" in reference
