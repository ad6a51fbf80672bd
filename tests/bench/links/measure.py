"""Runs a program as a whole, and measures it: time, processor time of all its processes, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

_SAMPLE = 0.1


@dataclass(frozen=True)
class Command:
    """A program to run.

    Args:
        words: the program and its arguments.
        folder: where it runs.
        together: whether what it prints as errors belongs to its report.
    """

    words: Sequence[str | Path]
    folder: Path
    together: bool = False


@dataclass(frozen=True)
class Ran:
    """A program that ran.

    Args:
        output: what it printed.
        errors: what it printed as errors.
        code: its exit code; None where it was stopped.
        wall: seconds on the clock.
        cpu: seconds of processors, of it and the processes that it waited for.
        peak: the most bytes of memory that it and its processes had at once, as sampled; what
            several of them share is counted once.
    """

    output: str
    errors: str
    code: int | None
    wall: float
    cpu: float
    peak: int


def run(command: Command, seconds: float) -> Ran:
    """Run a program to its end, or stop it with its processes.

    Args:
        command: the program.
        seconds: the longest time that it may take.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in command.words],
            cwd=command.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output if command.together else errors,
            start_new_session=True,
        )
        peak, code = 0, None
        while True:
            peak = max(peak, _memory(process.pid))
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                break
            if time.monotonic() - start > seconds:
                os.killpg(process.pid, signal.SIGKILL)
                usage = os.wait4(process.pid, 0)[2]
                break
            time.sleep(_SAMPLE)
        wall = time.monotonic() - start
        process.returncode = -1 if code is None else code
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
        peak = max(peak, usage.ru_maxrss * 1024)
        return Ran(texts[0], texts[1], code, wall, usage.ru_utime + usage.ru_stime, peak)


def _memory(pid: int) -> int:
    """The memory of a process and all below it."""
    total = 0
    try:
        top = psutil.Process(pid)
        for process in (top, *top.children(recursive=True)):
            try:
                memory = process.memory_full_info()
                total += getattr(memory, "pss", memory.rss)
            except psutil.Error:
                continue
    except psutil.Error:
        return 0
    return total
