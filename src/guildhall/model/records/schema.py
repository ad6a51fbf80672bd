"""JSON Schemas of the record kinds and the settings, for editors (``# yaml-language-server``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from guildhall.model.base.model import Record
from guildhall.model.records.kinds import KINDS
from guildhall.model.settings.portal import Settings

SCHEMAS = Path("conf/schemas")
"""Where a portal's own schemas lie, below its folder."""


def record_schema(kind: type[Record]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one record kind."""
    schema = kind.model_json_schema()
    schema["properties"]["kind"] = {
        "const": kind.KIND,
        "description": schema["properties"]["kind"].get("description", ""),
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def settings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the portal's settings."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Settings.model_json_schema(),
    }


def schema_files() -> dict[str, str]:
    """The texts of all schemas by the names of their files: one a kind, one for the settings."""
    schemas = {name: record_schema(kind) for name, kind in KINDS.items()}
    schemas["portal"] = settings_schema()
    return {
        f"{name}.json": f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n"
        for name, schema in sorted(schemas.items())
    }


def write_schemas(directory: Path) -> list[Path]:
    """Write all schemas.

    Returns:
        the files written, in the order of their names.
    """
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_files().items():
        path = directory / name
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
