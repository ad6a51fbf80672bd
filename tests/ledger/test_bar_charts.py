"""Bar charts: well-formed, accessible, the same bytes each time, and true to scale."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guildhall.core.values.numbers import Range
from guildhall.sphinx_ext.charts.bars import WIDTH, Bar, BarChart, render_bars, round_ticks

SVG = "{http://www.w3.org/2000/svg}"


def draw(*bars: Bar, title: str = "Months", prefix: str = "c") -> ElementTree.Element:
    return ElementTree.fromstring(
        render_bars(BarChart(title, "person-months", bars), prefix=prefix, locale="en")
    )


def bar(label: str, value: str, series: int = 1) -> Bar:
    return Bar(label, Range.parse(value), series)


def test_title_and_description_name_the_picture():
    svg = draw(bar("Aalto", "18-36"), bar("NTNU", "7.5"))
    assert svg.get("role") == "img"
    texts = {node.get("id"): node.text for node in svg if node.get("id")}
    assert [texts[name] for name in (svg.get("aria-labelledby") or "").split()] == [
        "Months",
        "Bar chart in person-months. Aalto: 18–36; NTNU: 7.5.",
    ]


def test_a_range_is_solid_to_its_low_end_and_hatched_to_its_high_end():
    svg = draw(bar("A", "10-20"), bar("B", "20"))
    solid = [
        float(r.get("width", "")) for r in svg.iter(f"{SVG}rect") if r.get("class") == "gh-bar"
    ]
    hatched = [r for r in svg.iter(f"{SVG}rect") if "url(#" in r.get("fill", "")]
    assert float(hatched[0].get("x", "")) == solid[0]
    assert float(hatched[0].get("width", "")) == pytest.approx(solid[0], abs=0.02)
    assert solid[1] == pytest.approx(2 * solid[0], abs=0.02)


def test_the_key_to_hatching_stands_only_where_something_is_hatched():
    def words(svg: ElementTree.Element) -> set[str | None]:
        return {node.text for node in svg.iter(f"{SVG}text")}

    assert {"at least", "at most"} <= words(draw(bar("A", "1-2")))
    assert not {"at least", "at most"} & words(draw(bar("A", "2")))


def test_each_series_has_its_own_hatching():
    svg = draw(bar("A", "1-2"), bar("B", "1-2", 2))
    fills = {r.get("fill", "") for r in svg.iter(f"{SVG}rect") if "url(" in r.get("fill", "")}
    patterns = {f"url(#{node.get('id')})" for node in svg.iter(f"{SVG}pattern")}
    assert len(patterns) == 2
    assert fills == patterns


def test_text_of_records_is_escaped():
    svg = draw(bar('<script>alert(1)</script> & "co"', "1"), title="</title><b>")
    assert svg.find(f"{SVG}title").text == "</title><b>"  # type: ignore[union-attr]
    assert not list(svg.iter(f"{SVG}script"))


def test_long_labels_are_wrapped_and_nothing_leaves_the_picture():
    svg = draw(bar("word " * 40, "10000.5-99999.5"), bar("x" * 200, "3"))
    lines = [node.text or "" for node in svg.iter(f"{SVG}text") if node.get("class") == "gh-label"]
    assert max(map(len, lines)) <= 44
    height = float((svg.get("viewBox") or "").split()[3])
    for node in svg.iter(f"{SVG}text"):
        assert 0 <= float(node.get("y", "")) <= height
        if node.get("class") == "gh-value":
            # 13 units are the width of a digit in text of 24 units.
            assert float(node.get("x", "")) + 13 * len(node.text or "") <= WIDTH


def test_ids_begin_with_the_prefix_and_every_reference_is_met():
    text = render_bars(BarChart("T", "u", [bar("A", "1-2")]), prefix="one", locale="en")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("one-") for each in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_the_picture_has_no_colours_and_no_requests_of_its_own():
    text = render_bars(BarChart("T", "u", [bar("A", "1-2")]), prefix="c", locale="en")
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) == {
        "currentColor",
        "url(#c-hatch-1)",
    }
    assert "style=" not in text
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_a_chart_without_bars_says_so():
    assert "No bars" in (draw().find(f"{SVG}desc").text or "")  # type: ignore[union-attr]


def rects(svg: ElementTree.Element) -> list[tuple[float, float]]:
    """Where each rectangle of a bar begins and how wide it is, without the key."""
    found = [r for r in svg.iter(f"{SVG}rect") if r.get("height") == "18"]
    return [(float(r.get("x", "")), float(r.get("width", ""))) for r in found]


def test_bars_below_zero_lie_left_of_the_axis():
    svg = draw(Bar("A", Range.exactly(-100)), Bar("B", Range.exactly(300)))
    lines = [r for r in svg.iter(f"{SVG}line") if r.get("class") == "gh-zero"]
    zero = float(lines[0].get("x1", ""))
    (below, width), (above, other) = rects(svg)
    assert below + width == pytest.approx(zero)
    assert above == pytest.approx(zero)
    assert other == pytest.approx(3 * width, abs=0.05)
    ticks = [node.text for node in svg.iter(f"{SVG}text") if node.get("text-anchor")]
    assert ticks == ["-100", "0", "100", "200", "300"]


@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=1, max_size=6))
def test_no_bar_leaves_the_picture_and_all_meet_at_zero(ends: list[tuple[int, int]]):
    bars = [Bar("A", Range(Decimal(min(pair)), Decimal(max(pair)))) for pair in ends]
    svg = draw(*bars)
    lines = [r for r in svg.iter(f"{SVG}line") if r.get("class") == "gh-zero"]
    zero = float(lines[0].get("x1", "")) if lines else 0.0
    for x, width in rects(svg):
        assert x >= 0
        assert width >= 0
        assert x + width <= WIDTH
    solid = [r for r in svg.iter(f"{SVG}rect") if r.get("class") == "gh-bar"]
    for each in solid[: len(bars)]:
        x, width = float(each.get("x", "")), float(each.get("width", ""))
        assert pytest.approx(zero, abs=0.02) in (x, x + width)


def test_a_bar_without_a_high_end_goes_on_to_the_end_of_the_axis():
    svg = draw(Bar("A", Range(Decimal(25), Decimal("Infinity"))), bar("B", "40"))
    (_, solid), (begins, open_), (_, other) = rects(svg)
    assert begins == pytest.approx(solid)
    assert begins + open_ == pytest.approx(other)
    assert "A: at least 25; B: 40" in (svg.find(f"{SVG}desc").text or "")  # type: ignore[union-attr]


@given(st.decimals(min_value="0.001", max_value=10**9, places=3))
def test_ticks_are_few_round_and_reach_the_highest_bar(highest: Decimal):
    ticks = round_ticks(highest)
    step = ticks[1]
    assert ticks[0] == 0
    assert ticks[-1] >= highest > ticks[-2]
    assert len(ticks) <= 7
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}


@given(
    st.lists(
        st.tuples(st.text(max_size=60), st.integers(0, 10**6), st.integers(0, 10**6)), max_size=8
    )
)
def test_whatever_the_bars_the_picture_is_well_formed_and_the_same_each_time(
    rows: list[tuple[str, int, int]],
):
    labels = ["".join(c for c in text if c.isprintable()) for text, _, _ in rows]
    bars = [
        Bar(label, Range(Decimal(min(a, b)), Decimal(max(a, b))), index)
        for index, (label, (_, a, b)) in enumerate(zip(labels, rows, strict=True))
    ]
    chart = BarChart("T", "u", bars)
    first = render_bars(chart, prefix="c", locale="en")
    assert first == render_bars(chart, prefix="c", locale="en")
    svg = ElementTree.fromstring(first)
    for rect in svg.iter(f"{SVG}rect"):
        assert float(rect.get("x", 0)) + float(rect.get("width", "")) <= WIDTH
        assert re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", rect.get("width", ""))
