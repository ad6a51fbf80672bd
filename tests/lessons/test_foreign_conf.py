"""A foreign ``conf.py`` is read and never run; what pages need of it becomes a record."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from guildhall.model.records.kinds.lesson import Lesson
from guildhall.model.records.load import load_record
from guildhall.network.lessons import extensions
from guildhall.network.lessons.extensions import Verdict, judge, refused
from guildhall.network.lessons.foreign_conf import (
    LARGEST_CONF,
    UnreadableConfError,
    parse_conf,
    read_conf,
)
from guildhall.network.lessons.plain_python import LARGEST_TEXT
from guildhall.network.lessons.proposal import TODO_SUMMARY, Repository, find_pages, propose


def notes(text: str) -> list[str]:
    return [f"{note.line}: {note.text}" for note in parse_conf(text).notes]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x = ['a', 'b']", ["a", "b"]),
        ("x = ('a', 'b')", ("a", "b")),
        ("x: list[str] = ['a']", ["a"]),
        ("y = x = 'a'", "a"),
        ("x = ['a']\nx += ['b']\nx.append('c')\nx.extend(('d',))", ["a", "b", "c", "d"]),
        ("x = ['a', 'b']\nx.remove('a')", ["b"]),
        ("base = ['a']\nx = [*base, 'b'] + ['c']", ["a", "b", "c"]),
        (
            "x = {'a': 1}\nx['b'] = 2\nx.update({'c': 3})\nx |= {'d': 4}",
            {"a": 1, "b": 2, "c": 3, "d": 4},
        ),
        ("x = dict(a=1)", {"a": 1}),
        ("y = {'a': 'b'}\nx = y['a']", "b"),
        ("y = 'a'\nx = f'{y}-{1}' + 'c'", "a-1c"),
        ("import os\ny = ''\nx = y or 'b' or os.getcwd()", "b"),
        ("x = True", True),
        ("x = 'a'\nif tags.has('pdf'):\n    x = 'b'", "a"),
    ],
)
def test_what_is_written_out_is_understood(text: str, value: object):
    assert parse_conf(text).values["x"] == value


MODULE = r"""
from textwrap import dedent
import other

COMMANDS = ["add", "commit"]
NUMBERS = [["one", 1], ["two", -2]]
TERM = dedent('''
    .. |{command}| replace:: ``{command}``
''')


def glossary(commands=COMMANDS, sep="\n"):
    '''Doc.'''
    return sep.join((TERM.format(command=x) for x in commands))


def numbers():
    found = ""
    for name, number in NUMBERS:
        text = "%s = %d" % (name, number)
        if number >= 0:
            text += other.MORE
        found += text + ";"
    return found


def of_system():
    import os

    return os.environ["HOME"]


def for_ever():
    return for_ever()
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("from custom import TERM\nx = TERM", "\n.. |{command}| replace:: ``{command}``\n"),
        (
            "from custom import glossary as g\nx = f'''\n{g(sep='')}'''",
            "\n\n.. |add| replace:: ``add``\n\n.. |commit| replace:: ``commit``\n",
        ),
        ("import custom\nx = custom.numbers()", "one = 1 more;two = -2;"),
        ("from custom import *\nx = ', '.join(sorted_ for sorted_ in COMMANDS)", "add, commit"),
        ("import custom\nx = ''\nfor y in custom.COMMANDS:\n    x += y", "addcommit"),
        ("from package.part import X as x", "deep"),
    ],
)
def test_names_come_from_modules_beside_it(tmp_path: Path, text: str, value: str):
    modules = {
        "custom.py": MODULE,
        "other.py": "from custom import COMMANDS\nMORE = ' more'\n",
        "package/part.py": "X = 'deep'\n",
    }
    for name, module in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(module, encoding="utf-8")
    assert parse_conf(text, tmp_path).values["x"] == value


