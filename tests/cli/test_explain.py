"""``guildhall explain``: the reference in the terminal."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from guildhall.cli.main import main
from guildhall.cli.reference.directives import directive_modules
from guildhall.model.records.kinds import KINDS
from guildhall.model.settings.portal import Settings


def explain(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(main, ["explain", *arguments])


def test_a_kind_is_explained_with_all_keys_and_their_parts():
    output = explain("partner").output
    assert output.startswith("partner: An organisation that takes part in projects.\n")
    assert "  kind (required): `partner`\n" in output
    assert "\nParticipation: A partner's participation in one project.\n" in output
    assert [key for key in KINDS["partner"].model_fields if f"\n  {key}" not in output] == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "partner.country",
            "partner.country (required): where an organisation belongs: a country's code, or\n",
        ),
        (
            "partner.participation.groups",
            "partner.participation.groups (required): Markdown, of one or more paragraphs\n",
        ),
        (
            "project.budget.rates.source",
            "project.budget.rates.source: plain text on one line\n",
        ),
        ("licence", "conf/portal.yml: licence: an SPDX licence expression: `CC-BY-4.0`\n"),
        ("settings.theme.accent", "conf/portal.yml: theme.accent: a colour as CSS writes it"),
        ("{workshop-list}", "{workshop-list}\n  Workshops: running and upcoming ones"),
    ],
)
def test_a_key_a_setting_or_a_directive_is_explained(name: str, told: str):
    result = explain(name)
    assert result.exit_code == 0
    assert result.output.startswith(told)


def test_texts_fit_the_terminal():
    assert explain("partner.country").output.splitlines()[1:] == [
        "    `EU`, `UN` or `international`",
        "    The country of the organisation; `EU`, `UN` or `international` if it has",
        "    none.",
    ]


def test_a_name_of_a_kind_and_of_a_setting_is_both():
    output = explain("project").output
    assert "project: A project, or one phase of it." in output
    assert "conf/portal.yml: project: an id" in output


def test_without_a_name_all_are_listed_and_each_is_one_thing():
    output = explain().output
    modules = [module for found in directive_modules().values() for module in found]
    directives = {name for module in modules for name in module.DIRECTIVES}
    words = set(output.replace(",", " ").split())
    assert {*KINDS, *Settings.model_fields, *directives} <= words
    assert directives.isdisjoint({*KINDS, *Settings.model_fields})


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("partner.contry", "There is no key `contry` in `partner`; did you mean `country`?"),
        ("partner.country.code", "There is no key `code` in `partner.country`"),
        ("workshop-lst", "There is nothing called `workshop-lst`; did you mean `workshop-list`?"),
        ("settings.them", "did you mean `theme`?"),
    ],
)
def test_what_there_is_not_is_told_with_the_nearest_name(name: str, told: str):
    result = explain(name)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
