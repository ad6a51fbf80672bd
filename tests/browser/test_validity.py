"""All pages of the portal are valid HTML, as the Nu HTML checker of the W3C judges it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import missing

JAR = Path(
    os.environ.get("GUILDHALL_VNU")
    or Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
)


@pytest.fixture(scope="module")
def checker() -> list[str]:
    """The command that checks files, and ends with 0 where all are valid."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java is installed (sudo apt install default-jre-headless)")
    if not JAR.is_file():
        missing("the Nu HTML checker is not installed (npm ci --prefix tests/browser)")
    # Deeply nested pages need more than the usual stack.
    return [java, "-Xss4m", "-jar", str(JAR), "--errors-only", "--format", "gnu"]


def complaints(checker: list[str], *options: str) -> list[str]:
    run = subprocess.run(
        [*checker, *options], capture_output=True, text=True, check=False, timeout=300
    )
    found = run.stderr.splitlines()
    assert bool(found) == bool(run.returncode), run.stderr
    return found


@pytest.mark.slow
def test_all_pages_are_valid(checker: list[str], site_folder: Path):
    assert len(list(site_folder.rglob("*.html"))) > 500
    assert complaints(checker, "--skip-non-html", str(site_folder)) == []


def test_the_checker_does_check(checker: list[str], tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><title>T</title></head>'
        "<body><p id='a'><div></p><p id='a'></body></html>",
        encoding="utf-8",
    )
    found = "\n".join(complaints(checker, str(page)))
    assert "Duplicate ID" in found
