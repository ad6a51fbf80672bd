"""A small real portal, and the repository's own, built as people build them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..portals import Portal, person

REPOSITORY = Path(__file__).parents[2]

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Small\nproject: phase\nsources: [partners, pages]\n",
    "index.md": "# Home\n\n```{toctree}\npartners/index\npages/index\n```\n",
    "partners/index.md": "# Partners\n\n```{toctree}\n:glob:\n\n*/*\n```\n",
    "pages/index.md": "# Pages\n\n```{toctree}\n:glob:\n\n*\n```\n",
    "pages/tables.md": (
        "# Tables\n\n:::{in-kind-table}\n:::\n\n:::{in-kind-table}\n:without: a\n:::\n\n"
        ":::{in-kind-chart}\n:::\n\n:::{budget-table}\n:::\n\n:::{budget-summary}\n:::\n"
    ),
    "pages/list.md": "# List\n\n:::{records} partner\n:::\n",
    "pages/sentence.md": (
        "# Sentence\n\nIn all {figure}`in_kind.total` months, with {partner}`b`.\n"
    ),
    "pages/plain.md": "# Plain\n\nNothing of records.\n",
    "pages/old.rst": (
        "Old\n===\n\nSee :partner:`a` and :guildhall:partner:`the second <b>`, "
        ":figure:`partners.count`.\n\n.. records:: person\n   :style: table\n   :columns: email\n"
    ),
    "partners/people/ada.yml": (person("Ada Lovelace", "Lovelace, Ada", "email: ada@example.org")),
    "partners/projects/phase.yml": (
        "kind: project\nname: The phase\ntype: Project\nphase: One\nstart: 2025-01-01\n"
        "end: 2026-12-31\nsummary: |\n  The *phase* of {partner}`a`.\nin_kind:\n  notes:\n"
        "    a:\n      text: Depends on a grant.\n"
        "      condition: {name: a grant, effect: depends}\n"
        "budget:\n  currency: EUR\n  payer: The funder\n"
        "links:\n  - {text: Alive, url: https://example.org/}\n"
        "  - {text: Gone, url: http://gone.example/, historic: true}\n"
    ),
    "partners/budget/travel.yml": (
        "kind: budget-line\nproject: phase\nname: Travel money\ntype: allocation\n"
        "purpose: travel\ncurrency: EUR\namounts: {2025: 10, 2026: 20}\ntotal: 30\n"
    ),
    "partners/budget/meetings.yml": (
        "kind: budget-line\nproject: phase\nname: Meetings\ntype: requirement\npurpose: travel\n"
        "currency: EUR\namounts: {2025: 100, 2026: 1000}\ntotal: 1100\n"
    ),
    "partners/risks/loss.yml": (
        "kind: risk\nproject: phase\ntitle: People leave\n"
        "description: Knowledge is lost.\nmitigation: Write it down.\n"
    ),
}
for key, country, amounts, total in (
    ("a", "FI", "{2025: 5-10, 2026: 2 [a]}".replace("2 [a]", '"2 [a]"'), "7-12 [a]"),
    ("b", "NO", "{2025: 2.5, 2026: 2.5}", "5"),
):
    FILES[f"partners/organisations/{key}.yml"] = (
        f"kind: partner\nname: Partner {key.upper()}\nshort_name: {key.upper()}\n"
        f"country: {country}\ncontact: ada\ndescription: The partner.\nparticipation:\n"
        "  - project: phase\n    groups: A group.\n    involvement: Teaches.\n"
    )
    FILES[f"partners/in-kind/row-{key}.yml"] = (
        f"kind: in-kind\nproject: phase\npartner: {key}\nname: Row {key.upper()}\n"
        f"amounts: {amounts}\ntotal: {total}\n"
    )


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    made = Portal(tmp_path / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="session")
def own_portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """The repository's own portal, copied so that nothing is written beside its sources."""
    root = tmp_path_factory.mktemp("own") / "portal"
    for name in ("conf", "partners", "lessons", "workshops"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "index.md", root)
    return Portal(root)


__all__ = ["FILES", "Portal"]
