"""Addresses are read as browsers read them, and what no browser could open is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.check.external.addresses import Form, read_address
from guildhall.check.external.mailto import mailto_fault


class TestWeb:
    @pytest.mark.parametrize(
        ("written", "page", "fragment"),
        [
            ("https://example.org", "https://example.org", ""),
            ("HTTPS://Example.ORG:443/a?b=c#d", "https://example.org/a?b=c", "d"),
            (" https://example.org/a\n", "https://example.org/a", ""),
            ("https://example.org/a b", "https://example.org/a%20b", ""),
            ("https://example.org/größe", "https://example.org/gr%C3%B6%C3%9Fe", ""),
            ("https://example.org/a|b{c}", "https://example.org/a|b%7Bc%7D", ""),
            ("https://i❤.ws/", "https://xn--i-7iq.ws/", ""),
            ("https://bücher.example/", "https://xn--bcher-kva.example/", ""),
            ("https://under_score.example.org/", "https://under_score.example.org/", ""),
            ("//example.org/a", "https://example.org/a", ""),
            ("https://[::1]:8000/", "https://[::1]:8000/", ""),
            ("https://me:secret@example.org/", "https://example.org/", ""),
            ("https://example.org/#:~:text=some%20words", "https://example.org/", ""),
            ("https://example.org/#a:~:text=some%20words", "https://example.org/", "a"),
            ("https://example.org/#größe", "https://example.org/", "größe"),
            ("https://example.org/#gr%C3%B6%C3%9Fe", "https://example.org/", "gr%C3%B6%C3%9Fe"),
        ],
    )
    def test_it_is_read(self, written: str, page: str, fragment: str):
        read = read_address(written)
        assert (read.form, read.page, read.fragment) == (Form.WEB, page, fragment)

    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ("https:/example.org", "`https:` must be followed by `//` and a host"),
            ("https:example.org", "`https:` must be followed by `//` and a host"),
            ("https://", "it has no host"),
            ("https:///path", "it has no host"),
            ("https://example.org:port/", "its port is not a number from 1 to 65535"),
            ("https://example.org:99999/", "its port is not a number from 1 to 65535"),
            ("https://example.org:0/", "its port is not a number from 1 to 65535"),
            ("https://exa mple.org/", "its host contains a space"),
            ("https://example..org/", "its host is not a valid name"),
            ("https://-example.org/", "its host is not a valid name"),
            (f"https://{'a' * 64}.org/", "its host is not a valid name"),
            ("https://[::1/", "its host is not a valid name"),
            ("https://exa<mple.org/", "its host is not a valid name"),
            (f"https://example.org/{'a' * 9000}", "it is longer than 8000 characters"),
            ("htps://example.org/", "its scheme is `htps:`; did you mean `https:`?"),
            ("ttp://example.org/", "its scheme is `ttp:`; did you mean `http:`?"),
            ("example.org/page", "it has no scheme such as `https:`"),
            ("doi:10.5281", "expected a DOI such as `10.5281/zenodo.8280234`"),
            ("https://doi.org/10.x/y", "expected a DOI such as `10.5281/zenodo.8280234`"),
        ],
    )
    def test_what_is_wrong_is_told(self, written: str, fault: str):
        read = read_address(written)
        assert (read.form, read.fault) == (Form.MALFORMED, fault)

    @pytest.mark.parametrize(
        "written",
        ["https://doi.org/10.5281/zenodo.8280234", "http://dx.doi.org/10.5281/ZENODO.8280234",
         "doi:10.5281/zenodo.8280234", "https://doi.org/10.5281%2Fzenodo.8280234#x"],
    )  # fmt: skip
    def test_a_doi_is_one_however_it_is_written(self, written: str):
        read = read_address(written)
        assert (read.form, read.page) == (Form.DOI, "doi:10.5281/zenodo.8280234")

    @pytest.mark.parametrize("written", ["https://doi.org", "https://doi.org/about"])
    def test_pages_of_doi_org_are_pages(self, written: str):
        assert read_address(written).form is Form.WEB

    @pytest.mark.parametrize(
        "written",
        ["ftp://example.org/a", "git://example.org/a", "tel:+4712345678", "javascript:void(0)",
         "data:text/plain,x", "urn:isbn:0451450523", "ssh://git@example.org/a"],
    )  # fmt: skip
    def test_other_schemes_are_told_apart(self, written: str):
        assert read_address(written).form is Form.OTHER

    @given(st.text())
    def test_whatever_is_written_is_read(self, text: str):
        read_address(text)

    @given(st.text())
    def test_whatever_follows_a_scheme_is_read(self, text: str):
        read = read_address(f"https://{text}")
        assert read.form in {Form.WEB, Form.DOI, Form.MALFORMED}
        assert (read.form is Form.MALFORMED) == bool(read.fault)


LOCAL = st.text("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=20)
LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
HOST = st.lists(LABEL, min_size=2, max_size=4).map(".".join)


def escaped(local: str) -> str:
    """As RFC 6068, section 2, has it: what has a meaning in addresses of the web is escaped."""
    return "".join(c if c.isalnum() or c in "!$'*+-._~" else f"%{ord(c):02X}" for c in local)


NO_ADDRESS = "in it is not an e-mail address such as `name@example.org`"
BAD_ESCAPE = "is not followed by two hexadecimal digits; write `%25`"


class TestMailto:
    """RFC 6068, with the examples of its section 6."""

    @pytest.mark.parametrize(
        "written",
        [
            "mailto:chris@example.com",
            "mailto:infobot@example.com?subject=current-issue",
            "mailto:infobot@example.com?body=send%20current-issue%0D%0Asend%20index",
            "mailto:list@example.org?In-Reply-To=%3C3469A91.D10AF4C@example.com%3E",
            "mailto:majordomo@example.com?body=subscribe%20bamboo-l",
            "mailto:joe@example.com?cc=bob@example.com&body=hello",
            "mailto:gorby%25kremvax@example.com",
            "mailto:unlikely%3Faddress@example.com?blat=foop",
            "mailto:%22not%40me%22@example.org",
            "mailto:%22oh%5C%5Cno%22@example.org",
            "mailto:user@example.org?subject=caf%C3%A9",
            "mailto:user@%E7%B4%8D%E8%B1%86.example.org?subject=Test",
            "mailto:addr1@an.example,addr2@an.example",
            "mailto:?to=addr1@an.example,addr2@an.example",
            "mailto:?subject=hello",
            "MAILTO:a@example.org",
            "mailto:jürgen@bücher.example",
            "mailto:a@example.org?subject=",
        ],
    )
    def test_what_is_right(self, written: str):
        assert mailto_fault(written) is None

    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            ("mailto:", "it contains no e-mail address"),
            ("mailto://a@example.org", "`mailto:` is followed by the e-mail address, without `//`"),
            ("mailto:a@example.org b@example.org", "it contains a space; write `%20`"),
            ("mailto:a@example.org?subject=two words", "it contains a space; write `%20`"),
            ("mailto:a@example.org?subject=5%", f"a `%` in it {BAD_ESCAPE}"),
            ("mailto:example.org", f"`example.org` {NO_ADDRESS}"),
            ("mailto:a@@example.org", f"`a@@example.org` {NO_ADDRESS}"),
            ("mailto:a@example", f"`a@example` {NO_ADDRESS}"),
            ("mailto:a@example.org,", f"`` {NO_ADDRESS}"),
            ("mailto:a@example.org?cc=b", f"`b` {NO_ADDRESS}"),
            ("mailto:a@example.org?subject", "`subject` in it is not of the form `name=value`"),
            ("mailto:https://example.org/", f"`https://example.org/` {NO_ADDRESS}"),
        ],
    )
    def test_what_is_wrong_is_told(self, written: str, fault: str):
        assert mailto_fault(written) == fault

    @given(st.lists(st.tuples(LOCAL, HOST), min_size=1, max_size=3))
    def test_addresses_that_are_escaped_are_right(self, people: list[tuple[str, str]]):
        addresses = ",".join(f"{escaped(local)}@{host}" for local, host in people)
        assert mailto_fault(f"mailto:{addresses}") is None

    @given(LOCAL, HOST)
    def test_an_address_without_its_at_is_none(self, local: str, host: str):
        assert mailto_fault(f"mailto:{escaped(local)}{host}") is not None

    @given(st.text())
    def test_whatever_is_written_is_read(self, text: str):
        fault = mailto_fault(f"mailto:{text}")
        assert fault is None or "\n" not in fault
