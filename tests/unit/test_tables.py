"""Note marks of tables lead to notes that are there."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from guildhall.sphinx_ext.rendering.tables import TableBuilder, TableCell, TableNote


def test_a_mark_that_no_note_explains_is_shown_and_leads_nowhere():
    builder = TableBuilder(
        "Amounts",
        "t",
        [TableCell("Row"), TableCell("2025")],
        [[TableCell("North"), TableCell("5", notes=("a", "z"))]],
        notes=[TableNote("a", [nodes.paragraph("", "A note.")])],
    )
    built = builder.build(new_document("page"))
    marks = next(built[0].findall(nodes.superscript))
    assert marks.astext() == "a,z"
    assert [link["refid"] for link in marks.findall(nodes.reference)] == ["t-note-a"]
