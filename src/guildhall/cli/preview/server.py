"""Serves the preview, and tells open pages when they changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from importlib.resources import files
from os import PathLike, stat_result
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from guildhall.cli.preview.findings import page_of
from guildhall.cli.preview.hosts import OnlyHere
from guildhall.cli.preview.site import Site
from guildhall.core.findings.finding import Finding

PREFIX = "/-guildhall"
"""What the preview itself answers; no page can have such a name."""
BEAT = 15.0
"""Seconds after which an open page hears something, so that closed ones are noticed."""

MISSING = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Preview</title></head>
<body><p>This page does not exist yet. It is shown as soon as it is built.</p></body>
</html>
"""
"""What is shown before the first build that went well."""


class Preview:
    """What open pages are told.

    Args:
        site: the pages.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self._findings: list[Finding] = []
        self._failure = ""
        self._listeners: set[asyncio.Queue[str | None]] = set()

    def tell(self, changed: list[str], findings: list[Finding], failure: str) -> None:
        """Tell all open pages what a build gave.

        Args:
            changed: files of the site that changed.
            findings: all that is wrong.
            failure: what to say of a program that failed; may be empty.
        """
        self._findings, self._failure = findings, failure
        for listener in self._listeners:
            listener.put_nowait(self._event(changed))

    def stop(self) -> None:
        """Let all connections end."""
        for listener in self._listeners:
            listener.put_nowait(None)

    def application(self, host: str) -> Starlette:
        """The application that serves everything.

        Args:
            host: the address or name that it is told to listen on.
        """
        return Starlette(
            routes=[
                Route(f"{PREFIX}/events", self._events),
                Route(f"{PREFIX}/preview.js", _script),
                Mount("/", _Pages(self.site)),
            ],
            middleware=[Middleware(OnlyHere, told=host)],
        )

    async def _events(self, request: Request) -> Response:
        since = request.query_params.get("since", "")
        listener: asyncio.Queue[str | None] = asyncio.Queue()
        # What changed between the loading of the page and now.
        missed = self.site.changed_since(int(since)) if since.isdecimal() else []
        listener.put_nowait(self._event(missed))
        self._listeners.add(listener)
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(
            self._stream(listener), media_type="text/event-stream", headers=headers
        )

    async def _stream(self, listener: asyncio.Queue[str | None]) -> AsyncIterator[str]:
        try:
            while True:
                try:
                    event = await asyncio.wait_for(listener.get(), BEAT)
                except TimeoutError:
                    event = ": still here\n\n"
                if event is None:
                    return
                yield event
        finally:
            self._listeners.discard(listener)

    def _event(self, changed: list[str]) -> str:
        told = {
            "build": self.site.build,
            "changed": changed,
            "failure": self._failure,
            "findings": [
                {"page": page_of(finding.path), "text": str(finding)} for finding in self._findings
            ],
        }
        return f"data: {json.dumps(told)}\n\n"


class _Pages(StaticFiles):
    """The files of the site; the script that reloads is put into pages as they are served."""

    def __init__(self, site: Site) -> None:
        site.served.mkdir(parents=True, exist_ok=True)
        super().__init__(directory=site.served, html=True)
        self._site = site

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file; a page that is not there waits until it is."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND:
                raise
        else:
            if response.status_code != HTTPStatus.NOT_FOUND:
                return response
        return self._missing(str(scope["path"]).lstrip("/"))

    def _missing(self, page: str) -> Response:
        own = self._site.served / "404.html"
        html = own.read_text(encoding="utf-8") if own.is_file() else MISSING
        # Its name is that of the page that may be built at any moment.
        name = f"{page}index.html" if page.endswith("/") or not page else page
        return self._page(html, name, HTTPStatus.NOT_FOUND)

    def _page(self, html: str, name: str, status_code: int) -> Response:
        text = with_script(html, name, self._site.build)
        return HTMLResponse(text, status_code, headers={"Cache-Control": "no-store"})

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer with a file, a page with the script in it."""
        path = Path(full_path)
        if path.suffix != ".html":
            response = super().file_response(full_path, stat_result, scope, status_code)
            response.headers["Cache-Control"] = "no-cache"
            return response
        name = path.relative_to(self._site.served.resolve()).as_posix()
        return self._page(path.read_text(encoding="utf-8"), name, status_code)


def with_script(html: str, page: str, build: int) -> str:
    """A page with the script that reloads it.

    Args:
        html: the page.
        page: its path in the site.
        build: the number of the build that it comes from.
    """
    told = json.dumps(page).replace("&", "&amp;").replace("'", "&#39;").replace("<", "&lt;")
    script = f"<script src='{PREFIX}/preview.js' data-build='{build}' data-page='{told}' defer>"
    before, body, after = html.rpartition("</body>")
    return f"{before}{script}</script>{body}{after}" if body else f"{html}{script}</script>"


async def _script(request: Request) -> Response:
    text = (files("guildhall.cli.preview") / "preview.js").read_text(encoding="utf-8")
    headers: dict[str, Any] = {"Cache-Control": "no-cache"}
    return Response(text, media_type="text/javascript", headers=headers)
