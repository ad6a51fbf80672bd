"""Serves a folder by HTTP from a process of its own, for the checkers that crawl."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served meanwhile, with a slash at its end."""
    words = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "0"]
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        port = re.search(r"port (\d+)", said)
        if port is None:
            raise RuntimeError(f"no server for {folder}: {said}")
        yield f"http://127.0.0.1:{port[1]}/"
    finally:
        process.terminate()
        process.wait(timeout=10)
