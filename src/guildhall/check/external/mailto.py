"""``mailto:`` addresses, read after RFC 6068."""

from __future__ import annotations

import re
from urllib.parse import unquote

from guildhall.core.values.faults import ValueFault, quote
from guildhall.core.values.identifiers import parse_email

_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FIELD_NAME = re.compile(r"[!-9;-~]+")
_ADDRESS_FIELDS = frozenset({"to", "cc", "bcc"})
_QUOTED = re.compile(r'"(?:[^"\\\r\n]|\\[^\r\n])*"@')


def mailto_fault(text: str) -> str | None:
    """What is wrong with a ``mailto:`` address.

    The addresses are held to the form that HTML accepts; a local part may be quoted (RFC 5322), and
    may hold characters of any script (RFC 6531), as may the host.

    Args:
        text: the address with its scheme.

    Returns:
        the fault as a clause, or None where there is none.
    """
    rest = text.partition(":")[2]
    if rest.startswith("//"):
        return "`mailto:` is followed by the e-mail address, without `//`"
    if _BAD_ESCAPE.search(rest):
        return "a `%` in it is not followed by two hexadecimal digits; write `%25`"
    if re.search(r"\s", rest):
        return "it contains a space; write `%20`"
    path, question, query = rest.partition("#")[0].partition("?")
    recipients = _addresses(path)
    for field in re.split("&amp;|&", query) if question else ():
        name, equals, value = field.partition("=")
        if not field:
            continue
        if not equals or not _FIELD_NAME.fullmatch(unquote(name)):
            return f"{quote(field)} in it is not of the form `name=value`"
        if unquote(name).lower() in _ADDRESS_FIELDS:
            recipients += _addresses(value)
    if not path and not question:
        return "it contains no e-mail address"
    return next(filter(None, map(_fault_of, recipients)), None)


def _addresses(text: str) -> list[str]:
    return [unquote(part) for part in text.split(",")] if text else []


def _fault_of(address: str) -> str | None:
    plain = _QUOTED.sub("quoted@", address)
    local, at, host = plain.rpartition("@")
    if at:
        # Any letter will do where ASCII ones do.
        local = re.sub(r"[^\x00-\x7f]", "x", local)
        try:
            host = host.encode("idna").decode("ascii") if not host.isascii() else host
        except UnicodeError:
            return f"{quote(address)} in it is not an e-mail address such as `name@example.org`"
    try:
        parse_email(f"{local}{at}{host}")
    except ValueFault:
        return f"{quote(address)} in it is not an e-mail address such as `name@example.org`"
    return None
