"""Identifiers and codes with the checks that their registries define."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from anyascii import anyascii

from guildhall.core.values.faults import ValueFault, nearest

if TYPE_CHECKING:
    from license_expression import Licensing

LONGEST_SLUG = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ORCID = re.compile(r"(https?://orcid\.org/)?(?P<id>[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")
_ROR = re.compile(r"(https?://ror\.org/)?(?P<id>0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})")
_ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
_HOST = re.compile(r"(?!-)[\w-]+(\.[\w-]+)*\.?", re.UNICODE)
_LANGUAGE = re.compile(
    r"(?P<language>[a-z]{2,3})(-[A-Z][a-z]{3})?(-(?P<region>[A-Z]{2}|[0-9]{3}))?(-[0-9a-z]{4,8})*"
)
_DOI = re.compile(
    r"(https?://(dx\.)?doi\.org/|doi:)?(?P<id>10\.[0-9]{4,9}/[^\s\"<>]+)", re.IGNORECASE
)
_SSH_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SSH_ADDRESS = re.compile(rf"{_SSH_USER.pattern}@[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9_./~-]+")
_HOST_AND_PORT = re.compile(r"(\w[\w.-]*|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_NOT_ALPHA_2 = re.compile(r"[^A-Z]")

_PICTURES = frozenset({"avif", "gif", "jpeg", "jpg", "png", "webp"})

URL_SCHEMES = frozenset({"http", "https"})
_COMMON_COUNTRIES = {"UK": "GB", "EL": "GR", "PO": "PL"}
# In Babel's list, but user-assigned or groupings in ISO 3166-1. Kosovo has no code there; `XK` is
# the one that everybody uses.
_NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
)
INTERNATIONAL = "international"
"""Stands in the place of a country for a body of several countries."""
BODIES = frozenset({"EU", "UN", INTERNATIONAL})
"""What stands in the place of a country where an organisation belongs to none. ISO 3166-1 reserves
`EU` and `UN`."""
_BODY_NAMES = {
    "eu": "EU",
    "european union": "EU",
    "european commission": "EU",
    "europe": "EU",
    "un": "UN",
    "united nations": "UN",
    **dict.fromkeys(("international", "int", "intl", "global", "world", "nordic", "several"),
                    INTERNATIONAL),
}  # fmt: skip


def parse_slug(text: str) -> str:
    """Read an id: small letters, digits and single hyphens.

    Raises:
        ValueFault: for anything else, with a well-formed id beside it where one can be made.
    """
    if _SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG:
        return text
    raise ValueFault(
        text, "an id of small letters, digits and hyphens", slug_of(text, LONGEST_SLUG) or None
    )


def slug_of(text: str, limit: int | None = 60) -> str:
    """Make an id from a text, with the letters of other alphabets transliterated.

    Args:
        text: the text, such as `Øvelser i Å`.
        limit: the most characters; whole words are left out at the end. None for no limit.

    Returns:
        the id, such as `ovelser-i-a`; empty where the text has no letter or digit.
    """
    words = re.findall(r"[a-z0-9]+", anyascii(text).casefold())
    kept = words[:1]
    for word in words[1:]:
        if limit is not None and len("-".join((*kept, word))) > limit:
            break
        kept.append(word)
    return "-".join(kept)[:limit]


def parse_orcid(text: str) -> str:
    """Read an ORCID iD and check its last character (ISO 7064 MOD 11-2).

    Returns the bare iD; the form with ``https://orcid.org/`` is accepted too.

    Raises:
        ValueFault: when it is malformed, or the check character is wrong.
    """
    match = _ORCID.fullmatch(text)
    if not match:
        raise ValueFault(text, "an ORCID iD such as `0000-0002-1825-0097`")
    orcid = match["id"]
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    right = "X" if check == 10 else str(check)
    if digits[-1] != right:
        raise ValueFault(text, f"an ORCID iD whose check character is right (here `{right}`)")
    return orcid


def parse_ror(text: str) -> str:
    """Read a ROR id and check its last two digits (ISO 7064 MOD 97-10 over base 32).

    Returns the full form ``https://ror.org/…``.

    Raises:
        ValueFault: when it is malformed, or the check digits are wrong.
    """
    match = _ROR.fullmatch(text)
    if not match:
        raise ValueFault(text, "a ROR id such as `https://ror.org/020hwjq30`")
    ror = match["id"]
    number = 0
    for char in ror[:-2]:
        number = number * 32 + _ROR_ALPHABET.index(char)
    check = f"{98 - (number * 100) % 97:02d}"
    if ror[-2:] != check:
        raise ValueFault(text, f"a ROR id whose check digits are right (here `{check}`)")
    return f"https://ror.org/{ror}"


def parse_doi(text: str) -> str:
    """Read a DOI (ISO 26324), bare or as a link of doi.org.

    Returns the bare DOI, such as ``10.5281/zenodo.8280234``.

    Raises:
        ValueFault: for anything else.
    """
    match = _DOI.fullmatch(text)
    if not match:
        raise ValueFault(text, "a DOI such as `10.5281/zenodo.8280234`")
    return match["id"]


def parse_git_address(text: str) -> str:
    """Read the address of a git repository that can be fetched without running anything else.

    That is an address with ``https://``, ``ssh://`` or ``file://``, or ``user@host:path``.

    Raises:
        ValueFault: for anything else, such as git's ``ext::``, which runs commands; and for
            addresses with a password or token, which would be published. It is not in the message.
    """
    if _SSH_ADDRESS.fullmatch(text):
        return text
    expected = "the address of a git repository such as `https://host/name.git`"
    scheme, separator, rest = text.partition("://")
    place, _, path = rest.partition("/")
    user, named, host = place.rpartition("@")
    is_named = bool(named) and not (scheme == "ssh" and _SSH_USER.fullmatch(user))
    # A password with a slash in it looks like a host with a port and a path.
    if is_named or set(rest) & set("?#") or (":" in host and "@" in path):
        last = re.split(r"[?#]", text)[0].rpartition("@")[2].rpartition("://")[2]
        expected = f"{expected}, without a user name, password or token"
        raise ValueFault(f"{scheme}://…{last}", expected)
    is_there = _HOST_AND_PORT.fullmatch(host) if scheme != "file" else not host.startswith("-")
    sound = rest and is_there and text.isprintable() and " " not in text
    if separator and scheme in {"https", "ssh", "file"} and sound:
        return text
    raise ValueFault(f"…{text.rpartition('@')[2]}" if "@" in text else text, expected)


def is_commit(text: str) -> bool:
    """Whether a text is the full id of a commit of git."""
    return bool(_COMMIT.fullmatch(text))


def parse_page_path(text: str) -> str:
    """Read the path of a page or folder below another one, with ``/`` and without ``..``.

    Raises:
        ValueFault: for absolute paths, and for paths that lead out.
    """
    parts = text.split("/")
    if not text.isprintable() or "\\" in text or any(part in {"", ".", ".."} for part in parts):
        raise ValueFault(text, "a path such as `part-2/merging`, without `..` and leading `/`")
    return text


def parse_picture_path(text: str) -> str:
    """Read the path of a picture below a folder, such as ``people/photos/ada.jpg``.

    Raises:
        ValueFault: for paths that lead out, and for files that browsers don't show as pictures.
    """
    try:
        parse_page_path(text)
    except ValueFault:
        expected = "a path such as `people/photos/ada.jpg`, without `..` and leading `/`"
        raise ValueFault(text, expected) from None
    if text.rpartition(".")[2].casefold() not in _PICTURES:
        raise ValueFault(text, f"a picture: {', '.join(sorted(_PICTURES))}")
    return text


def parse_email(text: str) -> str:
    """Read one e-mail address, of the form that HTML's ``input type=email`` accepts.

    Raises:
        ValueFault: for anything else.
    """
    if len(text) <= 254 and _EMAIL.fullmatch(text) and ".." not in text:
        return text
    raise ValueFault(text, "an e-mail address such as `name@example.org`")


def parse_url(text: str) -> str:
    """Read an absolute web address.

    Raises:
        ValueFault: for schemes other than http and https, for spaces and control characters, for a
            missing or malformed host, and for an embedded user name or password.
    """
    expected = "a web address that starts with `https://` or `http://`"
    if any(char.isspace() or not char.isprintable() for char in text) or set(text) & set(
        '<>"\\`{}|^'
    ):
        raise ValueFault(text, f"{expected}, without spaces, quotes and control characters")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueFault(text, expected) from None
    if parts.scheme.lower() not in URL_SCHEMES:
        bare = not parts.scheme and "." in text.split("/")[0]
        raise ValueFault(text, expected, f"https://{text}" if bare else None)
    if not host or not (_HOST.fullmatch(host) or ":" in host) or port == 0:
        raise ValueFault(text, f"{expected} and names a host")
    if parts.username is not None or parts.password is not None:
        raise ValueFault(text, f"{expected}, without a user name or password")
    return text


def is_filled_once(text: str) -> bool:
    """Whether a text has one place that Python's ``%`` fills with another one."""
    rest = text.replace("%%", "")
    return rest.count("%") == 1 and "%s" in rest


