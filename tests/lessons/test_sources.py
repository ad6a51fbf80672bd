"""External lessons: what is fetched, where it lies, and what is told if it can't be had."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from guildhall.model.records.lock import Locked, read_lock, write_lock
from guildhall.network.lessons import checkout, git, sources
from guildhall.network.lessons.checkout import check_out, forget_others
from guildhall.network.lessons.git import GitError
from guildhall.network.lessons.sources import checkout_folder, ensure, missing, pages_folder

from .repositories import Repository, add_record, lessons_of, make_portal


@pytest.fixture
def origin(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "origin")


@pytest.fixture
def root(tmp_path: Path, origin: Repository) -> Path:
    root = make_portal(tmp_path / "portal")
    add_record(root, "git", f"source: {{git: '{origin.address}', ref: main, path: content}}\n")
    return root


def lock(root: Path, key: str, address: str, commit: str, ref: str = "main") -> None:
    raw = {"git": address, "ref": ref, "commit": commit, "date": "2025-03-01T10:00:00+00:00"}
    entries = {**read_lock(root).entries, key: Locked.model_validate(raw)}
    write_lock(root, entries)


def told(faults: Iterable[object]) -> list[str]:
    return [str(fault).partition("lessons/")[2] for fault in faults]


def fetch(origin: Repository, home: Path, commit: str | None = None) -> checkout.Checkout:
    return check_out(origin.address, "main", commit or origin.head, home)


def test_the_locked_commit_is_fetched_and_nothing_newer(root: Path, origin: Repository):
    lock(root, "git", origin.address, origin.head)
    commit = origin.head
    origin.commit({"content/b.md": "# B\n"})
    said: list[str] = []
    assert ensure(root, lessons_of(root), said.append) == []
    (lesson,) = lessons_of(root)
    assert checkout_folder(lesson, root) == root / ".guildhall/lessons/git" / commit[:12]
    pages = pages_folder(lesson, root)
    assert pages == root / ".guildhall/lessons/git" / commit[:12] / "content"
    assert sorted(path.name for path in pages.iterdir()) == ["a.md", "conf.py", "index.md"]
    assert said == [f"Fetching git from {origin.address}, {commit[:12]}"]


def test_a_commit_that_is_no_longer_the_newest_is_fetched_by_its_id(root: Path, origin: Repository):
    first = origin.head
    origin.commit({"content/b.md": "# B\n"})
    lock(root, "git", origin.address, first)
    assert ensure(root, lessons_of(root)) == []


def test_the_second_time_nothing_is_asked_of_anybody(root: Path, origin: Repository):
    lock(root, "git", origin.address, origin.head)
    ensure(root, lessons_of(root))
    shutil.rmtree(origin.folder)
    said: list[str] = []
    assert ensure(root, lessons_of(root), said.append) == []
    assert said == []


def test_nothing_of_git_stays(root: Path, origin: Repository):
    lock(root, "git", origin.address, origin.head)
    ensure(root, lessons_of(root))
    home = root / ".guildhall/lessons/git"
    assert sorted(path.name for path in home.iterdir()) == [
        origin.head[:12],
        f"{origin.head[:12]}.json",
    ]
    assert not list(home.rglob(".git*"))


def test_a_lesson_that_is_not_locked_names_the_command(root: Path):
    (fault,) = told(ensure(root, lessons_of(root)))
    assert fault == (
        "git/lesson.yml:4:1: no commit of this lesson is in conf/lessons.lock; "
        "run `guildhall lessons update git` [lesson.source]"
    )


def test_a_record_that_follows_another_ref_is_told_and_keeps_its_pages(
    root: Path, origin: Repository
):
    lock(root, "git", origin.address, origin.head, ref="old")
    (fault,) = told(ensure(root, lessons_of(root)))
    assert fault == (
        "git/lesson.yml:4:1: conf/lessons.lock has a commit of `old`, not of `main`; "
        "run `guildhall lessons update git` [lesson.source]"
    )
    assert pages_folder(lessons_of(root)[0], root) is not None


def test_a_record_of_another_repository_is_told_and_has_no_pages(root: Path, origin: Repository):
    lock(root, "git", "https://example.org/x.git", origin.head)
    (fault,) = ensure(root, lessons_of(root))
    assert "a commit of `https://example.org/x.git`, not of `file://" in fault.message
    assert pages_folder(lessons_of(root)[0], root) is None


def test_a_repository_that_is_gone_is_told_at_the_record(root: Path, origin: Repository):
    lock(root, "git", origin.address, origin.head)
    shutil.rmtree(origin.folder)
    (fault,) = ensure(root, lessons_of(root))
    assert (Path(fault.path).name, fault.line, fault.column) == ("lesson.yml", 4, 1)
    assert fault.message.startswith("the lesson can't be fetched from `file://")
    assert "does not appear to be a git repository" in fault.message
    assert "\n" not in fault.message


def test_a_commit_that_is_gone_is_told(root: Path, origin: Repository):
    lock(root, "git", origin.address, "0" * 39 + "1")
    (fault,) = ensure(root, lessons_of(root))
    assert fault.message.endswith("it no longer has the commit 000000000000, and `main` moved on")


def test_a_folder_that_the_commit_does_not_have_is_told(root: Path, origin: Repository):
    add_record(root, "git", f"source: {{git: '{origin.address}', ref: main, path: docs}}\n")
    lock(root, "git", origin.address, origin.head)
    (fault,) = ensure(root, lessons_of(root))
    assert fault.message == f"the repository has no folder `docs` at {origin.head[:12]}"


def test_without_fetching_what_is_missing_is_told(root: Path, origin: Repository):
    lock(root, "git", origin.address, origin.head)
    (fault,) = missing(root, lessons_of(root))
    assert fault.message == "this lesson's pages have not been fetched yet; run `guildhall build`"
    ensure(root, lessons_of(root))
    assert missing(root, lessons_of(root)) == []


def test_one_lesson_that_fails_does_not_keep_others_back(
    tmp_path: Path, root: Path, origin: Repository
):
    add_record(root, "a", "source: {git: 'file:///nowhere', ref: main}\n")
    lock(root, "a", "file:///nowhere", origin.head)
    lock(root, "git", origin.address, origin.head)
    (fault,) = ensure(root, lessons_of(root))
    assert Path(fault.path).parent.name == "a"
    assert (root / ".guildhall/lessons/git" / origin.head[:12]).is_dir()


def test_pages_beside_the_record_and_below_it(root: Path):
    add_record(root, "here", "")
    add_record(root, "below", "source: {path: content}\n")
    (root / "lessons/below/content").mkdir()
    folders = {lesson.key: pages_folder(lesson, root) for lesson in lessons_of(root)}
    assert folders["here"] == root / "lessons/here"
    assert folders["below"] == root / "lessons/below/content"
    assert folders["git"] is None


def _fetch(arguments: tuple[str, str, Path]) -> tuple[str, ...]:
    address, commit, home = arguments
    return check_out(address, "main", commit, home).notes


def test_builds_at_the_same_time_give_one_whole_checkout(tmp_path: Path, origin: Repository):
    origin.commit({f"content/{number}.md": "# Page\n" for number in range(200)})
    home = tmp_path / "home"
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(_fetch, [(origin.address, origin.head, home)] * 6))
    assert len(list((home / origin.head[:12] / "content").iterdir())) == 203
    assert len(list(home.iterdir())) == 2


def test_a_stopped_fetch_leaves_nothing_that_looks_whole(
    tmp_path: Path, origin: Repository, monkeypatch: pytest.MonkeyPatch
):
    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(git.Contents, "copy", stop)
    with pytest.raises(KeyboardInterrupt):
        fetch(origin, tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_the_date_of_the_commit_is_told_in_utc(tmp_path: Path, origin: Repository):
    assert fetch(origin, tmp_path / "home").date.isoformat() == "2025-03-01T10:00:00+00:00"
    again = checkout.find_checkout(tmp_path / "home", origin.head)
    assert again is not None
    assert again.date.isoformat() == "2025-03-01T10:00:00+00:00"


@pytest.mark.parametrize("stated", ["999999999999999999", "253402300800", "0"])
def test_a_commit_without_a_date_that_exists_is_fetched(
    tmp_path: Path, origin: Repository, stated: str
):
    raw = origin.git("cat-file", "-p", "HEAD").split("\n")
    lines = [f"committer A <a@example.org> {stated} +0000" if "committer" in x else x for x in raw]
    text = "\n".join(lines) + "\n"
    commit = origin.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=text)
    origin.git("update-ref", "HEAD", commit)
    assert fetch(origin, tmp_path / "home").date.isoformat() == "1970-01-01T00:00:00+00:00"


def test_other_checkouts_are_forgotten(tmp_path: Path, origin: Repository):
    home, commits = tmp_path / "home", [origin.head]
    for name in ("b", "c"):
        commits.append(origin.commit({f"content/{name}.md": "# Page\n"}))
    for commit in commits:
        fetch(origin, home, commit)
    forget_others(home, commits[1:])
    assert sorted({path.stem for path in home.iterdir()}) == sorted(x[:12] for x in commits[1:])


def test_files_that_the_repository_lacks_are_left_out_and_told(tmp_path: Path, origin: Repository):
    """As in a copy of a repository that was made without its largest files."""
    origin.commit({"content/big.png": "a picture", "content/video.mp4": "a film"})
    for name in ("big.png", "video.mp4"):
        oid = origin.git("rev-parse", f"HEAD:content/{name}")
        (origin.folder / ".git/objects" / oid[:2] / oid[2:]).unlink()
    made = fetch(origin, tmp_path / "home")
    assert made.notes == (
        "the repository lacks the content of `content/big.png`; left out",
        "the repository lacks the content of `content/video.mp4`; left out",
    )
    folder = tmp_path / "home" / origin.head[:12] / "content"
    assert sorted(path.name for path in folder.iterdir()) == ["a.md", "conf.py", "index.md"]
    # What was left out is known as long as the checkout is there.
    assert fetch(origin, tmp_path / "home").notes == made.notes


# What strangers could try


def test_links_stay_inside(tmp_path: Path, origin: Repository):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    commit = origin.commit_entries(
        ("120000", "content/good.md", "a.md"),
        ("120000", "content/folder", "../content"),
        ("120000", "content/absolute", str(tmp_path / "secret.txt")),
        ("120000", "content/out", "../../../../secret.txt"),
        ("120000", "content/nowhere", "no-such-file"),
        ("120000", "content/loop", "loop"),
        # Each of the two stays inside by its letters; one through the other leads out.
        ("100644", "top/x.md", "x"),
        ("120000", "content/deep/link", "../../top"),
        ("120000", "content/deep/through", "link/../../../../secret.txt"),
    )
    made = fetch(origin, tmp_path / "home", commit)
    left = "leads out of the repository, or nowhere; left out"
    names = ["absolute", "deep/through", "loop", "nowhere", "out"]
    assert sorted(made.notes) == [f"the link `content/{name}` {left}" for name in names]
    content = tmp_path / "home" / commit[:12] / "content"
    assert (content / "good.md").read_text(encoding="utf-8") == "# A\n"
    assert (content / "folder/a.md").is_file()
    assert (content / "deep/link/x.md").is_file()
    for name in names:
        assert not os.path.lexists(content / name)


def test_a_link_can_not_stand_for_a_folder_that_files_are_written_to(
    tmp_path: Path, origin: Repository
):
    """git refuses such a tree; a hostile server need not."""
    link = origin.git("hash-object", "-w", "--stdin", given=str(tmp_path / "outside"))
    page = origin.git("hash-object", "-w", "--stdin", given="hostile")
    inner = origin.git("mktree", given=f"100644 blob {page}\tpage.md\n")
    tree = origin.git("mktree", given=f"120000 blob {link}\tx\n040000 tree {inner}\tx\n")
    commit = origin.git("commit-tree", tree, "-m", "x")
    origin.git("update-ref", "HEAD", commit)
    (tmp_path / "outside").mkdir()
    fetch(origin, tmp_path / "home", commit)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("name", ["..", ".git", ".GIT", "git~1", "a\\b", ". ", "\x07"])
def test_names_that_could_mean_other_places_are_left_out(
    tmp_path: Path, origin: Repository, name: str
):
    commit = origin.commit_tree(("a.md", "# A\n"), (name, "hostile"))
    made = fetch(origin, tmp_path / "home", commit)
    assert len(made.notes) == 1
    assert made.notes[0].endswith("is not a valid file name; left out")
    assert [path.name for path in (tmp_path / "home" / commit[:12]).iterdir()] == ["a.md"]


def test_a_path_that_climbs_is_left_out(tmp_path: Path, origin: Repository):
    page = origin.git("hash-object", "-w", "--stdin", given="hostile")
    tree = origin.git("mktree", given=f"100644 blob {page}\tout.md\n")
    for _ in range(3):
        tree = origin.git("mktree", given=f"040000 tree {tree}\t..\n")
    commit = origin.git("commit-tree", tree, "-m", "x")
    origin.git("update-ref", "HEAD", commit)
    made = fetch(origin, tmp_path / "home", commit)
    assert made.notes == ("`../../../out.md` is not a valid file name; left out",)
    assert not list(tmp_path.rglob("out.md"))


def test_submodules_are_not_fetched(tmp_path: Path, origin: Repository):
    other = Repository(tmp_path / "other")
    text = f'[submodule "sub"]\n\tpath = sub\n\turl = {other.address}\n'
    commit = origin.commit_entries(("100644", ".gitmodules", text), ("160000", "sub", other.head))
    made = fetch(origin, tmp_path / "home", commit)
    assert made.notes == ("`sub` is a submodule, another repository; left out",)
    assert not (tmp_path / "home" / commit[:12] / "sub").exists()


def test_hooks_and_filters_do_not_run(
    tmp_path: Path, origin: Repository, monkeypatch: pytest.MonkeyPatch
):
    """Neither those of the repository nor those that the user's own settings name."""
    mark = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    settings = tmp_path / "settings"
    settings.write_text(
        f'[core]\n\thooksPath = {hooks}\n[filter "lfs"]\n\tsmudge = {script}\n\trequired = true\n'
        f'[filter "x"]\n\tsmudge = {script}\n\tclean = cat\n[credential]\n\thelper = {script}\n',
        encoding="utf-8",
    )
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    commit = origin.commit_entries(
        ("100644", ".gitattributes", "*.md filter=x\n*.png filter=lfs\n"),
        ("100644", "content/x.png", pointer),
    )
    for name in ("post-checkout", "post-merge", "reference-transaction", "post-index-change"):
        shutil.copy(script, hooks / name)
        shutil.copy(script, origin.folder / ".git/hooks" / name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    fetch(origin, tmp_path / "home", commit)
    assert not mark.exists()
    picture = tmp_path / "home" / commit[:12] / "content/x.png"
    assert picture.read_text(encoding="utf-8") == pointer


def test_no_file_can_be_run(tmp_path: Path, origin: Repository):
    commit = origin.commit_entries(("100755", "content/run.sh", "#!/bin/sh\n"))
    fetch(origin, tmp_path / "home", commit)
    assert not os.access(tmp_path / "home" / commit[:12] / "content/run.sh", os.X_OK)


def _too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "LARGEST_CHECKOUT", 3 * 1024**2)


