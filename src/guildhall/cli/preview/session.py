"""One session of the preview: build, serve, watch, and build again."""

from __future__ import annotations

import asyncio
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from guildhall.check.run.pages import findings_on
from guildhall.cli.building.software import fingerprint
from guildhall.cli.preview.findings import Findings
from guildhall.cli.preview.server import Preview
from guildhall.cli.preview.site import Site
from guildhall.cli.preview.watching import changes
from guildhall.cli.preview.worker import Builder
from guildhall.cli.report.messages import print_messages
from guildhall.core.counting import counted
from guildhall.network.lessons.folder import PAGE_SUFFIXES

if TYPE_CHECKING:
    from types import FrameType

STATIC = "conf/static/"


class Session:
    """A portal that is looked at while it is written.

    Args:
        root: the portal's folder.
        jobs: how many processes read and write.
        say: prints a line.
        host: the address or name that it is told to listen on.
    """

    def __init__(self, root: Path, jobs: int, say: Callable[[str], None], host: str) -> None:
        folder = root / "build" / "preview"
        _begin(folder)
        self._root = root
        self._say = say
        self._host = host
        self._work = folder / "work"
        self._builder = Builder(root, self._work, folder / "doctrees", jobs)
        self._site = Site(self._work, folder / "site")
        self._preview = Preview(self._site)
        self._findings = Findings(root)
        self._stopping = asyncio.Event()
        self._building = asyncio.Lock()

    async def run(self, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        """Build, then serve and build again until the session is stopped.

        Args:
            sockets: where the server listens.
            ready: called when pages can be looked at.
        """
        # Begun before the first build, so that what is saved while it runs is not missed.
        watch = asyncio.create_task(self._watch())
        config = uvicorn.Config(
            self._preview.application(self._host),
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        try:
            await self._build(frozenset())
            ready()
            await _Server(config, self.stop).serve(sockets)
        finally:
            self.stop()
            await asyncio.wait_for(watch, 5)

    def stop(self) -> None:
        """End the watch, a running build and all connections."""
        self._stopping.set()
        self._preview.stop()
        self._builder.stop()

    async def _watch(self) -> None:
        async for changed in changes(self._root, self._stopping):
            await self._build(changed)

    async def _build(self, changed: frozenset[str]) -> None:
        async with self._building:
            await self._build_now(changed)

    async def _build_now(self, changed: frozenset[str]) -> None:
        began = time.monotonic()
        outcome = await asyncio.to_thread(self._builder.build)
        if self._stopping.is_set():
            return
        self._copy_static(changed)
        # A failed program leaves the last good pages as they are.
        files = [] if outcome.failure else self._site.update()
        pages = [name for name in files if name.endswith(".html")]
        fresh = self._findings.update(outcome.findings, changed, pages)
        if outcome.failure:
            self._say(outcome.failure)
        print_messages(fresh, self._root, level="warning")
        self._say(summary(changed, len(pages), time.monotonic() - began, failed=outcome.failure))
        self._preview.tell(files, self._findings.all(), outcome.failure)
        if not outcome.failure:
            await self._look_at_pages(changed)

    async def _look_at_pages(self, changed: frozenset[str]) -> None:
        """Say what `guildhall lint` says of the pages that were saved, once they can be seen."""
        pages = [name for name in changed if name.endswith(PAGE_SUFFIXES)]
        if not pages:
            return
        try:
            found = await asyncio.to_thread(findings_on, self._root, pages)
        except Exception as error:
            # The preview goes on; `guildhall lint` gives the whole account.
            self._say(f"The saved pages could not be checked: {type(error).__name__}: {error}")
            return
        fresh = self._findings.add(found)
        if fresh:
            print_messages(fresh, self._root, level="warning")
            self._preview.tell([], self._findings.all(), "")

    def _copy_static(self, changed: frozenset[str]) -> None:
        # Sphinx copies static files only where some page is written too.
        for name in changed:
            source = self._root / name
            if name.startswith(STATIC) and source.is_file():
                target = self._work / "_static" / name.removeprefix(STATIC)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)


class _Server(uvicorn.Server):
    """A server that lets go of open pages as soon as it is told to stop."""

    def __init__(self, config: uvicorn.Config, stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> Any:
        """Stop, and tell the session."""
        self._stopping()
        return super().handle_exit(sig, frame)


def summary(changed: frozenset[str], pages: int, seconds: float, *, failed: str = "") -> str:
    """One line on a build.

    Args:
        changed: the files that changed, relative to the portal's folder.
        pages: how many pages are new.
        seconds: how long it took.
        failed: what went wrong, if the program failed.
    """
    names = sorted(changed)
    what = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    written = counted(pages, "page")
    done = "the last good pages are kept" if failed else f"{written} written"
    return f"{what or 'First build'}: {done}, {seconds:.1f} s"


def _begin(folder: Path) -> None:
    """Make the folder of the preview; what other software built is not a base to go on from."""
    made = folder / "made"
    if not made.is_file() or made.read_text(encoding="utf-8") != fingerprint():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        made.write_text(fingerprint(), encoding="utf-8")
