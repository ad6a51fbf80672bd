"""Runs Python's commands in forks of one process that has imported everything already.

Started by ``commands.py`` with its end of a socket as the only argument. A request is a command's
arguments, folder and environment, with the file descriptors of its standard streams and of a pipe
that is told its process's number at once, and how it ended in the end.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import os
import pickle
import pkgutil
import runpy
import selectors
import signal
import socket
import sys
import threading
import time
import traceback

import guildhall

LENGTH = 8
"""Bytes that say how long a request is."""


def load() -> None:
    """Import what commands import; what can't be imported fails in a command, where it's told."""
    import sphinx.application

    own = (each.name for each in pkgutil.walk_packages(guildhall.__path__, "guildhall."))
    for name in (*own, *sphinx.application.builtin_extensions, *OTHERS):
        with contextlib.suppress(Exception):
            importlib.import_module(name)


OTHERS = (
    "docutils.languages.en",
    "docutils.parsers.rst.states",
    "docutils.writers._html_base",
    "jinja2.ext",
    "myst_nb.ext.download",
    "myst_nb.ext.eval",
    "myst_nb.ext.execution_tables",
    "myst_nb.ext.glue.crossref",
    "myst_nb.sphinx_ext",
    "myst_parser.sphinx_ext.directives",
    "myst_parser.sphinx_ext.main",
    "myst_parser.sphinx_ext.mathjax",
    "myst_parser.sphinx_ext.myst_refs",
    "pygments.formatters.html",
    "pygments.lexers",
    "pygments.styles.default",
    "pygments.styles.monokai",
    "sphinx.builders.latex.transforms",
    "sphinx.cmd.build",
    "sphinx.ext.githubpages",
    "sphinx.ext.intersphinx",
    "sphinx.ext.mathjax",
    "sphinx.search.en",
    "sphinx.writers.html5",
    "sphinx_copybutton",
    "sphinx_design.extension",
    "sphinx_lesson.directives",
    "xml.dom.minidom",
)


def receive(control: socket.socket) -> tuple[tuple[list[str], str, dict[str, str]], list[int]]:
    """The next request, and its file descriptors: input, output, errors, and the pipe."""
    head, streams, _, _ = socket.recv_fds(control, LENGTH, 4)
    if not head:
        raise EOFError
    left, told = int.from_bytes(head, "big"), b""
    while len(told) < left:
        told += control.recv(left - len(told))
    return pickle.loads(told), streams


def run(arguments: list[str]) -> int:
    """Run ``python -m MODULE ARGUMENTS`` to its end; its exit code."""
    module, *sys.argv[1:] = arguments
    # A module that runs as `__main__` isn't there under its own name; a package is.
    if not hasattr(sys.modules.get(module), "__path__"):
        sys.modules.pop(module, None)
    code = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, int):
            code = end.code
        elif end.code is not None:
            sys.stderr.write(f"{end.code}\n")
            code = 1
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    return code


def become(cwd: str, environment: dict[str, str], streams: list[int]) -> None:
    """Make this fork what a process is that was just started."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, 256)
    sys.stdin = sys.__stdin__ = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.__stdout__ = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.__stderr__ = os.fdopen(
        2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )
    sys.path[0] = cwd


def serve(control: socket.socket) -> None:
    """Run commands until nobody is left to ask for one."""
    ended, wake = os.pipe()
    for end in (ended, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    waited: dict[int, int] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(ended, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in selector.select()}
            if ended in ready:
                os.read(ended, 1024)
                reap(waited)
            if control in ready:
                try:
                    (arguments, cwd, environment), (*streams, pipe) = receive(control)
                except EOFError:
                    return
                process = os.fork()
                if process == 0:
                    code = 70
                    try:
                        become(cwd, environment, streams)
                        code = run(arguments)
                    except BaseException:
                        traceback.print_exc()
                    finally:
                        os._exit(code)
                for stream in streams:
                    os.close(stream)
                os.write(pipe, process.to_bytes(4, "big"))
                waited[process] = pipe


def reap(waited: dict[int, int]) -> None:
    """Tell of all processes that have ended how they did."""
    for process, pipe in list(waited.items()):
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            del waited[process]
            with contextlib.suppress(BrokenPipeError):
                os.write(pipe, os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
            os.close(pipe)


if __name__ == "__main__":
    load()
    # A collection in a fork would copy the memory of everything that was imported.
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(socket.socket(fileno=int(sys.argv[1])))
