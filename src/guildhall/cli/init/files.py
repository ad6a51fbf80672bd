"""The files of a new portal, and what of them is written where some are there already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from guildhall.cli.files import text_of
from guildhall.cli.init import records
from guildhall.cli.init.answers import SOURCES, Answers
from guildhall.cli.scaffold.places import is_listed
from guildhall.cli.scaffold.render import render, with_schema
from guildhall.core.version import __version__
from guildhall.core.yaml_source import parse_yaml
from guildhall.model.records.schema import SCHEMAS, schema_files
from guildhall.model.settings.portal import SETTINGS_FILE

WORKFLOWS = {"github": ".github/workflows/portal.yml", "gitlab": ".gitlab-ci.yml"}
"""Where each forge keeps what checks and publishes the portal."""
_AREAS = {
    "lessons": records.lessons,
    "workshops": records.workshops,
    "governance": records.governance,
}
_ROOT = ("README.md", "CONTRIBUTING.md", "LICENSE.md")
"""Files that aren't written if there is one of that name with any suffix."""
IGNORED = ("build/", ".guildhall/")
"""What git has to ignore in a portal."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is written.

    Args:
        new: the texts of new files, by their paths.
        left: files that are left as they are, each with what is missing in it, if anything.
    """

    new: Mapping[str, str]
    left: Mapping[str, str]


def plan(folder: Path, answers: Answers, *, is_portal: bool) -> Plan:
    """The files that a folder lacks to be the portal that is wanted.

    Args:
        folder: the folder, which needn't exist.
        answers: what is known of the portal.
        is_portal: whether it has settings already.
    """
    new: dict[str, str] = {}
    left: dict[str, str] = {}
    for path, text in _around(answers).items():
        there = _there(folder, path)
        if there:
            left[there] = ""
        else:
            new[path] = text
    for path, text in schema_files().items():
        if not (folder / SCHEMAS / path).exists():
            new[f"{SCHEMAS.as_posix()}/{path}"] = text
    for area in answers.areas:
        source = SOURCES[area]
        if (folder / source).is_dir() and any((folder / source).iterdir()):
            left[f"{source}/"] = ""
        else:
            new |= {path: _with_schema(path, text) for path, text in _AREAS[area](answers).items()}
    for path, missing in _missing(folder, answers, new, is_portal=is_portal).items():
        if path in left:
            left[path] = missing
    return Plan(new, left)


def requirement() -> str:
    """What `pip` is to install so that others have this very Guildhall."""
    release = f"guildhall=={__version__}"
    try:
        # PEP 610 says where a package was installed from, if that was no index.
        origin = json.loads(distribution("guildhall").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return release
    version = origin.get("vcs_info")
    if version:
        return f"guildhall @ {version['vcs']}+{origin['url']}@{version['commit_id']}"
    return release


def _around(answers: Answers) -> dict[str, str]:
    """Everything but records, their pages and the schemas."""
    settings = answers.settings
    has_project = "governance" in answers.areas
    values = {
        "title": settings.title,
        "sources": answers.sources,
        "forge": answers.forge,
        "repository": answers.address,
        "branch": answers.branch,
        "start": answers.start,
        "project": records.PROJECT if has_project else None,
        "requirement": requirement(),
    }
    templates = {
        "conf/conf.py": "conf.py",
        SETTINGS_FILE.as_posix(): "portal.yml",
        "index.md": "home.md",
        "README.md": "README.md",
        "CONTRIBUTING.md": "CONTRIBUTING.md",
        "LICENSE.md": "LICENSE.md",
        "requirements.txt": "requirements.txt",
        ".gitignore": "gitignore",
        ".editorconfig": "editorconfig",
        ".vscode/extensions.json": "extensions.json",
        ".vscode/settings.json": "settings.json",
    }
    if answers.forge in WORKFLOWS:
        templates[WORKFLOWS[answers.forge]] = f"{answers.forge}.yml"
    files = {
        path: render(f"portal/{name}.j2", settings.language, **values)
        for path, name in templates.items()
    }
    name = SETTINGS_FILE.as_posix()
    return {**files, name: with_schema("portal", name, files[name])}


def _with_schema(path: str, text: str) -> str:
    if not path.endswith(".yml"):
        return text
    data, _, _ = parse_yaml(text, Path(path))
    return with_schema(data["kind"], path, text)


def _there(folder: Path, path: str) -> str | None:
    """The file that is there in the place of a new one, if there is any."""
    if path not in _ROOT:
        return path if (folder / path).exists() else None
    stem = PurePosixPath(path).stem.casefold()
    stems = {stem, "licence", "copying"} if stem == "license" else {stem}
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((each.name for each in found if each.stem.casefold() in stems), None)


def _missing(
    folder: Path, answers: Answers, new: Mapping[str, str], *, is_portal: bool
) -> dict[str, str]:
    """What files that are there lack for the new portal, in words."""
    found: dict[str, str] = {}
    pages = [f"{source}/index" for source in answers.sources if f"{source}/index.md" in new]
    home = text_of(folder / "index.md")
    unlisted = [page for page in pages if not is_listed(page, "", {"index.md": home})]
    if unlisted:
        found["index.md"] = f"add {_listed(unlisted)} to a toctree in it"
    ignored = text_of(folder / ".gitignore").split()
    open_ = [each for each in IGNORED if each not in ignored and each.rstrip("/") not in ignored]
    if open_:
        found[".gitignore"] = f"add the lines {_listed(open_)}"
    if "guildhall" not in text_of(folder / "requirements.txt"):
        found["requirements.txt"] = f"add the line `{requirement()}`"
    if is_portal:
        known = answers.settings.sources
        unread = [each for each in answers.sources if each not in known]
        lines = [f"add {_listed(unread)} to its `sources`"] if unread else []
        if "partners/index.md" in new and answers.settings.project is None:
            lines.append(f"add the line `project: {records.PROJECT}`")
        if lines:
            found[SETTINGS_FILE.as_posix()] = "; ".join(lines)
    elif "guildhall" not in text_of(folder / "conf/conf.py"):
        found["conf/conf.py"] = 'add "guildhall" to its `extensions`'
    return found


def _listed(names: list[str]) -> str:
    return " and ".join(f"`{each}`" for each in names)
