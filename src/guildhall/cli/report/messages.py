"""Findings as lines: for people as ``path:line:column``, for GitHub as annotations."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from guildhall.check.reports.github import workflow_command
from guildhall.core.findings.finding import Finding
from guildhall.core.values.legible import legible


def annotation_of(finding: Finding, level: str) -> str:
    """A finding as a workflow command of GitHub Actions.

    Args:
        finding: the finding.
        level: ``error``, ``warning`` or ``notice``.
    """
    return workflow_command(
        level,
        legible(finding.message, kept="\r\n"),
        file=legible(finding.path, kept="\r\n"),
        line=str(finding.line or ""),
        col=str(finding.column or ""),
        title=finding.rule,
    )


def on_github() -> bool:
    """Whether the program runs in a workflow of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def annotate(findings: Iterable[Finding], root: Path, level: str = "error") -> None:
    """Write annotations to standard output, where GitHub reads them.

    Args:
        findings: the findings.
        root: the portal's folder, which their paths may be relative to.
        level: ``error``, ``warning`` or ``notice``.
    """
    # GitHub shows an annotation in the file only by its path from the checkout's top.
    top = Path(os.environ.get("GITHUB_WORKSPACE") or root)
    top = top if root.is_relative_to(top) else root
    for finding in findings:
        path = str(root / finding.path) if finding.path else ""
        click.echo(annotation_of(replace(finding, path=path).relative_to(top), level))


def print_messages(findings: Iterable[Finding], root: Path, *, level: str = "error") -> int:
    """Print each finding once, in the order of files and lines, to standard error.

    Args:
        findings: the findings.
        root: the portal's folder; paths are shown relative to it.
        level: what annotations count them as, ``error`` or ``warning``; they are written on
            GitHub only.

    Returns:
        how many were printed.
    """
    unique = sorted({finding.relative_to(root) for finding in findings})
    for finding in unique:
        click.echo(str(finding), err=True)
    if on_github():
        annotate(unique, root, level)
    return len(unique)
