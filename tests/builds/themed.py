"""A small portal with all that pages may show, to be built with any theme."""

from __future__ import annotations

from ..workshops.page_example import FILES as PAGES
from .conftest import FILES as RECORDS

FILES = {
    **PAGES,
    "conf/static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    **{
        f"partners/in-kind/row-{key}.yml": (
            f"kind: in-kind\nproject: phase\npartner: north\nname: Row {key}\n"
            f"amounts: {{2025: 5-10, 2026: {amount}}}\n"
        )
        for key, amount in (("a", 2), ("b", 3.5))
    },
    "partners/travel.yml": RECORDS["partners/budget/travel.yml"],
    "partners/phase.yml": f"{PAGES['partners/phase.yml']}budget: {{currency: EUR, payer: We}}\n",
    "partners/loss.yml": RECORDS["partners/risks/loss.yml"],
    "conf/portal.yml": (
        "title: Small\nproject: phase\nbase_url: https://org.github.io/portal/\n"
        "sources: [partners, lessons, workshops]\ntheme: {accent: '#0a5a86', logo: logo.svg}\n"
        "repository: https://github.com/org/portal\nlicence: CC-BY-4.0\nfooter: A note.\n"
    ),
    "partners/index.md": (
        "# Partners\n\n:::{records} partner\n:::\n\n:::{in-kind-table}\n:::\n\n"
        ":::{in-kind-chart}\n:::\n\n:::{budget-table}\n:::\n\n:::{activity-plan}\n:::\n\n"
        "```{toctree}\n:glob:\n\n*\n*/*\n```\n"
    ),
    "lessons/git/branches.md": (
        "# Branches and merges\n\n:::{objectives}\n- Merge.\n:::\n\n"
        ":::{exercise} Do it\n:minutes: 5\nText with `code`.\n:::\n\n"
        ":::{solution}\nSolved.\n:::\n\n"
        ":::{discussion}\nTalk.\n:::\n\n"
        ":::{instructor-note}\nCalm.\n:::\n\n:::{prereq}\nGit.\n:::\n\n"
        ":::{callout}\nNote.\n:::\n\n{math}`a^2`\n\n:::{youtube} dQw4w9WgXcQ\n:::\n\n"
        ":::{mermaid}\ngraph LR; a-->b\n:::\n\n"
        "::::{tabs}\n:::{tab} One\nFirst.\n:::\n:::{tab} Two\nSecond.\n:::\n::::\n\n"
        "![A plot](https://pictures.example/plot.png)\n\n```console\n$ git merge\n```\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n"
    ),
    "workshops/index.md": (
        "# Workshops\n\n:::{workshop-catalogue}\n:::\n\n"
        "```{toctree}\n:hidden:\n\nmonths\nnumbers\n```\n"
    ),
    "workshops/months.md": "# Months\n\n:::{workshop-months}\n:year: 2026\n:::\n",
    "workshops/numbers.md": (
        "# Numbers\n\n:::{workshop-statistics} countries\n:::\n\n:::{contributors}\n:::\n"
    ),
    "workshops/spring.yml": f"{PAGES['workshops/spring.yml']}people: {{instructor: [ada]}}\n",
}
