"""Builds of a generated portal, timed against plain Sphinx with as many pages, in one run.

All figures are CPU seconds of whole processes and ratios between them; nothing is asserted. Run it
with ``nox -s bench``, or ``python tests/bench/bench.py RECORDS``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PARTNER = """\
kind: partner
name: Partner number {n}
short_name: P{n}
country: NO
contact: someone
description: |
  Partner number {n} teaches *version control* and **testing** to researchers.

  - It has a [home page](https://example.org/{n}).
  - It works with {{partner}}`p{other}`.
participation:
  - project: all
    groups: The training group.
    involvement: Instructors and helpers.
"""
ROW = """\
kind: in-kind
project: all
partner: p{n}
name: P{n}
amounts: {{2025: 1-2, 2026: 2.5}}
total: 3.5-4.5
"""
TREE = "```{toctree}\n:glob:\n\n*\nrows/*\n```\n"
PAGE = """\
# Page number {n}

Partner number {n} teaches *version control* and **testing** to researchers.

- It has a [home page](https://example.org/{n}).
- It works with [another](p{other}.md).
"""


EPISODE = """\
# Episode {n} of {lesson}

(part-{n})=
## The text

Lessons teach *version control* and **testing** to researchers; see {{ref}}`part-{other}`.

:::{{objectives}}
- Know what is taught.
:::

```python
for number in range({n}):
    print(number)
```

:::{{exercise}} Try it
Change the number.

:::{{solution}}
It prints more lines.
:::
:::
"""
WORKSHOP = """\
kind: workshop
title: Workshop {n}
summary: It teaches *version control*.
timezone: Europe/Oslo
format: online
start: {year}-03-17
end: {year}-03-20
people:
  instructor: [Person Number{a}, Person Number{b}, Person Number{c}]
  helper: [Person Number{d}]
participants:
  total: 100
  countries: {{NO: 50, SE: 50}}
schedule:
  templates:
    half-day:
      sessions:
        - {{start: 09:00, minutes: 60, slot: first}}
        - {{minutes: 15, type: break}}
        - {{minutes: 60, title: Exercises, type: exercises}}
  days:
    - {{date: {year}-03-17, template: half-day, fill: {{first: {{title: Beginning}}}}}}
    - {{date: {year}-03-18, template: half-day, fill: {{first: {{title: Middle}}}}}}
    - {{date: {year}-03-20, template: half-day, fill: {{first: {{title: End}}}}}}
"""
PERSON = """\
kind: person
name: Person Number{n}
sort_name: Number{n}, Person
consent: given
"""
WORKSHOPS = 60
LESSONS = 20
EPISODES = 12
"""Pages of each lesson."""


def write(root: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def make_portal(root: Path, number: int) -> None:
    """A portal with ``number`` partners and as many in-kind rows."""
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Bench\nproject: all\nsources: [partners]\n",
        "index.md": "# Home\n\n```{toctree}\npartners/index\n```\n",
        "partners/index.md": f"# All\n\n:::{{in-kind-table}}\n:::\n\n{TREE}",
        "partners/someone.yml": (
            "kind: person\nname: Some One\nsort_name: One, Some\nconsent: given\n"
        ),
        "partners/all.yml": (
            "kind: project\nname: All\ntype: Project\nphase: One\nstart: 2025-01-01\n"
            "end: 2026-12-31\nsummary: All of them.\n"
        ),
    }
    for n in range(number):
        files[f"partners/p{n}.yml"] = PARTNER.format(n=n, other=(n + 1) % number)
        files[f"partners/rows/r{n}.yml"] = ROW.format(n=n)
    write(root, files)


def make_workshops(root: Path, number: int) -> None:
    """A portal with ``number`` workshops, in as many years, and as many people."""
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Bench\nsources: [workshops, people]\n",
        "index.md": "# Home\n\n```{toctree}\nworkshops/index\npeople/index\n```\n",
        "workshops/index.md": "# Workshops\n\n:::{workshop-list}\n:::\n",
        "people/index.md": "# People\n\n```{toctree}\n:glob:\n\n*\n```\n",
    }
    for n in range(number):
        a, b, c, d = ((n * 7 + offset) % number for offset in (0, 1, 5, 11))
        year = 2000 + n % 100
        files[f"workshops/w{n}.yml"] = WORKSHOP.format(n=n, year=year, a=a, b=b, c=c, d=d)
        files[f"people/p{n}.yml"] = PERSON.format(n=n)
    write(root, files)


def episodes(lesson: str) -> dict[str, str]:
    """The pages of one lesson."""
    names = "\n".join(f"e{n}" for n in range(EPISODES))
    files = {"index.md": f"# {lesson}\n\n```{{toctree}}\n{names}\n```\n"}
    for n in range(EPISODES):
        files[f"e{n}.md"] = EPISODE.format(n=n, lesson=lesson, other=(n + 1) % EPISODES)
    return files


def make_lessons(root: Path, number: int) -> None:
    """A portal with ``number`` lessons, all with the same labels."""
    files = {
        "conf/conf.py": 'extensions = ["guildhall"]\n',
        "conf/portal.yml": "title: Bench\nsources: [lessons]\n",
        "index.md": "# Home\n\n```{toctree}\nlessons/index\n```\n",
        "lessons/index.md": "# Lessons\n\n:::{lesson-catalogue}\n:::\n",
    }
    for n in range(number):
        home = f"lessons/lesson-{n}"
        files[f"{home}/lesson.yml"] = f"kind: lesson\ntitle: Lesson {n}\nsummary: It is one.\n"
        for name, text in episodes(f"Lesson {n}").items():
            files[f"{home}/{name}"] = text
    write(root, files)


def make_alone(root: Path) -> None:
    """One of these lessons as a project of its own, as the field has it."""
    conf = 'extensions = ["sphinx_lesson"]\nmyst_enable_extensions = ["colon_fence"]\n'
    conf += 'nb_execution_mode = "off"\nexclude_patterns = ["out"]\n'
    write(root, {"conf/conf.py": conf, **episodes("Lesson")})


def make_plain(root: Path, number: int) -> None:
    """A plain Sphinx project with as many pages."""
    files = {
        "conf/conf.py": (
            'extensions = ["myst_parser"]\nhtml_theme = "basic"\nexclude_patterns = ["out"]\n'
        ),
        "index.md": "# Home\n\n```{toctree}\n:glob:\n\npages/*\n```\n",
    }
    for n in range(2 * number):
        files[f"pages/p{n}.md"] = PAGE.format(n=n, other=(n + 1) % (2 * number))
    write(root, files)


def cpu_seconds(root: Path) -> float:
    """CPU seconds, user and system, of one ``sphinx-build``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-c",
        "conf",
        "-d",
        "out/trees",
        ".",
        "out/html",
    ]
    subprocess.run(command, cwd=root, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, and print one line a figure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        small, large, plain = (Path(folder) / name for name in ("small", "large", "plain"))
        make_portal(small, number)
        make_portal(large, 4 * number)
        make_plain(plain, 4 * number)
        cold_small, cold_large, cold_plain = map(cpu_seconds, (small, large, plain))
        idle, idle_plain = cpu_seconds(large), cpu_seconds(plain)
        changed = large / "partners/p1.yml"
        changed.write_text(changed.read_text().replace("researchers", "scientists"))
        one = cpu_seconds(large)
        lessons, alone = Path(folder) / "lessons", Path(folder) / "alone"
        make_lessons(lessons, LESSONS)
        make_alone(alone)
        together, by_itself = cpu_seconds(lessons), cpu_seconds(alone)
        idle_lessons = cpu_seconds(lessons)
        page = lessons / "lessons/lesson-1/e3.md"
        page.write_text(page.read_text().replace("Change the number", "Change the loop"))
        one_episode = cpu_seconds(lessons)
        few, many = Path(folder) / "few", Path(folder) / "many"
        make_workshops(few, WORKSHOPS)
        make_workshops(many, 4 * WORKSHOPS)
        cold_few, cold_many = cpu_seconds(few), cpu_seconds(many)
        idle_many = cpu_seconds(many)
        workshop = many / "workshops/w3.yml"
        workshop.write_text(workshop.read_text().replace("title: Middle", "title: Second"))
        one_workshop = cpu_seconds(many)
    growth = cold_large / cold_small
    print(f"cold build, {2 * number} records:          {cold_small:6.1f} CPU s")  # noqa: T201
    print(f"cold build, {8 * number} records:          {cold_large:6.1f} CPU s, {growth:.1f} times")  # noqa: T201
    print(f"  against plain Sphinx (basic theme):  {cold_large / cold_plain:6.2f} times")  # noqa: T201
    print(f"nothing changed:                       {idle:6.1f} CPU s")  # noqa: T201
    print(f"  against plain Sphinx (basic theme):  {idle / idle_plain:6.2f} times")  # noqa: T201
    print(f"one record's text changed:             {one:6.1f} CPU s")  # noqa: T201
    pages = LESSONS * (EPISODES + 1)
    print(f"cold build, {LESSONS} lessons, {pages} pages:   {together:6.1f} CPU s")  # noqa: T201
    ratio = together / (LESSONS * by_itself)
    print(f"  against sphinx-lesson, each alone:   {ratio:6.2f} times")  # noqa: T201
    print(f"nothing changed in them:               {idle_lessons:6.1f} CPU s")  # noqa: T201
    print(f"one exercise changed:                  {one_episode:6.1f} CPU s")  # noqa: T201
    more = cold_many / cold_few
    print(f"cold build, {2 * WORKSHOPS} workshops and people:  {cold_few:6.1f} CPU s")  # noqa: T201
    print(f"four times as many:                    {cold_many:6.1f} CPU s, {more:.1f} times")  # noqa: T201
    print(f"nothing changed in them:               {idle_many:6.1f} CPU s")  # noqa: T201
    print(f"one session's title changed:           {one_workshop:6.1f} CPU s")  # noqa: T201


if __name__ == "__main__":
    main()
