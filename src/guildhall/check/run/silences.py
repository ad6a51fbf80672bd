"""Levels and silences: what a portal and its pages say of findings, and whether it still holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import translate
from functools import cached_property, lru_cache
from pathlib import Path

from guildhall.check.lint.elements import Silence
from guildhall.check.run.comments import silences_of
from guildhall.core.findings.finding import Finding
from guildhall.core.findings.rule import Rule
from guildhall.core.values.dates import parse_date
from guildhall.core.values.faults import ValueFault, nearest, quote
from guildhall.core.yaml_source import Place, SourceMap, UnreadableError, read_yaml
from guildhall.model.settings.checks import Checks, SettledSilence
from guildhall.model.settings.portal import SETTINGS_FILE


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings after levels and silences.

    Args:
        findings: those that nothing silences, and what is wrong with silences, in order.
        silenced: how many are silenced.
    """

    findings: tuple[Finding, ...]
    silenced: int


@dataclass(frozen=True)
class Silencer:
    """Knows what is silenced, by comments and by the settings.

    Args:
        root: the portal's folder.
        checks: what the settings say.
        rules: all rules by id.
        today: the day that silences are judged by.
        files: source files whose silences are judged too, relative to the root.
        ran: tells of a rule and a file, empty for none, whether it was looked for in this run; a
            silence is unused only then.
        extensions: which extensions of MyST a file is written for.
    """

    root: Path
    checks: Checks
    rules: Mapping[str, Rule]
    today: date
    files: Collection[str] = ()
    ran: Callable[[str, str], bool] = lambda rule, path: True
    extensions: Callable[[str], Collection[str]] = lambda path: ("colon_fence", "deflist")
    _used: set[tuple[object, str]] = field(default_factory=set)
    _comments: dict[str, tuple[Silence, ...]] = field(default_factory=dict)

    def judge(self, findings: Iterable[Finding]) -> Judged:
        """Give findings their levels, leave out what is silenced, and tell what silences lack."""
        self._used.clear()
        verdicts = [self.verdict(finding) for finding in findings]
        kept = {verdict for verdict in verdicts if verdict is not None}
        about = map(self.levelled, (*self._about_comments(), *self._about_settings()))
        return Judged(tuple(sorted({*kept, *about})), verdicts.count(None))

    def verdict(self, finding: Finding) -> Finding | None:
        """A finding at its level; None where it is silenced."""
        return None if self._is_silenced(finding) else self.levelled(finding)

    def levelled(self, finding: Finding) -> Finding:
        """A finding at the level that the settings give its rule."""
        level = self.checks.levels.get(finding.rule)
        return replace(finding, severity=level) if level else finding

    def ended(self) -> Iterator[Finding]:
        """Silences whose last day is over."""
        about = (*self._about_comments(), *self._about_settings())
        return (each for each in about if each.rule == "silence-ended")

    def _comments_of(self, path: str) -> tuple[Silence, ...]:
        if path not in self._comments:
            is_inside = path and not path.startswith("/") and ".." not in path.split("/")
            read = silences_of(self.root / path, self.extensions(path)) if is_inside else ()
            self._comments[path] = read
        return self._comments[path]

    def _is_silenced(self, finding: Finding) -> bool:
        reaching = [
            silence
            for silence in self._comments_of(finding.path)
            if _covers(silence, finding) and not self._is_over(silence.until)
        ]
        self._used.update(((finding.path, silence), finding.rule) for silence in reaching)
        settled = [
            (index, pattern)
            for index, silence in enumerate(self.checks.silence)
            if not silence.has_ended(self.today)
            for pattern in silence.rules
            if _matches(pattern, finding.rule) and _reaches(silence, finding)
        ]
        self._used.update((index, pattern) for index, pattern in settled)
        return bool(reaching or settled)

    def _is_over(self, until: str) -> bool:
        try:
            return bool(until) and parse_date(until) < self.today
        except ValueFault:
            return False

    def _about_comments(self) -> Iterator[Finding]:
        for path in sorted({*self.files}):
            for silence in self._comments_of(path):
                used = {rule for each, rule in self._used if each == (path, silence)}
                for rule, message in self._faults_of(path, silence, used):
                    place = silence.place
                    yield self._found(path, place.line, place.column, rule, message)

    def _faults_of(
        self, path: str, silence: Silence, used: Collection[str]
    ) -> Iterator[tuple[str, str]]:
        if not silence.rules:
            message = "the comment names no rule, expected one or several after `silence`"
            yield "silence-unknown", message
        elif not silence.reason:
            message = "the silence has no reason, expected `reason:` and why at its end"
            yield "silence-reason", message
        try:
            ended = bool(silence.until) and parse_date(silence.until) < self.today
        except ValueFault as fault:
            yield "silence-ended", f"`until`: {fault}"
            ended = False
        if ended:
            yield "silence-ended", f"the silence ended on {silence.until}"
        for rule in silence.rules:
            if rule not in self.rules:
                yield "silence-unknown", self._unknown(rule)
            elif rule not in used and not ended and self.ran(rule, path):
                message = f"nothing here breaks the rule `{rule}`; remove the silence"
                yield "silence-unused", message

    def _about_settings(self) -> Iterator[Finding]:
        for rule in self.checks.levels:
            if rule not in self.rules:
                yield self._setting(
                    "silence-unknown", ("levels", rule), self._unknown(rule), key=True
                )
        for index, silence in enumerate(self.checks.silence):
            place: Place = ("silence", index)
            ended = silence.has_ended(self.today)
            if ended:
                message = f"the silence ended on {silence.until}"
                yield self._setting("silence-ended", (*place, "until"), message)
            for number, pattern in enumerate(silence.rules):
                at = (*place, "rules", number)
                matching = [rule for rule in self.rules if _matches(pattern, rule)]
                if not matching:
                    yield self._setting("silence-unknown", at, self._unknown(pattern))
                elif self._is_idle((index, pattern), matching) and not ended:
                    message = f"nothing breaks `{pattern}`; remove the silence"
                    yield self._setting("silence-unused", at, message)

    def _is_idle(self, used: tuple[int, str], matching: Iterable[str]) -> bool:
        return used not in self._used and all(self.ran(rule, "") for rule in matching)

    def _unknown(self, rule: str) -> str:
        near = nearest(rule, self.rules)
        hint = f"did you mean `{near}`?" if near else "expected the id of a rule"
        return f"unknown rule {quote(rule)}; {hint}"

    def _setting(self, rule: str, place: Place, message: str, *, key: bool = False) -> Finding:
        source = self._settings_source
        mark = (source.key if key else source.value)(("checks", *place))
        return self._found(SETTINGS_FILE.as_posix(), mark.line, mark.column, rule, message)

    def _found(self, path: str, line: int, column: int, rule: str, message: str) -> Finding:
        return Finding(path, line, column, rule, message, self.rules[rule].severity)

    @cached_property
    def _settings_source(self) -> SourceMap:
        path = self.root / SETTINGS_FILE
        try:
            return read_yaml(path)[1]
        except UnreadableError:
            return SourceMap(path)


def _covers(silence: Silence, finding: Finding) -> bool:
    if finding.rule not in silence.rules:
        return False
    return silence.lines is None or (
        silence.lines[0] <= finding.line < silence.lines[1] or finding.line == silence.place.line
    )


def _reaches(silence: SettledSilence, finding: Finding) -> bool:
    pages, addresses = silence.pages, silence.addresses
    return (not pages or any(_matches(each, finding.path) for each in pages)) and (
        not addresses or any(_matches(each, finding.target) for each in addresses)
    )


def _matches(pattern: str, name: str) -> bool:
    return _compiled(pattern).match(name) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which `*` stands for any text, slashes too, as in most allow lists."""
    return re.compile(translate(pattern))
