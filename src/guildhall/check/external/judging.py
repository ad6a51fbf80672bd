"""From what happened to what it means for the link."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from guildhall.check.external.addresses import url_of
from guildhall.check.external.failures import Failure
from guildhall.check.external.outcomes import Kind, Outcome

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_PASSING_KINDS = frozenset(
    {Kind.TIMEOUT, Kind.CONNECTION, Kind.PROTOCOL, Kind.REFUSED, Kind.DNS_FAILED, Kind.PROXY}
)
_BEGINNING = re.compile(r"(?:index|default)\.[a-z0-9]+", re.IGNORECASE)
_LOGIN = re.compile(r"(?:^|[/._-])(?:log-?in|sign-?in|sso|auth|oauth2?|saml2?)(?:[/._-]|$)", re.I)

# Redirecting is what they are for, so that the address they give away is the one to write.
_PERSISTENT = frozenset(
    {
        "doi.org",
        "dx.doi.org",
        "hdl.handle.net",
        "purl.org",
        "w3id.org",
        "n2t.net",
        "identifiers.org",
    }
)
# Header that a bot wall sets, a word of its value, and whose wall it is.
_WALLS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-vercel-mitigated", "", "Vercel"),
    ("x-datadome", "", "DataDome"),
    ("x-dd-b", "", "DataDome"),
    ("x-sucuri-block", "", "Sucuri"),
    ("x-iinfo", "", "Imperva"),
)
_FRONTS = {"cloudflare": "Cloudflare", "akamaighost": "Akamai", "ddos-guard": "DDoS-Guard"}
_CHALLENGES = (
    (b"/.within.website/x/cmd/anubis/", "Anubis"),
    (b"/cdn-cgi/challenge-platform/", "Cloudflare"),
    (b"window._cf_chl_opt", "Cloudflare"),
    (b"/_Incapsula_Resource?", "Imperva"),
    (b"geo.captcha-delivery.com", "DataDome"),
)
_CHALLENGE_TITLE = re.compile(
    rb"<title[^>]*>\s*(?:just a moment|making sure you(?:'|&#39;|\xe2\x80\x99)re not a bot"
    rb"|attention required|pardon our interruption|ddos-guard|access denied)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect that was followed.

    Args:
        status: its status code.
        target: where it leads.
    """

    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened when an address was asked.

    Args:
        address: the address.
        hops: the redirects, in order.
        status: the status code of the last answer, 0 where none came.
        headers: its headers, with names in small letters.
        content: the beginning of its body, as far as it was read.
        failure: why no answer came.
    """

    address: str
    hops: tuple[Hop, ...] = ()
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    failure: Failure | None = None

    @property
    def final(self) -> str:
        """The address that answered last."""
        return self.hops[-1].target if self.hops else self.address


def judge(happening: Happening) -> Outcome:
    """What an address has become, told from what happened when it was asked.

    Status codes mean what RFC 9110 and its registry say; 999 is LinkedIn's, 520 to 530 are
    Cloudflare's.
    """
    status, failure = happening.status, happening.failure
    if failure is not None:
        is_loop = failure.kind is Kind.LOOP
        detail = failure.detail if is_loop else _by_way(happening, failure.detail)
        return Outcome(failure.kind, status, detail)
    wall = bot_wall(happening)
    if wall:
        return Outcome(Kind.BOT_WALL, status, wall)
    if 200 <= status < 300 or status == 304:
        return _alive(happening)
    kinds = {
        404: Kind.NOT_FOUND,
        410: Kind.GONE,
        429: Kind.BUSY,
        401: Kind.FORBIDDEN,
        403: Kind.FORBIDDEN,
        407: Kind.FORBIDDEN,
        451: Kind.FORBIDDEN,
        999: Kind.FORBIDDEN,
        408: Kind.TIMEOUT,
        504: Kind.TIMEOUT,
        522: Kind.TIMEOUT,
        524: Kind.TIMEOUT,
    }
    kind = kinds.get(status, Kind.SERVER_ERROR if 500 <= status < 600 else Kind.ODD)
    return Outcome(kind, status, _by_way(happening, ""))


def may_pass(outcome: Outcome) -> bool:
    """Whether the same question may have another answer in a moment."""
    if outcome.kind is Kind.BOT_WALL:
        return False
    return outcome.status in _PASSING or (not outcome.status and outcome.kind in _PASSING_KINDS)


def bot_wall(happening: Happening) -> str:
    """Whose wall against bots has answered in the place of the page; empty where none has.

    They are told by the headers and page contents that they are known by.
    """
    headers = happening.headers
    for name, word, owner in _WALLS:
        # Some set theirs on all answers; only those that refuse are walls, and challenges.
        value = headers.get(name, "")
        if word and word in value:
            return owner
        if name == "x-amzn-waf-action" and value:
            return owner
        if value and happening.status in {401, 403, 405, 406, 429, 503}:
            return owner
    front = _FRONTS.get(headers.get("server", "").lower(), "")
    if front and happening.status == 403:
        return front
    beginning = happening.content[: 64 * 1024]
    owner = next((owner for mark, owner in _CHALLENGES if mark in beginning), "")
    titled = bool(_CHALLENGE_TITLE.search(beginning))
    if happening.status in {403, 429, 503}:
        return owner or ("the host" if titled else "")
    # A page may speak of such walls, and Cloudflare puts scripts of its own into all pages.
    return owner if titled and happening.status in {200, 202} else ""


def status_words(status: int) -> str:
    """A status code with the phrase that belongs to it, such as ``404 Not Found``."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _by_way(happening: Happening, detail: str) -> str:
    if not happening.hops:
        return detail
    way = f"after a redirect to {happening.final}"
    return f"{detail}, {way}" if detail else way


def _alive(happening: Happening) -> Outcome:
    status, asked = happening.status, url_of(happening.address)
    if not happening.hops:
        return Outcome(Kind.OK, status)
    final = url_of(happening.final)
    if asked.scheme == "https" and final.scheme == "http":
        return Outcome(Kind.DOWNGRADED, status, f"it leads to {final}")
    moved = _moved_to(happening.hops)
    if not moved or asked.host in _PERSISTENT or _same(asked, url_of(moved)):
        return Outcome(Kind.TEMPORARY, status, f"it leads to {final}")
    new = url_of(moved)
    if _LOGIN.search(new.path) and not _LOGIN.search(asked.path):
        return Outcome(Kind.TEMPORARY, status, f"it leads to {final}")
    if _is_front(new) and not _is_front(asked):
        return Outcome(Kind.FRONT_PAGE, status, "", moved)
    return Outcome(Kind.PERMANENT, status, "", moved)


def _moved_to(hops: tuple[Hop, ...]) -> str:
    """Where the redirects for good lead, up to the first that is for now."""
    moved = ""
    for hop in hops:
        if hop.status not in _FOR_GOOD:
            break
        moved = hop.target
    return moved


def _is_front(url: httpx.URL) -> bool:
    path = url.path.strip("/")
    return not url.query and (not path or bool(_BEGINNING.fullmatch(path)))


def _same(one: httpx.URL, other: httpx.URL) -> bool:
    return one.copy_with(fragment=None) == other.copy_with(fragment=None)
