"""Files of the site that were copied from the portal as they are."""

from __future__ import annotations

from pathlib import Path

from guildhall.check.site.copies import Copies
from tests.site.sites import write


def test_the_original_is_found_by_name_and_content(tmp_path: Path) -> None:
    root, site = tmp_path / "portal", tmp_path / "site"
    write(root, {"conf/extra/a/raw.html": "a", "conf/extra/b/raw.html": "b", "notes/raw.html": "c"})
    write(site, {"a/raw.html": "a", "b/raw.html": "b", "raw.html": "made", "other.html": "a"})
    copies = Copies(root, site)
    assert copies.original("a/raw.html") == "conf/extra/a/raw.html"
    assert copies.original("b/raw.html") == "conf/extra/b/raw.html"
    assert [copies.original(name) for name in ("raw.html", "other.html", "gone.html")] == [""] * 3


def test_of_equal_files_the_one_in_folders_of_the_same_names_is_meant(tmp_path: Path) -> None:
    root, site = tmp_path / "portal", tmp_path / "site"
    write(root, {f"extra/{name}/index.html": "same" for name in "abc"})
    write(site, {"b/index.html": "same"})
    assert Copies(root, site).original("b/index.html") == "extra/b/index.html"


def test_built_and_hidden_files_are_no_originals(tmp_path: Path) -> None:
    root = tmp_path / "portal"
    names = ("build/html", "build/other", ".git", "_drafts", "node_modules/x", "out")
    write(root, {f"{name}/raw.html": "same" for name in names})
    assert Copies(root, root / "out").original("raw.html") == ""
