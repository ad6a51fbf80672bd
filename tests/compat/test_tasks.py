"""The tasks that Sphinx reads and writes pages with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sphinx.builders

from guildhall.sphinx_ext.compat.tasks import replace_tasks

from .conftest import MakeApp

PAGES = {f"page{number}" for number in range(12)}


class InOneProcess:
    """Tasks that are done as soon as they are added."""

    done: list[Any] = []

    def __init__(self, nproc: int) -> None:
        self.nproc = nproc

    def add_task(
        self,
        task_func: Callable[[Any], Any],
        arg: Any = None,
        result_func: Callable[[Any, Any], Any] | None = None,
    ) -> None:
        self.done.append(arg)
        result = task_func(arg)
        if result_func:
            result_func(arg, result)

    def join(self) -> None:
        self.done.append(self.nproc)


def test_sphinx_reads_and_writes_with_them(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sphinx.builders, "ParallelTasks", sphinx.builders.ParallelTasks)
    monkeypatch.setattr(InOneProcess, "done", [])
    replace_tasks(InOneProcess)
    files = {f"{name}.rst": f"{name}\n======\n\n:orphan:\n" for name in PAGES}
    app = make_app({**files, "index.rst": "Home\n====\n"}, parallel=2)
    app.build()
    first = InOneProcess.done.index(2)
    read, written = InOneProcess.done[:first], InOneProcess.done[first + 1 : -1]
    assert {name for chunk in read for name in chunk} == {*PAGES, "index"}
    assert all(isinstance(pair, tuple) for chunk in written for pair in chunk)
    assert {pair[0] for chunk in written for pair in chunk} <= {*PAGES, "index"}
    assert all((Path(app.outdir) / f"{name}.html").is_file() for name in PAGES)
