"""Makes edits in source files: all that is safe, and nothing else.

A file is read before and after, as its format is read. What an edit doesn't speak of has to read as
before; otherwise the edit isn't made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from guildhall.check.fixes import markdown_pages, rst_pages, yaml_values
from guildhall.check.fixes.files import MARKDOWN, YAML, SourceFiles, write
from guildhall.check.fixes.source import Placed, RefusedError, Source, spliced
from guildhall.core.findings.finding import Edit, Finding


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """An edit that wasn't made.

    Args:
        edit: the edit.
        reason: why, as a clause.
    """

    edit: Edit
    reason: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended, and what wasn't.

    Args:
        done: the edits that were made, in the order of files and places; the places are those of
            the files as they were.
        refused: the edits that weren't.
    """

    done: tuple[Edit, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were changed."""
        return tuple(sorted({edit.path for edit in self.done}))


def mend(root: Path, findings: Iterable[Finding]) -> Mended:
    """Make the edits of findings that have one.

    Args:
        root: the portal's folder.
        findings: what checks found.
    """
    return apply_edits(root, (each.edit for each in findings if each.edit is not None))


def apply_edits(root: Path, edits: Iterable[Edit]) -> Mended:
    """Make edits in the portal's source files.

    An edit is made where the text that it takes out stands at its place, no other edit that comes
    before it does anything to that text, and the file reads as before but for what it says. Its
    new text is what will be read there: quotes and brackets that the place needs come of
    themselves.

    Args:
        root: the portal's folder.
        edits: the edits, in any order; one that is given twice is made once.
    """
    files = SourceFiles(root)
    done: list[Edit] = []
    refused: list[Refused] = []
    for name, group in groupby(sorted({*edits}), key=lambda edit: edit.path):
        of_file = tuple(group)
        try:
            made = _mend_file(files, name, of_file, refused)
        except RefusedError as error:
            refused += [Refused(edit, str(error)) for edit in of_file]
        else:
            done += made
    known = {each.edit: each for each in refused}
    return Mended(tuple(sorted(done)), tuple(sorted(known.values())))


def _mend_file(
    files: SourceFiles, name: str, edits: Sequence[Edit], refused: list[Refused]
) -> list[Edit]:
    reason = files.refusal(name)
    if reason:
        raise RefusedError(reason)
    path = files.path(name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RefusedError(f"the file can't be read: {error.strerror}") from None
    source = Source.of(raw)
    placed = _placed(source, name, edits, refused)
    safe = safe_edits(name, source.text, placed, refused)
    if safe:
        write(path, raw, source.encoded(spliced(source.text, safe)))
    return [each.edit for each in safe]


def _placed(
    source: Source, name: str, edits: Iterable[Edit], refused: list[Refused]
) -> tuple[Placed, ...]:
    found: list[Placed] = []
    for edit in edits:
        try:
            each = place(source, name, edit)
        except RefusedError as error:
            refused.append(Refused(edit, str(error)))
        else:
            found.append(each)
    return _apart(sorted(found, key=lambda each: (each.start, each.end)), refused)


def place(source: Source, name: str, edit: Edit) -> Placed:
    """Find the place of an edit, and spell its new text as the place has it.

    Args:
        source: the file's text.
        name: the file's name, whose suffix says what format it has.
        edit: the edit.

    Raises:
        RefusedError: where it can't be made there.
    """
    start, end = source.locate(edit)
    if edit.old == edit.new:
        raise RefusedError("there is nothing to change")
    new = edit.new
    if not new.strip():
        return Placed(edit, start, end, new.replace("\n", source.line_end))
    if not new.isprintable():
        raise RefusedError("the new text has a line end, or characters that can't be seen")
    suffix = PurePosixPath(name).suffix
    if suffix in YAML:
        new = yaml_values.spelled(source.text, start, end, new)
    elif suffix in MARKDOWN:
        new = markdown_pages.spelled(source.text, start, end, new)
    else:
        new = rst_pages.spelled(source.text, start, end, new)
    return Placed(edit, start, end, new)


def _apart(placed: Sequence[Placed], refused: list[Refused]) -> tuple[Placed, ...]:
    """Edits of which none overlaps another; of those that do, the first stays.

    Two that would change the very same text contradict each other, and neither stays.
    """
    kept: list[Placed] = []
    for each in placed:
        same = [one for one in placed if (one.start, one.end) == (each.start, each.end)]
        if len(same) > 1:
            reason = "another edit changes the same text to something else"
            refused.append(Refused(each.edit, reason))
        elif kept and each.start < kept[-1].end:
            refused.append(Refused(each.edit, "another edit changes a part of the same text"))
        else:
            kept.append(each)
    return tuple(kept)


def safe_edits(
    name: str, text: str, edits: tuple[Placed, ...], refused: list[Refused]
) -> tuple[Placed, ...]:
    """The edits after which a file reads as before, but for what they say.

    Args:
        name: the file's name, whose suffix says what format it has.
        text: the file's text.
        edits: edits that don't overlap, in order.
        refused: gets those that aren't safe.
    """
    if not edits:
        return ()
    reason = _harm(name, text, edits)
    if reason is None:
        return edits
    if len(edits) == 1:
        refused.append(Refused(edits[0].edit, reason))
        return ()
    half = len(edits) // 2
    first = safe_edits(name, text, edits[:half], refused)
    rest = safe_edits(name, text, edits[half:], refused)
    if not first or not rest or _harm(name, text, (*first, *rest)) is None:
        return (*first, *rest)
    refused += [Refused(each.edit, "it conflicts with another edit") for each in rest]
    return first


def _harm(name: str, text: str, edits: tuple[Placed, ...]) -> str | None:
    """Why edits aren't safe; None where they are."""
    after = spliced(text, edits)
    suffix = PurePosixPath(name).suffix
    check = (
        yaml_values.check
        if suffix in YAML
        else markdown_pages.check
        if suffix in MARKDOWN
        else rst_pages.check
    )
    try:
        check(text, after, edits)
    except RefusedError as error:
        return str(error)
    return None
