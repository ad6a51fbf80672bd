"""Charts of columns: well-formed, accessible, true to scale, and readable without colour."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from guildhall.core.values.numbers import Range
from guildhall.sphinx_ext.charts.bars import WIDTH
from guildhall.sphinx_ext.charts.columns import Column, ColumnChart, render_columns

SVG = "{http://www.w3.org/2000/svg}"


def column(label: str, *parts: str) -> Column:
    return Column(label, tuple(map(Range.parse, parts)))


def draw(*columns: Column, series: tuple[str, ...] = ("Workshops",)) -> ElementTree.Element:
    chart = ColumnChart("By year", "workshops", series, columns)
    return ElementTree.fromstring(render_columns(chart, prefix="c", locale="en"))


def boxes(svg: ElementTree.Element, kind: str = "gh-bar") -> list[ElementTree.Element]:
    found = (each for each in svg.iter(f"{SVG}rect") if each.get("class") == kind)
    # Swatches of the legend and stripes of patterns have other places.
    return [each for each in found if float(each.get("x", "0")) > 1]


def words(svg: ElementTree.Element) -> list[str | None]:
    return [each.text for each in svg.iter(f"{SVG}text")]


def test_title_and_description_name_the_picture():
    svg = draw(column("2024", "1", "2"), Column("2025", None), series=("Online", "Hybrid"))
    assert svg.get("role") == "img"
    texts = {node.get("id"): node.text for node in svg if node.get("id")}
    assert [texts[name] for name in (svg.get("aria-labelledby") or "").split()] == [
        "By year",
        "Column chart in workshops. 2024: Online 1, Hybrid 2; 2025: unknown.",
    ]


def test_parts_stand_on_each_other_true_to_scale():
    low, high = boxes(draw(column("2024", "1", "3"), series=("Online", "Hybrid")))
    assert float(high.get("height", "")) == pytest.approx(3 * float(low.get("height", "")), abs=0.1)
    top = float(high.get("y", "")) + float(high.get("height", ""))
    assert top == pytest.approx(float(low.get("y", "")), abs=0.02)


def test_each_part_has_a_fill_of_its_own():
    svg = draw(column("2024", "1", "1", "1", "1"), series=("A", "B", "C", "D"))
    fills = [each.get("fill") for each in boxes(svg)]
    assert fills == ["currentColor", "url(#c-fill-2)", "url(#c-fill-3)", "url(#c-fill-4)"]
    patterns = {each.get("id") for each in svg.iter(f"{SVG}pattern")}
    assert patterns == {"c-fill-2", "c-fill-3", "c-fill-4"}
    assert words(svg)[-4:] == ["A", "B", "C", "D"]


def test_a_range_is_drawn_on_to_its_high_end():
    svg = draw(column("2024", "10-20"))
    (solid,) = boxes(svg)
    (rest,) = boxes(svg, "gh-bar-range")
    assert solid.get("height") == rest.get("height")
    assert "at most" in words(svg)


def test_what_is_unknown_is_no_column_of_height_0():
    svg = draw(column("2024", "3"), Column("2025", None), column("2026", "0"))
    assert len(boxes(svg)) == 1
    assert words(svg)[-6:] == ["?", "2025", "0", "2026", "?", "unknown"]


def test_labels_that_would_touch_are_left_out_from_the_last_backwards():
    svg = draw(*(column(str(year), "950") for year in range(2010, 2027)))
    labels = [text for text in words(svg) if text and text.startswith("20")]
    assert labels[-1] == "2026"
    assert 1 < len(labels) < 17
    assert "950" not in words(svg)


def test_everything_stands_inside_the_picture():
    svg = draw(*(column(str(year), "1234") for year in range(2016, 2027)))
    height = float(svg.get("viewBox", "").split()[3])
    for each in boxes(svg):
        assert float(each.get("x", "")) + float(each.get("width", "")) <= WIDTH
        assert 0 <= float(each.get("y", "")) <= height


def test_texts_are_escaped():
    assert "<b>" in words(draw(column("2024", "1", "1"), series=("<b>", "&")))


def test_nothing_to_show_is_a_picture_too():
    assert "Column chart in workshops. No columns." in [each.text for each in draw().iter()]


@pytest.mark.parametrize(
    ("series", "parts", "message"),
    [
        ((), (), "expected 1 to 4 series, found 0"),
        (("A",) * 5, ("1",) * 5, "expected 1 to 4 series, found 5"),
        (("A", "B"), ("1",), "the column '2024' has not a part for each series"),
        (("A",), ("-1",), "the column '2024' has a part below 0"),
    ],
)
def test_charts_that_cannot_be_are_refused(
    series: tuple[str, ...], parts: tuple[str, ...], message: str
):
    with pytest.raises(ValueError, match=message):
        ColumnChart("T", "u", series, [column("2024", *parts)])
