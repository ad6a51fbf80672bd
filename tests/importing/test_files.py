"""Files of an import are written together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.cli.files import Change, ChangedError, write_all
from tests.importing.samples import snapshot
from tests.importing.test_workshops import Run, root, run

__all__ = ["root", "run"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old").write_bytes(b"before")
    (tmp_path / "old").chmod(0o600)
    return tmp_path


def test_files_are_made_and_replaced_with_their_modes(folder: Path) -> None:
    new = folder / "deep/new"
    write_all({folder / "old": Change(b"before", b"after"), new: Change(None, b"made")})
    assert snapshot(folder) == {"old": b"after", "deep/new": b"made"}
    assert [path.stat().st_mode & 0o777 for path in (folder / "old", new)] == [0o600, 0o644]


@pytest.mark.parametrize("before", [None, b"something else"])
def test_a_file_that_changed_in_the_meantime_keeps_all_as_they_were(
    folder: Path, before: bytes | None
) -> None:
    changes = {
        folder / "first": Change(None, b"made"),
        folder / "old": Change(before, b"after"),
        folder / "last": Change(None, b"made"),
    }
    with pytest.raises(ChangedError, match="old was changed in the meantime"):
        write_all(changes)
    assert snapshot(folder) == {"old": b"before"}


def test_a_file_that_cannot_be_written_keeps_all_as_they_were(folder: Path) -> None:
    (folder / "taken").mkdir()
    changes = {
        folder / "old": Change(b"before", b"after"),
        folder / "new": Change(None, b"made"),
        folder / "taken": Change(None, b"made"),
    }
    with pytest.raises(OSError, match="taken"):
        write_all(changes)
    assert snapshot(folder) == {"old": b"before"}


def test_an_import_whose_last_file_fails_writes_nothing(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(root)
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.suffix == ".json":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    assert run().exit_code == 3
    assert snapshot(root) == before
    monkeypatch.undo()
    assert run().exit_code == 0
