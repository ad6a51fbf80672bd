"""Reading addresses: which are asked, which are only read, and which are malformed."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import httpx

from guildhall.check.external.mailto import mailto_fault
from guildhall.core.values.faults import ValueFault, nearest
from guildhall.core.values.identifiers import parse_doi

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_STRAY = re.compile(r"[\t\r\n]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*\.?", re.IGNORECASE)
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_LOCAL_NAME = re.compile(r"(?:.*\.)?(?:localhost|localdomain)\.?", re.IGNORECASE)
_KNOWN_SCHEMES = frozenset({"ftp", "http", "https", "mailto"})
_DEFAULT_PORTS: Mapping[str, int] = {"http": 80, "https": 443}


class Form(StrEnum):
    """How an address is checked."""

    WEB = "web"
    DOI = "doi"
    READ = "read"
    """It is read, and nothing is asked."""
    OTHER = "other"
    """It is of a scheme that is not checked."""
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it was read.

    Args:
        written: the address as it is written.
        form: how it is checked.
        page: what is asked: the address without what follows ``#``, normalised.
        fragment: what follows ``#``, without the directive of a text fragment.
        host: the host, in small letters and ASCII.
        doi: the DOI, where it is one.
        fault: what is wrong, where something is.
    """

    written: str
    form: Form
    page: str = ""
    fragment: str = ""
    host: str = ""
    doi: str = ""
    fault: str = ""


def read_address(written: str) -> Address:
    """Read an address as browsers do (WHATWG URL), and tell what it is.

    Spaces around it and line breaks within are left out, as browsers leave them out.
    """
    text = _STRAY.sub("", written.strip())
    match = _SCHEME.match(text)
    scheme = match[1].lower() if match else ""
    if scheme == "mailto":
        fault = mailto_fault(text)
        return Address(written, Form.MALFORMED if fault else Form.READ, fault=fault or "")
    if scheme == "doi":
        return _doi(written, text)
    if scheme in _DEFAULT_PORTS:
        return _web(written, text, scheme)
    if text.startswith("//"):
        return _web(written, f"https:{text}", "https")
    if not scheme:
        return _malformed(written, "it has no scheme such as `https:`")
    near = nearest(scheme, _KNOWN_SCHEMES)
    if near in _DEFAULT_PORTS and "//" in text and scheme not in _KNOWN_SCHEMES:
        return _malformed(written, f"its scheme is `{scheme}:`; did you mean `{near}:`?")
    return Address(written, Form.OTHER, host=scheme)


def _malformed(written: str, fault: str) -> Address:
    return Address(written, Form.MALFORMED, fault=fault)


def _web(written: str, text: str, scheme: str) -> Address:
    if not text[len(scheme) + 1 :].startswith("//"):
        return _malformed(written, f"`{scheme}:` must be followed by `//` and a host")
    try:
        url = parse_web(text)
    except ValueError as error:
        return _malformed(written, str(error))
    host = url.raw_host.decode("ascii")
    fragment = text.partition("#")[2].partition(":~:")[0]
    if host.rstrip(".") in _DOI_HOSTS and url.path.lstrip("/").startswith("10."):
        return _doi(written, url.path.lstrip("/"))
    # A password is neither sent nor kept in the cache.
    page = str(url.copy_with(fragment=None, userinfo=b""))
    return Address(written, Form.WEB, page, fragment, host)


def _doi(written: str, text: str) -> Address:
    try:
        doi = parse_doi(text)
    except ValueFault:
        return _malformed(written, "expected a DOI such as `10.5281/zenodo.8280234`")
    return Address(written, Form.DOI, f"doi:{doi.lower()}", host="doi.org", doi=doi.lower())


@lru_cache(4096)
def url_of(address: str) -> httpx.URL:
    """The parts of an address that was read before; each is asked for them several times."""
    return httpx.URL(address)


def parse_web(text: str) -> httpx.URL:
    """Read an address with ``http:`` or ``https:``.

    Raises:
        ValueError: where it is none that can be asked, with the reason as its text.
    """
    if len(text) > 8000:
        raise ValueError("it is longer than 8000 characters")
    authority = re.split(r"[/?#\\]", text.partition("//")[2], maxsplit=1)[0]
    if re.search(r"\s", authority):
        raise ValueError("its host contains a space")
    try:
        url = httpx.URL(_in_ascii(text, authority))
        port = url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise ValueError(_reason(text, authority, error)) from None
    host = url.raw_host.decode("ascii", "replace")
    if not host:
        raise ValueError("it has no host")
    if port is not None and not 1 <= port <= 65535:
        raise ValueError("its port is not a number from 1 to 65535")
    if not _is_ip(host) and (not _HOST.fullmatch(host) or len(host) > 253):
        raise ValueError("its host is not a valid name")
    return url


def _in_ascii(text: str, authority: str) -> str:
    """The address with its host as browsers send it, where IDNA 2008 wouldn't have it.

    Browsers take symbols such as hearts in names (UTS 46), and so do some registries.
    """
    if authority.isascii():
        return text
    try:
        httpx.URL(f"https://{authority}")
    except httpx.InvalidURL:
        labels = unicodedata.normalize("NFKC", authority.lower()).split(".")
        mapped = ".".join(
            each if each.isascii() else f"xn--{each.encode('punycode').decode('ascii')}"
            for each in labels
        )
        return text.replace(authority, mapped, 1)
    return text


def _reason(text: str, authority: str, error: Exception) -> str:
    if "[" in authority and "]" not in authority:
        return "its host is not a valid name"
    if re.search(r":(?![0-9]*$)", authority.rpartition("]")[2]) or "port" in str(error).lower():
        return "its port is not a number from 1 to 65535"
    if any(not char.isprintable() for char in text):
        return "it contains control characters"
    return "its host is not a valid name"


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public_ip(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it is wrapped in another.

    After the registries of special-purpose addresses (RFC 6890), IPv4-mapped ones (RFC 4291),
    6to4 (RFC 3056) and those behind NAT64 (RFC 6052).
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public_ip(str(inner))
    return ip.is_global and not ip.is_multicast


def names_local_host(host: str) -> bool:
    """Whether a host is written as this machine, or as an address of a private network."""
    bare = host.strip("[]")
    return not is_public_ip(bare) if _is_ip(bare) else bool(_LOCAL_NAME.fullmatch(host))
