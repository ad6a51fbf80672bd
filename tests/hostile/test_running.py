"""Nothing of a foreign lesson runs when a portal is built, whatever its pages ask for."""

from __future__ import annotations

import pytest

from .attacks import HERE, HostileBuild, HostileLesson, read_attacks

ATTACKS = read_attacks(HERE / "running.md")
RECORDS = {
    "strict": "",
    # A record that allows as much as it can.
    "lenient": (
        "build:\n  execution: cache\n  myst_extensions: [substitution, colon_fence, deflist, "
        "fieldlist, attrs_inline, attrs_block, html_image, dollarmath, amsmath]\n"
        "  substitutions: {known: known words}\n"
    ),
}


# A portal whose own extensions run what pages write, as some do; that is its own business.
DANGEROUS = """
import os
from docutils.parsers.rst import Directive
from sphinx.domains import Domain

class Runs(Directive):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"option": str}
    def run(self):
        os.system(self.arguments[0])
        return []

def runs(name, rawtext, text, lineno, inliner, options=None, content=None):
    os.system(text)
    return [], []

class Danger(Domain):
    name = "danger"
    label = "Danger"
    directives = {"runs": Runs}
    roles = {"runs": runs}
    def merge_domaindata(self, docnames, otherdata):
        pass

def setup(app):
    app.add_directive("runs", Runs)
    app.add_role("runs", runs)
    app.add_domain(Danger)
    app.add_directive_to_domain("std", "runs", Runs)
    app.add_role_to_domain("std", "runs", runs)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> HostileBuild:
    lesson = HostileLesson(tmp_path_factory.mktemp("running"), ATTACKS, RECORDS)
    lesson.portal.write({"conf/conf.py": f'extensions = ["guildhall"]\n{DANGEROUS}'})
    return lesson.build()


def test_the_site_is_written(built: HostileBuild):
    assert built.build.code == 0, built.build.warnings
    assert "Traceback" not in built.build.warnings
    for key in RECORDS:
        assert [each.title for each in ATTACKS if not built.html(key, each)] == []


def test_nothing_runs(built: HostileBuild):
    assert built.ran == []


def test_no_secret_leaves_its_file(built: HostileBuild):
    assert built.secrets() == []


@pytest.mark.parametrize("key", RECORDS)
def test_what_must_hold_of_each_attack(built: HostileBuild, key: str):
    assert built.failures(key, ATTACKS) == []
