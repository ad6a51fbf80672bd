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
    """Addresses that are not asked."""

    address: Line
    """The address; `*` stands for any characters, and what has no `://` stands for `http` and
    `https`."""
    reason: Line
    """Why it is not asked."""
    until: Date | None = None
    """The last day on which the entry holds."""


class Allowed(Model):
    """Answers that are fine from some addresses."""

    address: Line
    """The address; `*` stands for any characters, and what has no `://` stands for `http` and
    `https`."""
    answers: tuple[Answer, ...]
    """The answers that are fine, such as `403` or `redirect`."""
    reason: Line
    """Why they are fine."""
    until: Date | None = None
    """The last day on which the entry holds."""


class CacheAges(Model):
    """How many days an answer is believed before the address is asked again; 0 is never."""

    ok: Whole = 7
    """Addresses that answer."""
    redirected: Whole = 7
    """Addresses that have moved for good."""
    dead: Whole = 1
    """Addresses that are dead."""
    soft: Whole = 1
    """Addresses of which nobody knows, such as those that answered 403 or not in time."""


class ExternalLinks(Model):
    """How the addresses of other sites are checked."""

    anchors: Flag = True
    """Whether the place in the page that an address names after `#` is looked for."""
    secure: Flag = True
    """Whether `http` addresses that answer are asked for with `https` too."""
    archive: Flag = True
    """Whether the Wayback Machine is asked for a copy of dead pages."""
    historic: Flag = False
    """Whether addresses marked `historic: true` are asked, and told where they answer after all."""
    private: Flag = False
    """Whether addresses of this machine and of private networks are asked where a page names
    them."""
    proxies: Flag = True
    """Whether `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` are heeded."""
    user_agent: Line | None = None
    """How the check names itself to servers; by default Guildhall with its version."""
    concurrency: Some = 64
    """How many requests are open at a time."""
    connections: Some = 4
    """How many requests are open at a time to one host."""
    spacing: Whole = 100
    """Milliseconds between the starts of two requests to one host."""
    connect_timeout: Some = 10
    """Seconds to wait for a connection."""
    read_timeout: Some = 20
    """Seconds to wait for the next part of an answer."""
    total_timeout: Some = 45
    """Seconds that all requests for one address may take together, waiting for turns apart."""
    longest_wait: Whole = 60
    """Seconds that a host may ask us to wait; one that asks for more is left for the next run."""
    longest_run: Some = 20
    """Minutes after which the addresses that are left are left for the next run."""
    retries: Whole = 2
    """How often an address is asked again after a failure that may pass."""
    redirects: Whole = 10
    """How many redirects are followed."""
    page_size: Some = 4
    """MiB of a page that are read to find an anchor."""
    cache: CacheAges = CacheAges()
    """How long answers are believed."""
    ignore: tuple[Ignored, ...] = ()
    """Addresses that are not asked."""
    allow: tuple[Allowed, ...] = ()
    """Answers that are fine from some addresses."""
