"""Characters that nobody sees: which of them are part of how a text is written, and which hide.

Joiners are part of the spelling of Persian, Hindi and other languages, and of many emoji (Unicode
Standard, section 23.2; UTS #51, ED-16). Elsewhere they only make two texts differ that look alike,
as other invisible characters do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NON_JOINER, _JOINER = "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"
# Scripts whose letters join or make conjuncts, as the names of their characters begin.
_JOINING_SCRIPTS = re.compile(
    "(?:ADLAM|ARABIC|BALINESE|BENGALI|BRAHMI|CHAKMA|DEVANAGARI|GRANTHA|GUJARATI|GURMUKHI|HANIFI|"
    "JAVANESE|KAITHI|KANNADA|KHAROSHTHI|KHMER|MALAYALAM|MANDAIC|MANICHAEAN|MEETEI|MODI|MONGOLIAN|"
    "MYANMAR|NEWA|NKO|ORIYA|PHAGS-PA|PSALTER|SHARADA|SIDDHAM|SINHALA|SOGDIAN|SUNDANESE|SYRIAC|"
    "TAKRI|TAMIL|TELUGU|TIBETAN|TIRHUTA) "
)
# They have no shape, though Unicode counts them among letters, marks and signs.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
# Flags of England, Scotland and Wales: the only ones of this form that Unicode recommends.
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|"
    "\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)


def unseen(text: str) -> frozenset[int]:
    """Where a text has characters that can't be seen and don't belong there, counted from 0.

    Control characters and line breaks are among them, and what turns the direction of a text.
    Blanks of any width are not.
    """
    if text.isprintable() and text.isascii():
        return frozenset()
    flags = {at for match in _FLAG.finditer(text) for at in range(*match.span())}
    return frozenset(at for at in range(len(text)) if at not in flags and not _belongs(text, at))


def without_joiners(text: str) -> str:
    """A text to compare: without what is only about how letters are drawn (category Cf, variants).

    Unicode's caseless matching of identifiers leaves them out as well (NFKC_Casefold).
    """
    if text.isascii():
        return text
    return "".join(
        char for char in text if unicodedata.category(char) != "Cf" and not _VARIANT.fullmatch(char)
    )


def _belongs(text: str, at: int) -> bool:
    char = text[at]
    if char == _NON_JOINER:
        return _is_joining(text[at - 1 : at]) and _is_joining(text[at + 1 : at + 2])
    if char == _JOINER:
        return _joins_letters(text, at) or _joins_emoji(text, at)
    if char in _BLANKS:
        return False
    if _VARIANT.fullmatch(char):
        before = text[at - 1 : at]
        return at > 0 and before.isprintable() and not _VARIANT.fullmatch(before)
    # Python calls all blanks but one unprintable; no-break ones stand in `9 000 EUR`.
    return char.isprintable() or unicodedata.category(char) == "Zs"


def _joins_letters(text: str, at: int) -> bool:
    """Whether a letter before a joiner can take the shape that it has beside another one.

    Nothing has to follow: so stand half letters alone, and abbreviations.
    """
    return (
        at > 0
        and _is_joining(text[at - 1])
        and text[at + 1 : at + 2]
        not in {
            _JOINER,
            _NON_JOINER,
        }
    )


def _joins_emoji(text: str, at: int) -> bool:
    before = at - 1
    while before > 0 and (_VARIANT.fullmatch(text[before]) or _SKIN.fullmatch(text[before])):
        before -= 1
    return before >= 0 and _is_emoji(text[before]) and _is_emoji(text[at + 1 : at + 2])


def _is_emoji(char: str) -> bool:
    return bool(_EMOJI.fullmatch(char)) and unicodedata.category(char) in {"So", "Sm"}


@cache
def _is_joining(char: str) -> bool:
    """Whether a character is a letter, or a mark on one, of a script that uses joiners."""
    if not char or unicodedata.category(char)[0] not in "LM":
        return False
    return bool(_JOINING_SCRIPTS.match(unicodedata.name(char, "")))
