"""A fault stands where the eye finds it, in whatever style of YAML the text is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.model.records.load import load_record

RISK = "kind: risk\nproject: one\ntitle: A\nmitigation: Care.\n"
PERSON = "kind: person\nname: Ada\nsort_name: Ada\n"
PROJECT = (
    "kind: project\nname: P\ntype: T\nphase: One\nstart: 2025-01-01\nend: 2025-12-31\nsummary: S.\n"
)
# The signs ‹ and › stand around what each fault points at; they are not in the file.
STYLES = {
    "as it is": RISK + "description: some ‹<b>›\n",
    "over two lines": RISK + "description: some\n  more ‹<b>›\n",
    "in double quotes": RISK + 'description: "some ‹<b>›"\n',
    "in single quotes": RISK + "description: 'it''s ‹<b>›'\n",
    "escaped, so at the value": RISK + 'description: ‹"some \\x3cb>"›\n',
    "as a block": RISK + "description: |\n  some\n\n  ‹<b>›\n",
    "as a block with its own indentation": RISK + "description: |4\n      some\n    ‹<b>›\n",
    "folded": RISK + "description: >\n  some\n  ‹<b>›\n  and\n  ‹{raw}›`x`\n",
    "in words that only the next value holds": (
        "kind: risk\nproject: one\ntitle: A\n"
        "description: >\n  ‹[a](java&#115;cript:b)›\nmitigation: No javascript.\n"
    ),
    "the same twice": RISK + "description: |\n  ‹<b>› and ‹<b>›\n  ‹<b>›\n",
    "the same in two values": (
        "kind: risk\nproject: one\ntitle: A\nmitigation: ‹<b>›\ndescription: x ‹<b>›\n"
    ),
    "after signs of two and four bytes": RISK + "description: Åse \u2764 \U0001d518 ‹<b>›\n",
    "in lists on one line": PERSON + "links: [{text: Å, url: ‹x›}, {text: \U0001d518, url: ‹y›}]\n",
    "in quotes in a list": PERSON + "languages: [en, ‹'xq'›, ‹\"EN\"›]\n",
    "in a list of values": PROJECT + "authors:\n  - ada\n  - ‹Ada Lovelace›\n  - ‹{a: b}›\n",
    "in a key of a mapping": PROJECT + "groups: {‹A B›: {name: x}}\n",
    "in a key that is a currency": (
        PROJECT + "budget: {currency: EUR, payer: N, rates: {‹Euro›: 1, SEK: ‹'0,1'›}}\n"
    ),
    "in a key that is a note": PROJECT + "in_kind:\n  notes:\n    ‹abc›: {text: x}\n",
    "deep in a mapping": (
        PROJECT + "in_kind:\n  notes:\n    a: {text: x, condition: {name: x, effect: ‹dep›}}\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("marked", STYLES.values(), ids=STYLES)
def test_a_fault_stands_at_its_text(marked: str, tmp_path: Path):
    path = tmp_path / "record.yml"
    path.write_text(marked.replace("‹", "").replace("›", ""), encoding="utf-8")
    expected = []
    for number, line in enumerate(marked.split("\n"), 1):
        before = ""
        for part in line.split("‹")[:-1]:
            before += part.replace("›", "")
            expected.append((number, len(before) + 1))
    found = [(fault.line, fault.column) for fault in load_record(path, "partners/one").faults]
    assert found == expected
    assert found
