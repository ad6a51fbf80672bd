"""Characters that nobody sees: right in some texts, hidden in others."""

from __future__ import annotations

import pytest

from guildhall.core.values.characters import unseen, without_joiners
from guildhall.core.values.legible import (
    DIRECTIONS,
    HIDDEN,
    legible,
    without_directions,
    without_passwords,
)

NON_JOINER, JOINER, SHAPE = "\u200c", "\u200d", "\ufe0f"
KA, VIRAMA, MEEM, YEH = "\u0915", "\u094d", "\u0645", "\u06cc"
WOMAN, COMPUTER, SKIN, HEART, FIRE = (
    "\U0001f469", "\U0001f4bb", "\U0001f3fd", "\u2764", "\U0001f525",
)  # fmt: skip
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
RED_HAIR = "\U0001f9b0"


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "9\u00a0000\u202fkr",
        f"{MEEM}{YEH}{NON_JOINER}{MEEM}",
        f"{KA}{VIRAMA}{JOINER}{KA}",
        f"{KA}{VIRAMA}{JOINER}",
        f"{KA}{VIRAMA}{JOINER} a",
        f"{KA}{JOINER}",
        f"{WOMAN}{JOINER}{COMPUTER} a",
        f"a {WOMAN}{SKIN}{JOINER}{COMPUTER}",
        f"{HEART}{SHAPE}{JOINER}{FIRE}",
        f"{WOMAN}{SKIN}{SHAPE}{JOINER}{RED_HAIR}",
        f"{HEART}{SHAPE}",
        f"a{SHAPE}",
        SCOTLAND,
        f"in {SCOTLAND} and {SCOTLAND}",
    ],
)
def test_what_belongs_to_how_a_text_is_written_is_seen(text: str):
    assert unseen(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a\nb", {1}),
        ("a\tb\x1b", {1, 3}),
        ("\u202eab", {0}),
        ("a\u00adb", {1}),
        ("a\u3164b\u2800", {1, 3}),
        (f"a{NON_JOINER}b", {1}),
        (f"{NON_JOINER}{MEEM}", {0}),
        (f"{MEEM}{NON_JOINER}", {1}),
        (f"{MEEM}{NON_JOINER}a{MEEM}", {1}),
        (f"{MEEM}a{NON_JOINER}{MEEM}", {2}),
        (f"a{JOINER}b", {1}),
        (f"{JOINER}{KA}", {0}),
        (f"{KA}{JOINER}{JOINER}", {1, 2}),
        (f"{KA}{JOINER}{NON_JOINER}{KA}", {1, 2}),
        (f"{JOINER}{COMPUTER}", {0}),
        (f"{WOMAN}{JOINER}", {1}),
        (f"{WOMAN}{JOINER}a{COMPUTER}", {1}),
        (f"a{JOINER}{COMPUTER}", {1}),
        (f"a{SKIN}{JOINER}{COMPUTER}", {2}),
        (f"1{JOINER}2", {1}),
        (f"{SHAPE}a", {0}),
        (f"\n{SHAPE}", {0, 1}),
        (f"a{SHAPE}{SHAPE}", {2}),
        (SCOTLAND[:-1], set(range(1, 6))),
    ],
)
def test_elsewhere_they_hide(text: str, at: set[int]):
    assert unseen(text) == at
    assert [place for place, char in enumerate(legible(text)) if char == HIDDEN] == sorted(at)


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("a b", "a b"),
        (f"{MEEM}{NON_JOINER}{YEH}", f"{MEEM}{YEH}"),
        (f"{HEART}{SHAPE}{JOINER}{FIRE}", f"{HEART}{FIRE}"),
        ("so\u00adft å", "soft å"),
        ("\U000e0100æ", "æ"),
    ],
)
def test_texts_are_compared_without_what_only_draws_them(text: str, compared: str):
    assert without_joiners(text) == compared


def test_some_commands_can_be_kept_and_all_blanks_look_the_same():
    assert legible("a\nb\tc", kept="\n") == f"a\nb{HIDDEN}c"
    assert legible("å\u00a0b\u2003c") == "å b c"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://example.org/@ada", "see https://example.org/@ada"),
        ("ssh://git@host/a", "ssh://git@host/a"),
        ("ssh://git:secret@host/a", "ssh://…@host/a"),
        ("https://ada@host/", "https://…@host/"),
        ("HTTP://ada:secret@host/", "HTTP://…@host/"),
        ("a http://x:y@a and http://z@b", "a http://…@a and http://…@b"),
        ("ada@example.org", "ada@example.org"),
    ],
)
def test_addresses_show_no_password_and_no_user_of_a_website(text: str, shown: str):
    assert without_passwords(text) == shown


def test_controls_of_direction_are_left_out():
    assert without_directions(f"a{''.join(DIRECTIONS)}å") == "aå"
    assert without_directions("ab") == "ab"