def _too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "MOST_FILES", 3)


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (_too_large, "its files have 4 MB, more than 3 MB"),
        (_too_many, "it has 4 files, more than 3"),
    ],
)
def test_too_much_is_refused_before_anything_is_written(
    tmp_path: Path,
    origin: Repository,
    monkeypatch: pytest.MonkeyPatch,
    limit: Callable[[pytest.MonkeyPatch], None],
    message: str,
):
    origin.commit({"content/huge.md": "x" * 4 * 1024**2})
    limit(monkeypatch)
    with pytest.raises(GitError, match=message):
        fetch(origin, tmp_path / "home")
    assert list((tmp_path / "home").iterdir()) == []


def test_a_repository_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(slow))
    monkeypatch.setattr(git, "LONGEST_SECONDS", 0.3)
    with pytest.raises(GitError, match="git took longer than 0 s"):
        git.resolve("ssh://example.org/x.git", "main")


@pytest.mark.parametrize(
    "ref",
    [
        "-x",
        "--upload-pack=touch ran",
        "",
        "a b",
        "a..b",
        "x^{}",
        "a:b",
        "*",
        "../x",
        "a.lock",
        "a\n",
    ],
)
def test_a_ref_is_never_an_option_or_a_pattern(origin: Repository, ref: str):
    with pytest.raises(GitError, match="is not a name of a branch, tag or commit"):
        git.resolve(origin.address, ref)


