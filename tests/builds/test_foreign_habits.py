"""What lessons of the field are used to from their own sites, small."""

from __future__ import annotations

import pytest

from ..portals import Build, Portal

FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Habits\nsources: [lessons]\n",
    "index.md": "# Home\n\n```{toctree}\n:maxdepth: 1\n\nlessons/a/index\n```\n",
    "lessons/a/lesson.yml": (
        "kind: lesson\ntitle: A\nsummary: About A.\n"
        "build: {myst_extensions: [colon_fence, dollarmath]}\n"
    ),
    "lessons/a/index.md": "# A\n\n```{toctree}\nfirst\nsecond\n```\n",
    "lessons/a/first.md": (
        "# First\n\n:::{exercise} Begin\n:name: ex-begin\nDo it.\n:::\n\n"
        ":::{solution} Solved\n:name: solved\nDone.\n:::\n"
    ),
    "lessons/a/second.rst": (
        "Second\n======\n\n.. exercise:: Sort ``a``\n   :name: ex-sort\n\n   Do it.\n\n"
        ".. exercise:: Exercise 7.1: own number\n   :name: ex-own\n\n   Do it.\n\n"
        ".. _ex-target:\n\n.. exercise:: Last\n\n   Do it.\n\n"
        "By title: :ref:`ex-sort`, :ref:`solved`.\n"
        "By number: :numref:`ex-sort`, :numref:`ex-begin`, :numref:`ex-own`, :numref:`ex-target`,\n"
        ":numref:`no. %s <ex-sort>`, :numref:`{name} ({number}) <ex-sort>`.\n\n"
        ":localtime:`10:00 August 8, 2024 +03:00 (HH:mm)`,\n:localtime:`3 June 10:00 EEST`\n\n"
        ".. code-block:: ipython\n\n   %timeit f(1)\n\n"
        ".. code-block:: ipython3\n\n   !ls\n\n"
        ".. code-block:: ipythonconsole\n\n   In [1]: 1\n   Out[1]: 1\n"
    ),
    "lessons/a/formulas.md": (
        "---\norphan: true\n---\n\n# Formulas\n\nText $a+b$.\n\n"
        "Text $\\no{such}$.\n\n```{math}\n\\ce{H2O}\n```\n"
    ),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    made = Portal(tmp_path_factory.mktemp("habits") / "portal")
    made.write(FILES)
    return made


@pytest.fixture(scope="module")
def built(portal: Portal) -> Build:
    return portal.build()


def second(built: Build) -> str:
    return " ".join(built.page("lessons/a/second.html").select_one("article").text.split())


def test_exercises_are_referred_to_by_title_and_by_number(built: Build):
    text = second(built)
    assert "By title: Sort a, Solved." in text
    assert "By number: Exercise 2, Exercise 1, Exercise 7.1, Exercise 4, no. 2, Sort a (2)." in text
    links = built.page("lessons/a/second.html").select("article p a[href]")
    assert [link["href"] for link in links if link.text == "Exercise 1"] == ["first.html#ex-begin"]


def test_times_are_shown_as_they_were_written(built: Build):
    times = built.page("lessons/a/second.html").select("time")
    assert [(time.text, time.get("datetime")) for time in times] == [
        ("10:00 August 8, 2024 +03:00", "2024-08-08T10:00:00+03:00"),
        ("3 June 10:00 EEST", None),
    ]


def test_a_formula_that_is_shown_as_tex_is_told_at_its_place(built: Build):
    # Code of IPython is known, so that nothing else is told.
    told = [line.partition("lessons/a/")[2] for line in built.warnings.splitlines()]
    message = "is shown as TeX: it can't be converted to MathML [record.lesson]"
    assert told == [
        f"formulas.md:9: WARNING: the formula `\\no{{such}}` {message}",
        f"formulas.md:11: WARNING: the formula `\\ce{{H2O}}` {message}",
    ]


def test_numbers_move_where_they_are_referred_to(portal: Portal, built: Build):
    portal.change("lessons/a/first.md", "# First\n", "# First\n\n:::{exercise} New\nDo.\n:::\n")
    again = portal.build()
    assert "By number: Exercise 3, Exercise 2, Exercise 7.1, Exercise 5" in second(again)
    assert again.snapshot() == portal.build(out="clean").snapshot()
