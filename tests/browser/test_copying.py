"""What buttons copy, and what links open, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guildhall.sphinx_ext.lessons.copying import COMMANDS

from ..portals import Portal

pytestmark = pytest.mark.browser

SESSIONS = {
    "Python": (
        "pycon",
        ">>> data = dict(\n...     year=[1982, 1985],\n... )\n>>> print(data)\n{'year': 1}\n>>>\n",
        "data = dict(\n    year=[1982, 1985],\n)\nprint(data)",
    ),
    "Python in a block of another name": (
        "default",
        ">>> for x in y:\n...     x\n...\n1\n>>> z\n",
        "for x in y:\n    x\n\nz",
    ),
    "IPython": ("ipython3", "In [1]: x = 1\n   ...: y\nOut[1]: 2\n\nIn [2]: y\n", "x = 1\ny\ny"),
    "a here-document with prompts": (
        "console",
        "$ cat << EOF > notes.txt\n> first\n>\n> second\n> EOF\n$ ls\nnotes.txt\n",
        "cat << EOF > notes.txt\nfirst\n\nsecond\nEOF\nls",
    ),
    "a here-document without prompts": (
        "console",
        "$ cat <<'END' > run.sh\n#!/bin/bash\n$ echo\nEND\n$ ls\n",
        "cat <<'END' > run.sh\n#!/bin/bash\n$ echo\nEND\nls",
    ),
    "a command over several lines": (
        "console",
        '$ git commit \\\n    -m "message"\n[main 1234567] message\n',
        'git commit \\\n    -m "message"',
    ),
    "an open quotation": (
        "console",
        "$ echo 'one\n> two'\none\ntwo\n> not asked\n",
        "echo 'one\ntwo'",
    ),
    "a loop": (
        "console",
        "$ for f in *; do\n>   echo $f\n> done\na\n",
        "for f in *; do\n  echo $f\ndone",
    ),
    "a pipe": ("console", "$ ls |\n> sort\na\n", "ls |\nsort"),
    "prompts of all sorts": (
        "console",
        (
            "(env) user@host:~$ ls\n[user@host ~]$ cd x\n~/repo (main) $ git log\n"
            "PS C:\\Users\\me> dir\nC:\\Users\\me> dir /w\n% pwd\nbash-5.1$ id\n"
            "root@host:/# apt update\n"
        ),
        "ls\ncd x\ngit log\ndir\ndir /w\npwd\nid\napt update",
    ),
    "comments among commands": (
        "console",
        "# Look around\n$ ls\na\n# and go\n$ cd a\n",
        "# Look around\nls\n# and go\ncd a",
    ),
    "root alone": ("console", "# apt install git\nReading lists... 50%\n", "apt install git"),
    "a script with prompts": (
        "bash",
        "$ git init\nInitialized\n$ git status\n",
        "git init\ngit status",
    ),
    "a script without prompts": ("bash", "# comment\ngit init\necho $HOME\n", None),
    "output that looks like prompts": (
        "console",
        "$ df\n/dev 90% /\n100% done\nIt costs 5$ each\n",
        "df",
    ),
    "text": ("text", "Costs are\n$ 5\n", None),
    "a program": ("python", "x = 1\nprint(x)\n", None),
    "R": ("rconsole", "> x <- c(1,\n+ 2)\n> x\n[1] 1 2\n", "x <- c(1,\n2)\nx"),
    "Julia": (
        "default",
        "julia> f(x) =\n       x\nf (generic)\n\njulia> f(1)\n1\n",
        "f(x) =\nx\nf(1)",
    ),
    "no prompts in a session": ("console", "a\nb\n", None),
    "nothing": ("console", "\n", None),
}
FILES = {
    "conf/conf.py": 'extensions = ["guildhall"]\n',
    "conf/portal.yml": "title: Links\nsources: [pages]\n",
    "index.md": "# Home\n\n[From afar](pages/tabs.md#in-r)\n\n```{toctree}\npages/tabs\n```\n",
    "pages/tabs.md": """# Tabs

