"""``guildhall completion``: written once, where the shell finds it, and it completes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.main import main

PROGRAM = f"""#!{sys.executable}
from guildhall.cli.start import start
start()
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELL", "/usr/bin/bash")
    return tmp_path


def completion(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["completion", *arguments], prog_name="guildhall")


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_completes_commands_after_it_was_installed(home: Path):
    (home / ".bashrc").write_text("alias ll='ls -l'", encoding="utf-8")
    result = completion()
    assert result.exit_code == 0, result.output
    script = home / ".config/guildhall/complete.bash"
    line = f". {script}"
    assert result.output == (
        f"Written:\n  {script}\n  {home}/.bashrc (one more line: {line})\n"
        "Open a new shell, type `guildhall ` and press Tab.\n"
    )
    assert completion().exit_code == 0
    assert (home / ".bashrc").read_text(encoding="utf-8") == f"alias ll='ls -l'\n{line}\n"
    program = home / "bin/guildhall"
    program.parent.mkdir()
    program.write_text(PROGRAM, encoding="utf-8")
    program.chmod(0o755)
    typed = (
        "PATH=~/bin:$PATH; . ~/.bashrc; "
        "COMP_WORDS=(guildhall exp); COMP_CWORD=1; _guildhall_completion guildhall; "
        'echo "${COMPREPLY[@]}"'
    )
    shell = subprocess.run(
        ["bash", "--norc", "-c", typed], capture_output=True, text=True, timeout=60, check=False
    )
    assert (shell.stdout, shell.stderr) == ("explain\n", "")


def test_zsh_gets_completion_first_and_fish_finds_it_by_itself(home: Path):
    assert completion("zsh").exit_code == 0
    assert (home / ".zshrc").read_text(encoding="utf-8") == (
        f". {home}/.config/guildhall/complete.zsh\n"
    )
    text = (home / ".config/guildhall/complete.zsh").read_text(encoding="utf-8")
    assert text.index("compinit") < text.index("compdef _guildhall")
    assert completion("fish").exit_code == 0
    text = (home / ".config/fish/completions/guildhall.fish").read_text(encoding="utf-8")
    assert "_GUILDHALL_COMPLETE=fish_complete" in text


def test_it_can_be_printed_and_another_shell_is_told(home: Path, monkeypatch: pytest.MonkeyPatch):
    assert "_GUILDHALL_COMPLETE=fish_complete" in completion("fish", "--print").output
    monkeypatch.setenv("SHELL", "/bin/ksh")
    result = completion()
    assert result.exit_code == 2
    assert "There is no completion for the shell `ksh`; name one of bash, zsh, fish." in " ".join(
        result.output.split()
    )
    assert list(home.iterdir()) == []
