"""YAML text to plain data that knows where each part stands.

PyYAML's safe loader gives the events; from there on no scalar has a type of its own. ``NO``,
``10:00`` and ``1_000`` stay the text that was written, and the field that reads them says what
they mean. So none of YAML 1.1's implicit conversions can happen, quoted or not. Only an empty
value, ``~`` and ``null`` mean "nothing" (YAML 1.2, core schema, 10.3.2).

Records are data, so anchors, aliases, tags, merge keys and further documents are refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guildhall.core import rules
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.values.faults import quote

LARGEST_FILE = 1024 * 1024
DEEPEST_NESTING = 32
MOST_NODES = 20_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HIDDEN_BREAKS = re.compile("[\x85\u2028\u2029]")
_CONFLICT = re.compile(r"^(<{7}|>{7})(?: .*)?$", re.MULTILINE)
_YEAR = re.compile(r"(19|20)[0-9]{2}")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What means "nothing" where it stands without quotes."""

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file: line and column, both from 1.

    ``text_line`` is the line where a scalar's own text begins: for a block scalar (``|``) the one
    after its indicator.
    """

    line: int
    column: int
    text_line: int


@dataclass(slots=True)
class SourceMap:
    """The file of some data, and where each key and value of the data stands in it."""

    path: Path
    text: str = ""
    values: dict[Place, Mark] = field(default_factory=dict)
    keys: dict[Place, Mark] = field(default_factory=dict)

    def value(self, place: Place) -> Mark:
        """Where the value at ``place`` stands, or else the nearest part that holds it."""
        while place not in self.values and place:
            place = place[:-1]
        return self.values.get(place, Mark(1, 1, 1))

    def key(self, place: Place) -> Mark:
        """Where the key that leads to ``place`` stands, or else its value."""
        return self.keys.get(place) or self.value(place)

    def find(self, needle: str, start: Mark) -> Mark:
        """Where ``needle`` first stands at or after ``start``'s text, or else ``start``."""
        lines = self.text.split("\n")
        for number, line in enumerate(lines[start.text_line - 1 :], start.text_line):
            column = line.find(needle, start.column - 1 if number == start.line else 0)
            if column >= 0:
                return Mark(number, column + 1, number)
        return start

    def fault(self, mark: Mark, rule: Rule, message: str) -> Finding:
        """A finding at ``mark`` of this file."""
        return rule.at(self.path, mark.line, mark.column, message)


class UnreadableError(Exception):
    """The file has no data that could be looked at further.

    Args:
        fault: what is wrong.
    """

    def __init__(self, fault: Finding) -> None:
        self.fault = fault
        super().__init__(str(fault))


def read_yaml(path: Path) -> tuple[Any, SourceMap, list[Finding]]:
    """Read a file into nested dicts, lists, strings and None.

    Returns:
        the data; the map from its parts to their places; and the faults that leave the rest of
        the data readable.

    Raises:
        UnreadableError: for a file that is no UTF-8, too large or no well-formed YAML.
    """
    return parse_yaml(read_text(path), path)


def read_text(path: Path) -> str:
    """Read a file as UTF-8.

    Raises:
        UnreadableError: for a file that is no UTF-8 or too large.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable(
                path, 1, 1, f"the file is larger than {LARGEST_FILE // 1024} KiB, records are small"
            )
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, 1, 1, f"the file can't be read: {error.strerror}") from None
    return decode(raw, path)


def decode(raw: bytes, path: Path) -> str:
    """Decode UTF-8, with or without a byte order mark.

    Raises:
        UnreadableError: at the first byte that is not UTF-8, and for UTF-16 and UTF-32.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in raw[:64]:
        raise _unreadable(path, 1, 1, "the file is not UTF-8 (it looks like UTF-16 or binary data)")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"the file is not UTF-8: byte 0x{raw[error.start]:02x}; save it as UTF-8"
        raise _unreadable(path, line, column, message) from None


def parse_yaml(text: str, path: Path) -> tuple[Any, SourceMap, list[Finding]]:
    """Like :func:`read_yaml`, for text already at hand; ``path`` is for messages only."""
    _refuse_hidden_breaks(text, path)
    _refuse_conflict(text, path)
    try:
        return _composed(text, path, _LOADER)
    except yaml.reader.ReaderError as error:
        # The reader in C counts bytes.
        before = text.encode()[: error.position].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = error.character
        code = found if isinstance(found, int) else ord(found)
        message = f"a character that YAML doesn't allow: U+{code:04X}"
        raise _unreadable(path, line, column, message, rules.YAML) from None
    except yaml.MarkedYAMLError as error:
        if "nesting depth" in str(error.problem):
            # The loader in C looks ahead, and stops where no one would look for the fault.
            return _composed(text, path, yaml.SafeLoader)
        mark, what = _explain(error, text)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"not well-formed YAML: {what}"
        raise _unreadable(path, line, column, message, rules.YAML) from None
    except yaml.YAMLError as error:
        raise _unreadable(path, 1, 1, f"not well-formed YAML: {error}", rules.YAML) from None


