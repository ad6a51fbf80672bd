"""Settings of the check of external links."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import WithJsonSchema

from guildhall.core.values.faults import ValueFault, nearest
from guildhall.model.base.fields import Date, Flag, Line, Whole, read_line, reader
from guildhall.model.base.model import Model

_STATUS = re.compile(r"[1-5][0-9]{2}|999")
ANSWER_WORDS = frozenset(
    {"anchor", "dns", "insecure", "loop", "redirect", "refused", "timeout", "tls", "unsure"}
)
"""What `allow` can name besides the status codes of HTTP."""


def _answer(raw: str) -> str:
    text = read_line(raw)
    if _STATUS.fullmatch(text) or text in ANSWER_WORDS:
        return text
    expected = f"a status code or one of {', '.join(f'`{word}`' for word in sorted(ANSWER_WORDS))}"
    raise ValueFault(raw, expected, nearest(text, ANSWER_WORDS))


_SOME = {"type": "integer", "minimum": 1}


def _some(raw: str) -> int:
    if re.fullmatch(r"[0-9]{1,7}", raw) and int(raw) > 0:
        return int(raw)
    raise ValueFault(raw, "a whole number from 1")


Answer = Annotated[
    str, reader(_answer), WithJsonSchema({"type": ["string", "integer"], "minimum": 100})
]
"""A status code such as `403`, or `anchor`, `dns`, `insecure`, `loop`, `redirect`, `refused`,
`timeout`, `tls`, `unsure`."""
Some = Annotated[int, reader(_some), WithJsonSchema(_SOME)]
"""A whole number from 1."""


class Ignored(Model):
    """Addresses that are not checked."""

    address: Line
    """The address; `*` stands for any characters, and what has no `://` stands for `http` and
    `https`."""
    reason: Line
    """Why it is not checked."""
    until: Date | None = None
    """The last day on which the entry applies."""


class Allowed(Model):
    """Accepted responses of certain addresses."""

    address: Line
    """The address; `*` stands for any characters, and what has no `://` stands for `http` and
    `https`."""
    answers: tuple[Answer, ...]
    """The accepted responses, such as `403` or `redirect`."""
    reason: Line
    """Why they are accepted."""
    until: Date | None = None
    """The last day on which the entry applies."""


class CacheAges(Model):
    """For how many days responses are cached before the address is checked again; 0 disables."""

    ok: Whole = 7
    """Working addresses."""
    redirected: Whole = 7
    """Addresses that have moved permanently."""
    dead: Whole = 1
    """Dead addresses."""
    soft: Whole = 1
    """Addresses with an unclear state, such as those that returned 403 or timed out."""


class ExternalLinks(Model):
    """How the addresses of other sites are checked."""

    anchors: Flag = True
    """Whether anchors (after `#`) are checked."""
    secure: Flag = True
    """Whether working `http` addresses are also tried with `https`."""
    archive: Flag = True
    """Whether to look for copies of dead pages in the Wayback Machine."""
    historic: Flag = False
    """Whether addresses marked `historic: true` are checked, and reported if they work."""
    private: Flag = False
    """Whether addresses of this machine and of private networks are asked where a page names
    them."""
    proxies: Flag = True
    """Whether `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are used."""
    user_agent: Line | None = None
    """The user agent sent to servers; by default Guildhall with its version."""
    concurrency: Some = 64
    """The maximum number of concurrent requests."""
    connections: Some = 4
    """The maximum number of concurrent requests to one host."""
    spacing: Whole = 100
    """Milliseconds between the starts of two requests to one host."""
    connect_timeout: Some = 10
    """Seconds to wait for a connection."""
    read_timeout: Some = 20
    """Seconds to wait for the next part of a response."""
    total_timeout: Some = 45
    """Seconds that all requests for one address may take in total, excluding queueing."""
    longest_wait: Whole = 60
    """Seconds that a host may ask us to wait; one that asks for more is left for the next run."""
    longest_run: Some = 20
    """Minutes after which the remaining addresses are left for the next run."""
    retries: Whole = 2
    """How often an address is retried after a temporary failure."""
    redirects: Whole = 10
    """The maximum number of redirects to follow."""
    page_size: Some = 4
    """MiB of a page to read when looking for an anchor."""
    cache: CacheAges = CacheAges()
    """How long responses are cached."""
    ignore: tuple[Ignored, ...] = ()
    """Addresses that are not checked."""
    allow: tuple[Allowed, ...] = ()
    """Accepted responses of certain addresses."""
