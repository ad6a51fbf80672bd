"""Places in pages of others: those that are served, those that scripts make, lines of files."""

from __future__ import annotations

import json

import pytest

from guildhall.check.external.anchors import find_anchors, wanted
from guildhall.check.external.outcomes import Anchor
from guildhall.check.external.source_lines import (
    Lines,
    count_lines,
    is_forge,
    lines_of,
    made_by_forge,
    raw_address,
)

from .checking import NOWHERE, QUIET, check, result, runtime_with
from .server import Server, answer, page, redirect

HTML = "text/html; charset=utf-8"
RAW = "https://raw.example"
WORDS = "<p>" + "some words of a page that is served " * 20 + "</p>"


def anchor(body: str, fragment: str, kind: str = HTML, **more: bool) -> str:
    found = find_anchors(body.encode(), kind, [fragment], complete=True, **more)
    return str(found[fragment])


class TestServedPages:
    @pytest.mark.parametrize(
        ("body", "fragment"),
        [
            ("<h2 id=install>", "install"),
            ("<h2 id='a b'>", "a%20b"),
            ("<h2 id='größe'>", "größe"),
            ("<h2 id='größe'>", "gr%C3%B6%C3%9Fe"),
            ("<h2 id='100%25'>", "100%25"),
            ("<h2 id='a&amp;b'>", "a&b"),
            ("<a name=old>", "old"),
            ("<svg><g id=drawing /></svg>", "drawing"),
            ("<details><p id=hidden></details>", "hidden"),
        ],
    )
    def test_an_anchor_is_found(self, body: str, fragment: str):
        assert anchor(WORDS + body, fragment) == "present"

    @pytest.mark.parametrize(
        ("body", "fragment"),
        [
            ("<h2 id=Install>", "install"),
            ("<h2 id=install>", "Install"),
            ("<!-- <h2 id=install> -->", "install"),
            ("<input name=install>", "install"),
            ("<p>install</p>", "install"),
            ("<script>'<h2 id=install>'</script>", "install"),
            ("<template><h2 id=install></h2></template>", "instal"),
        ],
    )
    def test_what_is_none_is_missed(self, body: str, fragment: str):
        assert anchor(WORDS + body, fragment) == "missing"

    @pytest.mark.parametrize("fragment", ["", "top", "TOP", "/route", "!state", "page=3", "t=10"])
    def test_what_names_no_place_is_not_looked_for(self, fragment: str):
        assert not wanted(fragment)
        assert anchor(WORDS, fragment) == "ignored"

    @pytest.mark.parametrize(
        "body",
        [
            "<div id=root></div><script src=app.js></script>",
            WORDS + "<div id=__next></div><script></script>",
            "<p>Enable JavaScript</p><script>" + "x" * 5000 + "</script>",
            "<meta http-equiv=Refresh content='0; url=/new'>" + WORDS,
        ],
    )
    def test_pages_that_scripts_make_are_left_open(self, body: str):
        assert anchor(body, "install") == "unseen"

    def test_a_page_that_is_not_whole_is_left_open(self):
        found = find_anchors(WORDS.encode(), HTML, ["install"], complete=False)
        assert found == {"install": Anchor.UNSEEN}

    @pytest.mark.parametrize("kind", ["application/pdf", "text/plain", "image/svg+xml", ""])
    def test_other_files_have_no_places_to_look_for(self, kind: str):
        assert anchor("", "page2", kind) == "ignored"


class TestForges:
    @pytest.mark.parametrize(
        "body",
        [
            "<h2 id=user-content-install>",
            '<script type=json>{"html":"<h2 id=\\"user-content-install\\">"}</script>',
        ],
    )
    def test_headings_of_rendered_files_are_found(self, body: str):
        assert anchor(WORDS + body, "install", forge=True) == "present"
        assert anchor(WORDS + body, "uninstall", forge=True) == "missing"

    def test_where_no_heading_is_sent_nobody_knows(self):
        assert anchor(WORDS, "install", forge=True) == "unseen"

    @pytest.mark.parametrize(
        ("host", "expected"),
        [("github.com", True), ("gitlab.com", True), ("gitlab.example.org", True),
         ("codeberg.org", True), ("git.example.org", True), ("example.org", False),
         ("notgithub.com", False)],
    )  # fmt: skip
    def test_forges_are_known_by_their_names(self, host: str, expected: bool):
        assert is_forge(host) is expected

    @pytest.mark.parametrize(
        ("fragment", "expected"),
        [("issuecomment-1", True), ("discussion_r12", True), ("readme", True), ("r12345", True),
         ("readme-first", False), ("install", False), ("release-notes", False), ("diff", False)],
    )  # fmt: skip
    def test_what_github_makes_itself_is_not_looked_for(self, fragment: str, expected: bool):
        assert made_by_forge("https://github.com/a/b/issues/1", fragment) is expected
        assert not made_by_forge("https://example.org/a", fragment)


