"""What the check of prose lets through, MyST shows as harmless text; both read it the same way.

MyST reads directives, titles and link definitions by rules of its own. Wherever the check reads
them otherwise, something can hide. The first table holds the differences that were found; the
generated texts look for more, and render what the check let through.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from docutils import nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.parsers.mdit import create_md_parser
from sphinx import addnodes
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import new_document

from guildhall.model.records.kinds import Risk
from guildhall.model.records.load import load_record
from guildhall.model.records.prose import PROSE_CONFIG
from guildhall.sphinx_ext.records.prose import render_prose

HEAD = "kind: risk\nproject: one\ntitle: A risk\nmitigation: Care.\ndescription: |2\n"
SECRET = "What stands outside the portal."
LINE_BREAKS = {"<br />", "\\\\"}

# Each once showed a file, a script or another site's picture on a page.
WAYS_AROUND = {
    "a directive in a block without a name": (
        "::::x\n```{include} ../secret.txt\n```\n::::",
        "1:1 `::::x` names no directive in braces",
    ),
    "a script in a block without a name": (
        ":::\n<script>alert(1)</script>\n:::",
        "1:1 `:::` names no directive in braces",
    ),
    "an allowed directive without its braces": (
        ":::note\nText.\n:::",
        "1:1 `:::note` names no directive in braces; did you mean `:::{note}`?",
    ),
    "a name that goes on behind its braces": (
        ":::{note}x\n---\n```{include} ../secret.txt\n```\n---\n:::",
        "1:1 the directive `{note}x` may not be used in records; did you mean `note`?",
    ),
    "a picture defined outside the note that shows it": (
        ":::{note}\n![a][b]\n:::\n\n[b]: https://example.org/a.png",
        "5:6 the image `https://example.org/a.png` is not part of the portal",
    ),
    "a download defined in another note": (
        ":::{note}\n[b]: path:secret.txt\n:::\n\n:::{note}\n[a][b]\n:::",
        "6:1 the link `path:secret.txt` has a scheme other than https, http and mailto",
    ),
    "a title that looks like code, but is one line": (
        ":::{admonition} ~~~ x {download}`secret.txt`\nText.\n:::",
        "1:23 the role `download` may not be used in records; ",
    ),
    "a title that looks like a comment": (
        ":::{admonition} % ![a](https://example.org/a.png)\nText.\n:::",
        "1:24 the image `https://example.org/a.png` is not part of the portal",
    ),
    "a path that climbs on pages of other folders": (
        "![a](../secret.txt)",
        "1:6 the link `../secret.txt` uses `..`; start it at the portal's root: `/partners/",
    ),
    "a path that climbs behind a question mark": (
        "![a](/b?/../../secret.txt)",
        "1:6 the link `/b?/../../secret.txt` uses `..`; ",
    ),
    "a path that climbs behind a written number sign": (
        "[a](/b%23/../../secret.txt)",
        "1:1 the link `/b#/../../secret.txt` uses `..`; ",
    ),
    "an address without a host": (
        "[a](https:example.org)",
        "1:5 the link `https:example.org` is not well-formed",
    ),
}


@pytest.mark.parametrize(("text", "fault"), WAYS_AROUND.values(), ids=WAYS_AROUND)
def test_a_way_around_the_check_is_closed(text: str, fault: str, tmp_path: Path):
    (found,) = faults_of(text, tmp_path)
    assert found.startswith(fault)


def test_prose_is_read_by_the_rules_that_the_check_knows():
    rules = create_md_parser(PROSE_CONFIG, RendererHTML).get_active_rules()
    assert set(rules["block"]) == {
        "blockquote", "code", "colon_fence", "deflist", "fence", "footnote_def", "front_matter",
        "heading", "hr", "html_block", "lheading", "list", "myst_block_break",
        "myst_line_comment", "myst_target", "paragraph", "reference", "table",
    }  # fmt: skip
    assert set(rules["inline"]) == {
        "autolink", "backticks", "emphasis", "entity", "escape", "footnote_ref", "html_inline",
        "image", "link", "myst_role", "newline", "text",
    }  # fmt: skip


def faults_of(text: str, folder: Path) -> list[str]:
    path = folder / "record.yml"
    path.write_text(HEAD + textwrap.indent(text, "  ") + "\n", encoding="utf-8")
    faults = load_record(path, "partners/risks/record").faults
    return [f"{f.line - HEAD.count(chr(10))}:{f.column - 2} {f.message}" for f in faults]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SphinxTestApp]:
    root = tmp_path_factory.mktemp("pages") / "portal"
    (root / "partners/risks").mkdir(parents=True)
    (root / "conf.py").write_text('extensions = ["guildhall"]\n', encoding="utf-8")
    (root / "index.md").write_text("# Home\n", encoding="utf-8")
    for place in (root.parent, root.parent.parent):
        (place / "secret.txt").write_text(SECRET, encoding="utf-8")
    made = SphinxTestApp("dummy", srcdir=root)
    yield made
    made.cleanup()


FRAGMENTS = (
    *(f"{fence}{{{name}}}" for fence in ("```", ":::", "~~~") for name in ("note", "include")),
    *("::::", ":::", "```", "~~~", ":::x", ":::{note}x", ":::{admonition} ", "{note}", "---"),
    *(":class: a", ":name: b", "> ", "- ", "1. ", "    ", "% ", "+++ ", "[^a]: ", "[^a]", "| "),
    *("[b]: ", "[a][b]", "![a][b]", "[a](", "![a](", ")", "<", ">", "`", "a", "\\", "# ", "\n="),
    *("../secret.txt", "/../secret.txt", "/a?/../../secret.txt", "https://example.org/x.png"),
    *("javascript:alert(1)", "path:", "data:", "//example.org", "%2e%2e/", "&colon;", "a: b"),
    *("<script>", "</p>", "<!--", "{download}`../secret.txt`", "{raw}`x`", "{{ a }}", "(a)="),
)
fragments = st.sampled_from(FRAGMENTS)
texts = st.lists(
    st.tuples(fragments, st.sampled_from(["", " ", "\N{NO-BREAK SPACE}", "\n", "\n", "\n\n"])),
    min_size=1,
    max_size=10,
).map(lambda parts: "a\n\n" + "".join(part + end for part, end in parts))


@settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts)
def test_what_is_let_through_shows_no_more_than_text(app: SphinxTestApp, text: str):
    path = app.srcdir / "partners/risks/record.yml"
    path.write_text(HEAD + textwrap.indent(text, "  ") + "\n", encoding="utf-8")
    record = load_record(path, "partners/risks/record").record
    if record is None:
        return
    # A record's text stands on its own page and on pages of other folders.
    for docname in ("partners/risks/record", "index"):
        shown = rendered(app, record, docname)
        assert SECRET not in shown.astext()
        assert {raw.astext().strip() for raw in shown.findall(nodes.raw)} <= LINE_BREAKS
        assert not list(shown.findall(nodes.section))
        for image in shown.findall(nodes.image):
            assert_inside(app, image["uri"], docname)
        for link in shown.findall(addnodes.download_reference):
            assert_inside(app, link["reftarget"], docname)
        for link in shown.findall(nodes.reference):
            assert link["refuri"].lower().startswith(("https:", "http:", "mailto:", "#"))


def rendered(app: SphinxTestApp, record: Risk, docname: str) -> nodes.Element:
    document = new_document(str(app.env.doc2path(docname)))
    document.settings.env = app.env
    app.env.temp_data["docname"] = docname
    document.extend(render_prose(record, ("description",), document))
    return document


def assert_inside(app: SphinxTestApp, target: str, docname: str) -> None:
    assert "://" not in target
    _, path = app.env.relfn2path(target, docname)
    assert Path(path).is_relative_to(app.srcdir)
