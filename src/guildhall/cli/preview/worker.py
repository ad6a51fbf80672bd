"""One build in a process of its own.

Each build starts from the modules that are loaded, but from nothing that an earlier build has
registered: a changed template, setting or ``conf.py`` is read anew, and a crash ends only that
build.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import signal
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

from guildhall.core.findings.finding import Finding

PRELOADED = ("guildhall.cli.preview.warm",)
"""Modules that the server of processes loads once, so that a build doesn't wait for them."""


@dataclass(frozen=True)
class Outcome:
    """What a build gave.

    Args:
        findings: warnings and errors.
        failure: what to say of a program that failed; empty where it didn't.
        pages: how many documents the portal has.
    """

    findings: tuple[Finding, ...] = ()
    failure: str = ""
    pages: int = 0


@dataclass
class Builder:
    """Builds a portal, each time in a new process.

    Args:
        root: the portal's folder.
        site: the folder to build into.
        doctrees: the folder of Sphinx's memory.
        jobs: how many processes read and write.
    """

    root: Path
    site: Path
    doctrees: Path
    jobs: int
    _process: multiprocessing.process.BaseProcess | None = field(default=None, init=False)
    _is_stopped: bool = field(default=False, init=False)
    _changing: Lock = field(default_factory=Lock, init=False)

    def build(self) -> Outcome:
        """Build once; a build that dies is an outcome too."""
        is_posix = sys.platform != "win32"
        context = multiprocessing.get_context("forkserver" if is_posix else "spawn")
        if is_posix:
            context.set_forkserver_preload(list(PRELOADED))
        ours, theirs = context.Pipe(duplex=False)
        arguments = (self.root, self.site, self.doctrees, self.jobs, theirs)
        # mypy knows `Process` of each context, but not of one of two.
        process: multiprocessing.process.BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_build, args=arguments
        )
        with self._changing:
            if self._is_stopped:
                return Outcome()
            process.start()
            self._process = process
        theirs.close()
        try:
            outcome: Outcome = ours.recv()
        except EOFError:
            process.join()
            outcome = Outcome(failure=f"The build crashed (exit code {process.exitcode}).")
        finally:
            ours.close()
        process.join()
        self._process = None
        return outcome

    def stop(self) -> None:
        """End a build that is running, and begin no other."""
        with self._changing:
            self._is_stopped = True
            if self._process is not None:
                self._process.terminate()


def _build(root: Path, site: Path, doctrees: Path, jobs: int, result: Connection) -> None:
    # Ctrl-C reaches all processes of the terminal; the server decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from guildhall.cli.building.sphinx_run import Run, run_sphinx
    from guildhall.cli.report.failures import tell_failure
    from guildhall.model.portal import load_portal

    run = Run()
    failure = ""
    try:
        run_sphinx(
            load_portal(root),
            site,
            doctrees,
            builder="html",
            jobs=jobs,
            run=run,
            progress=lambda phase, percent: None,
        )
    except Exception as error:
        told = io.StringIO()
        account = "".join(run.account)
        with contextlib.redirect_stderr(told):
            log = site.parent / "error.log"
            tell_failure("preview", error, root, log, account=account, verbose=False)
        failure = " ".join(told.getvalue().split())
        if "pickling environment" in account:
            # Sphinx believes the pages read, but not all are written.
            (doctrees / "environment.pickle").unlink(missing_ok=True)
    result.send(Outcome(tuple(run.findings), failure, run.pages))
    result.close()
