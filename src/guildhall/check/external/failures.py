"""Why a request brought no answer, told from the error that it ended in."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

import httpcore

from guildhall.check.external.outcomes import Kind

_MISSING_HOST = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
# Numbers of X509_verify_cert_error_string(3), as the cases below.
_WRONG_HOST = {62, 64}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there was no answer.

    Args:
        kind: what became of the address by it.
        detail: what the error says, in plain words; may be empty.
    """

    kind: Kind
    detail: str = ""


class Refusal(Exception):
    """A host that must not be asked, or has no address.

    Args:
        failure: what to say of it.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


def resolving_failure(error: OSError) -> Failure:
    """Why a name has no address."""
    if error.errno in _MISSING_HOST:
        return Failure(Kind.NO_HOST)
    return Failure(Kind.DNS_FAILED)


def failure_of(error: BaseException) -> Failure:
    """Why a request failed."""
    for each in _chain(error):
        if isinstance(each, Refusal):
            return each.failure
        if isinstance(each, ssl.SSLCertVerificationError):
            return _certificate(each)
        if isinstance(each, httpcore.ProxyError):
            return Failure(Kind.PROXY, str(each))
        if isinstance(each, ssl.SSLError):
            return Failure(Kind.TLS_BROKEN, (each.reason or "").replace("_", " ").lower())
        if isinstance(each, socket.gaierror):
            return resolving_failure(each)
        if isinstance(each, ConnectionRefusedError) or _errno(each) == errno.ECONNREFUSED:
            return Failure(Kind.REFUSED)
        if isinstance(each, httpcore.TimeoutException | TimeoutError):
            return Failure(Kind.TIMEOUT)
        if isinstance(each, httpcore.ProtocolError):
            return Failure(Kind.PROTOCOL, str(each))
    return Failure(Kind.CONNECTION)


def _errno(error: BaseException) -> int | None:
    return error.errno if isinstance(error, OSError) else None


def _certificate(error: ssl.SSLCertVerificationError) -> Failure:
    match error.verify_code:
        case 9:
            return Failure(Kind.TLS_EXPIRED, "its certificate isn't valid yet")
        case 10:
            return Failure(Kind.TLS_EXPIRED, "its certificate has expired")
        case 18:
            return Failure(Kind.TLS_SELF_SIGNED, "its certificate is self-signed")
        case code if code in _WRONG_HOST:
            return Failure(Kind.TLS_HOST, "its certificate is for another host")
    return Failure(Kind.TLS_UNKNOWN, error.verify_message)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it, the first cause first."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or each in found:
            continue
        found.append(each)
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
        waiting += [each.__cause__, each.__context__]
    return reversed(found)
