"""Git itself takes no transport but three, should an address ever get past the check of records."""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.network.lessons import git
from guildhall.network.lessons.git import GitError


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.git",
        "git://127.0.0.1:9/x.git",
        "ftp://127.0.0.1:9/x.git",
        "ext::sh -c touch% @PROOF@",
        "ext::touch @PROOF@",
    ],
)
def test_git_takes_no_other_transport(address: str, tmp_path: Path):
    """Redirects go the same way: git hands this list to the library that follows them."""
    proof = tmp_path / "proof"
    with pytest.raises(GitError, match="not allowed"):
        git._run(["ls-remote", "--", address.replace("@PROOF@", str(proof))])
    assert not proof.exists()


def test_no_settings_of_others_change_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = tmp_path / "settings"
    settings.write_text('[protocol "ext"]\n\tallow = always\n', encoding="utf-8")
    proof = tmp_path / "proof"
    for name, value in {
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_ALLOW_PROTOCOL": "ext",
        "GIT_PROTOCOL_FROM_USER": "1",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "protocol.ext.allow",
        "GIT_CONFIG_VALUE_0": "always",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(GitError, match="not allowed"):
        git._run(["ls-remote", "--", f"ext::touch {proof}"])
    assert not proof.exists()
