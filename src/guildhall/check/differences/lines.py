"""Which lines of which files a change touches, and which findings it brought."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guildhall.check.differences.revisions import HEAD, base_of, git, revision
from guildhall.core.findings.finding import Finding

WHOLE = range(1, 1 << 31)
"""All lines of a file that is new, or that has no lines."""

_HUNK = re.compile(rb"@@ -[0-9]+(?:,(?P<old>[0-9]+))? \+(?P<start>[0-9]+)(?:,(?P<new>[0-9]+))? @@")
_DIFF = (
    *("diff", "--relative", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--ignore-submodules=all", "--submodule=short"),
)
_PATCH = (
    *("--patch", "--unified=0", "--inter-hunk-context=0"),
    *("--src-prefix=a/", "--dst-prefix=b/"),
)
_ESCAPES = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13, '"': 34, "\\": 92}
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_NUMBERS = re.compile(
    r"(?P<word>\blines? )[0-9]+(?:(?:-|\N{EN DASH}| to | and )[0-9]+)?"
    r"|(?P<file>\.[A-Za-z]{1,5}):[0-9]+(?::[0-9]+)?"
)


@dataclass(frozen=True)
class Changed:
    """What a change touches; all paths are relative to the portal's folder, with slashes.

    Args:
        lines: the lines by file, as they are numbered after the change, each a range of numbers
            from 1. A place where lines went, and none came, is the line before it.
        renamed: the earlier name of each file that has another now.
        gone: the files that are no more.
    """

    lines: Mapping[str, tuple[range, ...]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def touches(self, path: str, line: int) -> bool:
        """Whether a line of a file changed; line 0 stands for the file as such."""
        found = self.lines.get(path, ())
        return bool(found) if line == 0 else any(line in each for each in found)

    def earlier_name(self, path: str) -> str:
        """What a file was called before."""
        return self.renamed.get(path, path)


def changed_lines(root: Path, ref: str, to: str | None = None, *, exact: bool = False) -> Changed:
    """The lines that changed since the commit at which ``to`` branched off from ``ref``.

    Files that git doesn't know yet count as new, unless it is told to ignore them; so do binary
    files that changed.

    Args:
        root: the portal's folder; what lies outside it is left out.
        ref: a branch, tag or commit.
        to: the commit to look at; by default the files as they lie there.
        exact: whether ``ref`` itself is meant, and not where the branch left it.

    Raises:
        RevisionError: where ``ref`` or ``to`` is nothing that can be compared.
        GitError: where git fails.
    """
    base = revision(root, ref) if exact else base_of(root, ref, to or HEAD)
    ends = [base.commit, *([revision(root, to).commit] if to else [])]
    lines: dict[str, tuple[range, ...]] = {}
    renamed: dict[str, str] = {}
    gone: set[str] = set()
    for status, before, after in _entries(git(root, *_DIFF, "--raw", "-z", *ends)):
        if status == "D":
            gone.add(before)
            continue
        if status == "R":
            renamed[after] = before
        # Of files without hunks below, only the name changed, or they are binary.
        lines[after] = () if status == "R" else (WHOLE,)
    patch = _hunks(git(root, *_DIFF, *_PATCH, *ends))
    lines.update((path, ranges) for path, ranges in patch.items() if path in lines)
    if to is None:
        others = git(root, "ls-files", "--others", "--exclude-standard", "-z")
        # A folder is listed where it is a repository of its own.
        names = (_decoded(name) for name in others.split(b"\0") if name and not name.endswith(b"/"))
        lines.update((name, (WHOLE,)) for name in names)
    return Changed(dict(sorted(lines.items())), renamed, frozenset(gone - lines.keys()))


def _entries(raw: bytes) -> Iterator[tuple[str, str, str]]:
    """Status, earlier and later name of each file, as ``git diff --raw -z`` writes them."""
    parts = iter(raw.split(b"\0"))
    for head in parts:
        if not head.startswith(b":"):
            continue
        status = head.split()[-1][:1].decode("ascii")
        before = _decoded(next(parts))
        yield status, before, _decoded(next(parts)) if status in "RC" else before


def _hunks(patch: bytes) -> dict[str, tuple[range, ...]]:
    """The changed lines of each file of a patch without context."""
    found: dict[str, list[range]] = {}
    path: str | None = None
    left = 0
    for line in patch.split(b"\n"):
        if left:
            # What a hunk holds may look like anything.
            left -= not line.startswith(b"\\")
        elif line.startswith(b"+++ "):
            path = _named(line[4:])
        elif line.startswith(b"diff --git "):
            path = None
        elif path is not None and (hunk := _HUNK.match(line)):
            old, new = (int(hunk[name] or 1) for name in ("old", "new"))
            start = max(int(hunk["start"]), 1)
            found.setdefault(path, []).append(range(start, start + max(new, 1)))
            left = old + new
    return {name: tuple(ranges) for name, ranges in found.items()}


def _named(written: bytes) -> str | None:
    """The path after ``+++``: as it is, or quoted as in C; None for a file that is no more."""
    name = written.removesuffix(b"\t")
    if name.startswith(b'"'):
        name = _ESCAPED.sub(_unescaped, name[1:-1])
    return _decoded(name[2:]) if name.startswith(b"b/") else None


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1].decode("latin-1")
    return bytes([int(sign, 8) if len(sign) == 3 else _ESCAPES.get(sign, ord(sign))])


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def brought(now: Iterable[Finding], then: Iterable[Finding], changed: Changed) -> list[Finding]:
    """The findings that a change brought, in their order.

    A finding was there before where one of the same rule, about the same file and target, said the
    same; only the numbers of lines in its message may differ. So a link is told that broke because
    its target went, and a fault in a line that was touched isn't, if it was there before. Of
    several equal findings, as many are told as there are more than before, those in changed lines
    first.

    Args:
        now: what is found after the change.
        then: what was found before it.
        changed: what the change touches.
    """
    before = Counter(_identity(each, each.path) for each in then)
    found = list(now)
    # Old findings are counted against those first that stand in lines that nobody touched.
    order = sorted(range(len(found)), key=lambda n: changed.touches(found[n].path, found[n].line))
    kept = set()
    for number in order:
        identity = _identity(found[number], changed.earlier_name(found[number].path))
        if before[identity]:
            before[identity] -= 1
        else:
            kept.add(number)
    return [each for number, each in enumerate(found) if number in kept]


def _identity(finding: Finding, path: str) -> tuple[str, str, str, str]:
    return finding.rule, path, finding.target, _NUMBERS.sub(_without_number, finding.message)


def _without_number(match: re.Match[str]) -> str:
    return f"{match['word'] or match['file']}#"
