"""Nothing of a foreign lesson runs when a portal is built, whatever its pages ask for."""

from __future__ import annotations

import pytest

from .attacks import HERE, HostileBuild, HostileLesson, read_attacks
from .dangerous import CONF

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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> HostileBuild:
    lesson = HostileLesson(tmp_path_factory.mktemp("running"), ATTACKS, RECORDS)
    lesson.portal.write({"conf/conf.py": CONF})
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
