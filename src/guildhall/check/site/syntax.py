"""What can be said of an address without knowing where it leads."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote, urlsplit

from guildhall.check.site.addresses import Target, Where, cleaned
from guildhall.check.site.elements import Kind
from guildhall.check.site.quoting import quote
from guildhall.core.values.faults import nearest

Remark = tuple[str, str, str]
"""The id of a rule, a message, and the address that would be right where that is certain."""

_DRIVE = re.compile(r"[a-zA-Z]:[\\/]")
_HOME = re.compile(r"/(?:home|Users|root|private|mnt|media)/\w")
_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_ONE_SLASH = re.compile(r"https?:(?!//[^/\\])", re.IGNORECASE)
_RUNS = frozenset({"javascript", "vbscript", "livescript"})
_KNOWN_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel", "webcal", "file"})
_OTHER_SCHEMES = frozenset({"sftp", "ftps", "sms", "xmpp", "git", "ssh", "data", "blob", "news"})
_ATOM = re.compile(r"[\w.!#$&'*+/=?^`{|}~%-]+", re.UNICODE)
_DOMAIN = re.compile(r"(?!-)[\w-]+(?<!-)(?:\.(?!-)[\w-]+(?<!-))+|\[[^\]\s]+\]", re.UNICODE)
_NUMBER = re.compile(r"\+?[\d().\-*#A-Da-d]+(?:;[\w\-]+(?:=[^;\s]+)?)*")


def is_local_file(address: str) -> bool:
    """Whether an address is of a file on a computer: ``C:\\x``, ``file:`` or ``\\\\server\\x``."""
    bare = cleaned(address)
    return bool(_DRIVE.match(bare)) or bare.startswith("\\\\") or bare[:5].lower() == "file:"


def looks_like_home(address: str) -> bool:
    """Whether a path looks like one on the author's computer, such as ``/home/kim/x.png``."""
    return bool(_HOME.match(cleaned(address)))


def is_local_host(href: str) -> bool:
    """Whether a whole address is on the reader's own computer."""
    try:
        host = urlsplit(href).hostname or ""
    except ValueError:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def remarks_on(address: str, kind: Kind, target: Target) -> list[Remark]:
    """Faults of the address itself.

    Args:
        address: as the page has it.
        kind: what it is for.
        target: where a browser goes.
    """
    bare = cleaned(address)
    if is_local_file(address):
        message = f"{quote(address)} is a file on a computer, expected an address on the web"
        return [("links.local-file", message, "")]
    if target.where is Where.MALFORMED:
        return [("links.malformed", f"found {quote(address)}, expected an address", "")]
    if target.where is Where.SCHEME:
        return _of_scheme(bare, kind, target)
    if _ONE_SLASH.match(bare):
        message = f"found {quote(address)}, expected two slashes and a host after the scheme"
        return [("links.malformed", message, "")]
    if target.where is Where.WEB and is_local_host(target.href):
        if kind is Kind.PAGE:
            return [("links.localhost", f"{quote(address)} is the reader's own computer", "")]
        message = f"{quote(address)} is loaded from the reader's own computer"
        return [("links.local-resource", message, "")]
    return _of_letters(address, bare)


def _of_letters(address: str, bare: str) -> list[Remark]:
    head = re.split(r"[?#]", bare, maxsplit=1)[0]
    if "\\" in head:
        fixed = head.replace("\\", "/") + bare[len(head) :]
        return [("links.backslash", f"found a backslash in {quote(address)}", fixed)]
    if _PERCENT.search(head):
        message = f"found a percent sign without two digits after it in {quote(address)}"
        return [("links.malformed", message, "")]
    if " " in bare or bare != address:
        found = "spaces around" if " " not in bare else "a space in"
        found = found if "\n" not in address.strip() else "a line end in"
        fixed = bare.replace(" ", "%20")
        return [("links.space", f"found {found} {quote(address)}, expected none", fixed)]
    return []


def _of_scheme(bare: str, kind: Kind, target: Target) -> list[Remark]:
    scheme = target.scheme
    if scheme in _RUNS:
        return [("links.scheme", f"{quote(bare)} runs a script, expected an address", "")]
    if scheme == "data":
        if kind in {Kind.PAGE, Kind.REDIRECT, Kind.FORM}:
            message = f"{quote(bare)} is data, which browsers refuse to open as a page"
            return [("links.scheme", message, "")]
        return []
    if scheme == "mailto":
        return _of_mail(bare)
    if scheme == "tel":
        number = unquote(bare[len("tel:") :])
        if _NUMBER.fullmatch(number) and any(letter.isdigit() for letter in number):
            return []
        message = f"found {quote(bare)}, expected a number such as tel:+47-12345678"
        return [("links.phone", message, "")]
    if scheme not in _KNOWN_SCHEMES | _OTHER_SCHEMES and "//" in bare:
        near = nearest(scheme, ("http", "https"))
        if near and len(scheme) > 2:
            right = f"{near}{bare[len(scheme) :]}"
            message = f"found {quote(bare)}, expected a known scheme; did you mean `{right}`?"
            return [("links.malformed", message, "")]
    return []


def _of_mail(bare: str) -> list[Remark]:
    to, _, headers = bare[len("mailto:") :].partition("?")
    addresses = to.split(",") if to else []
    names = {}
    for header in headers.replace("&amp;", "&").split("&") if headers else []:
        name, equals, value = header.partition("=")
        if not equals:
            message = f"found {quote(header)} in {quote(bare)}, expected name=value"
            return [("links.mail", message, "")]
        names[name.lower()] = value
    for name in ("to", "cc", "bcc"):
        addresses += [each for each in names.get(name, "").split(",") if each]
    if not addresses and not names:
        return [("links.mail", f"found {quote(bare)}, expected an address after `mailto:`", "")]
    for each in addresses:
        if not _is_mail_address(unquote(each)):
            message = f"found {quote(unquote(each))}, expected an e-mail address"
            return [("links.mail", message, "")]
    return []


def _is_mail_address(text: str) -> bool:
    text = text.strip()
    local, at, domain = text.rpartition("@")
    if not at or not _DOMAIN.fullmatch(domain):
        return False
    if local.startswith('"') and local.endswith('"') and len(local) > 2:
        return True
    dotted = not local.startswith(".") and not local.endswith(".") and ".." not in local
    return dotted and bool(_ATOM.fullmatch(local))