@pytest.mark.parametrize(
    "text",
    [
        "from custom import of_system\nx = of_system()",
        "from custom import for_ever\nx = for_ever()",
        "from outside import X as x",
        "from ..outside import X as x",
        "from missing import X as x",
        "x = '{0.__class__}'.format('a')",
        "x = '{a[b]}'.format(a={'b': 'c'})",
        "x = '{:>9999999999}'.format('a')",
        "x = '%9999999999s' % 'a'",
        "x = 'aaaa'.replace('', 'b' * 100000)",
        "x = [y for y in [1] for z in [1]] and f()",
    ],
)
def test_what_a_module_computes_stays_open(tmp_path: Path, text: str):
    inside = tmp_path / "content"
    inside.mkdir()
    (inside / "custom.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "secret.py").write_text("X = 'secret'", encoding="utf-8")
    (inside / "outside.py").symlink_to(tmp_path / "secret.py")
    assert "x" not in parse_conf(text, inside).values


@pytest.mark.parametrize(
    "body",
    [
        "    return [f(x) for x in [1] * 2] + [f(n) for n in M]",
        (
            "    for a in M:\n        for b in M:\n            for c in M:\n                x = a\n"
            "    return x"
        ),
        "    x = [0]\n    for a in M:\n        x += x\n    return x",
    ],
)
def test_a_function_that_would_never_end_is_left(body: str):
    many = ", ".join("1" for _ in range(300))
    assert "x" not in parse_conf(f"M = [{many}]\ndef f(n):\n{body}\nx = f(1)\n").values


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import os\nx = os.getcwd()", "2: `x` is computed"),
        ("x = open('a').read()", "1: `x` is computed"),
        ("x = [y for y in 'ab']", "1: `x` is computed"),
        ("x = lambda: 1", "1: `x` is computed"),
        ("x = ['a', f()]", "1: an item of `x` is computed"),
        ("x = []\nx.append(f())", "2: what is added to `x` is computed"),
        ("x = {}\nx['a'] = f()", "2: an entry of `x` is computed"),
        ("x = ['a']\nif f():\n    x.append('b')", "2: `x` changes under a condition"),
        ("for x in 'ab':\n    pass", "1: `x` is not understood"),
        ("try:\n    x = 1\nexcept E:\n    pass", "1: `x` is not understood"),
        ("exec('x = 1')", "1: `exec('x = 1')` is not understood"),
        ("def setup(app):\n    app.add_role('abbr', R())", "1: `setup()` is not run; it adds the"),
    ],
)
def test_what_only_running_would_give_is_told_with_its_line(text: str, told: str):
    (note,) = notes(text)
    assert note.startswith(told)


def test_where_modules_are_found_is_of_no_interest():
    assert notes("import sys\nsys.path.insert(0, '.')\n'''Text.'''\npass") == []


def test_what_is_computed_is_left_out_and_the_rest_stays():
    conf = parse_conf("x = ['a', f(), 'b']\ny = f()\nz = {'a': f(), 'b': 1}")
    assert conf.values == {"x": ["a", "b"], "z": {"b": 1}}


@pytest.mark.parametrize(
    "text",
    [
        "open({mark!r}, 'w')",
        "x = __import__('pathlib').Path({mark!r}).touch()",
        "[].__class__.__base__.__subclasses__()\nimport pathlib\npathlib.Path({mark!r}).touch()",
        "def setup(app):\n    open({mark!r}, 'w')\nsetup(None)",
        "class X:\n    open({mark!r}, 'w')",
        'x = f"""{{open({mark!r}, \'w\')}}"""',
        "@open({mark!r}, 'w').write\ndef f(): pass",
        "if open({mark!r}, 'w'):\n    pass",
        "x = {{}}\nx[open({mark!r}, 'w')] = 1",
        "extensions = ['a']\nextensions.append(open({mark!r}, 'w'))",
    ],
)
def test_nothing_is_run(tmp_path: Path, text: str):
    mark = tmp_path / "ran"
    conf = text.format(mark=str(mark))
    parse_conf(conf)
    assert not mark.exists()
    with suppress(Exception):
        exec(conf, {})
    assert mark.exists(), "the text is harmless, so the test shows nothing"


