"""From the wheel to a page in the browser: what somebody does who starts with Guildhall."""

from __future__ import annotations

import importlib.util
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..browser.conftest import browser, missing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPOSITORY = Path(__file__).parents[2]


def run(*arguments: str | Path, cwd: Path) -> str:
    result = subprocess.run(
        list(map(str, arguments)),
        cwd=cwd,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def worked() -> float:
    """Seconds that processors spent on commands that have ended, however busy the machine is."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is published."""
    if importlib.util.find_spec("hatchling") is None:
        missing("hatchling is not installed (pip install hatchling)")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    (found,) = folder.glob("*.whl")
    return found


def test_from_pip_install_to_the_page_takes_less_than_a_minute(wheel: Path, tmp_path: Path):
    chromium = browser()
    run(sys.executable, "-m", "venv", "venv", cwd=tmp_path)
    command = tmp_path / "venv/bin/guildhall"
    before = worked()
    run(*(tmp_path / "venv/bin/pip", "install", "--no-deps", "--no-index", wheel), cwd=tmp_path)
    # No test asks an index: what Guildhall depends on is that of the tests, and comes last.
    shared = [each for each in sys.path if Path(each).name in {"site-packages", "dist-packages"}]
    (packages,) = (tmp_path / "venv").glob("lib/python*/site-packages")
    (packages / "shared.pth").write_text("\n".join(shared))
    run(command, "init", "portal", "--title", "Our network", "--yes", cwd=tmp_path)
    with subprocess.Popen(
        [command, "serve", "--port", "8765"],
        cwd=tmp_path / "portal",
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            shown = _shown(chromium, serving)
        finally:
            serving.terminate()
            serving.wait()
    assert shown == ["Our network#", "Lessons", "Workshops", "Governance"]
    assert worked() - before < 60


def _shown(chromium: Any, serving: subprocess.Popen[str]) -> list[str]:
    """The title and the cards of the home page."""
    assert serving.stdout is not None
    address = next(
        found[0] for line in serving.stdout if (found := re.search(r"http://\S+/", line))
    )
    page = chromium.new_page()
    page.goto(address)
    found = page.locator("h1, .sd-card-title").all_inner_texts()
    page.close()
    return found
