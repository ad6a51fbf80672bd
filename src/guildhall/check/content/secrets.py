"""Secrets that were not meant to be published: keys, tokens, passwords in links.

A form is looked for only where what has it is hardly ever anything else. Where the issuer puts a
checksum into its tokens, it is verified, so that examples are passed over.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from guildhall.check.site.fault import SiteFault

_SHOWN = 8
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PLACEHOLDER = re.compile(
    r"example|sample|dummy|secret|token|x{4}|0{5}|\*{3}|\.{3}|your|1234|abcd|(.)\1{4}",
    re.IGNORECASE,
)
_LEAST_BITS = 3.0


@dataclass(frozen=True, slots=True)
class Form:
    """What a sort of secret looks like.

    Args:
        what: what it is, for messages.
        anchors: texts of which one is in every one of them, so that most pages cost little.
        pattern: the secret; its group ``secret`` is what is judged, by default all of it.
        is_real: whether a text of the form is a secret, and no example.
    """

    what: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    is_real: Callable[[str], bool]


def _is_random(text: str) -> bool:
    """Whether a text looks made by chance: no word of examples, and many different signs."""
    if _PLACEHOLDER.search(text):
        return False
    counts, length = Counter(text), len(text)
    bits = -sum(times / length * math.log2(times / length) for times in counts.values())
    return bits >= _LEAST_BITS


def _has_checksum(token: str) -> bool:
    """Whether the last six signs are the CRC32 of those before, in base 62.

    Source: GitHub, "Behind GitHub's new authentication token formats"; npm has the same.
    """
    body = token.partition("_")[2]
    number, digits = zlib.crc32(body[:-6].encode("ascii")), ""
    while number:
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(6, "0") == body[-6:]


def _is_key(block: str) -> bool:
    """Whether a block in PEM holds a key: much base 64, that doesn't read like an example."""
    body = re.sub(r"(?:\\[nr]|\s|&#10;)+", "", block)
    return len(body) >= 100 and not _PLACEHOLDER.search(body[:64])


def _form(
    what: str, anchors: tuple[str, ...], pattern: str, is_real: Callable[[str], bool]
) -> Form:
    return Form(what, anchors, re.compile(rf"(?<![A-Za-z0-9_-]){pattern}"), is_real)


_END = r"(?![A-Za-z0-9_-])"
FORMS = (
    _form(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        rf"gh[pousr]_[A-Za-z0-9]{{36}}{_END}",
        _has_checksum,
    ),
    _form(
        "a GitHub token",
        ("github_pat_",),
        rf"github_pat_(?P<secret>[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}){_END}",
        _is_random,
    ),
    _form("a GitLab token", ("glpat-",), r"glpat-(?P<secret>[A-Za-z0-9_-]{20,})", _is_random),
    _form(
        "a key of AWS", ("AKIA", "ASIA"), rf"A[KS]IA(?P<secret>[A-Z2-7]{{16}}){_END}", _is_random
    ),
    _form(
        "a Slack token",
        ("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"),
        r"xox[abprs]-(?P<secret>[0-9]{8,}-[0-9A-Za-z-]{16,})",
        _is_random,
    ),
    _form(
        "a Slack webhook",
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/services/(?P<secret>T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{24})",
        _is_random,
    ),
    _form("a Google API key", ("AIza",), rf"AIza(?P<secret>[A-Za-z0-9_-]{{35}}){_END}", _is_random),
    _form("an npm token", ("npm_",), rf"npm_[A-Za-z0-9]{{36}}{_END}", _has_checksum),
    _form(
        "a PyPI token",
        ("pypi-AgE",),
        r"pypi-AgE(?P<secret>[A-Za-z0-9_-]{70,})",
        lambda text: not _PLACEHOLDER.search(text[:40]),
    ),
    _form("a Hugging Face token", ("hf_",), rf"hf_(?P<secret>[A-Za-z]{{34}}){_END}", _is_random),
    _form(
        "a Docker Hub token",
        ("dckr_pat_",),
        r"dckr_pat_(?P<secret>[A-Za-z0-9_-]{27})",
        _is_random,
    ),
    _form("a Stripe key", ("sk_live_", "rk_live_"), r"[rs]k_live_(?P<secret>\w{24,})", _is_random),
    _form(
        "a key of Anthropic",
        ("sk-ant-",),
        r"sk-ant-[a-z0-9]+-(?P<secret>[A-Za-z0-9_-]{40,})",
        _is_random,
    ),
    _form(
        "a key of OpenAI",
        ("T3BlbkFJ",),
        r"sk-(?P<secret>[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,})",
        _is_random,
    ),
    Form(
        "a private key",
        ("PRIVATE KEY",),
        re.compile(
            r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
            r"(?P<secret>(?:\\[nr]|&#10;|[A-Za-z0-9+/=\s]){60,20000})-{5}END "
        ),
        _is_key,
    ),
)
"""The forms that are looked for."""