@pytest.mark.parametrize(
    "address",
    ["--upload-pack=touch ran", "-oProxyCommand=x", "ext::sh -c x", "ssh://-oProxyCommand=x/y",
     "http://example.org/x", "/etc", "git://example.org/x"],
)  # fmt: skip
def test_an_address_is_never_an_option_or_a_command(address: str):
    with pytest.raises(GitError, match="expected the address of a git repository"):
        git.resolve(address, "main")


# What names mean


def test_tags_go_before_branches_and_mean_the_commit(origin: Repository):
    first = origin.head
    origin.git("tag", "--annotate", "v1", "-m", "x")
    origin.git("branch", "feature/main")
    second = origin.commit({"content/b.md": "# B\n"})
    origin.git("update-ref", "refs/heads/v1", second)
    assert git.resolve(origin.address, "v1") == first
    assert git.resolve(origin.address, "main") == second
    assert git.resolve(origin.address, "HEAD") == second
    assert git.resolve(origin.address, "refs/heads/v1") == second
    assert git.resolve(origin.address, first) == first


def test_a_name_that_others_only_end_with_is_unknown(origin: Repository):
    origin.git("branch", "feature/new")
    with pytest.raises(GitError, match="the repository has no branch or tag `new`"):
        git.resolve(origin.address, "new")


