"""Commands run as people run them, in processes of their own, without seconds of imports each.

``python -m sphinx`` imports for two to three seconds before it does anything. Here a process that
has imported everything forks for each command (``command_server.py``): the arguments, folder,
environment, standard streams, signals and exit code are the command's own.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import itertools
import os
import pickle
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from .command_server import LENGTH

REPOSITORY = Path(__file__).parents[1]


SEEDS = ("1", "2")
"""One server for each: they hash strings differently, so runs in turn don't agree by luck."""
_turns = itertools.cycle(SEEDS)


@functools.cache
def _server(seed: str) -> socket.socket:
    ours, theirs = socket.socketpair()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.command_server", str(theirs.fileno())],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": seed},
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
    )
    theirs.close()
    # It ends when nobody is left at the other end.
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


class Ended(subprocess.CompletedProcess[str]):
    """A command that has ended.

    Args:
        process: how it was run, and its exit code.
        output: what it wrote.
        errors: what it wrote of errors.
    """

    def __init__(self, process: Process, output: str, errors: str) -> None:
        super().__init__(process.arguments, process.wait(), output, errors)
        self.session = process.pid
        """The session that it was in with all its children."""


class Process:
    """A command that runs.

    Args:
        arguments: a module and its arguments, as after ``python -m``.
        cwd: the folder to run it in.
        env: its whole environment; that of the tests if left out. A ``PYTHONHASHSEED`` of
            ``SEEDS`` holds; other variables that Python reads when it starts don't.
        stdin: where it reads from; nothing if left out.
        stdout: where its output goes; nowhere if left out.
        stderr: where its errors go; nowhere if left out.
    """

    def __init__(
        self,
        *arguments: str,
        cwd: Path,
        env: Mapping[str, str] | None = None,
        stdin: int | None = None,
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> None:
        self.arguments = arguments
        self.returncode: int | None = None
        self._told, theirs = os.pipe()
        environment = dict(os.environ if env is None else env)
        request = pickle.dumps((list(arguments), str(cwd), environment))
        seed = environment.get("PYTHONHASHSEED")
        server = _server(seed if seed in SEEDS else next(_turns))
        with open(os.devnull, "r+b", buffering=0) as nothing:
            streams = [
                nothing.fileno() if each is None else each for each in (stdin, stdout, stderr)
            ]
            socket.send_fds(server, [len(request).to_bytes(LENGTH, "big")], [*streams, theirs])
        server.sendall(request)
        os.close(theirs)
        self.pid = int.from_bytes(os.read(self._told, 4), "big")
        """The number of the process, and of the session that it and all its children are in."""
        assert self.pid, "the server of commands has ended"

    def send_signal(self, number: int) -> None:
        """Send the process a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def poll(self) -> int | None:
        """The exit code, or None while the process runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; the exit code, which is negative for a signal."""
        if self.returncode is None:
            with selectors.DefaultSelector() as selector:
                selector.register(self._told, selectors.EVENT_READ)
                if not selector.select(timeout):
                    raise subprocess.TimeoutExpired(self.arguments, timeout or 0)
            self.returncode = int.from_bytes(os.read(self._told, 4), "big", signed=True)
            os.close(self._told)
        return self.returncode


def run(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None, timeout: float = 300
) -> Ended:
    """Run ``python -m MODULE ARGUMENTS`` to the end, and until all its output is closed.

    Raises:
        subprocess.TimeoutExpired: it took longer than that many seconds; it and its children are
            ended.
    """
    until = time.monotonic() + timeout
    pipes = [os.pipe(), os.pipe()]
    process = Process(*arguments, cwd=cwd, env=env, stdout=pipes[0][1], stderr=pipes[1][1])
    read = {reading: bytearray() for reading, _ in pipes}
    with selectors.DefaultSelector() as selector:
        for reading, writing in pipes:
            os.close(writing)
            selector.register(reading, selectors.EVENT_READ)
        while selector.get_map():
            ready = selector.select(max(0, until - time.monotonic()))
            if not ready:
                os.killpg(process.pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired(arguments, timeout, *map(bytes, read.values()))
            for key, _ in ready:
                if chunk := os.read(key.fd, 65536):
                    read[key.fd] += chunk
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    process.wait(max(0, until - time.monotonic()))
    return Ended(process, *(_text(each) for each in read.values()))


def _text(raw: bytes | bytearray) -> str:
    return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8").read()
