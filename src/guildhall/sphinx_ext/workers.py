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
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

import sphinx.builders
from sphinx.errors import SphinxParallelError
from sphinx.util import logging
from sphinx.util.parallel import ParallelTasks, parallel_available

if TYPE_CHECKING:
    from types import TracebackType

    from sphinx.application import Sphinx

LONGEST_NAME = 1000
"""Bytes of a document's name that a message holds."""

GRACE = 2
"""Seconds that a worker has to end by itself before it is killed."""

_STEPS = frozenset({"get_and_resolve_doctree", "read_doc", "write_doc", "write_doc_serialized"})
"""Sphinx's functions that do one step with one document, their argument ``docname``."""

_logger = logging.getLogger(__name__)
_running: weakref.WeakSet[GuardedTasks] = weakref.WeakSet()


class GuardedTasks(ParallelTasks):
    """Sphinx's tasks, with workers that can't be lost.

    Chunks, progress and the order of starting and merging are those of Sphinx.

    Raises:
        SphinxParallelError: from :meth:`add_task` and :meth:`join`, when a worker died or raised.
    """

    def __init__(self, nproc: int) -> None:
        super().__init__(nproc)
        self._functions: dict[int, Callable[..., Any]] = {}
        self._places: dict[int, _Place] = {}
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
        task = self._taskid
        self._taskid += 1
        self._result_funcs[task] = result_func or (lambda arg, result: None)
        self._args[task] = arg
        self._functions[task] = task_func
        # The pipe is made when the worker starts, so that no other worker inherits its sending end
        # and keeps it open; Sphinx looks at the keys only.
        self._precvs_waiting[task] = None
        try:
            self._join_one()
        except BaseException:
            self.terminate()
            raise

    def join(self) -> None:
        """Wait for all tasks."""
        try:
            self._start()
            while self._precvs:
                sentinels = (self._procs[task].sentinel for task in self._precvs)
                wait([*self._precvs.values(), *sentinels])
                self._join_one()
        finally:
            self.terminate()

    def terminate(self) -> None:
        """Stop all workers, and start no more."""
        self._precvs_waiting.clear()
        self._pworking = 0
        pipes, self._precvs = self._precvs, {}
        workers = [self._procs.pop(task) for task in pipes]
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(GRACE)
            if worker.is_alive():
                worker.kill()
                worker.join()
        for pipe in pipes.values():
            pipe.close()

    def _join_one(self) -> bool:
        """Take the result of one worker that is done, and start the next ones."""
        is_joined = False
        for task, pipe in self._precvs.items():
            # Asked before the pipe: what a worker that is gone has sent is there by now.
            is_gone = not self._procs[task].is_alive()
            if pipe.poll():
                self._take(task, pipe)
                is_joined = True
                break
            if is_gone:
                raise self._died(task)
        self._start()
        return is_joined

    def _take(self, task: int, pipe: Connection) -> None:
        try:
            failed, logs, result = pipe.recv()
        except (EOFError, OSError):
            raise self._died(task) from None
        for log in logs:
            _logger.handle(log)
        if failed:
            message, account = result
            raise SphinxParallelError(f"{message}{self._at(task)}", account)
        self._result_funcs.pop(task)(self._args.pop(task), result)
        self._procs[task].join()
        self._precvs.pop(task).close()
        self._procs.pop(task).close()
        self._places.pop(task)
        self._pworking -= 1

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        while self._precvs_waiting and self._pworking < self.nproc:
            # The order of Sphinx: what was added last begins first.
            task, _ = self._precvs_waiting.popitem()
            receive, send = context.Pipe(duplex=False)
            place = self._places[task] = _Place()
            inherited = [*self._precvs.values(), receive]
            function, argument = self._functions.pop(task), self._args[task]
            worker = context.Process(
                target=_work, args=(send, inherited, place, function, argument)
            )
            self._procs[task] = worker
            worker.start()
            # Without a copy here, the line ends with the worker.
            send.close()
            self._precvs[task] = receive
            self._pworking += 1

    def _died(self, task: int) -> SphinxParallelError:
        worker = self._procs[task]
        worker.join(GRACE)
        code = worker.exitcode
        hint = ""
        if code is None:
            how = "closed its connection to the build"
        elif code < 0:
            how = f"was stopped by signal {_signal_name(-code)}"
            hint = "\nWhere memory is short, build with one process: -j 1."
        else:
            how = f"ended with exit code {code}"
        message = f"a worker process {how}{self._at(task)}"
        return SphinxParallelError(message, f"{message}{hint}")

    def _at(self, task: int) -> str:
        name = self._places[task].read()
        if name:
            return f", at the page {name}"
        pages = _names(self._args.get(task))
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
    page = _page_in(error.__traceback__)
    if page and f"at the page {page}" not in str(error):
        _logger.error("the build stopped at the page %s", page, location=page)


def _page_in(trace: TracebackType | None) -> str:
    """The document that a failing build was at, from the innermost step that has one."""
    page = ""
    while trace is not None:
        code, variables = trace.tb_frame.f_code, trace.tb_frame.f_locals
        if code.co_name in _STEPS:
            page = str(variables.get("docname", ""))
        trace = trace.tb_next
    return page


def setup_workers(app: Sphinx) -> None:
    """Put the guarded tasks in the place of Sphinx's own."""
    app.connect("build-finished", _tell_page, priority=1)
    if parallel_available:
        # Sphinx has no hook for this; it looks the name up here when it begins to read or to write.
        setattr(sphinx.builders, "ParallelTasks", GuardedTasks)  # noqa: B010
