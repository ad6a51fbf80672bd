"""Identifiers carry check digits: what one slip of the hand writes is never taken for another."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.core.values.faults import ValueFault
from guildhall.core.values.identifiers import (
    parse_country,
    parse_email,
    parse_licence,
    parse_orcid,
    parse_ror,
    parse_seat,
    parse_slug,
    parse_url,
    slug_of,
)

# ORCID's documentation names the first, its support pages the second; the third ends in X.
ORCIDS = ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"]
# ROR's documentation; Aalto, Oslo and the Research Council of Norway.
RORS = ["020hwjq30", "01xtthb56", "00epmv149"]


def slips(text: str, alphabet: str) -> st.SearchStrategy[str]:
    """The text with one of its characters replaced by another one of the alphabet."""
    places = [place for place, char in enumerate(text) if char in alphabet]
    return st.sampled_from(places).flatmap(
        lambda place: st.sampled_from(sorted(set(alphabet) - {text[place]})).map(
            lambda other: text[:place] + other + text[place + 1 :]
        )
    )


@pytest.mark.parametrize("seat", ["NO", "GL", "AX", "XK", "EU", "UN", "international"])
def test_an_organisation_belongs_to_a_country_or_to_none(seat: str):
    assert parse_seat(seat) == seat


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("eu", "EU"),
        ("European Union", "EU"),
        ("Europe", "EU"),
        ("INT", "international"),
        ("International", "international"),
        ("Nordic", "international"),
        ("NO-SE", "international"),
        ("NO, SE", "international"),
        ("NO/SE/DK", "international"),
        ("UK", "GB"),
        ("Norway", "NO"),
        ("Kosovo", "XK"),
        ("no", "NO"),
        ("EZ", None),
        ("ZZ", None),
        ("NO-", None),
    ],
)
def test_other_words_for_where_it_belongs_are_refused_with_the_right_one(
    text: str, suggestion: str | None
):
    with pytest.raises(ValueFault, match="expected an ISO 3166-1 country code") as caught:
        parse_seat(text)
    assert caught.value.suggestion == suggestion
    assert ("`international`" in str(caught.value)) == (suggestion in {None, "international"})


@pytest.mark.parametrize("text", ["EU", "UN", "international"])
def test_nobody_comes_from_a_body_that_is_no_country(text: str):
    with pytest.raises(ValueFault):
        parse_country(text)


@pytest.mark.parametrize("orcid", ORCIDS)
def test_an_orcid_is_read_bare_and_as_an_address(orcid: str):
    assert parse_orcid(orcid) == parse_orcid(f"https://orcid.org/{orcid}") == orcid


@pytest.mark.parametrize("ror", RORS)
def test_a_ror_id_is_read_bare_and_as_an_address(ror: str):
    assert parse_ror(ror) == parse_ror(f"https://ror.org/{ror}") == f"https://ror.org/{ror}"


@given(st.sampled_from(ORCIDS).flatmap(lambda orcid: slips(orcid, "0123456789X")))
def test_an_orcid_with_any_one_digit_changed_is_refused(slipped: str):
    with pytest.raises(ValueFault):
        parse_orcid(slipped)


@given(
    st.sampled_from(RORS).flatmap(lambda ror: slips(ror, "0123456789abcdefghjkmnpqrstvwxyz")),
)
def test_a_ror_id_with_any_one_character_changed_is_refused(slipped: str):
    with pytest.raises(ValueFault):
        parse_ror(slipped)


@pytest.mark.parametrize("orcid", ORCIDS)
def test_two_neighbouring_digits_of_an_orcid_changed_round_are_refused(orcid: str):
    digits = orcid.replace("-", "")[:-1]
    for place, (one, other) in enumerate(itertools.pairwise(digits)):
        if one == other:
            continue
        swapped = f"{digits[:place]}{other}{one}{digits[place + 2 :]}{orcid[-1]}"
        with pytest.raises(ValueFault):
            parse_orcid("-".join(swapped[at : at + 4] for at in range(0, 16, 4)))


# The first call of some readers loads the list that it looks codes up in.
@settings(deadline=None)
@given(st.text(max_size=40))
@pytest.mark.parametrize(
    "parse",
    [parse_country, parse_seat, parse_email, parse_licence, parse_orcid, parse_ror, parse_url],
)
def test_any_text_is_read_or_refused_with_a_sentence(parse, text: str):
    try:
        parse(text)
    except ValueFault as fault:
        said = str(fault)
    else:
        return
    assert "expected" in said
    # Joiners are invisible, and right in names.
    assert re.sub("[\u200c\u200d]", "", said).isprintable()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:alert(1)", " javascript:x",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "ftp://example.org",
        "//example.org",
        "example.org", "https://", "https:///x", "https://a b.org", "https://example.org/\n",
        "https://me:secret@example.org", "https://me@example.org", "https://example.org:99999",
        "https://example.org:port", "https://[::1", "https://exa\u202emple.org", "",
    ],
)  # fmt: skip
def test_what_is_no_safe_web_address_is_refused(url: str):
    with pytest.raises(ValueFault):
        parse_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org", "http://example.org/a?b=c#d", "https://example.org:8080/",
        "https://blåbær.example/ø", "https://192.0.2.1/",
    ],
)  # fmt: skip
def test_a_web_address_stays_as_it_is_written(url: str):
    assert parse_url(url) == url


@pytest.mark.parametrize("text", ["( OR 0AND ", "MIT AND", "(", "", "MIT Apache-2.0", "MITT"])
def test_what_is_no_licence_expression_is_refused(text: str):
    with pytest.raises(ValueFault, match="an SPDX licence expression"):
        parse_licence(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Øvelser i Å", "ovelser-i-a"),
        ("Työpaja", "tyopaja"),
        ("Þróun & ðæßłđœı", "throun-daessldoei"),
        ("Основы Git", "osnovy-git"),
        ("Εισαγωγή", "eisagogi"),
        ("C++ / 2nd  part!", "c-2nd-part"),
        ("…", ""),
    ],
)
def test_an_id_made_of_a_text_keeps_its_letters(text: str, slug: str):
    assert slug_of(text) == slug


def test_an_id_is_cut_after_whole_words():
    assert slug_of("one two three", 8) == "one-two"
    assert slug_of("abcdefghij", 8) == "abcdefgh"


@given(st.text())
def test_an_id_made_of_any_text_is_well_formed(text: str):
    made = slug_of(text)
    assert not made or parse_slug(made) == made


def test_an_id_with_other_letters_is_answered_with_one_that_keeps_them():
    with pytest.raises(ValueFault, match="did you mean `tyopaja-1`"):
        parse_slug("Työpaja 1")
