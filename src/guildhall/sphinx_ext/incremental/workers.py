"""Worker processes that die, or raise, end the build at once, with the page that they were at.

Sphinx's own tasks look at a worker's pipe only, never at the worker. So they wait for ever for one
that is killed in the middle of its answer, or whose pipe another process keeps open. Where the main
process fails, workers with answers longer than a pipe holds keep it from ending. And the exception
of a worker that fails while tasks are still being added is forgotten: its pages are missing from a
build that calls itself a success.
"""

from __future__ import annotations

import mmap
import multiprocessing
import pickle
import signal
import traceback
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxParallelError
from sphinx.util import logging

from guildhall.sphinx_ext.compat.tasks import replace_tasks
from guildhall.sphinx_ext.faults.at_page import page_of

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from sphinx.application import Sphinx

LONGEST_NAME = 1000
"""Bytes of a document's name that a message holds."""

GRACE = 2
"""Seconds that a worker has to end by itself before it is killed."""

LOOK = 0.5
"""Seconds after which workers are looked at where none has told anything.

A process that a worker started and left keeps open what would tell the worker's end.
"""

_logger = logging.getLogger(__name__)
_running: weakref.WeakSet[GuardedTasks] = weakref.WeakSet()


@dataclass
class _Task:
    """One task, from when it is added until its result is taken."""

    function: Callable[..., Any]
    argument: Any
    take: Callable[[Any, Any], Any]


class _Worker:
    """A process that does one task, and the receiving end of its pipe."""

    def __init__(self, task: _Task, others: list[_Worker]) -> None:
        context = multiprocessing.get_context("fork")
        self.task = task
        self.pipe, send = context.Pipe(duplex=False)
        self.place = _Place()
        inherited = [*(other.pipe for other in others), self.pipe]
        arguments = (send, inherited, self.place, task.function, task.argument)
        self.process: BaseProcess = context.Process(target=_work, args=arguments)
        self.process.start()
        # Without a copy here, the line ends with the worker.
        send.close()


