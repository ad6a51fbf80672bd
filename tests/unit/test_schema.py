"""The JSON Schemas for editors follow from the models, and every field is described."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from guildhall.model.records.kinds import KINDS
from guildhall.model.records.registry import record_files
from guildhall.model.records.schema import record_schema, settings_schema, write_schemas
from guildhall.model.settings.portal import load_settings

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "conf/schemas"
FILES = list(record_files(ROOT, load_settings(ROOT)[0]))


def test_the_schemas_of_the_repository_are_those_of_the_models(tmp_path: Path):
    generated = {path.name: path.read_text(encoding="utf-8") for path in write_schemas(tmp_path)}
    kept = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert kept == generated
    assert set(kept) == {f"{kind}.json" for kind in [*KINDS, "portal"]}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_schema_is_itself_sound(kind: str):
    Draft202012Validator.check_schema(record_schema(KINDS[kind]))


@pytest.mark.parametrize(("docname", "path"), FILES, ids=[docname for docname, _ in FILES])
def test_a_record_of_the_repository_follows_its_schema(docname: str, path: Path):
    data = _as_editors_see_it(path)
    schema = json.loads((SCHEMAS / f"{data['kind']}.json").read_text(encoding="utf-8"))
    found = [error.message for error in Draft202012Validator(schema).iter_errors(data)]
    assert found == []
    first = path.read_text(encoding="utf-8").split("\n")[0]
    _, _, named = first.partition("# yaml-language-server: $schema=")
    assert (path.parent / named).resolve() == SCHEMAS / f"{data['kind']}.json"


def test_an_editor_sees_a_misspelt_key():
    schema = record_schema(KINDS["person"])
    data = {"kind": "person", "name": "Ada", "sort_name": "Ada", "emial": "ada@example.org"}
    (error,) = Draft202012Validator(schema).iter_errors(data)
    assert "emial" in error.message


@pytest.mark.parametrize(
    "schema",
    [*(pytest.param(record_schema(KINDS[kind]), id=kind) for kind in sorted(KINDS)),
     pytest.param(settings_schema(), id="portal")],
)  # fmt: skip
def test_every_field_is_described(schema: dict[str, Any]):
    fields = dict(_fields(schema))
    assert fields
    assert [name for name, description in fields.items() if not description] == []


class _CoreLoader(yaml.SafeLoader):
    """Scalars as the YAML 1.2 core schema has them, which editors follow."""


_CoreLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), _first
    )


def _as_editors_see_it(path: Path) -> dict[str, Any]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), _CoreLoader)
    # JSON has text keys only; editors compare the keys of YAML as text too.
    data: dict[str, Any] = json.loads(json.dumps(loaded))
    return data


def _fields(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    parts = {"": schema, **schema.get("$defs", {})}
    for part, model in parts.items():
        for name, field in model.get("properties", {}).items():
            # Pydantic leaves out what the part that a field holds says in the same words.
            held = (
                parts.get(field.get("$ref", "").rpartition("/")[2], {}) if "$ref" in field else {}
            )
            yield f"{part}.{name}", field.get("description", held.get("description", "")).strip()