See [in R](#in-r), [the code](#r-code), {ref}`the second <second>`, [within](#within),
[the solution](#in-solution), [the box](#in-box) and [raw](#raw).

::::{tabs}
:::{tab} Python
Python text.
:::
:::{tab} R
(in-r)=
## In R

```{code-block} r
:name: r-code

1
```
:::
::::

::::{tab-set}
:::{tab-item} One
One text.
:::
:::{tab-item} Two
:name: second

(within)=
Two text.
:::
::::

:::{solution}
(in-solution)=
## Inside the solution
:::

:::{dropdown} More
(in-box)=
Inside the box.
:::

::::{tab-set}
:class: tied
:sync-group: side
:::{tab-item} Left
:sync: left

On the left.
:::
:::{tab-item} Right
:sync: right

On the right.
:::
::::

::::{tab-set}
:class: tied
:sync-group: side
:::{tab-item} Right
:sync: right

On the right.
:::
:::{tab-item} Left
:sync: left

On the left.
:::
::::

<details><summary>Raw</summary><p id="raw">Inside raw HTML.</p></details>

```{code-block} console
$ cat << EOF
> first
> EOF
first
```
""",
}

SEEN = """(name) => {
    const target = document.getElementById(name);
    const place = target.getBoundingClientRect();
    return target.checkVisibility() && place.top >= 0 && place.top < innerHeight;
}"""
"""Whether readers see what has an id."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    portal = Portal(tmp_path_factory.mktemp("links") / "portal")
    portal.write(FILES)
    build = portal.build()
    assert (build.code, build.warnings) == (0, "")
    return f"{build.folder.as_uri()}/"


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    opened = chromium.new_page(viewport={"width": 900, "height": 600})
    yield opened
    opened.close()


def test_of_a_session_commands_alone_are_copied(page: Any):
    page.add_script_tag(content=Path(COMMANDS).read_text(encoding="utf-8"))
    for name, (language, text, expected) in SESSIONS.items():
        copied = page.evaluate("([text, language]) => commandsOf(text, language)", [text, language])
        assert copied == (text if expected is None else expected), name


def test_the_button_copies_commands_alone(page: Any, address: str):
    page.goto(f"{address}pages/tabs.html")
    page.wait_for_selector("button.copybtn", state="attached")
    copied = page.evaluate(
        """() => new Promise((resolve) => {
            document.addEventListener("copy", () => resolve(
                document.querySelector("textarea")?.value ?? getSelection().toString()
            ), { capture: true });
            document.querySelector(".highlight-console button.copybtn").click();
        })"""
    )
    assert copied == "cat << EOF\nfirst\nEOF"


@pytest.mark.parametrize(
    "name", ["in-r", "r-code", "second", "within", "in-solution", "in-box", "raw"]
)
def test_a_link_into_what_is_closed_opens_it(page: Any, address: str, name: str):
    page.goto(f"{address}pages/tabs.html")
    page.locator(f'main p a[href="#{name}"]').first.click()
    page.wait_for_function(SEEN, arg=name)
    # As from another page.
    page.goto("about:blank")
    page.goto(f"{address}pages/tabs.html#{name}")
    page.wait_for_function(SEEN, arg=name)


def test_tabs_that_are_tied_change_together(page: Any, address: str):
    page.goto(f"{address}pages/tabs.html")
    chosen = "inputs => inputs.map(input => input.nextElementSibling.innerText)"
    tied = page.locator(".tied > input:checked")
    assert tied.evaluate_all(chosen) == ["Left", "Right"]
    page.locator(".tied label").filter(has_text="Left").last.click()
    assert tied.evaluate_all(chosen) == ["Left", "Left"]
    page.goto(f"{address}pages/tabs.html?side=right")
    assert tied.evaluate_all(chosen) == ["Right", "Right"]
    page.goto(f"{address}pages/tabs.html")
    assert tied.evaluate_all(chosen) == ["Left", "Left"]


def test_a_second_click_opens_again(page: Any, address: str):
    page.goto(f"{address}pages/tabs.html")
    link = page.locator('main p a[href="#in-r"]').first
    link.click()
    page.wait_for_function(SEEN, arg="in-r")
    page.get_by_role("tab", name="Python").click()
    assert not page.evaluate(SEEN, "in-r")
    link.click()
    page.wait_for_function(SEEN, arg="in-r")
