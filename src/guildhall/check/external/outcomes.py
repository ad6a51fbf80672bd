"""What became of an address: the kinds of outcomes, and how they are graded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """What an outcome means for the link; the cache keeps each grade for its own time."""

    OK = "ok"
    REDIRECTED = "redirected"
    DEAD = "dead"
    SOFT = "soft"
    MALFORMED = "malformed"
    LEFT_OUT = "left-out"


class Kind(StrEnum):
    """What became of an address."""

    OK = "ok"
    TEMPORARY = "redirected-for-now"
    PERMANENT = "redirected"
    FRONT_PAGE = "redirected-to-front-page"
    DOWNGRADED = "redirected-to-http"

    NOT_FOUND = "not-found"
    GONE = "gone"
    NO_HOST = "no-such-host"
    REFUSED = "refused"
    LOOP = "redirect-loop"
    TLS_EXPIRED = "tls-expired"
    TLS_HOST = "tls-wrong-host"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_BROKEN = "tls-broken"

    TLS_UNKNOWN = "tls-unknown-issuer"
    FORBIDDEN = "forbidden"
    BUSY = "busy"
    BOT_WALL = "bot-wall"
    ODD = "odd-answer"
    SERVER_ERROR = "server-error"
    TIMEOUT = "timeout"
    CONNECTION = "connection-lost"
    PROTOCOL = "protocol-error"
    DNS_FAILED = "dns-failed"
    BAD_REDIRECT = "bad-redirect"
    PROXY = "proxy-error"
    PRIVATE_NAME = "private-network"

    MALFORMED = "malformed"

    LOCAL = "local"
    OTHER_SCHEME = "other-scheme"
    NOT_NOW = "not-now"
    OFFLINE = "offline"
    IGNORED = "ignored"
    HISTORIC = "historic"

    @property
    def grade(self) -> Grade:
        """How the kind is graded."""
        return _GRADES[self]


_GRADES = {
    **dict.fromkeys((Kind.OK, Kind.TEMPORARY), Grade.OK),
    **dict.fromkeys((Kind.PERMANENT, Kind.FRONT_PAGE, Kind.DOWNGRADED), Grade.REDIRECTED),
    **dict.fromkeys(
        (
            Kind.NOT_FOUND,
            Kind.GONE,
            Kind.NO_HOST,
            Kind.REFUSED,
            Kind.LOOP,
            Kind.TLS_EXPIRED,
            Kind.TLS_HOST,
            Kind.TLS_SELF_SIGNED,
            Kind.TLS_BROKEN,
        ),
        Grade.DEAD,
    ),
    **dict.fromkeys(
        (
            Kind.TLS_UNKNOWN,
            Kind.FORBIDDEN,
            Kind.BUSY,
            Kind.BOT_WALL,
            Kind.ODD,
            Kind.SERVER_ERROR,
            Kind.TIMEOUT,
            Kind.CONNECTION,
            Kind.PROTOCOL,
            Kind.DNS_FAILED,
            Kind.BAD_REDIRECT,
            Kind.PROXY,
            Kind.PRIVATE_NAME,
        ),
        Grade.SOFT,
    ),
    Kind.MALFORMED: Grade.MALFORMED,
    **dict.fromkeys(
        (
            Kind.LOCAL,
            Kind.OTHER_SCHEME,
            Kind.NOT_NOW,
            Kind.OFFLINE,
            Kind.IGNORED,
            Kind.HISTORIC,
        ),
        Grade.LEFT_OUT,
    ),
}


class Anchor(StrEnum):
    """Whether the place that an address names in its page is there."""

    PRESENT = "present"
    MISSING = "missing"
    UNSEEN = "unseen"
    """The page is made by scripts in the browser, too large, or not to be read: nobody knows."""
    IGNORED = "ignored"
    """What stands after ``#`` is for a script or viewer, and no place in the page."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an address.

    Args:
        kind: the kind.
        status: the status code of the last answer, 0 where there was none.
        detail: what more is known, in plain words; may be empty.
        new_address: where it has moved for good; empty where it hasn't.
    """

    kind: Kind
    status: int = 0
    detail: str = ""
    new_address: str = ""

    @property
    def grade(self) -> Grade:
        """How it is graded."""
        return self.kind.grade