def test_the_default_branch(origin: Repository):
    assert git.default_branch(origin.address) == "main"
    origin.git("checkout", "--quiet", "--detach")
    assert git.default_branch(origin.address) == "HEAD"


# The lock file


def test_the_lock_file_has_a_line_for_each_value_and_is_sorted(root: Path, origin: Repository):
    lock(root, "b", origin.address, origin.head)
    lock(root, "a", "https://example.org/a.git", origin.head)
    text = (root / "conf/lessons.lock").read_text(encoding="utf-8")
    assert text == (
        "{\n"
        '  "a": {\n'
        f'    "commit": "{origin.head}",\n'
        '    "date": "2025-03-01T10:00:00+00:00",\n'
        '    "git": "https://example.org/a.git",\n'
        '    "ref": "main"\n'
        "  },\n"
        '  "b": {\n'
        f'    "commit": "{origin.head}",\n'
        '    "date": "2025-03-01T10:00:00+00:00",\n'
        f'    "git": "{origin.address}",\n'
        '    "ref": "main"\n'
        "  }\n"
        "}\n"
    )


def test_a_change_of_the_lock_file_is_seen_at_once(root: Path, origin: Repository):
    lock(root, "git", origin.address, origin.head)
    assert read_lock(root).entries["git"].commit == origin.head
    lock(root, "git", origin.address, "1" * 40)
    assert read_lock(root).entries["git"].commit == "1" * 40


