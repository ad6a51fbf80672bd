"""Raw HTML of a lesson's page, as another page shows it."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from guildhall.sphinx_ext.lessons.raw_html import ids_of, lead_raw


def tree(*texts: str, form: str = "html") -> nodes.document:
    document = new_document("page")
    document += [nodes.raw("", text, format=form) for text in texts]
    return document


def led(text: str, form: str = "html") -> str:
    document = tree(text, form=form)
    lead_raw(document, lambda address: f"../{address}")
    return document.astext()


def test_addresses_of_all_sorts_lead_home():
    assert led('<a class="x" href="a.html?b=1&amp;c#d">') == (
        '<a class="x" href="../a.html?b=1&amp;c#d">'
    )
    assert led("<video poster='a.png'\n src = 'b.mp4'>") == (
        "<video poster='../a.png'\n src='../b.mp4'>"
    )


def test_what_is_no_address_stays():
    for text in (
        "<p>href='a.html'</p>",
        "<!-- <a href='a.html'> -->",
        "<script>const a = '<a href=\"a.html\">';</script>",
        '<p data-href="a.html" title="href=\'b.html\'">',
        "2 < 3 and href='a' > 1",
    ):
        assert led(text) == text
    assert led('<a href="a.html">', form="latex") == '<a href="a.html">'


def test_an_address_that_stays_is_written_as_it_was():
    document = tree("<a href = 'a.html?b&c'>")
    lead_raw(document, lambda address: address)
    assert document.astext() == "<a href = 'a.html?b&c'>"


def test_ids_are_known():
    assert ids_of(tree('<p id="a&amp;b">', "<p class='x' id='c'>", '<p data-id="d">')) == {
        "a&b",
        "c",
    }
