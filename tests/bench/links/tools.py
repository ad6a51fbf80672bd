"""Gets the peers from the registries into a folder outside of the tree, each once."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


class NotToBeHadError(Exception):
    """A checker can't be had; the message says why, and how to get it."""


@dataclass(frozen=True)
class Tools:
    """The checkers' folder.

    Args:
        folder: where they are installed.
        install: whether what is missing is installed; else only what is there is used.
    """

    folder: Path
    install: bool = True

    def from_path(self, program: str, how: str) -> list[str]:
        """A program of this machine.

        Args:
            program: its name.
            how: how to install it.
        """
        found = shutil.which(program)
        if found is None:
            raise NotToBeHadError(f"not in PATH; {how}")
        return [found]

    def from_pypi(self, requirement: str, program: str) -> list[str]:
        """A program of a Python package, in an environment of its own.

        Args:
            requirement: the package and its version, as pip reads it.
            program: the program's name.
        """
        home = self.folder / "pypi" / requirement
        path = home / "bin" / program
        if not path.exists():
            self._wanted(requirement)
            self._run([sys.executable, "-m", "venv", str(home)])
            self._run([str(home / "bin/python"), "-m", "pip", "install", "-q", requirement])
        return [str(path)]

    def from_npm(self, package: str, version: str, script: str, least_node: int) -> list[str]:
        """A program of a Node package.

        Args:
            package: the package.
            version: its version.
            script: the program's file within the package.
            least_node: the oldest major version of Node that it runs with.
        """
        home = self.folder / "npm" / f"{package}@{version}"
        path = home / "node_modules" / package / script
        if not path.exists():
            self._wanted(package)
            self._npm(home, f"{package}@{version}")
        return [*self._node(least_node), str(path)]

    def _node(self, least: int) -> list[str]:
        """Node of this machine where it is young enough, else from the registry."""
        node = shutil.which("node")
        if node:
            said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
            number = re.match(r"v(\d+)", said.stdout)
            if number and int(number[1]) >= least:
                return [node]
        machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
        kind = machine.get(platform.machine().lower(), platform.machine().lower())
        package = f"node-{platform.system().lower()}-{kind}"
        home = self.folder / "npm" / f"{package}@{least}"
        path = home / "node_modules" / package / "bin/node"
        if not path.exists():
            self._wanted(f"Node {least}")
            self._npm(home, f"{package}@{least}")
        return [str(path)]

    def _npm(self, home: Path, package: str) -> None:
        npm = self.from_path("npm", "install Node with npm")
        home.mkdir(parents=True, exist_ok=True)
        options = ("--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts")
        self._run([*npm, "install", *options, "--prefix", str(home), package])

    def _wanted(self, what: str) -> None:
        if not self.install:
            raise NotToBeHadError(f"{what} isn't installed in {self.folder}")

    def _run(self, words: list[str]) -> None:
        ran = subprocess.run(words, capture_output=True, text=True, check=False)
        if ran.returncode:
            lines = (ran.stderr or ran.stdout).strip().splitlines()
            raise NotToBeHadError(f"can't be installed: {lines[-1] if lines else ran.returncode}")