class GuardedTasks:
    """Tasks in the place of Sphinx's own, with workers that can't be lost.

    Chunks, progress and the order of starting and merging are those of Sphinx.

    Args:
        nproc: how many workers there are at a time.

    Raises:
        SphinxParallelError: from :meth:`add_task` and :meth:`join`, when a worker died or raised.
    """

    def __init__(self, nproc: int) -> None:
        self.nproc = nproc
        self._waiting: list[_Task] = []
        self._workers: list[_Worker] = []
        _running.add(self)

    def add_task(
        self,
        task_func: Callable[[Any], Any] | Callable[[], Any],
        arg: Any = None,
        result_func: Callable[[Any, Any], Any] | None = None,
    ) -> None:
        """Add a task, and start it when a worker is free.

        Args:
            task_func: what the worker does.
            arg: what it does it with: in Sphinx a list of documents' names, or of pairs of a name
                and a doctree.
            result_func: what this process does with ``arg`` and the result.
        """
        # A worker starts with its pipe, so that no other one inherits the sending end of it and
        # keeps it open.
        self._waiting.append(_Task(task_func, arg, result_func or (lambda arg, result: None)))
        try:
            self._join_one()
        except BaseException:
            self.terminate()
            raise

    def join(self) -> None:
        """Wait for all tasks."""
        try:
            self._start()
            while self._workers:
                pipes = [worker.pipe for worker in self._workers]
                wait([*pipes, *(worker.process.sentinel for worker in self._workers)], LOOK)
                self._join_one()
        finally:
            self.terminate()

    def terminate(self) -> None:
        """Stop all workers, and start no more."""
        self._waiting.clear()
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join(GRACE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.pipe.close()

    def _join_one(self) -> None:
        """Take the result of one worker that is done, and start the next ones."""
        for worker in self._workers:
            # Asked before the pipe: what a worker that is gone has sent is there by now.
            is_gone = not worker.process.is_alive()
            if worker.pipe.poll():
                self._take(worker)
                break
            if is_gone:
                raise _died(worker)
        self._start()

    def _take(self, worker: _Worker) -> None:
        try:
            failed, logs, result = worker.pipe.recv()
        except (EOFError, OSError):
            raise _died(worker) from None
        for log in logs:
            _logger.handle(log)
        if failed:
            message, account = result
            raise SphinxParallelError(f"{message}{_at(worker)}", account)
        worker.task.take(worker.task.argument, result)
        worker.process.join()
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.close()

    def _start(self) -> None:
        while self._waiting and len(self._workers) < self.nproc:
            # The order of Sphinx: what was added last begins first.
            self._workers.append(_Worker(self._waiting.pop(), self._workers))


def _died(worker: _Worker) -> SphinxParallelError:
    worker.process.join(GRACE)
    code = worker.process.exitcode
    hint = ""
    if code is None:
        how = "closed its connection to the build"
    elif code < 0:
        how = f"was stopped by signal {_signal_name(-code)}"
        hint = "\nWhere memory is short, build with one process: -j 1."
    else:
        how = f"ended with exit code {code}"
    message = f"a worker process {how}{_at(worker)}"
    return SphinxParallelError(message, f"{message}{hint}")


def _at(worker: _Worker) -> str:
    name = worker.place.read()
    if name:
        return f", at the page {name}"
    pages = _names(worker.task.argument)
    if len(pages) == 1:
        return f", after the page {pages[0]}"
    return f", after the pages {', '.join(pages)}" if pages else ""


class _Place:
    """Memory that a worker and the main process share: the name of the page being worked on."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, LONGEST_NAME)

    def write(self, name: str) -> None:
        self._memory[:] = name.encode()[:LONGEST_NAME].ljust(LONGEST_NAME, b"\0")

    def read(self) -> str:
        return self._memory[:].rstrip(b"\0").decode(errors="ignore")


class _Followed(list[Any]):
    """Documents that note which of them is being worked on, as they are gone through."""

    def __init__(self, documents: list[Any], place: _Place) -> None:
        super().__init__(documents)
        self._place = place

    def __iter__(self) -> Iterator[Any]:
        for document, name in zip(super().__iter__(), _names(self), strict=True):
            self._place.write(name)
            yield document
        self._place.write("")


def _names(documents: Any) -> list[str]:
    """The names in a task's argument, which is a list of names or of pairs that begin with one."""
    if not isinstance(documents, list):
        return []
    each = list.__iter__(documents)
    return [str(item[0] if isinstance(item, tuple) else item) for item in each]


def _work(
    pipe: Connection,
    inherited: list[Connection],
    place: _Place,
    function: Callable[..., Any],
    argument: Any,
) -> None:
    """What a worker does: its task, with its place noted, and always an answer."""
    # Only the main process may hold the receiving ends; when it is gone, so are its workers.
    for receive in inherited:
        receive.close()
    followed = _Followed(argument, place) if isinstance(argument, list) else argument
    collector = logging.LogCollector()
    # The collector keeps nothing of what is said before an exception that passes through it.
    with collector.collect():
        try:
            result = function() if argument is None else function(followed)
            failed = False
        except BaseException as error:
            failed, result = True, _told(error)
    try:
        logging.convert_serializable(collector.logs)
        answer = pickle.dumps((failed, collector.logs, result), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        answer = pickle.dumps((True, [], _told(error)))
    pipe.send_bytes(answer)


def _told(error: BaseException) -> tuple[str, str]:
    """An exception in one line, and in full."""
    in_full = "".join(traceback.format_exception(error))
    return traceback.format_exception_only(error)[0].strip(), in_full


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _tell_page(app: Sphinx, error: Exception | None) -> None:
    """Stop workers that a failing main process leaves, and name the page that it was at."""
    if error is None:
        return
    for tasks in list(_running):
        tasks.terminate()
    page = page_of(error)
    if page and f"at the page {page}" not in str(error):
        _logger.error("the build stopped at the page %s", page, location=page)


def setup_workers(app: Sphinx) -> None:
    """Put the guarded tasks in the place of Sphinx's own."""
    app.connect("build-finished", _tell_page, priority=1)
    replace_tasks(GuardedTasks)