def parse_link_address(text: str) -> str:
    """Read a web address with ``%s`` where a text goes in.

    Raises:
        ValueFault: where it is no web address, or ``%s`` doesn't stand in it once.
    """
    parse_url(text)
    if not is_filled_once(text):
        raise ValueFault(text, "a web address with `%s` once; any other `%` is written `%%`")
    return text


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    return frozenset(
        code
        for code in map(str, Locale("en").territories)
        if len(code) == 2 and not _NOT_ALPHA_2.search(code) and code not in _NOT_COUNTRIES
    )


def parse_country(text: str) -> str:
    """Read an ISO 3166-1 alpha-2 country code.

    Raises:
        ValueFault: for names, unknown and reserved codes; a country's English name and the usual
            wrong codes are answered with the right one.
    """
    if text in _countries():
        return text
    suggestion = _COMMON_COUNTRIES.get(text.upper())
    if suggestion is None and text.upper() in _countries():
        suggestion = text.upper()
    if suggestion is None:
        from babel import Locale

        names = {
            name: code for code, name in Locale("en").territories.items() if code in _countries()
        }
        name = nearest(text, names) if len(text) > 3 else None
        suggestion = names[name] if name else None
    raise ValueFault(text, "an ISO 3166-1 country code of two capitals, such as `NO`", suggestion)


