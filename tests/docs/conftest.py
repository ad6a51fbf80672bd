"""The documentation, built once."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cli.test_build import guildhall

REPOSITORY = Path(__file__).parents[2]
Built = tuple[CompletedProcess[str], Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The documentation as a site: how the command ended, and the site's folder."""
    folder = tmp_path_factory.mktemp("documentation") / "html"
    return guildhall("build", "docs", "-o", str(folder), cwd=REPOSITORY), folder