def _composed(text: str, path: Path, loader: Any) -> tuple[Any, SourceMap, list[Finding]]:
    composer = _Composer(SourceMap(path, text))
    composer.compose(yaml.parse(text, Loader=loader))
    return composer.data, composer.source, composer.faults


def _refuse_hidden_breaks(text: str, path: Path) -> None:
    """Refuse what YAML 1.1 takes for line breaks and editors don't; lines would be off."""
    hidden = _HIDDEN_BREAKS.search(text)
    if hidden:
        before = text[: hidden.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"a line break that can't be seen, U+{ord(hidden[0]):04X}; remove it"
        raise _unreadable(path, line, column, message, rules.YAML)


def _refuse_conflict(text: str, path: Path) -> None:
    """Refuse what git leaves where two changes meet."""
    found = _CONFLICT.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = (
            f"an unresolved merge conflict (`{found[1]}`); keep one side, "
            "and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
        )
        raise _unreadable(path, line, 1, message, rules.YAML)


def _unreadable(
    path: Path, line: int, column: int, message: str, rule: Rule = rules.UNREADABLE
) -> UnreadableError:
    return UnreadableError(rule.at(path, line, column, message))


_MENDS = {
    "mapping values are not allowed": "a `: ` inside a value; put the value in quotes",
    "did not find expected key": "a line that isn't `key: value`, or isn't indented like the rest",
    "found character '\\t'": "a tab; indent with spaces",
    "found character that cannot start any token": (
        "a character that can't begin a value (a tab, `@`, `` ` `` or `%`); use spaces, or quotes"
    ),
    "found a tab character": "a tab; indent with spaces",
    "did not find expected comment or line break": (
        "`>` or `|` begins a text of several lines; put the value in quotes"
    ),
    "expected chomping or indentation": (
        "`>` or `|` begins a text of several lines; put the value in quotes"
    ),
    "could not find expected ':'": "a key without `:` after it",
    "found unknown escape character": "a `\\` in double quotes; write `\\\\`, or use single quotes",
    "found unexpected end of stream": "a quote or bracket that is never closed",
}


def _explain(error: yaml.MarkedYAMLError, text: str) -> tuple[yaml.Mark | None, str]:
    """Where somebody has to look, which isn't always where the parser stumbled, and for what."""
    problem = " ".join(str(error.problem or error.context or "unknown problem").split())
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    if opened and "quoted scalar" in str(error.context) and "end of stream" in problem:
        return opened, "the quote that opens here is never closed"
    if mark and (quoted := _quoted_before(text, mark)):
        if quoted.start_mark.line < quoted.end_mark.line:
            return quoted.start_mark, "the quote that opens here is never closed"
        return mark, _QUOTE_WITHIN[str(quoted.style)]
    if mark and opened and "expected ',' or" in problem:
        if opened.line == mark.line:
            return mark, "a bracket that is never closed, or a missing comma"
        before = f"or a comma is missing before line {mark.line + 1}"
        return opened, f"the bracket that opens here is never closed, {before}"
    for start, mend in _MENDS.items():
        if start in problem:
            return mark, mend
    return mark, problem


_QUOTE_WITHIN = {
    '"': 'a value continues after its closing quote; write a quote inside it as `\\"`',
    "'": "a value continues after its closing quote; write a quote inside it twice: `''`",
}


def _quoted_before(text: str, mark: yaml.Mark) -> yaml.ScalarToken | None:
    """The value in quotes that ends right before a place, if there is one."""
    last = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if token.start_mark.index >= mark.index:
                break
            last = token
    except yaml.YAMLError:
        pass
    if not isinstance(last, yaml.ScalarToken) or last.style not in _QUOTE_WITHIN:
        return None
    between = text[last.end_mark.index : mark.index]
    return last if "\n" not in between and not between.strip() else None


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end is still to come."""

    place: Place
    data: dict[str, Any] | list[Any]
    key: str | None = None
    skip: bool = False
    last: str = ""
    number: yaml.ScalarEvent | None = None
    rest: bool = False


class _Composer:
    """Builds data from parser events with a stack of its own, so depth can't exhaust Python's."""

    def __init__(self, source: SourceMap) -> None:
        self.source = source
        self.faults: list[Finding] = []
        self.data: Any = None
        self._stack: list[_Open] = []
        self._skipped = 0
        self._nodes = 0
        self._documents = 0

    def compose(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise self._refuse(event, "a second document (`---`); a file holds one record")
            elif isinstance(event, yaml.AliasEvent):
                raise self._refuse(event, f"the alias `*{event.anchor}`; records don't use aliases")
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._stack.pop()

    def _node(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._refuse(event, f"more than {MOST_NODES} values", rules.UNREADABLE)
        if event.anchor:
            raise self._refuse(event, f"the anchor `&{event.anchor}`; records don't use anchors")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise self._refuse(event, f"the tag {quote(tag)}; records don't use tags")
        if len(self._stack) >= DEEPEST_NESTING:
            message = f"more than {DEEPEST_NESTING} levels of nesting"
            raise self._refuse(event, message, rules.UNREADABLE)
        parent = self._stack[-1] if self._stack else None
        if parent is not None and parent.rest:
            parent.rest = False  # The empty value of a key that was none.
            return
        if parent is not None and isinstance(parent.data, dict) and parent.key is None:
            self._key(event, parent)
            return
        self._value(event, parent)

    def _key(self, event: yaml.NodeEvent, parent: _Open) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(event, "a key that is a list or mapping; keys are words")
        if event.value == "<<" and event.implicit[0]:
            raise self._refuse(event, "the merge key `<<`; records don't merge")
        if parent.number is not None and self._goes_on(parent.number, event):
            self._join(parent, event)
            return
        parent.number = None
        place = (*parent.place, event.value)
        mark = _mark(event)
        parent.key, parent.skip = event.value, event.value in parent.data
        if parent.skip:
            first = self.source.keys[place].line
            message = f"the key {quote(event.value)} appears twice (first at line {first})"
            self.faults.append(self.source.fault(mark, rules.DUPLICATE_KEY, message))
        else:
            self.source.keys[place] = mark

    def _goes_on(self, number: yaml.ScalarEvent, key: yaml.ScalarEvent) -> bool:
        """Whether a key is the rest of the number before it, as in ``{2027: 1200,5}``.

        YAML takes the comma for the end of an entry; but nobody writes a key of digits, without a
        blank before it and a value after it.
        """
        text = self.source.text
        begin, end = _index(number.end_mark), _index(key.start_mark)
        is_right_after = text[begin:end] == "," and _number(key) is not None
        if _YEAR.fullmatch(key.value):
            return False  # An entry whose amount was forgotten.
        return is_right_after and text[_index(key.end_mark) :].lstrip()[:1] in {",", "}"}

    def _join(self, parent: _Open, rest: yaml.ScalarEvent) -> None:
        assert isinstance(parent.data, dict)  # noqa: S101  (the rest stands where a key does)
        parent.data[parent.last] = f"{parent.data[parent.last]},{rest.value}"
        parent.number, parent.rest = rest, True
        parent.key = None

    def _value(self, event: yaml.NodeEvent, parent: _Open | None) -> None:
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            is_plain = event.implicit[0] and not event.style
            value = None if is_plain and event.value in NULLS else event.value
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        place: Place = ()
        discarded = False
        if parent is None:
            self.data = value
        elif isinstance(parent.data, dict):
            assert parent.key is not None  # noqa: S101
            place, discarded = (*parent.place, parent.key), parent.skip
            if not discarded:
                parent.data[parent.key] = value
                parent.last, parent.number = parent.key, _number(event)
            parent.key = None
        else:
            place = (*parent.place, len(parent.data))
            parent.data.append(value)
        if discarded:
            place = (*place, "#again")
        self.source.values[place] = _mark(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._stack.append(_Open(place, value))

    def _refuse(self, event: yaml.Event, what: str, rule: Rule = rules.YAML) -> UnreadableError:
        mark = _mark(event)
        return _unreadable(self.source.path, mark.line, mark.column, f"found {what}", rule)


def _number(event: yaml.NodeEvent) -> yaml.ScalarEvent | None:
    """A scalar without quotes that begins with a digit; None for anything else."""
    if not isinstance(event, yaml.ScalarEvent) or event.style or not event.implicit[0]:
        return None
    return event if event.value.lstrip("-+")[:1].isdecimal() else None


def _index(mark: Any) -> int:
    return int(mark.index)


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    assert mark is not None  # noqa: S101  (events of a parser have marks)
    block = isinstance(event, yaml.ScalarEvent) and event.style in {"|", ">"}
    return Mark(mark.line + 1, mark.column + 1, mark.line + (2 if block else 1))