def parse_seat(text: str) -> str:
    """Read where an organisation belongs: a country's code, or one of :data:`BODIES`.

    Raises:
        ValueFault: for anything else, like :func:`parse_country`; for several countries at once
            with ``international``.
    """
    if text in BODIES:
        return text
    try:
        return parse_country(text)
    except ValueFault as fault:
        suggestion = _BODY_NAMES.get(text.strip().casefold(), fault.suggestion)
        parts = re.split(r"[^A-Z]+", text)
        if all(part in _countries() for part in parts):
            suggestion = INTERNATIONAL
        expected = fault.expected
        if suggestion is None:
            expected += ", or `EU`, `UN` or `international` for an international body"
        raise ValueFault(text, expected, suggestion) from None


def parse_currency(text: str) -> str:
    """Read an ISO 4217 currency code.

    Raises:
        ValueFault: for symbols, names and unknown codes.
    """
    from babel.numbers import list_currencies

    codes = list_currencies()
    if text in codes:
        return text
    suggestion = {"€": "EUR", "$": "USD", "£": "GBP"}.get(text)
    if suggestion is None and text.upper() in codes:
        suggestion = text.upper()
    raise ValueFault(text, "an ISO 4217 currency code of three capitals, such as `EUR`", suggestion)


def parse_language(text: str) -> str:
    """Read a BCP 47 language tag whose primary language is registered.

    Raises:
        ValueFault: for other spellings and unknown languages.
    """
    from babel import Locale

    languages, regions = Locale("en").languages, Locale("en").territories

    def is_tag(tag: str) -> bool:
        match = _LANGUAGE.fullmatch(tag)
        if match is None or match["language"] not in languages:
            return False
        return match["region"] is None or match["region"] in regions

    if is_tag(text):
        return text
    names = {name.casefold(): code for code, name in languages.items()}
    mended = text.replace("_", "-")
    language, _, region = mended.partition("-")
    mended = f"{language}-{_COMMON_COUNTRIES[region]}" if region in _COMMON_COUNTRIES else mended
    suggestion = names.get(text.casefold()) or (mended if is_tag(mended) else None)
    raise ValueFault(text, "a BCP 47 language tag such as `en` or `nb-NO`", suggestion)


@cache
def _licensing() -> Licensing:
    """The list of SPDX; the library reads it anew each time that it is asked for."""
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def parse_licence(text: str) -> str:
    """Read an SPDX licence expression such as ``CC-BY-4.0`` or ``MIT OR Apache-2.0``.

    Raises:
        ValueFault: when it is no expression, or names a licence that SPDX doesn't list.
    """
    from license_expression import ExpressionError

    expected = "an SPDX licence expression such as `CC-BY-4.0`"
    try:
        parsed = _licensing().parse(text, validate=True)
    # On some nonsense, such as `( OR 0AND`, the library fails with an assertion.
    except (ExpressionError, AssertionError, AttributeError, TypeError):
        known = map(str, _licensing().known_symbols)
        raise ValueFault(text, expected, nearest(text, known)) from None
    if parsed is None:
        raise ValueFault(text, expected)
    return str(parsed)
