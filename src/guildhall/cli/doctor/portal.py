"""What is wrong with the setup of a portal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from guildhall.cli.doctor.diagnosis import Diagnosis
from guildhall.cli.files import text_of
from guildhall.cli.options.folder import CONFIGURATION
from guildhall.cli.report.setup_faults import setup_fault
from guildhall.model.checkouts import MEMORY
from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.registry import load_registry
from guildhall.model.records.schema import SCHEMAS, schema_files
from guildhall.model.settings.portal import SETTINGS_FILE, load_settings
from guildhall.network.lessons.extensions import refused


def configuration(root: Path) -> Iterator[Diagnosis]:
    """Whether Sphinx can read ``conf.py``, and loads Guildhall."""
    from sphinx.config import Config
    from sphinx.errors import SphinxError
    from sphinx.util.tags import Tags

    name = CONFIGURATION.as_posix()
    try:
        extensions = Config.read(root / CONFIGURATION.parent, overrides={}, tags=Tags()).extensions
    except SphinxError as error:
        fault = setup_fault(error, root)
        said = fault.relative_to(root) if fault else f"{name}: {error}"
        yield Diagnosis(str(said), "Correct the line; `guildhall init` writes one that works.")
        return
    if "guildhall" in extensions:
        yield Diagnosis(f"{name} loads Guildhall")
    else:
        yield Diagnosis(f"{name} doesn't load Guildhall", 'Add "guildhall" to its `extensions`.')


def settings(root: Path) -> Iterator[Diagnosis]:
    """Whether the portal's settings can be read."""
    name = SETTINGS_FILE.as_posix()
    if not (root / SETTINGS_FILE).exists():
        yield Diagnosis(
            f"there is no {name}, so the portal has no name or language of its own",
            "Write one with `guildhall init`, which leaves all else as it is.",
            is_wrong=False,
        )
        return
    _, faults = load_settings(root)
    for fault in faults:
        yield Diagnosis(
            str(fault.relative_to(root)), "Correct it; `guildhall explain settings` lists all keys."
        )
    if not faults:
        yield Diagnosis(f"{name} is valid")


def home(root: Path) -> Iterator[Diagnosis]:
    """Whether there is a page to begin with."""
    if not any((root / f"index.{suffix}").is_file() for suffix in ("md", "rst", "ipynb")):
        yield Diagnosis("there is no index.md, the home page", "Write one with `guildhall init`.")


def extensions(root: Path) -> Iterator[Diagnosis]:
    """Packages that lessons ask for, and that are not installed."""
    chosen, _ = load_settings(root)
    for lesson in load_registry(root, chosen).of(Lesson):
        for each in refused(lesson.build.extensions):
            if each.reason.startswith("it is not installed"):
                yield Diagnosis(
                    f"the lesson {lesson.key} asks for {each.name}: {each.reason}",
                    "Install it, and add it to requirements.txt.",
                )


def folders(root: Path) -> Iterator[Diagnosis]:
    """Whether what builds write can be written."""
    for name in ("build", MEMORY):
        folder = root / name if (root / name).exists() else root
        if not os.access(folder, os.W_OK | os.X_OK):
            yield Diagnosis(
                f"{folder} can't be written to, where `{name}` is kept",
                "Change its owner or permissions, or copy the portal to a folder of your own.",
            )
            return
    yield Diagnosis("build/ and .guildhall/ can be written")


def schemas(root: Path) -> Iterator[Diagnosis]:
    """Whether editors know the keys of this version."""
    name = SCHEMAS.as_posix()
    old = [each for each, text in schema_files().items() if text_of(root / SCHEMAS / each) != text]
    if not (root / SCHEMAS).is_dir():
        yield Diagnosis(
            f"there is no {name}, so editors can't help with records",
            "Write it with `guildhall schema`.",
            is_wrong=False,
        )
    elif old:
        yield Diagnosis(
            f"{name} comes from another version of Guildhall: {', '.join(old)}",
            "Write it again with `guildhall schema`.",
        )
    else:
        yield Diagnosis(f"{name} matches this version of Guildhall")