GOOD = {"commit": "1" * 40, "date": "2025-03-01T10:00:00Z", "git": "https://e.org/x", "ref": "main"}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('{\n  "a": {},\n}\n', "3:1", "not well-formed JSON: expecting property name"),
        ("<<<<<<< HEAD\n{}\n", "1:1", "not well-formed JSON: expecting value"),
        ("[]", "1:1", "found a list, expected a mapping of lessons to commits"),
        ('{\n  "a": {}}', "2:8", "`a`: the key `commit` is missing"),
        (
            json.dumps({"a": {**GOOD, "commit": "../../etc"}}, indent=1),
            "3:13",
            "`a`: `commit`: found `../../etc`, expected the id of a commit, of 40",
        ),
        (
            json.dumps({"a": {**GOOD, "git": "ext::sh"}}, indent=1),
            "5:10",
            "`a`: `git`: found `ext::sh`, expected the address of a git repository",
        ),
        (
            json.dumps({"a": {**GOOD, "more": "x"}}, indent=1),
            "7:3",
            "`a`: unknown key `more`; valid here: commit, date, git, ref",
        ),
        ('{"a": 1,\n "a": 2}', "2:2", "the key `a` appears twice (first at line 1)"),
        (json.dumps({"../x": GOOD}), "1:2", "found `../x`, expected an id of small letters"),
        ("[" * 100_000, "1:1", "not well-formed JSON: nested too deeply"),
    ],
)
def test_faults_of_the_lock_file_have_their_places(root: Path, text: str, place: str, message: str):
    (root / "conf/lessons.lock").write_text(text, encoding="utf-8")
    found = [str(fault) for fault in read_lock(root).faults]
    expected = f"{root / 'conf/lessons.lock'}:{place}: {message}"
    assert any(each.startswith(expected) and "[lesson.source]" in each for each in found), found


def test_sound_entries_of_a_broken_lock_file_are_used(root: Path):
    text = json.dumps({"a": GOOD, "b": {}})
    (root / "conf/lessons.lock").write_text(text, encoding="utf-8")
    assert list(read_lock(root).entries) == ["a"]
    (fault, *_) = ensure(root, ())
    assert Path(fault.path).name == "lessons.lock"


def test_without_a_lock_file_nothing_is_locked(root: Path):
    assert read_lock(root).entries == {}
    assert sources.locked_commit(lessons_of(root)[0], root) is None