@pytest.mark.parametrize(
    "text",
    [
        "x = 'a'\n" + "x = x + x\n" * 100,
        "x = ['a']\n" + "x += x\n" * 100,
        "x = ['a']\n" + "x = [*x, *x]\n" * 100,
        "x = ['a']\n" + "x = [x, x]\n" * 1000,
        "x = 'a'\n" + "x = f'{x}{x}'\n" * 100,
        "x = " + "[" * 90 + "]" * 90,
        "x = " + "+".join(["'a'"] * 20_000),
        "x = " + "(" * 5000 + ")" * 5000,
        "x = 'a' * 10 ** 12",
        "x = " + "9" * 10_000,
    ],
)
def test_what_would_grow_or_nest_without_end_does_no_harm(text: str):
    with suppress(UnreadableConfError):
        value = parse_conf(text).values.get("x", "")
        assert isinstance(value, int) or len(value) <= LARGEST_TEXT


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"x = (", "line 1: '(' was never closed"),
        (b"x = '\xff'", "it is not UTF-8"),
        (b"#" * (LARGEST_CONF + 1), "it is larger than 200 kB"),
        (b"x\0", "line"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(tmp_path: Path, raw: bytes, message: str):
    path = tmp_path / "conf.py"
    path.write_bytes(raw)
    with pytest.raises(UnreadableConfError) as caught:
        read_conf(path)
    assert message in str(caught.value) or "no Python" in str(caught.value)


# Extensions


def test_extensions_that_pages_have_to_do_without_are_told_with_the_reason():
    asked = ["sphinx_lesson", "sphinx.ext.todo", "sphinx.ext.autodoc", "furo", "sphinx.ext.todo"]
    found = refused([*asked, "sphinxcontrib.mermaidd"])
    assert [(each.name, each.reason, each.nearest) for each in found] == [
        ("sphinx.ext.autodoc", "imports the packages that it documents", None),
        ("sphinxcontrib.mermaidd", "it is not in Guildhall's list", "sphinxcontrib.mermaid"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "sphinx.ext.graphviz",
        "sphinx.ext.ifconfig",
        "sphinx.ext.doctest",
        "nbsphinx",
        "os",
        "custom",
    ],
)
def test_what_runs_code_of_pages_or_is_unknown_is_refused(name: str):
    assert judge(name).verdict is Verdict.REFUSED


def test_what_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extensions, "find_spec", lambda name: None)
    found = judge("sphinxcontrib.bibtex")
    assert found.verdict is Verdict.REFUSED
    assert found.reason == "it is not installed here; install `guildhall[bibtex]`"


def test_extensions_that_act_where_they_are_asked_for_are_there():
    """A slip in the table would keep an extension out for ever."""
    names = list(extensions._TABLE[Verdict.ASKED_FOR])
    assert [judge(name).verdict for name in names] == [Verdict.ASKED_FOR] * len(names)


def test_every_extension_stands_in_the_table_once():
    names = [name for table in extensions._TABLE.values() for name in table]
    assert len(names) == len(set(names))


# Proposals


def repository(tmp_path: Path, files: dict[str, str], path: str | None = "content") -> Repository:
    folder = tmp_path / "repository"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Repository(folder, "https://github.com/o/git.git", "main", path, "1" * 40)


def proposed(tmp_path: Path, files: dict[str, str], path: str | None = "content") -> str:
    return propose("git", repository(tmp_path, files, path))


def record(tmp_path: Path, text: str) -> Lesson:
    file = tmp_path / "lesson.yml"
    file.write_text(text, encoding="utf-8")
    loaded = load_record(file, "lessons/git/index")
    assert loaded.faults == ()
    assert isinstance(loaded.record, Lesson)
    return loaded.record


CONF = """
import os
project = "Version control"
language = "nb_NO"
extensions = ["sphinx_lesson", "sphinx.ext.todo", "sphinx_coderefinery_branding", "nbsphinx"]
extensions += ["sphinx.ext.autosectionlabel", "sphinxcontrib.bibtex", "sphinx.ext.extlinks"]
extensions.append("sphinx.ext.intersphinx")
if os.environ.get("CI"):
    extensions.append("sphinx.ext.imgmath")
myst_enable_extensions = ["colon_fence", "dollarmath", "no_such"]
myst_heading_anchors = 3
myst_substitutions = {"version": "2.0", "number": 3, "long": "a\\nb"}
exclude_patterns = ["_build", ".DS_Store", "README*", "*venv*"]
intersphinx_mapping = {
    "python": ("https://docs.python.org/3", None),
    "Not_an_id": ("https://example.org", None),
    "file": ("/etc", None),
}
highlight_language = "python3"
numfig = True
nb_execution_mode = "cache"
html_theme = "sphinx_rtd_theme"
html_theme_options = {}
abbr_map = {}
abbr_map["grid"] = "In OpenCL: NDRange."
abbr_map["Grid"] = abbr_map["grid"]
rst_prolog = ".. |x| replace:: y"
rst_epilog = os.environ["EPILOG"]
bibtex_bibfiles = ["book.bib"]
autosectionlabel_prefix_document = True
todo_include_todos = True
extlinks = {
    "issue": ("https://e.org/issues/%s", "issue %s"),
    "wiki": ("https://e.org/wiki/", ""),
    "file": ("file:///etc/%s", None),
}
_private = CONSTANT = 1
"""