_ANCHORS = tuple(anchor for form in FORMS for anchor in form.anchors)
# Parts of anchors that colours of code leave whole.
_HINTS = (
    *(b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_", b"glpat", b"AKIA", b"ASIA"),
    *(b"xox", b"hooks.slack", b"AIza", b"npm_", b"pypi", b"hf_", b"dckr_pat_", b"k_live_"),
    *(b"sk-ant", b"T3BlbkFJ", b"PRIVATE", b"eyJ", b"pwd="),
)
_WEB_TOKEN = re.compile(
    r"(?<![\w-])eyJ[\w-]{10,2000}\.(eyJ[\w-]{10,4000})\.[\w-]{20,1000}(?![\w-])"
)
_MEETING = re.compile(
    r"https?://(?:[\w-]+\.)*zoom(?:gov)?\.(?:us|com)/[jsw]/[0-9]+\?(?:[\w-]+=[\w.-]*(?:&amp;|&))*"
    r"pwd=([\w.-]{4,})"
)


def secrets_in(page: str, text: str, today: date) -> Iterator[SiteFault]:
    """The secrets in a text, each once.

    Args:
        page: the file that holds it, relative to the site's folder.
        text: the text, of HTML or anything else.
        today: tokens that ended before are passed over.
    """
    told = set()
    for what, secret in _found(text, today):
        if secret in told:
            continue
        told.add(secret)
        message = f"found what looks like {what}, {_shown(secret)}; expected no secrets on pages"
        yield SiteFault(page, "privacy.secret", message, _needle(secret))
    if "pwd=" in text and "zoom" in text:
        for match in _MEETING.finditer(text):
            password = match[1]
            address = match[0][: match.start(1) - match.start()].replace("&amp;", "&")
            if address in told or _PLACEHOLDER.search(password) or len(set(password)) < 3:
                continue
            told.add(address)
            message = f"the link `{address}…` holds the meeting's password, expected it without"
            yield SiteFault(page, "privacy.meeting-password", message, address)


def may_hold_secrets(source: bytes) -> bool:
    """Whether there is anything in a page's source that is worth a closer look."""
    return any(hint in source for hint in _HINTS)


def _found(text: str, today: date) -> Iterator[tuple[str, str]]:
    if any(anchor in text for anchor in _ANCHORS):
        for form in FORMS:
            if not any(anchor in text for anchor in form.anchors):
                continue
            for match in form.pattern.finditer(text):
                judged = match["secret"] if "secret" in form.pattern.groupindex else match[0]
                if form.is_real(judged):
                    yield form.what, match[0]
    if "eyJ" in text:
        for match in _WEB_TOKEN.finditer(text):
            if _is_valid_on(match[1], today):
                yield "a JSON Web Token that is still valid", match[0]


def _is_valid_on(payload: str, today: date) -> bool:
    """Whether a JSON Web Token says that it ends, and not before today (RFC 7519, 4.1.4)."""
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        ends = datetime.fromtimestamp(claims["exp"], UTC).date()
    except (
        binascii.Error,
        ValueError,
        KeyError,
        TypeError,
        OverflowError,
        OSError,
        RecursionError,
    ):
        return False
    return ends >= today


def _needle(secret: str) -> str:
    """The beginning of a secret, enough to find it by and of no other use."""
    return secret.splitlines()[0] if secret.startswith("-----") else secret[:_SHOWN]


def _shown(secret: str) -> str:
    return f"`{_needle(secret)}…`"
