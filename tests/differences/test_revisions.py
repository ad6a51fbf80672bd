"""Which commit is meant, and the files of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.check.differences.revisions import (
    RevisionError,
    base_of,
    export,
    export_commit,
    revision,
)
from guildhall.model.checkouts import CACHE

from .repositories import CONF, Repository, git


def test_a_branch_is_compared_where_it_branched_off(small: Repository):
    git(small.root, "checkout", "-q", "-b", "ours")
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.commit()
    git(small.root, "checkout", "-q", "main")
    small.change("partners/rows/alpha.yml", "2026: 3 [b]", "2026: 9 [b]")
    small.commit()
    git(small.root, "checkout", "-q", "ours")
    assert base_of(small.root, "main").is_branching_point
    labels = [each.label for each in small.compare().figures if each.is_cause]
    assert labels == ["Beta, 2026"]
    exact = [each.label for each in small.compare(exact=True).figures if each.is_cause]
    assert exact == ["Alpha, 2026", "Beta, 2026"]
    assert [each.label for each in small.compare("ours", "main").figures if each.is_cause] == [
        "Alpha, 2026"
    ]


def test_two_commits_are_compared_whatever_lies_in_the_folder(small: Repository):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.commit()
    (small.root / "partners/one.yml").write_text("nothing: at all\n", encoding="utf-8")
    causes = [each.label for each in small.compare("HEAD~1", "HEAD").figures if each.is_cause]
    assert causes == ["Beta, 2026"]


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("mian", "there is no branch, tag or commit `mian`; did you mean `main`?"),
        ("spring", "did you mean `origin/spring`?"),
        ("v1", "did you mean `v1.0`?"),
        ("main..HEAD", "there is no branch, tag or commit `main..HEAD`; did you mean `main`?"),
        ("main:conf", "there is no branch, tag or commit `main:conf`"),
        ("--output=x", "there is no branch, tag or commit `--output=x`"),
        ("", "there is no branch, tag or commit"),
        ("a\nb", "there is no branch, tag or commit `a\N{REPLACEMENT CHARACTER}b`"),
    ],
)
def test_a_name_that_is_nothing_is_told_with_the_nearest_one(
    small: Repository, ref: str, words: str
):
    git(small.root, "tag", "v1.0")
    git(small.root, "update-ref", "refs/remotes/origin/spring", "HEAD")
    with pytest.raises(RevisionError) as error:
        revision(small.root, ref)
    assert words in str(error.value)
    assert not (small.root / "x").exists()


def test_no_repository_and_one_without_commits(tmp_path: Path):
    with pytest.raises(RevisionError, match="is not in a git repository"):
        revision(tmp_path, "HEAD")
    git(tmp_path, "init", "-q")
    with pytest.raises(RevisionError, match="the repository has no commits yet"):
        revision(tmp_path, "HEAD")


def test_a_shallow_clone_says_what_to_do(small: Repository, tmp_path: Path):
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.commit()
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{small.root}", str(clone))
    with pytest.raises(RevisionError, match="`fetch-depth: 0`"):
        revision(clone, "HEAD~1")
    git(clone, "fetch", "-q", "--depth=1", "origin", git(small.root, "rev-parse", "HEAD~1"))
    with pytest.raises(RevisionError, match=r"no commit in common in this clone.*fetch-depth: 0"):
        base_of(clone, "FETCH_HEAD")


def test_histories_without_a_common_commit(small: Repository):
    git(small.root, "checkout", "-q", "--orphan", "other")
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.commit()
    with pytest.raises(RevisionError, match="no commit in common; `--exact` compares with `main`"):
        base_of(small.root, "main")
    assert small.compare(exact=True).figures


def test_a_portal_below_the_top_of_a_repository(tmp_path: Path):
    portal = Repository(tmp_path / "top/sites/portal", top=tmp_path / "top")
    (tmp_path / "top/README.md").write_text("# Else\n", encoding="utf-8")
    git(tmp_path / "top", "add", "-A")
    git(tmp_path / "top", "commit", "-q", "-m", "Else")
    with export(portal.root, "main") as folder:
        assert folder.name == "portal"
        assert (folder / "conf/conf.py").read_text(encoding="utf-8") == CONF["conf/conf.py"]
        assert not (folder / "sites").exists()
    assert not folder.exists()
    portal.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    assert portal.compare().figures[0].label == "Beta, 2026"


def test_a_commit_from_before_the_portal(tmp_path: Path):
    top = tmp_path / "top"
    top.mkdir()
    git(top, "init", "-q", "-b", "main")
    (top / "README.md").write_text("# Else\n", encoding="utf-8")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "Before")
    portal = Repository(top / "portal", top=top)
    with export_commit(portal.root, git(top, "rev-parse", "HEAD~1")) as folder:
        assert list(folder.iterdir()) == []
    assert portal.compare("HEAD~1").figures


def test_no_hook_filter_or_link_of_a_commit_acts(small: Repository, tmp_path: Path):
    ran = tmp_path / "ran"
    hooks = small.root / ".git/hooks"
    for name in ("post-checkout", "post-index-change", "pre-auto-gc"):
        hook = hooks / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
        hook.chmod(0o755)
    git(small.root, "config", "filter.act.smudge", f"touch {ran}")
    git(small.root, "config", "core.fsmonitor", str(hooks / "post-checkout"))
    small.write({".gitattributes": "*.md filter=act\n*.yml export-ignore\n", "index.md": "# S\n"})
    (small.root / "partners/out").symlink_to("/etc")
    git(small.root, "-c", "core.fsmonitor=false", "add", "-A")
    git(small.root, "-c", "core.fsmonitor=false", "commit", "-q", "-m", "Hostile")
    ran.unlink(missing_ok=True)
    with export(small.root, "main") as folder:
        assert (folder / "index.md").is_file()
        assert (folder / "partners/one.yml").is_file()
        assert not (folder / "partners/out").is_symlink()
    assert small.compare().are_none
    assert not ran.exists()


def test_lessons_from_elsewhere_are_shared(small: Repository):
    kept = small.root / CACHE / "git/abc/index.md"
    kept.parent.mkdir(parents=True)
    kept.write_text("# Git\n", encoding="utf-8")
    with export(small.root, "main") as folder:
        assert (folder / CACHE / "git/abc/index.md").read_text(encoding="utf-8") == "# Git\n"
    assert kept.is_file()


def test_what_a_commit_has_in_the_place_of_lessons_from_elsewhere_stays(small: Repository):
    small.write({".guildhall": "A file.\n"})
    small.commit()
    (small.root / ".guildhall").unlink()
    (small.root / CACHE).mkdir(parents=True)
    with export(small.root, "main") as folder:
        assert (folder / ".guildhall").read_text(encoding="utf-8") == "A file.\n"


def test_nothing_of_a_commit_is_run(small: Repository, tmp_path: Path):
    ran = tmp_path / "ran"
    code = f"open({str(ran)!r}, 'w')\n"
    git(small.root, "checkout", "-q", "-b", "theirs")
    files = ("conf/conf.py", "conftest.py", "guildhall.py", "yaml.py", "sitecustomize.py")
    small.write(dict.fromkeys(files, code))
    small.change("partners/rows/beta.yml", "2026: 2\n", "2026: 4\n")
    small.commit()
    git(small.root, "checkout", "-q", "main")
    assert small.compare("main", "theirs").figures
    assert not ran.exists()


def test_what_a_hook_of_git_sets_leads_nowhere_else(
    small: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert revision(small.root, "HEAD").commit == git(
        small.root, "--git-dir=.git", "rev-parse", "HEAD"
    )
