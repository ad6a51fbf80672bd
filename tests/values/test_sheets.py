"""Tables as CSV and as workbooks."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

from guildhall.core.sheets import Sheet

NAMESPACE = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
SHEET = Sheet(
    "Costs",
    ("Line", "2025", "Total"),
    (
        ("=HYPERLINK(1)", Decimal("0.10"), Decimal("1000.20")),
        ("https://example.org/", "5–10", "7 a"),
        ("7", 3, None),
        ("Long", Decimal("1234567890123.4567"), Decimal("-2")),
    ),
    (("a", "A note, <b>with</b> marks."),),
)


def cells(content: bytes) -> dict[str, tuple[str, str]]:
    """Type and raw value of each cell of a workbook; ``number`` for those that are numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(each.itertext()) for each in strings.findall("si", NAMESPACE)]
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
    found = {}
    for cell in ElementTree.fromstring(page).iterfind(".//c", NAMESPACE):
        value = cell.findtext("v", "", NAMESPACE)
        text = cell.get("t") == "s"
        found[cell.attrib["r"]] = ("text", texts[int(value)]) if text else ("number", value)
    return found


def test_a_workbook_has_the_numbers_as_recorded_and_all_else_as_text():
    assert cells(SHEET.to_xlsx()) == {
        "A1": ("text", "Line"),
        "B1": ("text", "2025"),
        "C1": ("text", "Total"),
        "A2": ("text", "=HYPERLINK(1)"),
        "B2": ("number", "0.10"),
        "C2": ("number", "1000.20"),
        "A3": ("text", "https://example.org/"),
        "B3": ("text", "5–10"),
        "C3": ("text", "7 a"),
        "A4": ("text", "7"),
        "B4": ("number", "3"),
        "A5": ("text", "Long"),
        "B5": ("text", "1234567890123.4567"),
        "C5": ("number", "-2"),
        "A7": ("text", "a"),
        "B7": ("text", "A note, <b>with</b> marks."),
    }


def test_a_workbook_shows_as_many_decimals_as_the_page():
    with zipfile.ZipFile(io.BytesIO(SHEET.to_xlsx())) as book:
        formats = re.findall(r'formatCode="([^"]*)"', book.read("xl/styles.xml").decode())
    assert "#,##0.00" in formats


def test_csv_has_plain_numbers_and_no_formulas():
    assert SHEET.to_csv().decode().split("\r\n") == [
        "Line,2025,Total",
        "'=HYPERLINK(1),0.10,1000.20",
        "https://example.org/,5–10,7 a",
        "7,3,",
        "Long,1234567890123.4567,-2",
        "",
        'a,"A note, <b>with</b> marks."',
        "",
    ]


def test_no_workbook_holds_the_time_that_it_was_made():
    content = SHEET.to_xlsx()
    assert SHEET.to_xlsx() == content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {each.date_time[0] for each in book.infolist()} == {1980}
        told = re.findall(r">([0-9-]+)T[0-9:]+Z<", book.read("docProps/core.xml").decode())
    assert told == ["1980-01-01", "1980-01-01"]