def test_the_whole_proposal(tmp_path: Path):
    files = {
        "content/conf.py": CONF,
        "CITATION.cff": 'title: "Another"\nabstract: About version control.\nurl: "https://e.org/"\n',
    }
    assert proposed(tmp_path, files) == (
        """\
# The pages of this lesson are in their own repository. conf/lessons.lock says
# which of its commits is built; to update it to the newest:
#     guildhall lessons update git
# All below is a proposal, made by reading the lesson's conf.py without running it.
# What pages may lack here compared with their own site:
# - the extension `nbsphinx`: runs notebooks, and reads them instead of MyST-NB
# - the substitution `long`: it is not a single line of text
# - the inventory `Not_an_id`: its name is no id, or its address no web address
# - the inventory `file`: its name is no id, or its address no web address
# - the role `file` of `extlinks`: its address is not a web address
# - `no_such`: MyST-Parser has no such syntax
# - line 8: `extensions` changes under a condition
# - line 28: `rst_epilog` is computed
kind: lesson
title: "Version control"
summary: |
  About version control.
# Authors, licence, version, DOI and keywords are read from the CITATION.cff and the
# metadata.yml of the repository; values here take precedence. The reference has
# further keys: level, audience, topics, prerequisites, outcomes, episodes, for_leaders.
language: nb-NO
repository: https://github.com/o/git
# Its own site; references of other lessons to it lead to its pages here.
url: https://e.org/

source:
  git: https://github.com/o/git.git
  ref: main
  path: content

build:
  extensions: [sphinx.ext.autosectionlabel, sphinxcontrib.bibtex]
  section_labels_with_page: true
  bibliography: [book.bib]
  extlinks:
    issue:
      address: https://e.org/issues/%s
      caption: issue %s
    wiki:
      address: https://e.org/wiki/%s
  myst_extensions: [colon_fence, dollarmath]
  heading_anchors: 3
  exclude: [README*, "*venv*"]
  intersphinx:
    python: https://docs.python.org/3
  substitutions:
    version: "2.0"
    number: "3"
  abbreviations:
    grid: "In OpenCL: NDRange."
    Grid: "In OpenCL: NDRange."
  highlight_language: python3
  numbered_figures: true
  todos: true
  rst_prolog: |
    .. |x| replace:: y

# Left out of what conf.py says:
# - the extension `sphinx_coderefinery_branding`: branding; the portal has its own
# - `html_theme`, `html_theme_options`: the portal's theme has its own
# - `nb_execution_mode`: notebooks from elsewhere are shown as saved, and never executed
"""
    )


def test_the_proposal_is_a_record(tmp_path: Path):
    files = {"content/conf.py": CONF, "README.md": "# Git\n"}
    lesson = record(tmp_path, proposed(tmp_path, files))
    assert lesson.title == "Version control"
    assert lesson.source is not None
    assert (lesson.source.git, lesson.source.path) == ("https://github.com/o/git.git", "content")
    assert lesson.build.extensions == ("sphinx.ext.autosectionlabel", "sphinxcontrib.bibtex")
    assert lesson.build.extlinks["issue"].caption == "issue %s"
    assert lesson.build.rst_prolog == ".. |x| replace:: y"
    assert lesson.build.exclude == ("README*", "*venv*")
    assert lesson.build.substitutions == {"version": "2.0", "number": "3"}
    assert lesson.build.execution == "off"


README = """# Git *for* [all](https://e.org)

[![Badge](https://e.org/x.svg)](https://e.org)

- [A list](https://e.org)

This lesson is about [version control](https://e.org)
and all that goes with it.

More.
"""


