"""One run of Sphinx in this process, with its warnings as findings and its progress as numbers."""

from __future__ import annotations

import gc
import io
import logging
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util.docutils import docutils_namespace, patch_docutils

from guildhall.check.run.judge import judged_report_of
from guildhall.cli.building.build_warnings import WarningLog
from guildhall.cli.building.files_read import files_read
from guildhall.cli.building.sphinx_log import listen
from guildhall.cli.report.terminal import without_escapes
from guildhall.core.findings.finding import BUILD_WARNING, Finding
from guildhall.model.portal import Portal
from guildhall.network.results import Report
from guildhall.sphinx_ext.portal.application import PortalSphinx
from guildhall.sphinx_ext.portal.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_PROGRESS = re.compile(
    r"(?P<phase>reading sources|writing output)\.\.\. \[\s*(?P<percent>[0-9]+)%\]"
)

Progress = Callable[[str, int], None]
"""Called with the phase and its percent."""

_NEW_OBJECTS = 50_000
"""How many objects are made before the garbage collector looks for cycles; Python's default is 700.

Most of what a build makes lives to its end. That saves a sixth of the processor's time of a cold
build of CodeRefinery's portal, and costs 60 MB; more saves no more.
"""


@dataclass
class Run:
    """What a run of Sphinx gives; filled as it goes on, so that a failed one tells something too.

    Args:
        findings: its warnings and errors, and those of earlier runs that still hold.
        account: all that it said, in order.
        pages: how many documents the portal has.
        report: what the checks found, where records were loaded.
        read: files and folders that it depended on, absolute; those that every build looks at can
            be among them.
        lines: what was told that isn't about the portal's own files; None where the next build has
            to run to tell the same.
        is_settled: whether a build of the same files would do the same.
    """

    findings: list[Finding] = field(default_factory=list)
    account: list[str] = field(default_factory=list)
    pages: int = 0
    report: Report | None = None
    read: frozenset[str] = frozenset()
    lines: tuple[str, ...] | None = None
    is_settled: bool = True


class _Status(io.StringIO):
    """Takes Sphinx's account of what it does, and passes the percentages on.

    Its first line comes when Sphinx has set up its log and read nothing yet, so that from then on
    its warnings can be heard, those of the configuration too.
    """

    def __init__(self, run: Run, log: WarningLog, progress: Progress) -> None:
        super().__init__()
        self._run = run
        self._log = log
        self._progress = progress

    def write(self, text: str) -> int:
        if not self._run.account:
            listen(self._warn)
        said = without_escapes(text)
        self._run.account.append(said)
        match = _PROGRESS.search(said)
        if match:
            self._progress(match["phase"], int(match["percent"]))
        return len(text)

    def _warn(self, record: logging.LogRecord, written: str) -> None:
        self._run.account.append(written)
        self._run.findings.append(self._log.take(record))


def run_sphinx(
    portal: Portal,
    site: Path,
    doctrees: Path,
    *,
    builder: str,
    jobs: int,
    run: Run,
    progress: Progress,
) -> None:
    """Build a portal into ``site``.

    Args:
        portal: the portal as it was just loaded.
        site: the folder to write to.
        doctrees: the folder of Sphinx's memory.
        builder: the builder's name.
        jobs: how many processes read and write.
        run: takes what comes of it.
        progress: called as the work goes on.

    Raises:
        Exception: whatever Sphinx or an extension raises.
    """
    log = WarningLog(doctrees)
    if not log.is_remembered:
        # What was told of its pages isn't known, so they are read anew to hear it.
        (doctrees / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    with patch_docutils(portal.confdir), docutils_namespace(), _collecting_rarely():
        app = PortalSphinx(
            portal,
            outdir=site,
            doctreedir=doctrees,
            buildername=builder,
            status=_Status(run, log, progress),
            warning=None,
            parallel=jobs,
        )
        # The link check and others only then tell what they find as warnings, with its place.
        app.quiet = True
        _forget_deleted_pages(app)
        with log.listening(app):
            app.build()
        run.findings += log.finish(app.env)
        if app.statuscode and not run.findings:
            text = f"{builder} found faults; see its report"
            run.findings.append(Finding("", 0, 0, BUILD_WARNING, text))
        run.pages = len(app.env.found_docs)
        run.read = files_read(app)
        # A page that an extension wants read each time depends on what nobody knows.
        run.is_settled = run.is_settled and not app.env.reread_always
        if "guildhall" in app.extensions:
            run.report = judged_report_of(domain_of(app.env).portal)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _forget_deleted_pages(app: Sphinx) -> None:
    if app.builder.name in {"html", "dirhtml"} and "guildhall" in app.extensions:
        # Guildhall deletes what they left there itself.
        return
    # Sphinx leaves the files of deleted pages in the site, an EPUB even packs them. What a page
    # left behind differs from builder to builder, so all files are written anew; none is read anew.
    app.env.find_files(app.config, app.builder)
    if app.env.all_docs.keys() <= app.env.found_docs:
        return
    for path in app.outdir.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
