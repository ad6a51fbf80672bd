"""A command reads settings and records once, and hands them to Sphinx and to every check."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Each reading of settings and of records ends in these two, whichever way it is asked for.
COUNTING = """
import json, sys
from collections import Counter
from guildhall.model.settings import portal as settings
from guildhall.model.records import registry

counts = Counter()

def counted(module, name):
    function = getattr(module, name)
    def counting(*arguments):
        counts[name] += 1
        return function(*arguments)
    setattr(module, name, counting)

counted(settings, "_read")
counted(registry, "record_files")
from guildhall.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print("\\n" + json.dumps(counts))
"""
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: A small portal\nsources: [partners, lessons]\n",
    "index.md": "# Home\n\n```{toctree}\npartners/a\npartners/p\nlessons/git/index\n```\n",
    "partners/a.yml": (
        "kind: partner\nname: A\nshort_name: A\ncountry: FI\ncontact: p\nparticipation: []\n"
        "description: See [the plan](plan.txt).\n"
    ),
    "partners/p.yml": "kind: person\nname: Ada\nsort_name: Ada\nconsent: given\n",
    "partners/plan.txt": "A plan.\n",
    "lessons/git/lesson.yml": "kind: lesson\ntitle: Git\nsummary: About git.\nepisodes: [one]\n",
    "lessons/git/one.md": "# One\n\nA page.\n",
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("loads") / "portal"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def loads(*arguments: str, cwd: Path) -> tuple[dict[str, int], str]:
    """How often settings and records were read, and what the command printed."""
    run = subprocess.run(
        [sys.executable, "-c", COUNTING, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "GUILDHALL_OFFLINE": "1"},
        timeout=300,
        check=False,
    )
    printed, _, counts = run.stdout.rstrip("\n").rpartition("\n")
    return json.loads(counts), f"{printed}{run.stderr}"


@pytest.mark.parametrize(
    "command", [("build",), ("check", "--offline"), ("check", "--records"), ("due",), ("lint",)]
)
def test_a_command_loads_once(portal: Path, command: tuple[str, ...]):
    found, told = loads(*command, cwd=portal)
    assert "Traceback" not in told
    assert found == {"_read": 1, "record_files": 1}, told


def test_what_changed_is_loaded_by_the_next_build(portal: Path):
    page = portal / "build/html/partners/a.html"
    record = portal / "partners/a.yml"
    loads("build", cwd=portal)
    assert "A new name" not in page.read_text(encoding="utf-8")
    record.write_text(FILES["partners/a.yml"].replace("name: A", "name: A new name"), "utf-8")
    loads("build", cwd=portal)
    assert "A new name" in page.read_text(encoding="utf-8")
