"""``guildhall check`` on built sites: what is published, mended, and told of a change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ..portals import Portal, person
from .test_build import guildhall

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Portal\nbase_url: https://portal.example/\n",
    "index.md": (
        "# Home\n\nA page about [one](partners/one.md).\n\n"
        "```{toctree}\n:hidden:\n\npartners/one\npartners/ada\n```\n"
    ),
    "partners/one.md": "# One\n\n## Part\n\nText of the page.\n",
    "partners/ada.yml": person("Ada Lovelace", "Lovelace, Ada"),
}
BROKEN = '\n<p><a href="partners/oen.html">Another page</a></p>\n'


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


def check(portal: Portal, *options: str) -> tuple[int, list[str], list[dict[str, object]]]:
    """Exit code, the findings in words but for that nothing external was asked, and as data."""
    result = guildhall("check", "--format", "json", *options, cwd=portal.root)
    assert result.returncode in {0, 1}, result.stderr
    found = json.loads(result.stdout)["findings"]
    findings = [each for each in found if each["rule"] != "external.offline"]
    told = [f"{each['path']}:{each['line']}:{each['column']} {each['rule']}" for each in findings]
    return result.returncode, told, findings


def git(portal: Portal, *arguments: str) -> None:
    who = {f"GIT_{each}_{what}": "a@b.example" for each in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    subprocess.run(
        ["git", "-C", str(portal.root), *arguments],
        check=True,
        capture_output=True,
        env={**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull},
        timeout=60,
    )


def test_what_was_checked_is_published_and_a_failing_check_leaves_it(portal: Portal):
    assert check(portal)[:2] == (0, [])
    page = portal.root / "build/html/index.html"
    good = page.read_text(encoding="utf-8")
    portal.change("index.md", "A page", f"{BROKEN}\nMy page")
    code, told, (finding,) = check(portal)
    assert (code, told) == (1, ["index.md:4:13 links.missing-page"])
    assert "did you mean `partners/one.html`?" in str(finding["message"])
    assert page.read_text(encoding="utf-8") == good
    portal.change("index.md", "oen.html", "one.html")
    assert check(portal)[:2] == (0, [])
    assert "My page" in page.read_text(encoding="utf-8")


def test_a_site_of_another_program_is_checked_as_it_stands(portal: Portal, tmp_path: Path):
    site = tmp_path / "site"
    site.mkdir()
    head = "<!doctype html><html lang=en><head><title>Home</title></head>"
    text = f'{head}<body><h1>Home</h1>\n<a href="gone.html#x">Gone</a></body></html>'
    (site / "index.html").write_text(text, encoding="utf-8")
    code, told, _ = check(portal, "--site", str(site))
    assert (code, told) == (1, ["index.html:2:10 links.missing-page"])
    assert not (portal.root / "build/html").exists()


def test_what_is_safe_is_mended_and_nothing_else_is_touched(portal: Portal):
    record = f"{FILES['partners/ada.yml']}links:  # hers\n  - {{url: 'https://a.example'}}"
    written = "# Home\r\n\r\n<p><a href='partners/One.html'>Pages</a> &amp;  more</p>\r\n"
    rest = FILES["index.md"].partition("\n")[2]
    portal.write({"partners/ada.yml": record})
    (portal.root / "index.md").write_bytes(f"{written}{rest}".encode())
    code, told, _ = check(portal)
    assert (code, told) == (
        1, ["index.md:3:13 links.case", "partners/ada.yml:6:31 style.final-newline"]
    )  # fmt: skip
    result = guildhall("check", "--fix", cwd=portal.root)
    assert result.returncode == 0, result.stdout
    assert "Fixed 2 places in 2 files" in result.stderr
    assert (
        (portal.root / "index.md")
        .read_bytes()
        .startswith(written.replace("One.html", "one.html").encode())
    )
    assert (portal.root / "partners/ada.yml").read_text(encoding="utf-8") == f"{record}\n"
    again = guildhall("check", "--fix", cwd=portal.root)
    assert "nothing" in again.stderr.lower()


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed (sudo apt install git)")
def test_only_what_a_change_brought_is_told(portal: Portal):
    portal.change("index.md", "A page", f"{BROKEN}\nA page")
    git(portal, "init", "-q", "-b", "main")
    git(portal, "add", "-A")
    git(portal, "commit", "-qm", "A broken link")
    assert check(portal, "--changed", "main")[:2] == (0, [])
    portal.change("index.md", "# Home", "# Home\n\nOne more line.")
    portal.change("partners/one.md", "Text", "[Text](#nowhere)")
    code, told, _ = check(portal, "--changed", "main", "--records")
    assert (code, told) == (0, [])
    portal.change("partners/ada.yml", "consent: given", "consent: gvien")
    code, told, _ = check(portal, "--changed", "main", "--records")
    assert (code, told) == (1, ["partners/ada.yml:4:10 record.value"])


def test_an_unknown_revision_is_wrong_usage(portal: Portal):
    git(portal, "init", "-q", "-b", "main")
    result = guildhall("check", "--records", "--changed", "mian", cwd=portal.root)
    assert result.returncode == 2
    assert "--changed: there is no `mian`" in result.stderr
