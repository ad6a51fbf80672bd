"""Identifiers carry check digits: what one slip of the hand writes is never taken for another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guildhall.core.values.faults import ValueFault
from guildhall.core.values.identifiers import (
    is_commit,
    is_filled_once,
    parse_country,
    parse_currency,
    parse_doi,
    parse_email,
    parse_git_address,
    parse_language,
    parse_licence,
    parse_link_address,
    parse_orcid,
    parse_page_path,
    parse_picture_path,
    parse_ror,
    parse_seat,
    parse_slug,
    parse_url,
    slug_of,
)

Read = Callable[[str], str]

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
    assert (caught.value.found, caught.value.suggestion) == (text, suggestion)
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
    assert [slug_of("one two three", limit) for limit in (8, 9, 7, 13)] == [
        "one-two", "one-two", "one-two", "one-two-three",
    ]  # fmt: skip
    assert len(slug_of("a" * 61)) == 60
    assert len(slug_of("a" * 61, None)) == 61
    assert slug_of("abcdefghij", 8) == "abcdefgh"


@given(st.text())
def test_an_id_made_of_any_text_is_well_formed(text: str):
    made = slug_of(text)
    assert not made or parse_slug(made) == made


def test_an_id_with_other_letters_is_answered_with_one_that_keeps_them():
    with pytest.raises(ValueFault, match="did you mean `tyopaja-1`"):
        parse_slug("Työpaja 1")


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (parse_slug, "a" * 80, "a" * 80),
        (parse_doi, "10.5281/zenodo.8280234", "10.5281/zenodo.8280234"),
        (parse_doi, "doi:10.5281/a", "10.5281/a"),
        (parse_doi, "http://dx.doi.org/10.1000/182(x)", "10.1000/182(x)"),
        (parse_email, "a.b+c@sub-domain.example.org", "a.b+c@sub-domain.example.org"),
        (parse_email, f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
        (parse_email, f"a@{'b' * 248}.org", f"a@{'b' * 248}.org"),
        (parse_currency, "EUR", "EUR"),
        (parse_language, "en", "en"),
        (parse_language, "nb-NO", "nb-NO"),
        (parse_language, "zh-Hant-TW", "zh-Hant-TW"),
        (parse_language, "es-419", "es-419"),
        (parse_language, "de-1996", "de-1996"),
        (parse_licence, "mit", "MIT"),
        (parse_licence, "(MIT OR Apache-2.0)", "MIT OR Apache-2.0"),
        (parse_link_address, "https://example.org/%s?a=%%", "https://example.org/%s?a=%%"),
        (parse_page_path, "part-2/merging", "part-2/merging"),
        (parse_picture_path, "people/photos/ada.b.JPG", "people/photos/ada.b.JPG"),
        *(
            (parse_git_address, address, address)
            for address in (
                "https://host/name.git", "https://host.example:8443/a/b", "https://[::1]:80/a",
                "ssh://git@host/name", "ssh://host:22/name", "git@host.example:name/a.git",
                "file:///srv/git/name", "file://host/name",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_well_formed_is_read(parse: Read, text: str, value: str):
    assert parse(text) == value


DOI = "a DOI such as `10.5281/zenodo.8280234`"
MAIL = "an e-mail address such as `name@example.org`"
WEB = "a web address that starts with `https://` or `http://`"
FILLED = "a web address with `%s` once; any other `%` is written `%%`"
PATH = "a path such as `part-2/merging`, without `..` and leading `/`"
PHOTO = "a path such as `people/photos/ada.jpg`, without `..` and leading `/`"
TAG = "a BCP 47 language tag such as `en` or `nb-NO`"
MONEY = "an ISO 4217 currency code of three capitals, such as `EUR`"
COUNTRY = "an ISO 3166-1 country code of two capitals, such as `NO`"
ID = "an id of small letters, digits and hyphens"
SPDX = "an SPDX licence expression such as `CC-BY-4.0`"


@pytest.mark.parametrize(
    ("parse", "text", "expected", "suggestion"),
    [
        (parse_slug, "a" * 81, ID, "a" * 80),
        (parse_slug, "a--b", ID, "a-b"),
        (parse_slug, "…", ID, None),
        (parse_orcid, "0000-0002-1825-009", "an ORCID iD such as `0000-0002-1825-0097`", None),
        (
            parse_orcid, "0000-0002-1825-0098",
            "an ORCID iD whose check character is right (here `7`)", None,
        ),
        (
            parse_orcid, "0000-0002-1694-2330",
            "an ORCID iD whose check character is right (here `X`)", None,
        ),
        (parse_ror, "020hwjq3", "a ROR id such as `https://ror.org/020hwjq30`", None),
        (parse_ror, "020hwjq31", "a ROR id whose check digits are right (here `30`)", None),
        (parse_ror, "000001z98", "a ROR id whose check digits are right (here `06`)", None),
        (parse_doi, "10.528/", DOI, None),
        (parse_doi, "https://example.org/10.5281/a", DOI, None),
        (parse_email, "ada", MAIL, None),
        (parse_email, "ada@example", MAIL, None),
        (parse_email, "a..b@example.org", MAIL, None),
        (parse_email, f"a@{'b' * 249}.org", MAIL, None),
        (parse_url, "example.org/a", WEB, "https://example.org/a"),
        (parse_url, "example/a.b", WEB, None),
        (parse_url, "ftp://example.org", WEB, None),
        (parse_url, "https://[::1", WEB, None),
        (parse_url, "https://", f"{WEB} and names a host", None),
        (parse_url, "https://example.org:0", f"{WEB} and names a host", None),
        (parse_url, "https://-a.org", f"{WEB} and names a host", None),
        (parse_url, "https://me@a.org", f"{WEB}, without a user name or password", None),
        (parse_url, "https://:pw@a.org", f"{WEB}, without a user name or password", None),
        (
            parse_url, "https://a b.org",
            f"{WEB}, without spaces, quotes and control characters", None,
        ),
        (parse_link_address, "example.org/%s", WEB, "https://example.org/%s"),
        (parse_link_address, "https://example.org/", FILLED, None),
        (parse_link_address, "https://example.org/%s/%s", FILLED, None),
        (parse_link_address, "https://example.org/%s/%20", FILLED, None),
        (parse_link_address, "https://example.org/%d", FILLED, None),
        (parse_page_path, "", PATH, None),
        (parse_page_path, "/a", PATH, None),
        (parse_page_path, "a/", PATH, None),
        (parse_page_path, "a/../b", PATH, None),
        (parse_page_path, "./a", PATH, None),
        (parse_page_path, "a\\b", PATH, None),
        (parse_page_path, "a\nb", PATH, None),
        (parse_picture_path, "../ada.jpg", PHOTO, None),
        (parse_picture_path, "ada.svg", "a picture: avif, gif, jpeg, jpg, png, webp", None),
        (parse_currency, "€", MONEY, "EUR"),
        (parse_currency, "$", MONEY, "USD"),
        (parse_currency, "£", MONEY, "GBP"),
        (parse_currency, "nok", MONEY, "NOK"),
        (parse_currency, "kroner", MONEY, None),
        (parse_language, "Finnish", TAG, "fi"),
        (parse_language, "nb_NO", TAG, "nb-NO"),
        (parse_language, "en-UK", TAG, "en-GB"),
        (parse_language, "nb-QQ", TAG, None),
        (parse_language, "qqq", TAG, None),
        (parse_language, "EN", TAG, None),
        (parse_country, "uk", COUNTRY, "GB"),
        (parse_country, "se", COUNTRY, "SE"),
        (parse_country, "Norwey", COUNTRY, "NO"),
        (parse_country, "Nor", COUNTRY, None),
        (parse_country, "Iraq", COUNTRY, "IQ"),
        (parse_licence, "MITT", SPDX, "MIT"),
        (parse_licence, "", SPDX, None),
    ],
)  # fmt: skip
def test_what_is_not_is_refused_with_what_was_expected(
    parse: Read, text: str, expected: str, suggestion: str | None
):
    with pytest.raises(ValueFault) as caught:
        parse(text)
    fault = caught.value
    assert (fault.found, fault.expected, fault.suggestion) == (text, expected, suggestion)


GIT = "the address of a git repository such as `https://host/name.git`"


@pytest.mark.parametrize(
    ("text", "found", "has_secret"),
    [
        ("name", "name", False),
        ("ext::sh -c x", "ext::sh -c x", False),
        ("http://host/name", "http://host/name", False),
        ("https://", "https://", False),
        ("https://ho st/name", "https://ho st/name", False),
        ("https://host/na me", "https://host/na me", False),
        ("https://-host/name", "https://-host/name", False),
        ("https://host:name/a", "https://host:name/a", False),
        ("file://-host/name", "file://-host/name", False),
        ("ssh://-o@host/name", "ssh://…host/name", True),
        ("https://me@host/name", "https://…host/name", True),
        ("https://me:secret@host/name", "https://…host/name", True),
        ("https://me:se/cret@host/name", "https://…host/name", True),
        ("ssh://me:secret@host/name", "ssh://…host/name", True),
        ("https://host/name?token=secret", "https://…host/name", True),
        ("https://host/name#secret", "https://…host/name", True),
        ("me:secret@host", "…host", False),
        ("me:se@cret@host", "…host", False),
    ],
)
def test_another_address_of_git_is_refused_without_its_secret(
    text: str, found: str, has_secret: bool
):
    with pytest.raises(ValueFault) as caught:
        parse_git_address(text)
    without = f"{GIT}, without a user name, password or token"
    assert (caught.value.found, caught.value.expected) == (found, without if has_secret else GIT)


def test_only_the_whole_id_of_a_commit_is_one():
    assert is_commit("0123456789abcdef" * 2 + "01234567")
    assert not is_commit("0123456")
    assert not is_commit("0123456789ABCDEF" * 2 + "01234567")


def test_a_text_is_filled_once_where_one_place_is_left():
    filled = {"%s": True, "100 %% %s": True, "": False, "%s %s": False, "%d": False, "%%s": False}
    assert {text: is_filled_once(text) for text in filled} == filled
