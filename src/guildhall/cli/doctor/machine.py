"""What is wrong with Python, the packages and the programs of this machine."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from guildhall.cli.doctor.diagnosis import Diagnosis
from guildhall.core.version import __version__


def needed_python() -> SpecifierSet:
    """The versions of Python that Guildhall runs on; any where it isn't installed."""
    try:
        return SpecifierSet(distribution("guildhall").metadata["Requires-Python"] or "")
    except PackageNotFoundError:
        return SpecifierSet()


def python() -> Iterator[Diagnosis]:
    """Whether Python and all packages are those that Guildhall asks for."""
    version = platform.python_version()
    try:
        package = distribution("guildhall")
    except PackageNotFoundError:
        yield Diagnosis(
            "Guildhall is not installed, but run from a folder",
            "Install it: pip install guildhall, or pip install -e . in a clone.",
        )
        return
    if version not in needed_python():
        yield Diagnosis(
            f"Python {version}; Guildhall needs {needed_python()}", "Install a matching one."
        )
    else:
        yield Diagnosis(f"Guildhall {__version__}, Python {version}")
    for line in package.requires or []:
        requirement = Requirement(line)
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = distribution(requirement.name).version
        except PackageNotFoundError:
            installed = ""
        if not installed:
            said = f"{requirement.name} is not installed"
        elif not requirement.specifier.contains(installed, prereleases=True):
            said = f"{requirement.name} {installed}; Guildhall needs {requirement.specifier}"
        else:
            continue
        yield Diagnosis(
            said, f'Install it: pip install "{requirement.name}{requirement.specifier}"'
        )


def git() -> Iterator[Diagnosis]:
    """Whether there is git."""
    if shutil.which("git"):
        yield Diagnosis("git is installed")
        return
    yield Diagnosis(
        "git is not installed, so lessons can't be fetched and dates of changes aren't known",
        "Install git.",
    )
