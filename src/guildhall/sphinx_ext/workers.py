"""Worker processes that die, or raise, end the build at once, with the page that they were at.

Sphinx waits for ever for a worker that is gone (its own copy of the pipe keeps the line open), and
forgets the exception of a worker that fails while others are still being started.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import time
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sphinx.builders
from sphinx.errors import SphinxParallelError
from sphinx.util import logging
from sphinx.util.parallel import ParallelTasks

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

LONGEST_NAME = 500
"""Bytes of a document's name that a message holds."""

_context: Any = multiprocessing.get_context("fork") if hasattr(signal, "SIGKILL") else None
_place: Any = None
"""In a worker: where it notes the page that it is at; the main process can read it."""


class GuardedTasks(ParallelTasks):
    """Sphinx's tasks, with workers that can't be lost.

    Raises:
        SphinxParallelError: from :meth:`add_task` and :meth:`join`, when a worker died or raised.
    """

    def __init__(self, nproc: int) -> None:
        super().__init__(nproc)
        self._places: dict[int, Any] = {}
        self._psends: dict[int, Any] = {}

    def add_task(
        self,
        task_func: Callable[[Any], Any] | Callable[[], Any],
        arg: Any = None,
        result_func: Callable[[Any, Any], Any] | None = None,
    ) -> None:
        """Add a task, and start it when a worker is free."""
        task = self._taskid
        self._taskid += 1
        self._result_funcs[task] = result_func or (lambda arg, result: None)
        self._args[task] = arg
        receive, send = _context.Pipe(False)
        place = _context.RawArray("c", LONGEST_NAME)
        self._places[task], self._psends[task] = place, send
        self._procs[task] = _context.Process(
            target=_work, args=(send, place, task_func, arg), daemon=True
        )
        self._precvs_waiting[task] = receive
        try:
            self._join_one()
        except BaseException:
            self.terminate()
            raise

    def join(self) -> None:
        """Wait for all tasks."""
        try:
            while self._pworking or self._precvs_waiting:
                if not self._join_one():
                    time.sleep(0.02)
        finally:
            self.terminate()

    def terminate(self) -> None:
        """Stop all workers, and start no more."""
        self._precvs_waiting.clear()
        workers = [self._procs[task] for task in self._precvs]
        super().terminate()
        for worker in workers:
            worker.join(1)
            if worker.is_alive():
                worker.kill()
                worker.join()

    def _join_one(self) -> bool:
        for task, pipe in self._precvs.items():
            worker = self._procs[task]
            # Asked before the pipe: a worker that ended in between has sent its result.
            is_gone = not worker.is_alive()
            if pipe.poll():
                try:
                    failed, logs, result = pipe.recv()
                except (EOFError, OSError):
                    raise self._died(task) from None
                self._take(task, logs, failed, result)
                self._start()
                return True
            if is_gone:
                raise self._died(task)
        self._start()
        return False

    def _take(self, task: int, logs: list[Any], failed: bool, result: Any) -> None:
        for log in logs:
            logger.handle(log)
        if failed:
            message, account = result
            raise SphinxParallelError(f"{message}{self._at(task)}", account)
        self._result_funcs.pop(task)(self._args.pop(task), result)
        self._procs[task].join()
        self._precvs.pop(task)
        self._pworking -= 1

    def _start(self) -> None:
        while self._precvs_waiting and self._pworking < self.nproc:
            # The order of Sphinx: what was added last begins first.
            task, receive = self._precvs_waiting.popitem()
            self._precvs[task] = receive
            self._procs[task].start()
            # Without a copy here, the line ends with the worker.
            self._psends.pop(task).close()
            self._pworking += 1

    def _died(self, task: int) -> SphinxParallelError:
        worker = self._procs[task]
        worker.join(5)
        code = worker.exitcode
        if code is not None and code < 0:
            how = f"was stopped by signal {signal.Signals(-code).name}"
        else:
            how = f"ended with exit code {code}"
        message = f"a worker process {how}{self._at(task)}"
        hint = "Where memory is short, build with one process: -j 1."
        return SphinxParallelError(message, f"{message}\n{hint}")

    def _at(self, task: int) -> str:
        name = bytes(self._places[task].value).decode("utf-8", "replace")
        if name:
            return f", at the page {name}"
        pages = [each if isinstance(each, str) else each[0] for each in self._args.get(task) or ()]
        return f", at one of the pages {pages[0]} to {pages[-1]}" if pages else ""


logger = logging.getLogger(__name__)


def _work(pipe: Any, place: Any, function: Callable[..., Any], argument: Any) -> None:
    """What a worker does: its task, with its place noted, and always an answer."""
    global _place
    _place = place
    collector = logging.LogCollector()
    try:
        with collector.collect():
            result = function() if argument is None else function(argument)
        logging.convert_serializable(collector.logs)
        answer = pickle.dumps((False, collector.logs, result))
    except BaseException as error:
        message = traceback.format_exception_only(error.__class__, error)[0].strip()
        logging.convert_serializable(collector.logs)
        answer = pickle.dumps((True, collector.logs, (message, traceback.format_exc())))
    pipe.send_bytes(answer)


def _note(name: str) -> None:
    if _place is not None:
        _place.value = name.encode("utf-8", "replace")[: LONGEST_NAME - 1]


def _reads(app: Sphinx, docname: str, source: list[str]) -> None:
    _note(docname)


def _writes(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    _note(pagename)


def setup_workers(app: Sphinx) -> None:
    """Put the guarded tasks in the place of Sphinx's own."""
    if _context is None:
        return
    # Sphinx has no hook for this; the name is looked up when a build begins to read or to write.
    setattr(sphinx.builders, "ParallelTasks", GuardedTasks)  # noqa: B010
    app.connect("source-read", _reads, priority=1)
    app.connect("html-page-context", _writes, priority=1)
