"""The proof of the check: each seeded fault is found once at its place, and nothing else is said.

Beside each portal of `portals/` lies the table of what is expected of it, to be read by people. The
portal `clean` holds what only looks wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guildhall.check.run.catalogue import all_rules, areas

from ..external.server import Server, answer, by_method, page, redirect
from .proving import HERE, PORTALS, Run, check, copy_of, differences, expected

OPTIONS = {
    "records": ("--records",),
    "settings": ("--records",),
    "sums": ("--records",),
    "lessons": ("--records",),
    "workshops": ("--records",),
    "missing": ("--records",),
    "silences": ("--records",),
    "site": ("--offline",),
    "content": ("--offline",),
    "external": (),
}
"""What is asked of each portal with faults."""

_ONE, _TWO, _THREE, _FOUR = (f"http://{name}.example" for name in ("one", "two", "three", "four"))
_PAGE = '<html><body><h1 id="here">Here</h1><p id="café">There</p></body></html>'
_APP = '<html><body><div id="root"></div><script src="app.js"></script></body></html>'
ANSWERS = {
    f"{_ONE}/": page("<h1>The front page</h1>"),
    f"{_ONE}/ok": page("<h1>All is well</h1>"),
    f"{_ONE}/old": page("<h1>Still here</h1>"),
    f"{_ONE}/page": page(_PAGE),
    f"{_ONE}/app": page(_APP),
    f"{_ONE}/gone-for-good": answer(410),
    f"{_ONE}/moved": redirect(301, "/ok"),
    f"{_ONE}/moved-for-now": redirect(302, "/ok"),
    f"{_ONE}/loop": redirect(302, "/loop"),
    f"{_ONE}/guide/intro.html": redirect(301, "/"),
    f"{_ONE}/for-members": answer(403),
    f"{_ONE}/get-only": by_method(head=answer(405), get=page("<h1>At last</h1>")),
    f"{_TWO}/error": answer(500),
    f"{_THREE}/forbidden": answer(403),
    f"{_FOUR}/busy": answer(429, "Retry-After: 3600"),
}
"""What the server answers, in whose name: the check asks it as a proxy of all hosts."""

ELSEWHERE = {
    "links.jekyll": "Guildhall always writes `.nojekyll`; tests/site has it",
    "links.not-found-page": "Guildhall writes that page itself; tests/site has it",
    "external.dns": "a name would be asked for outside of this machine; tests/external has it",
    "external.refused": "a proxy takes every connection; tests/external has it",
    "external.tls": "needs a host with a bad certificate; tests/external has it",
    "external.downgraded": "needs a host with a certificate; tests/external has it",
    "external.insecure": "needs a host with a certificate; tests/external has it",
    "external.network": "needs a machine without a network; tests/external has it",
    "record.direction": "an editor would hide what is seeded; tests/hostile has it",
    "record.untrusted": "needs a repository of strangers; tests/hostile has it",
    "build.setup": "no portal can be set up like that; tests/cli has it",
    **{
        f"record.{name}": "no repository can hold such files; tests/builds has it"
        for name in ("file", "page", "toctree")
    },
    **dict.fromkeys(areas()["due"], "`guildhall due` tells it; tests/due has it"),
}
"""Rules without a seeded fault, and why."""


def run_of(name: str, into: Path) -> Run:
    """The run of the check over a portal with faults, or over the clean one."""
    root, options = copy_of(name, into), OPTIONS.get(name, ("--offline",))
    if name != "external":
        return check(root, *options)
    with Server(ANSWERS) as server:
        proxy = f"http://127.0.0.1:{server.port}"
        environment = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), proxy)
        return check(root, *options, environment=environment)


@pytest.mark.parametrize("name", OPTIONS)
def test_each_fault_is_found_once_at_its_place_and_nothing_else(name: str, tmp_path: Path):
    run = run_of(name, tmp_path)
    missing, unexpected = differences(expected(name), run.told)
    assert (missing, unexpected) == ([], [])
    assert run.code == 1


def test_what_only_looks_wrong_is_left_alone(tmp_path: Path):
    run = run_of("clean", tmp_path)
    assert [(each.place, each.rule) for each in run.told] == [("–", "external.offline")]
    assert (run.code, run.errors) == (0, "")


def test_the_tables_hold_enough_of_every_kind():
    assert {path.stem for path in HERE.glob("*.md")} == OPTIONS.keys()
    assert {path.name for path in PORTALS.iterdir()} == {*OPTIONS, "clean"}
    seeded = [row for name in OPTIONS for row in expected(name) if row.rule != "external.offline"]
    assert len(seeded) >= 300
    assert len({(row.place, row.rule, row.words) for row in seeded}) == len(seeded)


def test_each_rule_has_a_seeded_fault_or_a_reason_why_not():
    seeded = {row.rule for name in OPTIONS for row in expected(name)}
    assert all_rules().keys() - seeded == ELSEWHERE.keys()