TAUGHT = "It teaches how to write programs that others can read. "


@pytest.mark.parametrize(
    ("files", "summary"),
    [
        ({"README.md": README}, "This lesson is about version control and all that goes with it."),
        ({"README.md": README, "CITATION.cff": "abstract: From\n  the file.\n"}, "From the file."),
        (
            {"content/index.rst": "T\n=\n\n.. note::\n\n   No.\n\n" + TAUGHT * 2},
            TAUGHT.strip(),
        ),
        (
            {"content/index.md": "# T\n\n:::{prereq}\n\nNot this, " + "it is no text of it." * 3
             + "\n\n:::\n\n" + TAUGHT * 2},
            TAUGHT.strip(),
        ),
        ({}, TODO_SUMMARY),
        ({"README.md": "<script>alert(1)</script> " + "word " * 20}, TODO_SUMMARY),
        ({"CITATION.cff": 'abstract: "<script>alert(1)</script>"\n'}, TODO_SUMMARY),
        ({"CITATION.cff": 'abstract: "[x](javascript:alert(1))"\n'}, TODO_SUMMARY),
    ],
)  # fmt: skip
def test_the_summary_is_the_first_sentence_of_the_abstract_or_of_a_start_page(
    tmp_path: Path, files: dict[str, str], summary: str
):
    files = {"content/conf.py": 'project = "Git"\n', **files}
    assert record(tmp_path, proposed(tmp_path, files)).summary == summary


@pytest.mark.parametrize(
    ("conf", "readme", "title"),
    [
        ('project = "From conf"', README, "From conf"),
        ("project = f()", README, "Git for all"),
        ('project = "two\\nlines"', "", "TODO: the title of git"),
        ("", "", "TODO: the title of git"),
    ],
)
def test_the_title_is_the_project_or_the_heading(
    tmp_path: Path, conf: str, readme: str, title: str
):
    text = proposed(tmp_path, {"content/conf.py": conf, "README.md": readme})
    assert record(tmp_path, text).title.replace("*", "") == title


HOSTILE = '"\\n: #&*!|>{}[]%@`\u2028\u0085\u202e---\\n- x: y'


@pytest.mark.parametrize(
    "conf",
    [
        f"project = {HOSTILE!r}",
        f"extensions = [{HOSTILE!r}, 'a\\nkind: person']",
        f"exclude_patterns = [{HOSTILE!r}, 'null', 'a: b', '# c', '- d', '', ' ']",
        f"myst_substitutions = {{{HOSTILE!r}: {HOSTILE!r}, 'a: b': 'c # d'}}",
        f"intersphinx_mapping = {{{HOSTILE!r}: ({HOSTILE!r}, None), 'a': 'https://e.org/ # x'}}",
        f"highlight_language = {HOSTILE!r}",
        "highlight_language = 'no'",
        f"language = {HOSTILE!r}",
        f"html_baseurl = {HOSTILE!r}",
        f"exec({HOSTILE!r})",
        f"html_context = {{'github_user': {HOSTILE!r}, 'github_repo': '../x'}}",
        "myst_heading_anchors = 10 ** 9",
        "extensions = 'sphinx.ext.todo'",
    ],
)
def test_whatever_a_conf_holds_the_proposal_is_a_sound_record(tmp_path: Path, conf: str):
    text = proposed(tmp_path, {"content/conf.py": conf})
    lesson = record(tmp_path, text)
    assert lesson.kind == "lesson"
    assert lesson.source is not None
    assert lesson.source.path == "content"
    assert lesson.build.extensions == ()
    allowed = ("#", "kind:", "title:", "summary:", "repository:", "source:", "build:", "url:", " ")
    lines = text.split("\n")
    assert [line for line in lines if line and not line.startswith((*allowed, "language:"))] == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["content/conf.py", "docs/conf.py"], "content"),
        (["docs/conf.py", "lesson2/conf.py"], "docs"),
        (["docs/source/conf.py"], "docs/source"),
        (["conf.py"], "."),
        (["site/pages/conf.py"], "site/pages"),
        (["index.md"], None),
    ],
)
def test_pages_lie_where_conf_lies(tmp_path: Path, files: list[str], found: str | None):
    assert find_pages(repository(tmp_path, dict.fromkeys(files, "")).folder) == found
