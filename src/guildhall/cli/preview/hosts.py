"""The preview answers this computer only, whatever name leads to it.

Any site can give its own name the address of a reader's computer (DNS rebinding), and its scripts
then read what is served there. The name that a browser asked for tells such requests apart.
"""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL = "localhost"


class OnlyHere:
    """Passes requests on that were meant for this computer, and refuses all others.

    Args:
        application: what answers.
        told: the address or name that the preview was told to listen on.
    """

    def __init__(self, application: ASGIApp, told: str) -> None:
        self._application = application
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] not in {"http", "websocket"}:
            await self._application(scope, receive, send)
            return
        headers = Headers(scope=scope)
        server = (scope.get("server") or ("",))[0]
        host, origin = headers.get("host", ""), headers.get("origin")
        refused = ""
        if len(headers.getlist("host")) > 1 or not is_here(host, self._told, server):
            refused = (
                f"The preview doesn't respond to the name {name_of(host)!r}. Open it at localhost, "
                "or give `guildhall serve` the name with --host.\n"
            )
        elif origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            refused = f"The preview doesn't respond to pages of {origin}.\n"
        if refused:
            answer = PlainTextResponse(refused, HTTPStatus.FORBIDDEN)
            await answer(scope, receive, send)
        else:
            await self._application(scope, receive, send)


def is_here(host: str, told: str, server: str) -> bool:
    """Whether a name that a browser asked for is one of this computer.

    Args:
        host: the header ``Host``.
        told: the address or name that the preview was told to listen on.
        server: the address at which the request came in.
    """
    name = name_of(host)
    if name in {LOCAL, _plain(told)} or name.endswith(f".{LOCAL}"):
        return bool(name)
    asked = _address(name)
    # An address can't be given to another computer, as a name can.
    return asked is not None and (asked.is_loopback or asked == _address(_plain(server)))


def name_of(host: str) -> str:
    """The name or address in a header ``Host``, without its port."""
    try:
        return _plain(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return ""


def _plain(name: str) -> str:
    return name.strip("[]").rstrip(".").partition("%")[0].lower()


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(name)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