class TestLines:
    @pytest.mark.parametrize(
        ("fragment", "lines"),
        [("L10", Lines(10, 10)), ("L10-L20", Lines(10, 20)), ("L20-L10", Lines(10, 20)),
         ("L10-20", Lines(10, 20)), ("L1C5-L2C8", Lines(1, 2)), ("l10", None), ("L", None),
         ("L10-", None), ("Loops", None)],
    )  # fmt: skip
    def test_they_are_read(self, fragment: str, lines: Lines | None):
        assert lines_of(fragment) == lines

    @pytest.mark.parametrize(
        ("text", "lines"), [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"\n\n", 2)]
    )
    def test_they_are_counted(self, text: bytes, lines: int):
        assert count_lines(text) == lines

    @pytest.mark.parametrize(
        ("page", "raw"),
        [
            ("https://github.com/a/b/blob/main/c/d.py", f"{RAW}/a/b/main/c/d.py"),
            ("https://github.com/a/b/blame/v1/c.py?plain=1", f"{RAW}/a/b/v1/c.py"),
            ("https://gitlab.com/a/b/c/-/blob/main/d.py",
             "https://gitlab.com/a/b/c/-/raw/main/d.py"),
            ("https://codeberg.org/a/b/src/branch/main/c.py",
             "https://codeberg.org/a/b/raw/branch/main/c.py"),
            ("https://github.com/a/b/tree/main/c", ""),
            ("https://github.com/a/b", ""),
            ("https://example.org/a/b/blob/main/c.py", ""),
        ],
    )  # fmt: skip
    def test_the_text_of_a_file_is_known(self, page: str, raw: str):
        assert raw_address(page, RAW) == raw

    def test_a_line_must_be_there(self):
        routes = {"/a/b/-/blob/main/c.py": page("a page without lines"),
                  "/a/b/-/raw/main/c.py": answer(200, body=b"1\n2\n3\n")}  # fmt: skip
        with Server(routes) as server:
            base = server.url("/a/b/-/blob/main/c.py")
            fragments = ["L1", "L3", "L2-L3", "L4", "L2-L9"]
            found = check([f"{base}#{each}" for each in fragments])
            anchors = {each.address.rpartition("#")[2]: each.anchor for each in found.results}
        assert anchors == {
            "L1": "present", "L3": "present", "L2-L3": "present",
            "L4": "missing", "L2-L9": "missing",
        }  # fmt: skip

    def test_a_line_of_a_file_that_is_not_shown_is_left_open(self):
        with Server({"/a/b/-/blob/main/c.py": page("")}) as server:
            found = result(server.url("/a/b/-/blob/main/c.py#L1"))
            assert (found.outcome.kind, found.anchor) == ("ok", "unseen")

    def test_a_file_whose_page_no_program_is_shown_is_asked_itself(self):
        routes = {"/a/b/-/blob/main/c.py": answer(429), "/a/b/-/raw/main/c.py": page("")}
        with Server(routes) as server:
            assert result(server.url("/a/b/-/blob/main/c.py")).outcome.kind == "ok"


class TestRun:
    def test_all_anchors_of_a_page_are_looked_for_at_once(self):
        with Server({"/": page(WORDS + "<p id=a><p id=b>")}) as server:
            addresses = [server.url(f"/{each}") for each in ("", "#a", "#b", "#c", "#top")]
            found = check(addresses)
            anchors = {each.address.rpartition("/")[2]: each.anchor for each in found.results}
            assert server.seen.methods("/") == ["GET"]
        assert anchors == {
            "": None, "#a": "present", "#b": "present", "#c": "missing", "#top": "ignored",
        }  # fmt: skip

    def test_anchors_are_looked_for_where_a_redirect_leads(self):
        with Server({"/old": redirect(302, "/new"), "/new": page(WORDS + "<p id=a>")}) as server:
            found = check([server.url("/old#a"), server.url("/old#b")])
            assert [each.anchor for each in found.results] == ["present", "missing"]

    def test_they_are_not_where_the_settings_say_so(self):
        with Server({"/": page(WORDS)}) as server:
            found = result(server.url("/#a"), QUIET.model_copy(update={"anchors": False}))
            assert found.anchor is None
            assert server.seen.methods("/") == ["HEAD"]

    def test_a_dead_page_has_no_anchors_to_miss(self):
        with Server({}) as server:
            assert result(server.url("/#a")).anchor is None


class TestDois:
    """The answers are those of the proxy's REST API: 1 known, 100 unknown, 200 without address."""

    @pytest.mark.parametrize(
        ("status", "code", "expected"),
        [(200, 1, "ok"), (404, 100, "not-found"), (200, 200, "ok"), (500, 2, "server-error"),
         (200, 2, "odd-answer"), (429, None, "busy")],
    )  # fmt: skip
    def test_the_register_is_asked(self, status: int, code: int | None, expected: str):
        body = json.dumps({"responseCode": code, "handle": "10.1234/a(b)"}).encode()
        route = answer(status, "Content-Type: application/json", body=body)
        with Server({"/api/10.1234/a%28b%29?type=URL": route}) as server:
            services = type(NOWHERE)(handles=server.url("/api"), probes=NOWHERE.probes)
            found = check(["https://doi.org/10.1234/A(B)", "doi:10.1234/a(b)"], services=services)
            assert {each.outcome.kind for each in found.results} == {expected}
            assert {each.method for each in server.seen.requests} == {"GET"}

    @pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"responseCode": "1"}', b"[" * 9999])
    def test_nonsense_from_the_register_says_nothing(self, body: bytes):
        with Server({"/api/10.1234/a?type=URL": answer(200, body=body)}) as server:
            services = type(NOWHERE)(handles=server.url("/api"), probes=NOWHERE.probes)
            assert result("doi:10.1234/a", services=services).outcome.kind == "odd-answer"


def test_the_means_of_the_tests_reach_nobody_else():
    services = runtime_with().services
    assert all("nowhere" in each for each in (services.handles, services.wayback))
