"""The day of a build is one stated input: the clock is read for it in one place."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import guildhall

PACKAGE = Path(guildhall.__file__).parent
NOW = {"now", "utcnow", "today"}
TIME = {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}


def readings(path: Path) -> Iterator[str]:
    """Calls that give the current moment, as ``file:line call``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        call = ast.unparse(node.func)
        owner, _, name = call.rpartition(".")
        of_datetime = owner.rpartition(".")[2] in {"date", "datetime", "dt"} and name in NOW
        if of_datetime or (owner == "time" and name in TIME):
            yield f"{path.relative_to(PACKAGE).as_posix()} {call}"


def test_the_clock_is_read_in_one_place():
    found = [reading for path in sorted(PACKAGE.rglob("*.py")) for reading in readings(path)]
    assert found == ["core/values/dates.py datetime.now"]
