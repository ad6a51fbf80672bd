"""What builds told, and what of it still holds though nobody told it again.

Sphinx warns of a page while it reads or writes it, and says nothing of pages that it leaves alone.
So the warnings of each build lie beside its memory, each with the page and the phase that it is of,
and the next build tells those again whose page it neither read nor wrote. What is told without a
page comes from work that every build does anew.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.build_phase import BuildPhase

from guildhall.check.run.catalogue import all_rules
from guildhall.cli.building.sphinx_log import finding_of
from guildhall.core.findings.finding import Finding

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FILE = "guildhall-told.json"
_PAGE, _PHASE = "guildhall_page", "guildhall_phase"


@dataclass(frozen=True, slots=True)
class BuildWarning:
    """A warning of a build.

    Args:
        finding: what it says.
        page: the document that was read or written; empty where it was none.
        phase: the name of Sphinx's phase.
    """

    finding: Finding
    page: str
    phase: str


@dataclass
class WarningLog:
    """Knows of each warning when it came, and what a build did.

    Args:
        doctrees: the folder of Sphinx's memory.
    """

    doctrees: Path
    new: list[BuildWarning] = field(default_factory=list)
    is_remembered: bool = field(init=False)
    """Whether it is known what the build before told."""
    _before: list[BuildWarning] = field(default_factory=list)
    _read: set[str] = field(default_factory=set)
    _written: set[str] = field(default_factory=set)
    _is_checked: bool = False
    _app: Sphinx | None = None

    def __post_init__(self) -> None:
        found = _load(self.doctrees / FILE)
        self._before = found or []
        self.is_remembered = found is not None

    def take(self, record: logging.LogRecord) -> Finding:
        """Take a warning.

        Args:
            record: Sphinx's record of it.

        Returns:
            its finding; one that names no file gets that of the page which was read or written.
        """
        finding = finding_of(record)
        page = getattr(record, _PAGE, "")
        if page and self._app is not None and not finding.path:
            finding = replace(finding, path=str(self._app.env.doc2path(page)))
        phase = getattr(record, _PHASE, BuildPhase.INITIALIZATION.name)
        self.new.append(BuildWarning(finding, page, phase))
        return finding

    @contextmanager
    def listening(self, app: Sphinx) -> Iterator[None]:
        """Note what an application does, and of each warning where it comes from."""
        self._app = app
        app.connect("env-get-outdated", self._name_alike, priority=900)
        app.connect("env-before-read-docs", self._note_read, priority=900)
        app.connect("env-check-consistency", self._note_check)
        _before_call(app.builder, "write_documents", self._written.update)
        before = logging.getLogRecordFactory()
        logging.setLogRecordFactory(_marking(app, before))
        try:
            yield
        finally:
            logging.setLogRecordFactory(before)

    def finish(self, env: BuildEnvironment) -> list[Finding]:
        """Keep what holds for the next build.

        Returns:
            what an earlier build told and what still holds.
        """
        kept = [each for each in self._before if self._still_holds(each, env.found_docs)]
        everything = [_plain(each) for each in dict.fromkeys([*self.new, *kept])]
        path = self.doctrees / FILE
        path.write_text(json.dumps(everything, ensure_ascii=False), encoding="utf-8")
        return [each.finding for each in kept]

    def _still_holds(self, told: BuildWarning, found: Set[str]) -> bool:
        if not told.page:
            return told.phase == BuildPhase.CONSISTENCY_CHECK.name and not self._is_checked
        if told.page not in found or told.page in self._read:
            return False
        return told.phase == BuildPhase.READING.name or told.page not in self._written

    def _note_read(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        self._read.update(docnames)

    def _note_check(self, app: Sphinx, env: BuildEnvironment) -> None:
        self._is_checked = True

    def _name_alike(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Pages with a warning that names a page which is new or gone, such as of a name twice."""
        moved = added | changed | removed
        names = {name: str(env.doc2path(name)) for name in moved}
        return [
            each.page
            for each in self._before
            if each.phase == BuildPhase.READING.name
            and each.page in env.found_docs
            and any(
                path in each.finding.message or f" {name}" in each.finding.message
                for name, path in names.items()
                if name != each.page
            )
        ]


def _marking(
    app: Sphinx, factory: Callable[..., logging.LogRecord]
) -> Callable[..., logging.LogRecord]:
    """Let each record of the log say of which page and phase it is.

    A record is made in the process that does the work, so that it knows; worker processes hand
    their records on as they are.
    """

    def make(*arguments: Any, **options: Any) -> logging.LogRecord:
        record = factory(*arguments, **options)
        setattr(record, _PAGE, _page_at(app))
        setattr(record, _PHASE, app.phase.name)
        return record

    return make


def _page_at(app: Sphinx) -> str:
    page = app.env.docname
    is_writing = app.phase in {BuildPhase.RESOLVING, BuildPhase.WRITING}
    return page or (getattr(app.builder, "current_docname", "") if is_writing else "") or ""


def _before_call(holder: Any, name: str, note: Callable[[Any], None]) -> None:
    """Note the argument of a method each time that it is called; Sphinx has no event for it."""
    method = getattr(holder, name)

    def noting(argument: Any) -> Any:
        note(argument)
        return method(argument)

    setattr(holder, name, noting)


_KEPT = ("path", "line", "column", "rule", "message")


def _plain(told: BuildWarning) -> dict[str, object]:
    finding = {name: getattr(told.finding, name) for name in _KEPT}
    return {"finding": finding, "page": told.page, "phase": told.phase}


def _load(path: Path) -> list[BuildWarning] | None:
    """What a build told; None where that isn't known, so that its memory is of no use either."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, list):
            return None
        return [
            BuildWarning(_finding(each["finding"]), str(each["page"]), str(each["phase"]))
            for each in found
        ]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _finding(found: dict[str, Any]) -> Finding:
    # A rule that an older version had is a fault of the key, so that nothing is known.
    severity = all_rules()[found["rule"]].severity
    return Finding(**{name: found[name] for name in _KEPT}, severity=severity)
